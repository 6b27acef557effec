import type { FiguresByCode } from "./indicator";
import type { Period } from "./period";
import type { Level } from "./station";

/**
 * What a station's own staff is measured by: its own beneficiaries, those of its whole subtree, or nothing: it only
 * reports what stands below it.
 */
export const STAFFING_BASES = ["own", "subtree", "report"] as const;
export type StaffingBasis = (typeof STAFFING_BASES)[number];

/** How many people one full-time worker may serve in a city, and whose; a version holds from `validFrom` on. */
export interface StaffingRule {
  validFrom: Period;
  /** Veterans and other beneficiaries per full-time worker, at most; 500 by default. */
  perWorker: number;
  village: Exclude<StaffingBasis, "subtree">;
  /** Towns and cadre homes. */
  town: StaffingBasis;
  district: StaffingBasis;
}

/** The source documents' rule: at least one full-time worker per 500. */
export const DEFAULT_STAFFING_RULE: Omit<StaffingRule, "validFrom"> = {
  perWorker: 500,
  village: "own",
  town: "subtree",
  district: "subtree",
};

/** Bounds of what a city may ask for: beyond them somebody mistyped. */
export const PER_WORKER = { least: 10, most: 5000 } as const;

/** The rule of a month: the latest version that had begun by then. */
export function staffingRuleAt(rules: readonly StaffingRule[], at: Period): StaffingRule {
  const begun = rules.filter((r) => r.validFrom <= at).sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
  return begun[0] ?? { validFrom: at, ...DEFAULT_STAFFING_RULE };
}

/** What the staff of a station of this level is measured by. A city only adds up what stands below it. */
export function staffingBasis(rule: StaffingRule, level: Level): StaffingBasis {
  return level === "city" ? "report" : rule[level];
}

/** How a station, or several together, stands to the rule. Null where a part was not reported. */
export interface Staffing {
  beneficiaries: number | null;
  fullTime: number | null;
  /** Full-time workers the rule asks for; null where it asks for none. */
  required: number | null;
  /** Posts that would close the gap; never negative. */
  shortfall: number | null;
  /** Beneficiaries per full-time worker, unrounded; null without a worker. */
  perWorker: number | null;
}

/** Full-time workers required for so many beneficiaries: one per started `perWorker`, none for none. */
export function requiredStaff(beneficiaries: number, { perWorker }: Pick<StaffingRule, "perWorker">): number {
  return Math.ceil(beneficiaries / perWorker);
}

/** A rule applied to one number of beneficiaries and one of full-time workers; null asks for nobody. */
export function staffing(
  beneficiaries: number | null,
  fullTime: number | null,
  rule: Pick<StaffingRule, "perWorker"> | null,
): Staffing {
  const required = beneficiaries === null || rule === null ? null : requiredStaff(beneficiaries, rule);
  return {
    beneficiaries,
    fullTime,
    required,
    shortfall: required === null || fullTime === null ? null : Math.max(0, required - fullTime),
    perWorker: beneficiaries === null || !fullTime ? null : beneficiaries / fullTime,
  };
}

/**
 * The rule at one station, by the basis of its level. By default a village serves its own people with its own staff,
 * and a managing station (district, town, cadre home) everyone of its subtree with its own staff: village workers are
 * part of the villages' rule and not counted again. For a city use `staffingOfCity`.
 * `own` are the station's own figures, `subtree` its roll-up, both with A01 and B05.
 */
export function staffingAt(
  rule: StaffingRule,
  level: Level,
  own: FiguresByCode,
  subtree: FiguresByCode,
): Staffing {
  const basis = staffingBasis(rule, level);
  // Where nothing is asked, the people still stand beside the staff: everyone there is.
  const people = basis === "own" || level === "village" ? own : subtree;
  return staffing(people.A01 ?? null, own.B05 ?? null, basis === "report" ? null : rule);
}

/**
 * A city is the sum of the managing stations below it: what one has too many does not fill what another
 * lacks, so the shortfalls add up. What a station did not report counts nothing; all missing is missing.
 * Pass stations whose subtrees do not overlap (towns and homes, or districts), or people count twice.
 */
export function staffingOfCity(stations: readonly Staffing[]): Staffing {
  const beneficiaries = sum(stations.map((s) => s.beneficiaries));
  const fullTime = sum(stations.map((s) => s.fullTime));
  return {
    beneficiaries,
    fullTime,
    required: sum(stations.map((s) => s.required)),
    shortfall: sum(stations.map((s) => s.shortfall)),
    perWorker: beneficiaries === null || !fullTime ? null : beneficiaries / fullTime,
  };
}

/** What a station has at hand that could close its gap. */
export interface StaffReserve {
  /** Approved posts; null where no number is known. */
  approvedPosts: number | null;
  /** Part-time and concurrent staff. */
  otherStaff: number;
  /** Stations below with their beneficiaries; empty for a village. */
  below: readonly { id: number; beneficiaries: number }[];
}

/** What would close a gap, in the order in which it is easiest to get: the first three add up to the shortfall. */
export interface GapClosing {
  /** Vacant approved posts to fill. */
  fill: number;
  /** Part-time or concurrent staff to make full-time, on posts still to be approved. */
  convert: number;
  /** Posts to apply for that nobody here could take. */
  apply: number;
  /** Beneficiaries beyond what the staff may serve. */
  excess: number;
  /** Or else: stations below which, served by somebody else, would take the excess along; the fewest, in order. */
  regroup: number[];
}

/** What would close a station's gap; null without a gap or where a part is unknown. */
export function gapClosing(
  state: Staffing,
  reserve: StaffReserve,
  { perWorker }: Pick<StaffingRule, "perWorker">,
): GapClosing | null {
  const { shortfall, beneficiaries, fullTime } = state;
  if (!shortfall || beneficiaries === null || fullTime === null) return null;
  const fill = Math.min(shortfall, Math.max(0, (reserve.approvedPosts ?? fullTime) - fullTime));
  const convert = Math.min(shortfall - fill, reserve.otherStaff);
  const excess = beneficiaries - fullTime * perWorker;
  return {
    fill,
    convert,
    apply: shortfall - fill - convert,
    excess,
    regroup: regrouping(excess, reserve.below),
  };
}

/** More stations than these are no regrouping but another station. */
const MOST_REGROUPED = 5;

/** The smallest station that takes the excess alone; where none does, the largest ones until they do. */
function regrouping(excess: number, below: StaffReserve["below"]): number[] {
  const bySize = [...below].sort((a, b) => b.beneficiaries - a.beneficiaries);
  const alone = bySize.filter(({ beneficiaries }) => beneficiaries >= excess);
  const smallest = alone[alone.length - 1];
  if (smallest) return [smallest.id];
  const chosen: number[] = [];
  let left = excess;
  for (const { id, beneficiaries } of bySize) {
    if (left <= 0 || chosen.length === MOST_REGROUPED) break;
    chosen.push(id);
    left -= beneficiaries;
  }
  return left <= 0 ? chosen : [];
}

function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}
