/** Why a change of a station was refused. The screens have one sentence for each; nothing was written. */
export type StationRefusal =
  /** Not there, or not in the caller's scope: the same answer. */
  | "not_found"
  /** Somebody else changed it since the form was opened. */
  | "changed_meanwhile"
  /** Another station of the city has this code. */
  | "code_taken"
  /** This level and kind may not stand below that parent. */
  | "not_allowed_below"
  /** Nobody moves or closes the station they act for; that is for the level above. */
  | "own_station"
  /** The city itself is neither closed nor moved. */
  | "is_city"
  | "date_in_future"
  | "date_before_opening"
  /** Accounts cannot have been put up on a day to come. */
  | "disclosed_in_future"
  /** A month from that date on is locked; `period` names the latest locked one. */
  | "month_locked"
  /** The report of `period` would stay with the old parent, which sees it no longer, and is not decided yet. */
  | "month_unsettled"
  /** The new parent has signed off `period`, and the report of that month would have to go there. */
  | "target_signed_off"
  | "parent_closed"
  /** Stations below are still open; `count` says how many. */
  | "has_open_children"
  | "already_closed"
  | "not_closed"
  /** It was merged into another station, whose history it now is. */
  | "merged"
  | "same_parent"
  | "below_itself"
  | "same_station"
  | "target_closed"
  /** Only stations of one level and kind are merged. */
  | "other_level"
  | "name_unchanged";

export type StationOutcome<T> =
  | { ok: true; value: T }
  | { ok: false; refusal: StationRefusal; params?: Record<string, string | number> };

export function done<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function refused(
  refusal: StationRefusal,
  params?: Record<string, string | number>,
): { ok: false; refusal: StationRefusal; params?: Record<string, string | number> } {
  return params ? { ok: false, refusal, params } : { ok: false, refusal };
}
