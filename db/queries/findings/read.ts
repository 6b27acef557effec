import type { FindingAction, FindingFigure, FindingSeverity, FindingState } from "@muster/domain/inspection";
import { DAYS_UNTIL_CITY } from "@muster/domain/inspection";
import { addDays, type LocalDate, type Period } from "@muster/domain/period";
import { type StationPath, subtreeEnd } from "@muster/domain/station";
import type { Ancestor } from "../../schema/station";
import type { ScopedTx } from "../../scope";
import { conditionOf } from "../registers/statement";
import { today } from "../stations/row";
import { COUNTS_IN, overdueNow } from "./predicates";

/** A finding as its row has it, with the station it stands at. */
export interface FindingRow {
  id: string;
  stationId: number;
  stationName: string;
  parentId: number | null;
  ancestors: Ancestor[];
  path: StationPath;
  byStationId: number;
  byStationName: string;
  /**
   * Who judges it: the station that raised it while it still stands above, else the parent of today. After a move
   * somebody must be able to close it.
   */
  inspectorId: number;
  inspectionId: string | null;
  assessmentYear: number | null;
  assessmentRound: number | null;
  itemCode: string | null;
  itemZh: string;
  itemEn: string;
  body: string;
  severity: FindingSeverity;
  state: FindingState;
  openedOn: LocalDate;
  openedBy: string;
  dueOn: LocalDate;
  answeredAt: string | null;
  answeredBy: string | null;
  answeredById: string | null;
  endedOn: LocalDate | null;
  version: number;
}

/** The columns of FindingRow; `f` is finding and `s` its station. */
function findingColumns(tx: ScopedTx) {
  return tx.sql`
    f.id, f.station_id as "stationId", s.name as "stationName", s.parent_id as "parentId", s.ancestors, f.path,
    f.by_station_id as "byStationId", f.by_station_name as "byStationName", ${inspectorOf(tx)} as "inspectorId",
    f.inspection_id as "inspectionId", f.assessment_year as "assessmentYear", f.assessment_round as "assessmentRound",
    f.item_code as "itemCode", f.item_zh as "itemZh", f.item_en as "itemEn", f.body, f.severity, f.state,
    f.opened_on as "openedOn", f.opened_by as "openedBy", f.due_on as "dueOn", f.answered_at as "answeredAt",
    f.answered_by as "answeredBy", f.answered_by_id as "answeredById", f.ended_on as "endedOn", f.version`;
}

function inspectorOf(tx: ScopedTx) {
  return tx.sql`(case when s.ancestors @> jsonb_build_array(jsonb_build_object('id', f.by_station_id))
    then f.by_station_id else s.parent_id end)`;
}

/** A finding in scope, or null. */
export async function findFinding(tx: ScopedTx, id: string): Promise<FindingRow | null> {
  const { cityId } = tx.scope;
  const [row] = await tx.sql<FindingRow[]>`
    select ${findingColumns(tx)} from finding f
    join station s on s.city_id = ${cityId} and s.id = f.station_id
    where f.city_id = ${cityId} and f.id = ${id}`;
  return row ?? null;
}

/** One step of a finding's story. */
export interface FindingEventLine {
  id: string;
  action: "raise" | FindingAction;
  toState: FindingState;
  dueOn: LocalDate;
  at: string;
  byName: string;
  byStationName: string;
  body: string;
}

/** A finding's story, the latest step first. */
export async function eventsOf(tx: ScopedTx, findingId: string): Promise<FindingEventLine[]> {
  const rows = await tx.sql<FindingEventLine[]>`
    select id, action, to_state as "toState", due_on as "dueOn", at, by_name as "byName",
      by_station_name as "byStationName", body
    from finding_event where city_id = ${tx.scope.cityId} and finding_id = ${findingId} order by id desc`;
  return [...rows];
}

/** Whether somebody has a role at a station, whatever seat they act from now. */
export async function servesAt(tx: ScopedTx, userId: string, stationId: number): Promise<boolean> {
  const [row] = await tx.sql<{ yes: boolean }[]>`
    select exists (select from membership where city_id = ${tx.scope.cityId} and station_id = ${stationId}
      and user_id = ${userId} and ended_at is null) as yes`;
  return row?.yes ?? false;
}

/** What the ledger is asked for; what is left out is not asked. */
export interface FindingFilter {
  /** Those at this station and below it. */
  within?: StationPath;
  /** Those at this station alone. */
  stationId?: number;
  states?: readonly FindingState[];
  severity?: FindingSeverity;
  /** Past its date today. */
  overdue?: boolean;
  itemCode?: string;
  inspectionId?: string;
  /** Those this station judges. */
  judgedBy?: number;
  /** Those that have climbed to this station: past their date, as domain's climbedTo has it. */
  climbedTo?: number;
  /** Those behind a figure of a month. */
  figure?: { name: FindingFigure; period: Period };
  limit: number;
  offset?: number;
}

function conditions(tx: ScopedTx, filter: FindingFilter) {
  const {
    within,
    stationId,
    states,
    severity,
    overdue,
    itemCode,
    inspectionId,
    judgedBy,
    climbedTo,
    figure,
  } = filter;
  const none = tx.sql``;
  return tx.sql`
    f.city_id = ${tx.scope.cityId}
    ${within ? tx.sql`and f.path >= ${within} and f.path < ${subtreeEnd(within)}` : none}
    ${stationId ? tx.sql`and f.station_id = ${stationId}` : none}
    ${states ? tx.sql`and f.state = any(${[...states]}::text[])` : none}
    ${severity ? tx.sql`and f.severity = ${severity}` : none}
    ${overdue ? tx.sql`and ${overdueNow(tx)}` : none}
    ${itemCode ? tx.sql`and f.item_code = ${itemCode}` : none}
    ${inspectionId ? tx.sql`and f.inspection_id = ${inspectionId}` : none}
    ${judgedBy ? tx.sql`and ${inspectorOf(tx)} = ${judgedBy}` : none}
    ${climbedTo ? tx.sql`and ${hasClimbedTo(tx, climbedTo)}` : none}
    ${figure ? tx.sql`and ${conditionOf(tx, COUNTS_IN[figure.name], figure.period)}` : none}`;
}

/** domain's climbedTo, asked of many. */
function hasClimbedTo(tx: ScopedTx, stationId: number) {
  const late = addDays(today(tx), -DAYS_UNTIL_CITY);
  return tx.sql`(${overdueNow(tx)} and f.station_id <> ${stationId}
    and (s.parent_id = ${stationId} or ${inspectorOf(tx)} = ${stationId} or f.due_on < ${late}::date))`;
}

/** The ledger: findings in scope that fit a filter, those most overdue first, then by date; with how many there are. */
export async function listFindings(
  tx: ScopedTx,
  filter: FindingFilter,
): Promise<{ rows: FindingRow[]; total: number }> {
  const { cityId } = tx.scope;
  const which = () => conditions(tx, filter);
  const [rows, [count]] = await Promise.all([
    tx.sql<FindingRow[]>`
      select ${findingColumns(tx)} from finding f
      join station s on s.city_id = ${cityId} and s.id = f.station_id
      where ${which()}
      order by f.ended_on is not null, case when f.ended_on is null then f.due_on end, f.ended_on desc, f.id
      limit ${filter.limit} offset ${filter.offset ?? 0}`,
    tx.sql<{ total: number }[]>`
      select count(*)::int as total from finding f
      join station s on s.city_id = ${cityId} and s.id = f.station_id where ${which()}`,
  ]);
  return { rows: [...rows], total: count?.total ?? 0 };
}

/** How many findings stand in each state, and how many are past their date. */
export interface FindingSums {
  open: number;
  answered: number;
  returned: number;
  closed: number;
  withdrawn: number;
  overdue: number;
}

/** The sums of a part of the ledger. */
export async function findingSums(
  tx: ScopedTx,
  filter: Omit<FindingFilter, "limit" | "offset">,
): Promise<FindingSums> {
  const { cityId } = tx.scope;
  const [row] = await tx.sql<FindingSums[]>`
    select count(*) filter (where f.state = 'open')::int as open,
      count(*) filter (where f.state = 'answered')::int as answered,
      count(*) filter (where f.state = 'returned')::int as returned,
      count(*) filter (where f.state = 'closed')::int as closed,
      count(*) filter (where f.state = 'withdrawn')::int as withdrawn,
      count(*) filter (where ${overdueNow(tx)})::int as overdue
    from finding f join station s on s.city_id = ${cityId} and s.id = f.station_id
    where ${conditions(tx, { ...filter, limit: 0 })}`;
  return row ?? { open: 0, answered: 0, returned: 0, closed: 0, withdrawn: 0, overdue: 0 };
}

/** Items of the standards that findings in scope speak of. */
export async function itemsFound(tx: ScopedTx): Promise<{ code: string; zh: string; en: string }[]> {
  const rows = await tx.sql<{ code: string; zh: string; en: string }[]>`
    select distinct on (item_code) item_code as code, item_zh as zh, item_en as en from finding
    where city_id = ${tx.scope.cityId} and item_code is not null order by item_code, opened_on desc`;
  return [...rows];
}

/** What of the findings waits for the people of a station. */
export interface FindingTodos {
  /** Of the station itself: to be answered, and the first of them to fall due. */
  own: { count: number; overdue: number; dueOn: LocalDate | null };
  /** Answers that wait for this station's re-inspection. */
  waiting: number;
  /** Past their date and climbed to this station. */
  climbed: { count: number; dueOn: LocalDate | null };
}

/** What of the findings waits for the people of a station, in one statement. */
export async function findingTodos(tx: ScopedTx, stationId: number): Promise<FindingTodos> {
  const { cityId } = tx.scope;
  const [row] = await tx.sql<
    {
      own: number;
      ownOverdue: number;
      ownDue: LocalDate | null;
      waiting: number;
      climbed: number;
      climbedDue: LocalDate | null;
    }[]
  >`
    select count(*) filter (where f.station_id = ${stationId} and f.state in ('open', 'returned'))::int as own,
      count(*) filter (where f.station_id = ${stationId} and f.state in ('open', 'returned')
        and ${overdueNow(tx)})::int as "ownOverdue",
      min(f.due_on) filter (where f.station_id = ${stationId} and f.state in ('open', 'returned')) as "ownDue",
      count(*) filter (where f.state = 'answered' and ${inspectorOf(tx)} = ${stationId})::int as waiting,
      count(*) filter (where f.state <> 'answered' and ${hasClimbedTo(tx, stationId)})::int as climbed,
      min(f.due_on) filter (where f.state <> 'answered' and ${hasClimbedTo(tx, stationId)}) as "climbedDue"
    from finding f join station s on s.city_id = ${cityId} and s.id = f.station_id
    where f.city_id = ${cityId} and f.ended_on is null`;
  return {
    own: { count: row?.own ?? 0, overdue: row?.ownOverdue ?? 0, dueOn: row?.ownDue ?? null },
    waiting: row?.waiting ?? 0,
    climbed: { count: row?.climbed ?? 0, dueOn: row?.climbedDue ?? null },
  };
}

/** The latest finding of each item of an assessment that has one, by item code. */
export async function findingsOfAssessment(
  tx: ScopedTx,
  { stationId, year, round }: { stationId: number; year: number; round: number },
): Promise<Map<string, { id: string; state: FindingState }>> {
  const rows = await tx.sql<{ code: string; id: string; state: FindingState }[]>`
    select distinct on (item_code) item_code as code, id, state from finding
    where city_id = ${tx.scope.cityId} and station_id = ${stationId} and assessment_year = ${year}
      and assessment_round = ${round} and item_code is not null
    order by item_code, ended_on is not null, id desc`;
  return new Map(rows.map(({ code, id, state }) => [code, { id, state }]));
}
