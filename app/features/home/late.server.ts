import type { LateMonth } from "@muster/db/queries/late-entries";
import { formatPeriod } from "~/i18n/format";
import type { Locale, Translate } from "~/i18n/locales";
import type { TodoLine } from "./model";

/** Months whose records have changed since they were handed in. */
export function lateLines(
  months: readonly LateMonth[],
  stationId: number,
  { t, locale }: { t: Translate; locale: Locale },
): TodoLine[] {
  return months.map(({ period, entries }) => ({
    id: `late-${period}`,
    tone: "warn",
    word: t("home:word.due"),
    title: t("home:late.title", { period: formatPeriod(period, locale) }),
    note: t("home:late.note", { count: entries.length }),
    to: `/stations/${stationId}/months/${period}`,
  }));
}
