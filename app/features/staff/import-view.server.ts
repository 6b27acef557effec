import type { StaffImportPlan } from "@muster/db/queries/staff/import";
import type { Locale, Translate } from "~/i18n/locales";
import { packFile } from "../stations/import-file.server";
import { writtenParams } from "./refusal.server";
import type { StaffSheet } from "./sheet.server";

/** What a file would do, as the page shows it. */
export interface StaffImportView {
  ok: true;
  counts: { add: number; unchanged: number; errors: number };
  /** Faulty rows, in words; line 0 is the whole file. */
  errors: { line: number; name: string; reason: string }[];
  add: StaffImportPlan["add"];
  /** What the confirmation sends; absent while there are errors. */
  confirm: { digest: string; parts: string[] } | null;
}

/** Draws a plan with the sentences for what is wrong. */
export function viewOf(
  sheet: StaffSheet,
  plan: StaffImportPlan,
  bytes: Uint8Array,
  { t, locale }: { t: Translate; locale: Locale },
): StaffImportView {
  const errors = [
    ...sheet.errors.map(({ line, name, problem, params }) => ({
      line,
      name,
      reason: t(`staff:import.problem.${problem}`, params),
    })),
    ...plan.errors.map(({ line, name, refusal, params }) => ({
      line,
      name,
      reason: t(`staff:refusal.${refusal}` as "staff:refusal.ended", writtenParams(params, locale)),
    })),
  ].sort((a, b) => a.line - b.line);
  const sound = errors.length === 0 && plan.add.length > 0;
  return {
    ok: true,
    counts: { add: plan.add.length, unchanged: plan.unchanged, errors: errors.length },
    errors,
    add: plan.add,
    confirm: sound ? { digest: plan.digest, parts: packFile(bytes) } : null,
  };
}
