import type { FiguresByCode, Indicator } from "@muster/domain/indicator";
import type { Period } from "@muster/domain/period";
import type { Coverage } from "@muster/domain/rollup";
import type { Kind, Level } from "@muster/domain/station";
import type { PeriodRange } from "@muster/domain/timespan";
import type { ScopedTx } from "../../scope";
import type { CityCatalogue } from "../catalogue";
import { slotsOf } from "./codes";
import { leafCoverage, type Place, rollupCoverage } from "./place";

/** Accepted figures only, or also what waits for review. */
export type Basis = "accepted" | "provisional";
/** The hierarchy as it stood in each month, or as it stands today. */
export type Boundaries = "reported" | "today";

/** Which figures a dashboard rests on. */
export interface Grounds {
  basis: Basis;
  boundaries: Boundaries;
}

/** One station's month: a report, or the sum over a subtree. */
export interface MonthSum {
  stationId: number;
  level: Level;
  kind: Kind;
  /** The managing station's own report, which stands beside its children's. */
  own: boolean;
  period: Period;
  coverage: Coverage;
  /** Null while nothing of the month is in force on this basis: a gap, not zeros. */
  figures: FiguresByCode | null;
}

export interface SumsQuery extends PeriodRange, Grounds {
  /** Indicators to read; ratios bring their parts along. None reads coverage only. */
  codes: readonly string[];
}

interface Row extends Coverage {
  stationId: number;
  level: Level;
  kind: Kind;
  own: boolean;
  period: Period;
  figures: (number | null)[];
}

/**
 * The months of the station itself with its subtree, oldest first. Two index lookups' worth of rows whatever the
 * number of villages, except by today's boundaries, which have to be summed from the reports.
 */
export async function sumsOfPlace(
  tx: ScopedTx,
  catalogue: CityCatalogue,
  place: Place,
  query: SumsQuery,
): Promise<MonthSum[]> {
  const picked = slotsOf(catalogue, query);
  const { cityId } = tx.scope;
  const { from, to } = query;
  const slots = picked.map((indicator) => indicator.slot);
  if (place.leaf) {
    const rows = await tx.sql<Row[]>`${leafMonths(tx, query.basis, slots, false)}
      where r.city_id = ${cityId} and r.station_id = ${place.id} and r.period between ${from} and ${to}
      order by r.period`;
    return finish(rows, picked, query.basis, catalogue);
  }
  if (query.boundaries === "today") return todaysSums(tx, catalogue, place, query, "total");
  const rows = await tx.sql<Row[]>`${rollupMonths(tx, query.basis, slots)}
    where u.city_id = ${cityId} and u.station_id = ${place.id} and u.period between ${from} and ${to}
    order by u.period`;
  return finish(rows, picked, query.basis, catalogue);
}

/**
 * The months of the stations directly below, and the station's own report among them. As reported that is what
 * reported to it in each month and is still in the reader's scope: a station that has moved away since counts in
 * the sum, and its details are with those it belongs to now.
 */
export async function sumsOfChildren(
  tx: ScopedTx,
  catalogue: CityCatalogue,
  place: Place,
  query: SumsQuery,
): Promise<MonthSum[]> {
  const picked = slotsOf(catalogue, query);
  const { cityId } = tx.scope;
  const { from, to } = query;
  const slots = picked.map((indicator) => indicator.slot);
  if (query.boundaries === "today" && !place.leaf) {
    return todaysSums(tx, catalogue, place, query, "child");
  }
  const own = tx.sql`${leafMonths(tx, query.basis, slots, true)}
    where r.city_id = ${cityId} and r.station_id = ${place.id} and r.period between ${from} and ${to}`;
  const rows = place.leaf
    ? await tx.sql<Row[]>`${own} order by period`
    : await tx.sql<Row[]>`
        ${rollupMonths(tx, query.basis, slots)}
        where u.city_id = ${cityId} and u.reports_to = ${place.id} and u.period between ${from} and ${to}
        union all ${leafMonths(tx, query.basis, slots, false)}
        where r.city_id = ${cityId} and r.reports_to = ${place.id} and r.period between ${from} and ${to}
          and r.level = 'village'
        union all ${own}`;
  return finish(rows, picked, query.basis, catalogue);
}

/** The figures of these slots out of an array, in their order. */
function pick(tx: ScopedTx, figures: string, slots: readonly number[]) {
  // Slots are numbers out of the catalogue's own column, and `figures` is a literal of this file.
  const items = slots.map((slot) => `(${figures})[${Number(slot) + 1}]`).join(", ");
  return tx.sql.unsafe(`array[${items}]::bigint[]`);
}

/** The figures of a report `r` that are in force on a basis. */
export function inForce(basis: Basis): string {
  return IN_FORCE[basis];
}

const IN_FORCE: Record<Basis, string> = {
  accepted: "case when r.status in ('accepted', 'locked') then r.figures else r.accepted_figures end",
  provisional:
    "case when r.status in ('accepted', 'locked', 'submitted') then r.figures else r.accepted_figures end",
};

function rollupMonths(tx: ScopedTx, basis: Basis, slots: readonly number[]) {
  return tx.sql`
    select u.station_id as "stationId", u.level, u.kind, false as own, u.period, ${rollupCoverage(tx)},
      ${pick(tx, `u.${basis}`, slots)} as figures
    from rollup u`;
}

function leafMonths(tx: ScopedTx, basis: Basis, slots: readonly number[], own: boolean) {
  return tx.sql`
    select r.station_id as "stationId", r.level, r.kind, ${tx.sql.unsafe(String(own))} as own, r.period,
      ${leafCoverage(tx)}, ${pick(tx, IN_FORCE[basis], slots)} as figures
    from monthly_report r`;
}

/** Sums over the reports by where their stations stand today. */
async function todaysSums(
  tx: ScopedTx,
  catalogue: CityCatalogue,
  place: Place,
  query: SumsQuery,
  by: "total" | "child",
): Promise<MonthSum[]> {
  const picked = slotsOf(catalogue, query);
  const { cityId } = tx.scope;
  const sums = picked.map(({ slot }) => `sum((f.figures)[${slot + 1}])::bigint`).join(", ");
  // The first station number below the place; empty for the place's own report.
  const segment =
    by === "child"
      ? tx.sql`split_part(substr(r.path, ${place.path.length + 1}::int), '/', 1)`
      : tx.sql`''::text`;
  const rows = await tx.sql<(Omit<Row, "stationId" | "level" | "kind"> & { segment: string })[]>`
    select ${segment} as segment, false as own, r.period, sum(c.expected)::int as expected, sum(c.filed)::int as filed,
      sum(c.accepted)::int as accepted, sum(c.returned)::int as returned, sum(c.missing)::int as missing,
      sum(c."onTime")::int as "onTime", ${tx.sql.unsafe(`array[${sums}]::bigint[]`)} as figures
    from monthly_report r
    cross join lateral (select ${leafCoverage(tx)}) c
    cross join lateral (select ${tx.sql.unsafe(IN_FORCE[query.basis])} as figures) f
    where r.city_id = ${cityId} and r.path >= ${place.path} and r.path < ${place.path} || chr(1114111)
      and r.period between ${query.from} and ${query.to} and r.expected
    group by 1, r.period order by r.period`;
  const children = by === "child" ? await childrenToday(tx, place) : new Map();
  return finish(
    rows.flatMap((row) => {
      if (by === "total" || row.segment === "") {
        return [{ ...row, stationId: place.id, level: place.level, kind: place.kind, own: by === "child" }];
      }
      const child = children.get(Number(row.segment));
      return child ? [{ ...row, stationId: Number(row.segment), level: child.level, kind: child.kind }] : [];
    }),
    picked,
    query.basis,
    catalogue,
  );
}

async function childrenToday(
  tx: ScopedTx,
  place: Place,
): Promise<ReadonlyMap<number, { level: Level; kind: Kind }>> {
  const rows = await tx.sql<{ id: number; level: Level; kind: Kind }[]>`
    select id, level, kind from station where city_id = ${tx.scope.cityId} and parent_id = ${place.id}`;
  return new Map(rows.map((row) => [row.id, row]));
}

type SlottedIndicator = Indicator & { slot: number };

function finish(
  rows: readonly Row[],
  picked: readonly SlottedIndicator[],
  basis: Basis,
  catalogue: CityCatalogue,
): MonthSum[] {
  return rows.map(({ stationId, level, kind, own, period, figures, ...coverage }) => {
    const inForce = coverage.accepted > 0 || (basis === "provisional" && coverage.filed > 0);
    return {
      stationId,
      level,
      kind,
      own,
      period,
      coverage,
      figures: inForce ? byCode(picked, figures, catalogue, period) : null,
    };
  });
}

/** A figure that the catalogue did not ask for in that month is missing, whatever its slot holds. */
function byCode(
  picked: readonly SlottedIndicator[],
  figures: readonly (number | null)[],
  catalogue: CityCatalogue,
  period: Period,
): FiguresByCode {
  const known = catalogue.at(period).byCode;
  const found: FiguresByCode = {};
  for (const [i, { code }] of picked.entries()) {
    found[code] = known.has(code) ? (figures[i] ?? null) : null;
  }
  return found;
}
