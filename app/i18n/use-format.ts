import type { LocalDate, Period } from "@muster/domain/period";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import * as format from "./format";
import { DEFAULT_LOCALE, isLocale, type Locale } from "./locales";

/** The language of the page. */
export function useLocale(): Locale {
  const { i18n } = useTranslation();
  return isLocale(i18n.language) ? i18n.language : DEFAULT_LOCALE;
}

/** The formatters in the language of the page: `const f = useFormat(); f.period(p)`, `f.integer(12)`. */
export function useFormat() {
  const locale = useLocale();
  const { t } = useTranslation();
  return useMemo(
    () => ({
      period: (period: Period) => format.formatPeriod(period, locale),
      month: (period: Period) => format.formatMonth(period, locale),
      date: (day: LocalDate) => format.formatDate(day, locale),
      day: (day: LocalDate) => format.formatDay(day, locale),
      dateTime: format.formatDateTime,
      integer: format.formatInteger,
      change: format.formatChange,
      money: format.formatMoney,
      percent: format.formatPercent,
      decimal: format.formatDecimal,
      /** "2 days left", "due today", "3 days overdue". */
      daysLeft: (days: number) => {
        const { key, count } = format.daysLeft(days);
        return t(key, { count });
      },
    }),
    [locale, t],
  );
}
