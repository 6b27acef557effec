import { type Indicator, SECTIONS } from "@muster/domain/indicator";
import { addMonths, type Period } from "@muster/domain/period";
import { combineMonths } from "@muster/domain/timespan";
import type { CellFormat } from "@muster/reports/table";
import { readableList } from "~/features/registers/list-behind";
import { formatPeriod } from "~/i18n/format";
import { notFound } from "~/server/errors.server";
import type { Ground } from "./ground.server";
import { changeOf, formatOf, indicatorKey, nameOf } from "./key-figures.server";
import { latestMonth, type Months, valueAt, valueOver, whole, yearBefore } from "./measure";
import type { Content, KeyFigure, Panel, Row } from "./model";
import { type Child, heatPanel, readBreakdown, topOf, trendPanel } from "./panels.server";
import { type Recount, recountOf } from "./recount.server";
import { shown } from "./values";

/** The indicator shown when the address names none. */
const FIRST_SHOWN = "C01";

/** Any indicator: its trend, its ranking and its heat table, and the whole report of the range as one table. */
export async function figuresContent(ground: Ground): Promise<Content> {
  const { t, locale } = ground.reader;
  const all = shownIndicators(ground);
  const asked = ground.state.indicator ?? FIRST_SHOWN;
  const indicator = all.find(({ code }) => code === asked) ?? (ground.state.indicator ? null : all[0]);
  if (!indicator) throw notFound();
  const codes = all.map(({ code }) => code);
  const [reported, recount] = await Promise.all([
    readBreakdown(ground, codes, [indicator.code]),
    recountOf(ground, indicator),
  ]);
  const own = recount?.months(reported.own, null) ?? reported.own;
  const children = reported.children.map((child) => ({
    ...child,
    months: recount?.months(child.months, child.id) ?? child.months,
  }));
  const year = { from: addMonths(ground.range.from, -12), to: ground.range.to };
  const indicators = ground.indicators([indicator.code], year);
  const name = nameOf(indicator, locale);
  const format = formatOf(indicator);
  const { level, leaf } = ground.place;
  const at = (period: Period) => valueAt(own.get(period), indicator, level);
  const options = SECTIONS.map((section) => ({
    section: t(`dashboards:section.${section}`),
    options: all
      .filter((one) => one.section === section)
      .map((one) => ({ value: one.code, label: `${one.code} ${nameOf(one, locale)}` })),
  })).filter((group) => group.options.length > 0);
  // The form shows what the page shows, also where the address named none.
  ground.state.indicator = indicator.code;
  const ranking = leaf ? null : rankingPanel(ground, children, indicator, recount);
  return {
    choices: options,
    keys: [
      indicatorKey(ground, own, indicators, indicator.code, {
        better: "none",
        label: `${indicator.code} ${name}`,
        ...(recount ? { value: recount.over(null), note: t("dashboards:figures.recounted") } : {}),
      }),
      latestKey(ground, own, indicator),
      ...(ranking ? extremes(ground, ranking, format) : []),
    ],
    panels: [
      trendPanel(
        ground,
        { id: "figures-trend", title: t("dashboards:figures.trend", { name, count: ground.periods.length }) },
        [{ label: name, format, at }],
        { marks: indicator.acrossTime === "sum" ? "bar" : "line", columns: [0] },
      ),
      ...(leaf
        ? []
        : [
            ...(ranking ? [ranking] : []),
            heatPanel(
              ground,
              { id: "figures-heat", title: t("dashboards:figures.heat", { name }) },
              children,
              format,
              (child, period) =>
                asked0(child, indicator, valueAt(child.months.get(period), indicator, child.level)),
            ),
          ]),
      allFigures(ground, own, all, recount),
    ],
  };
}

/** The last month alone, beside the range; it opens the records behind it, where the reader may see them. */
function latestKey(ground: Ground, own: Months, indicator: Indicator): KeyFigure {
  const { t, locale } = ground.reader;
  const last = latestMonth(own, ground.range) ?? ground.range.to;
  const format = formatOf(indicator);
  const at = (period: Period) => valueAt(own.get(period), indicator, ground.place.level);
  const list = readableList(ground.reader.ability, indicator.derivation ?? "", {
    stationId: ground.place.id,
    period: last,
    own: false,
  });
  return {
    id: "latest",
    label: formatPeriod(last, locale),
    value: shown(at(last), format),
    unit: format === "percent" ? undefined : t(`dashboards:unit.${indicator.unit}`),
    change: changeOf(t, at(last), at(addMonths(last, -1)), { against: "lastMonth", format, better: "none" }),
    note: list
      ? t("dashboards:figures.list")
      : changeOf(t, at(last), at(addMonths(last, -12)), { against: "sameMonth", format, better: "none" })
          ?.text,
    spark: [],
    to: list ?? undefined,
  };
}

/** The stations at both ends of a ranking. */
function extremes(ground: Ground, ranking: Panel, format: CellFormat): KeyFigure[] {
  const { t } = ground.reader;
  const [first, last] = [ranking.rows[0], ranking.rows.at(-1)];
  if (!first || !last || first === last) return [];
  const key = (id: "highest" | "lowest", { name, cells }: Row): KeyFigure => ({
    id,
    label: t(`dashboards:figures.${id}`),
    value: shown(cells[0] ?? null, format),
    note: name,
    spark: [],
  });
  return [key("highest", first), key("lowest", last)];
}

/**
 * Indicators that a reader may choose. Above the village the required staff is left out: the form asks it station
 * by station, and its sum would contradict the staffing page, where a town's people are rounded up once.
 */
function shownIndicators(ground: Ground): Indicator[] {
  const everything = ground.catalogue.at(ground.range.to).indicators.filter(({ hidden }) => !hidden);
  return ground.place.leaf ? everything : everything.filter(({ formula }) => formula?.kind !== "ceil");
}

/** A roll-up holds 0 for what its stations were never asked: show that as missing. */
function asked0(child: Child, indicator: Indicator, value: number | null): number | null {
  const homesOnly = indicator.kinds !== null && !indicator.kinds.includes("station");
  const home = [...child.months.values()].some(({ kind }) => kind !== "station");
  return value === 0 && homesOnly && !home && child.level !== "district" ? null : value;
}

function rankingPanel(
  ground: Ground,
  children: readonly Child[],
  indicator: Indicator,
  recount: Recount | null,
): Panel {
  const { t, locale } = ground.reader;
  const indicators = ground.indicators([indicator.code]);
  const rows = children
    .map((child): Row => {
      const value =
        recount?.over(child.id) ??
        valueOver(child.months, ground.range, indicators, indicator.code, child.level);
      return {
        ...(child.own ? {} : { station: child.id }),
        name: child.name,
        cells: [asked0(child, indicator, value)],
      };
    })
    .filter(({ cells }) => cells[0] !== null)
    .sort((a, b) => Number(b.cells[0]) - Number(a.cells[0]));
  const name = nameOf(indicator, locale);
  return {
    id: "figures-ranking",
    title: t("dashboards:figures.ranking", { name }),
    head: t("dashboards:head.station"),
    columns: [{ label: name, format: formatOf(indicator) }],
    rows,
    picture: { kind: "ranking", column: 0, top: topOf(rows.map((row) => row.cells[0] ?? null)) },
    empty: t(
      indicator.acrossTime === "distinct" && ground.periods.length > 1
        ? "dashboards:empty.distinct"
        : "dashboards:empty.figures",
    ),
  };
}

/** Every indicator of the report over the range, section by section; one of them perhaps counted again. */
export function allFigures(
  ground: Ground,
  own: Months,
  shownHere: readonly Indicator[],
  recount: Recount | null = null,
): Panel {
  const { t, locale } = ground.reader;
  const { level } = ground.place;
  const codes = shownHere.map(({ code }) => code);
  const before = yearBefore(ground.range);
  const months = [...own.values()].flatMap(({ period, figures }) => (figures ? [{ period, figures }] : []));
  const over = (range: typeof ground.range) =>
    combineMonths(ground.indicators(codes, range), months, range, level);
  const now = over(ground.range);
  const then = whole(own, before) ? over(before) : null;
  const last = latestMonth(own, ground.range) ?? ground.range.to;
  const previous = own.get(addMonths(last, -1));
  const rows = SECTIONS.flatMap((section): Row[] => {
    const inSection = shownHere.filter((indicator) => indicator.section === section);
    if (inSection.length === 0) return [];
    return [
      { name: t(`dashboards:section.${section}`), cells: [], heading: true },
      ...inSection.map((indicator): Row => {
        const { code } = indicator;
        return {
          code,
          name: `${code} ${nameOf(indicator, locale)}`,
          cells: [
            t(`dashboards:unit.${indicator.unit}`),
            (recount?.code === code ? recount.over(null) : null) ?? now[code] ?? null,
            ...(then ? [then[code] ?? null] : []),
            valueAt(own.get(last), indicator, level),
            valueAt(previous, indicator, level),
          ],
          format: formatOf(indicator),
        };
      }),
    ];
  });
  return {
    id: "figures-all",
    side: "full",
    title: t("dashboards:figures.all"),
    note: t("dashboards:figures.allNote"),
    head: t("dashboards:head.indicator"),
    columns: [
      { label: t("dashboards:head.unit"), format: "text" },
      { label: t("dashboards:head.range"), format: "decimal" },
      ...(then ? [{ label: t("dashboards:head.yearBefore"), format: "decimal" as const }] : []),
      { label: formatPeriod(last, locale), format: "decimal" },
      { label: formatPeriod(addMonths(last, -1), locale), format: "decimal" },
    ],
    rows: months.length > 0 ? rows : [],
    empty: t("dashboards:empty.figures"),
  };
}
