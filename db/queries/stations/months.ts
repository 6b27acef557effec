import { dueOn } from "@muster/domain/deadline";
import type { Figures } from "@muster/domain/indicator";
import type { Period } from "@muster/domain/period";
import {
  type Contribution,
  contributionOf,
  difference,
  NO_CONTRIBUTION,
  type ReportState,
} from "@muster/domain/rollup";
import { ancestorPaths, childPath, subtreeEnd } from "@muster/domain/station";
import type { Status } from "@muster/domain/workflow";
import type { ScopedTx } from "../../scope";
import { catalogueAt } from "../catalogue";
import { reviewerOf } from "../report-row";
import type { StationRow } from "./row";

/** What a change of the hierarchy does to one report of a month that the city has not locked. */
export interface MonthChange {
  period: Period;
  stationId: number;
  stationName: string;
  status: Status;
  /**
   * `expected`: it has to be filed now; `not_expected`: no longer; `follows`: it is reviewed by and counted under
   * the new parent; `stays`: it remains where it was reported, because it is filed, accepted or signed off.
   */
  change: "expected" | "not_expected" | "follows" | "stays";
  /** Why it stays where it was reported. */
  because: Stays | null;
}

type Stays = "filed" | "accepted" | "signed_off";

/** A month that is open at a station which manages others. */
interface OpenMonth {
  period: Period;
  reportedPath: string;
  signedOff: boolean;
}

interface OpenReport extends ReportState {
  period: Period;
  reportedPath: string;
  reportsTo: number;
  signedOff: boolean;
  firstFiledAt: string | null;
}

/** The latest month the city has locked at or after a period, or null. Every scope of the city may know it. */
export async function lockedSince(tx: ScopedTx, from: Period): Promise<Period | null> {
  const [row] = await tx.sql<{ period: Period | null }[]>`
    select max(period) as period from month_lock where city_id = ${tx.scope.cityId} and period >= ${from}`;
  return row?.period ?? null;
}

/** Months at a managing station that have begun and are not locked, from a period on. */
async function openMonthsAt(tx: ScopedTx, managerId: number, from: Period): Promise<OpenMonth[]> {
  const { cityId } = tx.scope;
  return tx.sql<OpenMonth[]>`
    select u.period, u.reported_path as "reportedPath", o.period is not null as "signedOff"
    from rollup u
    left join month_lock l on l.city_id = u.city_id and l.period = u.period
    left join month_sign_off o on o.city_id = u.city_id and o.station_id = u.station_id and o.period = u.period
    where u.city_id = ${cityId} and u.station_id = ${managerId} and u.period >= ${from} and l.period is null
    order by u.period`;
}

/** A station's reports of months that are not locked, from a period on. */
async function openReportsOf(tx: ScopedTx, stationId: number, from: Period): Promise<OpenReport[]> {
  return tx.sql<OpenReport[]>`
    select r.period, r.status, r.figures, r.accepted_figures as "acceptedFigures", r.expected, r.on_time as "onTime",
      r.reported_path as "reportedPath", r.reports_to as "reportsTo", r.signed_off as "signedOff",
      r.first_filed_at as "firstFiledAt"
    from monthly_report r
    left join month_lock l on l.city_id = r.city_id and l.period = r.period
    where r.city_id = ${tx.scope.cityId} and r.station_id = ${stationId} and r.period >= ${from} and l.period is null
    order by r.period`;
}

/** Never filed and not settled by a sign-off: only such a report can stop being expected. */
function untouched(report: OpenReport): boolean {
  return report.status === "draft" && report.firstFiledAt === null && !report.signedOff;
}

/** What ends or remains when a station stops from a day on. */
export async function planEnd(tx: ScopedTx, station: StationRow, from: Period): Promise<MonthChange[]> {
  const reports = await openReportsOf(tx, station.id, from);
  return reports
    .filter((report) => report.expected)
    .map((report) => ({
      period: report.period,
      stationId: station.id,
      stationName: station.name,
      status: report.status,
      ...(untouched(report)
        ? { change: "not_expected" as const, because: null }
        : {
            change: "stays" as const,
            because: report.signedOff ? ("signed_off" as const) : ("filed" as const),
          }),
    }));
}

/** Takes back the expectation of the reports that planEnd names, in the roll-ups too. */
export async function applyEnd(tx: ScopedTx, station: StationRow, from: Period): Promise<void> {
  for (const report of await openReportsOf(tx, station.id, from)) {
    if (!report.expected || !untouched(report)) continue;
    await setExpected(tx, station.id, report, false);
  }
}

/** Which months a station has to file that begins to be expected on a day. */
export async function planBegin(
  tx: ScopedTx,
  station: Pick<StationRow, "id" | "name" | "required">,
  parentId: number,
  from: Period,
): Promise<MonthChange[]> {
  if (!station.required) return [];
  const [months, reports] = await Promise.all([
    openMonthsAt(tx, parentId, from),
    openReportsOf(tx, station.id, from),
  ]);
  return months.flatMap((month): MonthChange[] => {
    const report = reports.find((r) => r.period === month.period);
    if (month.signedOff || report?.expected) return [];
    const status = report?.status ?? "draft";
    return [
      {
        period: month.period,
        stationId: station.id,
        stationName: station.name,
        status,
        change: "expected",
        because: null,
      },
    ];
  });
}

/** Lays the rows that planBegin names, a roll-up for a station that manages others, and counts them as missing. */
export async function applyBegin(
  tx: ScopedTx,
  station: StationRow,
  parentId: number,
  from: Period,
): Promise<void> {
  const { cityId } = tx.scope;
  const reports = await openReportsOf(tx, station.id, from);
  for (const { period, reportedPath, signedOff } of await openMonthsAt(tx, parentId, from)) {
    const path = childPath(reportedPath, station.id);
    if (station.level !== "village") {
      await tx.sql`
        insert into rollup (city_id, path, station_id, period, reported_path, reports_to, level, kind)
        values (${cityId}, ${station.path}, ${station.id}, ${period}, ${path}, ${parentId}, ${station.level}, ${station.kind})
        on conflict (city_id, station_id, period) do nothing`;
    }
    if (!station.required || signedOff) continue;
    const report = reports.find((r) => r.period === period);
    if (report) {
      if (!report.expected) await setExpected(tx, station.id, report, true);
      continue;
    }
    const { deadlines } = await catalogueAt(tx, period);
    await tx.sql`
      insert into monthly_report (city_id, path, station_id, period, reported_path, reports_to, level, kind, due_on)
      values (${cityId}, ${station.path}, ${station.id}, ${period}, ${path}, ${parentId}, ${station.level},
        ${station.kind}, ${dueOn(deadlines, period, station.level)})`;
    await addUpwards(tx, station.id, period, { ...NO_CONTRIBUTION, expected: 1, missing: 1 });
  }
}

async function setExpected(
  tx: ScopedTx,
  stationId: number,
  report: OpenReport,
  expected: boolean,
): Promise<void> {
  await tx.sql`
    update monthly_report set expected = ${expected}, version = version + 1
    where city_id = ${tx.scope.cityId} and station_id = ${stationId} and period = ${report.period}`;
  const change = difference(contributionOf({ ...report, expected }), contributionOf(report));
  await addUpwards(tx, stationId, report.period, change);
}

/**
 * Adds a change to every roll-up above a report at once. Unlike a step of the report, which leaves this to its
 * commit, a reorganisation goes on to change the very path along which it is added.
 */
async function addUpwards(
  tx: ScopedTx,
  stationId: number,
  period: Period,
  change: Contribution,
): Promise<void> {
  await tx.sql`
    select rollup_apply(${stationId}, ${period}, ${plain(change.acceptedFigures)}::bigint[],
      ${plain(change.provisionalFigures)}::bigint[], ${change.expected}, ${change.filed}, ${change.accepted},
      ${change.returned}, ${change.missing}, ${change.onTime})`;
}

/** A station's standing in one open month: its own report, the sums of what reports to it, or both. */
interface Standing {
  period: Period;
  reportedPath: string;
  reportsTo: number;
  report: OpenReport | null;
  /** What its whole subtree adds to the stations above it. */
  contribution: Contribution;
  /** Why it no longer changes the station it reports to; null while it may. */
  settled: Stays | null;
}

async function standingsOf(tx: ScopedTx, stationId: number, from: Period): Promise<Standing[]> {
  const reports = await openReportsOf(tx, stationId, from);
  const sums = await tx.sql<
    (Omit<Contribution, "accepted"> & {
      period: Period;
      reportedPath: string;
      reportsTo: number | null;
      accepted: number;
      settled: boolean;
    })[]
  >`
    select u.period, u.reported_path as "reportedPath", u.reports_to as "reportsTo", u.accepted as "acceptedFigures",
      u.provisional as "provisionalFigures", u.expected, u.filed, u.accepted_count as accepted, u.returned, u.missing,
      u.on_time as "onTime", o.period is not null as settled
    from rollup u
    left join month_lock l on l.city_id = u.city_id and l.period = u.period
    left join month_sign_off o on o.city_id = u.city_id and o.station_id = u.reports_to and o.period = u.period
    where u.city_id = ${tx.scope.cityId} and u.station_id = ${stationId} and u.period >= ${from} and l.period is null`;
  const periods = [...new Set([...reports, ...sums].map((row) => row.period))].sort();
  return periods.flatMap((period): Standing[] => {
    const report = reports.find((r) => r.period === period) ?? null;
    const sum = sums.find((s) => s.period === period) ?? null;
    const reportsTo = report?.reportsTo ?? sum?.reportsTo;
    const reportedPath = report?.reportedPath ?? sum?.reportedPath;
    if (!reportsTo || !reportedPath) return [];
    const contribution = sum ?? (report ? contributionOf(report) : NO_CONTRIBUTION);
    const decided = report !== null && !(movable(report.status) && report.acceptedFigures === null);
    return [
      {
        period,
        reportedPath,
        reportsTo,
        report,
        contribution,
        settled: report?.signedOff || sum?.settled ? "signed_off" : decided ? "accepted" : null,
      },
    ];
  });
}

function movable(status: Status): boolean {
  return status === "draft" || status === "submitted" || status === "returned";
}

/**
 * Which open months of a station follow it below a new parent. The station's own report decides for everything
 * below it: were its children to part from it, its sums would count one half here and one half there.
 */
async function followersOf(
  tx: ScopedTx,
  stationId: number,
  parentId: number,
  from: Period,
): Promise<{ standing: Standing; to: OpenMonth | null }[]> {
  const [standings, months] = await Promise.all([
    standingsOf(tx, stationId, from),
    openMonthsAt(tx, parentId, from),
  ]);
  return standings
    .filter((standing) => standing.reportsTo !== parentId)
    .map((standing) => {
      const month = months.find((m) => m.period === standing.period);
      return { standing, to: month && !month.signedOff && standing.settled === null ? month : null };
    });
}

/** Says which open reports follow a station to a new parent and which stay where they were reported. */
export async function planFollow(
  tx: ScopedTx,
  station: Pick<StationRow, "id" | "name">,
  parentId: number,
  from: Period,
): Promise<MonthChange[]> {
  const followers = await followersOf(tx, station.id, parentId, from);
  return followers.map(({ standing, to }) => ({
    period: standing.period,
    stationId: station.id,
    stationName: station.name,
    status: standing.report?.status ?? "draft",
    ...(to
      ? { change: "follows" as const, because: null }
      : { change: "stays" as const, because: standing.settled ?? "signed_off" }),
  }));
}

/** A month that forbids a station to change its parent, and why. */
export interface HangingMonth {
  period: Period;
  reason: "month_unsettled" | "target_signed_off";
}

/**
 * The first month that would be left hanging: a report that stays with the old parent although nobody has decided
 * on it yet. The old parent sees it no longer after the move, and what stays is closed by it. `ending`: the station
 * is closed at the same time, and what it has not filed from then on is no longer expected.
 */
export async function hangingMonth(
  tx: ScopedTx,
  stationId: number,
  parentId: number,
  from: Period,
  { ending }: { ending: boolean },
): Promise<HangingMonth | null> {
  const followers = await followersOf(tx, stationId, parentId, from);
  const follows = new Set(followers.filter((f) => f.to).map((f) => f.standing.period));
  for (const report of await openReportsOf(tx, stationId, EVER)) {
    if (!report.expected || report.reportsTo === parentId || follows.has(report.period)) continue;
    if (report.signedOff || report.status === "accepted" || report.status === "locked") continue;
    if (ending && report.period >= from && untouched(report)) continue;
    const waiting = followers.some((f) => f.standing.period === report.period && f.standing.settled === null);
    return { period: report.period, reason: waiting ? "target_signed_off" : "month_unsettled" };
  }
  return null;
}

/** Before the first month of any city. */
const EVER = "2000-01" as Period;

/**
 * Lets the open months of a station follow it: who reviews them, under whom they count, and the sums of every
 * station that is above it only before or only after. Stations above both are not touched: nothing changes there.
 */
export async function applyFollow(
  tx: ScopedTx,
  stationId: number,
  parentId: number,
  from: Period,
): Promise<void> {
  const { cityId } = tx.scope;
  for (const { standing, to } of await followersOf(tx, stationId, parentId, from)) {
    if (!to) continue;
    const { period, reportedPath: old, contribution } = standing;
    const fresh = childPath(to.reportedPath, stationId);
    // Reports before roll-ups, as every step of a report takes them.
    for (const table of ["monthly_report", "rollup"]) {
      await tx.sql`
        update ${tx.sql(table)} set reported_path = ${fresh} || substr(reported_path, ${old.length + 1}::int)
        where city_id = ${cityId} and period = ${period} and reported_path >= ${old} and reported_path < ${subtreeEnd(old)}`;
    }
    await tx.sql`
      update monthly_report set reports_to = ${parentId}, version = version + 1
      where city_id = ${cityId} and station_id = ${stationId} and period = ${period}`;
    await tx.sql`
      update rollup set reports_to = ${parentId}
      where city_id = ${cityId} and station_id = ${stationId} and period = ${period}`;
    const before = new Set(ancestorPaths(old));
    const after = new Set(ancestorPaths(fresh));
    await addTo(
      tx,
      period,
      [...before].filter((p) => !after.has(p)),
      difference(NO_CONTRIBUTION, contribution),
    );
    await addTo(
      tx,
      period,
      [...after].filter((p) => !before.has(p)),
      contribution,
    );
  }
}

/**
 * Closes the reports of open months that a station leaves behind at a parent which sees it no longer, as a sign-off
 * does: that one could not answer for a change of its sums. From now on only the city opens them, and the new parent
 * decides. To be called when the station stands at its new place.
 */
export async function closeLeftBehind(tx: ScopedTx, stationId: number): Promise<void> {
  const { cityId } = tx.scope;
  await tx.sql`
    update monthly_report r set signed_off = true, version = r.version + (r.version > 0)::int
    from station s
    where r.city_id = ${cityId} and r.station_id = ${stationId} and r.expected and not r.signed_off
      and s.city_id = ${cityId} and s.id = r.station_id and ${reviewerOf(tx)} <> r.reports_to
      and not exists (select from month_lock l where l.city_id = ${cityId} and l.period = r.period)`;
}

/** Adds to single roll-ups, from the bottom up: the order in which every writer takes them. */
async function addTo(
  tx: ScopedTx,
  period: Period,
  paths: readonly string[],
  change: Contribution,
): Promise<void> {
  for (const path of [...paths].sort((a, b) => b.length - a.length)) {
    await tx.sql`
      update rollup set accepted = figures_add(accepted, ${plain(change.acceptedFigures)}::bigint[]),
        provisional = figures_add(provisional, ${plain(change.provisionalFigures)}::bigint[]),
        expected = expected + ${change.expected}, filed = filed + ${change.filed},
        accepted_count = accepted_count + ${change.accepted}, returned = returned + ${change.returned},
        missing = missing + ${change.missing}, on_time = on_time + ${change.onTime}
      where city_id = ${tx.scope.cityId} and period = ${period} and reported_path = ${path}`;
  }
}

function plain(figures: Figures): number[] {
  return figures.map((value) => value ?? 0);
}
