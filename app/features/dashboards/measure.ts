import type { MonthSum } from "@muster/db/queries/dashboards/sums";
import { type Indicator, ratioOf, sumOfFigures } from "@muster/domain/indicator";
import { addMonths, type Period, periodsBetween } from "@muster/domain/period";
import type { Level } from "@muster/domain/station";
import { combineMonths, type PeriodRange } from "@muster/domain/timespan";

/** The months of one station. */
export type Months = ReadonlyMap<Period, MonthSum>;

/** Sums by month. */
export function byMonth(sums: readonly MonthSum[]): Months {
  return new Map(sums.map((sum) => [sum.period, sum]));
}

/** Sums by station, and each station's by month. */
export function byStation(sums: readonly MonthSum[]): Map<number, Map<Period, MonthSum>> {
  const stations = new Map<number, Map<Period, MonthSum>>();
  for (const sum of sums) {
    const months = stations.get(sum.stationId);
    if (months) months.set(sum.period, sum);
    else stations.set(sum.stationId, new Map([[sum.period, sum]]));
  }
  return stations;
}

/** The value of an indicator in one month; null is a gap. */
export function valueAt(sum: MonthSum | undefined, indicator: Indicator, level: Level): number | null {
  if (!sum?.figures) return null;
  const { ratio, formula, code } = indicator;
  if (ratio) return ratioOf(ratio, sum.figures, level);
  if (formula?.kind === "sum") return sumOfFigures(formula.of, sum.figures);
  return sum.figures[code] ?? null;
}

/** The value of an indicator over a range, by its rule across time. `indicators` hold it and its parts. */
export function valueOver(
  months: Months,
  range: PeriodRange,
  indicators: readonly Indicator[],
  code: string,
  level: Level,
): number | null {
  const rows = [...months.values()].flatMap(({ period, figures }) => (figures ? [{ period, figures }] : []));
  return combineMonths(indicators, rows, range, level)[code] ?? null;
}

/** The same months a year earlier. */
export function yearBefore({ from, to }: PeriodRange): PeriodRange {
  return { from: addMonths(from, -12), to: addMonths(to, -12) };
}

/** True when every month of a range was filed for: a sum over half of them would compare unlike things. */
export function whole(months: Months, { from, to }: PeriodRange): boolean {
  return periodsBetween(from, to).every((period) => months.get(period)?.figures);
}

/** The latest month of the range with figures in force; null when none has. */
export function latestMonth(months: Months, { from, to }: PeriodRange): Period | null {
  for (let period = to; period >= from; period = addMonths(period, -1)) {
    if (months.get(period)?.figures) return period;
  }
  return null;
}
