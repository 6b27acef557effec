import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  duplicateKeyOf,
  FIGURE_PROBLEMS,
  formatFigure,
  formatRatio,
  readFigure,
  readFormFigures,
  readJsonFigures,
} from "./figures-input";
import { MAX_FIGURE } from "./indicator";
import { INDICATORS } from "./indicators.fixture";

const anyFigure = fc.integer({ min: 0, max: MAX_FIGURE });

describe("a count typed by a person", () => {
  it.each([
    ["", null],
    ["   ", null],
    ["\u3000", null],
    ["0", 0],
    ["12", 12],
    [" 12 ", 12],
    ["007", 7],
    ["１２", 12],
    ["1,234", 1234],
    ["1，234", 1234],
    ["1 234", 1234],
    ["１，２３４，５６７", 1_234_567],
    ["999999999999", MAX_FIGURE],
  ])("%j is %j", (text, value) => {
    expect(readFigure(text, "person")).toEqual({ ok: true, value });
  });

  it.each([
    ["1.5", "fraction"],
    ["12.00", "fraction"],
    ["-1", "negative"],
    ["－1", "negative"],
    ["−1", "negative"],
    ["- 1", "negative"],
    ["1e3", "not_a_number"],
    ["10^20", "not_a_number"],
    ["100000000000000000000", "too_large"],
    ["1000000000000", "too_large"],
    ["9".repeat(100), "too_large"],
    ["9".repeat(1_000_000), "too_large"],
    ["x".repeat(1_000_000), "not_a_number"],
    ["+1", "not_a_number"],
    ["0x10", "not_a_number"],
    ["十", "not_a_number"],
    ["²", "not_a_number"],
    ["①", "not_a_number"],
    ["10²", "not_a_number"],
    ["١٢", "not_a_number"],
    ["1,23", "not_a_number"],
    ["1,,234", "not_a_number"],
    ["12 34", "not_a_number"],
    ["1234,567", "not_a_number"],
    ["NaN", "not_a_number"],
    ["Infinity", "not_a_number"],
    ["12人", "not_a_number"],
    ["1\u00002", "not_a_number"],
    ["\ud800", "not_a_number"],
    [".", "not_a_number"],
    ["-", "not_a_number"],
    ["--1", "not_a_number"],
    ["1.2.3", "not_a_number"],
  ])("%j is refused", (text, problem) => {
    expect(readFigure(text, "person")).toEqual({ ok: false, problem });
  });

  it("is refused when it is not text, such as an uploaded file", () => {
    for (const value of [null, undefined, 5, {}, ["1"], new Uint8Array(1)])
      expect(readFigure(value, "person")).toEqual({ ok: false, problem: "not_a_number" });
  });
});

describe("an amount typed in yuan", () => {
  it.each([
    ["", null],
    ["0", 0],
    ["1", 100],
    ["1.5", 150],
    ["1.05", 105],
    ["0.01", 1],
    ["19.99", 1999],
    ["1,234.50", 123_450],
    ["１，２３４．５", 123_450],
    ["9,999,999,999.99", MAX_FIGURE],
  ])("%j is %j fen", (text, value) => {
    expect(readFigure(text, "yuan")).toEqual({ ok: true, value });
  });

  it.each([
    ["1.234", "decimals"],
    ["1.000", "decimals"],
    ["10000000000", "too_large"],
    ["-0.01", "negative"],
    ["1.", "not_a_number"],
    [".5", "not_a_number"],
    ["1e2", "not_a_number"],
    ["￥5", "not_a_number"],
  ])("%j is refused", (text, problem) => {
    expect(readFigure(text, "yuan")).toEqual({ ok: false, problem });
  });
});

describe("any input whatever", () => {
  it("never throws and never gives anything but a whole number in range, or null for a blank", () => {
    const looksLikeANumber = fc
      .array(fc.constantFrom(..."0123456789０９，,.．-−+eE^ \u3000²①١\u0000\ud800xX_".split("")), {
        maxLength: 24,
      })
      .map((parts) => parts.join(""));
    const hostile = fc.oneof(
      looksLikeANumber,
      fc.string({ unit: "binary", maxLength: 80 }),
      fc.double().map(String),
      fc.bigInt().map(String),
    );
    fc.assert(
      fc.property(hostile, fc.constantFrom("person" as const, "yuan" as const), (text, unit) => {
        const result = readFigure(text, unit);
        if (!result.ok) {
          expect(FIGURE_PROBLEMS[result.problem].zh).not.toBe("");
        } else if (result.value === null) {
          expect(text.trim()).toBe("");
        } else {
          expect(Number.isSafeInteger(result.value)).toBe(true);
          expect(result.value).toBeGreaterThanOrEqual(0);
          expect(result.value).toBeLessThanOrEqual(MAX_FIGURE);
          expect(text).not.toMatch(/[eE^²①١xX_+−-]/);
        }
      }),
      { numRuns: 10_000 },
    );
  });

  it("is read back from how it is shown", () => {
    fc.assert(
      fc.property(anyFigure, fc.constantFrom("person" as const, "yuan" as const), (value, unit) => {
        expect(readFigure(formatFigure(value, unit), unit)).toEqual({ ok: true, value });
      }),
    );
  });
});

describe("a submitted form", () => {
  it("gives each indicator's figure in its own unit and leaves the form's own fields alone", () => {
    const fields = [
      ["intent", "submit"],
      ["version", "3"],
      ["reason:K15", "x"],
      ["A01", "1,200"],
      ["C04", "12.5"],
      ["C01", ""],
    ] as const;
    expect(readFormFigures(INDICATORS, fields)).toEqual({
      ok: true,
      figures: { A01: 1200, C04: 1250, C01: null },
    });
  });

  it("names every problem at once", () => {
    const fields = [
      ["A01", "1"],
      ["A01", "1"],
      ["B09", "1"],
      ["B06", "1"],
      ["Z99", "1"],
      ["__proto__", "1"],
      ["C01", "1.5"],
      ["C02", new Uint8Array(1)],
    ] as const;
    expect(readFormFigures(INDICATORS, fields)).toEqual({
      ok: false,
      errors: [
        { code: "A01", problem: "duplicate" },
        { code: "B09", problem: "not_filed" },
        { code: "B06", problem: "not_filed" },
        { code: "Z99", problem: "unknown" },
        { code: "__proto__", problem: "unknown" },
        { code: "C01", problem: "fraction" },
        { code: "C02", problem: "not_a_number" },
      ],
    });
  });
});

describe("figures of an API call", () => {
  const read = (json: string) => readJsonFigures(INDICATORS, JSON.parse(json));

  it("are whole numbers, money in fen, and null for missing", () => {
    expect(read('{"A01": 12, "C04": 1250, "C01": null, "D03": 0, "D04": -0}')).toEqual({
      ok: true,
      figures: { A01: 12, C04: 1250, C01: null, D03: 0, D04: 0 },
    });
  });

  it.each([
    ['{"A01": 1.5}', "A01", "fraction"],
    ['{"C04": 0.5}', "C04", "fraction"],
    ['{"A01": -1}', "A01", "negative"],
    ['{"A01": 1e20}', "A01", "too_large"],
    ['{"A01": 1e999}', "A01", "too_large"],
    ['{"A01": 1000000000000}', "A01", "too_large"],
    ['{"A01": "12"}', "A01", "not_a_number"],
    ['{"A01": true}', "A01", "not_a_number"],
    ['{"A01": {}}', "A01", "not_a_number"],
    ['{"A01": [1]}', "A01", "not_a_number"],
    ['{"B09": 1}', "B09", "not_filed"],
    ['{"G04": 1}', "G04", "not_filed"],
    ['{"a01": 1}', "a01", "unknown"],
    ['{"__proto__": 1}', "__proto__", "unknown"],
    ['{"constructor": 1}', "constructor", "unknown"],
    ['{"toString": 1}', "toString", "unknown"],
    ["[]", "", "not_an_object"],
    ["null", "", "not_an_object"],
    ["7", "", "not_an_object"],
    ['"A01"', "", "not_an_object"],
  ])("%s is refused", (json, code, problem) => {
    expect(read(json)).toEqual({ ok: false, errors: [{ code, problem }] });
  });

  it("cut a hostile key short and stop after 200 problems", () => {
    const result = readJsonFigures(INDICATORS, { ["X".repeat(1_000_000)]: 1 });
    expect(result).toEqual({ ok: false, errors: [{ code: "X".repeat(40), problem: "unknown" }] });
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`X${i}`, 1]));
    const refused = readJsonFigures(INDICATORS, many);
    expect(refused.ok ? 0 : refused.errors.length).toBe(200);
  });

  it("never change what an object is, and take any JSON value without an exception", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const result = readJsonFigures(INDICATORS, value);
        if (result.ok) for (const figure of Object.values(result.figures)) expect(figure).toBeNull();
      }),
    );
    expect(({} as Record<string, unknown>).A01).toBeUndefined();
  });
});

describe("a key given twice in a JSON text", () => {
  it.each([
    ['{"A01": 1, "A01": 2}', "A01"],
    ['{"figures": {"A01": 1, "B01": 1, "A01": 1}}', "A01"],
    ['[{"x": 1}, {"y": {"z": 1, "z": 2}}]', "z"],
    ['{"A01": 1, "\\u004101": 2}', "A01"],
    ['{"a": [1, "a"], "b": {"a": 1}, "a": 0}', "a"],
    ['{"": 1, "": 2}', ""],
    ['{"__proto__": 1, "__proto__": 2}', "__proto__"],
  ])("is found in %s", (json, key) => {
    expect(duplicateKeyOf(json)).toBe(key);
  });

  it("is not seen where there is none", () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(duplicateKeyOf(json)).toBeNull();
      }),
    );
    expect(duplicateKeyOf('{"a": "a", "b": ["a", "a"], "c": {"a": "\\"a\\":"}}')).toBeNull();
  });
});

describe("a figure as people read it", () => {
  it("has thousands separators, and yuan two decimals", () => {
    expect(formatFigure(null, "person")).toBe("");
    expect(formatFigure(0, "person")).toBe("0");
    expect(formatFigure(999, "person")).toBe("999");
    expect(formatFigure(1_234_567, "person")).toBe("1,234,567");
    expect(formatFigure(123_405, "yuan")).toBe("1,234.05");
    expect(formatFigure(-105, "yuan")).toBe("-1.05");
    expect(formatFigure(-1200, "person")).toBe("-1,200");
  });

  it("shows a ratio with one decimal at most", () => {
    expect([28.125, 500, 36.5, 0, 1234.56, null].map(formatRatio)).toEqual([
      "28.1",
      "500",
      "36.5",
      "0",
      "1,234.6",
      "",
    ]);
  });
});
