import { submitFrom } from "@muster/domain/deadline";
import type { Figures } from "@muster/domain/indicator";
import type { MonthState } from "@muster/domain/lock";
import type { LocalDate, Period } from "@muster/domain/period";
import { addMonths } from "@muster/domain/period";
import type { Kind, Level } from "@muster/domain/station";
import type { Status } from "@muster/domain/workflow";
import type { FigureRemark } from "../schema/report";
import type { ScopedTx } from "../scope";
import type { PeriodCatalogue } from "./catalogue";

/** One station's month as stored. */
export interface Report {
  stationId: number;
  period: Period;
  path: string;
  reportedPath: string;
  /** The station of that month whose sums it counts in, and which signs the month off. */
  reportsTo: number;
  /** Who decides on it: see reviewerOf. */
  reviewerId: number;
  level: Level;
  kind: Kind;
  expected: boolean;
  status: Status;
  version: number;
  round: number;
  figures: Figures;
  acceptedFigures: Figures | null;
  remarks: Record<string, FigureRemark>;
  reasons: Record<string, string>;
  nil: boolean;
  warnings: number;
  dueOn: LocalDate;
  returnDueOn: LocalDate | null;
  firstFiledAt: string | null;
  onTime: boolean | null;
  submittedAt: string | null;
  submittedBy: string | null;
  submittedById: string | null;
  decidedAt: string | null;
  decidedBy: string | null;
  signedOff: boolean;
  unlockedUntil: LocalDate | null;
  unlockReason: string | null;
  excused: string | null;
  remindedAt: string | null;
  updatedAt: string | null;
  updatedBy: string | null;
  /** The city has locked the month. */
  monthLocked: boolean;
}

/**
 * The station that decides on report `r` of station `s`: the one it was reported to. After a move out of that one's
 * sight it is the one above the station today; of stations merged away, the one above those that carry them on.
 */
export function reviewerOf(tx: ScopedTx) {
  return tx.sql`
    case when s.ancestors @> jsonb_build_array(jsonb_build_object('id', r.reports_to)) then r.reports_to
      else (select (a.line ->> 'id')::bigint from jsonb_array_elements(s.ancestors) with ordinality a(line, place)
        where a.line ->> 'level' <> s.level order by a.place desc limit 1) end`;
}

/**
 * The report's columns in the names of Report; `r` is monthly_report, `s` its station as it stands today, `l`
 * month_lock.
 */
export function reportColumns(tx: ScopedTx) {
  return tx.sql`
    r.station_id as "stationId", r.period, r.path, r.reported_path as "reportedPath", r.reports_to as "reportsTo",
    ${reviewerOf(tx)} as "reviewerId", r.level, r.kind, r.expected, r.status, r.version, r.round, r.figures, r.accepted_figures as "acceptedFigures",
    r.remarks, r.reasons, r.nil, r.warnings, r.due_on as "dueOn", r.return_due_on as "returnDueOn",
    r.first_filed_at as "firstFiledAt", r.on_time as "onTime", r.submitted_at as "submittedAt",
    r.submitted_by as "submittedBy", r.submitted_by_id as "submittedById", r.decided_at as "decidedAt",
    r.decided_by as "decidedBy", r.signed_off as "signedOff", r.unlocked_until as "unlockedUntil",
    r.unlock_reason as "unlockReason", r.excused, r.reminded_at as "remindedAt", r.updated_at as "updatedAt",
    r.updated_by as "updatedBy", l.period is not null as "monthLocked"`;
}

/** A report in scope, or null when the station was not expected to file then, or is not the caller's. */
export async function readReport(tx: ScopedTx, stationId: number, period: Period): Promise<Report | null> {
  const [row] = await tx.sql<Report[]>`
    select ${reportColumns(tx)}
    from monthly_report r
    join station s on s.city_id = r.city_id and s.id = r.station_id
    left join month_lock l on l.city_id = r.city_id and l.period = r.period
    where r.city_id = ${tx.scope.cityId} and r.station_id = ${stationId} and r.period = ${period}`;
  return row ?? null;
}

/** What a station filed in one past month. */
export interface PastFigures {
  period: Period;
  figures: Figures;
}

/** What a station filed in the `months` before a period, latest first; months never filed are absent. */
export async function readHistory(
  tx: ScopedTx,
  stationId: number,
  period: Period,
  months = 12,
): Promise<PastFigures[]> {
  const rows = await tx.sql<PastFigures[]>`
    select period, coalesce(accepted_figures, figures) as figures from monthly_report
    where city_id = ${tx.scope.cityId} and station_id = ${stationId}
      and period >= ${addMonths(period, -months)} and period < ${period} and round > 0
    order by period desc`;
  return [...rows];
}

/** What can hold a report from outside: domain's lockOf asks for it. */
export function monthStateOf(report: Report, catalogue: PeriodCatalogue): MonthState {
  return {
    expected: report.expected,
    submitFrom: submitFrom(catalogue.deadlines, report.period),
    signedOff: report.signedOff,
    locked: report.monthLocked,
    unlockedUntil: report.unlockedUntil,
  };
}
