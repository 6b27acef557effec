import { addMonths, type LocalDate, type Period } from "@muster/domain/period";
import type { Status } from "@muster/domain/workflow";
import type { MessageKind } from "../schema/report";
import type { ScopedTx } from "../scope";
import type { MonthCoverage } from "./review";

/** A month a station itself owes: not submitted yet, sent back, or open for correction. */
export interface OwedMonth {
  period: Period;
  status: Status;
  dueOn: LocalDate;
  returnDueOn: LocalDate | null;
  /** Figures given so far. */
  given: number;
  /** Cells the reviewer sent back. */
  returned: number;
  unlockedUntil: LocalDate | null;
  unlockReason: string | null;
  remindedAt: string | null;
  excused: string | null;
  /** The level above or the city has closed the month, and it is not open for this station. */
  closed: boolean;
}

/** The months a station owes, the earliest first, at most two years back; `today` decides which unlockings still run. */
export async function owedMonths(
  tx: ScopedTx,
  stationId: number,
  { current, today }: { current: Period; today: LocalDate },
): Promise<OwedMonth[]> {
  const { cityId } = tx.scope;
  const rows = await tx.sql<OwedMonth[]>`
    select r.period, r.status, r.due_on as "dueOn", r.return_due_on as "returnDueOn",
      (select count(*)::int from unnest(r.figures) f where f is not null) as given,
      (select count(*)::int from jsonb_each(r.remarks) c where c.value ? 'returned') as returned,
      r.unlocked_until as "unlockedUntil", r.unlock_reason as "unlockReason", r.reminded_at as "remindedAt", r.excused,
      (l.period is not null or r.signed_off) and (r.unlocked_until is null or r.unlocked_until < ${today}) as closed
    from monthly_report r
    left join month_lock l on l.city_id = ${cityId} and l.period = r.period
    where r.city_id = ${cityId} and r.station_id = ${stationId} and r.expected
      and r.period <= ${current} and r.period > ${addMonths(current, -24)}
      and (r.status in ('draft', 'returned', 'amending')
        or (r.status in ('accepted', 'locked') and r.unlocked_until >= ${today}))
    order by r.period`;
  return [...rows];
}

/** A station's latest own report: what a quiet home page says instead of a greeting. */
export interface LatestOwn {
  period: Period;
  status: Status;
  submittedAt: string | null;
  decidedAt: string | null;
}

/** The latest month a station filed, or null when it files none. */
export async function latestOwn(tx: ScopedTx, stationId: number): Promise<LatestOwn | null> {
  const [row] = await tx.sql<LatestOwn[]>`
    select period, status, submitted_at as "submittedAt", decided_at as "decidedAt" from monthly_report
    where city_id = ${tx.scope.cityId} and station_id = ${stationId} and expected and round > 0
    order by period desc limit 1`;
  return row ?? null;
}

/** What the whole scope of a reader adds up to in one month, for those who oversee rather than file. */
export interface Overview extends MonthCoverage {
  period: Period;
  locked: boolean;
}

/** The roll-up of a station in a month, with the lock; null for a station that manages none. */
export async function overviewOf(tx: ScopedTx, stationId: number, period: Period): Promise<Overview | null> {
  const { cityId } = tx.scope;
  const [row] = await tx.sql<Overview[]>`
    select u.period, u.expected, u.filed, u.accepted_count as accepted, u.returned, u.missing,
      l.period is not null as locked
    from rollup u left join month_lock l on l.city_id = ${cityId} and l.period = u.period
    where u.city_id = ${cityId} and u.station_id = ${stationId} and u.period = ${period}`;
  return row ?? null;
}

/** A station below with open reports in a month. */
export interface Laggard {
  stationId: number;
  name: string;
  missing: number;
  returned: number;
}

/**
 * Which children of a station have the most missing and returned reports below them; at most eight. One that has signed
 * its month off has excused what is missing, with a reason: it is no laggard any more.
 */
export async function laggardsOf(tx: ScopedTx, stationId: number, period: Period): Promise<Laggard[]> {
  const rows = await tx.sql<Laggard[]>`
    select u.station_id as "stationId", s.name, u.missing, u.returned
    from rollup u join station s on s.city_id = ${tx.scope.cityId} and s.id = u.station_id
    where u.city_id = ${tx.scope.cityId} and u.reports_to = ${stationId} and u.period = ${period}
      and u.missing + u.returned > 0
      and not exists (
        select from month_sign_off o
        where o.city_id = ${tx.scope.cityId} and o.station_id = u.station_id and o.period = u.period)
    order by u.missing + u.returned desc, s.sort limit 8`;
  return [...rows];
}

/** How many invitations in scope are open, and how many of them end within three days. */
export async function openInvitations(tx: ScopedTx): Promise<{ open: number; ending: number }> {
  const now = tx.caller.now.toISOString();
  const [row] = await tx.sql<{ open: number; ending: number }[]>`
    select count(*)::int as open,
      count(*) filter (where expires_at < ${now}::timestamptz + interval '3 days')::int as ending
    from invitation
    where city_id = ${tx.scope.cityId} and accepted_at is null and revoked_at is null and expires_at > ${now}`;
  return row ?? { open: 0, ending: 0 };
}

/** A message to a station. */
export interface Message {
  id: string;
  kind: MessageKind;
  period: Period | null;
  params: Record<string, string | number>;
  at: string;
  byName: string;
  readAt: string | null;
}

/** A station's messages, unread ones first, then latest first. */
export async function messagesOf(tx: ScopedTx, stationId: number, most = 8): Promise<Message[]> {
  const rows = await tx.sql<Message[]>`
    select id, kind, period, params, at, by_name as "byName", read_at as "readAt" from message
    where city_id = ${tx.scope.cityId} and station_id = ${stationId}
    order by read_at is not null, id desc limit ${most}`;
  return [...rows];
}

/** How many messages of a station nobody there has read. */
export async function unreadMessages(tx: ScopedTx, stationId: number): Promise<number> {
  const [row] = await tx.sql<{ unread: number }[]>`
    select count(*)::int as unread from message
    where city_id = ${tx.scope.cityId} and station_id = ${stationId} and read_at is null`;
  return row?.unread ?? 0;
}

/** Marks messages of a station as read, one or all; answers how many were unread. */
export async function markRead(tx: ScopedTx, stationId: number, id: string | null): Promise<number> {
  const marked = await tx.sql`
    update message set read_at = ${tx.caller.now.toISOString()}
    where city_id = ${tx.scope.cityId} and station_id = ${stationId} and read_at is null
      and (${id}::uuid is null or id = ${id}::uuid)`;
  return marked.count;
}
