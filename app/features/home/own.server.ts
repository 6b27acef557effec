import type { LatestOwn, OwedMonth } from "@muster/db/queries/todos";
import { daysFrom, type LocalDate, type Period } from "@muster/domain/period";
import { dueDayOf } from "@muster/domain/standing";
import { formatDay, formatMonth, formatPeriod } from "~/i18n/format";
import type { Locale, Translate } from "~/i18n/locales";
import type { Tone } from "~/ui/tag";
import type { OwedCard, QuietCard, TodoLine } from "./model";

interface Reader {
  t: Translate;
  locale: Locale;
  today: LocalDate;
  stationId: number;
  /** The role submits; a clerk or liaison only fills in. */
  submits: boolean;
}

/** Days ahead from which a day counts as near. */
export const SOON_DAYS = 3;

/** What can still be done for, the most urgent first: sent back, then by day. */
export function openOwed(owed: readonly OwedMonth[], today: LocalDate): OwedMonth[] {
  const rank = (month: OwedMonth) => (month.status === "returned" ? 0 : month.status === "amending" ? 1 : 2);
  return owed
    .filter((month) => !month.closed && month.excused === null)
    .sort((a, b) => rank(a) - rank(b) || (dueDayOf(a, today) < dueDayOf(b, today) ? -1 : 1));
}

/** `2 days left`, `due today`, `3 days overdue`. */
export function left(due: LocalDate, { t, today }: Pick<Reader, "t" | "today">): string {
  const days = daysFrom(today, due);
  if (days === 0) return t("common:format.today");
  return days > 0
    ? t("common:format.daysLeft", { count: days })
    : t("common:format.daysOver", { count: -days });
}

/** The card at the top: the month owed first, by when, and one button. */
export function owedCard(month: OwedMonth, reader: Reader): OwedCard {
  const { t, locale, today, stationId, submits } = reader;
  const due = dueDayOf(month, today);
  const params = { period: formatMonth(month.period, locale) };
  const when = t("home:owed.due", { day: formatDay(due, locale), left: left(due, reader) });
  const what =
    month.status === "returned"
      ? t("home:owed.returnedText", { count: month.returned })
      : month.status === "amending"
        ? t("home:owed.amendingText")
        : month.given > 0
          ? t("home:owed.startedText")
          : t("home:owed.text");
  return {
    title: t(`home:owed.title.${kindOf(month)}`, params),
    text: `${when}${what}`,
    button: t(
      month.status === "returned" ? "home:owed.correct" : submits ? "home:owed.submit" : "home:owed.fill",
    ),
    to: `/stations/${stationId}/months/${month.period}`,
    late: due < today,
  };
}

/** An owed month as a line of the list. */
export function owedLine(month: OwedMonth, reader: Reader): TodoLine {
  const { t, locale, today, stationId } = reader;
  const due = dueDayOf(month, today);
  const tone: Tone =
    due < today ? "bad" : month.status === "returned" || daysFrom(today, due) <= SOON_DAYS ? "warn" : "info";
  const word =
    due < today
      ? t("home:word.late")
      : month.status === "returned"
        ? t("home:word.returned")
        : t("home:word.due");
  const day = t("home:own.due", { day: formatDay(due, locale), left: left(due, reader) });
  return {
    id: `own-${month.period}`,
    tone,
    word,
    title: t(`home:own.${kindOf(month)}`, {
      period: formatPeriod(month.period, locale),
      count: month.returned,
    }),
    note: month.unlockedUntil && month.unlockReason ? `${day} · ${month.unlockReason}` : day,
    to: `/stations/${stationId}/months/${month.period}`,
  };
}

function kindOf(month: OwedMonth): "draft" | "returned" | "amending" | "unlocked" {
  switch (month.status) {
    case "returned":
      return "returned";
    case "amending":
      return "amending";
    case "draft":
      return "draft";
    default:
      return "unlocked";
  }
}

/** Nothing is owed: how the last month stands. Null for a station that files none. */
export function quietCard(latest: LatestOwn | null, { t, locale }: Reader): QuietCard | null {
  if (!latest) return null;
  const params = { period: formatMonth(latest.period as Period, locale) };
  const settled = latest.status === "accepted" || latest.status === "locked";
  return {
    title: t(settled ? "home:quiet.accepted" : "home:quiet.submitted", params),
    text: t(settled ? "home:quiet.acceptedText" : "home:quiet.submittedText"),
  };
}
