import type { FiguresByCode } from "@muster/domain/indicator";
import { contributionOf, sumOf } from "@muster/domain/rollup";
import { within } from "@muster/domain/station";
import type { CityCatalogue } from "../../queries/catalogue";
import type { PastFigures } from "../../queries/report-row";
import { assessment, assessmentValue } from "../../schema/assessment";
import { auditLog } from "../../schema/audit";
import { membership } from "../../schema/identity";
import {
  finding,
  findingEvent,
  inspection,
  inspectionInspector,
  inspectionItem,
  inspectionStation,
} from "../../schema/inspection";
import {
  message,
  monthLock,
  monthlyReport,
  monthSignOff,
  reportEvent,
  reportRemark,
  rollup,
} from "../../schema/report";
import {
  leadingGroup,
  liaisonCover,
  staff,
  staffPosts,
  training,
  trainingAttendance,
} from "../../schema/staff";
import { station, stationEvent, stationFacts, stationPremises } from "../../schema/station";
import { rowsOf, type TableRows } from "../bulk";
import { loadStandards } from "../catalogue";
import { type Account, accountId, EMPLOYED_SINCE } from "./accounts";
import { assessmentRows } from "./assessments";
import { type Calendar, CLOSED_MONTHS, CURRENT } from "./calendar";
import { type CitySpec, LIUHE } from "./cities";
import { type Fate, fatesOf, LOCKED_ON, SIGNED_OFF_ON, signedOff } from "./fates";
import { figuresOf } from "./figures";
import { inspectionRows } from "./inspections";
import { liuheQuota, makeStriking, type Quota } from "./liuhe";
import { placeIn, type StationPlan } from "./plan";
import { Random } from "./random";
import { type Rows, type StoryContext, tellReport } from "./report-story";
import { countShortfall } from "./shortfalls";
import { staffRegister } from "./staff-rows";
import { factsRows, stationEvents, stationRow } from "./station-rows";

export interface CityStory {
  city: CitySpec;
  cityId: number;
  stations: readonly StationPlan[];
  accounts: readonly Account[];
  calendar: Calendar;
  catalogue: CityCatalogue;
  /** What each station files, from `figuresOfCity`. */
  figures: ReadonlyMap<StationPlan, readonly FiguresByCode[]>;
}

/** The figures of every station of a city in each of the thirteen months. Reports and registers are made from them. */
export function figuresOfCity(
  stations: readonly StationPlan[],
  calendar: Calendar,
): Map<StationPlan, FiguresByCode[]> {
  const quota = quotaOf(stations, calendar);
  return new Map(
    stations.slice(1).map((plan) => {
      const months = figuresOf(plan, calendar, quota);
      makeStriking(plan, months);
      countShortfall(plan, months, calendar);
      return [plan, months];
    }),
  );
}

/**
 * Everything of a demo city but its own row, its root station and its catalogue, in an order in which it can be
 * written.
 */
export function cityRows(story: CityStory): TableRows[] {
  const { cityId, stations, accounts, calendar, catalogue, figures } = story;
  const rows: Rows = { reports: [], events: [], audits: [], messages: [] };
  const clerks = new Map(
    accounts.flatMap((a) =>
      a.roles.filter((r) => r.role === "clerk").map((r) => [r.station.key, a] as const),
    ),
  );
  const context: StoryContext = { cityId, calendar, catalogue, clerks, rows };
  const fates = new Map<StationPlan, Fate[]>();
  for (const plan of stations.slice(1)) {
    const siblings = stations.filter((s) => s.spec === plan.spec && s.level === "village");
    fates.set(plan, fatesOf(plan, siblings));
    tellStation(context, plan, fates.get(plan) ?? [], figures.get(plan) ?? []);
  }
  const months = monthRows(story, fates, rows);
  const assessed = assessmentRows(cityId, stations, calendar, loadStandards());
  const inspected = inspectionRows(cityId, stations, accounts, calendar, loadStandards(), figures);
  const register = staffRegister(cityId, stations, accounts, calendar);
  return [
    rowsOf(
      station,
      stations.slice(1).map((plan, i) => stationRow(cityId, plan, i + 1)),
    ),
    rowsOf(
      stationEvent,
      stations.slice(1).flatMap((plan) => stationEvents(cityId, plan, calendar)),
    ),
    rowsOf(
      stationFacts,
      stations.flatMap((plan) => factsRows(cityId, plan, calendar)),
    ),
    rowsOf(stationPremises, assessed.premises),
    rowsOf(membership, membershipRows(cityId, accounts)),
    rowsOf(rollup, rollupRows(story, rows.reports)),
    rowsOf(monthlyReport, rows.reports),
    rowsOf(reportEvent, rows.events),
    rowsOf(message, rows.messages),
    ...months,
    rowsOf(reportRemark, remarkRows(story, rows)),
    rowsOf(auditLog, [...rows.audits, ...inspected.audits]),
    rowsOf(staff, register.staff),
    rowsOf(staffPosts, register.posts),
    rowsOf(leadingGroup, register.leaders),
    rowsOf(liaisonCover, register.covers),
    rowsOf(training, register.trainings),
    rowsOf(trainingAttendance, register.attendance),
    rowsOf(assessment, assessed.assessments),
    rowsOf(assessmentValue, assessed.values),
    rowsOf(inspection, inspected.inspections),
    rowsOf(inspectionItem, inspected.items),
    rowsOf(inspectionInspector, inspected.inspectors),
    rowsOf(inspectionStation, inspected.stations),
    rowsOf(finding, inspected.findings),
    rowsOf(findingEvent, inspected.events),
  ];
}

function quotaOf(stations: readonly StationPlan[], calendar: Calendar): Quota {
  const liuhe = stations.filter((s) => s.spec?.pinyin === LIUHE);
  return liuhe.length === 0 ? () => null : liuheQuota(liuhe, calendar);
}

/** Tells a station's months. */
function tellStation(
  context: StoryContext,
  plan: StationPlan,
  fates: readonly Fate[],
  figures: readonly FiguresByCode[],
): void {
  // Latest first, as readHistory answers.
  let history: PastFigures[] = [];
  for (let month = plan.opensIn; month <= CURRENT; month++) {
    const fate = fates[month];
    const filed = figures[month];
    if (!fate || !filed) continue;
    const slots = tellReport(context, plan, month, fate, filed, history);
    if (slots)
      history = [{ period: context.calendar.period(month), figures: slots }, ...history].slice(0, 12);
  }
}

function membershipRows(cityId: number, accounts: readonly Account[]) {
  return accounts.flatMap(({ id, username, name, roles }) =>
    roles.map(({ station: plan, role }) => ({
      cityId,
      path: plan.path,
      id: new Random(`membership ${username} ${plan.key}`).id(EMPLOYED_SINCE),
      userId: id,
      username,
      name,
      stationId: plan.id,
      role,
      since: EMPLOYED_SINCE,
    })),
  );
}

/**
 * A row for every station that manages others, in every month. Summed here, by the domain's own arithmetic: the
 * SQL that does the same takes ten seconds on tables whose fresh rows the planner knows nothing of yet.
 */
function rollupRows({ cityId, stations, calendar }: CityStory, reports: Rows["reports"]) {
  const managing = stations.filter((plan) => plan.level !== "village");
  return calendar.periods.flatMap((period) => {
    const contributions = reports
      .filter((report) => report.period === period)
      .map((report) => ({ at: report.reportedPath, contribution: contributionOf(report) }));
    return managing.map((plan) => {
      const below = contributions.filter(({ at }) => within(plan.path, at));
      const sum = sumOf(below.map(({ contribution }) => contribution));
      return {
        cityId,
        path: plan.path,
        stationId: plan.id,
        period,
        reportedPath: plan.path,
        reportsTo: plan.parent?.id ?? null,
        level: plan.level,
        kind: plan.kind,
        accepted: [...sum.acceptedFigures],
        provisional: [...sum.provisionalFigures],
        expected: sum.expected,
        filed: sum.filed,
        acceptedCount: sum.accepted,
        returned: sum.returned,
        missing: sum.missing,
        onTime: sum.onTime,
      };
    });
  });
}

/** Sign-offs of the towns and locks of the city, with their audit entries; marks what is signed off. */
function monthRows(
  { cityId, stations, calendar }: CityStory,
  fates: ReadonlyMap<StationPlan, readonly Fate[]>,
  rows: Rows,
): TableRows[] {
  const signOffs: (typeof monthSignOff.$inferInsert)[] = [];
  const locks: (typeof monthLock.$inferInsert)[] = [];
  const reports = new Map(rows.reports.map((report) => [`${report.stationId} ${report.period}`, report]));
  const log = (plan: StationPlan, action: string, at: Date, period: string, role: string, excused: object) =>
    rows.audits.push({
      cityId,
      path: plan.path,
      id: new Random(`${action} ${plan.key} ${period}`).id(at),
      at,
      userId: accountId(plan.head.username),
      userName: plan.head.name,
      role,
      stationId: plan.id,
      action,
      subject: "Month",
      subjectId: `${plan.id}/${period}`,
      before: null,
      after: { excused },
      ip: "192.0.2.1",
      reference: "demo",
    });

  for (let month = 0; month <= CURRENT; month++) {
    const period = calendar.period(month);
    for (const town of stations.filter((s) => s.level === "town" && s.spec && signedOff(s.spec, month))) {
      const below = stations.filter((s) => placeIn(s, month).parent === town && month >= s.opensIn);
      const excused: Record<string, string> = {};
      for (const child of below) {
        const fate = fates.get(child)?.[month];
        if (fate?.kind === "excused") excused[child.id] = fate.reason;
        const report = reports.get(`${child.id} ${period}`);
        if (report) report.signedOff = true;
      }
      const at = calendar.instant(month, SIGNED_OFF_ON);
      const { name } = town.head;
      const { path, id: stationId } = town;
      signOffs.push({ cityId, path, stationId, period, signedOffAt: at, signedOffBy: name, excused });
      log(town, "month.sign_off", at, period, "head", excused);
    }
    const root = stations[0];
    if (month === CURRENT || !root) continue;
    const at = calendar.instant(month, LOCKED_ON);
    locks.push({ cityId, path: "/", period, lockedAt: at, lockedBy: root.head.name, excused: {} });
    log(root, "month.lock", at, period, "city_admin", {});
  }
  return [rowsOf(monthSignOff, signOffs), rowsOf(monthLock, locks)];
}

const REMARKS: readonly [indicator: string, body: string][] = [
  ["D06", "超期信访件请镇里书面说明原因，下月督查。"],
  ["B03", "五有达标请对照考评表，列出未达标项和完成时间。"],
  ["C05", "逾期未访连续两个月未下降，请关注高龄独居老兵。"],
  ["A09", "建档率提升明显，请总结做法。"],
];

/** What the overseer noted on towns' reports of the last closed months. */
function remarkRows({ city, cityId, stations, accounts, calendar }: CityStory, rows: Rows) {
  const overseer = accounts.find((a) => a.username === `${city.key}.overseer`);
  const towns = stations.filter((s) => s.level === "town");
  return REMARKS.flatMap(([indicator, body], i): (typeof reportRemark.$inferInsert)[] => {
    const town = towns[(i * 5 + 4) % towns.length];
    const month = CLOSED_MONTHS - 1 - (i % 2);
    if (!town || !overseer) return [];
    const at = calendar.instant(month, 9.2);
    const random = new Random(`remark ${town.key} ${indicator}`);
    const { path, id: stationId } = town;
    const period = calendar.period(month);
    const by = { byName: overseer.name, byRole: "city_overseer" };
    rows.messages.push({
      cityId,
      path,
      id: random.id(at),
      stationId,
      kind: "remark",
      period,
      params: { indicator },
      at,
      byName: overseer.name,
      readAt: null,
    });
    return [{ cityId, path, id: random.id(at), stationId, period, indicator, body, at, ...by }];
  });
}
