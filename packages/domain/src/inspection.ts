import { addDays, daysFrom, type LocalDate } from "./period";
import { type StationPath, within } from "./station";

/** States of an inspection. */
export const INSPECTION_STATES = ["planned", "under_way", "concluded", "called_off"] as const;
export type InspectionState = (typeof INSPECTION_STATES)[number];

export const INSPECTION_ACTIONS = ["edit", "begin", "visit", "conclude", "call_off"] as const;
export type InspectionAction = (typeof INSPECTION_ACTIONS)[number];

interface InspectionStep {
  action: InspectionAction;
  from: InspectionState;
  to: InspectionState;
}

/** Every step an inspection can take, all of them by the station that runs it; what is not here cannot happen. */
export const INSPECTION_STEPS: readonly InspectionStep[] = [
  { action: "edit", from: "planned", to: "planned" },
  { action: "edit", from: "under_way", to: "under_way" },
  { action: "begin", from: "planned", to: "under_way" },
  { action: "visit", from: "under_way", to: "under_way" },
  { action: "conclude", from: "under_way", to: "concluded" },
  { action: "call_off", from: "planned", to: "called_off" },
  { action: "call_off", from: "under_way", to: "called_off" },
];

/** The step an action takes from a state, or null when there is none. */
export function inspectionStep(action: InspectionAction, from: InspectionState): InspectionStep | null {
  return INSPECTION_STEPS.find((step) => step.action === action && step.from === from) ?? null;
}

/** How grave a finding is: 一般, 较重, 严重. */
export const FINDING_SEVERITIES = ["minor", "major", "grave"] as const;
export type FindingSeverity = (typeof FINDING_SEVERITIES)[number];

/** Days a station usually has to put a finding right; the inspector may set another day. */
export const DAYS_TO_RECTIFY: Record<FindingSeverity, number> = { minor: 30, major: 15, grave: 7 };

/** Days past its date after which an overdue finding also climbs to everyone above the parent, the city at last. */
export const DAYS_UNTIL_CITY = 15;

/** Longest time that may be given. */
export const MOST_DAYS_TO_RECTIFY = 365;

/**
 * States of a finding: to be put right, answered and waiting for re-inspection, sent back, closed, and withdrawn
 * where it should not have been raised.
 */
export const FINDING_STATES = ["open", "answered", "returned", "closed", "withdrawn"] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** States in which something remains to be done. */
export const UNSETTLED = ["open", "answered", "returned"] as const satisfies readonly FindingState[];

export const FINDING_ACTIONS = ["answer", "close", "send_back", "extend", "withdraw", "urge"] as const;
export type FindingAction = (typeof FINDING_ACTIONS)[number];

/** Who a step belongs to: the station concerned, the station that inspects, or another one above. */
export type FindingSide = "own" | "inspector" | "above";

export interface FindingStep {
  action: FindingAction;
  from: FindingState;
  to: FindingState;
  by: readonly FindingSide[];
}

/** Every step a finding can take; what is not here cannot happen. */
export const FINDING_STEPS: readonly FindingStep[] = [
  { action: "answer", from: "open", to: "answered", by: ["own"] },
  { action: "answer", from: "returned", to: "answered", by: ["own"] },
  { action: "close", from: "answered", to: "closed", by: ["inspector"] },
  { action: "send_back", from: "answered", to: "returned", by: ["inspector"] },
  { action: "extend", from: "open", to: "open", by: ["inspector"] },
  { action: "extend", from: "returned", to: "returned", by: ["inspector"] },
  { action: "withdraw", from: "open", to: "withdrawn", by: ["inspector"] },
  { action: "withdraw", from: "answered", to: "withdrawn", by: ["inspector"] },
  { action: "withdraw", from: "returned", to: "withdrawn", by: ["inspector"] },
  { action: "urge", from: "open", to: "open", by: ["inspector", "above"] },
  { action: "urge", from: "returned", to: "returned", by: ["inspector", "above"] },
];

/**
 * Where a person stands towards a finding. Nobody inspects their own station: whoever stands there is only `own`,
 * and so is, whatever seat they act from, whoever also serves there.
 */
export function findingSides(
  actor: { stationId: number; path: StationPath },
  finding: { stationId: number; path: StationPath; inspectorId: number },
  servesThere: boolean,
): FindingSide[] {
  if (actor.stationId === finding.stationId) return ["own"];
  if (servesThere || !within(actor.path, finding.path)) return [];
  return [actor.stationId === finding.inspectorId ? "inspector" : "above"];
}

/** The step if one of these sides may take it from this state, else null. */
export function findingStep(
  action: FindingAction,
  from: FindingState,
  sides: readonly FindingSide[],
): FindingStep | null {
  const step = FINDING_STEPS.find((each) => each.action === action && each.from === from);
  return step?.by.some((side) => sides.includes(side)) ? step : null;
}

/** Whether an action is ever this side's: then another state, and not the side, stands in its way. */
export function everTheirs(action: FindingAction, sides: readonly FindingSide[]): boolean {
  return FINDING_STATES.some((from) => findingStep(action, from, sides) !== null);
}

/** Four eyes: whoever answered does not judge the answer, in whatever other seat they sit. */
export function judgesOwnAnswer(
  action: FindingAction,
  actor: { userId: string },
  finding: { answeredById: string | null },
): boolean {
  return (action === "close" || action === "send_back") && actor.userId === finding.answeredById;
}

/** The dates of a finding that decide what counts. */
export interface FindingDates {
  openedOn: LocalDate;
  dueOn: LocalDate;
  /** The day it was closed or withdrawn; null while it is not. */
  endedOn: LocalDate | null;
}

/** Whether a finding stands past its date on a day: the date itself still counts as in time. */
export function overdueOn({ openedOn, dueOn, endedOn }: FindingDates, day: LocalDate): boolean {
  return openedOn <= day && dueOn < day && (endedOn === null || endedOn > day);
}

/** Days past its date; 0 when it is in time or settled. */
export function daysOver(dates: FindingDates, day: LocalDate): number {
  return overdueOn(dates, day) ? daysFrom(dates.dueOn, day) : 0;
}

/**
 * Whether an overdue finding has climbed to a station above: to the parent and to the station that inspects on the
 * first day past its date, to everyone else above after DAYS_UNTIL_CITY days.
 */
export function climbedTo(
  station: { id: number },
  finding: { parentId: number | null; inspectorId: number },
  over: number,
): boolean {
  if (over <= 0) return false;
  return station.id === finding.parentId || station.id === finding.inspectorId || over > DAYS_UNTIL_CITY;
}

/** The day a finding of this severity is due when nobody sets another. */
export function usualDue(severity: FindingSeverity, from: LocalDate): LocalDate {
  return addDays(from, DAYS_TO_RECTIFY[severity]);
}

/** What the month's figures count: findings opened (G01), closed after re-inspection (G02), past their date at its end (G03). */
export const FINDING_FIGURES = ["opened", "closed", "overdue"] as const;
export type FindingFigure = (typeof FINDING_FIGURES)[number];
