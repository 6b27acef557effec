import type { IdentityProblem } from "@muster/domain/person";

/** Why a change of the archive was refused. Nothing was written but, where it says so, an audit entry. */
export type PersonRefusal =
  /** Not there, or not in the caller's scope: the same answer. */
  | "not_found"
  /** Somebody else changed it since the form was opened. */
  | "changed_meanwhile"
  | "date_in_future"
  | "date_before_opening"
  /** An end before the day on which it began. */
  | "date_before_beginning"
  | "station_closed"
  /** ID number, sex or birth are wrong or do not agree: `<field>_<problem>`. */
  | `${IdentityProblem["field"]}_${IdentityProblem["problem"]}`
  /** In the archive already, within the caller's sight; `id` is the record. */
  | "known_here"
  /** In the archive of another station of the city. That it was asked is in the log. */
  | "known_elsewhere"
  /** No category of the city has this code. */
  | "unknown_category"
  /** Held already. */
  | "category_held"
  /** No longer in the archive. */
  | "left"
  | "not_left"
  /** A record is merged into another active one of its own subtree. */
  | "not_mergeable"
  /** The request was decided, or is not the caller's to decide. */
  | "decided"
  /** The archive differs from what the preview showed. */
  | "other_plan";

export type PersonOutcome<T> =
  | { ok: true; value: T }
  | { ok: false; refusal: PersonRefusal; params?: Record<string, string | number> };

export function done<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function refused(
  refusal: PersonRefusal,
  params?: Record<string, string | number>,
): { ok: false; refusal: PersonRefusal; params?: Record<string, string | number> } {
  return params ? { ok: false, refusal, params } : { ok: false, refusal };
}
