import type { CardOutcome, CardRefusal } from "@muster/db/queries/cards/outcome";
import { conflict, notFound, unprocessable } from "~/server/errors.server";

/** The field of a form that a refusal speaks of. */
const FIELDS: Partial<Record<CardRefusal, string>> = { bad_end: "validUntil", no_worker: "workerId" };

/** The value of an outcome; a refusal becomes a 404, 409 or 422 with its sentence, beside its field where it has one. */
export function settled<T>(outcome: CardOutcome<T>): T {
  if (outcome.ok) return outcome.value;
  const { refusal } = outcome;
  if (refusal === "not_found") throw notFound();
  const key = `cards:refusal.${refusal}`;
  if (refusal === "ended") throw conflict(key);
  const field = FIELDS[refusal];
  throw field
    ? unprocessable("unprocessable", { params: { count: 1 }, fields: { [field]: key } })
    : unprocessable(key);
}
