import { data } from "@remix-run/node";
import { translate } from "~/i18n/i18n.server";
import type { Locale } from "~/i18n/locales";
import { isRefusal, type Refusal } from "./errors.server";
import type { FieldMessages, FormValues } from "./form.server";
import { type ErrorReport, fieldSentences, reportAny } from "./report.server";

/** An action's answer when it refused: what was typed comes back with the reasons. */
export interface FormRefusal {
  ok: false;
  intent: string | null;
  values: FormValues;
  /** Sentences beside the fields; under "" those of the whole form. */
  errors: Record<string, string[]>;
  report: ErrorReport;
}

interface Asked {
  locale: Locale;
  reference: string;
  intent: string | null;
  values: FormValues;
}

/** In a loader: an error becomes the error page. A redirect or other Response passes through. */
export function throwPage(error: unknown, locale: Locale, reference: string): never {
  if (error instanceof Response) throw error;
  const { headers, ...report } = reportAny(error, locale, reference);
  throw data(report, { status: report.status, headers });
}

function messagesOf(refusal: Refusal): FieldMessages {
  const fields = Object.entries(refusal.options.fields ?? {});
  return Object.fromEntries(
    fields.map(([name, keys]) => [
      name,
      [keys].flat().map((key) => ({ key, params: refusal.options.params })),
    ]),
  );
}

/**
 * In an action: a refusal is data, so that the page is drawn again with what was typed. A 404 and a 403 are pages,
 * because there is nothing to draw again. An unexpected error is data too: typing must not be lost to our mistake.
 */
export function answerForm(outcome: { error: unknown } | { messages: FieldMessages }, asked: Asked) {
  if ("error" in outcome && outcome.error instanceof Response) throw outcome.error;
  const failed = "error" in outcome ? outcome.error : null;
  if (isRefusal(failed) && (failed.status === 404 || failed.status === 403 || failed.status === 405)) {
    return throwPage(failed, asked.locale, asked.reference);
  }
  const messages = "messages" in outcome ? outcome.messages : isRefusal(failed) ? messagesOf(failed) : {};
  const { headers, ...report } =
    "messages" in outcome
      ? { ...invalid(messages, asked), headers: {} }
      : reportAny(failed, asked.locale, asked.reference);
  const refusal: FormRefusal = {
    ok: false,
    intent: asked.intent,
    values: asked.values,
    errors: fieldSentences(asked.locale, messages),
    report,
  };
  return data(refusal, { status: report.status, headers });
}

function invalid(messages: FieldMessages, { locale, reference }: Asked): ErrorReport {
  const t = translate(locale);
  const count = Object.keys(messages).length;
  return {
    status: 422,
    code: "unprocessable",
    message: t("errors:unprocessable.message", { count }),
    next: t("errors:unprocessable.next"),
    reference,
  };
}
