import { newId, type ScopedTx } from "../scope";
import { audit } from "./audit";
import { tell } from "./messages";
import { done, type Outcome, refused } from "./outcome";
import { readReport } from "./report-row";
import type { ReportAddress } from "./reports";

export const LONGEST_REMARK = 500;

/** A remark of somebody above the station, on the whole report or on one figure. */
export interface RemarkLine {
  id: string;
  /** Code of the figure it speaks of; null for the whole report. */
  indicator: string | null;
  body: string;
  at: string;
  byName: string;
  byRole: string;
}

/** Remarks on a report, oldest first. */
export async function remarksOn(tx: ScopedTx, { stationId, period }: ReportAddress): Promise<RemarkLine[]> {
  const rows = await tx.sql<RemarkLine[]>`
    select id, indicator, body, at, by_name as "byName", by_role as "byRole" from report_remark
    where city_id = ${tx.scope.cityId} and station_id = ${stationId} and period = ${period}
    order by id`;
  return [...rows];
}

/**
 * Leaves a remark on a report in scope that is not the caller's own, and tells the station. A remark changes neither
 * the report nor its version. Who may remark at all is the ability's matter.
 */
export async function addRemark(
  tx: ScopedTx,
  address: ReportAddress,
  { indicator, body }: { indicator: string | null; body: string },
): Promise<Outcome<RemarkLine>> {
  const { actor, now } = tx.caller;
  const report = await readReport(tx, address.stationId, address.period);
  if (!report) return refused({ kind: "not_found" });
  if (actor.stationId === report.stationId) return refused({ kind: "forbidden" });
  const text = body.trim();
  if (text === "" || text.length > LONGEST_REMARK) {
    return refused({ kind: "invalid", field: "body", problem: "text" });
  }
  const line: RemarkLine = {
    id: newId(),
    indicator,
    body: text,
    at: now.toISOString(),
    byName: actor.name,
    byRole: actor.role,
  };
  await tx.sql`
    insert into report_remark (city_id, path, id, station_id, period, indicator, body, at, by_name, by_role)
    values (${tx.scope.cityId}, ${report.path}, ${line.id}, ${report.stationId}, ${report.period}, ${indicator},
      ${text}, ${line.at}, ${line.byName}, ${line.byRole})`;
  await tell(tx, report, "remark", {});
  await audit(tx, {
    action: "report.remark",
    subject: "MonthlyReport",
    subjectId: `${report.stationId}/${report.period}`,
    stationId: report.stationId,
    path: report.path,
    after: { indicator, body: text },
  });
  return done(line);
}
