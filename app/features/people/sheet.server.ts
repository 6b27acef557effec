import type { PersonImportRow } from "@muster/db/queries/people/import";
import { parseDay } from "@muster/domain/period";
import { isPhone, phoneDigits, SEXES, type Sex } from "@muster/domain/person";
import {
  type Entry,
  entriesOf,
  readEntry,
  SECTION_NAMES,
  type SectionContent,
  type SectionName,
} from "@muster/domain/person-sections";
import type { Translate } from "~/i18n/locales";
import { dayOf, type RowProblem, type SheetSpec, wordsOf, yesNoOf } from "../registers/sheet.server";

const BASICS = ["name", "idNumber", "sex", "bornOn", "phone", "category", "station", "activeFrom"] as const;
/** Most people of one file. */
const MOST_IMPORTED = 5_000;

const fieldLabel = (name: string) => (t: Translate) =>
  String(t(`people:field.${name}` as "people:field.name"));
/** What an option is called, yes and no included. */
export function optionLabel(name: string, value: string, entry: Entry, t: Translate): string {
  const list = entry.kind === "yesNo" ? "yesNo" : name;
  return String(t(`people:option.${list}.${value}` as "people:option.yesNo.yes"));
}

const ENTRIES = SECTION_NAMES.flatMap((section) =>
  entriesOf(section).map(([name, entry]) => ({
    section,
    name,
    entry,
    words:
      entry.kind === "choice"
        ? wordsOf(entry.options, (value, t) => optionLabel(name, value, entry, t))
        : new Map<string, string>(),
  })),
);

/** The columns of the people's template: identity, then every entry of the archive, which may all stay empty. */
const COLUMNS = [...BASICS, ...ENTRIES.map(({ name }) => name)].map((name) => ({
  name,
  label: fieldLabel(name),
}));

const SEX_WORDS = wordsOf(SEXES, (value, t) => String(t(`people:sex.${value}`)));

/** How people are read from an Excel file and written into one. */
export const PEOPLE_SHEET: SheetSpec<Omit<PersonImportRow, "line">> = {
  columns: COLUMNS,
  mostRows: MOST_IMPORTED,
  nameColumn: "name",
  readRow(cell) {
    const wrong = (name: string, value: string): RowProblem => ({
      problem: "people:error.row.entry",
      // The number of somebody is not repeated in a list of faults.
      params: { value: value.slice(0, 20) },
      words: { field: `people:field.${name}` },
      column: `people:field.${name}`,
    });
    const name = cell("name");
    if (name === "" || name.length > 30) return { problem: "people:error.name", column: "people:field.name" };
    const sex = cell("sex") === "" ? null : SEX_WORDS.get(cell("sex").toLowerCase());
    if (sex === undefined) return wrong("sex", cell("sex"));
    const days: Record<"bornOn" | "activeFrom", string | null> = { bornOn: null, activeFrom: null };
    for (const field of ["bornOn", "activeFrom"] as const) {
      if (cell(field) === "") continue;
      days[field] = parseDay(dayOf(cell(field)));
      if (days[field] === null) return wrong(field, cell(field));
    }
    const phone = phoneDigits(cell("phone"));
    if (cell("phone") !== "" && !isPhone(phone)) return wrong("phone", cell("phone"));
    const sections: Partial<Record<SectionName, SectionContent>> = {};
    for (const { section, name: field, entry, words } of ENTRIES) {
      const typed = cell(field);
      if (typed === "") continue;
      const read = readEntry(entry, said(entry, typed, words));
      if ("problem" in read) return wrong(field, typed);
      sections[section] = { ...sections[section], [field]: read.value };
    }
    return {
      row: {
        station: cell("station"),
        name,
        idNumber: cell("idNumber"),
        sex: sex as Sex | null,
        ...days,
        phone,
        categories: cell("category")
          .split(/[\s,，、;；]+/)
          .filter(Boolean),
        sections,
      },
    };
  },
};

/** What somebody wrote in a cell, as the entry keeps it. */
function said(entry: Entry, typed: string, words: ReadonlyMap<string, string>): string {
  if (entry.kind === "date") return dayOf(typed);
  if (entry.kind === "yesNo") return yesNoOf(typed) ?? "?";
  return entry.kind === "choice" ? (words.get(typed.toLowerCase()) ?? "?") : typed;
}

/** What the choices of the template take, a line each. */
export function choiceNotes(t: Translate): string[] {
  const join = t("people:join");
  return ENTRIES.flatMap(({ name, entry }) =>
    entry.kind === "choice"
      ? [
          t("people:sheet.choices", {
            field: fieldLabel(name)(t),
            list: entry.options.map((value) => optionLabel(name, value, entry, t)).join(join),
          }),
        ]
      : [],
  );
}
