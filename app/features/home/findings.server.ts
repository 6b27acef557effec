import type { FindingTodos } from "@muster/db/queries/findings/read";
import { daysFrom } from "@muster/domain/period";
import { formatDay } from "~/i18n/format";
import type { Locale, Translate } from "~/i18n/locales";
import type { TodoLine } from "./model";
import { left, SOON_DAYS } from "./own.server";

interface Reader {
  t: Translate;
  locale: Locale;
  today: string;
  stationId: number;
  /** Works at the station concerned. */
  files: boolean;
  /** Judges answers. */
  judges: boolean;
  /** Looks after those below. */
  looks: boolean;
}

/** What findings ask for: the own ones, answers to re-inspect, and what is overdue and has climbed to this station. */
export function findingLines({ own, waiting, climbed }: FindingTodos, reader: Reader): TodoLine[] {
  const { t, locale, today, stationId, files, judges, looks } = reader;
  const lines: TodoLine[] = [];
  if (files && own.count > 0 && own.dueOn) {
    const late = own.overdue > 0;
    lines.push({
      id: "findings-own",
      tone: late ? "bad" : daysFrom(today, own.dueOn) <= SOON_DAYS ? "warn" : "info",
      word: t(late ? "home:word.late" : "home:word.due"),
      title: late
        ? t("home:finding.ownLate", { count: own.count, overdue: own.overdue })
        : t("home:finding.own", { count: own.count }),
      note: t("home:finding.ownNote", {
        day: formatDay(own.dueOn, locale),
        left: left(own.dueOn, { t, today }),
      }),
      to: `/findings?station=${stationId}`,
    });
  }
  if (judges && waiting > 0) {
    lines.push({
      id: "findings-waiting",
      tone: "info",
      word: t("home:word.review"),
      title: t("home:finding.waiting", { count: waiting }),
      note: t("home:finding.waitingNote"),
      to: "/findings?view=waiting",
    });
  }
  if (looks && climbed.count > 0 && climbed.dueOn) {
    lines.push({
      id: "findings-climbed",
      tone: "bad",
      word: t("home:word.late"),
      title: t("home:finding.climbed", { count: climbed.count }),
      note: t("home:finding.climbedNote", { day: formatDay(climbed.dueOn, locale) }),
      to: "/findings?view=climbed",
    });
  }
  return lines;
}
