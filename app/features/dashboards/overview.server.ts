import { casesPerThousand } from "@muster/domain/assistance";
import { type FiguresByCode, sumOfFigures } from "@muster/domain/indicator";
import { addMonths, type Period } from "@muster/domain/period";
import { combineMonths } from "@muster/domain/timespan";
import { formatPeriod } from "~/i18n/format";
import { allFigures } from "./figures.server";
import type { Ground } from "./ground.server";
import { indicatorKey } from "./key-figures.server";
import { latestMonth, type Months, valueAt } from "./measure";
import type { Content, KeyFigure, Panel, Row } from "./model";
import { type Child, indicatorOf, readBreakdown, stationLink, trendPanel } from "./panels.server";
import { shown } from "./values";

const THEMES = ["A01", "B01", "B03", "B04", "B06", "E02", "E03", "E04"];
/** A line or two of each section: the month at a glance. */
const SUMMARY = [
  "A01",
  "A10",
  "B04",
  "B08",
  "C01",
  "C03",
  "D01",
  "D02",
  "D07",
  "E01",
  "E02",
  "E03",
  "E04",
  "F02",
];

/** The three themes the service is asked about, what they rest on, and the month at a glance. */
export async function overviewContent(ground: Ground): Promise<Content> {
  const { t } = ground.reader;
  const codes = [...new Set([...THEMES, ...SUMMARY])];
  const { place, range } = ground;
  const { own, children } = await readBreakdown(ground, codes, THEMES);
  const year = { from: addMonths(range.from, -12), to: range.to };
  const indicators = ground.indicators(codes, year);
  const asOf = latestMonth(own, range) ?? range.to;
  const staffing = await ground.staffing({ from: asOf, to: asOf });
  const shortfalls = new Map(
    staffing.children
      .filter(({ period }) => period === asOf)
      .map((month) => [month.stationId, month.shortfall]),
  );
  const ownShortfall = staffing.place.find(({ period }) => period === asOf)?.shortfall ?? null;
  const perWorker = indicatorOf(indicators, "B06");
  const compliance = indicatorOf(indicators, "B04");
  const ratioAt = (indicator: typeof perWorker) => (period: Period) =>
    indicator ? valueAt(own.get(period), indicator, place.level) : null;
  const summary = ground.catalogue.at(range.to).indicators.filter(({ code }) => SUMMARY.includes(code));
  return {
    keys: [
      indicatorKey(ground, own, indicators, "B04", { better: "high", page: "compliance" }),
      indicatorKey(ground, own, indicators, "B06", {
        better: "low",
        page: "staffing",
        format: "count",
        label: t("dashboards:staffing.perWorker"),
        unit: t("dashboards:staffing.perWorkerUnit"),
        note:
          ownShortfall === null ? undefined : t("dashboards:staffing.shortfallNote", { count: ownShortfall }),
      }),
      casesKey(ground, own),
      indicatorKey(ground, own, indicators, "E04", { better: "none", page: "assistance" }),
    ],
    panels: [
      ...(place.leaf ? [] : [childrenPanel(ground, children, shortfalls, asOf)]),
      trendPanel(
        ground,
        {
          id: "overview-compliance",
          side: "left",
          title: t("dashboards:compliance.trend", { name: place.name, count: ground.periods.length }),
        },
        [{ label: t("dashboards:compliance.rate"), format: "percent", at: ratioAt(compliance) }],
        { marks: "line", columns: [0] },
      ),
      trendPanel(
        ground,
        {
          id: "overview-staffing",
          title: t("dashboards:staffing.trend", { name: place.name, count: ground.periods.length }),
        },
        [{ label: t("dashboards:staffing.perWorker"), format: "count", at: ratioAt(perWorker) }],
        {
          marks: "line",
          columns: [0],
          standard: {
            value: ground.frame.perWorker,
            label: t("dashboards:standard", { value: ground.frame.perWorker }),
          },
        },
      ),
      {
        ...allFigures(ground, own, summary),
        id: "overview-figures",
        title: t("dashboards:overview.summary"),
        side: "full",
      },
    ],
  };
}

const CASES = ["E02", "E03"];

function casesKey(ground: Ground, own: Months): KeyFigure {
  const { t } = ground.reader;
  const rows = [...own.values()].flatMap(({ period, figures }) => (figures ? [{ period, figures }] : []));
  const over = combineMonths(ground.indicators([...CASES, "A01"]), rows, ground.range, ground.place.level);
  const cases = sumOfFigures(CASES, over);
  const coverage = casesPerThousand(cases, over.A01 ?? null);
  return {
    id: "cases",
    label: t("dashboards:assistance.cases"),
    value: shown(cases, "count"),
    unit: t("dashboards:unit.case"),
    note: t("dashboards:assistance.perThousand", { value: shown(coverage, "decimal") }),
    spark: ground.periods.map((period) => sumOfFigures(CASES, own.get(period)?.figures ?? {})),
    page: "assistance",
  };
}

/** Each station below with the three themes side by side. */
function childrenPanel(
  ground: Ground,
  children: readonly Child[],
  shortfalls: ReadonlyMap<number, number | null>,
  asOf: Period,
): Panel {
  const { t, locale } = ground.reader;
  const indicators = ground.indicators(["A01", "B04", "B06", "E02", "E03", "E04"]);
  return {
    id: "overview-children",
    side: "full",
    title: t("dashboards:overview.children"),
    note: t("dashboards:overview.note", { month: formatPeriod(asOf, locale) }),
    head: t("dashboards:head.station"),
    columns: [
      { label: t("dashboards:completeness.filedShare"), format: "percent" },
      { label: t("dashboards:compliance.rate"), format: "percent" },
      { label: t("dashboards:staffing.people"), format: "count" },
      { label: t("dashboards:staffing.shortfall"), format: "count" },
      { label: t("dashboards:assistance.cases"), format: "count" },
      { label: t("dashboards:assistance.E04"), format: "money" },
    ],
    rows: children.map((child): Row => {
      const rows = [...child.months.values()].flatMap(({ period, figures }) =>
        figures ? [{ period, figures }] : [],
      );
      const over = combineMonths(indicators, rows, ground.range, child.level);
      const coverage = child.months.get(ground.range.to)?.coverage;
      const filed = coverage && coverage.expected > 0 ? (100 * coverage.filed) / coverage.expected : null;
      const shortfall = child.own ? null : (shortfalls.get(child.id) ?? null);
      return {
        ...stationLink(child),
        name: child.name,
        ...verdictOf(ground, shortfall, over),
        cells: [
          filed,
          over.B04 ?? null,
          over.A01 ?? null,
          shortfall,
          sumOfFigures(CASES, over),
          over.E04 ?? null,
        ],
      };
    }),
    verdict: t("dashboards:head.verdict"),
    empty: t("dashboards:empty.figures"),
  };
}

/** What somebody has to act on: first the posts that are short, then the stations below the standard. */
function verdictOf(
  ground: Ground,
  shortfall: number | null,
  { B01, B03 }: FiguresByCode,
): Pick<Row, "tone" | "verdict"> {
  const { t } = ground.reader;
  if (shortfall !== null && shortfall > 0)
    return { tone: "bad", verdict: t("dashboards:staffing.short", { count: shortfall }) };
  const failing = (B01 ?? 0) - (B03 ?? 0);
  if (failing > 0) return { tone: "warn", verdict: t("dashboards:compliance.short", { count: failing }) };
  if (B01 === null || B01 === undefined) return { tone: "mute", verdict: t("dashboards:notReported") };
  return { tone: "good", verdict: t("dashboards:meets") };
}
