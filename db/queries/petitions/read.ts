import { addDays, type LocalDate, type Period } from "@muster/domain/period";
import {
  DAYS_UNTIL_ALL,
  type PetitionAction,
  type PetitionChannel,
  type PetitionState,
  RUNNING,
  reviewersOf,
} from "@muster/domain/petition";
import { type StationPath, subtreeEnd } from "@muster/domain/station";
import type { Keyring } from "@muster/secrets/keyring";
import type { Ancestor } from "../../schema/station";
import type { ScopedTx } from "../../scope";
import { openPetitioner, type Petitioner, type SealedPetitioner } from "../reception/sealed";
import { countedUpTo } from "../registers/counted";
import { inPlace } from "../registers/place";
import { conditionOf } from "../registers/statement";
import { today } from "../stations/row";
import { CLOSED_LATE, dueOf, PETITION_CONDITIONS, type PetitionFigureName } from "./figures";

/** A petition as its row has it, with the station that handles it. */
export interface PetitionRow {
  id: string;
  stationId: number;
  stationName: string;
  parentId: number | null;
  ancestors: Ancestor[];
  path: StationPath;
  year: number;
  number: number;
  channel: PetitionChannel;
  topic: string;
  topicZh: string;
  topicEn: string;
  subject: string;
  body: string;
  people: number;
  backlog: boolean;
  leaderId: string | null;
  leaderName: string | null;
  receptionId: string | null;
  state: PetitionState;
  receivedOn: LocalDate;
  acceptedOn: LocalDate | null;
  /** Days that the assigning authority has set; null where the city's limits hold. */
  ownDays: number | null;
  extendedDays: number;
  timeAskedDays: number | null;
  timeAskedById: string | null;
  closedOn: LocalDate | null;
  reviewAskedOn: LocalDate | null;
  reviewAnsweredOn: LocalDate | null;
  finalAskedOn: LocalDate | null;
  finalAnsweredOn: LocalDate | null;
  byName: string;
  /** The last day of the clock that runs; null while none does. */
  dueOn: LocalDate | null;
  version: number;
}

function petitionColumns(tx: ScopedTx) {
  return tx.sql`
    p.id, p.station_id as "stationId", s.name as "stationName", s.parent_id as "parentId", s.ancestors, p.path, p.year,
    p.number, p.channel, p.topic, t.name_zh as "topicZh", t.name_en as "topicEn", p.subject, p.body, p.people,
    p.backlog, p.leader_id as "leaderId", p.leader_name as "leaderName", p.reception_id as "receptionId", p.state,
    p.received_on as "receivedOn", p.accepted_on as "acceptedOn", p.own_days as "ownDays", p.extended_days as "extendedDays",
    p.time_asked_days as "timeAskedDays", p.time_asked_by_id as "timeAskedById", p.closed_on as "closedOn",
    p.review_asked_on as "reviewAskedOn", p.review_answered_on as "reviewAnsweredOn",
    p.final_asked_on as "finalAskedOn", p.final_answered_on as "finalAnsweredOn", p.by_name as "byName",
    ${dueOf(tx)} as "dueOn", p.version`;
}

function joinedTo(tx: ScopedTx) {
  const { cityId } = tx.scope;
  return tx.sql`
    join station s on s.city_id = ${cityId} and s.id = p.station_id
    join consultation_topic t on t.city_id = ${cityId} and t.code = p.topic`;
}

/** A petition in scope, or null. */
export async function findPetition(tx: ScopedTx, id: string): Promise<PetitionRow | null> {
  const [row] = await tx.sql<PetitionRow[]>`
    select ${petitionColumns(tx)} from petition p ${joinedTo(tx)}
    where p.city_id = ${tx.scope.cityId} and p.id = ${id}`;
  return row ?? null;
}

/** The stations that review a petition, of those that stand above its own today. */
export function reviewing(row: Pick<PetitionRow, "stationId" | "ancestors">) {
  return reviewersOf(row.stationId, row.ancestors);
}

/** Who petitions, the first one first, opened. */
export async function petitionersOf(tx: ScopedTx, keys: Keyring, petitionId: string): Promise<Petitioner[]> {
  const rows = await tx.sql<SealedPetitioner[]>`
    select petition_id as "petitionId", place, record_id as "recordId", name, phone, address
    from petition_petitioner where city_id = ${tx.scope.cityId} and petition_id = ${petitionId} order by place`;
  return rows.map((row) => openPetitioner(keys, tx.scope.cityId, row));
}

/** The first name of each of some petitions. */
export async function firstPetitioners(
  tx: ScopedTx,
  keys: Keyring,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.sql<SealedPetitioner[]>`
    select petition_id as "petitionId", place, record_id as "recordId", name, null::bytea as phone,
      null::bytea as address
    from petition_petitioner
    where city_id = ${tx.scope.cityId} and petition_id = any(${[...ids]}::uuid[]) and place = 0`;
  return new Map(rows.map((row) => [row.petitionId, openPetitioner(keys, tx.scope.cityId, row).name]));
}

/** One step of a petition's story. */
export interface PetitionEventLine {
  id: string;
  action: "register" | PetitionAction;
  toState: PetitionState;
  onDay: LocalDate;
  days: number | null;
  at: string;
  byName: string;
  byStationName: string;
  body: string;
}

/** A petition's story, the latest step first. */
export async function petitionEvents(tx: ScopedTx, petitionId: string): Promise<PetitionEventLine[]> {
  const rows = await tx.sql<PetitionEventLine[]>`
    select id, action, to_state as "toState", on_day as "onDay", days, at, by_name as "byName",
      by_station_name as "byStationName", body
    from petition_event where city_id = ${tx.scope.cityId} and petition_id = ${petitionId} order by id desc`;
  return [...rows];
}

/** Somebody who may lead a case: an account with a role at the station. */
export interface Leader {
  userId: string;
  name: string;
}

/** Who may lead a case of a station. */
export async function leadersOf(tx: ScopedTx, stationId: number): Promise<Leader[]> {
  const rows = await tx.sql<Leader[]>`
    select user_id as "userId", min(name) as name from membership
    where city_id = ${tx.scope.cityId} and station_id = ${stationId} and ended_at is null
      and role in ('city_admin', 'head', 'clerk', 'village_head')
    group by user_id order by min(name)`;
  return [...rows];
}

/** What the ledger asks for; what is left out does not matter. */
export interface PetitionFilter {
  stationId?: number;
  path?: StationPath;
  /** `running`: those with a clock. `settled`: to be followed up or filed away. */
  state?: PetitionState | "running" | "settled";
  topic?: string;
  year?: number;
  backlog?: boolean;
  joint?: boolean;
  overdue?: boolean;
  /** Closed past their limit. */
  late?: boolean;
  /** Those whose review waits for this station. */
  reviewOf?: number;
  /** Past their limit and climbed to this station. */
  climbedTo?: number;
  recordId?: string;
  counted?: { figure: PetitionFigureName; period: Period };
}

/** Where a page of the ledger begins or ends. */
export interface PetitionCursor {
  receivedOn: LocalDate;
  id: string;
}

const RUNNING_STATES = RUNNING.map((state) => `'${state}'`).join(", ");

/** Spelled out, so that the index of running petitions is used. */
function running(tx: ScopedTx) {
  return tx.sql`p.state in (${tx.sql.unsafe(RUNNING_STATES)})`;
}

/** Whether petition `p` stands past its limit today. */
function overdueNow(tx: ScopedTx) {
  return tx.sql`(${running(tx)} and ${dueOf(tx)} < ${today(tx)}::date)`;
}

/**
 * Whether petition `p`, past its limit, has climbed to a station: to the parent of its own, and to who reviews, on the
 * first day; to everyone above after DAYS_UNTIL_ALL. `a` are the ids of the stations above, the parent last.
 */
function hasClimbedTo(tx: ScopedTx, stationId: number) {
  const late = addDays(today(tx), -DAYS_UNTIL_ALL);
  return tx.sql`(${overdueNow(tx)} and p.station_id <> ${stationId}
    and (s.parent_id = ${stationId} or ${dueOf(tx)} < ${late}::date))`;
}

/** Whether the review of petition `p` is this station's to answer. */
function reviewWaits(tx: ScopedTx, stationId: number) {
  const last = tx.sql`jsonb_array_length(s.ancestors)`;
  const above = (back: number) => tx.sql`(s.ancestors -> (${last} - ${back}::int) ->> 'id')::bigint`;
  return tx.sql`((p.state = 'in_review' and coalesce(${above(1)}, s.id) = ${stationId})
    or (p.state = 'in_final'
      and coalesce(case when ${last} > 1 then ${above(2)} end, ${above(1)}, s.id) = ${stationId}))`;
}

function conditionsOf(tx: ScopedTx, filter: PetitionFilter) {
  const {
    stationId,
    path,
    state,
    topic,
    year,
    backlog,
    joint,
    overdue,
    late,
    reviewOf,
    climbedTo,
    recordId,
    counted,
  } = filter;
  const { cityId } = tx.scope;
  const all = [tx.sql`p.city_id = ${cityId}`];
  if (stationId) all.push(tx.sql`p.station_id = ${stationId}`);
  else all.push(inPlace(tx, "p.path", path));
  if (state === "running") all.push(running(tx));
  else if (state === "settled") all.push(tx.sql`not (${running(tx)}) and p.state <> 'archived'`);
  else if (state) all.push(tx.sql`p.state = ${state}`);
  if (topic) all.push(tx.sql`p.topic = ${topic}`);
  if (year) all.push(tx.sql`p.year = ${year}`);
  if (backlog) all.push(tx.sql`p.backlog`);
  if (joint) all.push(tx.sql`p.people > 1`);
  if (overdue) all.push(overdueNow(tx));
  if (late) all.push(tx.sql.unsafe(CLOSED_LATE));
  if (reviewOf) all.push(reviewWaits(tx, reviewOf));
  if (climbedTo) all.push(hasClimbedTo(tx, climbedTo));
  if (recordId) {
    all.push(tx.sql`exists (select from petition_petitioner w
      where w.city_id = ${cityId} and w.petition_id = p.id and w.record_id = ${recordId})`);
  }
  if (counted) all.push(conditionOf(tx, PETITION_CONDITIONS[counted.figure], counted.period));
  return all.reduce((both, one) => tx.sql`${both} and ${one}`);
}

/** One page of the ledger, the latest received first, and how many there are, up to one more than countedUpTo. */
export async function listPetitions(
  tx: ScopedTx,
  {
    filter,
    limit,
    after,
    before,
  }: { filter: PetitionFilter; limit: number; after?: PetitionCursor; before?: PetitionCursor },
): Promise<{ lines: PetitionRow[]; total: number; more: boolean }> {
  const { sql } = tx;
  const where = conditionsOf(tx, filter);
  const backwards = before !== undefined && after === undefined;
  const edge = after
    ? sql`and (p.received_on, p.id) < (${after.receivedOn}::date, ${after.id}::uuid)`
    : before
      ? sql`and (p.received_on, p.id) > (${before.receivedOn}::date, ${before.id}::uuid)`
      : sql``;
  const order = backwards ? sql`p.received_on, p.id` : sql`p.received_on desc, p.id desc`;
  const [lines, [count]] = await Promise.all([
    sql<PetitionRow[]>`
      select ${petitionColumns(tx)} from petition p ${joinedTo(tx)}
      where ${where} ${edge} order by ${order} limit ${limit + 1}`,
    sql<{ total: number }[]>`
      select count(*)::int as total from (
        select from petition p join station s on s.city_id = ${tx.scope.cityId} and s.id = p.station_id
        where ${where} limit ${countedUpTo(filter) + 1}) f`,
  ]);
  const ordered = backwards ? [...lines].reverse() : [...lines];
  const more = ordered.length > limit;
  const shown = more ? (backwards ? ordered.slice(1) : ordered.slice(0, limit)) : ordered;
  return { lines: shown, total: count?.total ?? 0, more };
}

/** How the petitions of a scope stand. */
export interface PetitionSums {
  registered: number;
  accepted: number;
  reviews: number;
  overdue: number;
  /** Those whose last day is at most `near` days ahead. */
  near: number;
  backlog: number;
}

/** The numbers above the ledger: of a station with everything below it. */
export async function petitionSums(
  tx: ScopedTx,
  { path, near }: { path: StationPath; near: number },
): Promise<PetitionSums> {
  const day = today(tx);
  const [row] = await tx.sql<PetitionSums[]>`
    select count(*) filter (where state = 'registered')::int as registered,
      count(*) filter (where state = 'accepted')::int as accepted,
      count(*) filter (where state in ('in_review', 'in_final'))::int as reviews,
      count(*) filter (where due < ${day}::date)::int as overdue,
      count(*) filter (where due between ${day}::date and ${addDays(day, near)}::date)::int as near,
      count(*) filter (where backlog)::int as backlog
    from (
      select p.state, p.backlog, ${dueOf(tx)} as due from petition p
      where p.city_id = ${tx.scope.cityId} and p.path >= ${path} and p.path < ${subtreeEnd(path)}
        and ${running(tx)}
      -- The last day of each is worked out once.
      offset 0) f`;
  return row ?? { registered: 0, accepted: 0, reviews: 0, overdue: 0, near: 0, backlog: 0 };
}

/** What of the petitions waits for the people of a station. */
export interface PetitionTodos {
  /** Of the station itself, with a clock that runs against it: how many, past their day, and the first day. */
  own: { count: number; overdue: number; dueOn: LocalDate | null };
  /** More time that was asked for here and waits for a decision. */
  time: number;
  /** Reviews that wait for this station. */
  reviews: { count: number; dueOn: LocalDate | null };
  /** Past their limit and climbed to this station. */
  climbed: { count: number; dueOn: LocalDate | null };
}

/** What of the petitions waits for the people of a station, in one statement. */
export async function petitionTodos(tx: ScopedTx, stationId: number): Promise<PetitionTodos> {
  const { cityId } = tx.scope;
  const [row] = await tx.sql<
    {
      own: number;
      overdue: number;
      dueOn: LocalDate | null;
      time: number;
      reviews: number;
      reviewDue: LocalDate | null;
      climbed: number;
      climbedDue: LocalDate | null;
    }[]
  >`
    select count(*) filter (where f.mine)::int as own,
      count(*) filter (where f.mine and f.due < ${today(tx)}::date)::int as overdue,
      min(f.due) filter (where f.mine) as "dueOn",
      count(*) filter (where f.waits and (f.own or f.below))::int as time,
      count(*) filter (where f.review)::int as reviews,
      min(f.due) filter (where f.review) as "reviewDue",
      count(*) filter (where f.climbed)::int as climbed,
      min(f.due) filter (where f.climbed) as "climbedDue"
    from (
      select p.station_id = ${stationId} and p.state in ('registered', 'accepted') as mine,
        p.station_id = ${stationId} as own, s.parent_id = ${stationId} as below,
        p.time_asked_days is not null and p.time_asked_by_id <> ${tx.caller.actor.userId} as waits,
        ${reviewWaits(tx, stationId)} as review, ${hasClimbedTo(tx, stationId)} as climbed, ${dueOf(tx)} as due
      from petition p join station s on s.city_id = ${cityId} and s.id = p.station_id
      where p.city_id = ${cityId} and ${running(tx)}) f`;
  return {
    own: { count: row?.own ?? 0, overdue: row?.overdue ?? 0, dueOn: row?.dueOn ?? null },
    time: row?.time ?? 0,
    reviews: { count: row?.reviews ?? 0, dueOn: row?.reviewDue ?? null },
    climbed: { count: row?.climbed ?? 0, dueOn: row?.climbedDue ?? null },
  };
}
