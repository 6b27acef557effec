import type { StaffOutcome, StaffRefusal } from "@muster/db/queries/staff/outcome";
import { formatDate } from "~/i18n/format";
import type { Locale } from "~/i18n/locales";
import { conflict, notFound, unprocessable } from "~/server/errors.server";

const DAYS = ["validFrom", "heldOn", "on", "from"];
/** Refusals that speak of a field: of the first of these that the form has. */
const FIELDS: Partial<Record<StaffRefusal, readonly string[]>> = {
  date_in_future: DAYS,
  date_before_opening: DAYS,
  date_before_beginning: DAYS,
  station_closed: DAYS,
  already_serving: ["name"],
  head_taken: ["head"],
  chair_taken: ["role"],
  not_below: ["covered"],
  not_on_roster: ["present"],
};

/** The value of an outcome; a refusal becomes a 404, 409 or 422 with its sentence, beside its field where it has one. */
export function settled<T>(outcome: StaffOutcome<T>, locale: Locale, fields: readonly string[] = []): T {
  if (outcome.ok) return outcome.value;
  const { refusal } = outcome;
  const params = writtenParams(outcome.params ?? {}, locale);
  const key = `staff:refusal.${refusal}`;
  if (refusal === "not_found") throw notFound();
  if (refusal === "changed_meanwhile" || refusal === "other_plan") throw conflict(key);
  const field = FIELDS[refusal]?.find((name) => fields.includes(name));
  throw field
    ? unprocessable("unprocessable", { params: { count: 1, ...params }, fields: { [field]: key } })
    : unprocessable(key, { params });
}

/** Days in the reader's language. */
export function writtenParams(
  params: Record<string, string | number>,
  locale: Locale,
): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      name === "openedOn" ? formatDate(String(value), locale) : value,
    ]),
  );
}
