/** Why a step on a card was refused. Nothing was written. */
export type CardRefusal =
  /** Not there, or not in the caller's scope: the same answer. */
  | "not_found"
  /** The person is no longer in the archive. */
  | "left"
  /** A last day that has passed, or that is too far away. */
  | "bad_end"
  /** A pairing card names one of the station's own staff. */
  | "no_worker"
  /** Replaced or withdrawn already. */
  | "ended";

export type CardOutcome<T> = { ok: true; value: T } | { ok: false; refusal: CardRefusal };

export const done = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });
export const refused = (refusal: CardRefusal): { ok: false; refusal: CardRefusal } => ({
  ok: false,
  refusal,
});
