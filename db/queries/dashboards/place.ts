import type { Period } from "@muster/domain/period";
import type { Coverage } from "@muster/domain/rollup";
import type { Kind, Level } from "@muster/domain/station";
import type { ScopedTx } from "../../scope";

/** A station as a dashboard names it. */
export interface NamedStation {
  id: number;
  name: string;
  level: Level;
  kind: Kind;
  path: string;
  sort: number;
}

/** The station a dashboard is about. */
export interface Place extends NamedStation {
  /** Reports for itself only: a village or a service point. */
  leaf: boolean;
  /** From the top of the reader's scope down to the parent: what the reader may open. */
  ancestors: { id: number; name: string }[];
}

/** One open month of a station with what was filed in it, as reported. */
export interface TimelineMonth extends Coverage {
  period: Period;
  /** Version of the roll-up's row: another one as soon as anything below changed. Empty for a station without one. */
  mark: string;
}

/** True for a station that has no roll-up of its own: nothing reports to it. */
export function isLeaf(level: Level): boolean {
  return level === "village";
}

/** The station, or null when it is not there or not in the reader's scope: the same answer. */
export async function placeOf(tx: ScopedTx, stationId: number): Promise<Place | null> {
  const [row] = await tx.sql<(NamedStation & { ancestors: { id: number; name: string }[] })[]>`
    select id, name, level, kind, path, sort, ancestors from station
    where city_id = ${tx.scope.cityId} and id = ${stationId}`;
  if (!row) return null;
  // A village's row names its town and city, whose pages the village's people may not open.
  const above = tx.scope.path.split("/").length - 2;
  return { ...row, leaf: isLeaf(row.level), ancestors: row.ancestors.slice(above) };
}

/** Stations in scope by number; those out of scope are absent. */
export async function stationsById(
  tx: ScopedTx,
  ids: Iterable<number>,
): Promise<ReadonlyMap<number, NamedStation>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await tx.sql<NamedStation[]>`
    select id, name, level, kind, path, sort from station
    where city_id = ${tx.scope.cityId} and id = any(${wanted})`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** Every month that was opened for the station, oldest first, with its coverage as reported. */
export async function timelineOf(tx: ScopedTx, place: Pick<Place, "id" | "leaf">): Promise<TimelineMonth[]> {
  const { cityId } = tx.scope;
  if (place.leaf) {
    return [
      ...(await tx.sql<TimelineMonth[]>`
        select r.period, ${leafCoverage(tx)}, '' as mark from monthly_report r
        where r.city_id = ${cityId} and r.station_id = ${place.id} order by r.period`),
    ];
  }
  return [
    ...(await tx.sql<TimelineMonth[]>`
      select u.period, ${rollupCoverage(tx)}, u.xmin::text || u.ctid::text as mark from rollup u
      where u.city_id = ${cityId} and u.station_id = ${place.id} order by u.period`),
  ];
}

/** The child of the place that a path below it belongs to; the place itself for its own. `path` is a literal. */
export function childOf(tx: ScopedTx, path: string, place: Pick<Place, "id" | "path">) {
  return tx.sql`coalesce(nullif(split_part(substr(${tx.sql.unsafe(path)}, ${place.path.length + 1}::int), '/', 1), ''),
    ${String(place.id)})::bigint`;
}

/** Coverage columns of a roll-up `u`. */
export function rollupCoverage(tx: ScopedTx) {
  return tx.sql`u.expected, u.filed, u.accepted_count as accepted, u.returned, u.missing, u.on_time as "onTime"`;
}

/** Coverage columns of one report `r`: the SQL form of domain's contributionOf. */
export function leafCoverage(tx: ScopedTx) {
  return tx.sql`
    r.expected::int as expected,
    (r.expected and r.status in ('submitted', 'accepted', 'locked', 'amending'))::int as filed,
    (r.expected and (r.status in ('accepted', 'locked') or r.accepted_figures is not null))::int as accepted,
    (r.expected and r.status = 'returned')::int as returned,
    (r.expected and r.status = 'draft')::int as missing,
    (r.expected and r.on_time is true)::int as "onTime"`;
}

/** Stations as a form lists them: by their own order, then by number. */
export function inFormOrder(a: NamedStation, b: NamedStation): number {
  return a.sort - b.sort || a.id - b.id;
}
