import type { CaseAction } from "@muster/domain/assistance";

/** Why a step on a case was refused; nothing was written. */
export type CaseRefusal =
  /** Not there, or not in the caller's scope: the same answer. */
  | "not_found"
  /** There, but this role at this side may never take the step. */
  | "forbidden"
  /** Somebody else changed it first, or its state does not allow the step. */
  | "conflict"
  /** Four eyes: the caller took an earlier step that bars this one; `by` says which. */
  | "own_step"
  | "station_closed"
  /** A case stands below somebody who reviews it: the city itself has nobody. */
  | "no_reviewer"
  /** The person is no longer in this archive. */
  | "left"
  | "unknown_type"
  | "no_text"
  /** Helped, or asking, for the same cause within the limit period: to be confirmed. */
  | "same_cause"
  /** Papers are missing and no day is given by when they follow. */
  | "no_date"
  | "date_in_past"
  | "date_too_late"
  /** Papers that were to follow are missing. */
  | "materials_missing"
  /** A verification shows nothing. */
  | "no_photo"
  | "publicity_running"
  | "no_amount"
  /** Beyond what is left of the person's yearly limit; `left` in yuan. */
  | "over_limit"
  | "no_reason"
  /** A payment of a day that has not come, or before it was approved. */
  | "paid_in_future"
  | "paid_before_approval";

export interface Refused {
  ok: false;
  refusal: CaseRefusal;
  by?: CaseAction | "apply";
  params?: Record<string, string | number>;
}
export type CaseOutcome<T> = { ok: true; value: T } | Refused;

export function done<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function refused(refusal: CaseRefusal, more: Omit<Refused, "ok" | "refusal"> = {}): Refused {
  return { ok: false, refusal, ...more };
}
