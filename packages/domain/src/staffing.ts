import type { FiguresByCode } from "./indicator";
import type { Kind, Level } from "./station";

/** At least one full-time worker per 500 veterans and other beneficiaries. */
export const BENEFICIARIES_PER_WORKER = 500;

/** How a station, or several together, stands to the 1:500 rule. Null where a part was not reported. */
export interface Staffing {
  beneficiaries: number | null;
  fullTime: number | null;
  /** Full-time workers the rule asks for. */
  required: number | null;
  /** Posts that would close the gap; never negative. */
  shortfall: number | null;
  /** Beneficiaries per full-time worker, unrounded; null without a worker. */
  perWorker: number | null;
}

/** Full-time workers required for so many beneficiaries: one per started 500, none for none. */
export function requiredStaff(beneficiaries: number): number {
  return Math.ceil(beneficiaries / BENEFICIARIES_PER_WORKER);
}

/** The rule applied to one number of beneficiaries and one of full-time workers. */
export function staffing(beneficiaries: number | null, fullTime: number | null): Staffing {
  const required = beneficiaries === null ? null : requiredStaff(beneficiaries);
  return {
    beneficiaries,
    fullTime,
    required,
    shortfall: required === null || fullTime === null ? null : Math.max(0, required - fullTime),
    perWorker: beneficiaries === null || !fullTime ? null : beneficiaries / fullTime,
  };
}

/**
 * The rule at one station. A village serves its own people with its own staff. A managing station (district,
 * town, cadre home) serves everyone of its subtree with its own staff: village workers are part of the
 * villages' rule and not counted again. For a city use `staffingOfCity`.
 * `own` are the station's own figures, `subtree` its roll-up, both with A01 and B05.
 */
export function staffingAt(
  station: { level: Level; kind: Kind },
  own: FiguresByCode,
  subtree: FiguresByCode,
): Staffing {
  const people = station.level === "village" ? own : subtree;
  return staffing(people.A01 ?? null, own.B05 ?? null);
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

function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}
