import type { StaffImportRow } from "@muster/db/queries/staff/import";
import type { RosterLine, StaffTerm } from "@muster/db/queries/staff/row";
import { EDUCATIONS, EMPLOYMENTS } from "@muster/domain/staff";
import type { ReportTable } from "@muster/reports/table";
import { formatDate, formatDateTime } from "~/i18n/format";
import type { Locale, Translate } from "~/i18n/locales";
import { dayOf, type RowProblem, type SheetSpec, wordsOf, yesNoOf } from "../registers/sheet.server";
import { StaffForm } from "./forms";

/** Columns of the template, in its order. */
const COLUMNS = [
  "name",
  "post",
  "employment",
  "head",
  "secretary",
  "veteran",
  "phone",
  "education",
  "validFrom",
] as const;
type ColumnName = (typeof COLUMNS)[number];

type Line = StaffTerm & Partial<Pick<RosterLine, "stationName">>;

/** A roster as a table of a file, with the columns of the template, so that it can be filled in and taken back. */
export function rosterTable(
  lines: readonly Line[],
  said: {
    t: Translate;
    locale: Locale;
    reader: string;
    now: Date;
    on: string;
    station: string;
    below: boolean;
  },
): ReportTable {
  const { t, locale, reader, now, on, station, below } = said;
  const yes = (value: boolean) => (value ? t("staff:sheet.yes") : t("staff:sheet.no"));
  return {
    title: t("staff:sheet.title", { station }),
    columns: [
      ...COLUMNS.map((name) => ({ label: t(`staff:field.${name}`) })),
      ...(below ? [{ label: t("staff:column.station") }] : []),
    ],
    rows: lines.map((line) => [
      line.name,
      line.post,
      t(`staff:employment.${line.employment}`),
      yes(line.head),
      yes(line.secretary),
      yes(line.veteran),
      line.phone,
      t(`staff:education.${line.education}`),
      line.validFrom,
      ...(below ? [line.stationName ?? ""] : []),
    ]),
    notes: [t("staff:sheet.asOf", { date: formatDate(on, locale) })],
    watermark: t("dashboards:export.watermark", { name: reader, time: formatDateTime(now) }),
  };
}

/** An empty table with the columns to fill in and what they take. */
export function templateTable({
  t,
  reader,
  now,
  station,
}: {
  t: Translate;
  reader: string;
  now: Date;
  station: string;
}): ReportTable {
  const join = t("staff:join");
  return {
    title: t("staff:sheet.template", { station }),
    columns: COLUMNS.map((name) => ({ label: t(`staff:field.${name}`) })),
    rows: [],
    notes: [
      t("staff:sheet.takes", {
        employment: EMPLOYMENTS.map((value) => t(`staff:employment.${value}`)).join(join),
        education: EDUCATIONS.map((value) => t(`staff:education.${value}`)).join(join),
      }),
    ],
    watermark: t("dashboards:export.watermark", { name: reader, time: formatDateTime(now) }),
  };
}

type StaffRow = Omit<StaffImportRow, "line">;
type Problem = "employment" | "education" | "yes_no" | "date" | "phone" | "name" | "post";

const employments = wordsOf(EMPLOYMENTS, (value, t) => t(`staff:employment.${value}`));
const educations = wordsOf(EDUCATIONS, (value, t) => t(`staff:education.${value}`));
const MARKS = ["head", "secretary", "veteran"] as const;

/** The template as it comes back: a line for everybody who serves. */
export const STAFF_SHEET: SheetSpec<StaffRow> = {
  columns: COLUMNS.map((name) => ({ name, label: (t) => t(`staff:field.${name}`) })),
  // More than any station has.
  mostRows: 300,
  nameColumn: "name",
  readRow,
};

/** One person, or the first thing that is wrong with the row. An empty mark is a no. */
function readRow(cell: (name: string) => string): { row: StaffRow } | RowProblem {
  const refuse = (problem: Problem, name: ColumnName): RowProblem => ({
    problem: `staff:import.problem.${problem}`,
    params: { value: cell(name).slice(0, 20) },
  });
  const employment = employments.get(cell("employment").toLowerCase());
  if (!employment) return refuse("employment", "employment");
  const schooling = cell("education").toLowerCase();
  const education = schooling === "" ? "unknown" : educations.get(schooling);
  if (!education) return refuse("education", "education");
  const unclear = MARKS.find((name) => yesNoOf(cell(name)) === null);
  if (unclear) return refuse("yes_no", unclear);
  const parsed = StaffForm.safeParse({
    ...Object.fromEntries(MARKS.filter((name) => yesNoOf(cell(name)) === "yes").map((name) => [name, "on"])),
    ...{ name: cell("name"), post: cell("post"), phone: cell("phone"), employment, education },
    validFrom: dayOf(cell("validFrom")),
  });
  if (parsed.success) return { row: parsed.data };
  const field = parsed.error.issues[0]?.path[0];
  if (field === "post" || field === "phone") return refuse(field, field);
  return field === "validFrom" ? refuse("date", "validFrom") : refuse("name", "name");
}
