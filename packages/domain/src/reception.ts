/** How somebody turned to a station: at the counter, by telephone, online. */
export const RECEPTION_CHANNELS = ["walk_in", "phone", "online"] as const;
export type ReceptionChannel = (typeof RECEPTION_CHANNELS)[number];

/** What for: a question, an errand (papers to hand in, a certificate), or to speak of a grievance. */
export const RECEPTION_PURPOSES = ["question", "errand", "grievance"] as const;
export type ReceptionPurpose = (typeof RECEPTION_PURPOSES)[number];

/**
 * States of an entry of the counter log: to be done later, passed up to a station above, answered by that station but
 * not yet told to the visitor, carried on in the petition or the case of assistance that was made of it, settled, and
 * struck out where it should not have been entered.
 */
export const RECEPTION_STATES = ["to_do", "passed_up", "replied", "carried", "answered", "void"] as const;
export type ReceptionState = (typeof RECEPTION_STATES)[number];

/** States in which something remains to be done at the counter; a petition or a case made of the entry carries it on. */
export const UNANSWERED = ["to_do", "passed_up", "replied"] as const satisfies readonly ReceptionState[];

export const RECEPTION_ACTIONS = [
  "answer",
  "pass_up",
  "take_back",
  "reply",
  "pass_on",
  "reopen",
  "strike",
] as const;
export type ReceptionAction = (typeof RECEPTION_ACTIONS)[number];

/** Who a step belongs to: the station at whose counter it was, or the station above that was asked. */
export type ReceptionSide = "own" | "asked";

export interface ReceptionStep {
  action: ReceptionAction;
  from: ReceptionState;
  to: ReceptionState;
  by: ReceptionSide;
}

/**
 * Every step an entry can take; what is not here cannot happen. Only one thing else moves it: when a petition or a case
 * of assistance is made of an entry that is not settled, it is `carried` on there, and has nothing left to do here.
 */
export const RECEPTION_STEPS: readonly ReceptionStep[] = [
  { action: "answer", from: "to_do", to: "answered", by: "own" },
  { action: "answer", from: "replied", to: "answered", by: "own" },
  { action: "pass_up", from: "to_do", to: "passed_up", by: "own" },
  { action: "pass_up", from: "replied", to: "passed_up", by: "own" },
  { action: "take_back", from: "passed_up", to: "to_do", by: "own" },
  { action: "reply", from: "passed_up", to: "replied", by: "asked" },
  { action: "pass_on", from: "passed_up", to: "passed_up", by: "asked" },
  { action: "answer", from: "carried", to: "answered", by: "own" },
  { action: "reopen", from: "carried", to: "to_do", by: "own" },
  { action: "reopen", from: "answered", to: "to_do", by: "own" },
  { action: "strike", from: "to_do", to: "void", by: "own" },
  { action: "strike", from: "answered", to: "void", by: "own" },
];

/** Where somebody stands towards an entry; a station that is neither takes no step. */
export function receptionSide(
  actor: { stationId: number },
  entry: { stationId: number; askedStationId: number | null },
): ReceptionSide | null {
  if (actor.stationId === entry.stationId) return "own";
  return actor.stationId === entry.askedStationId ? "asked" : null;
}

/** The step if this side may take it from this state, else null. */
export function receptionStep(
  action: ReceptionAction,
  from: ReceptionState,
  side: ReceptionSide | null,
): ReceptionStep | null {
  const step = RECEPTION_STEPS.find((each) => each.action === action && each.from === from);
  return step && step.by === side ? step : null;
}

/** Whether an action is ever this side's: then the state, and not the side, stands in its way. */
export function everOnSide(action: ReceptionAction, side: ReceptionSide | null): boolean {
  return RECEPTION_STEPS.some((step) => step.action === action && step.by === side);
}

/** What became of a new entry, as the form has it. */
export const RECEPTION_OUTCOMES = ["answered", "to_do", "passed_up"] as const;
export type ReceptionOutcome = (typeof RECEPTION_OUTCOMES)[number];

/** Days back for which an entry may be made: what was not logged by then belongs to a month that is closed. */
export const MOST_DAYS_BACK = 31;

/** A text as the knowledge base compares it: width, case, blanks and punctuation do not matter. */
export function searchable(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]+/gu, "");
}

/** The words of a search, each as the knowledge base compares it; at most six. */
export function searchWords(text: string): string[] {
  return [...new Set(text.split(/[\s,，、;；]+/).map(searchable))].filter((word) => word !== "").slice(0, 6);
}
