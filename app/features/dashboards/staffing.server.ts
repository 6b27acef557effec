import type { StaffGroup } from "@muster/db/queries/dashboards/staff";
import type { StaffingMonth } from "@muster/db/queries/dashboards/units";
import { addMonths, localDate, type Period, periodOf } from "@muster/domain/period";
import { type Staffing, staffing, staffingBasis, staffingOfCity } from "@muster/domain/staffing";
import { formatPeriod } from "~/i18n/format";
import type { Ground } from "./ground.server";
import { changeOf } from "./key-figures.server";
import type { Content, KeyFigure, Panel } from "./model";
import { namesOf, trendPanel } from "./panels.server";
import { below, fromReports, percent, total } from "./records.server";
import {
  hirePanel,
  type JudgedUnit,
  perWorkerHeat,
  postsPanel,
  rankingPanel,
  rounded,
} from "./staffing-panels.server";
import { shown } from "./values";

const MOST_NAMED = 3;

/**
 * Full-time staff by the rosters of today against what today's rule asks for the beneficiaries of the last month
 * reported (A01): who is short, what posts there are, who leads the villages, whom to hire first; and the reported ratio month by month.
 */
export async function staffingContent(ground: Ground): Promise<Content> {
  const { catalogue, place, range, state } = ground;
  const grounds = { basis: state.basis, boundaries: state.boundaries };
  // The year before its last month comes along, for comparisons.
  const yearAgo = addMonths(range.to, -12);
  const [from = range.from] = [yearAgo, range.from].sort();
  const answer = await ground.staffing({ from, to: range.to });
  const inRange = answer.children.filter(({ period }) => period >= range.from);
  const own = new Map(answer.place.map((month) => [month.period, month]));
  const asOf =
    [...own.keys()].filter((period) => period >= range.from && period <= range.to).at(-1) ?? range.to;
  const rule = catalogue.at(periodOf(localDate(ground.reader.now))).staffing;
  const [names, groups, units] = await Promise.all([
    namesOf(
      ground,
      inRange.map(({ stationId }) => stationId),
    ),
    ground.records.staffGroups(),
    ground.records.staffUnits({ period: asOf, rule, ...grounds }),
  ]);
  const judged = units.map((unit): JudgedUnit => {
    const asked = staffingBasis(rule, unit.level) === "report" ? null : rule;
    return { ...unit, ...staffing(unit.beneficiaries, unit.fullTime, asked) };
  });
  const now = ofPlace(ground, judged);
  const children = inRange.filter(({ stationId }) => names.has(stationId));
  const keys = [
    perWorkerKey(ground, own, now, asOf),
    shortfallKey(ground, own, now, judged),
    postsKey(ground, groups),
    place.leaf ? peopleKey(ground, own, now, asOf) : secretaryKey(ground, groups),
  ];
  if (place.leaf) return { keys, panels: [postsPanel(ground, below(ground, groups)), trend(ground, own)] };
  return {
    keys,
    panels: [
      rankingPanel(ground, childrenNow(ground, judged), rule, asOf),
      hirePanel(ground, judged, rule, asOf),
      postsPanel(ground, below(ground, groups)),
      trend(ground, own),
      perWorkerHeat(ground, children, (id) => names.get(id)?.name ?? ""),
    ],
  };
}

/** The place itself: a town or village by its own staff, a city or district as the sum of the towns below. */
function ofPlace({ place }: Ground, units: readonly JudgedUnit[]): Staffing {
  if (place.leaf || place.level === "town")
    return units.find(({ id }) => id === place.id) ?? staffing(null, null, null);
  return together(units);
}

/** Several units as one; people whose worker nobody knows, and workers whose people nobody reported, make no ratio. */
function together(units: readonly JudgedUnit[]): Staffing {
  const known = units.filter(({ beneficiaries, fullTime }) => beneficiaries !== null && fullTime !== null);
  return { ...staffingOfCity(units), perWorker: staffingOfCity(known).perWorker };
}

/** The stations below, each as the sum of the units that belong to it. */
function childrenNow(
  ground: Ground,
  units: readonly JudgedUnit[],
): (Staffing & { id: number; name: string })[] {
  const { place, children } = ground;
  const depth = place.path.split("/").length - 1;
  const grouped = new Map<number, JudgedUnit[]>();
  for (const unit of units) {
    const id = Number(unit.path.split("/")[depth]);
    grouped.set(id, [...(grouped.get(id) ?? []), unit]);
  }
  return [...children.values()].flatMap(({ id, name }) => {
    const own = grouped.get(id);
    // A district of one town is measured as that town and keeps its own name.
    return own ? [{ ...(own.length === 1 && own[0] ? own[0] : together(own)), id, name }] : [];
  });
}

type OwnMonths = ReadonlyMap<Period, StaffingMonth>;

function perWorkerKey(ground: Ground, own: OwnMonths, now: Staffing, asOf: Period): KeyFigure {
  const { t, locale } = ground.reader;
  const value = rounded(now.perWorker);
  const before = rounded(own.get(addMonths(asOf, -12))?.perWorker);
  return {
    id: "perWorker",
    label: t("dashboards:staffing.perWorker"),
    value: shown(value, "count"),
    unit: t("dashboards:staffing.perWorkerUnit"),
    change: changeOf(t, value, before, { against: "sameMonth", format: "count", better: "low" }),
    note: t("dashboards:staffing.parts", {
      people: shown(now.beneficiaries, "count"),
      month: formatPeriod(asOf, locale),
      staff: shown(now.fullTime, "count"),
    }),
    spark: ground.periods.map((period) => own.get(period)?.perWorker ?? null),
  };
}

function shortfallKey(
  ground: Ground,
  own: OwnMonths,
  { shortfall, required }: Staffing,
  units: readonly JudgedUnit[],
): KeyFigure {
  const { t } = ground.reader;
  const short = units
    .filter((unit) => (unit.shortfall ?? 0) > 0)
    .sort((a, b) => (b.shortfall ?? 0) - (a.shortfall ?? 0));
  const listed = short.slice(0, MOST_NAMED).map((unit) => `${unit.name} ${unit.shortfall}`);
  const more =
    short.length > MOST_NAMED ? t("dashboards:andMore", { count: short.length - MOST_NAMED }) : null;
  return {
    id: "shortfall",
    label: t("dashboards:staffing.shortfall"),
    value: shown(shortfall, "count"),
    unit: t("dashboards:unit.person"),
    change:
      shortfall === 0
        ? { direction: "same", tone: "good", text: t("dashboards:staffing.allMeet") }
        : undefined,
    note:
      short.length > 0
        ? [...listed, ...(more ? [more] : [])].join(" · ")
        : t("dashboards:staffing.requiredNote", { count: required ?? 0 }),
    spark: ground.periods.map((period) => own.get(period)?.shortfall ?? null),
  };
}

function postsKey(ground: Ground, groups: readonly StaffGroup[]): KeyFigure {
  const { t } = ground.reader;
  const sums = total(groups, ["posts", "comparable", "filled", "fullTime"]);
  const known = groups.some((group) => group.posts !== null);
  return {
    id: "posts",
    label: t("dashboards:staffing.filledShare"),
    value: shown(percent(sums.filled, sums.comparable), "percent"),
    note: t("dashboards:staffing.filledNote", {
      posts: shown(known ? sums.posts : null, "count"),
      vacant: shown(sums.comparable > 0 ? sums.comparable - sums.filled : null, "count"),
      fullTime: shown(groups.some(({ rosters }) => rosters > 0) ? sums.fullTime : null, "count"),
    }),
    spark: [],
  };
}

function secretaryKey(ground: Ground, groups: readonly StaffGroup[]): KeyFigure {
  const { t } = ground.reader;
  const sums = total(groups, ["secretaries", "villages", "trained", "serving"]);
  return {
    id: "secretaries",
    label: t("dashboards:staffing.secretaryShare"),
    value: shown(percent(sums.secretaries, sums.villages), "percent"),
    unit: t("dashboards:staffing.secretaries", {
      secretaries: shown(sums.secretaries, "count"),
      villages: shown(sums.villages, "count"),
    }),
    note: t("dashboards:staffing.trainedNote", {
      share: shown(percent(sums.trained, sums.serving), "percent"),
      year: ground.reader.now.getFullYear(),
    }),
    spark: [],
  };
}

function peopleKey(ground: Ground, own: OwnMonths, now: Staffing, asOf: Period): KeyFigure {
  const { t, locale } = ground.reader;
  return {
    id: "A01",
    label: t("dashboards:staffing.people"),
    value: shown(now.beneficiaries, "count"),
    unit: t("dashboards:unit.person"),
    note: t("dashboards:asOf", { month: formatPeriod(asOf, locale) }),
    spark: ground.periods.map((period) => own.get(period)?.beneficiaries ?? null),
  };
}

type Part = "fullTime" | "required" | "shortfall";

function trend(ground: Ground, own: OwnMonths): Panel {
  const { t } = ground.reader;
  const part = (label: "people" | Part, of: "beneficiaries" | Part) => ({
    label: t(`dashboards:staffing.${label}`),
    format: "count" as const,
    at: (period: Period) => own.get(period)?.[of] ?? null,
  });
  const title = t("dashboards:staffing.trend", { name: ground.place.name, count: ground.periods.length });
  return trendPanel(
    ground,
    { id: "staffing-trend", side: "left", title, note: fromReports(ground) },
    [
      {
        label: t("dashboards:staffing.perWorker"),
        format: "count",
        at: (period) => rounded(own.get(period)?.perWorker),
      },
      part("people", "beneficiaries"),
      part("fullTime", "fullTime"),
      part("required", "required"),
      part("shortfall", "shortfall"),
    ],
    {
      marks: "line",
      columns: [0],
      standard: {
        value: ground.frame.perWorker,
        label: t("dashboards:standard", { value: ground.frame.perWorker }),
      },
    },
  );
}
