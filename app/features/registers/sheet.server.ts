import type { ReportTable } from "@muster/reports/table";
import { formatDateTime } from "~/i18n/format";
import { translate } from "~/i18n/i18n.server";
import { LOCALES, type Translate } from "~/i18n/locales";

/** A column of a register's Excel file. */
export interface SheetColumn {
  name: string;
  /** What its head says in a language. */
  label: (t: Translate) => string;
}

/** What is wrong with a row: a key of a catalogue and its values. */
export interface RowProblem {
  problem: string;
  params?: Record<string, string | number>;
  /** Further values that are keys of a catalogue themselves, such as the name of a field. */
  words?: Record<string, string>;
  /** The head of the cell that is wrong, as a key of a catalogue; absent where it is the whole row. */
  column?: string;
}

/** How a register reads and writes Excel files. */
export interface SheetSpec<Row> {
  columns: readonly SheetColumn[];
  /** Most rows of one file. */
  mostRows: number;
  /** Names the row in a list of faults. */
  nameColumn: string;
  /** One row, or the first thing that is wrong with it. Cells are trimmed; one that is not there is empty. */
  readRow: (cell: (name: string) => string) => { row: Row } | RowProblem;
}

export interface SheetFault extends RowProblem {
  /** Row of the sheet; 0 is the whole file. */
  line: number;
  name: string;
}

export interface Sheet<Row> {
  rows: (Row & { line: number })[];
  faults: SheetFault[];
}

/** Title, notes and empty lines may stand above and below the rows. */
export const LINES_AROUND = 40;

/**
 * Reads the cells of a filled-in template, whichever language it was made in. Above the head anything may stand; a row
 * whose cells, but for the first, are all empty is none (the watermark stands in such a one).
 */
export function readSheet<Row>(
  spec: SheetSpec<Row>,
  cells: readonly (readonly string[])[] | null,
): Sheet<Row> {
  const whole = (problem: string, params?: RowProblem["params"]): Sheet<Row> => ({
    rows: [],
    faults: [params ? { line: 0, name: "", problem, params } : { line: 0, name: "", problem }],
  });
  if (!cells) return whole("registers:import.problem.unreadable");
  const languages = LOCALES.map((locale) => spec.columns.map(({ label }) => label(translate(locale))));
  const at = cells.findIndex((row) =>
    languages.some((labels) => labels.every((label) => row.includes(label))),
  );
  const head = cells[at];
  const labels = languages.find((each) => each.every((label) => head?.includes(label)));
  if (!head || !labels) return whole("registers:import.problem.header");
  const place = new Map(spec.columns.map(({ name }, i) => [name, head.indexOf(labels[i] ?? "")]));
  const sheet: Sheet<Row> = { rows: [], faults: [] };
  for (const [i, row] of cells.slice(at + 1).entries()) {
    if (row.slice(1).every((text) => text.trim() === "")) continue;
    const cell = (name: string) => (row[place.get(name) ?? -1] ?? "").trim();
    const line = at + i + 2;
    const read = spec.readRow(cell);
    if ("problem" in read) sheet.faults.push({ line, name: cell(spec.nameColumn).slice(0, 30), ...read });
    else sheet.rows.push({ ...read.row, line });
  }
  const found = sheet.rows.length + sheet.faults.length;
  if (found === 0) return whole("registers:import.problem.empty");
  return found > spec.mostRows
    ? whole("registers:import.problem.tooMany", { maximum: spec.mostRows })
    : sheet;
}

interface Said {
  t: Translate;
  title: string;
  reader: string;
  now: Date;
  notes?: readonly string[];
}

/** A table with the register's columns; without rows it is the template. */
export function sheetTable(
  columns: readonly SheetColumn[],
  rows: readonly (readonly string[])[],
  { t, title, reader, now, notes = [] }: Said,
): ReportTable {
  return {
    title,
    columns: columns.map(({ label }) => ({ label: label(t) })),
    rows,
    notes: [...notes],
    watermark: t("dashboards:export.watermark", { name: reader, time: formatDateTime(now) }),
  };
}

/** Words of a choice in every language, so that either template can be handed in. */
export function wordsOf<V extends string>(
  values: readonly V[],
  word: (value: V, t: Translate) => string,
): Map<string, V> {
  return new Map(
    LOCALES.flatMap((locale) =>
      values.map((value) => [word(value, translate(locale)).toLowerCase(), value] as const),
    ),
  );
}

/** A day as people write it: 2026-3-1, 2026/03/01, 20260301, 2026年3月1日. */
export function dayOf(text: string): string {
  if (/^\d{8}$/.test(text)) return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
  const [year = "", month = "", day = ""] = text.replace(/日$/, "").split(/[-/.年月]/);
  return [year, month.padStart(2, "0"), day.padStart(2, "0")].join("-");
}

const YES = new Set(["是", "yes", "y", "1", "true", "√", "✓", "有"]);
const NO = new Set(["否", "no", "n", "0", "false", "×", "无"]);

/** `yes`, `no`, empty for an empty cell; null for anything else. */
export function yesNoOf(text: string): "yes" | "no" | "" | null {
  const word = text.toLowerCase();
  if (word === "") return "";
  return YES.has(word) ? "yes" : NO.has(word) ? "no" : null;
}
