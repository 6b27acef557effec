import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  addMonths,
  countedDays,
  daysFrom,
  firstDay,
  lastDay,
  localDate,
  monthsFrom,
  parseDay,
  parsePeriod,
  partsOf,
  period,
  periodOf,
  periodsBetween,
} from "./period";

const anyPeriod = fc
  .tuple(fc.integer({ min: 2010, max: 2089 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => period(`${year}-${String(month).padStart(2, "0")}`));
const fewMonths = fc.integer({ min: -100, max: 100 });

describe("a period", () => {
  it("is YYYY-MM and nothing else", () => {
    expect(parsePeriod("2026-10")).toBe("2026-10");
    for (const text of [
      "2026-13",
      "2026-00",
      "2026-1",
      "26-10",
      "1999-12",
      "2100-01",
      "2026-10 ",
      "2026-10\n",
      "",
    ])
      expect(parsePeriod(text), JSON.stringify(text)).toBeNull();
    for (const value of [null, undefined, 202610, ["2026-10"], {}]) expect(parsePeriod(value)).toBeNull();
    expect(() => period("2026-13")).toThrow(RangeError);
  });

  it("never lets any other text through", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const read = parsePeriod(text);
        if (read !== null) expect(read).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/);
      }),
    );
  });

  it("has months before and after that lead back to it", () => {
    fc.assert(
      fc.property(anyPeriod, fewMonths, (p, months) => {
        const there = addMonths(p, months);
        expect(addMonths(there, -months)).toBe(p);
        expect(monthsFrom(p, there)).toBe(months);
        expect(there > p).toBe(months > 0);
      }),
    );
  });

  it("is followed by January after December", () => {
    expect(addMonths(period("2026-12"), 1)).toBe("2027-01");
    expect(addMonths(period("2026-01"), -1)).toBe("2025-12");
    expect(addMonths(period("2026-01"), -13)).toBe("2024-12");
  });

  it("does not leave the years the service knows", () => {
    expect(() => addMonths(period("2099-12"), 1)).toThrow(RangeError);
    expect(() => addMonths(period("2000-01"), -1)).toThrow(RangeError);
  });

  it("begins on its first day and ends on the day before the next one begins", () => {
    fc.assert(
      fc.property(anyPeriod, (p) => {
        expect(addDays(lastDay(p), 1)).toBe(firstDay(addMonths(p, 1)));
        expect(periodOf(firstDay(p))).toBe(p);
        expect(periodOf(lastDay(p))).toBe(p);
        const { year, month } = partsOf(p);
        expect(daysFrom(firstDay(p), lastDay(p)) + 1).toBe(new Date(Date.UTC(year, month, 0)).getUTCDate());
      }),
    );
    expect(lastDay(period("2028-02"))).toBe("2028-02-29");
    expect(lastDay(period("2026-02"))).toBe("2026-02-28");
  });

  it("counts all its days once it is over, those up to today while it runs, none before", () => {
    const on = (text: string) => countedDays(period(text), "2026-11-22");
    expect(on("2026-10")).toEqual({ from: "2026-10-01", to: "2026-10-31" });
    expect(on("2026-11")).toEqual({ from: "2026-11-01", to: "2026-11-22" });
    expect(on("2026-12").to < on("2026-12").from).toBe(true);
  });
});

describe("the months between two", () => {
  it("are in order, without a gap, both ends included", () => {
    fc.assert(
      fc.property(anyPeriod, fc.nat(100), (from, months) => {
        const all = periodsBetween(from, addMonths(from, months));
        expect(all).toHaveLength(months + 1);
        expect(all).toEqual([...all].sort());
        expect(new Set(all).size).toBe(all.length);
      }),
    );
  });

  it("are none when the first is later", () => {
    expect(periodsBetween(period("2026-10"), period("2026-09"))).toEqual([]);
  });
});

describe("a day", () => {
  it("is that of the city's time zone", () => {
    expect(localDate(new Date("2026-10-31T15:59:59Z"))).toBe("2026-10-31");
    expect(localDate(new Date("2026-10-31T16:00:00Z"))).toBe("2026-11-01");
  });

  it("has to exist", () => {
    expect(parseDay("2028-02-29")).toBe("2028-02-29");
    for (const text of [
      "2026-02-29",
      "2026-13-01",
      "2026-00-10",
      "2026-04-31",
      "2026-1-1",
      "",
      "2026-10-01T00",
    ])
      expect(parseDay(text), text).toBeNull();
    expect(parseDay(20_261_001)).toBeNull();
  });

  it("is as far from another as the days added to it", () => {
    fc.assert(
      fc.property(anyPeriod, fc.integer({ min: -2000, max: 2000 }), (p, days) => {
        expect(daysFrom(firstDay(p), addDays(firstDay(p), days))).toBe(days);
      }),
    );
  });
});
