import { toCodes } from "@muster/domain/indicator";
import { type LateEntry, lateEntries } from "@muster/domain/late";
import { addMonths, type Period } from "@muster/domain/period";
import type { ScopedTx } from "../scope";
import { catalogueAt } from "./catalogue";
import { registersOf } from "./derivations";
import type { Outcome } from "./outcome";
import type { Report } from "./report-row";
import { amendReport, type ReportAddress, saveReport } from "./reports";

/** A month of a station whose records have changed since it was handed in. */
export interface LateMonth {
  period: Period;
  entries: LateEntry[];
}

/** The station's last months up to `current` whose records have changed since they were handed in, latest first. */
export async function lateMonths(
  tx: ScopedTx,
  stationId: number,
  { current, back }: { current: Period; back: number },
): Promise<LateMonth[]> {
  const rows = await tx.sql<Pick<Report, "period" | "status" | "figures" | "remarks">[]>`
    select period, status, figures, remarks from monthly_report
    where city_id = ${tx.scope.cityId} and station_id = ${stationId} and expected
      and period <= ${current} and period > ${addMonths(current, -back)}
      and status in ('submitted', 'accepted', 'locked')
    order by period desc`;
  const months = await Promise.all(
    rows.map(async (row) => ({ period: row.period, entries: await lateIn(tx, { ...row, stationId }) })),
  );
  return months.filter(({ entries }) => entries.length > 0);
}

async function lateIn(
  tx: ScopedTx,
  report: Pick<Report, "stationId" | "period" | "status" | "figures" | "remarks">,
): Promise<LateEntry[]> {
  const catalogue = await catalogueAt(tx, report.period);
  const registers = await registersOf(tx, [report.stationId], catalogue);
  const { status, remarks } = report;
  return lateEntries({
    status,
    figures: toCodes(catalogue.indicators, report.figures),
    remarks,
    register: registers.get(report.stationId) ?? {},
  });
}

/**
 * Opens the caller's own accepted report for correction and puts into it what the records say now: the proposed
 * amendment, to be looked at and submitted. Both or neither.
 */
export async function amendByRecords(
  tx: ScopedTx,
  address: ReportAddress,
  { version, reason }: { version: number; reason: string },
): Promise<Outcome<Report>> {
  const opened = await amendReport(tx, address, { version, reason });
  if (!opened.ok) return opened;
  // The entries are those of the report as it was handed in; amending is only how they come in.
  const entries = await lateIn(tx, { ...opened.value, status: "accepted" });
  if (entries.length === 0) return opened;
  const figures = Object.fromEntries(entries.map(({ code, now }) => [code, now]));
  return saveReport(tx, address, opened.value.version, { figures });
}
