import {
  type CaseState,
  type CountedIn,
  OPEN_STATES,
  type OpenState,
  type RefusalReason,
} from "@muster/domain/assistance";
import type { LocalDate, Period } from "@muster/domain/period";
import { firstDay, lastDay } from "@muster/domain/period";
import { AGE_BAND_NAMES, AGE_BANDS, type AgeBand } from "@muster/domain/person";
import { type StationPath, subtreeEnd } from "@muster/domain/station";
import type { ScopedTx } from "../../scope";
import { countedUpTo } from "../registers/counted";
import { inPlace } from "../registers/place";
import { conditionOf } from "../registers/statement";
import { today } from "../stations/row";
import { ASSISTANCE_CONDITIONS, type AssistanceFigure } from "./figures";

/** What the ledger is asked for; what is left out does not matter. */
export interface CaseFilter {
  /** A station with everything below it. */
  path?: StationPath;
  /** Of one station itself, without those below it. */
  stationId?: number;
  state?: CaseState;
  /** `open`: somebody has something to do; `overdue`: and is late. */
  stage?: "open" | "overdue" | "ended";
  type?: string;
  category?: string;
  age?: AgeBand;
  refusal?: RefusalReason;
  personId?: string;
  /** Applied for, or paid, within these months. */
  applied?: { from: Period; to: Period };
  paid?: { from: Period; to: Period };
  /** Only what a figure of the monthly report counts. */
  counted?: { figure: AssistanceFigure; period: Period };
}

/** A line of the ledger. */
export interface CaseLine {
  id: string;
  stationId: number;
  stationName: string;
  year: number;
  number: number;
  recordId: string;
  personName: string;
  age: number;
  category: string | null;
  typeCode: string;
  countsIn: CountedIn;
  appliedOn: LocalDate;
  asked: number;
  approved: number | null;
  paid: number | null;
  paidOn: LocalDate | null;
  state: CaseState;
  stateSince: LocalDate;
  dueOn: LocalDate | null;
}

/** How far a ledger with this filter counts: behind a number of the dashboard as far as behind a figure. */
export function casesCountedUpTo({ counted, paid, applied }: CaseFilter): number {
  return countedUpTo({ counted: counted ?? paid ?? applied });
}

/** Years of age of a band: from, and up to but without; null for no end. */
export function yearsOf(band: AgeBand): { from: number; below: number | null } {
  const next = AGE_BAND_NAMES[AGE_BAND_NAMES.indexOf(band) + 1];
  return { from: AGE_BANDS[band], below: next ? AGE_BANDS[next] : null };
}

function conditions(tx: ScopedTx, filter: CaseFilter) {
  const { path, stationId, state, stage, type, category, age, refusal, personId, applied, paid, counted } =
    filter;
  const all = [tx.sql`c.city_id = ${tx.scope.cityId}`];
  if (stationId) all.push(tx.sql`c.station_id = ${stationId}`);
  else all.push(inPlace(tx, "c.path", path));
  if (state) all.push(tx.sql`c.state = ${state}`);
  if (stage === "open") all.push(tx.sql`c.due_on is not null`);
  if (stage === "overdue") all.push(tx.sql`c.due_on < ${today(tx)}::date`);
  if (stage === "ended") all.push(tx.sql`c.due_on is null`);
  if (type) all.push(tx.sql`c.type_code = ${type}`);
  if (category) all.push(tx.sql`c.category = ${category}`);
  if (refusal) all.push(tx.sql`c.refusal = ${refusal}`);
  if (personId) all.push(tx.sql`c.person_id = ${personId}`);
  if (age) {
    const { from, below } = yearsOf(age);
    all.push(tx.sql`c.age >= ${from} ${below === null ? tx.sql`` : tx.sql`and c.age < ${below}`}`);
  }
  if (applied) all.push(tx.sql`c.applied_on between ${firstDay(applied.from)} and ${lastDay(applied.to)}`);
  if (paid) all.push(tx.sql`c.paid_on between ${firstDay(paid.from)} and ${lastDay(paid.to)}`);
  if (counted) all.push(conditionOf(tx, ASSISTANCE_CONDITIONS[counted.figure], counted.period));
  return all.reduce((both, one) => tx.sql`${both} and ${one}`);
}

/** Where a page of the ledger begins or ends. */
export interface CaseEdge {
  appliedOn: LocalDate;
  id: string;
}

/** One page of the ledger, the latest application first, and how many there are, up to one more than casesCountedUpTo. */
export async function listCases(
  tx: ScopedTx,
  {
    filter,
    limit,
    after,
    before,
  }: { filter: CaseFilter; limit: number; after?: CaseEdge; before?: CaseEdge },
): Promise<{ lines: CaseLine[]; total: number; more: boolean }> {
  const { cityId } = tx.scope;
  const where = conditions(tx, filter);
  const edge = after
    ? tx.sql`and (c.applied_on, c.id) < (${after.appliedOn}::date, ${after.id}::uuid)`
    : before
      ? tx.sql`and (c.applied_on, c.id) > (${before.appliedOn}::date, ${before.id}::uuid)`
      : tx.sql``;
  const backwards = before !== undefined && after === undefined;
  const order = backwards ? tx.sql`c.applied_on, c.id` : tx.sql`c.applied_on desc, c.id desc`;
  const [lines, [count]] = await Promise.all([
    tx.sql<CaseLine[]>`
      with found as (select c.* from assistance_case c where ${where} ${edge} order by ${order} limit ${limit + 1})
      select c.id, c.station_id as "stationId", s.name as "stationName", c.year, c.number,
        c.record_id as "recordId", p.name as "personName", c.age, c.category, c.type_code as "typeCode",
        c.counts_in as "countsIn", c.applied_on as "appliedOn", c.asked, c.approved, c.paid, c.paid_on as "paidOn",
        c.state, c.state_since as "stateSince", c.due_on as "dueOn"
      from found c join station s on s.city_id = ${cityId} and s.id = c.station_id
      join person p on p.city_id = ${cityId} and p.id = c.record_id
      order by c.applied_on desc, c.id desc`,
    tx.sql<{ total: number }[]>`
      select count(*)::int as total from (
        select from assistance_case c where ${where} limit ${casesCountedUpTo(filter) + 1}) f`,
  ]);
  const more = lines.length > limit;
  const shown = more ? (backwards ? lines.slice(1) : lines.slice(0, limit)) : [...lines];
  return { lines: shown, total: count?.total ?? 0, more };
}

/** A name that hangs out: masked by whoever shows it. */
export interface PublicLine {
  id: string;
  stationId: number;
  stationName: string;
  personName: string;
  typeCode: string;
  publicFrom: LocalDate;
  publicUntil: LocalDate;
}

const MOST_PUBLIC = 500;

/** Cases that are published in a subtree now, the first to end first. */
export async function publicCases(tx: ScopedTx, path: StationPath): Promise<PublicLine[]> {
  const { cityId } = tx.scope;
  const rows = await tx.sql<PublicLine[]>`
    select c.id, c.station_id as "stationId", s.name as "stationName", p.name as "personName",
      c.type_code as "typeCode", c.public_from as "publicFrom", c.public_until as "publicUntil"
    from assistance_case c join station s on s.city_id = ${cityId} and s.id = c.station_id
    join person p on p.city_id = ${cityId} and p.id = c.record_id
    where c.city_id = ${cityId} and c.state = 'publicity' and c.path >= ${path} and c.path < ${subtreeEnd(path)}
    order by c.public_until, s.sort, c.id limit ${MOST_PUBLIC}`;
  return [...rows];
}

/** What waits at one state. */
export interface Waiting {
  state: OpenState;
  count: number;
  overdue: number;
  /** The first to be due. */
  dueOn: LocalDate;
}

/** What waits, split by who stands where towards it. */
export interface CaseTodos {
  own: Waiting[];
  /** Of the stations directly below. */
  below: Waiting[];
  /** Of the whole city; only for the city. */
  city: Waiting[];
}

/**
 * Cases that wait around a station, by state, in one statement. A publicity counts from the day after its last.
 */
export async function caseTodos(tx: ScopedTx, stationId: number): Promise<CaseTodos> {
  const { cityId, path } = tx.scope;
  const rows = await tx.sql<(Waiting & { side: "own" | "below" | "city" })[]>`
    select case when c.station_id = ${stationId} then 'own' when s.parent_id = ${stationId} then 'below'
        else 'city' end as side,
      c.state, count(*)::int as count, count(*) filter (where c.due_on < ${today(tx)})::int as overdue,
      min(c.due_on) as "dueOn"
    from assistance_case c join station s on s.city_id = ${cityId} and s.id = c.station_id
    where c.city_id = ${cityId} and c.state = any(${[...OPEN_STATES]}::text[])
      and c.path >= ${path} and c.path < ${subtreeEnd(path)}
      and (c.state <> 'publicity' or c.public_until < ${today(tx)})
    group by 1, 2`;
  const of = (side: "own" | "below" | "city") =>
    rows.filter((row) => row.side === side).map(({ side: _, ...waiting }) => waiting);
  return { own: of("own"), below: of("below"), city: of("city") };
}
