import type { AuditLine } from "@muster/db/queries/audit-search";
import type { ReportTable } from "@muster/reports/table";
import { formatDateTime } from "~/i18n/format";
import { type AuditWords, actionLabel, changesAsText, subjectInWords } from "./audit-words.server";

/** Entries in one file; whoever needs more narrows the dates. */
export const MOST_EXPORTED = 5000;

/** The entries as a table of a file, in the words of the page, with what was changed in one column. */
export function auditTable(
  entries: readonly AuditLine[],
  words: AuditWords,
  { reader, now, more }: { reader: string; now: Date; more: boolean },
): ReportTable {
  const { t } = words;
  return {
    title: t("audit:title"),
    columns: [
      { label: t("audit:column.at") },
      { label: t("audit:column.action") },
      { label: t("audit:column.station") },
      { label: t("audit:column.who") },
      { label: t("audit:column.role") },
      { label: t("audit:column.subject") },
      { label: t("audit:detail.changes") },
      { label: t("audit:column.reference") },
      { label: t("audit:column.ip") },
    ],
    rows: entries.map((entry) => [
      formatDateTime(entry.at),
      actionLabel(entry.action, t),
      entry.stationName,
      entry.userName,
      t(`nav:role.${entry.role as "head"}`),
      subjectInWords(entry, words),
      changesAsText(entry, words),
      entry.reference,
      entry.ip,
    ]),
    notes: more ? [t("audit:export.more", { count: entries.length })] : [],
    watermark: t("dashboards:export.watermark", { name: reader, time: formatDateTime(now) }),
  };
}
