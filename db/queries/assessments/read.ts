import {
  type AssessmentState,
  type ItemValue,
  judge,
  STAGES,
  type Stage,
  type Values,
  type Verdict,
  valueThatCounts,
} from "@muster/domain/assessment";
import type { LocalDate } from "@muster/domain/period";
import type { StandardSet } from "@muster/domain/standard";
import type { Level } from "@muster/domain/station";
import type { ScopedTx } from "../../scope";

/** One assessment of a station: round 1 is the year's, further ones are on demand. */
export interface AssessmentKey {
  stationId: number;
  year: number;
  round: number;
}

/** An assessment as its row has it; one that was never touched has version 0. */
export interface AssessmentRow extends AssessmentKey {
  path: string;
  setNumber: number;
  level: Level;
  status: AssessmentState;
  version: number;
  submittedAt: string | null;
  submittedBy: string | null;
  returnReason: string | null;
  checkedAt: string | null;
  checkedBy: string | null;
  checkedOn: LocalDate | null;
  checkedFiveHaves: boolean | null;
  spotCheckedAt: string | null;
  spotCheckedBy: string | null;
  spotCheckedOn: LocalDate | null;
  points: number | null;
  fiveHaves: boolean | null;
  grade: string | null;
}

/** What one side said of one item. */
export interface SaidValue extends ItemValue {
  /** What the records said at that moment. */
  measured: number | null;
  at: string;
  byName: string;
}

/** What every side said, by item code. */
export type SaidByCode = Record<string, Partial<Record<Stage, SaidValue>>>;

/** The columns of AssessmentRow; `a` is the assessment. */
export function assessmentColumns(tx: ScopedTx) {
  return tx.sql`
    a.station_id as "stationId", a.year, a.round, a.path, a.set_number as "setNumber", a.level, a.status, a.version,
    a.submitted_at as "submittedAt", a.submitted_by as "submittedBy", a.return_reason as "returnReason",
    a.checked_at as "checkedAt", a.checked_by as "checkedBy", a.checked_on as "checkedOn",
    a.checked_five_haves as "checkedFiveHaves", a.spot_checked_at as "spotCheckedAt",
    a.spot_checked_by as "spotCheckedBy", a.spot_checked_on as "spotCheckedOn", a.points,
    a.five_haves as "fiveHaves", a.grade`;
}

/** An assessment in scope, or null. */
export async function readAssessment(tx: ScopedTx, key: AssessmentKey): Promise<AssessmentRow | null> {
  const [row] = await tx.sql<AssessmentRow[]>`
    select ${assessmentColumns(tx)} from assessment a
    where a.city_id = ${tx.scope.cityId} and a.station_id = ${key.stationId} and a.year = ${key.year}
      and a.round = ${key.round}`;
  return row ?? null;
}

/** What may happen to the evidence of an assessment's items. */
export interface EvidenceState {
  /** More may be added: until it is spot-checked or a later round has begun. */
  open: boolean;
  /** It has been sent to whoever decides by it: nothing is taken away again. */
  decided: boolean;
}

/** What may happen to the evidence of an assessment's items, as far as the assessment says. */
export async function evidenceState(
  tx: ScopedTx,
  { stationId, year, round, status }: Pick<AssessmentRow, keyof AssessmentKey | "status">,
): Promise<EvidenceState> {
  const [later] = await tx.sql`
    select from assessment where city_id = ${tx.scope.cityId} and station_id = ${stationId}
      and (year, round) > (${year}::smallint, ${round}::smallint) limit 1`;
  return { open: status !== "spot_checked" && !later, decided: status !== "draft" && status !== "returned" };
}

/** All assessments of a station, the latest first. */
export async function assessmentsOf(tx: ScopedTx, stationId: number): Promise<AssessmentRow[]> {
  const rows = await tx.sql<AssessmentRow[]>`
    select ${assessmentColumns(tx)} from assessment a
    where a.city_id = ${tx.scope.cityId} and a.station_id = ${stationId} order by a.year desc, a.round desc`;
  return [...rows];
}

/** What every side said in an assessment. */
export async function saidIn(tx: ScopedTx, key: AssessmentKey): Promise<SaidByCode> {
  const rows = await tx.sql<(SaidValue & { code: string; stage: Stage })[]>`
    select code, stage, value, not_applicable as "notApplicable", remark, measured, at, by_name as "byName"
    from assessment_value where city_id = ${tx.scope.cityId} and station_id = ${key.stationId}
      and year = ${key.year} and round = ${key.round}
      and (value is not null or not_applicable or remark <> '')`;
  const said: SaidByCode = {};
  for (const { code, stage, ...value } of rows) said[code] = { ...said[code], [stage]: value };
  return said;
}

/** The values that count up to a stage: of the latest side that spoke of an item. */
export function valuesUpTo(said: SaidByCode, stage: Stage): Values {
  const stages = STAGES.slice(0, STAGES.indexOf(stage) + 1);
  return Object.fromEntries(
    Object.entries(said).map(([code, byStage]) => {
      const upTo = Object.fromEntries(stages.map((each) => [each, byStage[each]]));
      return [code, valueThatCounts(upTo)?.value];
    }),
  );
}

/** The verdict on what was said up to a stage. */
export function verdictUpTo(set: StandardSet, level: Level, said: SaidByCode, stage: Stage): Verdict {
  return judge(set, level, valuesUpTo(said, stage));
}

/** How a station stands in a year's assessment, for the lists of those above. */
export interface AssessmentLine {
  stationId: number;
  name: string;
  level: Level;
  path: string;
  /** Null where it has not begun. */
  status: AssessmentState | null;
  round: number | null;
  points: number | null;
  fiveHaves: boolean | null;
  grade: string | null;
  submittedAt: string | null;
  checkedAt: string | null;
  /** Stations below it, and how far they are. */
  below: { stations: number; submitted: number; checked: number; met: number };
}

/** The children of a station with their latest assessment of a year, and the sums of what stands below each. */
export async function assessmentLines(
  tx: ScopedTx,
  parentId: number,
  year: number,
): Promise<AssessmentLine[]> {
  const { cityId } = tx.scope;
  const rows = await tx.sql<AssessmentLine[]>`
    with latest as (
      select distinct on (station_id) * from assessment
      where city_id = ${cityId} and year = ${year} order by station_id, round desc)
    select s.id as "stationId", s.name, s.level, s.path, a.status, a.round, a.points, a.five_haves as "fiveHaves",
      a.grade, a.submitted_at as "submittedAt", a.checked_at as "checkedAt",
      json_build_object('stations', b.stations, 'submitted', b.submitted, 'checked', b.checked, 'met', b.met) as below
    from station s
    left join latest a on a.station_id = s.id
    cross join lateral (
      select count(*)::int as stations,
        count(*) filter (where l.status = 'self_submitted')::int as submitted,
        count(*) filter (where l.status in ('checked', 'spot_checked'))::int as checked,
        count(*) filter (where l.status in ('checked', 'spot_checked') and l.five_haves)::int as met
      from station c left join latest l on l.station_id = c.id
      where c.city_id = ${cityId} and c.path > s.path and c.path < s.path || chr(1114111)
        and c.closed_on is null and c.required) b
    where s.city_id = ${cityId} and s.parent_id = ${parentId} and s.closed_on is null and s.required
    order by s.sort, s.id`;
  return [...rows];
}

/** What of a year's assessments waits for a station's people. */
export interface AssessmentTodos {
  /** Of the station itself; null where it has not begun. */
  own: Pick<AssessmentRow, "status" | "year" | "round"> | null;
  /** Children whose self-assessment waits for the check. */
  waiting: number;
  /** Children that have not begun or not sent theirs. */
  owing: number;
}

/** What of a year's assessments waits for the people of a station. */
export async function assessmentTodos(
  tx: ScopedTx,
  stationId: number,
  year: number,
): Promise<AssessmentTodos> {
  const { cityId } = tx.scope;
  const [own, below] = await Promise.all([
    tx.sql<Pick<AssessmentRow, "status" | "year" | "round">[]>`
      select status, year, round from assessment where city_id = ${cityId} and station_id = ${stationId}
        and year = ${year} order by round desc limit 1`,
    tx.sql<{ waiting: number; owing: number }[]>`
      select count(*) filter (where exists (select from assessment a where a.city_id = ${cityId}
            and a.station_id = s.id and a.year = ${year} and a.status = 'self_submitted'))::int as waiting,
        count(*) filter (where not exists (select from assessment a where a.city_id = ${cityId}
            and a.station_id = s.id and a.year = ${year} and a.status not in ('draft', 'returned')))::int as owing
      from station s where s.city_id = ${cityId} and s.parent_id = ${stationId} and s.closed_on is null
        and s.required`,
  ]);
  return { own: own[0] ?? null, waiting: below[0]?.waiting ?? 0, owing: below[0]?.owing ?? 0 };
}

/** The years that have assessments in scope, the latest first. */
export async function assessedYears(tx: ScopedTx): Promise<number[]> {
  const rows = await tx.sql<{ year: number }[]>`
    select distinct year from assessment where city_id = ${tx.scope.cityId} order by year desc`;
  return rows.map(({ year }) => year);
}
