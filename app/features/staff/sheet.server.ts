import type { StaffImportRow } from "@muster/db/queries/staff/import";
import type { RosterLine, StaffTerm } from "@muster/db/queries/staff/row";
import { EDUCATIONS, EMPLOYMENTS } from "@muster/domain/staff";
import type { ReportTable } from "@muster/reports/table";
import { formatDate, formatDateTime } from "~/i18n/format";
import { translate } from "~/i18n/i18n.server";
import { LOCALES, type Locale, type Translate } from "~/i18n/locales";
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

/** Most people of one file; more than any station has. */
export const MOST_IMPORTED = 300;
/** Title, notes and empty lines may stand above and below the rows. */
const MOST_ROWS = MOST_IMPORTED + 40;

export { MOST_ROWS as MOST_SHEET_ROWS };

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

/** Why a row of a sheet, or with line 0 the whole sheet, is not taken. */
export interface SheetError {
  line: number;
  name: string;
  problem:
    | "unreadable"
    | "header"
    | "empty"
    | "too_many"
    | "employment"
    | "education"
    | "yes_no"
    | "date"
    | "phone"
    | "name"
    | "post";
  params: Record<string, string | number>;
}

/** What a sheet says: its sound rows, and what is wrong with the others. */
export interface StaffSheet {
  rows: StaffImportRow[];
  errors: SheetError[];
}

const whole = (problem: SheetError["problem"], params: SheetError["params"] = {}): StaffSheet => ({
  rows: [],
  errors: [{ line: 0, name: "", problem, params }],
});

/** Words of a choice in every language of the screens, so that either template can be handed in. */
function wordsOf<V extends string>(prefix: "employment" | "education", values: readonly V[]): Map<string, V> {
  return new Map(
    LOCALES.flatMap((locale) =>
      values.map(
        (value) =>
          [
            String(translate(locale)(`staff:${prefix}.${value}` as "staff:join")).toLowerCase(),
            value,
          ] as const,
      ),
    ),
  );
}

/**
 * Reads the cells of a filled-in template: above the header anything may stand, below the last row the watermark.
 * A row without a name and a post is none.
 */
export function readStaffSheet(cells: readonly (readonly string[])[] | null): StaffSheet {
  if (!cells) return whole("unreadable");
  const labels = LOCALES.map((locale) =>
    COLUMNS.map((name) => String(translate(locale)(`staff:field.${name}`))),
  );
  const at = cells.findIndex((row) => labels.some((names) => names.every((label) => row.includes(label))));
  if (at < 0) return whole("header");
  const header = cells[at] ?? [];
  const names = labels.find((each) => each.every((label) => header.includes(label))) ?? [];
  const place = new Map(COLUMNS.map((name, i) => [name, header.indexOf(names[i] ?? "")]));
  const words = {
    employments: wordsOf("employment", EMPLOYMENTS),
    educations: wordsOf("education", EDUCATIONS),
  };
  const sheet: StaffSheet = { rows: [], errors: [] };
  for (const [i, row] of cells.slice(at + 1).entries()) {
    const cell = (name: ColumnName) => (row[place.get(name) ?? -1] ?? "").trim();
    if (cell("post") === "" && cell("employment") === "") continue;
    const line = at + i + 2;
    const read = readRow(cell, words);
    if ("problem" in read) sheet.errors.push({ line, name: cell("name").slice(0, 30), ...read });
    else sheet.rows.push({ line, ...read });
  }
  const people = sheet.rows.length + sheet.errors.length;
  if (people === 0) return whole("empty");
  return people > MOST_IMPORTED ? whole("too_many", { maximum: MOST_IMPORTED }) : sheet;
}

interface Words {
  employments: ReadonlyMap<string, (typeof EMPLOYMENTS)[number]>;
  educations: ReadonlyMap<string, (typeof EDUCATIONS)[number]>;
}

/** One person, or the first thing that is wrong with the row. */
function readRow(
  cell: (name: ColumnName) => string,
  { employments, educations }: Words,
): Omit<StaffImportRow, "line"> | Pick<SheetError, "problem" | "params"> {
  const refuse = (problem: SheetError["problem"], name: ColumnName) => ({
    problem,
    params: { value: cell(name).slice(0, 20) },
  });
  const employment = employments.get(cell("employment").toLowerCase());
  if (!employment) return refuse("employment", "employment");
  const schooling = cell("education").toLowerCase();
  const education = schooling === "" ? "unknown" : educations.get(schooling);
  if (!education) return refuse("education", "education");
  const unclear = MARKS.find((name) => yesNo(cell(name)) === null);
  if (unclear) return refuse("yes_no", unclear);
  const parsed = StaffForm.safeParse({
    ...Object.fromEntries(MARKS.filter((name) => yesNo(cell(name))).map((name) => [name, "on"])),
    ...{ name: cell("name"), post: cell("post"), phone: cell("phone"), employment, education },
    validFrom: dayOf(cell("validFrom")),
  });
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path[0];
  if (field === "post" || field === "phone") return refuse(field, field);
  return field === "validFrom" ? refuse("date", "validFrom") : refuse("name", "name");
}

const MARKS = ["head", "secretary", "veteran"] as const;

/** A day as people write it: 2026-3-1, 2026/03/01, 2026.3.1, 2026年3月1日. */
function dayOf(text: string): string {
  const [year = "", month = "", day = ""] = text.replace(/日$/, "").split(/[-/.年月]/);
  return [year, month.padStart(2, "0"), day.padStart(2, "0")].join("-");
}

const YES = new Set(["是", "yes", "y", "1", "true", "√", "✓"]);
const NO = new Set(["否", "no", "n", "0", "false", "", "×"]);

function yesNo(text: string): boolean | null {
  const word = text.toLowerCase();
  return YES.has(word) ? true : NO.has(word) ? false : null;
}
