import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Figures,
  inForce,
  MAX_FIGURE,
  ratioOf,
  sumOfFigures,
  toCodes,
  toSlots,
  withComputed,
} from "./indicator";
import { INDICATORS } from "./indicators.fixture";
import { addMonths, period } from "./period";

const stored = INDICATORS.filter(({ slot }) => slot !== null);
const anyFigure = fc.option(fc.integer({ min: 0, max: MAX_FIGURE }));
const anyByCode = fc.dictionary(fc.constantFrom(...stored.map(({ code }) => code)), anyFigure);
const anySlots: fc.Arbitrary<Figures> = fc.array(anyFigure, { maxLength: stored.length + 5 });

describe("figures in slots", () => {
  it("come back as the codes that were written, and missing where nothing was", () => {
    fc.assert(
      fc.property(anyByCode, (byCode) => {
        const read = toCodes(INDICATORS, toSlots(INDICATORS, byCode));
        for (const { code } of stored) expect(read[code]).toBe(byCode[code] ?? null);
        expect(Object.keys(read).sort()).toEqual(stored.map(({ code }) => code).sort());
      }),
    );
  });

  it("keep what is not written, slots of retired indicators too", () => {
    fc.assert(
      fc.property(anySlots, anyByCode, (base, byCode) => {
        const slots = toSlots(INDICATORS, byCode, base);
        const written = new Set(stored.filter(({ code }) => code in byCode).map(({ slot }) => slot));
        base.forEach((value, slot) => {
          if (!written.has(slot)) expect(slots[slot]).toBe(value);
        });
        expect(toSlots(INDICATORS, toCodes(INDICATORS, slots), slots).slice(0, slots.length)).toEqual(slots);
      }),
    );
  });

  it("are never shared with the figures they were made from", () => {
    const base = Object.freeze([1, null]);
    expect(toSlots(INDICATORS, { A02: 5 }, base)).toEqual([1, 5]);
    expect(base).toEqual([1, null]);
  });

  it("have no place for a ratio, an unknown code or a name every object has", () => {
    for (const code of ["G04", "Z99", "toString"])
      expect(() => toSlots(INDICATORS, { [code]: 1 }), code).toThrow(RangeError);
    expect(() => toSlots(INDICATORS, JSON.parse('{"__proto__": 1}'))).toThrow(RangeError);
  });
});

describe("computed figures", () => {
  const village = { level: "village", kind: "station" } as const;
  const town = { level: "town", kind: "station" } as const;

  it("follow from the filed ones and replace whatever was filed in their place", () => {
    expect(withComputed(INDICATORS, { A01: 501, B09: 99, B05: 3 }, town)).toMatchObject({ B09: 2, B05M: 3 });
    expect(withComputed(INDICATORS, { B05: 3, B05M: 9 }, village).B05M).toBeNull();
  });

  it("are missing when what they follow from is missing, and zero when it is zero", () => {
    expect(withComputed(INDICATORS, { A01: null }, town)).toMatchObject({
      B09: null,
      B05M: null,
      G04D: null,
    });
    expect(withComputed(INDICATORS, { A01: 0, G02: 0 }, town)).toMatchObject({ B09: 0, G04D: 0 });
  });

  it("come out the same when worked out twice", () => {
    fc.assert(
      fc.property(anyByCode, (byCode) => {
        const once = withComputed(INDICATORS, byCode, town);
        expect(withComputed(INDICATORS, once, town)).toEqual(once);
      }),
    );
  });

  it("add up what is known", () => {
    expect(sumOfFigures(["A01", "A02"], { A01: 1, A02: 2 })).toBe(3);
    expect(sumOfFigures(["A01", "A02"], { A01: 1, A02: null })).toBe(1);
    expect(sumOfFigures(["A01", "A02"], {})).toBeNull();
  });
});

describe("a ratio", () => {
  const rate = { numerator: "G02", denominator: "G04D", times: 100 };
  const load = { numerator: "A01", denominator: "B05", denominatorAbove: "B05M", times: 1 };

  it("is missing without a part or with nothing to divide by, never 0 or 100", () => {
    expect(ratioOf(rate, { G02: 0, G04D: 0 }, "town")).toBeNull();
    expect(ratioOf(rate, { G02: 3 }, "town")).toBeNull();
    expect(ratioOf(rate, { G04D: 3 }, "town")).toBeNull();
    expect(ratioOf(rate, { G02: 0, G04D: 3 }, "town")).toBe(0);
  });

  it("divides by the managing staff everywhere above the village", () => {
    const figures = { A01: 1000, B05: 10, B05M: 2 };
    expect(ratioOf(load, figures, "village")).toBe(100);
    for (const level of ["town", "district", "city"] as const)
      expect(ratioOf(load, figures, level)).toBe(500);
    expect(ratioOf(rate, { G02: 1, G04D: 4 }, "city")).toBe(25);
  });
});

describe("a stretch of validity", () => {
  it("covers its first and its last period and nothing outside", () => {
    const [from, to] = [period("2026-01"), period("2026-03")];
    const covered = (at: typeof from) => inForce({ validFrom: from, validTo: to }, at);
    expect([-1, 0, 1, 2, 3].map((months) => covered(addMonths(from, months)))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect(inForce({ validFrom: from, validTo: null }, period("2099-12"))).toBe(true);
  });
});
