import {
  DIMENSIONS,
  type Dimension,
  FIVE_HAVES,
  itemsFor,
  meets,
  type StandardItem,
  type StandardSet,
  thresholdAt,
} from "./standard";
import type { Level } from "./station";

/** States of an assessment. One never touched reads as `draft`, version 0. */
export const ASSESSMENT_STATES = ["draft", "self_submitted", "returned", "checked", "spot_checked"] as const;
export type AssessmentState = (typeof ASSESSMENT_STATES)[number];

/** Whose value it is: the station's own, its parent's, the city's. The three are kept apart. */
export const STAGES = ["self", "check", "spot"] as const;
export type Stage = (typeof STAGES)[number];

export const ASSESSMENT_ACTIONS = [
  "save",
  "submit",
  "return",
  "check_save",
  "check",
  "spot_save",
  "spot_check",
] as const;
export type AssessmentAction = (typeof ASSESSMENT_ACTIONS)[number];

/** Who a step belongs to: the assessed station, its parent, or the city. */
export type AssessmentSide = "own" | "parent" | "city";

export interface AssessmentStep {
  action: AssessmentAction;
  from: AssessmentState;
  to: AssessmentState;
  by: AssessmentSide;
  /** Whose values the step writes; null where it writes none. */
  stage: Stage | null;
}

/** Every step an assessment can take; what is not here cannot happen. What was spot-checked stands. */
export const ASSESSMENT_STEPS: readonly AssessmentStep[] = [
  { action: "save", from: "draft", to: "draft", by: "own", stage: "self" },
  { action: "save", from: "returned", to: "returned", by: "own", stage: "self" },
  { action: "submit", from: "draft", to: "self_submitted", by: "own", stage: "self" },
  { action: "submit", from: "returned", to: "self_submitted", by: "own", stage: "self" },
  { action: "return", from: "self_submitted", to: "returned", by: "parent", stage: null },
  { action: "check_save", from: "self_submitted", to: "self_submitted", by: "parent", stage: "check" },
  { action: "check", from: "self_submitted", to: "checked", by: "parent", stage: "check" },
  { action: "spot_save", from: "checked", to: "checked", by: "city", stage: "spot" },
  { action: "spot_check", from: "checked", to: "spot_checked", by: "city", stage: "spot" },
];

/**
 * Where a person stands towards an assessment. Nobody checks their own station, not even for the city: whoever
 * stands there is only `own`.
 */
export function assessmentSides(
  actor: { stationId: number; path: string },
  assessed: { stationId: number; parentId: number | null },
): AssessmentSide[] {
  if (actor.stationId === assessed.stationId) return ["own"];
  const sides: AssessmentSide[] = [];
  if (actor.stationId === assessed.parentId) sides.push("parent");
  if (actor.path === "/") sides.push("city");
  return sides;
}

/** The step if one of these sides may take it from this state, else null. */
export function assessmentStep(
  action: AssessmentAction,
  from: AssessmentState,
  sides: readonly AssessmentSide[],
): AssessmentStep | null {
  return ASSESSMENT_STEPS.find((s) => s.action === action && s.from === from && sides.includes(s.by)) ?? null;
}

/** What was said of one item: a value, or why the item does not apply. */
export interface ItemValue {
  value: number | null;
  notApplicable: boolean;
  remark: string;
}

/** Values by item code. */
export type Values = Readonly<Record<string, ItemValue | undefined>>;

/** The value that counts: of the latest stage that gave one; a remark alone takes nothing away. */
export function valueThatCounts(
  byStage: Partial<Record<Stage, ItemValue | undefined>>,
): { stage: Stage; value: ItemValue } | null {
  for (const stage of [...STAGES].reverse()) {
    const value = byStage[stage];
    if (value && (value.value !== null || value.notApplicable)) return { stage, value };
  }
  return null;
}

/** How an item came out. */
export type ItemVerdict = "passed" | "failed" | "missing" | "not_applicable";

export interface DimensionVerdict {
  dimension: Dimension;
  /** Every mandatory item that applies passes; the bonus has no such verdict. */
  passed: boolean;
  /** Points after rescaling, at most `weight`. */
  points: number;
  /** What the dimension is worth in this set. */
  weight: number;
  /** Mandatory items that fail or are missing. */
  failing: string[];
}

export interface Verdict {
  items: Record<string, ItemVerdict>;
  dimensions: DimensionVerdict[];
  fiveHaves: boolean;
  /** With the bonus, to a tenth. */
  points: number;
  /** What could be reached with the bonus. */
  outOf: number;
  /** The highest grade reached; null below all of them. */
  grade: string | null;
  /** Items without an answer. */
  missing: string[];
}

/**
 * Judges values by a standard set, for a station of this level.
 *
 * An item passes or fails as a whole. What is not asked of the level and what does not apply (with a reason) gives
 * its points to the other items of its dimension: 6 of 8 points count as 11.25 where the dimension is worth 15. A
 * dimension nothing of which applies gives its points to the others of the Five Haves in the same way. A dimension
 * passes when every mandatory item that applies passes; a station meets the Five Haves (五有) when all five pass.
 */
export function judge(set: StandardSet, level: Level, values: Values): Verdict {
  const asked = itemsFor(set, level);
  const items = Object.fromEntries(
    asked.map((item) => [item.code, verdictOf(item, level, values[item.code])]),
  );
  const parts = DIMENSIONS.map((dimension) => partOf(dimension, set, asked, items));
  const dimensions = spread(parts);
  const five = dimensions.filter(({ dimension }) => dimension !== "bonus");
  const fiveHaves = five.length === FIVE_HAVES.length && five.every(({ passed }) => passed);
  const points = tenth(dimensions.reduce((sum, each) => sum + each.points, 0));
  return {
    items,
    dimensions: dimensions.map((each) => ({ ...each, points: tenth(each.points) })),
    fiveHaves,
    points,
    outOf: set.items.reduce((sum, item) => sum + item.points, 0),
    grade: gradeOf(set, points, fiveHaves),
    missing: asked.filter(({ code }) => items[code] === "missing").map(({ code }) => code),
  };
}

/** How one item came out. A mark as not applicable counts only with its reason. */
export function verdictOf(item: StandardItem, level: Level, said: ItemValue | undefined): ItemVerdict {
  if (said?.notApplicable) return said.remark.trim() === "" ? "missing" : "not_applicable";
  const threshold = thresholdAt(item, level);
  if (said === undefined || said.value === null || threshold === null) return "missing";
  return meets(threshold, said.value) ? "passed" : "failed";
}

/** What a verdict found wanting: what lists and dashboards count without judging again. */
export interface Shortcomings {
  /** Of the Five Haves, those that do not pass. */
  lacking: Dimension[];
  /** Mandatory items of the Five Haves that do not pass: why they do not. */
  failing: string[];
  /** Every item that was not passed, the bonus included. */
  missed: string[];
  /** Items that do not apply. */
  exempt: string[];
}

/** What a verdict found wanting, each list in the order of the standards. */
export function shortcomingsOf({ items, dimensions }: Verdict): Shortcomings {
  const wanting = dimensions.filter(({ dimension, passed }) => dimension !== "bonus" && !passed);
  const codes = (...verdicts: ItemVerdict[]) =>
    Object.keys(items).filter((code) => verdicts.includes(items[code] ?? "missing"));
  return {
    lacking: wanting.map(({ dimension }) => dimension),
    failing: wanting.flatMap(({ failing }) => failing),
    missed: codes("failed", "missing"),
    exempt: codes("not_applicable"),
  };
}

interface Part extends DimensionVerdict {
  /** Points of the items that apply. */
  applying: number;
}

function partOf(
  dimension: Dimension,
  set: StandardSet,
  asked: readonly StandardItem[],
  verdicts: Record<string, ItemVerdict>,
): Part {
  const own = asked.filter((item) => item.dimension === dimension);
  const applying = own.filter(({ code }) => verdicts[code] !== "not_applicable");
  const failing = applying.filter(({ code, mandatory }) => mandatory && verdicts[code] !== "passed");
  const earned = pointsOf(applying.filter(({ code }) => verdicts[code] === "passed"));
  const weight = pointsOf(set.items.filter((item) => item.dimension === dimension));
  const possible = pointsOf(applying);
  return {
    dimension,
    passed: failing.length === 0,
    points: possible === 0 ? 0 : (earned / possible) * weight,
    weight,
    failing: failing.map(({ code }) => code),
    applying: possible,
  };
}

/** A dimension nothing of which applies is carried by the others of the Five Haves. */
function spread(parts: readonly Part[]): DimensionVerdict[] {
  const carries = (part: Part) => part.dimension !== "bonus" && part.applying > 0;
  const carried = sum(parts.filter((part) => part.dimension !== "bonus").map(({ weight }) => weight));
  const carriers = sum(parts.filter(carries).map(({ weight }) => weight));
  return parts.map(({ applying, ...part }) => ({
    ...part,
    points: carries({ ...part, applying }) && carriers > 0 ? part.points * (carried / carriers) : part.points,
  }));
}

function gradeOf(set: StandardSet, points: number, fiveHaves: boolean): string | null {
  const reached = set.grades
    .filter((grade) => points >= grade.minPoints && (fiveHaves || !grade.needsFiveHaves))
    .sort((a, b) => b.minPoints - a.minPoints);
  return reached[0]?.code ?? null;
}

function pointsOf(items: readonly StandardItem[]): number {
  return sum(items.map(({ points }) => points));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function tenth(points: number): number {
  return Math.round(points * 10) / 10;
}
