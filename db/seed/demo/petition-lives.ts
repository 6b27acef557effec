import type { FiguresByCode } from "@muster/domain/indicator";
import { addDays, daysFrom, firstDay, type LocalDate, lastDay } from "@muster/domain/period";
import { type Calendar, CURRENT } from "./calendar";
import type { Random } from "./random";

/** A petition as it came in, was handled, and when. */
export interface PetitionLife {
  receivedOn: LocalDate;
  acceptedOn: LocalDate;
  /** Days that the assigning authority set; null where the city's limit holds. */
  ownDays: number | null;
  extendedDays: number;
  extendedOn: LocalDate | null;
  closedOn: LocalDate | null;
  backlog: boolean;
}

/** The city's limit for handling, in days. */
const HANDLE = 60;
/** The longest extension that the regulations know. */
const EXTEND = 30;

interface Draft {
  opened: number;
  closed: number | null;
  /** The month within which its time ran out first; null while it never did. */
  lateIn: number | null;
  /** The month in which it got more time. */
  extendedIn: number | null;
  backlog: boolean;
}

/**
 * Petitions of a station that give its reported figures: in every month as many accepted (D03), closed (D04), closed on
 * time (D04A), open (D05) and overdue (D06) at its end, and backlog disputes resolved (D07) as the station filed.
 */
export function petitionLives(
  figures: readonly FiguresByCode[],
  opensIn: number,
  calendar: Calendar,
  random: Random,
): PetitionLife[] {
  return draftsOf(figures, opensIn).map((draft) => lifeOf(draft, calendar, random));
}

function draftsOf(figures: readonly FiguresByCode[], opensIn: number): Draft[] {
  const of = (month: number, code: string) => figures[month]?.[code] ?? 0;
  const drafts: Draft[] = [];
  const add = (opened: number) =>
    drafts.push({ opened, closed: null, lateIn: null, extendedIn: null, backlog: false });
  const before = of(opensIn, "D05") - of(opensIn, "D03") + of(opensIn, "D04");
  for (let i = 0; i < before; i++) add(opensIn - 1);
  for (let month = opensIn; month <= CURRENT; month++) {
    for (let i = 0; i < of(month, "D03"); i++) add(month);
    const open = drafts.filter(({ closed }) => closed === null);
    const isLate = (draft: Draft) => draft.lateIn !== null && draft.extendedIn === null;
    const closing = of(month, "D04");
    const staying = open.length - closing;
    const wanted = Math.min(of(month, "D06"), staying);
    let lateClosings = closing - of(month, "D04A");
    const late = open.filter(isLate);
    // What stood past its limit stays so, is closed late, or gets more time, as the figures have it.
    const kept = late.slice(0, wanted);
    const closedLate = late.slice(kept.length, kept.length + Math.min(lateClosings, closing));
    for (const draft of late.slice(kept.length + closedLate.length)) draft.extendedIn = month;
    lateClosings -= closedLate.length;
    const rest = open.filter((draft) => !kept.includes(draft) && !closedLate.includes(draft));
    // The oldest are closed first; what never got more time can still run out of it.
    const order = [...rest].sort(
      (a, b) => Number(a.extendedIn === month) - Number(b.extendedIn === month) || a.opened - b.opened,
    );
    const others = order.slice(0, closing - closedLate.length);
    for (const draft of [...closedLate, ...others]) draft.closed = month;
    for (const draft of others.filter(({ extendedIn }) => extendedIn === null).slice(0, lateClosings))
      draft.lateIn = month;
    for (const draft of [...others, ...closedLate].slice(0, of(month, "D07"))) draft.backlog = true;
    const left = order.filter(({ closed, extendedIn }) => closed === null && extendedIn === null);
    for (const draft of left.slice(0, wanted - kept.length)) draft.lateIn = month;
  }
  return drafts;
}

/** Days of a month that have passed; of the current one those before today, on its first day that one. */
function span(calendar: Calendar, month: number): { first: LocalDate; last: LocalDate } {
  if (month < 0) {
    const last = addDays(calendar.firstDay(0), -1);
    return { first: addDays(last, -20), last };
  }
  const period = calendar.period(month);
  const [first, end] = [firstDay(period), lastDay(period)];
  if (month < CURRENT) return { first, last: end };
  return { first, last: later(first, addDays(calendar.today, -1)) };
}

const early = (a: LocalDate, b: LocalDate) => (a < b ? a : b);
const later = (a: LocalDate, b: LocalDate) => (a > b ? a : b);

function lifeOf(draft: Draft, calendar: Calendar, random: Random): PetitionLife {
  const within = (from: LocalDate, to: LocalDate) =>
    addDays(from, random.int(0, Math.max(0, daysFrom(from, to))));
  const { first, last } = span(calendar, draft.opened);
  const quick = draft.closed === draft.opened || draft.lateIn === draft.opened;
  const acceptedOn = within(first, quick ? early(addDays(first, 4), last) : last);
  const closing = draft.closed === null ? null : span(calendar, draft.closed);
  const closedOn =
    closing &&
    within(early(later(addDays(acceptedOn, 8), addDays(closing.first, 12)), closing.last), closing.last);
  const end = closedOn ?? addDays(calendar.today, 40);
  const receivedOn = addDays(acceptedOn, -random.int(1, 9));
  const plain = { receivedOn, acceptedOn, closedOn, backlog: draft.backlog };
  if (draft.lateIn === null) {
    const needed = daysFrom(acceptedOn, end);
    if (needed <= HANDLE) return { ...plain, ownDays: null, extendedDays: 0, extendedOn: null };
    if (needed <= HANDLE + EXTEND)
      return { ...plain, ownDays: null, extendedDays: EXTEND, extendedOn: addDays(acceptedOn, HANDLE - 6) };
    return { ...plain, ownDays: Math.ceil(needed / 30) * 30, extendedDays: 0, extendedOn: null };
  }
  // Its time ran out within that month: after the month began, and before it was closed or the month's last day.
  const run = span(calendar, draft.lateIn);
  const latest = addDays(early(run.last, closedOn ?? run.last), -1);
  const dueOn = later(addDays(acceptedOn, 1), within(later(run.first, addDays(latest, -8)), latest));
  const ownDays = daysFrom(acceptedOn, dueOn);
  if (draft.extendedIn === null) return { ...plain, ownDays, extendedDays: 0, extendedOn: null };
  const grant = span(calendar, draft.extendedIn);
  const extendedOn = early(addDays(grant.first, random.int(0, 6)), early(grant.last, closedOn ?? grant.last));
  const extendedDays = Math.max(EXTEND, Math.ceil(daysFrom(dueOn, end) / 10) * 10);
  return { ...plain, ownDays, extendedDays, extendedOn };
}
