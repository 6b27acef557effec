import { addMonths, type Period } from "@muster/domain/period";
import { formatPeriod } from "~/i18n/format";
import type { Ground } from "./ground.server";
import { indicatorKey } from "./key-figures.server";
import { latestMonth, valueAt } from "./measure";
import type { Content, KeyFigure, Panel, Row } from "./model";
import { type Child, heatPanel, indicatorOf, readBreakdown, trendPanel } from "./panels.server";
import { shown } from "./values";

/** Up to one station in so many below the standard is a warning, more is bad. */
const WARN_BELOW = 10;
const CODES = ["B01", "B02", "B03", "B04"];

/** The Five Haves: stations that meet all five against those required (B03 / B01), and which fail since when. */
export async function complianceContent(ground: Ground): Promise<Content> {
  const { own, children } = await readBreakdown(ground, CODES);
  const { t } = ground.reader;
  const indicators = ground.indicators(CODES, {
    from: addMonths(ground.range.from, -12),
    to: ground.range.to,
  });
  const asOf = latestMonth(own, ground.range) ?? ground.range.to;
  const rate = indicatorOf(indicators, "B04");
  const rateAt = (child: Pick<Child, "months" | "level">, period: Period) =>
    rate ? valueAt(child.months.get(period), rate, child.level) : null;
  const place = { months: own, level: ground.place.level };
  const last = own.get(asOf)?.figures;
  const failing = gap(last?.B01, last?.B03);
  const count = (code: string) => (period: Period) => own.get(period)?.figures?.[code] ?? null;
  return {
    keys: [
      indicatorKey(ground, own, indicators, "B04", { better: "high" }),
      indicatorKey(ground, own, indicators, "B03", {
        better: "high",
        unit: t("dashboards:of", { total: shown(last?.B01 ?? null, "count") }),
      }),
      failingKey(ground, failing, (period) => gap(count("B01")(period), count("B03")(period))),
      indicatorKey(ground, own, indicators, "B02", { better: "high" }),
    ],
    panels: [
      ...(ground.place.leaf ? [] : [rankingPanel(ground, children, asOf, rateAt)]),
      trendPanel(
        ground,
        {
          id: "compliance-trend",
          title: t("dashboards:compliance.trend", { name: ground.place.name, count: ground.periods.length }),
        },
        [
          {
            label: t("dashboards:compliance.rate"),
            format: "percent",
            at: (period) => rateAt(place, period),
          },
          { label: t("dashboards:compliance.required"), format: "count", at: count("B01") },
          { label: t("dashboards:compliance.meeting"), format: "count", at: count("B03") },
        ],
        {
          marks: "line",
          columns: [0],
          standard: { value: 100, label: t("dashboards:standard", { value: "100%" }) },
        },
      ),
      ...(ground.place.leaf
        ? []
        : [
            heatPanel(
              ground,
              { id: "compliance-heat", title: t("dashboards:compliance.heat") },
              children,
              "percent",
              rateAt,
              { good: 100, warn: 90 },
            ),
          ]),
    ],
  };
}

function failingKey(
  ground: Ground,
  failing: number | null,
  at: (period: Period) => number | null,
): KeyFigure {
  const { t } = ground.reader;
  return {
    id: "failing",
    label: t("dashboards:compliance.failing"),
    value: shown(failing, "count"),
    unit: t("dashboards:unit.station"),
    note: t("dashboards:compliance.failingNote"),
    spark: ground.periods.map(at),
  };
}

function rankingPanel(
  ground: Ground,
  children: readonly Child[],
  asOf: Period,
  rateAt: (child: Child, period: Period) => number | null,
): Panel {
  const { t, locale } = ground.reader;
  const judged = children.flatMap((child) => {
    const figures = child.months.get(asOf)?.figures;
    return figures ? [{ child, required: figures.B01 ?? null, meeting: figures.B03 ?? null }] : [];
  });
  judged.sort(
    (a, b) => (rateAt(a.child, asOf) ?? 101) - (rateAt(b.child, asOf) ?? 101) || a.child.sort - b.child.sort,
  );
  return {
    id: "compliance-ranking",
    title: t("dashboards:compliance.ranking"),
    note: t("dashboards:asOf", { month: formatPeriod(asOf, locale) }),
    head: t("dashboards:head.station"),
    columns: [
      { label: t("dashboards:compliance.required"), format: "count" },
      { label: t("dashboards:compliance.meeting"), format: "count" },
      { label: t("dashboards:compliance.failing"), format: "count" },
      { label: t("dashboards:compliance.rate"), format: "percent" },
    ],
    rows: judged.map(
      ({ child, required, meeting }): Row => ({
        ...(child.own ? {} : { station: child.id }),
        name: child.name,
        cells: [required, meeting, gap(required, meeting), rateAt(child, asOf)],
        ...verdictOf(ground, child, asOf, required, meeting),
      }),
    ),
    verdict: t("dashboards:head.verdict"),
    picture: { kind: "ranking", column: 3, top: 100, standard: 100 },
    empty: t("dashboards:empty.figures"),
  };
}

function verdictOf(
  ground: Ground,
  child: Child,
  asOf: Period,
  required: number | null,
  meeting: number | null,
): Pick<Row, "tone" | "verdict"> {
  const { t, locale } = ground.reader;
  const failing = gap(required, meeting);
  if (failing === null || required === 0) return { tone: "mute", verdict: t("dashboards:notAsked") };
  if (failing <= 0) return { tone: "good", verdict: t("dashboards:meets") };
  if (required !== 1)
    return {
      tone: failing * WARN_BELOW > (required ?? 0) ? "bad" : "warn",
      verdict: t("dashboards:compliance.short", { count: failing }),
    };
  const since = failingSince(ground, child, asOf);
  return { tone: "bad", verdict: t("dashboards:compliance.since", { month: formatPeriod(since, locale) }) };
}

/** The first month of the unbroken run of failing months that ends with `asOf`, as far as the range shows. */
function failingSince(ground: Ground, child: Child, asOf: Period): Period {
  let since = asOf;
  for (const period of [...ground.periods].reverse()) {
    if (period > asOf) continue;
    const figures = child.months.get(period)?.figures;
    if (!figures || gap(figures.B01, figures.B03) === 0) break;
    since = period;
  }
  return since;
}

function gap(required: number | null | undefined, meeting: number | null | undefined): number | null {
  return required === null || required === undefined ? null : required - (meeting ?? 0);
}
