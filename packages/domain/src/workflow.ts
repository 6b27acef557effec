/** States of a monthly report. One never touched reads as `draft`, version 0. */
export const STATUSES = ["draft", "submitted", "returned", "accepted", "locked", "amending"] as const;
export type Status = (typeof STATUSES)[number];

export const REPORT_ACTIONS = ["save", "submit", "return", "accept", "amend", "cancel", "lock"] as const;
export type ReportAction = (typeof REPORT_ACTIONS)[number];

/** Who a step belongs to: the reporting station, the station that decides on its report, or the city. */
export type Side = "own" | "reviewer" | "city";

export interface Transition {
  action: ReportAction;
  from: Status;
  to: Status;
  by: readonly Side[];
}

/**
 * Every step a monthly report can take; what is not here cannot happen.
 * `cancel` gives an amendment up: the accepted figures stand again.
 */
export const TRANSITIONS: readonly Transition[] = [
  { action: "save", from: "draft", to: "draft", by: ["own"] },
  { action: "save", from: "returned", to: "returned", by: ["own"] },
  { action: "save", from: "amending", to: "amending", by: ["own"] },
  { action: "submit", from: "draft", to: "submitted", by: ["own"] },
  { action: "submit", from: "returned", to: "submitted", by: ["own"] },
  { action: "submit", from: "amending", to: "submitted", by: ["own"] },
  { action: "return", from: "submitted", to: "returned", by: ["reviewer"] },
  { action: "accept", from: "submitted", to: "accepted", by: ["reviewer"] },
  { action: "amend", from: "accepted", to: "amending", by: ["own", "reviewer"] },
  { action: "amend", from: "locked", to: "amending", by: ["own", "reviewer"] },
  { action: "cancel", from: "amending", to: "accepted", by: ["own", "city"] },
  { action: "lock", from: "accepted", to: "locked", by: ["city"] },
];

/** The step an action takes from a status, or null when there is none. */
export function transition(action: ReportAction, from: Status): Transition | null {
  return TRANSITIONS.find((t) => t.action === action && t.from === from) ?? null;
}

/** Where a person stands towards a report. Nobody is the reviewer of their own station. */
export function sidesOf(
  actor: { stationId: number; path: string },
  report: { stationId: number; reviewerId: number },
): Side[] {
  const sides: Side[] = [];
  if (actor.stationId === report.stationId) sides.push("own");
  else if (actor.stationId === report.reviewerId) sides.push("reviewer");
  if (actor.path === "/") sides.push("city");
  return sides;
}

/** The step if this side may take it, else null. */
export function allowedTransition(
  action: ReportAction,
  from: Status,
  sides: readonly Side[],
): Transition | null {
  const step = transition(action, from);
  return step?.by.some((side) => sides.includes(side)) ? step : null;
}
