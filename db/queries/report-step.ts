import { type Lock, lockOf } from "@muster/domain/lock";
import { type LocalDate, localDate } from "@muster/domain/period";
import { contributionOf } from "@muster/domain/rollup";
import { allowedTransition, type ReportAction, sidesOf } from "@muster/domain/workflow";
import { newId, type ScopedTx } from "../scope";
import { auditStatement, json } from "./audit";
import type { PeriodCatalogue } from "./catalogue";
import { done, type Outcome, refused, type StepRefusal } from "./outcome";
import { monthStateOf, type Report, readReport } from "./report-row";
import { applyToRollups } from "./rollups";

/** What the history says of a step besides who took it and when. */
export interface StepStory {
  action: ReportAction;
  reason?: string | undefined;
  returned?: Record<string, string> | undefined;
  /** Keeps the whole version: at submission. */
  keepFigures?: boolean | undefined;
}

/** Says why the caller may not take a step on this report now, or null. */
export function refusalOf(
  tx: ScopedTx,
  action: ReportAction,
  report: Report,
  catalogue: PeriodCatalogue,
): StepRefusal | null {
  const lock: Lock | null = lockOf(
    action,
    report.status,
    report.period,
    monthStateOf(report, catalogue),
    today(tx),
  );
  const sides = sidesOf(tx.caller.actor, report);
  // Whose step it is comes first: a stranger learns nothing about locks.
  if (!allowedTransition(action, report.status, sides)) {
    const never = sides.length === 0 || !mayEver(action, sides);
    if (never) return { kind: "forbidden" };
  }
  if (lock) return { kind: "locked", lock };
  return allowedTransition(action, report.status, sides) ? null : { kind: "forbidden" };
}

function mayEver(action: ReportAction, sides: ReturnType<typeof sidesOf>): boolean {
  return ANY_STATUS.some((status) => allowedTransition(action, status, sides) !== null);
}

const ANY_STATUS = ["draft", "submitted", "returned", "accepted", "locked", "amending"] as const;

/** The day of the request in the city. */
export function today(tx: ScopedTx): LocalDate {
  return localDate(tx.caller.now);
}

/**
 * Writes a step: the report (only if nobody changed it meanwhile), its event, the audit entry and every roll-up
 * above it, all in this transaction. A lost race writes nothing and answers with what stands now.
 */
export async function applyStep(
  tx: ScopedTx,
  before: Report,
  changes: Partial<Report>,
  story: StepStory,
  catalogue: PeriodCatalogue,
): Promise<Outcome<Report>> {
  const { actor, now } = tx.caller;
  const at = now.toISOString();
  const after: Report = {
    ...before,
    ...changes,
    version: before.version + 1,
    updatedAt: at,
    updatedBy: actor.name,
  };
  const updated = await tx.sql`
    update monthly_report set status = ${after.status}, version = ${after.version}, round = ${after.round},
      figures = ${after.figures as number[]}::bigint[],
      accepted_figures = ${after.acceptedFigures as number[] | null}::bigint[],
      remarks = ${json(after.remarks)}::jsonb, reasons = ${json(after.reasons)}::jsonb, nil = ${after.nil},
      warnings = ${after.warnings}, return_due_on = ${after.returnDueOn}, first_filed_at = ${after.firstFiledAt},
      on_time = ${after.onTime}, submitted_at = ${after.submittedAt}, submitted_by = ${after.submittedBy},
      submitted_by_id = ${after.submittedById}, decided_at = ${after.decidedAt}, decided_by = ${after.decidedBy},
      unlocked_until = ${after.unlockedUntil}, unlock_reason = ${after.unlockReason},
      updated_at = ${at}, updated_by = ${actor.name}
    where city_id = ${tx.scope.cityId} and station_id = ${before.stationId} and period = ${before.period}
      and version = ${before.version} and status = ${before.status}
      -- A sign-off or a lock between reading and writing closes the month, perhaps without touching the version.
      and signed_off = ${before.signedOff}
      and ${before.monthLocked} = exists (select from month_lock l
        where l.city_id = ${tx.scope.cityId} and l.period = ${before.period})`;
  if (updated.count === 0) return lostRace(tx, before);

  const changed = changedFigures(catalogue, before.figures, after.figures);
  // Before the commit, so that an answer composed in this transaction tells of the step.
  await tx.sql`
    insert into report_event (city_id, path, id, station_id, period, action, version, round, at,
      by_user_id, by_name, by_role, figures, changes, returned, reason)
    values (${tx.scope.cityId}, ${after.path}, ${newId()}, ${after.stationId}, ${after.period}, ${story.action},
      ${after.version}, ${after.round}, ${at}, ${actor.userId}, ${actor.name}, ${actor.role},
      ${story.keepFigures ? (after.figures as number[]) : null}::bigint[], ${json(changed)}::jsonb,
      ${json(story.returned)}::jsonb, ${story.reason ?? null})`;
  tx.atCommit(() =>
    auditStatement(tx, {
      action: `report.${story.action}`,
      subject: "MonthlyReport",
      subjectId: `${after.stationId}/${after.period}`,
      stationId: after.stationId,
      path: after.path,
      before: { status: before.status, version: before.version },
      after: {
        status: after.status,
        version: after.version,
        changes: changed,
        reason: story.reason,
        returned: story.returned,
      },
    }),
  );
  applyToRollups(tx, after, contributionOf(before), contributionOf(after));
  return done(after);
}

async function lostRace(tx: ScopedTx, before: Report): Promise<Outcome<Report>> {
  const current = await readReport(tx, before.stationId, before.period);
  return refused(current ? { kind: "conflict", current } : { kind: "not_found" });
}

/** Figures that differ, by code: before, after. Null when nothing differs. */
export function changedFigures(
  catalogue: PeriodCatalogue,
  before: readonly (number | null)[],
  after: readonly (number | null)[],
): Record<string, [number | null, number | null]> | null {
  const changes: Record<string, [number | null, number | null]> = {};
  for (const { code, slot, kind } of catalogue.indicators) {
    if (slot === null || kind !== "figure") continue;
    const from = before[slot] ?? null;
    const to = after[slot] ?? null;
    if (from !== to) changes[code] = [from, to];
  }
  return Object.keys(changes).length > 0 ? changes : null;
}
