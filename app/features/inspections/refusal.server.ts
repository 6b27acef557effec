import type { InspectionOutcome, InspectionRefusal } from "@muster/db/queries/findings/outcome";
import { conflict, forbidden, notFound, unprocessable } from "~/server/errors.server";

/** Refusals that speak of a field: of the first of these that the form has. */
const FIELDS: Partial<Record<InspectionRefusal, readonly string[]>> = {
  no_text: ["measures", "seen", "reason", "why", "urge", "body", "circular"],
  due_in_past: ["dueOn", "extendTo", "newDue"],
  due_too_late: ["dueOn", "extendTo", "newDue"],
  due_not_later: ["extendTo"],
  unknown_item: ["item", "codes"],
  no_items: ["words"],
  no_stations: ["stations"],
  not_below: ["within", "stations"],
  no_inspectors: ["inspectors"],
  inspector_elsewhere: ["inspectors"],
  inspector_inspected: ["inspectors"],
  ends_before_start: ["endsOn"],
  ends_in_past: ["endsOn"],
  pool_too_small: ["size"],
  not_visited: ["circular"],
};

/** The value of an outcome; a refusal becomes a 403, 404, 409 or 422 with its sentence, beside its field if it has one. */
export function settled<T>(outcome: InspectionOutcome<T>, fields: readonly string[] = []): T {
  if (outcome.ok) return outcome.value;
  const { refusal } = outcome;
  const key = `inspections:refusal.${refusal}`;
  if (refusal === "not_found") throw notFound();
  if (refusal === "forbidden" || refusal === "own_answer") throw forbidden(key);
  if (refusal === "conflict") throw conflict(key);
  const field = FIELDS[refusal]?.find((name) => fields.includes(name));
  throw field
    ? unprocessable("unprocessable", { params: { count: 1 }, fields: { [field]: key } })
    : unprocessable(key);
}
