import type { InspectionState } from "@muster/domain/inspection";
import type { LocalDate } from "@muster/domain/period";
import type { Kind, Level, StationPath } from "@muster/domain/station";
import type { Circular, Draw } from "../../schema/inspection";
import type { ScopedTx } from "../../scope";
import { overdueNow } from "../findings/predicates";

/** An inspection as its row has it, for the station that runs it and those above. */
export interface InspectionRow {
  id: string;
  stationId: number;
  stationName: string;
  path: StationPath;
  year: number;
  number: number;
  theme: string;
  note: string;
  state: InspectionState;
  startsOn: LocalDate;
  endsOn: LocalDate;
  unannounced: boolean;
  draw: Draw | null;
  circular: Circular | null;
  calledOffReason: string | null;
  createdBy: string;
  version: number;
}

/** The columns of InspectionRow; `i` is inspection and `s` the station that runs it. */
function inspectionColumns(tx: ScopedTx) {
  return tx.sql`
    i.id, i.station_id as "stationId", s.name as "stationName", i.path, i.year, i.number, i.theme, i.note, i.state,
    i.starts_on as "startsOn", i.ends_on as "endsOn", i.unannounced, i.draw, i.circular, i.called_off_reason as "calledOffReason",
    i.created_by as "createdBy", i.version`;
}

/** An inspection in scope, or null: the stations it concerns do not see it. */
export async function findInspection(tx: ScopedTx, id: string): Promise<InspectionRow | null> {
  const { cityId } = tx.scope;
  const [row] = await tx.sql<InspectionRow[]>`
    select ${inspectionColumns(tx)} from inspection i
    join station s on s.city_id = ${cityId} and s.id = i.station_id
    where i.city_id = ${cityId} and i.id = ${id}`;
  return row ?? null;
}

/** An item of an inspection. */
export interface InspectionItem {
  place: number;
  code: string | null;
  zh: string;
  en: string;
}

/** What an inspection looks at, in its order. */
export async function itemsOf(tx: ScopedTx, inspectionId: string): Promise<InspectionItem[]> {
  const rows = await tx.sql<InspectionItem[]>`
    select place, code, name_zh as zh, name_en as en from inspection_item
    where city_id = ${tx.scope.cityId} and inspection_id = ${inspectionId} order by place`;
  return [...rows];
}

/** Who inspects. */
export async function inspectorsOf(
  tx: ScopedTx,
  inspectionId: string,
): Promise<{ userId: string; name: string }[]> {
  const rows = await tx.sql<{ userId: string; name: string }[]>`
    select user_id as "userId", name from inspection_inspector
    where city_id = ${tx.scope.cityId} and inspection_id = ${inspectionId} order by name, user_id`;
  return [...rows];
}

/** A station that an inspection concerns, with what was found there. */
export interface InspectedStation {
  stationId: number;
  name: string;
  level: Level;
  path: StationPath;
  parentName: string;
  visitedOn: LocalDate | null;
  visitedBy: string | null;
  visitNote: string;
  findings: number;
  unsettled: number;
  overdue: number;
}

/**
 * Whether row `c` of a station is for the reader to see. Of an unannounced inspection (四不两直) nobody below who runs it
 * learns before somebody has been at the station, or the circular is out: not the station, and not a town between. Who
 * runs it, and who stands above, is whoever sees the inspection's own row.
 */
function told(tx: ScopedTx) {
  return tx.sql`(not c.unannounced or c.visited_on is not null or c.state = 'concluded' or exists (
    select from inspection r where r.city_id = c.city_id and r.id = c.inspection_id))`;
}

/** The stations an inspection concerns, as far as they are in scope, those still to be visited first. */
export async function stationsOf(tx: ScopedTx, inspectionId: string): Promise<InspectedStation[]> {
  const { cityId } = tx.scope;
  const rows = await tx.sql<InspectedStation[]>`
    select c.station_id as "stationId", s.name, s.level, s.path, coalesce(s.ancestors->-1->>'name', '') as "parentName",
      c.visited_on as "visitedOn", c.visited_by as "visitedBy", c.visit_note as "visitNote",
      n.findings, n.unsettled, n.overdue
    from inspection_station c
    join station s on s.city_id = ${cityId} and s.id = c.station_id
    cross join lateral (
      select count(*) filter (where f.state <> 'withdrawn')::int as findings,
        count(*) filter (where f.ended_on is null)::int as unsettled,
        count(*) filter (where ${overdueNow(tx)})::int as overdue
      from finding f where f.city_id = ${cityId} and f.inspection_id = c.inspection_id
        and f.station_id = c.station_id) n
    where c.city_id = ${cityId} and c.inspection_id = ${inspectionId} and ${told(tx)}
    order by c.visited_on is not null, s.path, s.sort, s.id`;
  return [...rows];
}

/** What a station knows of an inspection that concerns it, from its own row. */
export interface ConcernedRow {
  inspectionId: string;
  stationId: number;
  stationName: string;
  path: StationPath;
  byStationId: number;
  byStationName: string;
  year: number;
  number: number;
  theme: string;
  startsOn: LocalDate;
  endsOn: LocalDate;
  unannounced: boolean;
  state: InspectionState;
  visitedOn: LocalDate | null;
  visitedBy: string | null;
  visitNote: string;
  circular: Circular | null;
}

function concernedRows(tx: ScopedTx) {
  return tx.sql`
    select c.inspection_id as "inspectionId", c.station_id as "stationId", s.name as "stationName", c.path,
      c.by_station_id as "byStationId", c.by_station_name as "byStationName", c.year, c.number, c.theme,
      c.starts_on as "startsOn", c.ends_on as "endsOn", c.unannounced, c.state, c.visited_on as "visitedOn",
      c.visited_by as "visitedBy", c.visit_note as "visitNote", c.circular
    from inspection_station c join station s on s.city_id = c.city_id and s.id = c.station_id`;
}

/** The inspections that concern a station, the latest first. */
export async function concerning(tx: ScopedTx, stationId: number): Promise<ConcernedRow[]> {
  const rows = await tx.sql<ConcernedRow[]>`
    ${concernedRows(tx)} where c.city_id = ${tx.scope.cityId} and c.station_id = ${stationId} and ${told(tx)}
    order by c.starts_on desc, c.inspection_id desc`;
  return [...rows];
}

/** A station's row of one inspection, or null when it does not concern it or neither is in scope. */
export async function concernedRow(
  tx: ScopedTx,
  inspectionId: string,
  stationId: number,
): Promise<ConcernedRow | null> {
  const [row] = await tx.sql<ConcernedRow[]>`
    ${concernedRows(tx)} where c.city_id = ${tx.scope.cityId} and c.inspection_id = ${inspectionId}
      and c.station_id = ${stationId} and ${told(tx)}`;
  return row ?? null;
}

/**
 * A station's own row of one inspection; for those above it that do not run the inspection the first row below them,
 * which tells what it is about. Null when it concerns nobody in scope.
 */
export async function concernedInScope(
  tx: ScopedTx,
  inspectionId: string,
  stationId: number,
): Promise<ConcernedRow | null> {
  const [row] = await tx.sql<ConcernedRow[]>`
    ${concernedRows(tx)} where c.city_id = ${tx.scope.cityId} and c.inspection_id = ${inspectionId} and ${told(tx)}
    order by c.station_id <> ${stationId}, c.path limit 1`;
  return row ?? null;
}

/** An inspection in the list, with how far it is. */
export interface InspectionLine extends InspectionRow {
  stations: number;
  visited: number;
  findings: number;
  unsettled: number;
}

/** The inspections in scope, those at work and the own ones first, then the latest; with how many there are. */
export async function listInspections(
  tx: ScopedTx,
  filter: { state?: InspectionState; byStationId?: number; limit: number; offset?: number },
): Promise<{ rows: InspectionLine[]; total: number }> {
  const { cityId } = tx.scope;
  const which = () => tx.sql`
    i.city_id = ${cityId}
    ${filter.state ? tx.sql`and i.state = ${filter.state}` : tx.sql``}
    ${filter.byStationId ? tx.sql`and i.station_id = ${filter.byStationId}` : tx.sql``}`;
  const [rows, [count]] = await Promise.all([
    tx.sql<InspectionLine[]>`
      select ${inspectionColumns(tx)}, c.stations, c.visited, n.findings, n.unsettled
      from inspection i join station s on s.city_id = ${cityId} and s.id = i.station_id
      cross join lateral (select count(*)::int as stations, count(c.visited_on)::int as visited
        from inspection_station c where c.city_id = ${cityId} and c.inspection_id = i.id) c
      cross join lateral (select count(*) filter (where f.state <> 'withdrawn')::int as findings,
          count(*) filter (where f.ended_on is null)::int as unsettled
        from finding f where f.city_id = ${cityId} and f.inspection_id = i.id) n
      where ${which()}
      order by case i.state when 'under_way' then 0 when 'planned' then 1 else 2 end,
        i.station_id <> ${tx.caller.actor.stationId}, i.starts_on desc, i.id desc
      limit ${filter.limit} offset ${filter.offset ?? 0}`,
    tx.sql<{ total: number }[]>`select count(*)::int as total from inspection i where ${which()}`,
  ]);
  return { rows: [...rows], total: count?.total ?? 0 };
}

/** A station that may be inspected: open, and below the one that inspects. */
export interface InspectableStation {
  id: number;
  code: string;
  name: string;
  level: Level;
  kind: Kind;
  path: StationPath;
  parentId: number | null;
}

/** The open stations below a station, those above others first. */
export async function inspectable(tx: ScopedTx, path: StationPath): Promise<InspectableStation[]> {
  const rows = await tx.sql<InspectableStation[]>`
    select s.id, s.code, s.name, s.level, s.kind, s.path, s.parent_id as "parentId" from station s
    where s.city_id = ${tx.scope.cityId} and s.path > ${path} and s.path < ${path} || chr(1114111)
      and s.closed_on is null
    order by length(s.path) - length(replace(s.path, '/', '')), s.sort, s.code, s.id`;
  return [...rows];
}

/** People with a role at a station who may be named as its inspectors. */
export async function possibleInspectors(
  tx: ScopedTx,
  stationId: number,
): Promise<{ userId: string; name: string; role: string }[]> {
  const rows = await tx.sql<{ userId: string; name: string; role: string }[]>`
    select distinct on (user_id) user_id as "userId", name, role from membership
    where city_id = ${tx.scope.cityId} and station_id = ${stationId} and ended_at is null
      and role in ('city_admin', 'city_overseer', 'head', 'clerk')
    order by user_id, role`;
  return [...rows].sort((a, b) => a.name.localeCompare(b.name, "zh-CN"));
}
