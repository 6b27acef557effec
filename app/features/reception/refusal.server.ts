import type { CounterOutcome, CounterRefusal } from "@muster/db/queries/reception/outcome";
import { conflict, forbidden, notFound, unprocessable } from "~/server/errors.server";

const WORDS = ["question", "subject", "reason", "text", "urge", "knowledgeQuestion"];
const DAYS = ["on", "day", "receivedOn", "validFrom"];

/** Refusals that speak of a field: of the first of these that the form has. */
const FIELDS: Partial<Record<CounterRefusal, readonly string[]>> = {
  no_text: WORDS,
  no_answer: ["answer", "reply", "knowledgeAnswer"],
  no_petitioner: ["name0"],
  too_few_people: ["people"],
  unknown_topic: ["topic"],
  unknown_person: ["visitor", "name0"],
  unknown_leader: ["leaderId"],
  day_in_future: DAYS,
  day_too_early: DAYS,
  day_before_last: DAYS,
  due_in_past: ["dueOn", "validFrom"],
  code_taken: ["code"],
  too_many_days: ["days", "decide"],
  already_extended: ["days"],
  too_late_to_ask: ["on"],
};

/** The value of an outcome; a refusal becomes a 403, 404, 409 or 422 with its sentence, beside its field if it has one. */
export function settled<T>(outcome: CounterOutcome<T>, fields: readonly string[] = []): T {
  if (outcome.ok) return outcome.value;
  const { refusal } = outcome;
  if (refusal === "not_found") throw notFound();
  const key = `reception:refusal.${refusal}`;
  if (refusal === "forbidden" || refusal === "own_request") throw forbidden(key);
  if (refusal === "conflict" || refusal === "nothing_asked") throw conflict(key);
  const field = FIELDS[refusal]?.find((name) => fields.includes(name));
  throw field
    ? unprocessable("unprocessable", { params: { count: 1 }, fields: { [field]: key } })
    : unprocessable(key);
}
