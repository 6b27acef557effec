import { data } from "@remix-run/node";
import type { Locale } from "~/i18n/locales";
import { problem } from "./api.server";
import { isRefusal, Refusal } from "./errors.server";
import type { FieldMessages, FormValues } from "./form.server";
import { plainPage } from "./plain-page.server";
import { type ErrorReport, fieldSentences, reportAny } from "./report.server";
import type { RequestContext } from "./request-context.server";

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
  /** The request's: its reference, and whether there is a page to draw on. */
  muster: RequestContext;
  intent: string | null;
  values: FormValues;
}

/** In a loader: an error becomes the error page. A redirect or other Response passes through. */
export function throwPage(error: unknown, locale: Locale, muster: RequestContext): never {
  if (error instanceof Response) throw error;
  const { reference } = muster;
  if (muster.resource) throw wholeAnswer(error, locale, muster);
  const { headers, ...report } = reportAny(error, locale, reference);
  throw data(report, { status: report.status, headers });
}

/** A resource's refusal: there is no page to draw it on. */
function wholeAnswer(error: unknown, locale: Locale, { wantsJson, reference }: RequestContext): Response {
  return wantsJson ? problem(error, locale, reference) : plainPage(error, locale, reference);
}

/** Where no page shows the fields, what is wrong with the first of them is the sentence. */
function firstOf(messages: FieldMessages, error: unknown): unknown {
  const [first] = Object.values(messages).flat();
  return first ? new Refusal(422, first.key, { params: first.params }) : error;
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
    return throwPage(failed, asked.locale, asked.muster);
  }
  const rules = "messages" in outcome ? outcome.messages : null;
  const messages = rules ?? (isRefusal(failed) ? messagesOf(failed) : {});
  const error = rules
    ? new Refusal(422, "unprocessable", { params: { count: Object.keys(rules).length } })
    : failed;
  if (asked.muster.resource) throw wholeAnswer(firstOf(messages, error), asked.locale, asked.muster);
  const { headers, ...report } = reportAny(error, asked.locale, asked.muster.reference);
  const refusal: FormRefusal = {
    ok: false,
    intent: asked.intent,
    values: asked.values,
    errors: fieldSentences(asked.locale, messages),
    report,
  };
  return data(refusal, { status: report.status, headers });
}
