import type { Violation } from "@muster/domain/check";
import { type FiguresByCode, toCodes } from "@muster/domain/indicator";
import { type LateEntry, lateEntries } from "@muster/domain/late";
import type { MonthState } from "@muster/domain/lock";
import { addMonths, type LocalDate, lastDay, type Period, periodOf } from "@muster/domain/period";
import { type Proposal, proposalsOf } from "@muster/domain/proposal";
import type { Kind, Level } from "@muster/domain/station";
import type { ReportAction } from "@muster/domain/workflow";
import type { Ancestor } from "../schema/station";
import type { ScopedTx } from "../scope";
import { catalogueAt, type PeriodCatalogue } from "./catalogue";
import { type Register, registersOf } from "./derivations";
import { type RemarkLine, remarksOn } from "./remarks";
import { monthStateOf, type PastFigures, type Report, readHistory, readReport } from "./report-row";
import { today } from "./report-step";
import { checkReport, previousFigures, type ReportAddress } from "./reports";

/** The station a report belongs to, as its head names it. */
export interface PageStation {
  id: number;
  name: string;
  code: string;
  level: Level;
  kind: Kind;
  /** The station that decides on that month's report. */
  reviewer: string | null;
  /** From the city down to the parent, as today. */
  ancestors: Ancestor[];
}

/** One step in the life of a report. */
export interface ReportEvent {
  id: string;
  action: ReportAction;
  version: number;
  round: number;
  at: string;
  byName: string;
  byRole: string;
  /** The figures of a submission, by slot; null for other steps. */
  figures: (number | null)[] | null;
  /** Changed figures by code: before, after. */
  changes: Record<string, [number | null, number | null]> | null;
  returned: Record<string, string> | null;
  reason: string | null;
}

/** Everything a page about one report shows. Figures are by code, money in fen. */
export interface ReportPage {
  report: Report;
  station: PageStation;
  catalogue: PeriodCatalogue;
  month: MonthState;
  figures: FiguresByCode;
  /** What the form shows: saved, from the records, or carried over from last month. */
  proposals: Record<string, Proposal>;
  register: Register;
  /** What the records say otherwise since the report was handed in. */
  late: LateEntry[];
  /** Up to 12 earlier months, latest first. */
  history: PastFigures[];
  previous: FiguresByCode | null;
  yearAgo: FiguresByCode | null;
  /** What the checks say of the saved figures. */
  violations: Violation[];
  /** Oldest first. */
  events: ReportEvent[];
  remarks: RemarkLine[];
}

/** Why a station has no report in a month. */
export type Absence =
  /** No such station in scope. */
  | { kind: "not_found" }
  | { kind: "future"; station: string }
  | { kind: "before_opening"; station: string; on: LocalDate }
  | { kind: "closed"; station: string; on: LocalDate }
  /** The station is not asked for reports, or the city had not begun with them. */
  | { kind: "not_expected"; station: string };

export type PageAnswer = { found: true; page: ReportPage } | { found: false; absence: Absence };

/**
 * Reads everything the page of one report shows, in one transaction: what is saved, proposed, known from the
 * registers and from earlier months, what the checks say, and how it came to stand so. A report that is not there is
 * answered with the reason, as far as the station is in scope.
 */
export async function reportPage(tx: ScopedTx, { stationId, period }: ReportAddress): Promise<PageAnswer> {
  const [report, row] = await Promise.all([
    readReport(tx, stationId, period),
    readStation(tx, { stationId, period }),
  ]);
  if (!row) return { found: false, absence: { kind: "not_found" } };
  if (!report) return { found: false, absence: absenceOf(row, period, today(tx)) };
  const catalogue = await catalogueAt(tx, period);
  const [history, registers, events, remarks] = await Promise.all([
    readHistory(tx, stationId, period),
    registersOf(tx, [stationId], catalogue),
    readEvents(tx, { stationId, period }),
    remarksOn(tx, { stationId, period }),
  ]);
  const register = registers.get(stationId) ?? {};
  const figures = toCodes(catalogue.indicators, report.figures);
  const previous = previousFigures(catalogue, history);
  const yearAgo = history.find((past) => past.period === addMonths(period, -12));
  const { openedOn: _openedOn, closedOn: _closedOn, ...station } = row;
  const reviewer = row.ancestors.find((ancestor) => ancestor.id === report.reviewerId)?.name ?? null;
  return {
    found: true,
    page: {
      report,
      station: { ...station, reviewer },
      catalogue,
      month: monthStateOf(report, catalogue),
      figures,
      proposals: proposalsOf({
        indicators: catalogue.indicators,
        saved: figures,
        register,
        previous,
        touched: new Set(events.flatMap((event) => Object.keys(event.changes ?? {}))),
        submitted: report.round > 0,
      }),
      register,
      late: lateEntries({ status: report.status, figures, remarks: report.remarks, register }),
      history,
      previous,
      yearAgo: yearAgo ? toCodes(catalogue.indicators, yearAgo.figures) : null,
      violations: checkReport(catalogue, report, { history, register }),
      events,
      remarks,
    },
  };
}

/** The steps a report took, oldest first; empty for one out of scope. */
export async function readEvents(tx: ScopedTx, { stationId, period }: ReportAddress): Promise<ReportEvent[]> {
  const rows = await tx.sql<ReportEvent[]>`
    select id, action, version, round, at, by_name as "byName", by_role as "byRole", figures, changes, returned, reason
    from report_event
    where city_id = ${tx.scope.cityId} and station_id = ${stationId} and period = ${period}
    order by id`;
  return [...rows];
}

/**
 * Figures that others changed after a version, by code: what stood then and what stands now. Lets a filer whose
 * save came second see which of the differences are theirs.
 */
export async function changesSince(
  tx: ScopedTx,
  { stationId, period }: ReportAddress,
  version: number,
): Promise<Record<string, [number | null, number | null]>> {
  const rows = await tx.sql<{ changes: Record<string, [number | null, number | null]> | null }[]>`
    select changes from report_event
    where city_id = ${tx.scope.cityId} and station_id = ${stationId} and period = ${period} and version > ${version}
    order by version`;
  const changes: Record<string, [number | null, number | null]> = {};
  for (const row of rows) {
    for (const [code, [before, after]] of Object.entries(row.changes ?? {})) {
      const first = changes[code];
      changes[code] = [first ? first[0] : before, after];
    }
  }
  return changes;
}

type StationRow = Omit<PageStation, "reviewer"> & {
  required: boolean;
  openedOn: LocalDate;
  closedOn: LocalDate | null;
};

/** The station, and since when it was closed if it was so at the end of that month or is so today. */
async function readStation(tx: ScopedTx, { stationId, period }: ReportAddress): Promise<StationRow | null> {
  const [row] = await tx.sql<StationRow[]>`
    select id, name, code, level, kind, ancestors, required, opened_on as "openedOn",
      coalesce((select lower(c) from unnest(closed_spans) c where c @> ${lastDay(period)}::date), closed_on) as "closedOn"
    from station where city_id = ${tx.scope.cityId} and id = ${stationId}`;
  return row ?? null;
}

function absenceOf(station: StationRow, period: Period, day: LocalDate): Absence {
  const { name, openedOn, closedOn } = station;
  if (period > periodOf(day)) return { kind: "future", station: name };
  if (openedOn > lastDay(period)) return { kind: "before_opening", station: name, on: openedOn };
  if (closedOn !== null && closedOn <= lastDay(period)) {
    return { kind: "closed", station: name, on: closedOn };
  }
  return { kind: "not_expected", station: name };
}

/** One line of a station's own months. */
export interface OwnMonth {
  period: Period;
  status: Report["status"];
  dueOn: LocalDate;
  returnDueOn: LocalDate | null;
  submittedAt: string | null;
  onTime: boolean | null;
  nil: boolean;
  updatedAt: string | null;
  /** Figures given so far. */
  given: number;
  /** How many cells the reviewer sent back. */
  returned: number;
  unlockedUntil: LocalDate | null;
  /** Why no report was asked for; null where one is. */
  excused: string | null;
  /** The level above or the city has closed the month. */
  closed: boolean;
}

/** A station's own months, latest first; empty when it files none. */
export async function ownMonths(tx: ScopedTx, stationId: number, most = 24): Promise<OwnMonth[]> {
  const rows = await tx.sql<OwnMonth[]>`
    select r.period, r.status, r.due_on as "dueOn", r.return_due_on as "returnDueOn",
      r.submitted_at as "submittedAt", r.on_time as "onTime", r.nil, r.updated_at as "updatedAt",
      r.unlocked_until as "unlockedUntil", r.excused, l.period is not null or r.signed_off as closed,
      (select count(*)::int from unnest(r.figures) f where f is not null) as given,
      (select count(*)::int from jsonb_each(r.remarks) e where e.value ? 'returned') as returned
    from monthly_report r
    left join month_lock l on l.city_id = ${tx.scope.cityId} and l.period = r.period
    where r.city_id = ${tx.scope.cityId} and r.station_id = ${stationId} and r.expected
    order by r.period desc limit ${most}`;
  return [...rows];
}

/** How a station's subtree stands in one month. */
export interface MonthProgress {
  period: Period;
  expected: number;
  filed: number;
  accepted: number;
  returned: number;
  missing: number;
  onTime: number;
  signedOff: boolean;
  locked: boolean;
}

/** The months of everything under a managing station, latest first; empty for one that manages none. */
export async function monthsProgress(tx: ScopedTx, stationId: number, most = 24): Promise<MonthProgress[]> {
  const rows = await tx.sql<MonthProgress[]>`
    select u.period, u.expected, u.filed, u.accepted_count as accepted, u.returned, u.missing, u.on_time as "onTime",
      m.period is not null as "signedOff", l.period is not null as locked
    from rollup u
    left join month_sign_off m on m.city_id = u.city_id and m.station_id = u.station_id and m.period = u.period
    left join month_lock l on l.city_id = u.city_id and l.period = u.period
    where u.city_id = ${tx.scope.cityId} and u.station_id = ${stationId}
    order by u.period desc limit ${most}`;
  return [...rows];
}
