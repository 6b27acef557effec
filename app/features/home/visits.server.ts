import { DUE_SOON_DAYS } from "@muster/domain/visit";
import { formatDay } from "~/i18n/format";
import type { Locale, Translate } from "~/i18n/locales";
import type { TodoLine } from "./model";

/** What the register of visits asks of the own station. */
export interface VisitTodos {
  due: { people: number; overdue: number };
  follow: { count: number; late: number; first: string | null };
}

/** Visits that are due or overdue, and what is to follow of earlier ones. */
export function visitLines(
  { due, follow }: VisitTodos,
  { t, locale }: { t: Translate; locale: Locale },
): TodoLine[] {
  const lines: TodoLine[] = [];
  if (due.people > 0) {
    const late = due.overdue > 0;
    lines.push({
      id: "visits-due",
      tone: late ? "bad" : "info",
      word: t(late ? "home:word.late" : "home:word.due"),
      title: late
        ? t("home:visits.overdue", { count: due.people, overdue: due.overdue })
        : t("home:visits.due", { count: due.people }),
      note: t("home:visits.dueNote", { count: DUE_SOON_DAYS }),
      to: "/visits/due",
    });
  }
  if (follow.count > 0 && follow.first) {
    const late = follow.late > 0;
    lines.push({
      id: "visits-follow",
      tone: late ? "warn" : "info",
      word: t(late ? "home:word.late" : "home:word.due"),
      title: t("home:visits.follow", { count: follow.count }),
      note: t("home:visits.followNote", { day: formatDay(follow.first, locale) }),
      to: "/visits?follow=open",
    });
  }
  return lines;
}
