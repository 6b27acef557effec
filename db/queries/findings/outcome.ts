/** Why something about a finding or an inspection was refused; nothing was written. */
export type InspectionRefusal =
  /** Not there, or not in the caller's scope: the same answer. */
  | "not_found"
  /** There, but this side may not take the step: nobody closes the findings of their own station. */
  | "forbidden"
  /** Somebody else changed it first, or its state no longer allows the step. */
  | "conflict"
  /** Whoever answered does not judge the answer. */
  | "own_answer"
  /** A step that speaks needs its words. */
  | "no_text"
  | "due_in_past"
  | "due_too_late"
  /** An extension that gives no more time. */
  | "due_not_later"
  | "station_closed"
  /** The inspected station has to stand below the one that inspects. */
  | "not_below"
  | "no_stations"
  | "no_items"
  /** An item that the inspection or the standards do not have. */
  | "unknown_item"
  | "no_inspectors"
  /** Somebody named as inspector has no role at the inspecting station, or serves at one of the inspected. */
  | "inspector_elsewhere"
  | "inspector_inspected"
  | "ends_before_start"
  | "ends_in_past"
  /** There are fewer stations to draw from than are to be drawn. */
  | "pool_too_small"
  /** Some stations have not been visited: it says which are left out and why, or is not concluded. */
  | "not_visited";

export type InspectionOutcome<T> = { ok: true; value: T } | { ok: false; refusal: InspectionRefusal };

export function done<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function refused(refusal: InspectionRefusal): { ok: false; refusal: InspectionRefusal } {
  return { ok: false, refusal };
}
