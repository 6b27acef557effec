import { type ItemValue, type Shortcomings, type Stage, shortcomingsOf } from "@muster/domain/assessment";
import type { LocalDate } from "@muster/domain/period";
import type { StandardSet } from "@muster/domain/standard";
import type { Level } from "@muster/domain/station";
import type { ScopedTx } from "../../scope";
import { type SaidByCode, verdictUpTo } from "../assessments/read";
import { json } from "../audit";
import { contentOf } from "../standards/read";

/** The verified verdict that is in force at a station, with what it found wanting. */
interface Standing extends Shortcomings {
  stationId: number;
  year: number;
  round: number;
  setNumber: number;
  level: Level;
  verifiedOn: LocalDate;
  fiveHaves: boolean;
  failingSince: LocalDate | null;
  points: number;
  grade: string | null;
}

/** A city's values are read in portions: a year of 2,800 stations has 150,000 of them. */
const PORTION = 400;

interface Latest extends Omit<Standing, keyof Shortcomings | "points" | "grade"> {
  spot: boolean;
}

/** The latest verified verdict of each station, in the order in which STATION_STATEMENT takes them. */
async function latestOf(tx: ScopedTx, stationIds: readonly number[]): Promise<Latest[]> {
  const { cityId } = tx.scope;
  const ids = stationIds as number[];
  const rows = await tx.sql<Latest[]>`
    with verdict as (
      select station_id, checked_on as day, checked_five_haves as met, year, round, 0 as stage from assessment
      where city_id = ${cityId} and station_id = any(${ids}) and checked_on is not null
      union all
      select station_id, spot_checked_on, spot_five_haves, year, round, 1 from assessment
      where city_id = ${cityId} and station_id = any(${ids}) and spot_checked_on is not null
    ), placed as (
      select *, row_number() over (partition by station_id order by day, year, round, stage) as place from verdict
    ), met as (
      select station_id, max(place) as place from placed where met group by station_id
    ), run as (
      select p.station_id, min(p.day) as since from placed p left join met m on m.station_id = p.station_id
      where p.place > coalesce(m.place, 0) group by p.station_id
    )
    select distinct on (l.station_id) l.station_id as "stationId", l.year, l.round, a.set_number as "setNumber",
      a.level, l.day as "verifiedOn", l.met as "fiveHaves", r.since as "failingSince", l.stage = 1 as spot
    from placed l
    join assessment a on a.city_id = ${cityId} and a.station_id = l.station_id and a.year = l.year and a.round = l.round
    left join run r on r.station_id = l.station_id
    order by l.station_id, l.place desc`;
  return [...rows];
}

/** The values said in these assessments, by station. */
async function valuesOf(tx: ScopedTx, latest: readonly Latest[]): Promise<Map<number, SaidByCode>> {
  const keys = latest.map(({ stationId, year, round }) => ({ station_id: stationId, year, round }));
  const rows = await tx.sql<(ItemValue & { id: number; code: string; stage: Stage })[]>`
    select v.station_id as id, v.code, v.stage, v.value, v.not_applicable as "notApplicable", v.remark
    from json_to_recordset(${json(keys)}::text::json) as k(station_id bigint, year smallint, round smallint)
    join assessment_value v on v.city_id = ${tx.scope.cityId} and v.station_id = k.station_id and v.year = k.year
      and v.round = k.round`;
  const said = new Map<number, SaidByCode>();
  for (const { id, code, stage, ...value } of rows) {
    const ofStation = said.get(id) ?? {};
    ofStation[code] = { ...ofStation[code], [stage]: { ...value, measured: null, at: "", byName: "" } };
    said.set(id, ofStation);
  }
  return said;
}

/** The standings of some stations, from their assessments; stations without a verified one are absent. */
async function standingsOf(
  tx: ScopedTx,
  stationIds: readonly number[],
  sets: Map<number, StandardSet>,
): Promise<Standing[]> {
  const latest = await latestOf(tx, stationIds);
  if (latest.length === 0) return [];
  for (const number of new Set(latest.map(({ setNumber }) => setNumber))) {
    if (!sets.has(number)) sets.set(number, await contentOf(tx, number));
  }
  const said = await valuesOf(tx, latest);
  return latest.flatMap(({ spot, ...row }) => {
    const set = sets.get(row.setNumber);
    if (!set) return [];
    const verdict = verdictUpTo(set, row.level, said.get(row.stationId) ?? {}, spot ? "spot" : "check");
    return [{ ...row, ...shortcomingsOf(verdict), points: verdict.points, grade: verdict.grade }];
  });
}

/**
 * Writes how some stations stand to the standards, or all in scope, after a verdict and in its transaction: the
 * verdict in force is judged again from what was said, by the version it was given under.
 */
export async function standByAssessments(tx: ScopedTx, stationIds: readonly number[] | null): Promise<void> {
  const sets = new Map<number, StandardSet>();
  for (const ids of await portions(tx, stationIds)) {
    const rows = await standingsOf(tx, ids, sets);
    if (rows.length > 0) await write(tx, rows);
  }
}

async function portions(tx: ScopedTx, stationIds: readonly number[] | null): Promise<number[][]> {
  const ids = stationIds ?? (await assessedStations(tx));
  return Array.from({ length: Math.ceil(ids.length / PORTION) }, (_, i) =>
    ids.slice(i * PORTION, (i + 1) * PORTION),
  );
}

async function assessedStations(tx: ScopedTx): Promise<number[]> {
  const rows = await tx.sql<{ id: number }[]>`
    select distinct station_id as id from assessment
    where city_id = ${tx.scope.cityId} and checked_on is not null order by 1`;
  return rows.map(({ id }) => id);
}

async function write(tx: ScopedTx, rows: readonly Standing[]): Promise<void> {
  const { cityId } = tx.scope;
  await tx.sql`
    insert into station_standing (city_id, path, station_id, year, round, set_number, level, verified_on, five_haves,
      failing_since, points, grade, lacking, failing, missed, exempt)
    select ${cityId}, s.path, s.id, n.year, n.round, n."setNumber", n.level, n."verifiedOn", n."fiveHaves",
      n."failingSince", n.points, n.grade, n.lacking, n.failing, n.missed, n.exempt
    from json_to_recordset(${json(rows)}::text::json) as n("stationId" bigint, year smallint, round smallint,
      "setNumber" int, level text, "verifiedOn" date, "fiveHaves" boolean, "failingSince" date, points float8,
      grade text, lacking text[], failing text[], missed text[], exempt text[])
    join station s on s.city_id = ${cityId} and s.id = n."stationId"
    order by s.id
    on conflict (city_id, station_id) do update set year = excluded.year, round = excluded.round,
      set_number = excluded.set_number, level = excluded.level, verified_on = excluded.verified_on,
      five_haves = excluded.five_haves, failing_since = excluded.failing_since, points = excluded.points,
      grade = excluded.grade, lacking = excluded.lacking, failing = excluded.failing, missed = excluded.missed,
      exempt = excluded.exempt`;
}

/** Stations whose standing says something else than their verified assessments. */
export async function complianceFaults(tx: ScopedTx): Promise<number[]> {
  const { cityId } = tx.scope;
  const stored = await tx.sql<Standing[]>`
    select station_id as "stationId", year, round, set_number as "setNumber", level, verified_on as "verifiedOn",
      five_haves as "fiveHaves", failing_since as "failingSince", points, grade, lacking, failing, missed, exempt
    from station_standing where city_id = ${cityId} and verified_on is not null`;
  const kept = new Map(stored.map((row) => [row.stationId, row]));
  const sets = new Map<number, StandardSet>();
  const faults: number[] = [];
  for (const ids of await portions(tx, null)) {
    for (const row of await standingsOf(tx, ids, sets)) {
      if (!same(kept.get(row.stationId), row)) faults.push(row.stationId);
      kept.delete(row.stationId);
    }
  }
  return [...faults, ...kept.keys()].sort((a, b) => a - b);
}

function same(a: Standing | undefined, b: Standing): boolean {
  return a !== undefined && (Object.keys(b) as (keyof Standing)[]).every((key) => equal(a[key], b[key]));
}

function equal(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
