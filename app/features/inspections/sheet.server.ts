import type { FindingRow } from "@muster/db/queries/findings/read";
import type { LocalDate } from "@muster/domain/period";
import type { ReportTable } from "@muster/reports/table";
import { formatDate, formatDateTime } from "~/i18n/format";
import type { Locale, Translate } from "~/i18n/locales";
import { lineOf } from "./finding-lines.server";

interface Said {
  t: Translate;
  locale: Locale;
  now: Date;
  today: LocalDate;
  reader: string;
  station: string;
  /** There are more than the file holds. */
  cut: boolean;
}

/** The ledger as a table of a file: what the screen shows, and who judges. */
export function ledgerTable(rows: readonly FindingRow[], said: Said): ReportTable {
  const { t, locale, now, today, reader, station, cut } = said;
  return {
    title: t("inspections:sheet.title", { station }),
    columns: [
      { label: t("inspections:sheet.no"), format: "count" },
      { label: t("inspections:column.parent") },
      { label: t("inspections:column.station") },
      { label: t("inspections:column.item") },
      { label: t("inspections:column.body") },
      { label: t("inspections:column.severity") },
      { label: t("inspections:column.state") },
      { label: t("inspections:column.by") },
      { label: t("inspections:column.openedOn") },
      { label: t("inspections:column.dueOn") },
      { label: t("inspections:sheet.days"), format: "count" },
      { label: t("inspections:column.endedOn") },
    ],
    rows: rows.map((row, place) => {
      const line = lineOf(row, today);
      const item = locale === "zh-CN" ? line.itemZh : line.itemEn;
      return [
        place + 1,
        line.parentName,
        line.stationName,
        [line.itemCode, item].filter(Boolean).join(" "),
        line.body,
        t(`inspections:severity.${line.severity}`),
        t(`inspections:status.${line.state}`),
        line.byStationName,
        line.openedOn,
        line.dueOn,
        line.over > 0 ? line.over : null,
        line.endedOn,
      ];
    }),
    notes: [
      t("inspections:sheet.asOf", { date: formatDate(today, locale) }),
      ...(cut ? [t("inspections:sheet.more", { count: rows.length })] : []),
    ],
    watermark: t("dashboards:export.watermark", { name: reader, time: formatDateTime(now) }),
  };
}
