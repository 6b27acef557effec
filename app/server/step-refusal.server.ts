import type { Outcome, StepRefusal } from "@muster/db/queries/outcome";
import type { Violation } from "@muster/domain/check";
import type { Lock } from "@muster/domain/lock";
import { formatDate } from "~/i18n/format";
import type { Locale } from "~/i18n/locales";
import { conflict, forbidden, notFound, type Refusal, unprocessable } from "./errors.server";

/** The value of a step on a report or month, or its refusal thrown in the reader's language. */
export function settled<T>(outcome: Outcome<T>, locale: Locale): T {
  if (outcome.ok) return outcome.value;
  throw refusalOfStep(outcome.refusal, locale);
}

/**
 * A refused step as a 4xx: 404 for what is not there or not yours, 403 for a step of somebody else's, 409 for locks
 * and lost races (with what stands now), 422 for content. The API's problem gets `violations`, `current`, `stations`.
 */
export function refusalOfStep(refusal: StepRefusal, locale: Locale): Refusal {
  switch (refusal.kind) {
    case "not_found":
      return notFound();
    case "forbidden":
      return forbidden("step.forbidden");
    case "locked":
      return lockRefusal(refusal.lock, locale);
    case "conflict": {
      const { version, status } = refusal.current;
      return conflict("step.conflict", { extensions: { current: { version, status } } });
    }
    case "violations": {
      const violations = refusal.violations.map((v) => violationJson(v, locale));
      return unprocessable("step.violations", {
        params: { count: refusal.unanswered.length },
        extensions: { violations },
      });
    }
    case "empty":
      return unprocessable("step.empty");
    case "invalid":
      return unprocessable(`step.invalid.${invalidKey(refusal.field)}`, {
        params: { field: refusal.field },
        extensions: { field: refusal.field, problem: refusal.problem },
        fields: { [refusal.field]: `step.invalid.${invalidKey(refusal.field)}.message` },
      });
    case "incomplete":
      return unprocessable("step.incomplete", {
        params: {
          count: refusal.stations.length,
          names: refusal.stations
            .slice(0, 5)
            .map((s) => s.name)
            .join(locale === "en" ? ", " : "、"),
        },
        extensions: { stations: refusal.stations },
      });
  }
}

/** A lock as a sentence: why, who can open it, until when. */
export function lockRefusal(lock: Lock, locale: Locale): Refusal {
  const params = { until: lock.until ? formatDate(lock.until, locale) : "" };
  const extensions = { lock };
  // What cannot be yet is content; what somebody has closed is a state.
  if (lock.reason === "future" || lock.reason === "not_expected" || lock.reason === "not_submittable_yet") {
    return unprocessable(`step.locked.${lock.reason}`, { params, extensions });
  }
  return conflict(`step.locked.${lock.reason}`, { params, extensions });
}

/** A failed check in the API's shape, its message in the reader's language. */
export function violationJson(violation: Violation, locale: Locale) {
  const { check, severity, indicators, message } = violation;
  return { check, severity, indicators, message: locale === "en" ? message.en : message.zh };
}

function invalidKey(field: string): string {
  return field === "dueOn" ||
    field === "until" ||
    field === "reason" ||
    field === "figures" ||
    field === "excused"
    ? field
    : "other";
}
