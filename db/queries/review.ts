import { addMonths, type LocalDate, type Period } from "@muster/domain/period";
import type { Queued } from "@muster/domain/queue";
import type { Kind, Level } from "@muster/domain/station";
import type { ScopedTx } from "../scope";
import { catalogueAt } from "./catalogue";
import { reviewerOf } from "./report-row";
import type { ReportAddress } from "./reports";

/** One line of a reviewer's queue: a station whose report the reviewer's decides on, in one month. */
export interface QueueRow extends Queued {
  stationId: number;
  name: string;
  code: string;
  /** Name, code, pinyin and initials in lower case. */
  search: string;
  level: Level;
  kind: Kind;
  version: number;
  nil: boolean;
  dueOn: LocalDate;
  returnDueOn: LocalDate | null;
  firstFiledAt: string | null;
  onTime: boolean | null;
  submittedAt: string | null;
  submittedById: string | null;
  decidedAt: string | null;
  remindedAt: string | null;
  unlockedUntil: LocalDate | null;
  /** Figures that differ from the round before; 0 in the first round and once it is decided. */
  changed: number;
  /** Cells that were sent back. */
  returnedCells: number;
  /** It has reports of its own to sign off in that month. */
  manages: boolean;
  /** When it signed them off; null while it has not. */
  signedOffAt: string | null;
}

/**
 * The reports a station decides on: those reported to it, in one month or in all, and of the stations that moved or
 * were merged below it later, those that are in hand: what they filed before stays with its own month's station.
 * `inherited` marks the latter; they are no part of the month that this station closes.
 */
function reviewedBy(tx: ScopedTx, reviewerId: number, period: Period | null) {
  const { cityId } = tx.scope;
  const at = period ? tx.sql`and r.period = ${period}` : tx.sql``;
  return tx.sql`
    select r.station_id, r.period, false as inherited from monthly_report r
    where r.city_id = ${cityId} and r.reports_to = ${reviewerId} and r.expected ${at}
    union all
    select r.station_id, r.period, true from station s
    join monthly_report r on r.city_id = ${cityId} and r.station_id = s.id
    where s.city_id = ${cityId} and (s.parent_id = ${reviewerId} or s.merged_into is not null)
      and r.reports_to <> ${reviewerId} and r.expected ${at}
      and (r.status in ('submitted', 'returned', 'amending') or r.unlocked_until is not null)
      and ${reviewerOf(tx)} = ${reviewerId}`;
}

/**
 * The stations whose reports `reviewerId` decides on in a month, in the order of the hierarchy, each with what the
 * queue says of it. One statement however many stations there are; empty for a station nobody reports to.
 */
export async function reviewQueue(tx: ScopedTx, reviewerId: number, period: Period): Promise<QueueRow[]> {
  const { cityId } = tx.scope;
  const { indicators } = await catalogueAt(tx, period);
  // Computed figures follow from others: a change of theirs is no change of its own.
  const places = indicators.flatMap((i) => (i.kind === "figure" && i.slot !== null ? [i.slot + 1] : []));
  const rows = await tx.sql<QueueRow[]>`
    select r.station_id as "stationId", s.name, s.code, s.search, r.level, r.kind, r.status, r.version, r.round,
      r.warnings, r.nil, r.excused, r.due_on as "dueOn", r.return_due_on as "returnDueOn",
      r.first_filed_at as "firstFiledAt", r.on_time as "onTime", r.submitted_at as "submittedAt",
      r.submitted_by_id as "submittedById", r.decided_at as "decidedAt", r.reminded_at as "remindedAt",
      r.unlocked_until as "unlockedUntil", m.signed_off_at as "signedOffAt",
      (select count(*)::int from unnest(${places}::int[]) p
        where e.round is not null and r.figures[p] is distinct from e.figures[p]) as changed,
      (select count(*)::int from jsonb_each(r.remarks) c where c.value ? 'returned') as "returnedCells",
      exists (select from monthly_report c where c.city_id = ${cityId} and c.reports_to = r.station_id
        and c.period = r.period and c.expected) as manages
    from (${reviewedBy(tx, reviewerId, period)}) q
    join monthly_report r on r.city_id = ${cityId} and r.station_id = q.station_id and r.period = q.period
    join station s on s.city_id = ${cityId} and s.id = r.station_id
    left join month_sign_off m on m.city_id = ${cityId} and m.station_id = r.station_id and m.period = r.period
    left join report_event e on r.status = 'submitted' and r.round > 1 and e.city_id = ${cityId}
      and e.station_id = r.station_id and e.period = r.period and e.action = 'submit' and e.round = r.round - 1
    order by s.sort, s.code`;
  return [...rows];
}

/** How the direct children of a reviewer stand in one month; inherited reports only wait. */
export interface ReviewMonth {
  period: Period;
  expected: number;
  waiting: number;
  /** Of those that wait, the ones of a closed month that the city has opened again. */
  reopened: number;
  returned: number;
  missing: number;
  excused: number;
  accepted: number;
  /** Accepted ones that have not signed off what reports to them. */
  unsettled: number;
  /** Anything of its own month was ever submitted. */
  begun: boolean;
  /** The latest day by which one of them files. */
  dueOn: LocalDate;
  /** Of those that wait and can be decided, the first to have come. */
  oldestAt: string | null;
  /** Missing or returned, and past its day. */
  overdue: number;
  signedOff: boolean;
  signedOffAt: string | null;
  locked: boolean;
}

/**
 * The latest months with something to review, and every older one in which a reopened report waits, latest first.
 * `today` decides what is overdue.
 */
export async function reviewMonths(
  tx: ScopedTx,
  reviewerId: number,
  today: LocalDate,
  most = 24,
): Promise<ReviewMonth[]> {
  const { cityId } = tx.scope;
  const missing = tx.sql`(not q.inherited and r.status in ('draft', 'returned', 'amending'))`;
  const rows = await tx.sql<ReviewMonth[]>`
    select q.period, q.expected, q.waiting, q.reopened, q.returned, q.missing, q.excused, q.accepted, q.unsettled,
      q.begun, q."dueOn", q."oldestAt", q.overdue, m.period is not null as "signedOff", m.signed_off_at as "signedOffAt", l.period is not null as locked
    from (
      select r.period, row_number() over (order by r.period desc) as place,
        count(*) filter (where not q.inherited)::int as expected,
        count(*) filter (where r.status = 'submitted')::int as waiting,
        count(*) filter (where r.status = 'submitted' and r.unlocked_until is not null)::int as reopened,
        count(*) filter (where ${missing} and r.status <> 'draft' and r.excused is null)::int as returned,
        count(*) filter (where ${missing} and r.status = 'draft' and r.excused is null)::int as missing,
        count(*) filter (where ${missing} and r.excused is not null)::int as excused,
        count(*) filter (where not q.inherited and r.status in ('accepted', 'locked'))::int as accepted,
        count(*) filter (where not q.inherited and r.status in ('accepted', 'locked') and o.period is null and exists (
          select from monthly_report c where c.city_id = ${cityId} and c.reports_to = r.station_id
            and c.period = r.period and c.expected))::int as unsettled,
        coalesce(bool_or(not q.inherited and r.first_filed_at is not null), false) as begun, max(r.due_on) as "dueOn",
        min(r.submitted_at) filter (where r.status = 'submitted' and (l.period is null or r.unlocked_until is not null))
          as "oldestAt",
        count(*) filter (where ${missing} and r.excused is null
          and coalesce(r.return_due_on, r.due_on) < ${today})::int as overdue
      from (${reviewedBy(tx, reviewerId, null)}) q
      join monthly_report r on r.city_id = ${cityId} and r.station_id = q.station_id and r.period = q.period
      left join month_sign_off o on o.city_id = ${cityId} and o.station_id = r.station_id and o.period = r.period
      left join month_lock l on l.city_id = ${cityId} and l.period = r.period
      group by r.period
    ) q
    left join month_sign_off m on m.city_id = ${cityId} and m.station_id = ${reviewerId} and m.period = q.period
    left join month_lock l on l.city_id = ${cityId} and l.period = q.period
    where q.place <= ${most} or q.reopened > 0
    order by q.period desc`;
  return [...rows];
}

/**
 * The month a reviewer most likely comes for: the latest one in which something was filed and that is not closed
 * yet, else the latest at all; null when there is none. At the start of a month that is still the one before.
 */
export function monthToReview(months: readonly ReviewMonth[]): Period | null {
  const open = months.find((m) => m.begun && !m.signedOff && !m.locked);
  return (open ?? months[0])?.period ?? null;
}

/** The station that reviews, as the queue's head names it. */
export interface Reviewer {
  id: number;
  name: string;
  level: Level;
  kind: Kind;
  parentId: number | null;
}

/** The reviewing station itself, or null when it is not in scope. */
export async function readReviewer(tx: ScopedTx, stationId: number): Promise<Reviewer | null> {
  const [row] = await tx.sql<Reviewer[]>`
    select id, name, level, kind, parent_id as "parentId" from station
    where city_id = ${tx.scope.cityId} and id = ${stationId}`;
  return row ?? null;
}

/** The station that decides on a report, or null when there is no such report in scope. */
export async function reviewerIdOf(
  tx: ScopedTx,
  { stationId, period }: ReportAddress,
): Promise<number | null> {
  const [row] = await tx.sql<{ reviewerId: number }[]>`
    select ${reviewerOf(tx)} as "reviewerId" from monthly_report r
    join station s on s.city_id = r.city_id and s.id = r.station_id
    where r.city_id = ${tx.scope.cityId} and r.station_id = ${stationId} and r.period = ${period}`;
  return row?.reviewerId ?? null;
}

/** Whom to call about a report that does not come. */
export interface Contact {
  phone: string;
  people: { name: string; role: string }[];
}

/** The phone of a station and the people with a role there. */
export async function contactOf(tx: ScopedTx, stationId: number): Promise<Contact> {
  const { cityId } = tx.scope;
  const [[station], people] = await Promise.all([
    tx.sql<{ phone: string }[]>`select phone from station where city_id = ${cityId} and id = ${stationId}`,
    tx.sql<{ name: string; role: string }[]>`
      select name, role from membership
      where city_id = ${cityId} and station_id = ${stationId} and ended_at is null order by role, since limit 6`,
  ]);
  return { phone: station?.phone ?? "", people: [...people] };
}

/** A report of a locked or signed-off month that the city has opened again. */
export interface UnlockedReport {
  stationId: number;
  name: string;
  parent: string | null;
  period: Period;
  status: string;
  until: LocalDate;
  reason: string;
}

/** Every unlocking that is not used up, the one that ends first on top; those above a year back are left out. */
export async function unlockedReports(tx: ScopedTx, from: Period): Promise<UnlockedReport[]> {
  const rows = await tx.sql<UnlockedReport[]>`
    select r.station_id as "stationId", s.name, s.ancestors -> -1 ->> 'name' as parent, r.period, r.status,
      r.unlocked_until as until, coalesce(r.unlock_reason, '') as reason
    from monthly_report r join station s on s.city_id = ${tx.scope.cityId} and s.id = r.station_id
    where r.city_id = ${tx.scope.cityId} and r.period >= ${addMonths(from, -12)} and r.unlocked_until is not null
    order by r.unlocked_until, s.sort limit 200`;
  return [...rows];
}

/** A station that can be opened in a closed month. */
export interface Lockable {
  stationId: number;
  name: string;
  code: string;
  parent: string | null;
  status: string;
  unlockedUntil: LocalDate | null;
}

/** Stations with a report in a closed month whose name, code or pinyin holds the text; at most 20. */
export async function lockableStations(tx: ScopedTx, period: Period, text: string): Promise<Lockable[]> {
  const rows = await tx.sql<Lockable[]>`
    select r.station_id as "stationId", s.name, s.code, s.ancestors -> -1 ->> 'name' as parent, r.status,
      r.unlocked_until as "unlockedUntil"
    from monthly_report r join station s on s.city_id = ${tx.scope.cityId} and s.id = r.station_id
    where r.city_id = ${tx.scope.cityId} and r.period = ${period} and r.expected
      and position(${text.trim().toLowerCase()} in s.search) > 0
    order by s.path limit 20`;
  return [...rows];
}

/** The lock of a month as its page says it. */
export interface MonthLock {
  period: Period;
  lockedAt: string;
  lockedBy: string;
  excused: Record<string, string>;
}

/** The city's lock of a month, or null. */
export async function lockOfMonth(tx: ScopedTx, period: Period): Promise<MonthLock | null> {
  const [row] = await tx.sql<MonthLock[]>`
    select period, locked_at as "lockedAt", locked_by as "lockedBy", excused from month_lock
    where city_id = ${tx.scope.cityId} and period = ${period}`;
  return row ?? null;
}

/** What a station's roll-up counts in a month. */
export interface MonthCoverage {
  expected: number;
  filed: number;
  accepted: number;
  returned: number;
  missing: number;
}

/** How much of a month's subtree has come; null for a station that manages none. */
export async function coverageOf(
  tx: ScopedTx,
  { stationId, period }: ReportAddress,
): Promise<MonthCoverage | null> {
  const [row] = await tx.sql<MonthCoverage[]>`
    select expected, filed, accepted_count as accepted, returned, missing from rollup
    where city_id = ${tx.scope.cityId} and station_id = ${stationId} and period = ${period}`;
  return row ?? null;
}
