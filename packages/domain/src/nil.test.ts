import { describe, expect, it } from "vitest";
import { happenings, nilFigures } from "./nil";

const indicators = [
  { code: "A01", kind: "figure", acrossTime: "last", kinds: null },
  { code: "B05", kind: "figure", acrossTime: "last", kinds: null },
  { code: "C01", kind: "figure", acrossTime: "sum", kinds: null },
  { code: "C02", kind: "figure", acrossTime: "distinct", kinds: null },
  { code: "B09", kind: "computed", acrossTime: "last", kinds: null },
  { code: "H01", kind: "figure", acrossTime: "sum", kinds: ["cadre_home"] },
] as const;
const village = { kind: "station" } as const;

describe("a nil report", () => {
  it("says 0 for what happens in a month, and keeps the stock of the records or of last month", () => {
    expect(
      nilFigures(indicators, {}, village, {
        register: { B05: { value: 2 } },
        previous: { A01: 300, B05: 1, C01: 9 },
      }),
    ).toEqual({ A01: 300, B05: 2, C01: 0, C02: 0 });
  });

  it("keeps what is filled in, and leaves missing what nobody knows", () => {
    expect(nilFigures(indicators, { A01: 301, C01: 0 }, village, { register: {}, previous: null })).toEqual({
      A01: 301,
      B05: null,
      C01: 0,
      C02: 0,
    });
  });

  it("says 0 of what homes alone are asked for only at a home", () => {
    const known = { register: {}, previous: null };
    expect(nilFigures(indicators, {}, { kind: "cadre_home" }, known)?.H01).toBe(0);
    expect(nilFigures(indicators, {}, village, known)?.H01).toBeUndefined();
  });

  it("is none when something did happen", () => {
    expect(nilFigures(indicators, { C01: 1 }, village, { register: {}, previous: null })).toBeNull();
    expect(happenings(indicators, { A01: 5, C01: 1, C02: 3 })).toEqual(["C01"]);
  });
});
