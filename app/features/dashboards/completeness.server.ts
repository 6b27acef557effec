import { MOST_OPEN_REPORTS, type OpenReport, openReports } from "@muster/db/queries/dashboards/open-reports";
import type { MonthSum } from "@muster/db/queries/dashboards/sums";
import type { Period } from "@muster/domain/period";
import type { Coverage } from "@muster/domain/rollup";
import { formatDate, formatPeriod } from "~/i18n/format";
import type { Ground } from "./ground.server";
import { changeOf } from "./key-figures.server";
import type { Months } from "./measure";
import type { Content, KeyFigure, Panel, Row } from "./model";
import { heatPanel, readBreakdown, stationLink, trendPanel } from "./panels.server";
import { shown } from "./values";

/** Good from here on; below the second, bad. */
const THRESHOLDS = { good: 98, warn: 90 };

/** Filed against expected, filed in time, who is missing and whose report came back. */
export async function completenessContent(ground: Ground): Promise<Content> {
  const { t, locale } = ground.reader;
  const { to } = ground.range;
  const [{ own, children }, open] = await Promise.all([
    readBreakdown(ground, []),
    openReports(ground.tx, ground.place, to, statusesOf(ground)),
  ]);
  const leaf = ground.place.leaf;
  const share = (part: "filed" | "onTime") => (months: Months, period: Period) =>
    percent(months.get(period), part);
  const name = ground.place.name;
  const count = ground.periods.length;
  return {
    keys: [
      shareKey(ground, own, "filed"),
      shareKey(ground, own, "onTime"),
      countKey(ground, own, "missing"),
      countKey(ground, own, "returned"),
    ],
    panels: [
      openPanel(ground, open),
      ...(leaf
        ? []
        : [
            heatPanel(
              ground,
              { id: "completeness-heat", side: "left", title: t("dashboards:completeness.heat") },
              children,
              "percent",
              (child, period) => share("filed")(child.months, period),
              THRESHOLDS,
            ),
            heatPanel(
              ground,
              { id: "timeliness-heat", title: t("dashboards:completeness.timelinessHeat") },
              children,
              "percent",
              (child, period) => share("onTime")(child.months, period),
              THRESHOLDS,
            ),
          ]),
      trendPanel(
        ground,
        { id: "completeness-trend", title: t("dashboards:completeness.trend", { name, count }) },
        [
          {
            label: t("dashboards:completeness.filedShare"),
            format: "percent",
            at: (p) => share("filed")(own, p),
          },
          {
            label: t("dashboards:completeness.onTimeShare"),
            format: "percent",
            at: (p) => share("onTime")(own, p),
          },
          { label: t("dashboards:completeness.expected"), format: "count", at: countAt(own, "expected") },
          { label: t("dashboards:completeness.filed"), format: "count", at: countAt(own, "filed") },
          { label: t("dashboards:completeness.onTime"), format: "count", at: countAt(own, "onTime") },
        ],
        { marks: "line", columns: [0, 1] },
      ),
      ...(leaf ? [] : [childrenPanel(ground, children, to, locale)]),
    ],
  };
}

function statusesOf(ground: Ground): OpenReport["status"][] {
  switch (ground.state.show) {
    case "missing":
      return ["draft"];
    case "returned":
      return ["returned"];
    default:
      return ["draft", "returned"];
  }
}

/** A share of what was expected, in per cent; null with nothing expected: neither 0 nor 100. */
function percent(sum: MonthSum | undefined, part: "filed" | "onTime"): number | null {
  const coverage = sum?.coverage;
  return coverage && coverage.expected > 0 ? (100 * coverage[part]) / coverage.expected : null;
}

function countAt(own: Months, part: keyof Coverage) {
  return (period: Period) => own.get(period)?.coverage[part] ?? null;
}

function shareKey(ground: Ground, own: Months, part: "filed" | "onTime"): KeyFigure {
  const { t } = ground.reader;
  const { to } = ground.range;
  const coverage = own.get(to)?.coverage;
  const index = ground.periods.indexOf(to);
  const before = ground.periods[index - 1];
  const value = percent(own.get(to), part);
  return {
    id: part,
    label: t(part === "filed" ? "dashboards:completeness.filedShare" : "dashboards:completeness.onTimeShare"),
    value: coverage && coverage.expected === 0 ? t("dashboards:notExpected") : shown(value, "percent"),
    change: changeOf(t, value, before ? percent(own.get(before), part) : null, {
      against: "lastMonth",
      format: "percent",
      better: "high",
    }),
    note: coverage
      ? t("dashboards:completeness.share", {
          part: shown(coverage[part], "count"),
          expected: shown(coverage.expected, "count"),
        })
      : undefined,
    spark: ground.periods.map((period) => percent(own.get(period), part)),
  };
}

function countKey(ground: Ground, own: Months, part: "missing" | "returned"): KeyFigure {
  const { t } = ground.reader;
  const at = countAt(own, part);
  return {
    id: part,
    label: t(part === "missing" ? "dashboards:completeness.missing" : "dashboards:completeness.returned"),
    value: shown(at(ground.range.to), "count"),
    unit: t("dashboards:unit.report"),
    spark: ground.periods.map(at),
  };
}

/** The stations behind "missing 7, returned 4". */
function openPanel(ground: Ground, open: readonly OpenReport[]): Panel {
  const { t, locale } = ground.reader;
  const month = formatPeriod(ground.range.to, locale);
  const cut = open.length === MOST_OPEN_REPORTS;
  return {
    id: "completeness-open",
    side: "full",
    title: t("dashboards:completeness.open", { month }),
    note: cut ? t("dashboards:completeness.cut", { count: MOST_OPEN_REPORTS }) : undefined,
    head: t("dashboards:head.station"),
    columns: [
      { label: t("dashboards:completeness.reportsTo"), format: "text" },
      { label: t("dashboards:completeness.dueOn"), format: "text" },
      { label: t("dashboards:completeness.excused"), format: "text" },
    ],
    rows: open.map(
      ({ stationId, name, parentName, dueOn, excused, status }): Row => ({
        ...(stationId === ground.place.id ? {} : { station: stationId }),
        name,
        cells: [parentName, formatDate(dueOn, locale), excused],
        ...(status === "returned"
          ? { tone: "bad", verdict: t("dashboards:completeness.returned") }
          : { tone: "warn", verdict: t("dashboards:completeness.missing") }),
      }),
    ),
    verdict: t("dashboards:completeness.state"),
    empty: t("dashboards:completeness.noneOpen", { month }),
  };
}

function childrenPanel(
  ground: Ground,
  children: Awaited<ReturnType<typeof readBreakdown>>["children"],
  to: Period,
  locale: Ground["reader"]["locale"],
): Panel {
  const { t } = ground.reader;
  const parts = ["expected", "filed", "accepted", "returned", "missing", "onTime"] as const;
  return {
    id: "completeness-children",
    side: "left",
    title: t("dashboards:completeness.children", { month: formatPeriod(to, locale) }),
    head: t("dashboards:head.station"),
    columns: [
      ...parts.map((part) => ({ label: t(`dashboards:completeness.${part}`), format: "count" as const })),
      { label: t("dashboards:completeness.filedShare"), format: "percent" },
    ],
    rows: children.flatMap((child): Row[] => {
      const month = child.months.get(to);
      if (!month) return [];
      const cells = [...parts.map((part) => month.coverage[part]), percent(month, "filed")];
      return [{ ...stationLink(child), name: child.name, cells }];
    }),
    picture: { kind: "ranking", column: 6, top: 100 },
    empty: t("dashboards:empty.nothingExpected"),
  };
}
