import type { ReviewMonth, UnlockedReport } from "@muster/db/queries/review";
import { daysFrom, type LocalDate, localDate } from "@muster/domain/period";
import { formatDay, formatPeriod } from "~/i18n/format";
import type { Locale, Translate } from "~/i18n/locales";
import type { TodoLine } from "./model";
import { left, SOON_DAYS } from "./own.server";

interface Reader {
  t: Translate;
  locale: Locale;
  today: LocalDate;
  /** May accept or return; an overseer only looks. */
  decides: boolean;
  /** Closes the month: a head signs it off, the city locks it. */
  closes: "sign_off" | "lock" | null;
}

/** When a month has to be closed: the town's day to sign off, the city's to lock. */
export type ClosingDay = (month: ReviewMonth) => LocalDate;

/** What the review of one month asks for, each line leading to exactly those reports. */
export function reviewLines(month: ReviewMonth, closingDay: ClosingDay, reader: Reader): TodoLine[] {
  // A closed month asks for nothing any more but a decision on what the city has opened again.
  if (month.locked) return waitingLines(month, month.reopened, reader);
  const lines: TodoLine[] = [];
  const { t, locale, today } = reader;
  const period = formatPeriod(month.period, locale);
  const at = (status: string) => `/review?period=${month.period}&status=${status}`;
  const id = (what: string) => `${what}-${month.period}`;
  if (month.overdue > 0) {
    lines.push({
      id: id("overdue"),
      tone: "bad",
      word: t("home:word.late"),
      title: t("home:below.overdue", { period, count: month.overdue }),
      note: t("home:below.overdueNote", { day: formatDay(month.dueOn, locale) }),
      to: at("missing"),
    });
  } else if (month.missing > 0 && daysFrom(today, month.dueOn) <= SOON_DAYS) {
    lines.push({
      id: id("missing"),
      tone: "warn",
      word: t("home:word.soon"),
      title: t("home:below.missing", { period, count: month.missing }),
      note: t("home:own.due", { day: formatDay(month.dueOn, locale), left: left(month.dueOn, reader) }),
      to: at("missing"),
    });
  }
  lines.push(...waitingLines(month, month.waiting, reader));
  if (month.returned > 0) {
    lines.push({
      id: id("returned"),
      tone: "info",
      word: t("home:word.waits"),
      title: t("home:below.returned", { period, count: month.returned }),
      note: t("home:below.returnedNote"),
      to: at("returned"),
    });
  }
  if (month.unsettled > 0) {
    lines.push({
      id: id("unsettled"),
      tone: closingDay(month) < today ? "bad" : "info",
      word: t(closingDay(month) < today ? "home:word.late" : "home:word.waits"),
      title: t("home:below.unsettled", { period, count: month.unsettled }),
      note: t("home:below.unsettledNote"),
      to: at("accepted"),
    });
  }
  const closing = closingLine(month, closingDay(month), reader);
  return closing ? [closing, ...lines] : lines;
}

/** The reports of a month that wait for this reader's decision. */
function waitingLines(
  { period, oldestAt }: ReviewMonth,
  count: number,
  { t, locale, today, decides }: Reader,
): TodoLine[] {
  if (count === 0 || !decides) return [];
  const oldest = oldestAt ? localDate(new Date(oldestAt)) : today;
  const days = daysFrom(oldest, today);
  return [
    {
      id: `waiting-${period}`,
      tone: days > SOON_DAYS ? "warn" : "info",
      word: t("home:word.review"),
      title: t("home:below.waiting", { period: formatPeriod(period, locale), count }),
      note: t("home:below.oldest", { day: formatDay(oldest, locale), count: days }),
      to: `/review?period=${period}&status=waiting`,
    },
  ];
}

/** The month can be closed, or should have been. */
function closingLine(
  month: ReviewMonth,
  due: LocalDate,
  { t, locale, today, closes }: Reader,
): TodoLine | null {
  if (!closes || month.signedOff || !month.begun) return null;
  const ready = month.accepted + month.excused === month.expected && month.unsettled === 0;
  const late = due < today;
  if (!ready && !late) return null;
  const key = closes === "lock" ? (ready ? "lock" : "lockLate") : ready ? "signOff" : "signOffLate";
  return {
    id: `closing-${month.period}`,
    tone: late ? "bad" : "info",
    word: t(late ? "home:word.late" : "home:word.ready"),
    title: t(`home:below.${key}`, { period: formatPeriod(month.period, locale) }),
    note: t("home:below.closingNote", { day: formatDay(due, locale), left: left(due, { t, today }) }),
    to: `/review/${closes === "lock" ? "lock" : "sign-off"}?period=${month.period}`,
  };
}

/** Stations the city has opened: one line for all, the first to end in it. */
export function unlockedLine(
  unlocked: readonly UnlockedReport[],
  { t, locale, today }: Pick<Reader, "t" | "locale" | "today">,
): TodoLine[] {
  const open = unlocked.filter((each) => each.until >= today);
  const [first] = open;
  if (!first) return [];
  const near = daysFrom(today, first.until) <= SOON_DAYS;
  return [
    {
      id: "unlocked",
      tone: near ? "warn" : "info",
      word: t(near ? "home:word.soon" : "home:word.open"),
      title: t("home:below.unlocked", { count: open.length }),
      note: t("home:below.unlockedNote", { name: first.name, day: formatDay(first.until, locale) }),
      to: `/review/lock?period=${first.period}`,
    },
  ];
}

/** Invitations nobody has taken up yet. */
export function invitationLine(
  { open, ending }: { open: number; ending: number },
  { t }: Pick<Reader, "t">,
): TodoLine[] {
  if (open === 0) return [];
  return [
    {
      id: "invitations",
      tone: ending > 0 ? "warn" : "mute",
      word: t(ending > 0 ? "home:word.soon" : "home:word.open"),
      title: t("home:below.invitations", { count: open }),
      note:
        ending > 0 ? t("home:below.invitationsEnding", { count: ending }) : t("home:below.invitationsNote"),
      to: "/users/invitations",
    },
  ];
}
