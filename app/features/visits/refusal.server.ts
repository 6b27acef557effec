import type { VisitOutcome, VisitRefusal } from "@muster/db/queries/visits/outcome";
import { formatDate } from "~/i18n/format";
import type { Locale } from "~/i18n/locales";
import { conflict, notFound, unprocessable } from "~/server/errors.server";

/** Fields that a refusal may speak of, where the form has one of them. */
const FIELDS: Partial<Record<VisitRefusal, readonly string[]>> = {
  date_in_future: ["heldOn", "on"],
  date_before_opening: ["heldOn", "on"],
  date_too_early: ["heldOn"],
  station_closed: ["heldOn"],
  nobody: ["records"],
  too_many: ["records"],
  not_here: ["records", "on"],
  follow_before: ["followOn"],
  follow_words: ["followUp"],
  worker: ["worker"],
  noted_already: ["event"],
  planned_already: ["festival"],
};

/** The value of an outcome; a refusal becomes a 404, 409 or 422 with its sentence, beside its field where it has one. */
export function settled<T>(outcome: VisitOutcome<T>, locale: Locale, fields: readonly string[] = []): T {
  if (outcome.ok) return outcome.value;
  const { refusal, params = {} } = outcome;
  const key = `visits:refusal.${refusal}`;
  if (refusal === "not_found") throw notFound();
  if (refusal === "changed_meanwhile" || refusal === "void" || refusal === "done") throw conflict(key);
  const written: Record<string, string | number> = params.openedOn
    ? { openedOn: formatDate(String(params.openedOn), locale) }
    : params;
  const field = FIELDS[refusal]?.find((name) => fields.includes(name));
  throw field
    ? unprocessable("unprocessable", { params: { count: 1, ...written }, fields: { [field]: key } })
    : unprocessable(key, { params: written });
}
