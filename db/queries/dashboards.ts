import type { FiguresByCode } from "@muster/domain/indicator";
import type { Period } from "@muster/domain/period";
import type { Coverage } from "@muster/domain/rollup";
import type { Kind, Level } from "@muster/domain/station";
import { combineMonths, type PeriodRange } from "@muster/domain/timespan";
import type { ScopedTx } from "../scope";
import { type CityCatalogue, cityCatalogue } from "./catalogue";
import { indicatorsOver } from "./dashboards/codes";
import { inFormOrder, type NamedStation, placeOf, stationsById } from "./dashboards/place";
import { type Grounds, type MonthSum, sumsOfChildren, sumsOfPlace } from "./dashboards/sums";

/** How the answer is broken down. */
export type By = "total" | "month" | "child" | "child-month";

export interface RollupQuery extends PeriodRange, Grounds {
  stationId: number;
  by: By;
  /** Indicators to answer; all that are shown somewhere by default. */
  codes?: readonly string[];
}

export interface RollupRow {
  /** By child: the station's number. The row of the station asked about is its own report. */
  station?: number;
  name?: string;
  level?: Level;
  kind?: Kind;
  /** By month. */
  period?: Period;
  coverage: Coverage;
  /** Null is missing, also where nothing was in force; ratios are unrounded; money is in fen. */
  figures: FiguresByCode;
}

export interface RollupAnswer {
  basis: Grounds["basis"];
  boundaries: Grounds["boundaries"];
  /** Over all months of the range. */
  coverage: Coverage;
  rows: RollupRow[];
}

/**
 * The figures of a station with its subtree over a range of months, by each indicator's rule across time (domain's
 * combineMonths), as `GET /api/v1/rollups` answers them. Null when the station is not in the reader's scope.
 * Rows: `total` one; `month` one per open month; `child` one per station directly below and one for the station's
 * own report; `child-month` one per station and open month.
 */
export async function rollupRows(tx: ScopedTx, query: RollupQuery): Promise<RollupAnswer | null> {
  const [place, catalogue] = await Promise.all([placeOf(tx, query.stationId), cityCatalogue(tx)]);
  if (!place) return null;
  const shown = indicatorsOver(catalogue, query).filter(({ hidden }) => !hidden);
  const codes = query.codes ?? shown.map(({ code }) => code);
  const asked = { ...query, codes };
  const [own, children] = await Promise.all([
    sumsOfPlace(tx, catalogue, place, asked),
    byChild(query.by) ? sumsOfChildren(tx, catalogue, place, asked) : null,
  ]);
  const names = await stationsById(tx, children?.map(({ stationId }) => stationId) ?? []);
  const answer = { basis: query.basis, boundaries: query.boundaries, coverage: coverageOf(own) };
  const wanted = new Set(codes);
  const rows = grouped(children ?? own, query.by, names).map(({ months, range, level, ...row }) => ({
    ...row,
    ...(byChild(query.by) ? { level } : {}),
    coverage: coverageOf(months),
    figures: only(wanted, combined(catalogue, months, range ?? query, level ?? place.level)),
  }));
  return { ...answer, rows };
}

/** One station's month, or a range, in the words of `GET /api/v1/completeness`. */
export interface CompletenessRow extends Coverage {
  station: number;
  name: string;
  level: Level;
  kind: Kind;
  /** The month; null for the whole range. */
  period: Period | null;
}

export interface CompletenessQuery extends PeriodRange {
  stationId: number;
  by: By;
  boundaries?: Grounds["boundaries"];
}

/**
 * How many reports were expected, filed (completeness = filed / expected) and first filed by the deadline
 * (timeliness = onTime / expected), and how many are accepted, returned and missing. With nothing expected both
 * shares are undefined: say so, never 0 or 100. Null when the station is not in the reader's scope.
 */
export async function completenessRows(
  tx: ScopedTx,
  query: CompletenessQuery,
): Promise<{ coverage: Coverage; rows: CompletenessRow[] } | null> {
  const answer = await rollupRows(tx, {
    ...query,
    basis: "accepted",
    boundaries: query.boundaries ?? "reported",
    codes: [],
  });
  const place = answer && (await placeOf(tx, query.stationId));
  if (!answer || !place) return null;
  const rows = answer.rows.map(({ station, name, level, kind, period, coverage }) => ({
    station: station ?? place.id,
    name: name ?? place.name,
    level: level ?? place.level,
    kind: kind ?? place.kind,
    period: period ?? null,
    ...coverage,
  }));
  return { coverage: answer.coverage, rows };
}

function byChild(by: By): boolean {
  return by === "child" || by === "child-month";
}

/** The figures of several months of one station as figures of the range. */
export function combined(
  catalogue: CityCatalogue,
  months: readonly MonthSum[],
  range: PeriodRange,
  level: Level,
): FiguresByCode {
  const indicators = indicatorsOver(catalogue, range);
  const rows = months.flatMap(({ period, figures }) => (figures ? [{ period, figures }] : []));
  return combineMonths(indicators, rows, { from: range.from, to: range.to }, level);
}

/** Coverage added up over months or stations. */
export function coverageOf(sums: readonly { coverage: Coverage }[]): Coverage {
  const total: Coverage = { expected: 0, filed: 0, accepted: 0, returned: 0, missing: 0, onTime: 0 };
  for (const { coverage } of sums) {
    for (const key of Object.keys(total) as (keyof Coverage)[]) total[key] += coverage[key];
  }
  return total;
}

interface Group extends Omit<RollupRow, "coverage" | "figures"> {
  months: MonthSum[];
  range?: PeriodRange;
}

function grouped(
  sums: readonly MonthSum[],
  by: By,
  names: ReadonlyMap<number, NamedStation>,
): (Group & { own?: boolean })[] {
  if (by === "total") return [{ months: [...sums] }];
  if (by === "month") return sums.map((sum) => monthGroup(sum));
  const children = [...childGroups(sums)].flatMap(([id, months]) => {
    const station = names.get(id);
    return station ? [{ station, months }] : [];
  });
  children.sort((a, b) => inOrder(a.months, b.months) || inFormOrder(a.station, b.station));
  return children.flatMap(({ station: { id, name, level, kind }, months }) => {
    const named = { station: id, name, level, kind };
    if (by === "child") return [{ ...named, months }];
    return [...months]
      .sort((a, b) => (a.period < b.period ? -1 : 1))
      .map((sum) => ({ ...named, ...monthGroup(sum) }));
  });
}

function monthGroup(sum: MonthSum): Group {
  return { period: sum.period, months: [sum], range: { from: sum.period, to: sum.period } };
}

function childGroups(sums: readonly MonthSum[]): Map<number, MonthSum[]> {
  const groups = new Map<number, MonthSum[]>();
  for (const sum of sums) {
    const group = groups.get(sum.stationId);
    if (group) group.push(sum);
    else groups.set(sum.stationId, [sum]);
  }
  return groups;
}

/** The station's own report stands first. */
function inOrder(a: readonly MonthSum[], b: readonly MonthSum[]): number {
  return Number(b[0]?.own ?? false) - Number(a[0]?.own ?? false);
}

function only(wanted: ReadonlySet<string>, figures: FiguresByCode): FiguresByCode {
  return Object.fromEntries(Object.entries(figures).filter(([code]) => wanted.has(code)));
}
