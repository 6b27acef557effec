import { type FiguresByCode, type Indicator, ratioOf, sumOfFigures } from "./indicator";
import type { Period } from "./period";
import type { Level } from "./station";

/** The figures of one month: a report's or a roll-up's. */
export interface MonthOfFigures {
  period: Period;
  figures: FiguresByCode;
}

/** A stretch of months, both ends included. */
export interface PeriodRange {
  from: Period;
  to: Period;
}

/**
 * Figures of several months of one station as figures of the range, by each indicator's `acrossTime`:
 * - `sum` adds the months that have a value; all missing is missing;
 * - `last` takes the value of the last month of the range that has any data, all of them from that one month,
 *   so that parts of a ratio fit together;
 * - `distinct` is null for more than one month: people are counted again from the register, never added up;
 * - `ratio` is recomputed from the combined parts, unrounded; the level chooses its denominator;
 * - a computed sum (`G02 + G03`) is added up again from its combined parts: an overdue finding that stays
 *   open for five months is one finding, not five.
 * Rows outside the range are left out; their order does not matter. Leave out a roll-up in which nothing was
 * filed: it is all zeros, and they would be taken for the last month's. Throws RangeError on two rows of a month.
 */
export function combineMonths(
  indicators: readonly Indicator[],
  rows: readonly MonthOfFigures[],
  range: PeriodRange,
  level: Level,
): FiguresByCode {
  const months = rows
    .filter(({ period }) => period >= range.from && period <= range.to)
    .sort((a, b) => (a.period < b.period ? -1 : 1));
  months.forEach(({ period }, i) => {
    if (period === months[i + 1]?.period) throw new RangeError(`two rows for ${period}`);
  });
  const latest = latestWithData(months)?.figures ?? {};

  const combined: FiguresByCode = {};
  for (const { code, acrossTime } of indicators) {
    combined[code] = combine(acrossTime, code, months, latest, range);
  }
  for (const { code, formula } of indicators) {
    if (formula?.kind === "sum") combined[code] = sumOfFigures(formula.of, combined);
  }
  for (const { code, ratio } of indicators) {
    if (ratio !== null) combined[code] = ratioOf(ratio, combined, level);
  }
  return combined;
}

function combine(
  acrossTime: Indicator["acrossTime"],
  code: string,
  months: readonly MonthOfFigures[],
  latest: FiguresByCode,
  range: PeriodRange,
): number | null {
  switch (acrossTime) {
    case "sum":
      return months.reduce<number | null>((total, { figures }) => {
        const value = figures[code] ?? null;
        return value === null ? total : (total ?? 0) + value;
      }, null);
    case "last":
      return latest[code] ?? null;
    case "distinct":
      return range.from === range.to ? (latest[code] ?? null) : null;
    case "ratio":
      return null;
  }
}

function latestWithData(months: readonly MonthOfFigures[]): MonthOfFigures | null {
  for (let i = months.length - 1; i >= 0; i--) {
    const month = months[i];
    if (month && Object.values(month.figures).some((value) => value !== null)) return month;
  }
  return null;
}
