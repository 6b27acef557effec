import type { Role } from "./actor";
import { addDays, daysFrom, type LocalDate } from "./period";
import type { StationPath } from "./station";

/** Cases of assistance paid per 1,000 beneficiaries, unrounded; null where a part is missing or nobody is served. */
export function casesPerThousand(cases: number | null, beneficiaries: number | null): number | null {
  return cases === null || !beneficiaries ? null : (cases * 1000) / beneficiaries;
}

/**
 * Where a case of hardship assistance stands, named by what it waits for. The ordinary chain: two people verify
 * (`verify`, `second_check`), the town reviews (`review`), names are published masked (`publicity`), the city approves
 * (`approval`), the money is paid (`payment`), somebody visits afterwards (`follow_up`). Emergency aid pays first:
 * `advance`, `papers` to come, the city confirms (`confirmation`), then the visit.
 */
export const CASE_STATES = [
  "verify",
  "second_check",
  "review",
  "publicity",
  "approval",
  "payment",
  "advance",
  "papers",
  "confirmation",
  "follow_up",
  "closed",
  "refused",
  "appeal",
  "upheld",
  "withdrawn",
] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** States in which somebody has something to do, in the order of the chain. */
export const OPEN_STATES = [
  "verify",
  "second_check",
  "advance",
  "review",
  "publicity",
  "approval",
  "payment",
  "papers",
  "confirmation",
  "appeal",
  "follow_up",
] as const satisfies readonly CaseState[];
export type OpenState = (typeof OPEN_STATES)[number];

export function isOpenState(state: CaseState): state is OpenState {
  return (OPEN_STATES as readonly CaseState[]).includes(state);
}

export const CASE_ACTIONS = [
  "verify",
  "pass",
  "send_back",
  "clear",
  "object",
  "approve",
  "pay",
  "advance",
  "complete",
  "confirm",
  "follow_up",
  "refuse",
  "appeal",
  "uphold",
  "reopen",
  "withdraw",
] as const;
export type CaseAction = (typeof CASE_ACTIONS)[number];

/** Where somebody stands towards a case: at its station, at the station above that reviews it, at the city. */
export type CaseSide = "own" | "reviewer" | "city";

/** A role at a side. */
interface Seat {
  side: CaseSide;
  roles: readonly Role[];
}

export interface CaseStep {
  action: CaseAction;
  from: CaseState;
  to: CaseState;
  by: readonly Seat[];
  /** Earlier steps of the case: whoever took one of them does not take this one. */
  notAfter?: readonly (CaseAction | "apply")[];
}

const OWN: Seat = { side: "own", roles: ["village_head", "head", "clerk"] };
/** A town's head and clerk; of a town's own case the city is the station above. */
const REVIEWERS: Seat = { side: "reviewer", roles: ["head", "clerk", "city_admin"] };
/** Decisions of the town are its head's. */
const REVIEW_HEAD: Seat = { side: "reviewer", roles: ["head", "city_admin"] };
const CITY: Seat = { side: "city", roles: ["city_admin"] };
const BEFORE_REVIEW = ["verify"] as const;
const BEFORE_APPROVAL = ["verify", "pass"] as const;

/**
 * Every step a case can take; what is not here cannot happen. `pass` leads to `publicity`, or where the kind of
 * assistance asks for none to `approval`: `caseStep` says which.
 */
export const CASE_STEPS: readonly CaseStep[] = [
  { action: "verify", from: "verify", to: "second_check", by: [OWN] },
  { action: "verify", from: "second_check", to: "review", by: [OWN, REVIEWERS], notAfter: ["verify"] },
  { action: "pass", from: "review", to: "publicity", by: [REVIEW_HEAD], notAfter: BEFORE_REVIEW },
  { action: "send_back", from: "review", to: "verify", by: [REVIEW_HEAD], notAfter: BEFORE_REVIEW },
  { action: "refuse", from: "review", to: "refused", by: [REVIEW_HEAD], notAfter: BEFORE_REVIEW },
  { action: "clear", from: "publicity", to: "approval", by: [REVIEWERS] },
  { action: "object", from: "publicity", to: "review", by: [REVIEWERS] },
  { action: "approve", from: "approval", to: "payment", by: [CITY], notAfter: BEFORE_APPROVAL },
  { action: "send_back", from: "approval", to: "review", by: [CITY], notAfter: BEFORE_APPROVAL },
  { action: "refuse", from: "approval", to: "refused", by: [CITY], notAfter: BEFORE_APPROVAL },
  { action: "pay", from: "payment", to: "follow_up", by: [REVIEWERS, CITY], notAfter: ["approve"] },
  { action: "advance", from: "advance", to: "papers", by: [REVIEW_HEAD], notAfter: ["apply"] },
  { action: "refuse", from: "advance", to: "refused", by: [REVIEW_HEAD], notAfter: ["apply"] },
  { action: "complete", from: "papers", to: "confirmation", by: [OWN, REVIEWERS] },
  { action: "confirm", from: "confirmation", to: "follow_up", by: [CITY], notAfter: ["advance", "complete"] },
  { action: "send_back", from: "confirmation", to: "papers", by: [CITY], notAfter: ["advance", "complete"] },
  { action: "follow_up", from: "follow_up", to: "closed", by: [OWN, REVIEWERS], notAfter: ["pay"] },
  { action: "appeal", from: "refused", to: "appeal", by: [OWN, REVIEWERS] },
  { action: "uphold", from: "appeal", to: "upheld", by: [CITY], notAfter: ["refuse"] },
  { action: "reopen", from: "appeal", to: "review", by: [CITY], notAfter: ["refuse"] },
  { action: "withdraw", from: "verify", to: "withdrawn", by: [OWN, REVIEWERS] },
  { action: "withdraw", from: "second_check", to: "withdrawn", by: [OWN, REVIEWERS] },
  { action: "withdraw", from: "review", to: "withdrawn", by: [OWN, REVIEWERS] },
  { action: "withdraw", from: "publicity", to: "withdrawn", by: [OWN, REVIEWERS] },
  { action: "withdraw", from: "approval", to: "withdrawn", by: [OWN, REVIEWERS] },
  { action: "withdraw", from: "advance", to: "withdrawn", by: [OWN, REVIEWERS] },
];

/** The side of somebody towards a case; several where the city itself is the station above. */
export function caseSides(
  actor: { stationId: number; path: StationPath },
  place: { stationId: number; reviewerId: number },
): CaseSide[] {
  const sides: CaseSide[] = [];
  if (actor.stationId === place.stationId) sides.push("own");
  if (actor.stationId === place.reviewerId) sides.push("reviewer");
  if (actor.path === "/") sides.push("city");
  return sides;
}

/** The step a role at these sides may take from a state, or null. */
export function caseStep(
  action: CaseAction,
  from: CaseState,
  who: { role: Role; sides: readonly CaseSide[] },
  publicityDays: number,
): CaseStep | null {
  const step = CASE_STEPS.find((each) => each.action === action && each.from === from);
  if (!step?.by.some(({ side, roles }) => who.sides.includes(side) && roles.includes(who.role))) return null;
  return action === "pass" && publicityDays === 0 ? { ...step, to: "approval" } : step;
}

/** Whether an action is ever this seat's: then another state, and not the seat, stands in its way. */
export function everTakes(action: CaseAction, who: { role: Role; sides: readonly CaseSide[] }): boolean {
  return CASE_STATES.some((from) => caseStep(action, from, who, 1) !== null);
}

/** What a story says of a step taken: what it was and by whom. */
export interface TakenStep {
  action: CaseAction | "apply";
  byId: string;
}

/**
 * Four eyes: the earlier step by which somebody is barred from this one, or null. Whoever verified does not decide, the
 * second to verify is another person than the first, whoever approved does not pay. A case that was sent back is
 * verified anew: its second verifier is another person than the first of this round.
 */
export function barredBy(
  step: Pick<CaseStep, "from" | "notAfter">,
  userId: string,
  story: readonly TakenStep[],
): CaseAction | "apply" | null {
  const from = step.from === "second_check" ? story.map(({ action }) => action).lastIndexOf("verify") : 0;
  const taken = story
    .slice(Math.max(0, from))
    .find(({ action, byId }) => byId === userId && step.notAfter?.includes(action));
  return taken?.action ?? null;
}

/** Steps that say nothing without words. */
export const SPEAKING: readonly CaseAction[] = [
  "verify",
  "send_back",
  "object",
  "refuse",
  "appeal",
  "uphold",
  "reopen",
  "withdraw",
  "follow_up",
];

/** Why an application is refused; the words beside it say the rest. */
export const REFUSAL_REASONS = [
  "not_served",
  "means_above",
  "not_the_cause",
  "helped_already",
  "papers_missing",
  "untrue",
  "other",
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** Who brought the application: the person, the family, or the village on its own. */
export const APPLICANTS = ["person", "family", "village"] as const;
export type Applicant = (typeof APPLICANTS)[number];

/** Figures of the month that a kind of assistance counts in. */
export const COUNTED_IN = ["E02", "E03"] as const;
export type CountedIn = (typeof COUNTED_IN)[number];

/** A paper that an applicant brings. */
export interface Material {
  code: string;
  zh: string;
  en: string;
}

/** Days that each step may take; a publicity has its own days. */
export interface StepDays {
  verify: number;
  review: number;
  approval: number;
  payment: number;
  followUp: number;
}

/** What a city grants, for whom it is content: its materials, its chain, its limits. */
export interface AssistanceRules {
  /** Emergency aid: the town pays first, papers and the city's word come afterwards. */
  payFirst: boolean;
  /** Days for which masked names hang out; 0 for none. */
  publicityDays: number;
  /** Most that one person gets in a calendar year, in fen; null for no limit. */
  yearlyLimit: number | null;
  /** The same person asking for the same cause within so many months is warned about. */
  repeatMonths: number;
  days: StepDays;
  materials: readonly Material[];
}

export const STEP_DAYS = { least: 1, most: 90 } as const;
export const PUBLICITY_DAYS = { least: 0, most: 30 } as const;
export const REPEAT_MONTHS = { least: 0, most: 60 } as const;
export const MOST_MATERIALS = 20;
/** Most of one case, in fen: a million yuan. */
export const MOST_FEN = 100_000_000;

/** The state in which a case of this kind begins. */
export function firstState(rules: Pick<AssistanceRules, "payFirst">): CaseState {
  return rules.payFirst ? "advance" : "verify";
}

/** By when what a state waits for has to be done; null where nothing waits. The last day still counts as in time. */
export function dueOf(
  state: CaseState,
  since: LocalDate,
  { days, publicityDays }: Pick<AssistanceRules, "days" | "publicityDays">,
): LocalDate | null {
  switch (state) {
    case "verify":
    case "second_check":
    case "papers":
      return addDays(since, days.verify);
    case "advance":
      // Emergency aid is for today and tomorrow.
      return addDays(since, 1);
    case "review":
      return addDays(since, days.review);
    case "publicity":
      return addDays(publicUntil(since, publicityDays), days.review);
    case "approval":
    case "confirmation":
    case "appeal":
      return addDays(since, days.approval);
    case "payment":
      return addDays(since, days.payment);
    case "follow_up":
      return addDays(since, days.followUp);
    default:
      return null;
  }
}

/** The last day of a publicity that begins on a day: so many whole days, the first included. */
export function publicUntil(from: LocalDate, publicityDays: number): LocalDate {
  return addDays(from, Math.max(0, publicityDays - 1));
}

/** Whether a publicity has run its days by a day. */
export function publicityOver(until: LocalDate | null, today: LocalDate): boolean {
  return until !== null && until < today;
}

/** Days past its date; 0 in time. */
export function caseDaysOver(dueOn: LocalDate | null, today: LocalDate): number {
  return dueOn !== null && dueOn < today ? daysFrom(dueOn, today) : 0;
}

/** What a family has to live on, in fen a month. */
export interface Household {
  /** People who live of it. */
  size: number;
  /** Everything but what is paid for service, sacrifice or injury. */
  /** Null when nobody said; 0 is said. */
  income: number | null;
  /** Pensions, preferential treatment and allowances of that kind: written down and never counted. */
  pension: number;
}

/** Income a head and month in fen, whole; the pension is not income. Null for a household of nobody, and where none was said. */
export function incomePerHead({ size, income }: Household): number | null {
  return size > 0 && income !== null ? Math.floor(income / size) : null;
}

/** What of a person's yearly limit is left, in fen; null without a limit. */
export function limitLeft(yearlyLimit: number | null, grantedThisYear: number): number | null {
  return yearlyLimit === null ? null : Math.max(0, yearlyLimit - grantedThisYear);
}

/** A name as it is published: 张*明, 李*, 欧阳*. The middle, or the last sign of two, is hidden. */
export function maskName(name: string): string {
  const signs = [...name.trim()];
  if (signs.length <= 1) return signs.length === 1 ? "*" : "";
  if (signs.length === 2) return `${signs[0]}*`;
  return `${signs[0]}${"*".repeat(signs.length - 2)}${signs[signs.length - 1]}`;
}

/** A number of people or cases as roles without access to cases see it; small ones stay hidden. */
export const SMALL_COUNT = 5;

export function isSmall(count: number): boolean {
  return count > 0 && count < SMALL_COUNT;
}
