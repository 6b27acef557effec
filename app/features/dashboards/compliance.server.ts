import {
  type Compliance,
  type FailingStation,
  MOST_FAILING,
  type Rectification,
  stationsMissing,
} from "@muster/db/queries/dashboards/compliance";
import { localDate, type Period } from "@muster/domain/period";
import { formatDate } from "~/i18n/format";
import { failingPanel, itemsPanel, levelsPanel, matrixPanel, rankingPanel } from "./compliance-panels.server";
import type { Ground } from "./ground.server";
import { dimensionHistoryPanel, itemHistoryPanel, missingPanel } from "./history-panels.server";
import { valueAt } from "./measure";
import type { Content, KeyFigure } from "./model";
import { type Child, heatPanel, indicatorOf, readBreakdown, trendPanel } from "./panels.server";
import { below, fromReports, percent, total } from "./records.server";
import { rectificationPanel } from "./rectification-panel.server";
import { shown } from "./values";

const CODES = ["B01", "B03", "B04"];

/**
 * The Five Haves: how the stations stand today by their verified assessments, what fails, since when and who puts it
 * right; and the reported rate month by month (B03 / B01).
 */
export async function complianceContent(ground: Ground): Promise<Content> {
  const { tx, place, range } = ground;
  const asked = ground.state.item;
  const [{ own, children }, standing, failing, findings, history, missing] = await Promise.all([
    readBreakdown(ground, CODES),
    ground.records.compliance(),
    ground.records.failing(ground.reader.whole ? null : MOST_FAILING),
    ground.records.findings(range),
    place.leaf ? null : ground.records.verdicts(range),
    asked && !place.leaf ? stationsMissing(tx, place, asked, ground.reader.whole ? null : MOST_FAILING) : [],
  ]);
  const { t } = ground.reader;
  const rate = indicatorOf(ground.indicators(CODES), "B04");
  const rateAt = (child: Pick<Child, "months" | "level">, period: Period) =>
    rate ? valueAt(child.months.get(period), rate, child.level) : null;
  const reported = { months: own, level: place.level };
  const count = (code: string) => (period: Period) => own.get(period)?.figures?.[code] ?? null;
  const rates = ground.periods.map((period) => rateAt(reported, period));
  const trend = trendPanel(
    ground,
    {
      id: "compliance-trend",
      side: "left",
      title: t("dashboards:compliance.trend", { name: place.name, count: ground.periods.length }),
      note: fromReports(ground),
    },
    [
      { label: t("dashboards:compliance.rate"), format: "percent", at: (period) => rateAt(reported, period) },
      { label: t("dashboards:compliance.required"), format: "count", at: count("B01") },
      { label: t("dashboards:compliance.meeting"), format: "count", at: count("B03") },
    ],
    {
      marks: "line",
      columns: [0],
      standard: { value: 100, label: t("dashboards:standard", { value: "100%" }) },
    },
  );
  if (!history) {
    return {
      keys: [
        verdictKey(ground, standing, failing[0]),
        gradeKey(ground, standing),
        missedKey(ground, standing),
        findingsKey(ground, findings),
      ],
      panels: [itemsPanel(ground, standing), trend],
    };
  }
  const stations = below(ground, standing.groups);
  const item = standing.items.find((count) => count.item.code === asked);
  return {
    keys: [
      rateKey(ground, standing, rates),
      verifiedKey(ground, standing),
      failingKey(ground, standing, failing),
      findingsKey(ground, findings),
    ],
    panels: [
      ...(item ? [missingPanel(ground, item.item, item.missed, missing)] : []),
      levelsPanel(ground, standing),
      rankingPanel(ground, stations),
      matrixPanel(ground, stations),
      itemsPanel(ground, standing),
      failingPanel(ground, standing, failing),
      trend,
      dimensionHistoryPanel(ground, history),
      itemHistoryPanel(ground, history),
      ...(findings.length > 0 ? [rectificationPanel(ground, below(ground, findings))] : []),
      heatPanel(
        ground,
        {
          id: "compliance-heat",
          side: "right",
          title: t("dashboards:compliance.heat"),
          note: fromReports(ground),
        },
        children,
        "percent",
        rateAt,
        { good: 100, warn: 90 },
      ),
    ],
  };
}

function rateKey(ground: Ground, { groups }: Compliance, spark: (number | null)[]): KeyFigure {
  const { t } = ground.reader;
  const { meeting, verified } = total(groups, ["meeting", "verified"]);
  return {
    id: "rate",
    label: t("dashboards:compliance.rateNow"),
    value: shown(percent(meeting, verified), "percent"),
    note: t("dashboards:compliance.rateNote", {
      meeting: shown(meeting, "count"),
      verified: shown(verified, "count"),
    }),
    spark,
  };
}

function verifiedKey(ground: Ground, { groups }: Compliance): KeyFigure {
  const { t } = ground.reader;
  const { required, verified } = total(groups, ["required", "verified"]);
  const open = required - verified;
  return {
    id: "verified",
    label: t("dashboards:compliance.verified"),
    value: shown(verified, "count"),
    unit: t("dashboards:of", { total: shown(required, "count") }),
    note:
      open > 0
        ? t("dashboards:compliance.unverified", { count: open })
        : t("dashboards:compliance.allVerified"),
    spark: [],
  };
}

function failingKey(ground: Ground, { groups }: Compliance, failing: readonly FailingStation[]): KeyFigure {
  const { t, locale } = ground.reader;
  const { meeting, verified } = total(groups, ["meeting", "verified"]);
  const longest = failing[0];
  return {
    id: "failing",
    label: t("dashboards:compliance.failing"),
    value: verified === 0 ? shown(null, "count") : shown(verified - meeting, "count"),
    unit: t("dashboards:unit.station"),
    note: longest
      ? t("dashboards:compliance.longest", {
          name: longest.name,
          date: formatDate(longest.failingSince, locale),
        })
      : undefined,
    spark: [],
  };
}

function findingsKey(ground: Ground, findings: readonly Rectification[]): KeyFigure {
  const { t } = ground.reader;
  const { open, answered, overdue, closed } = total(findings, ["open", "answered", "overdue", "closed"]);
  return {
    id: "findings",
    label: t("dashboards:compliance.unsettled"),
    value: shown(open + answered, "count"),
    unit: t("dashboards:unit.item"),
    change:
      overdue > 0
        ? { direction: "up", tone: "bad", text: t("dashboards:compliance.overdue", { count: overdue }) }
        : undefined,
    note: t("dashboards:compliance.closedNote", { count: closed }),
    spark: [],
  };
}

/** Of one station: whether it meets the Five Haves, or that nobody has verified it. */
function verdictKey(ground: Ground, { groups }: Compliance, failing: FailingStation | undefined): KeyFigure {
  const { t, locale } = ground.reader;
  const { verified, required } = total(groups, ["verified", "required"]);
  const day = failing && formatDate(failing.failingSince, locale);
  return {
    id: "verdict",
    label: t("dashboards:compliance.verdict"),
    value:
      required === 0
        ? t("dashboards:notAsked")
        : verified === 0
          ? t("dashboards:compliance.never")
          : t(failing ? "dashboards:compliance.fails" : "dashboards:meets"),
    note: day ? t("dashboards:compliance.sinceDay", { date: day }) : undefined,
    spark: [],
  };
}

function gradeKey(ground: Ground, { groups, grades }: Compliance): KeyFigure {
  const { t, locale } = ground.reader;
  const grade = grades.find(({ code }) => groups.some((group) => group.grade === code));
  const judged = groups.some(({ verified }) => verified > 0);
  return {
    id: "grade",
    label: t("dashboards:compliance.grade"),
    value: grade
      ? grade.name[locale === "zh-CN" ? "zh" : "en"]
      : judged
        ? t("dashboards:compliance.noGrade")
        : shown(null, "text"),
    spark: [],
  };
}

function missedKey(ground: Ground, { items }: Compliance): KeyFigure {
  const { t } = ground.reader;
  const missed = items.filter((item) => item.missed > 0);
  return {
    id: "missed",
    label: t("dashboards:compliance.itemsMissed"),
    value: items.length === 0 ? shown(null, "count") : shown(missed.length, "count"),
    unit: t("dashboards:of", { total: shown(items.length, "count") }),
    note: t("dashboards:compliance.asOfToday", {
      date: formatDate(localDate(ground.reader.now), locale(ground)),
    }),
    spark: [],
  };
}

function locale({ reader }: Ground) {
  return reader.locale;
}
