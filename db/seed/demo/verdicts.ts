import type { Calendar } from "./calendar";
import { CLOSED_MONTHS, CURRENT } from "./calendar";
import { LIUHE } from "./cities";
import { type StationPlan, townLacks } from "./plan";
import { Random } from "./random";

/** The month in whose middle this year's checks fall: the last closed one, when every change of the year has happened. */
export const CHECKED_IN = CLOSED_MONTHS - 1;

/** How far a station's assessment of this year is. */
export type Fate = "none" | "draft" | "returned" | "self_submitted" | "checked" | "spot_checked";

/** How far a station is, by the generator of its assessment, of which this takes the first number. */
export function fateOf(plan: StationPlan, random: Random): Fate {
  const roll = random.next();
  if (plan.opensIn === CURRENT) return "none";
  // The towns are all decided but one; of the villages some are on their way.
  if (plan.level === "town") return roll < 0.12 ? "self_submitted" : roll < 0.4 ? "spot_checked" : "checked";
  // The first village of the source document's town still has to send its own; the next ones wait for the check.
  if (plan.spec?.pinyin === LIUHE && plan.number <= 2) return "draft";
  if (plan.spec?.pinyin === LIUHE && (plan.number === 14 || plan.number === 15)) return "self_submitted";
  // All its villages have been verified, this year or last: 64 of 64 have premises.
  if (plan.spec?.pinyin === LIUHE && !steady(plan) && roll < 0.15) return "checked";
  if (roll < 0.04) return "none";
  if (roll < 0.07) return "draft";
  if (roll < 0.09) return "returned";
  if (roll < 0.15) return "self_submitted";
  return roll < 0.23 ? "spot_checked" : "checked";
}

/** Whether this year's assessment of a station has been checked. */
export function verifiedThisYear(plan: StationPlan): boolean {
  const fate = fateOf(plan, new Random(`assessment ${plan.key}`));
  return fate === "checked" || fate === "spot_checked";
}

/** Whether the same holds of the Five Haves in every month told: last year's verdict then says it, too. */
function steady({ facts, opensIn }: StationPlan): boolean {
  return opensIn === 0 && facts.every(({ fiveHaves }) => fiveHaves === facts[0]?.fiveHaves);
}

/** The month told from which on a station meets the Five Haves that it did not meet before, or no longer; else null. */
export function changedIn({ facts, opensIn }: StationPlan): number | null {
  if (opensIn > 0) return null;
  const month = facts.findIndex(({ fiveHaves }) => fiveHaves !== facts[0]?.fiveHaves);
  return month > 0 ? month : null;
}

/** The morning on which the city looked at a station again, in the first half of the month of its change. */
export function lookedAtAgain(plan: StationPlan, month: number, calendar: Calendar): Date {
  const day = new Random(`looked at again ${plan.key}`).int(6, 14);
  return new Date(`${calendar.period(month)}-${String(day).padStart(2, "0")}T09:30:00+08:00`);
}

/** What a village without its Five Haves may lack; in Liuhe premises, worker and boards are there everywhere. */
const GAPS = ["E1", "G7", "G1", "O1"];
const LIUHE_GAPS = ["E1", "G7", "O1"];

/** The mandatory item that a station fails today, or null where it meets the Five Haves. */
export function lackOf(plan: StationPlan): string | null {
  const lacks = plan.level === "town" && plan.spec ? townLacks(plan.spec) : null;
  const facts = plan.facts[CURRENT];
  if (lacks !== null || facts?.fiveHaves) return lacks;
  if (plan.kind === "station" && facts?.fullTime === 0) return "S2";
  return oneOf(plan, "lacks");
}

/** What a station failed in the first month told, whose Five Haves came about later; null for the others. */
export function lackedOf(plan: StationPlan): string | null {
  if (changedIn(plan) === null || plan.facts[0]?.fiveHaves) return null;
  // What is asked of the home and not of its points cannot fail at one.
  if (plan.kind === "service_point") return "G1";
  if (plan.kind === "station" && plan.facts[0]?.fullTime === 0) return "S2";
  return oneOf(plan, "lacked");
}

function oneOf({ key, spec }: StationPlan, what: string): string {
  return new Random(`${what} ${key}`).pick(spec?.pinyin === LIUHE ? LIUHE_GAPS : GAPS);
}
