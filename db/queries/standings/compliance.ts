import { type ItemValue, type Shortcomings, type Stage, shortcomingsOf } from "@muster/domain/assessment";
import type { LocalDate } from "@muster/domain/period";
import type { StandardSet } from "@muster/domain/standard";
import type { Level } from "@muster/domain/station";
import type { ScopedTx } from "../../scope";
import { type SaidByCode, verdictUpTo } from "../assessments/read";
import { json } from "../audit";
import { markChanges } from "../change-marks";
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

/** A verified verdict with the days on which it was in force. */
interface PastVerdict extends Omit<Shortcomings, "failing"> {
  stationId: number;
  year: number;
  round: number;
  stage: "check" | "spot";
  setNumber: number;
  level: Level;
  verifiedOn: LocalDate;
  replacedOn: LocalDate | null;
  fiveHaves: boolean;
}

/** What the verified assessments of some stations say: how each stands, and every verdict that led there. */
interface Verified {
  standings: Standing[];
  verdicts: PastVerdict[];
}

type Placed = Omit<PastVerdict, keyof Shortcomings> & Pick<Standing, "failingSince">;

/** The verified verdicts of each station, in the order in which STATION_STATEMENT takes them. */
async function verdictsOf(tx: ScopedTx, stationIds: readonly number[]): Promise<Placed[]> {
  const { cityId } = tx.scope;
  const ids = stationIds as number[];
  const rows = await tx.sql<Placed[]>`
    with verdict as (
      select station_id, checked_on as day, checked_five_haves as met, year, round, 'check' as stage from assessment
      where city_id = ${cityId} and station_id = any(${ids}) and checked_on is not null
      union all
      select station_id, spot_checked_on, spot_five_haves, year, round, 'spot' from assessment
      where city_id = ${cityId} and station_id = any(${ids}) and spot_checked_on is not null
    ), placed as (
      select *, row_number() over w as place, lead(day) over w as next from verdict
      window w as (partition by station_id order by day, year, round, stage)
    ), met as (
      select station_id, max(place) as place from placed where met group by station_id
    ), run as (
      select p.station_id, min(p.day) as since from placed p left join met m on m.station_id = p.station_id
      where p.place > coalesce(m.place, 0) group by p.station_id
    )
    select l.station_id as "stationId", l.year, l.round, l.stage, a.set_number as "setNumber", a.level,
      l.day as "verifiedOn", l.next as "replacedOn", l.met as "fiveHaves", r.since as "failingSince"
    from placed l
    join assessment a on a.city_id = ${cityId} and a.station_id = l.station_id and a.year = l.year and a.round = l.round
    left join run r on r.station_id = l.station_id
    order by l.station_id, l.place`;
  return [...rows];
}

const keyOf = ({ stationId, year, round }: Pick<Placed, "stationId" | "year" | "round">) =>
  `${stationId}/${year}/${round}`;

/** The values said in the assessments of these verdicts. */
async function valuesOf(tx: ScopedTx, verdicts: readonly Placed[]): Promise<Map<string, SaidByCode>> {
  const keys = verdicts
    .filter(({ stage }) => stage === "check")
    .map(({ stationId, year, round }) => ({ station_id: stationId, year, round }));
  type Row = ItemValue & { stationId: number; year: number; round: number; code: string; stage: Stage };
  const rows = await tx.sql<Row[]>`
    select v.station_id as "stationId", v.year, v.round, v.code, v.stage, v.value,
      v.not_applicable as "notApplicable", v.remark
    from json_to_recordset(${json(keys)}::text::json) as k(station_id bigint, year smallint, round smallint)
    join assessment_value v on v.city_id = ${tx.scope.cityId} and v.station_id = k.station_id and v.year = k.year
      and v.round = k.round`;
  const said = new Map<string, SaidByCode>();
  for (const { stationId, year, round, code, stage, ...value } of rows) {
    const key = keyOf({ stationId, year, round });
    const inIt = said.get(key) ?? {};
    inIt[code] = { ...inIt[code], [stage]: { ...value, measured: null, at: "", byName: "" } };
    said.set(key, inIt);
  }
  return said;
}

/** What the assessments of some stations say, judged again; stations without a verified one are absent. */
async function verifiedOf(
  tx: ScopedTx,
  stationIds: readonly number[],
  sets: Map<number, StandardSet>,
): Promise<Verified> {
  const placed = await verdictsOf(tx, stationIds);
  const verified: Verified = { standings: [], verdicts: [] };
  if (placed.length === 0) return verified;
  for (const number of new Set(placed.map(({ setNumber }) => setNumber))) {
    if (!sets.has(number)) sets.set(number, await contentOf(tx, number));
  }
  const said = await valuesOf(tx, placed);
  for (const [at, { failingSince, ...row }] of placed.entries()) {
    const set = sets.get(row.setNumber);
    if (!set) continue;
    const verdict = verdictUpTo(set, row.level, said.get(keyOf(row)) ?? {}, row.stage);
    const { failing, ...wanting } = shortcomingsOf(verdict);
    verified.verdicts.push({ ...row, ...wanting });
    if (placed[at + 1]?.stationId === row.stationId) continue;
    const { stage: _, replacedOn: __, ...last } = row;
    const { points, grade } = verdict;
    verified.standings.push({ ...last, failingSince, ...wanting, failing, points, grade });
  }
  return verified;
}

/**
 * Writes how some stations stand to the standards, or all in scope, after a verdict and in its transaction: the
 * verdicts are judged again from what was said, by the version each was given under, and the last one is in force.
 */
export async function standByAssessments(tx: ScopedTx, stationIds: readonly number[] | null): Promise<void> {
  const sets = new Map<number, StandardSet>();
  for (const ids of await portions(tx, stationIds)) {
    const { standings, verdicts } = await verifiedOf(tx, ids, sets);
    if (standings.length === 0) continue;
    await write(tx, standings);
    await writeVerdicts(tx, verdicts);
    await markChanges(tx, "standing", ids);
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

async function writeVerdicts(tx: ScopedTx, rows: readonly PastVerdict[]): Promise<void> {
  const { cityId } = tx.scope;
  await tx.sql`
    insert into station_verdict (city_id, path, station_id, year, round, stage, set_number, level, verified_on,
      replaced_on, five_haves, lacking, missed, exempt)
    select ${cityId}, s.path, s.id, n.year, n.round, n.stage, n."setNumber", n.level, n."verifiedOn", n."replacedOn",
      n."fiveHaves", n.lacking, n.missed, n.exempt
    from json_to_recordset(${json(rows)}::text::json) as n("stationId" bigint, year smallint, round smallint,
      stage text, "setNumber" int, level text, "verifiedOn" date, "replacedOn" date, "fiveHaves" boolean,
      lacking text[], missed text[], exempt text[])
    join station s on s.city_id = ${cityId} and s.id = n."stationId"
    order by s.id, n.year, n.round, n.stage
    on conflict (city_id, station_id, year, round, stage) do update set set_number = excluded.set_number,
      level = excluded.level, verified_on = excluded.verified_on, replaced_on = excluded.replaced_on, five_haves = excluded.five_haves, lacking = excluded.lacking,
      missed = excluded.missed, exempt = excluded.exempt`;
}

/** Stations whose standing, or one of whose verdicts, says something else than their verified assessments. */
export async function complianceFaults(tx: ScopedTx): Promise<number[]> {
  const { cityId } = tx.scope;
  const stored = await tx.sql<Standing[]>`
    select station_id as "stationId", year, round, set_number as "setNumber", level, verified_on as "verifiedOn",
      five_haves as "fiveHaves", failing_since as "failingSince", points, grade, lacking, failing, missed, exempt
    from station_standing where city_id = ${cityId} and verified_on is not null`;
  const past = await tx.sql<PastVerdict[]>`
    select station_id as "stationId", year, round, stage, set_number as "setNumber", level,
      verified_on as "verifiedOn", replaced_on as "replacedOn", five_haves as "fiveHaves", lacking, missed, exempt
    from station_verdict where city_id = ${cityId}`;
  const kept = new Map(stored.map((row) => [row.stationId, row]));
  const keptVerdicts = new Map(past.map((row) => [`${keyOf(row)}/${row.stage}`, row]));
  const sets = new Map<number, StandardSet>();
  const faults = new Set<number>();
  for (const ids of await portions(tx, null)) {
    const { standings, verdicts } = await verifiedOf(tx, ids, sets);
    for (const row of standings) {
      if (!same(kept.get(row.stationId), row)) faults.add(row.stationId);
      kept.delete(row.stationId);
    }
    for (const row of verdicts) {
      const key = `${keyOf(row)}/${row.stage}`;
      if (!same(keptVerdicts.get(key), row)) faults.add(row.stationId);
      keptVerdicts.delete(key);
    }
  }
  for (const { stationId } of [...kept.values(), ...keptVerdicts.values()]) faults.add(stationId);
  return [...faults].sort((a, b) => a - b);
}

function same<T extends object>(a: T | undefined, b: T): boolean {
  return a !== undefined && (Object.keys(b) as (keyof T)[]).every((key) => equal(a[key], b[key]));
}

function equal(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
