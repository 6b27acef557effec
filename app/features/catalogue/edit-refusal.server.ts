import type { EditOutcome, EditRefusal } from "@muster/db/queries/catalogue-edit";
import type { RuleProblem } from "@muster/domain/checks";
import type { Locale } from "~/i18n/locales";
import { conflict, forbidden, notFound, type Refusal, unprocessable } from "~/server/errors.server";

/** An edit that was made, or its refusal thrown in the reader's language. */
export function edited(outcome: EditOutcome, locale: Locale): void {
  if (!outcome.ok) throw refusalOfEdit(outcome.refusal, locale);
}

function refusalOfEdit(refusal: EditRefusal, locale: Locale): Refusal {
  switch (refusal.kind) {
    case "forbidden":
      return forbidden();
    case "not_found":
      return notFound();
    case "conflict":
      return conflict("settings:catalogue.errors.changed");
    case "invalid":
      return unprocessable("unprocessable", {
        params: { count: 1 },
        fields: { [refusal.field]: `settings:catalogue.problem.${refusal.problem}` },
      });
    case "referenced":
      return unprocessable("settings:catalogue.errors.referenced", {
        params: { by: refusal.by.join(locale === "en" ? ", " : "、") },
      });
    case "rule":
      return unprocessable("settings:catalogue.errors.rule", {
        params: { problems: refusal.problems.map((problem) => ruleSentence(problem, locale)).join(" ") },
        extensions: { problems: refusal.problems },
      });
  }
}

const PARTS: Record<RuleProblem["part"], { zh: string; en: string }> = {
  left: { zh: "左边", en: "Left side" },
  comparison: { zh: "比较", en: "Comparison" },
  right: { zh: "右边", en: "Right side" },
  floor: { zh: "起算差额", en: "Floor" },
};

/** What is wrong with a part of a check; the message itself says at which character. */
function ruleSentence({ part, message }: RuleProblem, locale: Locale): string {
  return locale === "en" ? `${PARTS[part].en}: ${message.en}.` : `${PARTS[part].zh}：${message.zh}。`;
}
