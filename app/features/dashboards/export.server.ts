import { FILE_FORMATS } from "@muster/reports/download";
import type { ReportColumn, ReportTable } from "@muster/reports/table";
import { z } from "zod";
import { formatDateTime, formatPeriod } from "~/i18n/format";
import type { Locale, Translate } from "~/i18n/locales";
import { type Frame, PAGES, type Panel } from "./model";
import type { DashboardData } from "./page.server";
import { DashboardSearch } from "./search.server";
import { shown } from "./values";

/** A dashboard's address with the file asked for: one of the page's tables, or all. */
export const ExportSearch = DashboardSearch.extend({
  page: z.enum(PAGES),
  format: z.enum(FILE_FORMATS),
  table: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .optional(),
});

interface Words {
  t: Translate;
  locale: Locale;
}

/** The tables of a dashboard as they stand on screen; null when it has none of this name. */
export function tablesOf(data: DashboardData, table: string | undefined, words: Words): ReportTable[] | null {
  const wanted = data.panels.filter(({ id, rows }) => (table ? id === table : rows.length > 0));
  if (wanted.length === 0) return null;
  const notes = notesOf(data.frame, words);
  const { t } = words;
  const time = formatDateTime(data.frame.at);
  const watermark = t("dashboards:export.watermark", { name: data.frame.reader, time });
  return wanted.map((panel) => ({
    title: panel.title,
    columns: columnsOf(panel, words),
    rows: panel.rows.map((row) => [
      row.name,
      ...panel.columns.map((column, i) => {
        const cell = row.cells[i] ?? null;
        // Where a column holds several kinds of numbers, each row writes its own as the screen does.
        return row.format === "percent" && column.format !== "text" && cell !== null
          ? shown(cell, "percent")
          : moneyOf(cell, row.format);
      }),
      ...(panel.verdict ? [row.verdict ?? null] : []),
    ]),
    notes,
    watermark,
  }));
}

/** Money in a column of mixed figures: in yuan, as the row's unit says. */
function moneyOf(cell: Panel["rows"][number]["cells"][number], format: Panel["rows"][number]["format"]) {
  return format === "money" && typeof cell === "number" ? cell / 100 : cell;
}

function columnsOf(panel: Panel, { locale }: Words): ReportColumn[] {
  return [
    { label: panel.head },
    ...panel.columns.map(({ label, format, period }) => ({
      label: period ? formatPeriod(period, locale) : label,
      format,
    })),
    ...(panel.verdict ? [{ label: panel.verdict }] : []),
  ];
}

/** What the file rests on, in the words of the page. */
function notesOf({ state, place, coverage }: Frame, { t, locale }: Words): string[] {
  const month = formatPeriod(state.to, locale);
  const span = t("dashboards:range", { from: formatPeriod(state.from, locale), to: month });
  const grounds = [t(`dashboards:basis.${state.basis}`), t(`dashboards:boundaries.${state.boundaries}`)];
  const rests = !coverage
    ? t("dashboards:rests.unopened", { month })
    : coverage.expected === 0
      ? t("dashboards:rests.none", { month })
      : [
          t("dashboards:rests.line", { month, ...coverage }),
          t("dashboards:rests.returned", { count: coverage.returned }),
          t("dashboards:rests.missing", { count: coverage.missing }),
        ].join(" ");
  return [[place.name, span, ...grounds].join(" · "), `${t("dashboards:rests.title")}: ${rests}`];
}

/** The file's name: what, where, which months. */
export function fileNameOf(
  { page, state, place }: Frame,
  table: ReportTable | undefined,
  { t }: Words,
): string {
  return t("dashboards:export.file", {
    title: table?.title ?? t(`dashboards:title.${page}`),
    place: place.name,
    from: state.from,
    to: state.to,
  });
}
