/** Why a step on the counter log, the knowledge base or a petition was refused; nothing was written. */
export type CounterRefusal =
  /** Not there, or not in the caller's scope: the same answer. */
  | "not_found"
  /** There, but this side may not take the step. */
  | "forbidden"
  /** Somebody else changed it first, or its state no longer allows the step. */
  | "conflict"
  /** Whoever asked for more time does not grant it. */
  | "own_request"
  /** A step that speaks needs its words. */
  | "no_text"
  /** An answered question has an answer. */
  | "no_answer"
  | "no_petitioner"
  | "too_many_petitioners"
  /** Fewer people than are named. */
  | "too_few_people"
  /** No topic of the city has this code, or it is no longer offered. */
  | "unknown_topic"
  /** Nobody of an archive in the caller's scope. */
  | "unknown_person"
  /** Nobody with a role at the station. */
  | "unknown_leader"
  | "day_in_future"
  /** Before the station opened, or longer ago than the log takes. */
  | "day_too_early"
  /** Before the step that came last. */
  | "day_before_last"
  | "due_in_past"
  | "station_closed"
  /** Nobody stands above. */
  | "nobody_above"
  /** A code that the city has already. */
  | "code_taken"
  /** More days than a limit or an extension may have. */
  | "too_many_days"
  /** It was extended already. */
  | "already_extended"
  | "nothing_asked"
  /** The petitioner's time for asking is over. */
  | "too_late_to_ask"
  /** Something that was not answered is not published. */
  | "not_answered";

export type CounterOutcome<T> = { ok: true; value: T } | { ok: false; refusal: CounterRefusal };

export function done<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function refused(refusal: CounterRefusal): { ok: false; refusal: CounterRefusal } {
  return { ok: false, refusal };
}
