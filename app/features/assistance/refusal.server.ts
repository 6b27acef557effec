import type { CaseOutcome, CaseRefusal } from "@muster/db/queries/assistance/outcome";
import { formatMoney } from "~/i18n/format";
import { translate } from "~/i18n/i18n.server";
import type { Locale } from "~/i18n/locales";
import { conflict, forbidden, notFound, unprocessable } from "~/server/errors.server";

/** Refusals that speak of a field: of the first of these that the form has. */
const FIELDS: Partial<Record<CaseRefusal, readonly string[]>> = {
  no_text: ["text", "reason"],
  no_amount: ["amount", "asked"],
  over_limit: ["amount"],
  no_date: ["missingBy"],
  date_in_past: ["missingBy"],
  date_too_late: ["missingBy"],
  same_cause: ["despite"],
  no_reason: ["reason"],
  paid_in_future: ["paidOn"],
  paid_before_approval: ["paidOn"],
};

/** The value of an outcome; a refusal becomes a 403, 404, 409 or 422 with its sentence, beside its field if it has one. */
export function settled<T>(outcome: CaseOutcome<T>, locale: Locale, fields: readonly string[] = []): T {
  if (outcome.ok) return outcome.value;
  const { refusal, by } = outcome;
  const { left, ...rest } = outcome.params ?? {};
  const params = left === undefined ? rest : { ...rest, left: formatMoney(Number(left) * 100) };
  const key = `assistance:refusal.${refusal}`;
  if (refusal === "not_found") throw notFound();
  if (refusal === "forbidden") throw forbidden(key);
  if (refusal === "own_step") {
    const action = translate(locale)(`assistance:action.${by ?? "apply"}`);
    throw forbidden("assistance:refusal.barred", { params: { action } });
  }
  if (refusal === "conflict") throw conflict(key);
  const field = FIELDS[refusal]?.find((name) => fields.includes(name));
  throw field
    ? unprocessable("unprocessable", { params: { count: 1, ...params }, fields: { [field]: key } })
    : unprocessable(key, { params });
}
