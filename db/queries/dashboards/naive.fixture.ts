import type { FiguresByCode, Indicator } from "@muster/domain/indicator";
import { toCodes } from "@muster/domain/indicator";
import type { Period } from "@muster/domain/period";
import { type Coverage, contributionOf, sumOf } from "@muster/domain/rollup";
import type { Level } from "@muster/domain/station";
import { combineMonths, type PeriodRange } from "@muster/domain/timespan";
import type { PlainReport } from "./random-city.fixture";
import type { Grounds } from "./sums";

/**
 * The dashboards' questions answered the slow and obvious way, from every report: the measure of the queries.
 * A sum of missing figures is 0 here as in the stored roll-ups; compare with `missing` as 0.
 */
export function naiveMonths(
  indicators: readonly Indicator[],
  reports: readonly PlainReport[],
  periods: readonly Period[],
  basis: Grounds["basis"],
): { period: Period; figures: FiguresByCode | null; coverage: Coverage }[] {
  return periods.map((period) => {
    const contributions = reports.filter((report) => report.period === period).map(contributionOf);
    const { acceptedFigures, provisionalFigures, ...coverage } = sumOf(contributions);
    const inForce = contributions.some((c) => c.accepted > 0 || (basis === "provisional" && c.filed > 0));
    const figures = basis === "accepted" ? acceptedFigures : provisionalFigures;
    return { period, figures: inForce ? toCodes(indicators, figures) : null, coverage };
  });
}

/** The same combined over the range. */
export function naiveRange(
  indicators: readonly Indicator[],
  reports: readonly PlainReport[],
  periods: readonly Period[],
  range: PeriodRange,
  { basis, level }: { basis: Grounds["basis"]; level: Level },
): FiguresByCode {
  const months = naiveMonths(indicators, reports, periods, basis);
  const rows = months.flatMap(({ period, figures }) => (figures ? [{ period, figures }] : []));
  return combineMonths(indicators, rows, range, level);
}
