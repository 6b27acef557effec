import type { PetitionTodos } from "@muster/db/queries/petitions/read";
import type { ReceptionTodos } from "@muster/db/queries/reception/list";
import { daysFrom } from "@muster/domain/period";
import { NEAR_DAYS } from "@muster/domain/petition";
import { formatDay } from "~/i18n/format";
import type { Locale, Translate } from "~/i18n/locales";
import type { TodoLine } from "./model";
import { left, SOON_DAYS } from "./own.server";

interface Reader {
  t: Translate;
  locale: Locale;
  today: string;
}

/** What the counter log asks for: things to do later, answers that came back, questions from below. */
export function receptionLines({ own, replied, asked }: ReceptionTodos, reader: Reader): TodoLine[] {
  const { t, locale, today } = reader;
  const lines: TodoLine[] = [];
  if (own.count > 0 && own.dueOn) {
    const late = own.overdue > 0;
    lines.push({
      id: "reception-own",
      tone: late ? "bad" : daysFrom(today, own.dueOn) <= SOON_DAYS ? "warn" : "info",
      word: t(late ? "home:word.late" : "home:word.due"),
      title: late
        ? t("home:reception.ownLate", { count: own.count, overdue: own.overdue })
        : t("home:reception.own", { count: own.count }),
      note: t("home:reception.ownNote", { day: formatDay(own.dueOn, locale), left: left(own.dueOn, reader) }),
      to: "/reception?state=to_do",
    });
  }
  if (replied > 0) {
    lines.push({
      id: "reception-replied",
      tone: "warn",
      word: t("home:word.due"),
      title: t("home:reception.replied", { count: replied }),
      note: t("home:reception.repliedNote"),
      to: "/reception?state=replied",
    });
  }
  if (asked > 0) {
    lines.push({
      id: "reception-asked",
      tone: "warn",
      word: t("home:word.review"),
      title: t("home:reception.asked", { count: asked }),
      note: t("home:reception.askedNote"),
      to: "/reception?view=asked",
    });
  }
  return lines;
}

/** What petitions ask for: clocks that run, time to be granted, reviews, and what is overdue below. */
export function petitionLines({ own, time, reviews, climbed }: PetitionTodos, reader: Reader): TodoLine[] {
  const { t, locale, today } = reader;
  const lines: TodoLine[] = [];
  const note = (dueOn: string) =>
    t("home:petition.ownNote", { day: formatDay(dueOn, locale), left: left(dueOn, reader) });
  if (own.count > 0 && own.dueOn) {
    const late = own.overdue > 0;
    lines.push({
      id: "petitions-own",
      tone: late ? "bad" : daysFrom(today, own.dueOn) <= NEAR_DAYS ? "warn" : "info",
      word: t(late ? "home:word.late" : "home:word.due"),
      title: late
        ? t("home:petition.ownLate", { count: own.count, overdue: own.overdue })
        : t("home:petition.own", { count: own.count }),
      note: note(own.dueOn),
      to: "/petitions?state=running&own=1",
    });
  }
  if (time > 0) {
    lines.push({
      id: "petitions-time",
      tone: "warn",
      word: t("home:word.review"),
      title: t("home:petition.time", { count: time }),
      note: t("home:petition.timeNote"),
      to: "/petitions?state=accepted",
    });
  }
  if (reviews.count > 0 && reviews.dueOn) {
    lines.push({
      id: "petitions-reviews",
      tone: reviews.dueOn < today ? "bad" : "warn",
      word: t("home:word.review"),
      title: t("home:petition.reviews", { count: reviews.count }),
      note: note(reviews.dueOn),
      to: "/petitions?view=review",
    });
  }
  if (climbed.count > 0 && climbed.dueOn) {
    lines.push({
      id: "petitions-climbed",
      tone: "bad",
      word: t("home:word.late"),
      title: t("home:petition.climbed", { count: climbed.count }),
      note: t("home:petition.climbedNote", { day: formatDay(climbed.dueOn, locale) }),
      to: "/petitions?view=climbed",
    });
  }
  return lines;
}
