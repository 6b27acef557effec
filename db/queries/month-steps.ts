import { addDays, type LocalDate, type Period, parseDay, periodOf } from "@muster/domain/period";
import type { ScopedTx } from "../scope";
import { audit, json } from "./audit";
import { tell } from "./messages";
import { done, type Outcome, refused, type StepRefusal } from "./outcome";
import { type Report, readReport, reportColumns, reviewerOf } from "./report-row";
import { today } from "./report-step";

/** A station that reports to another, in one month. */
export interface Child extends Report {
  name: string;
  code: string;
  /** It has reports of its own to sign off in that month. */
  manages: boolean;
  /** When it signed them off; null while it has not. */
  signedOffAt: string | null;
}

/** The stations that report to `stationId` in a month, in the order of the hierarchy: a reviewer's queue. */
export async function childrenOf(tx: ScopedTx, stationId: number, period: Period): Promise<Child[]> {
  const rows = await tx.sql<Child[]>`
    select ${reportColumns(tx)}, s.name, s.code, m.signed_off_at as "signedOffAt",
      exists (select from monthly_report c where c.city_id = ${tx.scope.cityId} and c.reports_to = r.station_id
        and c.period = r.period and c.expected) as manages
    from monthly_report r
    join station s on s.city_id = r.city_id and s.id = r.station_id
    left join month_lock l on l.city_id = r.city_id and l.period = r.period
    left join month_sign_off m on m.city_id = r.city_id and m.station_id = r.station_id and m.period = r.period
    where r.city_id = ${tx.scope.cityId} and r.reports_to = ${stationId} and r.period = ${period} and r.expected
    order by s.sort, s.code`;
  return [...rows];
}

/** What a sign-off of the month says. */
export interface SignOff {
  signedOffAt: string;
  signedOffBy: string;
  excused: Record<string, string>;
}

/** The sign-off of what reports to a station, or null. */
export async function signOffOf(tx: ScopedTx, stationId: number, period: Period): Promise<SignOff | null> {
  const [row] = await tx.sql<SignOff[]>`
    select signed_off_at as "signedOffAt", signed_off_by as "signedOffBy", excused from month_sign_off
    where city_id = ${tx.scope.cityId} and station_id = ${stationId} and period = ${period}`;
  return row ?? null;
}

/**
 * Signs a month off for everything that reports to the caller's station: every child is accepted (and has signed
 * off its own, where it manages stations) or is excused with a reason.
 */
export async function signOff(
  tx: ScopedTx,
  { stationId, period, excused }: { stationId: number; period: Period; excused: Record<string, string> },
): Promise<Outcome<SignOff>> {
  const { actor, now } = tx.caller;
  if (actor.stationId !== stationId) return refused({ kind: "forbidden" });
  const settled = await settle(tx, stationId, period, excused);
  if (!settled.ok) return settled;
  const at = now.toISOString();
  const [row] = await tx.sql<SignOff[]>`
    insert into month_sign_off (city_id, path, station_id, period, signed_off_at, signed_off_by, excused)
    values (${tx.scope.cityId}, ${actor.path}, ${stationId}, ${period}, ${at}, ${actor.name}, ${json(settled.value)}::jsonb)
    on conflict (city_id, station_id, period) do nothing
    returning signed_off_at as "signedOffAt", signed_off_by as "signedOffBy", excused`;
  if (!row) return refused({ kind: "locked", lock: { reason: "signed_off", opener: "own", until: null } });
  await tx.sql`
    update monthly_report set signed_off = true where city_id = ${tx.scope.cityId}
      and reports_to = ${stationId} and period = ${period}`;
  await auditMonth(tx, "month.sign_off", { stationId, path: actor.path, period }, { excused: settled.value });
  return done(row);
}

/** Takes a sign-off back while the city has not locked the month, with a reason for the log. */
export async function withdrawSignOff(
  tx: ScopedTx,
  { stationId, period, reason }: { stationId: number; period: Period; reason: string },
): Promise<Outcome<null>> {
  const { actor } = tx.caller;
  if (actor.stationId !== stationId) return refused({ kind: "forbidden" });
  if (!reason.trim()) return refused({ kind: "invalid", field: "reason", problem: "reason" });
  await oneAtATime(tx, period);
  if (await monthLocked(tx, period)) return refused(cityLocked);
  const gone = await tx.sql`
    delete from month_sign_off where city_id = ${tx.scope.cityId} and station_id = ${stationId} and period = ${period}`;
  if (gone.count === 0) return refused({ kind: "not_found" });
  await tx.sql`
    update monthly_report set signed_off = false where city_id = ${tx.scope.cityId}
      and reports_to = ${stationId} and period = ${period}`;
  await auditMonth(tx, "month.withdraw_sign_off", { stationId, path: actor.path, period }, { reason });
  return done(null);
}

/**
 * Locks a month of the whole city. Every station that reports to the city is settled as for a sign-off, or is
 * excused. What is accepted becomes locked; what was never accepted stays as it is and counts as missing.
 */
export async function lockMonth(
  tx: ScopedTx,
  { stationId, period, excused }: { stationId: number; period: Period; excused: Record<string, string> },
): Promise<Outcome<{ lockedAt: string }>> {
  const { actor, now } = tx.caller;
  if (tx.scope.path !== "/" || actor.stationId !== stationId) return refused({ kind: "forbidden" });
  const settled = await settle(tx, stationId, period, excused);
  if (!settled.ok) return settled;
  const at = now.toISOString();
  const locked = await tx.sql`
    insert into month_lock (city_id, path, period, locked_at, locked_by, excused)
    values (${tx.scope.cityId}, '/', ${period}, ${at}, ${actor.name}, ${json(settled.value)}::jsonb)
    on conflict (city_id, period) do nothing`;
  if (locked.count === 0) return refused(cityLocked);
  // Versions rise also of what stays as it is: a step that began before the lock must not land after it. A report
  // never saved keeps version 0, as everybody knows it; its first step looks for the lock itself.
  await tx.sql`
    update monthly_report set status = case when status = 'accepted' then 'locked' else status end, version = version + (version > 0)::int
    where city_id = ${tx.scope.cityId} and period = ${period}`;
  await auditMonth(tx, "month.lock", { stationId, path: "/", period }, { excused: settled.value });
  return done({ lockedAt: at });
}

/** Opens one station's locked month until a day at most 62 days ahead, with a reason. The station is told. */
export async function unlockReport(
  tx: ScopedTx,
  {
    stationId,
    period,
    reason,
    until,
  }: { stationId: number; period: Period; reason: string; until: LocalDate },
): Promise<Outcome<Report>> {
  if (tx.scope.path !== "/") return refused({ kind: "forbidden" });
  const report = await readReport(tx, stationId, period);
  if (!report) return refused({ kind: "not_found" });
  if (!reason.trim()) return refused({ kind: "invalid", field: "reason", problem: "reason" });
  if (!parseDay(until) || until < today(tx) || until > addDays(today(tx), 62)) {
    return refused({ kind: "invalid", field: "until", problem: "date" });
  }
  if (!report.monthLocked && !report.signedOff) {
    return refused({ kind: "invalid", field: "period", problem: "not_locked" });
  }
  const updated = await tx.sql`
    update monthly_report set unlocked_until = ${until}, unlock_reason = ${reason.trim()},
      version = version + (version > 0)::int
    where city_id = ${tx.scope.cityId} and station_id = ${stationId} and period = ${period} and version = ${report.version}`;
  if (updated.count === 0) {
    const current = await readReport(tx, stationId, period);
    return refused(current ? { kind: "conflict", current } : { kind: "not_found" });
  }
  await tell(tx, report, "unlocked", { until, reason: reason.trim() });
  await auditMonth(tx, "month.unlock", report, { reason: reason.trim(), until });
  return done({
    ...report,
    unlockedUntil: until,
    unlockReason: reason.trim(),
    version: report.version + (report.version > 0 ? 1 : 0),
  });
}

/** Excuses a child that cannot file this month; an empty reason takes the excuse back. */
export async function excuse(
  tx: ScopedTx,
  { stationId, period, reason }: { stationId: number; period: Period; reason: string },
): Promise<Outcome<null>> {
  const report = await readReport(tx, stationId, period);
  if (!report) return refused({ kind: "not_found" });
  if (report.reportsTo !== tx.caller.actor.stationId) return refused({ kind: "forbidden" });
  if (report.monthLocked) return refused(cityLocked);
  // The sign-off has named its excuses; others would be nobody's.
  if (report.signedOff) return refused(signedOff);
  await tx.sql`
    update monthly_report set excused = ${reason.trim() || null}
    where city_id = ${tx.scope.cityId} and station_id = ${stationId} and period = ${period}`;
  await auditMonth(tx, "month.excuse", report, { reason: reason.trim() });
  return done(null);
}

/** Reminds children that have not filed; answers how many were reminded. Strangers are left out. */
export async function remind(
  tx: ScopedTx,
  { stationIds, period }: { stationIds: readonly number[]; period: Period },
): Promise<number> {
  const rows = await tx.sql<{ stationId: number; path: string; dueOn: LocalDate }[]>`
    update monthly_report r set reminded_at = ${tx.caller.now.toISOString()}
    from station s
    where r.city_id = ${tx.scope.cityId} and r.period = ${period} and r.station_id = any(${[...stationIds]})
      and s.city_id = ${tx.scope.cityId} and s.id = r.station_id
      and ${reviewerOf(tx)} = ${tx.caller.actor.stationId} and r.expected and r.status in ('draft', 'returned')
    returning r.station_id as "stationId", r.path, coalesce(r.return_due_on, r.due_on) as "dueOn"`;
  for (const row of rows) {
    await tell(tx, { ...row, period }, "reminder", { dueOn: row.dueOn });
    await auditMonth(tx, "month.remind", { ...row, period }, {});
  }
  return rows.length;
}

/** True when the city has locked the month. */
export async function monthLocked(tx: ScopedTx, period: Period): Promise<boolean> {
  const [row] =
    await tx.sql`select from month_lock where city_id = ${tx.scope.cityId} and period = ${period}`;
  return row !== undefined;
}

const cityLocked: StepRefusal = { kind: "locked", lock: { reason: "locked", opener: "city", until: null } };
const signedOff: StepRefusal = {
  kind: "locked",
  lock: { reason: "signed_off", opener: "reviewer", until: null },
};

/** Steps that close or reopen a whole month follow each other: a lock must not rest on a sign-off being withdrawn. */
async function oneAtATime(tx: ScopedTx, period: Period): Promise<void> {
  await tx.sql`select pg_advisory_xact_lock(hashtextextended(${`month ${period}`}, ${tx.scope.cityId}))`;
}

/** Checks that every child is accepted or excused; keeps the excuses on the reports and answers with all of them. */
async function settle(
  tx: ScopedTx,
  stationId: number,
  period: Period,
  given: Record<string, string>,
): Promise<Outcome<Record<string, string>>> {
  if (period > periodOf(today(tx))) {
    return refused({ kind: "locked", lock: { reason: "future", opener: "time", until: `${period}-01` } });
  }
  await oneAtATime(tx, period);
  if (await monthLocked(tx, period)) return refused(cityLocked);
  // The rows are held until the commit: nobody's acceptance is withdrawn between the check and the sign-off.
  await tx.sql`
    select from monthly_report where city_id = ${tx.scope.cityId} and reports_to = ${stationId} and period = ${period}
    order by station_id for update`;
  const children = await childrenOf(tx, stationId, period);
  if (children.length === 0) return refused({ kind: "not_found" });
  const known = new Set(children.map((c) => String(c.stationId)));
  const stranger = Object.keys(given).find((id) => !known.has(id));
  if (stranger !== undefined) return refused({ kind: "invalid", field: "excused", problem: stranger });

  const excused: Record<string, string> = {};
  const open: { stationId: number; name: string; problem: "not_accepted" | "not_signed_off" }[] = [];
  for (const child of children) {
    const problem = openProblem(child);
    if (!problem) continue;
    const reason = (given[child.stationId] ?? child.excused ?? "").trim();
    if (reason) excused[child.stationId] = reason;
    else open.push({ stationId: child.stationId, name: child.name, problem });
  }
  if (open.length > 0) return refused({ kind: "incomplete", stations: open });
  for (const [id, reason] of Object.entries(excused)) {
    await tx.sql`
      update monthly_report set excused = ${reason}
      where city_id = ${tx.scope.cityId} and station_id = ${Number(id)} and period = ${period}`;
  }
  return done(excused);
}

/** Why a child is not settled yet, or null. */
export function openProblem(
  child: Pick<Child, "status" | "manages" | "signedOffAt">,
): "not_accepted" | "not_signed_off" | null {
  if (child.status !== "accepted" && child.status !== "locked") return "not_accepted";
  return child.manages && child.signedOffAt === null ? "not_signed_off" : null;
}

async function auditMonth(
  tx: ScopedTx,
  action: string,
  { stationId, path, period }: { stationId: number; path: string; period: string },
  after: Record<string, unknown>,
): Promise<void> {
  await audit(tx, { action, subject: "Month", subjectId: `${stationId}/${period}`, stationId, path, after });
}
