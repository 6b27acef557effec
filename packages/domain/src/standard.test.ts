import { describe, expect, it } from "vitest";
import {
  asValue,
  differences,
  fitsKind,
  itemsFor,
  meets,
  parseThreshold,
  parseValue,
  problemsOfSet,
  type StandardItem,
  thresholdAt,
} from "./standard";

const item = (code: string, more: Partial<StandardItem> = {}): StandardItem => ({
  code,
  dimension: "support",
  name: { zh: code, en: code },
  kind: "number",
  thresholds: { city: ">=300", district: ">=300", town: ">=100", village: ">=30" },
  points: 5,
  mandatory: false,
  source: null,
  sort: 10,
  ...more,
});

describe("a threshold", () => {
  it.each([
    ["yes", { comparison: "yes" }],
    ["是", { comparison: "yes" }],
    [">=98", { comparison: ">=", value: 98 }],
    ["≥ 97.5", { comparison: ">=", value: 97.5 }],
    ["<=500", { comparison: "<=", value: 500 }],
  ])("reads %s", (text, expected) => expect(parseThreshold(text)).toEqual(expected));

  it.each(["", "98", ">98", ">=", ">=-1", ">=1.234", "no"])("does not read %j", (text) =>
    expect(parseThreshold(text)).toBeNull(),
  );

  it("is met at its very value and not beside it", () => {
    expect([29.99, 30, 30.01].map((v) => meets({ comparison: ">=", value: 30 }, v))).toEqual([
      false,
      true,
      true,
    ]);
    expect([499.99, 500, 500.01].map((v) => meets({ comparison: "<=", value: 500 }, v))).toEqual([
      true,
      true,
      false,
    ]);
    expect([0, 1].map((v) => meets({ comparison: "yes" }, v))).toEqual([false, true]);
  });

  it("differs per level, and a level it does not name is not asked", () => {
    const some = item("G1", { thresholds: { city: ">=300", district: null, town: ">=100", village: null } });
    expect(thresholdAt(some, "town")).toEqual({ comparison: ">=", value: 100 });
    expect(thresholdAt(some, "village")).toBeNull();
    expect(itemsFor({ items: [some, item("G2")] }, "village").map(({ code }) => code)).toEqual(["G2"]);
  });

  it("asks yes of what is answered by yes, and a number of what is counted", () => {
    expect(fitsKind({ comparison: "yes" }, "evidence")).toBe(true);
    expect(fitsKind({ comparison: "yes" }, "percent")).toBe(false);
    expect(fitsKind({ comparison: ">=", value: 1 }, "boolean")).toBe(false);
  });
});

describe("a value", () => {
  it("is read as the item's kind asks", () => {
    expect(parseValue("boolean", "1")).toBe(1);
    expect(parseValue("boolean", "2")).toBeNull();
    expect(parseValue("percent", " 98.5% ")).toBe(98.5);
    expect(parseValue("number", "0")).toBe(0);
    for (const text of ["", "-1", "1.234", "1e3", "9999999999"])
      expect(parseValue("number", text)).toBeNull();
  });

  it("of a measure is cut and never lifted over a threshold", () => {
    expect(asValue(97.9999)).toBe(97.99);
    expect(asValue(98)).toBe(98);
    expect(asValue(29 / 0.29)).toBe(100);
  });
});

describe("a version", () => {
  it("differs from another by what was added, changed and taken out", () => {
    const before = { items: [item("G1"), item("G2"), item("G3")], grades: [] };
    const after = {
      items: [item("G1"), item("G2", { points: 6, mandatory: true }), item("G4")],
      grades: [],
    };
    expect(differences(before, after).map(({ code, fields }) => [code, fields])).toEqual([
      ["G2", ["points", "mandatory"]],
      ["G4", []],
      ["G3", []],
    ]);
    expect(differences(before, before)).toEqual([]);
  });

  it("can only judge when all of the Five Haves have items, every threshold reads, and there are grades", () => {
    const problems = problemsOfSet({
      items: [
        item("G1", { thresholds: { city: "many", district: null, town: "yes", village: ">=1" } }),
        item("O1", { dimension: "organization" }),
      ],
      grades: [],
    });
    expect(problems).toEqual([
      { kind: "no_items", dimension: "establishment" },
      { kind: "no_items", dimension: "staff" },
      { kind: "no_items", dimension: "funding" },
      { kind: "threshold", code: "G1", level: "city" },
      { kind: "threshold", code: "G1", level: "town" },
      { kind: "no_grades" },
    ]);
  });
});
