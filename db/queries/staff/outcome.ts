/** Why a change of the staff register was refused. Nothing was written. */
export type StaffRefusal =
  /** Not there, or not in the caller's scope: the same answer. */
  | "not_found"
  /** Somebody else changed it since the form was opened. */
  | "changed_meanwhile"
  | "date_in_future"
  | "date_before_opening"
  /** An end, or a change, on or before the day on which it began. */
  | "date_before_beginning"
  /** It ended already. */
  | "ended"
  /** Somebody of this name and number serves here on that day. */
  | "already_serving"
  /** Another person leads the station on that day; `name` says who. */
  | "head_taken"
  /** Another person chairs the group on that day; `name` says who. */
  | "chair_taken"
  /** The change says nothing new. */
  | "unchanged"
  | "station_closed"
  /** A village that does not stand directly below. */
  | "not_below"
  /** Somebody who did not serve on the day of the training. */
  | "not_on_roster"
  /** The training was cancelled. */
  | "cancelled"
  /** The roster differs from what the preview showed. */
  | "other_plan";

export type StaffOutcome<T> =
  | { ok: true; value: T }
  | { ok: false; refusal: StaffRefusal; params?: Record<string, string | number> };

export function done<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function refused(
  refusal: StaffRefusal,
  params?: Record<string, string | number>,
): { ok: false; refusal: StaffRefusal; params?: Record<string, string | number> } {
  return params ? { ok: false, refusal, params } : { ok: false, refusal };
}
