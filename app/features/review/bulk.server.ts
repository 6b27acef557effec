import { remind } from "@muster/db/queries/month-steps";
import { acceptReport } from "@muster/db/queries/reports";
import { reviewQueue } from "@muster/db/queries/review";
import type { Period } from "@muster/domain/period";
import { bucketOf } from "@muster/domain/queue";
import type { WriteScope } from "~/server/prepare.server";
import { reportOf } from "~/server/report.server";
import { refusalOfStep } from "~/server/step-refusal.server";
import type { Reader } from "./access.server";
import type { BulkResult } from "./model";

/** More stations than this report to nobody; a longer list is not a list of children. */
export const MOST_AT_ONCE = 500;

interface Asked {
  period: Period;
  /** Only these; without it every one that waits without a hint. */
  only?: readonly number[];
}

/**
 * Accepts reports of the reader's own children, each in its own transaction: one that is refused holds no other
 * back, and each says what became of it. Only what stood in the queue when it was read is accepted: a report that
 * changed meanwhile is left to be looked at.
 */
export async function acceptAll(
  scoped: WriteScope,
  { period, only }: Asked,
  { actor, may, t, locale }: Reader,
): Promise<BulkResult[]> {
  const queue = await scoped((tx) => reviewQueue(tx, actor.stationId, period));
  const wanted = only ? new Set(only) : null;
  const results: BulkResult[] = [];
  for (const row of queue) {
    const asked = wanted
      ? wanted.has(row.stationId)
      : row.status === "submitted" && row.warnings === 0 && row.submittedById !== actor.userId;
    if (!asked || results.length >= MOST_AT_ONCE) continue;
    const { stationId, name, version } = row;
    if (!may("accept", "MonthlyReport", { stationId, reviewerId: actor.stationId })) {
      results.push({ stationId, name, ok: false, why: t("errors:step.forbidden.message") });
      continue;
    }
    const outcome = await scoped.write((tx) => acceptReport(tx, { stationId, period }, { version }));
    const why = outcome.ok ? "" : reportOf(refusalOfStep(outcome.refusal, locale), locale, "").message;
    results.push({ stationId, name, ok: outcome.ok, why });
  }
  return results;
}

/** Reminds every child that owes its report; answers how many were told. */
export async function remindOwing(scoped: WriteScope, period: Period, stationId: number): Promise<number> {
  return scoped.write(async (tx) => {
    const queue = await reviewQueue(tx, stationId, period);
    const owing = queue.filter(
      (row) => bucketOf(row) === "missing" || (row.status === "returned" && !row.excused),
    );
    return remind(tx, { stationIds: owing.map((row) => row.stationId), period });
  });
}
