import type { PersonOutcome, PersonRefusal } from "@muster/db/queries/people/outcome";
import { formatDate } from "~/i18n/format";
import type { Locale } from "~/i18n/locales";
import { conflict, notFound, unprocessable } from "~/server/errors.server";

const DAYS = ["activeFrom", "on", "from"];

/** Which field of the form a refusal speaks of; the others speak of the record as it stands. */
function fieldsOf(refusal: PersonRefusal): readonly string[] {
  const [, field] = /^(idNumber|sex|bornOn)_/.exec(refusal) ?? [];
  if (field) return [field];
  if (/^(date_|station_closed)/.test(refusal)) return DAYS;
  if (refusal === "known_here" || refusal === "known_elsewhere") return ["idNumber"];
  if (refusal === "unknown_category" || refusal === "category_held") return ["category", "code"];
  return refusal === "not_mergeable" ? ["into"] : [];
}

/** The value of an outcome; a refusal becomes a 404, 409 or 422 with its sentence, beside its field where it has one. */
export function settled<T>(outcome: PersonOutcome<T>, locale: Locale, fields: readonly string[] = []): T {
  if (outcome.ok) return outcome.value;
  const { refusal, params = {} } = outcome;
  const key = `people:refusal.${refusal}`;
  if (refusal === "not_found") throw notFound();
  if (refusal === "changed_meanwhile" || refusal === "other_plan" || refusal === "decided")
    throw conflict(key);
  const written: Record<string, string> = params.openedOn
    ? { openedOn: formatDate(String(params.openedOn), locale) }
    : {};
  const field = fieldsOf(refusal).find((name) => fields.includes(name));
  throw field
    ? unprocessable("unprocessable", { params: { count: 1, ...written }, fields: { [field]: key } })
    : unprocessable(key, { params: written });
}
