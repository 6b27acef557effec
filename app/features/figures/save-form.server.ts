import { type CityCatalogue, catalogueAt } from "@muster/db/queries/catalogue";
import { changesSince } from "@muster/db/queries/report-page";
import { type Report, readReport } from "@muster/db/queries/report-row";
import { type ReportAddress, saveReport } from "@muster/db/queries/reports";
import { readFormFigures } from "@muster/domain/figures-input";
import { type FiguresByCode, type Indicator, toCodes } from "@muster/domain/indicator";
import { z } from "zod";
import type { Locale } from "~/i18n/locales";
import type { Permissions } from "~/server/authorization.server";
import type { Tx } from "~/server/database.server";
import { notFound, unprocessable } from "~/server/errors.server";
import { settled } from "~/server/step-refusal.server";
import type { FieldClash } from "./draft-sync";
import { mergeChanges } from "./merge";
import { fieldText } from "./model";
import type { Typed } from "./use-filing";

const LONGEST_REASON = 500;

/** A check, or a check and the figure it speaks of. */
export const REASON_KEY = /^[A-Z][A-Z0-9]{1,9}(?::[A-Z][A-Z0-9]{2,7})?$/;

/** The fields of the form that are not figures; those are named by their codes and read by the catalogue. */
export const FilingFields = z.looseObject({ version: z.coerce.number().int().min(0).max(1_000_000_000) });

/** Somebody else saved first, and both changed the same fields: nothing is saved until the filer has chosen. */
export interface SaveClash {
  kind: "clash";
  by: string | null;
  at: string | null;
  clashes: FieldClash[];
  typed: Typed;
}

export type FormSaved = { kind: "saved"; version: number } | SaveClash;

/**
 * Saves a form as a browser without scripts sends it: every field. What others have saved since it was opened stays
 * where this form did not change it; a field that both changed is asked about, unless `choose.<code>` answers.
 */
export async function saveForm(
  tx: Tx,
  address: ReportAddress,
  form: z.output<typeof FilingFields>,
  { locale, demand }: { locale: Locale; demand: Permissions["demand"] },
): Promise<FormSaved> {
  const [report, catalogue] = await Promise.all([
    readReport(tx, address.stationId, address.period),
    catalogueAt(tx, address.period),
  ]);
  if (!report) throw notFound();
  // Before anything is compared: a form that changes nothing is no answer to a stranger either.
  const { stationId, reviewerId } = report;
  demand("fill", "MonthlyReport", { stationId, reviewerId });
  const given = answered(readForm(catalogue.indicators, form), form);
  const stand = { figures: toCodes(catalogue.indicators, report.figures), reasons: report.reasons };
  const base =
    report.version === form.version
      ? stand.figures
      : { ...stand.figures, ...before(await changesSince(tx, address, form.version)) };

  const mine = changesIn<number | null>(given.figures, base, null);
  const merge = mergeChanges<number | null>(base, mine, stand.figures, null);
  if (merge.clashes.length > 0) {
    const clashes = merge.clashes.map((clash) => ({ what: "figure" as const, ...clash }));
    const texts = textsFor(catalogue.indicators, { ...given.figures, ...merge.theirs });
    return {
      kind: "clash",
      by: report.updatedBy,
      at: report.updatedAt,
      clashes,
      typed: { texts, reasons: given.reasons },
    };
  }
  const reasons = changesIn(given.reasons, stand.reasons, "");
  // Nothing new is no step: the history stays readable.
  if (Object.keys(merge.mine).length + Object.keys(reasons).length === 0) {
    return { kind: "saved", version: report.version };
  }
  const saved = await saveReport(tx, address, report.version, { figures: merge.mine, reasons });
  return { kind: "saved", version: settled(saved, locale).version };
}

type Fields = z.output<typeof FilingFields>;

function readForm(
  indicators: readonly Indicator[],
  { version: _version, intent: _intent, ...fields }: Fields,
): { figures: FiguresByCode; reasons: Record<string, string> } {
  const read = readFormFigures(indicators, Object.entries(fields));
  if (!read.ok) {
    const problems = read.errors.map(({ code, problem }) => [code, `figures:problem.${problem}`] as const);
    throw unprocessable("unprocessable", {
      params: { count: problems.length },
      fields: Object.fromEntries(problems),
    });
  }
  return { figures: read.figures, reasons: readReasons(fields) };
}

/** Reasons of a form, `reason.<check>` or `reason.<check>:<code>`; too long ones are refused. */
export function readReasons(fields: Record<string, unknown>): Record<string, string> {
  const reasons: Record<string, string> = {};
  for (const [name, text] of Object.entries(fields)) {
    const key = name.startsWith("reason.") ? name.slice(7) : "";
    if (!REASON_KEY.test(key) || typeof text !== "string") continue;
    if (text.length > LONGEST_REASON) {
      throw unprocessable("unprocessable", {
        params: { count: 1 },
        fields: { [name]: "figures:reasonTooLong" },
      });
    }
    reasons[key] = text.trim();
  }
  return reasons;
}

/** Figures for which the filer chose the other person's value stay as they stand. */
function answered(given: ReturnType<typeof readForm>, form: Fields): ReturnType<typeof readForm> {
  const figures = Object.fromEntries(
    Object.entries(given.figures).filter(([code]) => form[`choose.${code}`] !== "theirs"),
  );
  return { figures, reasons: given.reasons };
}

function before(changes: Awaited<ReturnType<typeof changesSince>>): FiguresByCode {
  return Object.fromEntries(Object.entries(changes).map(([code, [was]]) => [code, was]));
}

function changesIn<V>(given: Record<string, V>, base: Record<string, V>, missing: V): Record<string, V> {
  return Object.fromEntries(Object.entries(given).filter(([key, value]) => value !== (base[key] ?? missing)));
}

function textsFor(indicators: readonly Indicator[], figures: FiguresByCode): Record<string, string> {
  return Object.fromEntries(
    indicators
      .filter(({ code, kind }) => kind === "figure" && code in figures)
      .map(({ code, unit }) => [code, fieldText(figures[code] ?? null, unit)]),
  );
}

/** What the autosave is told of a report that somebody else has changed. */
export function theirStand(report: Report, catalogue: ReturnType<CityCatalogue["at"]>) {
  return {
    version: report.version,
    figures: toCodes(catalogue.indicators, report.figures),
    reasons: report.reasons,
    by: report.updatedBy,
    at: report.updatedAt,
  };
}
