/** Why a change of the register of visits was refused. Nothing was written. */
export type VisitRefusal =
  /** Not there, or not in the caller's scope: the same answer. */
  | "not_found"
  /** Somebody else changed it since the form was opened. */
  | "changed_meanwhile"
  | "date_in_future"
  | "date_before_opening"
  /** Longer ago than a visit may be entered. */
  | "date_too_early"
  | "station_closed"
  /** Nobody was chosen, or more than a visit may have. */
  | "nobody"
  | "too_many"
  /** Somebody chosen is not in the archive of this station, or of one below it, on that day. */
  | "not_here"
  /** What is to follow lies before the visit, or has no words. */
  | "follow_before"
  | "follow_words"
  /** Void already, or done already. */
  | "void"
  | "done"
  /** The same event of the same person stands open already. */
  | "noted_already"
  /** The station has a plan for this festival. */
  | "planned_already"
  /** No such worker. */
  | "worker";

export type VisitOutcome<T> =
  | { ok: true; value: T }
  | { ok: false; refusal: VisitRefusal; params?: Record<string, string | number> };

export function done<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function refused(
  refusal: VisitRefusal,
  params?: Record<string, string | number>,
): { ok: false; refusal: VisitRefusal; params?: Record<string, string | number> } {
  return params ? { ok: false, refusal, params } : { ok: false, refusal };
}
