import type { PeriodCatalogue } from "@muster/db/queries/catalogue";
import { FIGURE_PROBLEMS, readJsonFigures } from "@muster/domain/figures-input";
import type { FiguresByCode } from "@muster/domain/indicator";
import { z } from "zod";
import type { Locale } from "~/i18n/locales";
import { unprocessable } from "~/server/errors.server";

const Reason = z.string().max(500);
/** Checked against the catalogue of the month by `figuresOf`, which says what is wrong with each. */
const Figures = z.record(z.string(), z.unknown());

export const Draft = z.strictObject({ figures: Figures, remarks: z.record(z.string(), Reason).optional() });

export const Submission = z.strictObject({
  figures: Figures.optional(),
  remarks: z.record(z.string(), Reason).optional(),
  confirmNil: z.boolean().optional(),
  reasons: z.record(z.string(), Reason).optional(),
});

export const Return = z.strictObject({
  figures: z.record(z.string(), Reason),
  dueOn: z.string().max(10),
});

export const WithReason = z.strictObject({ reason: Reason.optional() });
export const Excuses = z.strictObject({ excused: z.record(z.string(), Reason).optional() });
export const Unlocking = z.strictObject({ reason: Reason, until: z.string().max(10) });

/** The figures of a body, or 422 with what is wrong with each. */
export function figuresOf(catalogue: PeriodCatalogue, given: unknown, locale: Locale): FiguresByCode {
  const read = readJsonFigures(catalogue.indicators, given);
  if (read.ok) return read.figures;
  const errors = read.errors.map(({ code, problem }) => {
    const { zh, en } = FIGURE_PROBLEMS[problem];
    return { code, problem, message: locale === "en" ? en : zh };
  });
  throw unprocessable("api:errors.figures", { params: { count: errors.length }, extensions: { errors } });
}

/** Notes by indicator code; 422 for a code the month does not know. */
export function notesOf(
  catalogue: PeriodCatalogue,
  given: Record<string, string> | undefined,
): Record<string, string> | undefined {
  const unknown = Object.keys(given ?? {}).find((code) => !catalogue.byCode.has(code));
  if (unknown !== undefined) {
    throw unprocessable("api:errors.remark", { params: { code: unknown.slice(0, 40) } });
  }
  return given;
}
