import { describe, expect, it } from "vitest";
import { expiryOn, itemSubject, parseItemSubject } from "./evidence";

describe("the last day of a piece of evidence", () => {
  it.each([
    [null, "none"],
    ["2026-10-04", "expired"],
    ["2026-10-05", "soon"],
    ["2026-11-04", "soon"],
    ["2026-11-05", "valid"],
  ] as const)("%s, seen on 2026-10-05, is %s", (expiresOn, expected) => {
    expect(expiryOn(expiresOn, "2026-10-05")).toBe(expected);
  });
});

describe("an item of an assessment as the subject of evidence", () => {
  it("is read from what it was written as", () => {
    const item = { stationId: 1042, year: 2026, round: 2, code: "G10" };
    expect(itemSubject(item)).toEqual({ kind: "assessment_item", id: "1042-2026-2-G10" });
    expect(parseItemSubject(itemSubject(item).id)).toEqual(item);
  });
  it.each([
    "",
    "1042",
    "1042-2026-1",
    "0-2026-1-G1",
    "1042-1999-1-G1",
    "1042-2026-0-G1",
    "1-2026-1-g1",
    "1-2026-1-G1 or 1",
  ])("is nothing in %j", (id) => expect(parseItemSubject(id)).toBe(null));
});
