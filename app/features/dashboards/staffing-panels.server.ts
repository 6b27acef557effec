import type { StaffGroup, StaffUnit } from "@muster/db/queries/dashboards/staff";
import type { StaffingMonth } from "@muster/db/queries/dashboards/units";
import type { Period } from "@muster/domain/period";
import { gapClosing, type Staffing, type StaffingRule } from "@muster/domain/staffing";
import { formatPeriod } from "~/i18n/format";
import type { Ground } from "./ground.server";
import type { Panel, Row } from "./model";
import { monthColumns, topOf } from "./panels.server";
import { type Below, fromRecords, fromReports, percent, total } from "./records.server";

/** A station to which the staffing rule applies, judged by today's. */
export interface JudgedUnit extends StaffUnit, Staffing {}

/** How many are named where somebody has to be hired first. */
const MOST_HIRED = 15;

/** The stations below against the line of the rule, the widest gap first. */
export function rankingPanel(
  ground: Ground,
  stations: readonly (Staffing & { id: number; name: string })[],
  { perWorker: line }: StaffingRule,
  asOf: Period,
): Panel {
  const { t, locale } = ground.reader;
  const verdict = verdicts(ground);
  const rows = [...stations].sort(worstFirst).map((station): Row => {
    const { beneficiaries, fullTime, required, shortfall, perWorker } = station;
    return {
      station: station.id,
      name: station.name,
      cells: [beneficiaries, fullTime, required, rounded(perWorker)],
      ...verdict(fullTime, shortfall),
    };
  });
  return {
    id: "staffing-ranking",
    title: t(`dashboards:staffing.ranking.${kindBelow(ground)}`),
    note: t("dashboards:staffing.asOf", {
      month: formatPeriod(asOf, locale),
      standard: line,
    }),
    head: t("dashboards:head.station"),
    columns: [
      { label: t("dashboards:staffing.peopleShort"), format: "count" },
      { label: t("dashboards:staffing.fullTime"), format: "count" },
      { label: t("dashboards:staffing.required"), format: "count" },
      { label: t("dashboards:staffing.perWorker"), format: "count" },
    ],
    rows,
    verdict: t("dashboards:head.verdict"),
    picture: {
      kind: "ranking",
      column: 3,
      top: Math.max(line * 1.2, topOf(rows.map((row) => row.cells[3] ?? null))),
      standard: line,
    },
    empty: t("dashboards:empty.figures"),
  };
}

/** The widest gap first, then the most people per worker: where somebody has to act. */
function worstFirst(a: Staffing, b: Staffing): number {
  return (b.shortfall ?? -1) - (a.shortfall ?? -1) || (b.perWorker ?? 0) - (a.perWorker ?? 0);
}

/** The words are looked up once: a town has sixty villages that meet the rule. */
function verdicts(
  ground: Ground,
): (fullTime: number | null, shortfall: number | null) => Pick<Row, "tone" | "verdict"> {
  const { t } = ground.reader;
  const noRoster = { tone: "mute", verdict: t("dashboards:staffing.noRoster") } as const;
  const unknown = { tone: "mute", verdict: t("dashboards:notReported") } as const;
  const meets = { tone: "good", verdict: t("dashboards:meets") } as const;
  return (fullTime, shortfall) => {
    if (fullTime === null) return noRoster;
    if (shortfall === null) return unknown;
    if (shortfall === 0) return meets;
    return { tone: "bad", verdict: t("dashboards:staffing.short", { count: shortfall }) };
  };
}

/** Where a worker is missed most, and the easiest way to one: a vacant post, a part-timer, a new post. */
export function hirePanel(
  ground: Ground,
  units: readonly JudgedUnit[],
  rule: StaffingRule,
  asOf: Period,
): Panel {
  const { t, locale } = ground.reader;
  const short = units.filter(({ shortfall }) => (shortfall ?? 0) > 0).sort(worstFirst);
  return {
    id: "staffing-hire",
    side: "right",
    title: t("dashboards:staffing.hire"),
    note:
      short.length > MOST_HIRED
        ? t("dashboards:staffing.hireCut", { count: MOST_HIRED, all: short.length })
        : t("dashboards:staffing.hireNote", { month: formatPeriod(asOf, locale) }),
    head: t("dashboards:head.station"),
    columns: [
      { label: t("dashboards:compliance.parent"), format: "text" },
      { label: t("dashboards:staffing.shortfall"), format: "count" },
      { label: t("dashboards:staffing.excess"), format: "count" },
      { label: t("dashboards:staffing.vacant"), format: "count" },
      { label: t("dashboards:staffing.remedy"), format: "text" },
    ],
    rows: short.slice(0, MOST_HIRED).map((unit): Row => {
      const reserve = { approvedPosts: unit.posts, otherStaff: unit.others, below: [] };
      const closing = gapClosing(unit, reserve, rule);
      const vacant = unit.posts === null ? null : Math.max(0, unit.posts - (unit.fullTime ?? 0));
      return {
        to: `/stations/${unit.id}/staffing`,
        name: unit.name,
        cells: [unit.parentName, unit.shortfall, closing?.excess ?? null, vacant, remedyOf(ground, closing)],
      };
    }),
    empty: t(
      units.some(({ shortfall }) => shortfall !== null)
        ? "dashboards:staffing.nobodyShort"
        : "dashboards:empty.figures",
    ),
  };
}

function remedyOf(ground: Ground, closing: ReturnType<typeof gapClosing>): string | null {
  if (!closing) return null;
  const { t } = ground.reader;
  return (["fill", "convert", "apply"] as const)
    .filter((way) => closing[way] > 0)
    .map((way) => t(`dashboards:staffing.way.${way}`, { count: closing[way] }))
    .join(t("dashboards:separator"));
}

const COUNTS = [
  "stations",
  "rosters",
  "posts",
  "comparable",
  "filled",
  "fullTime",
  "partTime",
  "concurrent",
  "serving",
  "trained",
  "villages",
  "manned",
  "secretaries",
] as const;

/** Posts approved, filled and vacant; full-time and other staff; villages with a worker and with a veteran secretary. */
export function postsPanel(ground: Ground, stations: readonly Below<StaffGroup>[]): Panel {
  const { t } = ground.reader;
  const leaf = ground.place.leaf;
  const count = (label: string) => ({ label, format: "count" as const });
  const share = (label: string) => ({ label, format: "percent" as const });
  const row = (name: string, groups: readonly StaffGroup[], link: Pick<Row, "station" | "to">): Row => {
    const sums = total(groups, COUNTS);
    const posts = groups.some((group) => group.posts !== null) ? sums.posts : null;
    const kept = sums.rosters > 0;
    const ofRoster = (value: number) => (kept ? value : null);
    return {
      ...link,
      name,
      cells: [
        posts,
        sums.comparable > 0 ? sums.filled : null,
        sums.comparable > 0 ? sums.comparable - sums.filled : null,
        percent(sums.filled, sums.comparable),
        ofRoster(sums.fullTime),
        ofRoster(sums.partTime),
        ofRoster(sums.concurrent),
        percent(sums.trained, sums.serving),
        ...(leaf
          ? []
          : [
              sums.villages > 0 ? sums.manned : null,
              sums.villages > 0 ? sums.secretaries : null,
              percent(sums.secretaries, sums.villages),
            ]),
      ],
      ...(kept
        ? sums.rosters < sums.stations
          ? {
              tone: "warn",
              verdict: t("dashboards:staffing.rostersMissing", { count: sums.stations - sums.rosters }),
            }
          : { tone: "good", verdict: t("dashboards:staffing.rostersAll") }
        : { tone: "mute", verdict: t("dashboards:staffing.noRoster") }),
    };
  };
  const roster = (id: number) => ({ to: `/stations/${id}/staff` });
  const rows = stations.map(({ id, name, own, groups }) => {
    const village = leaf || own || ground.place.level === "town";
    return row(name, groups, village ? roster(id) : { station: id });
  });
  const all = stations.flatMap(({ groups }) => groups);
  return {
    id: "staffing-posts",
    side: "full",
    title: t("dashboards:staffing.postsTitle"),
    note: fromRecords(ground),
    head: t("dashboards:head.station"),
    columns: [
      count(t("dashboards:staffing.approved")),
      count(t("dashboards:staffing.filled")),
      count(t("dashboards:staffing.vacant")),
      share(t("dashboards:staffing.filledShare")),
      count(t("dashboards:staffing.fullTime")),
      count(t("dashboards:staffing.partTime")),
      count(t("dashboards:staffing.concurrent")),
      share(t("dashboards:staffing.trainedShare")),
      ...(leaf
        ? []
        : [
            count(t("dashboards:staffing.manned")),
            count(t("dashboards:staffing.secretary")),
            share(t("dashboards:staffing.secretaryShort")),
          ]),
    ],
    rows: rows.length > 1 ? [row(t("dashboards:total"), all, {}), ...rows] : rows,
    verdict: t("dashboards:staffing.roster"),
    empty: t("dashboards:compliance.noStations"),
  };
}

/** Posts short by the reports, by station and month. */
export function perWorkerHeat(
  ground: Ground,
  children: readonly StaffingMonth[],
  named: (id: number) => string,
): Panel {
  const { t } = ground.reader;
  const shortfalls = new Map<number, Map<Period, number | null>>();
  for (const { stationId, period, shortfall } of children) {
    const months = shortfalls.get(stationId) ?? new Map<Period, number | null>();
    shortfalls.set(stationId, months.set(period, shortfall));
  }
  const ids = [...new Set([...ground.children.keys(), ...shortfalls.keys()])].filter((id) =>
    shortfalls.has(id),
  );
  const rows = ids.map(
    (id): Row => ({
      station: id,
      name: named(id),
      cells: ground.periods.map((period) => shortfalls.get(id)?.get(period) ?? null),
    }),
  );
  return {
    id: "staffing-heat",
    title: t("dashboards:staffing.heat"),
    note: fromReports(ground),
    head: t("dashboards:head.station"),
    columns: monthColumns(ground, "count"),
    rows,
    picture: { kind: "heat", top: 0, good: 0, warn: 1, low: true },
    empty: t("dashboards:empty.figures"),
  };
}

/** What stands below: words say "districts", "towns", "villages" or "service points". */
function kindBelow({ place, children }: Ground): "districts" | "city" | "district" | "town" | "cadre_home" {
  if (place.kind !== "station") return "cadre_home";
  if ([...children.values()].some(({ level }) => level === "district")) return "districts";
  return place.level === "village" ? "town" : place.level;
}

export function rounded(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : Math.round(value);
}
