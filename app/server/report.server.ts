import { sentence, translate } from "~/i18n/i18n.server";
import { DEFAULT_LOCALE, type Locale } from "~/i18n/locales";
import { isDatabaseAway, isOverloaded, isRefusal, type Refusal } from "./errors.server";
import type { FieldMessages } from "./form.server";
import { log } from "./log.server";

/** What an error page shows: one sentence, what to do now, the reference. Crosses to the browser. */
export interface ErrorReport {
  status: number;
  code: string;
  message: string;
  next: string;
  reference: string;
}

function keyOf(code: string): string {
  return code.includes(":") ? code : `errors:${code}`;
}

/** The sentence of a field message in the reader's language. */
export function fieldSentences(locale: Locale, messages: FieldMessages): Record<string, string[]> {
  const said = (key: string, params?: Record<string, string | number>) =>
    sentence(locale, keyOf(key), params) ?? translate(locale)("errors:field.invalid");
  return Object.fromEntries(
    Object.entries(messages).map(([name, list]) => [name, list.map(({ key, params }) => said(key, params))]),
  );
}

/** A refusal in the reader's language. */
export function reportOf(refusal: Refusal, locale: Locale, reference: string): ErrorReport {
  const key = keyOf(refusal.code);
  const params = refusal.options.params;
  const generic =
    refusal.status === 404
      ? "notFound"
      : refusal.status === 403
        ? "forbidden"
        : refusal.status === 409
          ? "conflict"
          : refusal.status === 422
            ? "unprocessable"
            : "badRequest";
  const t = translate(locale);
  return {
    status: refusal.status,
    code: refusal.code,
    message:
      sentence(locale, `${key}.message`, params) ??
      sentence(locale, key, params) ??
      t(`errors:${generic}.message`),
    next: sentence(locale, `${key}.next`, params) ?? t(`errors:${generic}.next`),
    reference,
  };
}

/**
 * Any error as a report. What is not a Refusal is logged with the reference and tells the reader nothing about
 * itself: messages of libraries hold values, and values are personal.
 */
export function reportAny(
  error: unknown,
  locale: Locale = DEFAULT_LOCALE,
  reference = "",
): ErrorReport & { headers: Record<string, string> } {
  if (isRefusal(error))
    return { ...reportOf(error, locale, reference), headers: error.options.headers ?? {} };
  const t = translate(locale);
  if (isOverloaded(error)) {
    const text = { message: t("errors:overloaded.message"), next: t("errors:overloaded.next") };
    return {
      status: 503,
      code: "overloaded",
      ...text,
      reference,
      headers: { "Retry-After": String(error.retryAfterSeconds ?? 2) },
    };
  }
  log().error({ reference, error: describe(error) }, "unexpected error");
  if (isDatabaseAway(error)) {
    const text = { message: t("errors:unavailable.message"), next: t("errors:unavailable.next") };
    return { status: 503, code: "unavailable", ...text, reference, headers: { "Retry-After": "5" } };
  }
  const text = { message: t("errors:unexpected.message"), next: t("errors:unexpected.next") };
  return { status: 500, code: "unexpected", ...text, reference, headers: {} };
}

/** An error for the log: its kind, its SQLSTATE where it has one, and where it arose; never its message's values. */
export function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const { code, table_name: table, constraint_name: constraint } = error as Error & Record<string, unknown>;
  // A database error quotes the offending row in its message and detail; our own errors quote nothing.
  const fromDatabase = typeof code === "string" && /^[0-9A-Z]{5}$/.test(code);
  const frames = (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12);
  return {
    kind: error.name,
    code,
    table,
    constraint,
    message: fromDatabase ? undefined : error.message,
    stack: frames,
  };
}
