import type { StaffImportPlan } from "@muster/db/queries/staff/import";
import { formatDate } from "~/i18n/format";
import type { Locale, Translate } from "~/i18n/locales";
import { type ImportView, importView } from "../registers/import-frame.server";
import type { SheetFault } from "../registers/sheet.server";
import { writtenParams } from "./refusal.server";

const MARKS = ["head", "secretary", "veteran"] as const;

/** Draws a plan with the sentences for what is wrong, in the sheet and with the roster. */
export function staffImportView(
  faults: readonly SheetFault[],
  plan: StaffImportPlan,
  bytes: Uint8Array,
  { t, locale }: { t: Translate; locale: Locale },
): ImportView {
  const add = plan.add.map((row) => ({
    line: row.line,
    cells: [
      row.name,
      row.post,
      t(`staff:employment.${row.employment}`),
      MARKS.filter((mark) => row[mark])
        .map((mark) => t(`staff:mark.${mark}`))
        .join(t("staff:join")),
      formatDate(row.validFrom, locale),
    ],
  }));
  const refused = plan.errors.map(({ line, name, refusal, params }) => ({
    line,
    name,
    problem: `staff:refusal.${refusal}`,
    params: writtenParams(params, locale),
  }));
  return importView(bytes, { ...plan, add, faults: [...faults, ...refused] }, t);
}
