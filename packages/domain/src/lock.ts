import { type LocalDate, type Period, periodOf } from "./period";
import { type ReportAction, type Status, transition } from "./workflow";

/** Why a step on a report is refused now. The screens put each into one sentence. */
export type LockReason =
  | "future"
  | "not_expected"
  | "not_submittable_yet"
  | "draft"
  | "submitted"
  | "returned"
  | "accepted"
  | "amending"
  | "signed_off"
  | "locked";

/** Who can open it: waiting, the station itself, the station it reports to, or the city. */
export type Opener = "time" | "own" | "reviewer" | "city";

export interface Lock {
  reason: LockReason;
  opener: Opener;
  /** The day it opens by itself, where there is one. */
  until: LocalDate | null;
}

/** Everything outside the report itself that can hold it. */
export interface MonthState {
  /** The station was open and required to report in that month. */
  expected: boolean;
  /** First day on which the month may be submitted. */
  submitFrom: LocalDate;
  /** The station it reports to has signed the month off. */
  signedOff: boolean;
  /** The city has locked the month. */
  locked: boolean;
  /** Last day of an unlocking granted to this station and not yet used up; null without one. */
  unlockedUntil: LocalDate | null;
}

/**
 * Says why an action is refused, or null when it is open.
 * A reviewer may still decide on an amendment whose unlocking has run out: otherwise it would hang.
 */
export function lockOf(
  action: ReportAction,
  status: Status,
  at: Period,
  month: MonthState,
  today: LocalDate,
): Lock | null {
  if (at > periodOf(today)) return { reason: "future", opener: "time", until: `${at}-01` };
  if (!month.expected) return { reason: "not_expected", opener: "city", until: null };

  const unlocked = month.unlockedUntil !== null;
  const stillOpen = unlocked && today <= (month.unlockedUntil ?? "");
  const deciding = action === "accept" || action === "return" || action === "cancel" || action === "lock";
  if (action !== "lock" && !(deciding ? unlocked : stillOpen)) {
    if (month.locked) return { reason: "locked", opener: "city", until: null };
    if (month.signedOff) return { reason: "signed_off", opener: "reviewer", until: null };
  }
  if (!transition(action, status)) {
    return { reason: status, opener: openerOf(status), until: null };
  }
  if (action === "submit" && today < month.submitFrom) {
    return { reason: "not_submittable_yet", opener: "time", until: month.submitFrom };
  }
  return null;
}

function openerOf(status: Status): Opener {
  switch (status) {
    case "draft":
    case "returned":
    case "amending":
      return "own";
    case "submitted":
      return "reviewer";
    case "accepted":
      return "own";
    case "locked":
      return "city";
  }
}
