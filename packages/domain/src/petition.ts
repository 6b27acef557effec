import { addDays, daysFrom, type LocalDate } from "./period";
import { type StationPath, within } from "./station";

/** How a petition came in: by hand, letter, telephone, online, or from a higher authority. */
export const PETITION_CHANNELS = ["walk_in", "letter", "phone", "online", "assigned"] as const;
export type PetitionChannel = (typeof PETITION_CHANNELS)[number];

/**
 * States of a petition: registered and to be screened; accepted and in hand; replied to, with the way to a review open;
 * under review, reviewed; under final review, finally reviewed; filed away. A petition may also end by being referred to
 * whom it concerns, refused, or withdrawn by the petitioner.
 */
export const PETITION_STATES = [
  "registered",
  "accepted",
  "replied",
  "in_review",
  "reviewed",
  "in_final",
  "final",
  "referred",
  "refused",
  "withdrawn",
  "archived",
] as const;
export type PetitionState = (typeof PETITION_STATES)[number];

/** States in which a clock runs against a station. */
export const RUNNING = [
  "registered",
  "accepted",
  "in_review",
  "in_final",
] as const satisfies readonly PetitionState[];

/** States in which nothing is left to do but to file it away. */
export const SETTLED = [
  "replied",
  "reviewed",
  "final",
  "referred",
  "refused",
  "withdrawn",
] as const satisfies readonly PetitionState[];

export const PETITION_ACTIONS = [
  "accept",
  "refer",
  "refuse",
  "withdraw",
  "lead",
  "flag",
  "record",
  "ask_time",
  "grant_time",
  "deny_time",
  "reply",
  "follow_up",
  "ask_review",
  "answer_review",
  "ask_final",
  "answer_final",
  "archive",
  "urge",
] as const;
export type PetitionAction = (typeof PETITION_ACTIONS)[number];

/**
 * Who a step belongs to: the station that handles the petition, the one that reviews its reply, the one that reviews
 * finally, or any other one above.
 */
export type PetitionSide = "own" | "reviewer" | "final" | "above";

export interface PetitionStep {
  action: PetitionAction;
  from: PetitionState;
  to: PetitionState;
  by: readonly PetitionSide[];
}

const OWN = ["own"] as const;
/** More time is approved by the station's own head or by whoever stands above, never by the person who asked. */
const APPROVES = ["own", "reviewer", "final", "above"] as const;
const OVERSEES = ["reviewer", "final", "above"] as const;

/** Every step a petition can take; what is not here cannot happen. */
export const PETITION_STEPS: readonly PetitionStep[] = [
  { action: "accept", from: "registered", to: "accepted", by: OWN },
  { action: "refer", from: "registered", to: "referred", by: OWN },
  { action: "refuse", from: "registered", to: "refused", by: OWN },
  { action: "withdraw", from: "registered", to: "withdrawn", by: OWN },
  { action: "withdraw", from: "accepted", to: "withdrawn", by: OWN },
  { action: "lead", from: "registered", to: "registered", by: OWN },
  { action: "lead", from: "accepted", to: "accepted", by: OWN },
  { action: "flag", from: "registered", to: "registered", by: OWN },
  { action: "flag", from: "accepted", to: "accepted", by: OWN },
  { action: "record", from: "accepted", to: "accepted", by: OWN },
  { action: "ask_time", from: "accepted", to: "accepted", by: OWN },
  { action: "grant_time", from: "accepted", to: "accepted", by: APPROVES },
  { action: "deny_time", from: "accepted", to: "accepted", by: APPROVES },
  { action: "reply", from: "accepted", to: "replied", by: OWN },
  { action: "follow_up", from: "replied", to: "replied", by: OWN },
  { action: "follow_up", from: "reviewed", to: "reviewed", by: OWN },
  { action: "follow_up", from: "final", to: "final", by: OWN },
  { action: "ask_review", from: "replied", to: "in_review", by: OWN },
  { action: "answer_review", from: "in_review", to: "reviewed", by: ["reviewer"] },
  { action: "ask_final", from: "reviewed", to: "in_final", by: OWN },
  { action: "answer_final", from: "in_final", to: "final", by: ["final"] },
  { action: "archive", from: "replied", to: "archived", by: OWN },
  { action: "archive", from: "reviewed", to: "archived", by: OWN },
  { action: "archive", from: "final", to: "archived", by: OWN },
  { action: "archive", from: "referred", to: "archived", by: OWN },
  { action: "archive", from: "refused", to: "archived", by: OWN },
  { action: "archive", from: "withdrawn", to: "archived", by: OWN },
  { action: "urge", from: "registered", to: "registered", by: OVERSEES },
  { action: "urge", from: "accepted", to: "accepted", by: OVERSEES },
  { action: "urge", from: "in_review", to: "in_review", by: ["final", "above"] },
  { action: "urge", from: "in_final", to: "in_final", by: ["above"] },
];

/**
 * The stations that review a reply: the parent, and finally the one above that. Where the service ends there is nobody
 * higher, and whoever stands highest writes down what the authority outside of it decided.
 * @param ancestors the stations above, root first
 */
export function reviewersOf(
  stationId: number,
  ancestors: readonly { id: number }[],
): { reviewerId: number; finalId: number } {
  const { length } = ancestors;
  const parent = ancestors[length - 1]?.id ?? stationId;
  return { reviewerId: parent, finalId: ancestors[length - 2]?.id ?? parent };
}

/** Where somebody stands towards a petition; the sides may coincide where the service ends. */
export function petitionSides(
  actor: { stationId: number; path: StationPath },
  petition: { stationId: number; path: StationPath; reviewerId: number; finalId: number },
): PetitionSide[] {
  const sides: PetitionSide[] = [];
  if (actor.stationId === petition.stationId) sides.push("own");
  if (actor.stationId === petition.reviewerId) sides.push("reviewer");
  if (actor.stationId === petition.finalId) sides.push("final");
  if (sides.length === 0 && within(actor.path, petition.path)) sides.push("above");
  return sides;
}

/** The step if one of these sides may take it from this state, else null. Nobody urges themselves. */
export function petitionStep(
  action: PetitionAction,
  from: PetitionState,
  sides: readonly PetitionSide[],
): PetitionStep | null {
  const waitsFor = from === "in_review" ? "reviewer" : from === "in_final" ? "final" : "own";
  if (action === "urge" && sides.includes(waitsFor)) return null;
  const step = PETITION_STEPS.find((each) => each.action === action && each.from === from);
  return step?.by.some((side) => sides.includes(side)) ? step : null;
}

/** Whether an action is ever one of these sides': then the state, and not the side, stands in its way. */
export function everOfSides(action: PetitionAction, sides: readonly PetitionSide[]): boolean {
  return PETITION_STATES.some((from) => petitionStep(action, from, sides) !== null);
}

/** Four eyes: whoever asked for more time does not grant or deny it, in whatever other seat they sit. */
export function decidesOwnRequest(
  action: PetitionAction,
  actor: { userId: string },
  petition: { timeAskedById: string | null },
): boolean {
  return (action === "grant_time" || action === "deny_time") && actor.userId === petition.timeAskedById;
}

/** Time limits in calendar days, in force from a day on: content of a city, as the petition regulations have it. */
export interface PetitionLimits {
  validFrom: LocalDate;
  /** From receipt until it is accepted, referred or refused. */
  decide: number;
  /** From acceptance until the reply. */
  handle: number;
  /** Most days by which handling may be extended, once, with approval and reasons. */
  extend: number;
  /** From the reply, or the review's answer, until a petitioner may ask for a review. */
  ask: number;
  /** From the request until the review is answered. */
  review: number;
  final: number;
}

/** The limits a city begins with: Regulations on Petitions (信访工作条例, 2022), articles 22, 23, 34 to 36. */
export const DEFAULT_PETITION_LIMITS: PetitionLimits = {
  validFrom: "2000-01-01",
  decide: 15,
  handle: 60,
  extend: 30,
  ask: 30,
  review: 30,
  final: 30,
};

export const LIMIT_NAMES = ["decide", "handle", "extend", "ask", "review", "final"] as const;
export type LimitName = (typeof LIMIT_NAMES)[number];

/** What a limit may be. */
export const LIMIT_BOUNDS = { least: 1, most: 365 } as const;

/** The limits in force on a day. @param limits of the city, in any order */
export function limitsOn(limits: readonly PetitionLimits[], day: LocalDate): PetitionLimits {
  return limits.reduce(
    (best, each) => (each.validFrom <= day && each.validFrom >= best.validFrom ? each : best),
    DEFAULT_PETITION_LIMITS,
  );
}

/** The dates of a petition by which its clock runs. */
export interface PetitionDates {
  state: PetitionState;
  receivedOn: LocalDate;
  acceptedOn: LocalDate | null;
  /** Days for handling that the assigning authority has set; null where the city's limits hold. */
  ownDays: number | null;
  /** Days granted; 0 without an extension. */
  extendedDays: number;
  reviewAskedOn: LocalDate | null;
  finalAskedOn: LocalDate | null;
}

/** The clock that runs: what has to happen, and by when. */
export interface PetitionClock {
  of: "decide" | "handle" | "review" | "final";
  from: LocalDate;
  dueOn: LocalDate;
}

/** The clock of a petition by the limits in force on the day it began; null while none runs. */
export function clockOf(petition: PetitionDates, limits: readonly PetitionLimits[]): PetitionClock | null {
  const { state, receivedOn, acceptedOn, ownDays, extendedDays, reviewAskedOn, finalAskedOn } = petition;
  const clock = (
    of: PetitionClock["of"],
    from: LocalDate | null,
    { days = null, more = 0 }: { days?: number | null; more?: number } = {},
  ): PetitionClock | null =>
    from === null ? null : { of, from, dueOn: addDays(from, (days ?? limitsOn(limits, from)[of]) + more) };
  switch (state) {
    case "registered":
      return clock("decide", receivedOn);
    case "accepted":
      return clock("handle", acceptedOn, { days: ownDays, more: extendedDays });
    case "in_review":
      return clock("review", reviewAskedOn);
    case "in_final":
      return clock("final", finalAskedOn);
    default:
      return null;
  }
}

/** Days past its limit; 0 while it is in time or no clock runs. The last day still counts as in time. */
export function daysPast(clock: PetitionClock | null, day: LocalDate): number {
  return clock === null ? 0 : Math.max(0, daysFrom(clock.dueOn, day));
}

/** Days before its end from which a clock counts as near. */
export const NEAR_DAYS = 7;

/** Days past its limit after which a petition climbs beyond the parent, to everyone above. */
export const DAYS_UNTIL_ALL = 15;

/** The last day on which a petitioner may ask for a review, or for the final one; null where neither is open. */
export function reviewOpenUntil(
  petition: { state: PetitionState; closedOn: LocalDate | null; reviewAnsweredOn: LocalDate | null },
  limits: readonly PetitionLimits[],
): LocalDate | null {
  const from =
    petition.state === "replied"
      ? petition.closedOn
      : petition.state === "reviewed"
        ? petition.reviewAnsweredOn
        : null;
  return from === null ? null : addDays(from, limitsOn(limits, from).ask);
}

/** Papers that are handed to the petitioner, by the step that makes them. */
export const NOTICES = {
  acceptance: "accept",
  refusal: "refuse",
  referral: "refer",
  extension: "grant_time",
  reply: "reply",
  review: "answer_review",
  final: "answer_final",
} as const satisfies Record<string, PetitionAction>;
export type NoticeKind = keyof typeof NOTICES;
export const NOTICE_KINDS = Object.keys(NOTICES) as NoticeKind[];

/** Most people who speak for a joint petition. */
export const MOST_REPRESENTATIVES = 5;

/** What the month's figures count. */
export const PETITION_FIGURES = ["accepted", "closed", "on_time", "open", "overdue", "backlog"] as const;
export type PetitionFigure = (typeof PETITION_FIGURES)[number];
