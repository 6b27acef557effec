import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ratioOf } from "./indicator";
import { INDICATORS } from "./indicators.fixture";
import { addMonths, period, periodsBetween } from "./period";
import { combineMonths, type MonthOfFigures } from "./timespan";

const [JUL, AUG, SEP] = ["2026-07", "2026-08", "2026-09"].map(period) as [
  ReturnType<typeof period>,
  ReturnType<typeof period>,
  ReturnType<typeof period>,
];
const QUARTER = { from: JUL, to: SEP };

const combine = (rows: MonthOfFigures[], range = QUARTER, level: "town" | "village" = "town") =>
  combineMonths(INDICATORS, rows, range, level);

describe("a quarter", () => {
  const rows: MonthOfFigures[] = [
    { period: SEP, figures: { A01: 110, B05M: 2, B05: 66, C01: 5, C02: 4, C04: 100, G02: 1, G03: 2 } },
    { period: JUL, figures: { A01: 100, B05M: 1, B05: 65, C01: 7, C02: 6, C04: null, G02: 3, G03: 3 } },
    { period: AUG, figures: { A01: 105, B05M: 2, B05: 65, C01: null, C02: 1, C04: 50, G02: 0, G03: 2 } },
  ];
  const quarter = combine(rows);

  it("adds what happened month by month; a missing month adds nothing", () => {
    expect(quarter.C01).toBe(12);
    expect(quarter.C04).toBe(150);
  });

  it("takes stocks from its last month, in whatever order the rows come", () => {
    expect(quarter.A01).toBe(110);
    expect(quarter.B05M).toBe(2);
  });

  it("leaves distinct people to be counted again, and gives them for a single month", () => {
    expect(quarter.C02).toBeNull();
    expect(combine(rows, { from: AUG, to: AUG }).C02).toBe(1);
    expect(combine(rows.slice(0, 1)).C02).toBeNull();
  });

  it("recomputes ratios from the combined parts, by the level's denominator", () => {
    expect(quarter.B06).toBe(55);
    expect(combine(rows, QUARTER, "village").B06).toBe(110 / 66);
  });

  it("counts a finding that stays overdue once, not once a month", () => {
    expect(quarter.G02).toBe(4);
    expect(quarter.G03).toBe(2);
    expect(quarter.G04D).toBe(6);
    expect(quarter.G04).toBeCloseTo(66.67, 2);
  });

  it("looks only at rows inside the range", () => {
    const more = [
      ...rows,
      { period: period("2026-06"), figures: { C01: 1000 } },
      { period: period("2026-10"), figures: { C01: 1000, A01: 1 } },
    ];
    expect(combine(more)).toEqual(quarter);
  });

  it("refuses two rows of one month", () => {
    const twice = [...rows, { period: AUG, figures: {} }];
    expect(() => combine(twice)).toThrow(RangeError);
  });
});

describe("a stock", () => {
  it("is that of the last month with any data, all stocks of the same month", () => {
    const rows: MonthOfFigures[] = [
      { period: JUL, figures: { A01: 100, A02: 60 } },
      { period: AUG, figures: { A01: 105, A02: null } },
      { period: SEP, figures: { A01: null, A02: null } },
    ];
    expect(combine(rows)).toMatchObject({ A01: 105, A02: null });
  });

  it("of zero is a value", () => {
    const rows: MonthOfFigures[] = [
      { period: AUG, figures: { D05: 4 } },
      { period: SEP, figures: { D05: 0 } },
    ];
    expect(combine(rows).D05).toBe(0);
  });
});

describe("no data", () => {
  it("is missing everywhere, never zero and never a full hundred", () => {
    for (const value of Object.values(combine([]))) expect(value).toBeNull();
    const zeros = combine([{ period: JUL, figures: { G02: 0, G03: 0 } }]);
    expect(zeros.G04D).toBe(0);
    expect(zeros.G04).toBeNull();
  });
});

describe("any months", () => {
  const anyFigures = fc.record(
    Object.fromEntries(
      ["A01", "B05", "B05M", "C01", "C02", "G02", "G03"].map((code) => [code, fc.option(fc.nat(1000))]),
    ),
  );
  const anyRows = fc
    .array(fc.option(anyFigures), { minLength: 1, maxLength: 24 })
    .map((months) =>
      months.flatMap((figures, i) => (figures ? [{ period: addMonths(JUL, i), figures }] : [])),
    );

  it("of one month alone are that month's figures", () => {
    fc.assert(
      fc.property(anyFigures, (figures) => {
        const alone = combine([{ period: JUL, figures }], { from: JUL, to: JUL });
        expect(alone).toMatchObject(figures);
      }),
    );
  });

  it("add up the same in one step or in two, and in any order", () => {
    fc.assert(
      fc.property(anyRows, fc.nat(23), (rows, cut) => {
        const end = addMonths(JUL, 23);
        const middle = addMonths(JUL, cut);
        const whole = combine(rows, { from: JUL, to: end });
        const first = combine(rows, { from: JUL, to: middle });
        const second = middle < end ? combine(rows, { from: addMonths(middle, 1), to: end }) : {};
        const both = [first.C01 ?? null, second.C01 ?? null].filter((v) => v !== null);
        expect(whole.C01).toBe(both.length === 0 ? null : both.reduce((a, b) => a + b, 0));
        expect(combine([...rows].reverse(), { from: JUL, to: end })).toEqual(whole);
      }),
    );
  });

  it("have ratios that follow from their own combined parts", () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const all = combine(rows, { from: JUL, to: addMonths(JUL, 23) });
        for (const { code, ratio } of INDICATORS)
          if (ratio) expect(all[code]).toBe(ratioOf(ratio, all, "town"));
        expect(periodsBetween(JUL, addMonths(JUL, 23))).toHaveLength(24);
      }),
    );
  });
});
