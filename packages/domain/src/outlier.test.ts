import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Violation } from "./check";
import { runChecks } from "./checks";
import { INDICATORS, rule } from "./indicators.fixture";
import { findOutliers, usualOf } from "./outlier";
import { addMonths, period } from "./period";

const AT = period("2026-10");

/** The months before `AT`, the latest first. */
function history(code: string, values: (number | null)[]) {
  return values.map((value, i) => ({ period: addMonths(AT, -1 - i), figures: { [code]: value } }));
}

function outliers(
  code: string,
  value: number | null,
  values: (number | null)[],
  violations: Violation[] = [],
) {
  return findOutliers({
    indicators: INDICATORS,
    at: AT,
    figures: { [code]: value },
    history: history(code, values),
    violations,
  });
}

const isOutlier = (code: string, value: number | null, values: (number | null)[]) =>
  outliers(code, value, values).length === 1;

const zeros = Array(12).fill(0);

describe("a figure far from what is usual at its own station", () => {
  it("is a soft violation with the usual value in it", () => {
    expect(outliers("C01", 120, [20, 22, 18, 21, 19, 20, 23])).toEqual([
      {
        check: "OUTLIER",
        severity: "soft",
        indicators: ["C01"],
        message: {
          zh: "走访慰问 120，明显高于本站近一年的通常水平（20）",
          en: "Visits 120 is far above what is usual at this station over the past year (20)",
        },
        expected: 20,
      },
    ]);
    expect(outliers("C01", 0, [20, 22, 18, 21, 19, 20, 23])[0]?.message.zh).toContain("明显低于");
  });

  it("is not seen in the wobble of ordinary months", () => {
    for (const value of [8, 15, 20, 27, 35])
      expect(isOutlier("C01", value, [20, 22, 18, 21, 19, 20, 23])).toBe(false);
  });

  it("is not seen where months have always been far apart", () => {
    const restless = [0, 40, 80, 10, 70, 20, 60];
    expect(isOutlier("C01", 120, restless)).toBe(false);
    expect(isOutlier("C01", 260, restless)).toBe(true);
  });

  it("is seen in a village that files nothing but zeros, though not at its first few", () => {
    for (const value of [0, 1, 2, 6]) expect(isOutlier("C01", value, zeros), String(value)).toBe(false);
    for (const value of [7, 60]) expect(isOutlier("C01", value, zeros), String(value)).toBe(true);
  });

  it("is seen when a digit slips in a stock that hardly moves", () => {
    const stock = [1200, 1201, 1203, 1202, 1204, 1204, 1205];
    expect(isOutlier("A01", 1206, stock)).toBe(false);
    expect(isOutlier("A01", 1320, stock)).toBe(false);
    expect(isOutlier("A01", 12_060, stock)).toBe(true);
    expect(isOutlier("A01", 120, stock)).toBe(true);
  });

  it("is not hidden by an earlier outlier", () => {
    expect(isOutlier("C01", 300, [20, 22, 300, 21, 19, 20, 23])).toBe(true);
  });

  it("is asked of money in yuan, where one ordinary aid payment is usual", () => {
    expect(isOutlier("E04", 1_000_000, zeros)).toBe(false);
    expect(isOutlier("E04", 1_000_001, zeros)).toBe(true);
    const [violation] = outliers("E04", 9_000_000, Array(8).fill(200_000));
    expect(violation?.message.zh).toBe("帮扶金额 90,000.00 元，明显高于本站近一年的通常水平（2,000.00 元）");
    expect(violation?.message.en).toContain("(2,000.00 yuan)");
  });
});

describe("the months it is compared with", () => {
  it("have to be six at least; missing ones do not count", () => {
    expect(isOutlier("C01", 500, [1, 1, 1, 1, 1])).toBe(false);
    expect(isOutlier("C01", 500, [1, 1, 1, 1, 1, null, null])).toBe(false);
    expect(isOutlier("C01", 500, [1, 1, 1, 1, 1, 1])).toBe(true);
  });

  it("are the last twelve, without the month itself and without later ones", () => {
    const long = [...zeros, ...Array(12).fill(500)];
    expect(isOutlier("C01", 500, long)).toBe(true);
    const values = history("C01", [0, 0, 0, 0, 0]);
    const around = [
      ...values,
      { period: AT, figures: { C01: 0 } },
      { period: addMonths(AT, 1), figures: { C01: 0 } },
    ];
    const found = findOutliers({ indicators: INDICATORS, at: AT, figures: { C01: 500 }, history: around });
    expect(found).toEqual([]);
  });

  it("excuse a season: a festival's visits are usual when they were so a year ago", () => {
    const elevenQuiet = Array(11).fill(2);
    expect(isOutlier("C01", 60, [...elevenQuiet, 2])).toBe(true);
    expect(isOutlier("C01", 60, [...elevenQuiet, 58])).toBe(false);
    expect(isOutlier("C01", 60, [...elevenQuiet, 20])).toBe(true);
  });
});

describe("a question", () => {
  it("is asked once: a figure whose change is already asked about is left out", () => {
    const figures = { C01: 120 };
    const months = history("C01", Array(8).fill(20));
    const rules = [rule("K16", "every count", "change <= 50%", "prev", { severity: "soft", floor: 5 })];
    const violations = runChecks({
      indicators: INDICATORS,
      rules,
      figures,
      previous: { C01: 20 },
      register: {},
      station: { level: "village", kind: "station" },
    });
    expect(violations.map((v) => v.indicators)).toEqual([["C01"]]);
    expect(findOutliers({ indicators: INDICATORS, at: AT, figures, history: months, violations })).toEqual(
      [],
    );
    expect(findOutliers({ indicators: INDICATORS, at: AT, figures, history: months })).toHaveLength(1);
  });

  it("is still asked when another check speaks of the figure for another reason", () => {
    const other: Violation = {
      check: "K09",
      severity: "hard",
      indicators: ["C02", "C01"],
      message: { zh: "", en: "" },
    };
    expect(outliers("C01", 120, Array(8).fill(20), [other])).toHaveLength(1);
  });

  it("is never asked of a missing figure or a computed one", () => {
    expect(isOutlier("C01", null, Array(8).fill(20))).toBe(false);
    expect(isOutlier("B09", 90, Array(8).fill(1))).toBe(false);
    expect(isOutlier("G04D", 90, Array(8).fill(1))).toBe(false);
  });
});

describe("what is usual", () => {
  it("never has a spread below its floor", () => {
    const values = fc.array(fc.nat(100_000), { minLength: 6, maxLength: 12 });
    fc.assert(
      fc.property(values, fc.boolean(), (known, money) => {
        const usual = usualOf(known, money);
        expect(usual?.spread).toBeGreaterThanOrEqual(money ? 250_000 : 1.5);
        expect(usual?.spread).toBeGreaterThanOrEqual((usual?.median ?? 0) / 10);
        expect(known.filter((v) => v <= (usual?.median ?? -1)).length * 2).toBeGreaterThanOrEqual(
          known.length,
        );
      }),
    );
  });

  it("is the middle value, or the mean of the two in the middle", () => {
    expect(usualOf([5, 1, 9, 1, 1, 9, 9], false)?.median).toBe(5);
    expect(usualOf([1, 2, 3, 5, 8, 13], false)?.median).toBe(4);
  });

  it("accepts its own median, always", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { minLength: 7, maxLength: 7 }), (values) => {
        const median = usualOf(values, false)?.median ?? 0;
        expect(isOutlier("C01", median, values)).toBe(false);
      }),
    );
  });
});
