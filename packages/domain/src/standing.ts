import type { LocalDate } from "./period";
import type { Status } from "./workflow";

/** What decides by which day a report has to come, and whether it is still asked for. */
export interface Owing {
  status: Status;
  dueOn: LocalDate;
  returnDueOn: LocalDate | null;
  /** Last day of an unlocking; null without one. */
  unlockedUntil: LocalDate | null;
  excused: string | null;
  /** The level above or the city has closed the month. */
  closed: boolean;
}

/** The day a report has to come by: the reviewer's where it was sent back, the unlocking's where it is open again. */
export function dueDayOf(
  { status, dueOn, returnDueOn, unlockedUntil }: Omit<Owing, "excused" | "closed">,
  today: LocalDate,
): LocalDate {
  if (status === "returned" && returnDueOn) return returnDueOn;
  return unlockedUntil !== null && unlockedUntil >= today ? unlockedUntil : dueOn;
}

/** A report's state as its readers take it: once the month is closed, what was not filed is missing or excused. */
export type Standing = Status | "missing" | "excused";

const UNFILED: readonly Status[] = ["draft", "returned", "amending"];

/** Where a report stands for its readers on a day. */
export function standingOf(
  { status, excused, closed, unlockedUntil }: Omit<Owing, "dueOn" | "returnDueOn">,
  today: LocalDate,
): Standing {
  if (status === "amending" || !UNFILED.includes(status)) return status;
  if (excused !== null) return "excused";
  const open = !closed || (unlockedUntil !== null && unlockedUntil >= today);
  return open ? status : "missing";
}

/** Whether a station still has to do something about a month. */
export function isOwed(owing: Omit<Owing, "dueOn" | "returnDueOn">, today: LocalDate): boolean {
  const standing = standingOf(owing, today);
  return UNFILED.some((status) => status === standing);
}
