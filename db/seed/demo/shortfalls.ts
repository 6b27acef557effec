import type { FiguresByCode } from "@muster/domain/indicator";
import { addDays, daysFrom, type LocalDate, localDate } from "@muster/domain/period";
import { type Calendar, CURRENT } from "./calendar";
import { earlier, later, type Tale, type TaleStep } from "./findings";
import type { StationPlan } from "./plan";
import { Random } from "./random";
import { CHECKED_IN, changedIn, lackedOf, lackOf, lookedAtAgain, verifiedThisYear } from "./verdicts";

/** A finding of the mandatory item that a station fails, or failed until it was put right. */
export interface Shortfall {
  code: string;
  tale: Tale;
  /** It came out of this year's assessment; else out of the one of the year before. */
  ofThisYear: boolean;
  /** Month in which it was closed, and those at whose end it stood past its date. */
  closedIn: number | null;
  late: readonly number[];
}

/** Ways in which a finding of something missing stands today, by how often; for the rest nobody raised one yet. */
const STANDS: readonly (readonly ["open" | "answered" | "returned" | "overdue", number])[] = [
  ["overdue", 0.28],
  ["open", 0.54],
  ["answered", 0.76],
  ["returned", 0.88],
];

/**
 * The finding that was raised of what a station fails, as it stands today; of what it failed at the beginning and has
 * put right since, the finding that was closed before somebody looked again. Null where nobody raised one.
 */
export function shortfallOf(plan: StationPlan, calendar: Calendar): Shortfall | null {
  const lacked = lackedOf(plan);
  if (lacked !== null) return closedOne(plan, lacked, calendar);
  const lacks = lackOf(plan);
  return lacks === null || plan.opensIn > CHECKED_IN ? null : unsettledOne(plan, lacks, calendar);
}

/** Adds to a station's figures what the finding of its shortfall counts in them. */
export function countShortfall(plan: StationPlan, months: FiguresByCode[], calendar: Calendar): void {
  count(shortfallOf(plan, calendar), months, 1);
}

/** A station's figures without what the finding of its shortfall counts in them. */
export function withoutShortfall(
  shortfall: Shortfall | null,
  months: readonly FiguresByCode[],
): FiguresByCode[] {
  const others = months.map((figures) => ({ ...figures }));
  count(shortfall, others, -1);
  return others;
}

function count(shortfall: Shortfall | null, months: FiguresByCode[], by: 1 | -1): void {
  if (!shortfall) return;
  const add = (month: number | null, code: "G01" | "G02" | "G03") => {
    const figures = month === null ? undefined : months[month];
    if (figures) figures[code] = (figures[code] ?? 0) + by;
  };
  add(shortfall.tale.month, "G01");
  add(shortfall.closedIn, "G02");
  for (const month of shortfall.late) add(month, "G03");
}

/** Raised after last year's check, answered and closed in the month in which somebody looked again. */
function closedOne(plan: StationPlan, code: string, calendar: Calendar): Shortfall | null {
  const random = new Random(`shortfall ${plan.key}`);
  const month = changedIn(plan);
  if (month === null || random.chance(0.2)) return null;
  const closedOn = addDays(localDate(lookedAtAgain(plan, month, calendar)), -random.int(1, 3));
  // After the check of the month before the window, which is over by the 22nd.
  const openedOn = addDays(calendar.firstDay(0), -random.int(2, 6));
  const dueOn = addDays(closedOn, random.int(0, 9));
  const steps: TaleStep[] = [
    { action: "raise", to: "open", on: openedOn, dueOn },
    { action: "answer", to: "answered", on: addDays(closedOn, -1), dueOn },
    { action: "close", to: "closed", on: closedOn, dueOn },
  ];
  const tale: Tale = {
    ...{ month: -1, openedOn, closedOn, steps, severity: severityOf(code), state: "closed", dueOn },
    overdue: false,
  };
  return { code, tale, ofThisYear: false, closedIn: month, late: [] };
}

/** Raised at this year's check, or when the city saw some months ago that something was gone. */
function unsettledOne(plan: StationPlan, code: string, calendar: Calendar): Shortfall | null {
  const random = new Random(`shortfall ${plan.key}`);
  const roll = random.next();
  // The town that is not in the budget stands past its date, whatever the others do.
  const [stands] = code === "F1" ? (["overdue"] as const) : (STANDS.find(([, upTo]) => roll < upTo) ?? []);
  if (stands === undefined) return null;
  const lostIn = changedIn(plan);
  const recent = lostIn !== null && lostIn >= CHECKED_IN - 3;
  const month = recent ? lostIn : CHECKED_IN;
  const seenOn: LocalDate = recent
    ? localDate(lookedAtAgain(plan, month, calendar))
    : `${calendar.period(month)}-16`;
  const openedOn = addDays(seenOn, random.int(1, 2));
  const yesterday = later(calendar.firstDay(CURRENT), addDays(calendar.today, -1));
  const within = (from: LocalDate, to: LocalDate) =>
    addDays(from, random.int(0, Math.max(0, daysFrom(from, to))));

  const overdue = stands === "overdue";
  const dueOn = overdue ? addDays(openedOn, random.int(6, 9)) : calendar.ahead(random.int(3, 24));
  const steps: TaleStep[] = [{ action: "raise", to: "open", on: openedOn, dueOn }];
  const tell = (action: TaleStep["action"], to: TaleStep["to"], on: LocalDate) =>
    steps.push({ action, to, on, dueOn });
  if (overdue && random.chance(0.5)) tell("urge", "open", yesterday);
  if (stands === "answered" || stands === "returned") {
    tell(
      "answer",
      "answered",
      within(earlier(later(openedOn, addDays(yesterday, -6)), yesterday), yesterday),
    );
  }
  if (stands === "returned") tell("send_back", "returned", yesterday);
  const state = overdue ? "open" : stands;
  return {
    code,
    tale: { month, openedOn, closedOn: null, steps, severity: severityOf(code), state, dueOn, overdue },
    ofThisYear: !recent && verifiedThisYear(plan),
    closedIn: null,
    late: overdue ? Array.from({ length: CURRENT + 1 - month }, (_, i) => month + i) : [],
  };
}

/** What keeps a station from working at all is grave. */
function severityOf(code: string): Tale["severity"] {
  return ["S1", "S2", "F1"].includes(code) ? "grave" : "major";
}
