import type { CaseTodos, Waiting } from "@muster/db/queries/assistance/list";
import type { OpenState } from "@muster/domain/assistance";
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
  /** Decides for the whole city. */
  city: boolean;
}

const OWN: readonly OpenState[] = ["verify", "second_check", "papers", "follow_up"];
const BELOW: readonly OpenState[] = ["second_check", "advance", "review", "publicity", "payment"];
const CITY: readonly OpenState[] = ["approval", "confirmation", "appeal"];

/** Cases of assistance whose next step is this station's: its own, those it reviews, and the city's decisions. */
export function caseLines({ own, below, city }: CaseTodos, reader: Reader): TodoLine[] {
  const all = [...own, ...below, ...city];
  return [
    ...linesOf(own, OWN, reader, `&station=${reader.stationId}&own=1`),
    ...linesOf(below, BELOW, reader, ""),
    ...(reader.city ? linesOf(merged(all), CITY, reader, "") : []),
  ];
}

function linesOf(
  waiting: readonly Waiting[],
  states: readonly OpenState[],
  { t, locale, today }: Reader,
  query: string,
): TodoLine[] {
  return waiting
    .filter(({ state }) => states.includes(state))
    .map(({ state, count, overdue, dueOn }) => {
      const late = overdue > 0;
      const day = formatDay(dueOn, locale);
      return {
        id: `assistance-${state}${query}`,
        tone: late ? "bad" : daysFrom(today, dueOn) <= SOON_DAYS ? "warn" : "info",
        word: t(late ? "home:word.late" : "home:word.due"),
        title: t(`home:assistance.${state}`, { count }),
        note: late
          ? t("home:assistance.late", { count: overdue, day })
          : t("home:assistance.due", { day, left: left(dueOn, { t, today }) }),
        to: `/assistance?state=${state}${query}`,
      };
    });
}

/** What waits at a state wherever it stands. */
function merged(all: readonly Waiting[]): Waiting[] {
  const byState = new Map<OpenState, Waiting>();
  for (const each of all) {
    const known = byState.get(each.state);
    byState.set(
      each.state,
      known
        ? {
            ...known,
            count: known.count + each.count,
            overdue: known.overdue + each.overdue,
            dueOn: [known.dueOn, each.dueOn].sort()[0] ?? known.dueOn,
          }
        : each,
    );
  }
  return [...byState.values()];
}
