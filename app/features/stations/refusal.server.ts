import type { StationOutcome, StationRefusal } from "@muster/db/queries/stations/outcome";
import type { Period } from "@muster/domain/period";
import { formatDate, formatPeriod } from "~/i18n/format";
import type { Locale } from "~/i18n/locales";
import { conflict, notFound, type Refusal, unprocessable } from "~/server/errors.server";

/** Which field of the form a refusal speaks of; the others speak of the station as it stands. */
const FIELDS: Partial<Record<StationRefusal, (fields: readonly string[]) => string | undefined>> = {
  code_taken: () => "code",
  date_in_future: dateField,
  date_before_opening: dateField,
  disclosed_in_future: () => "disclosedOn",
  month_locked: dateField,
  name_unchanged: () => "name",
  not_allowed_below: pickField,
  same_parent: pickField,
  below_itself: pickField,
  same_station: pickField,
  target_closed: pickField,
  other_level: pickField,
};

function dateField(fields: readonly string[]) {
  return fields.find((field) => field === "on" || field === "openedOn" || field === "validFrom");
}
function pickField(fields: readonly string[]) {
  return fields.find((field) => field === "parentId" || field === "intoId" || field === "type");
}

/** The value of an outcome; a refusal becomes a 404, 409 or 422 with its sentence, beside its field where it has one. */
export function settled<T>(outcome: StationOutcome<T>, locale: Locale, fields: readonly string[] = []): T {
  if (outcome.ok) return outcome.value;
  throw refusalOf(outcome.refusal, written(outcome.params ?? {}, locale), fields);
}

function refusalOf(
  refusal: StationRefusal,
  params: Record<string, string | number>,
  fields: readonly string[],
): Refusal {
  const key = `stations:refusal.${refusal}`;
  if (refusal === "not_found") return notFound();
  if (refusal === "changed_meanwhile") return conflict(key);
  const field = FIELDS[refusal]?.(fields);
  return field
    ? unprocessable("unprocessable", { params: { count: 1, ...params }, fields: { [field]: key } })
    : unprocessable(key, { params });
}

/** Days and months in the reader's language. */
function written(params: Record<string, string | number>, locale: Locale): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (name === "openedOn") return [name, formatDate(String(value), locale)];
      return [name, name === "period" ? formatPeriod(value as Period, locale) : value];
    }),
  );
}
