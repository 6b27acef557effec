import type { FiguresByCode } from "@muster/domain/indicator";
import type { FindingAction, FindingSeverity, FindingState } from "@muster/domain/inspection";
import { addDays, daysFrom, firstDay, type LocalDate, lastDay } from "@muster/domain/period";
import { type Calendar, CURRENT } from "./calendar";
import type { Random } from "./random";

/** One step of a finding's story. */
export interface TaleStep {
  action: "raise" | FindingAction;
  to: FindingState;
  on: LocalDate;
  /** By when it is due from then on. */
  dueOn: LocalDate;
}

/** A finding as it came about, was put right, and when. */
export interface Tale {
  /** The month it was found in; -1 before the window. */
  month: number;
  openedOn: LocalDate;
  closedOn: LocalDate | null;
  steps: TaleStep[];
  severity: FindingSeverity;
  state: FindingState;
  dueOn: LocalDate;
  /** It stands past its date today. */
  overdue: boolean;
}

interface Life {
  opened: number;
  closed: number | null;
  /** Months at whose end it stood past its date. */
  late: number[];
}

/**
 * Findings of a station that give its reported figures: in every month as many opened (G01), closed (G02) and past
 * their date at its end (G03) as the figures say.
 */
export function talesOf(
  figures: readonly FiguresByCode[],
  opensIn: number,
  calendar: Calendar,
  random: Random,
): Tale[] {
  return livesOf(figures, opensIn).map((life) => taleOf(life, calendar, random));
}

function livesOf(figures: readonly FiguresByCode[], opensIn: number): Life[] {
  const of = (month: number, code: string) => figures[month]?.[code] ?? 0;
  const lives: Life[] = [];
  // What was open before the window: as many as the closings need.
  let balance = 0;
  let least = 0;
  for (let month = opensIn; month <= CURRENT; month++) {
    balance += of(month, "G01") - of(month, "G02");
    least = Math.min(least, balance);
  }
  for (let i = 0; i < -least; i++) lives.push({ opened: opensIn - 1, closed: null, late: [] });
  for (let month = opensIn; month <= CURRENT; month++) {
    for (let i = 0; i < of(month, "G01"); i++) lives.push({ opened: month, closed: null, late: [] });
    const wanted = of(month, "G03");
    const open = lives.filter(({ closed }) => closed === null);
    const wasLate = (life: Life) => life.late.includes(month - 1);
    // Last to be closed: what stays past its date.
    const order = [...open].sort(
      (a, b) =>
        (wanted > 0 ? Number(wasLate(a)) - Number(wasLate(b)) : Number(wasLate(b)) - Number(wasLate(a))) ||
        a.opened - b.opened,
    );
    for (const life of order.slice(0, of(month, "G02"))) life.closed = month;
    const left = order.filter(({ closed }) => closed === null);
    const late = [...left].sort((a, b) => Number(wasLate(b)) - Number(wasLate(a)) || a.opened - b.opened);
    for (const life of late.slice(0, wanted)) life.late.push(month);
  }
  return lives;
}

/** Days of a month that have passed; of the current one the days before today, on its first day that one. */
function span(calendar: Calendar, month: number): { first: LocalDate; last: LocalDate } {
  if (month < 0) {
    const last = addDays(calendar.firstDay(0), -1);
    return { first: addDays(last, -24), last };
  }
  const period = calendar.period(month);
  const [first, end] = [firstDay(period), lastDay(period)];
  if (month < CURRENT) return { first, last: end };
  const yesterday = addDays(calendar.today, -1);
  return { first, last: later(first, yesterday) };
}

/** The latest of some days, which are text. */
export function later(...days: LocalDate[]): LocalDate {
  return [...days].sort().at(-1) ?? "";
}

/** The earliest of some days. */
export function earlier(...days: LocalDate[]): LocalDate {
  return [...days].sort()[0] ?? "";
}

function taleOf(life: Life, calendar: Calendar, random: Random): Tale {
  const within = (from: LocalDate, to: LocalDate) =>
    addDays(from, random.int(0, Math.max(0, daysFrom(from, to))));
  const { first, last } = span(calendar, life.opened);
  const openedEnd =
    life.closed === life.opened || life.late.includes(life.opened) ? addDays(first, 15) : last;
  const openedOn = within(
    earlier(addDays(first, 2), last),
    earlier(openedEnd, later(first, addDays(last, -2))),
  );
  const closing = life.closed === null ? null : span(calendar, life.closed);
  const closedOn =
    closing &&
    within(earlier(later(addDays(openedOn, 3), addDays(closing.first, 2)), closing.last), closing.last);
  const steps: TaleStep[] = [];
  const tell = (action: TaleStep["action"], to: FindingState, on: LocalDate, dueOn: LocalDate) =>
    steps.push({ action, to, on, dueOn });

  // By when: within the month at whose end it first stood past its date, else after it was closed, or ahead of today.
  const runs = runsOf(life.late);
  const dueFor = (run: readonly number[] | undefined): LocalDate => {
    const [month] = run ?? [];
    if (month === undefined) {
      return closedOn ? addDays(closedOn, random.int(0, 9)) : addDays(calendar.today, random.int(3, 24));
    }
    const { first: from, last: to } = span(calendar, month);
    const latest = month === CURRENT ? addDays(calendar.today, -1) : addDays(to, -1);
    return later(openedOn, within(earlier(later(addDays(openedOn, 5), addDays(from, -1)), latest), latest));
  };
  let dueOn = dueFor(runs[0]);
  const severity = severityOf(daysFrom(openedOn, dueOn));
  tell("raise", "open", openedOn, dueOn);
  runs.forEach((run, i) => {
    const end = run.at(-1) ?? CURRENT;
    // What stood past its date and no longer does was given more time, unless it was closed.
    if (end >= CURRENT || life.closed === end + 1) return;
    const next = span(calendar, end + 1);
    dueOn = dueFor(runs[i + 1]);
    tell("extend", "open", within(next.first, earlier(addDays(next.first, 8), next.last)), dueOn);
  });
  const overdue = life.closed === null && dueOn < calendar.today;
  const before = () => steps.at(-1)?.on ?? openedOn;
  let state: FindingState = "open";
  if (closedOn) {
    const answered = within(earlier(later(before(), addDays(closedOn, -6)), closedOn), closedOn);
    if (random.chance(0.15)) {
      const again = within(earlier(before(), answered), answered);
      tell("answer", "answered", again, dueOn);
      tell("send_back", "returned", answered, dueOn);
      tell("answer", "answered", closedOn, dueOn);
    } else tell("answer", "answered", answered, dueOn);
    tell("close", "closed", closedOn, dueOn);
    state = "closed";
  } else if (!overdue && before() < calendar.today) {
    const now = span(calendar, CURRENT).last;
    const on = within(earlier(later(before(), addDays(now, -6)), now), now);
    const roll = random.next();
    if (roll < 0.6) tell("answer", "answered", on, dueOn);
    if (roll < 0.2) tell("send_back", "returned", now, dueOn);
    state = roll < 0.2 ? "returned" : roll < 0.6 ? "answered" : "open";
  } else if (overdue) {
    const now = span(calendar, CURRENT).last;
    if (dueOn < now && random.chance(0.5)) tell("urge", "open", now, dueOn);
  }
  return { month: life.opened, openedOn, closedOn, steps, severity, state, dueOn, overdue };
}

/** Months that follow one another, together. */
function runsOf(months: readonly number[]): number[][] {
  const runs: number[][] = [];
  for (const month of months) {
    const run = runs.at(-1);
    if (run && run.at(-1) === month - 1) run.push(month);
    else runs.push([month]);
  }
  return runs;
}

function severityOf(days: number): FindingSeverity {
  if (days <= 9) return "grave";
  return days <= 20 ? "major" : "minor";
}
