import type { Violation } from "@muster/domain/check";
import type { Lock } from "@muster/domain/lock";
import type { Report } from "./report-row";

/** Why a step on a report or month was refused. Nothing was written. */
export type StepRefusal =
  /** Not there, or not in the caller's scope: the same answer. */
  | { kind: "not_found" }
  /** There, but this side may not take the step (nobody decides on their own). */
  | { kind: "forbidden" }
  | { kind: "locked"; lock: Lock }
  /** Somebody else changed it first; `current` is what stands now. */
  | { kind: "conflict"; current: Report }
  /** A hard check fails, or a soft one lacks its reason; `violations` are all that occurred. */
  | { kind: "violations"; violations: Violation[]; unanswered: Violation[] }
  /** Not one figure is given and nobody said that nothing happened. */
  | { kind: "empty" }
  /** A date outside its bounds, an unknown indicator, no reason: `field` names what to correct. */
  | { kind: "invalid"; field: string; problem: string }
  /** Stations that are neither accepted nor excused. */
  | {
      kind: "incomplete";
      stations: { stationId: number; name: string; problem: "not_accepted" | "not_signed_off" }[];
    };

export type Outcome<T> = { ok: true; value: T } | { ok: false; refusal: StepRefusal };

export function done<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function refused(refusal: StepRefusal): { ok: false; refusal: StepRefusal } {
  return { ok: false, refusal };
}
