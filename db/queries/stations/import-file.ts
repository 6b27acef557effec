import { LEVELS, type Level } from "@muster/domain/station";
import { CsvError, parse } from "csv-parse/sync";

export const IMPORT_COLUMNS = ["code", "name", "level", "parent_code"] as const;
export const MOST_IMPORT_BYTES = 5 * 1024 * 1024;
export const MOST_IMPORT_ROWS = 20_000;
export const LONGEST_STATION_NAME = 60;

/** One station of a file. */
export interface ImportRow {
  /** Line of the file on which the row begins; the header is line 1. */
  line: number;
  code: string;
  name: string;
  level: Level;
  /** Empty for the city. */
  parentCode: string;
}

/** Why a row, or with line 0 the file as a whole, is not taken. */
export interface ImportError {
  line: number;
  /** The row's code as it stands in the file, shortened. */
  code: string;
  problem: ImportProblem;
  params?: Record<string, string | number>;
}

export type ImportProblem =
  // The whole file.
  | "too_large"
  | "too_many_rows"
  | "encoding"
  | "header"
  | "quotes"
  | "empty"
  // One row by itself.
  | "columns"
  | "scientific_code"
  | "bad_code"
  | "bad_parent_code"
  | "name_missing"
  | "name_long"
  | "characters"
  | "bad_level"
  | "parent_missing"
  | "city_with_parent"
  // One row among the others, and among the stations there are.
  | "duplicate_code"
  | "not_this_city"
  | "unknown_parent"
  | "cycle"
  | "wrong_level"
  | "parent_closed"
  | "level_conflict"
  | "parent_conflict";

export interface ImportFile {
  rows: ImportRow[];
  errors: ImportError[];
}

const whole = (problem: ImportProblem, params?: Record<string, string | number>): ImportFile => ({
  rows: [],
  errors: [params ? { line: 0, code: "", problem, params } : { line: 0, code: "", problem }],
});

/**
 * Reads a hierarchy from a CSV file: UTF-8 with or without a byte order mark, or GB18030, as Excel and WPS save it.
 * Every faulty row is named; `rows` are those that are sound by themselves.
 */
export function readImportFile(bytes: Uint8Array): ImportFile {
  if (bytes.byteLength > MOST_IMPORT_BYTES) {
    return whole("too_large", { maximum: MOST_IMPORT_BYTES / 1024 / 1024 });
  }
  const text = decode(bytes);
  return text === null ? whole("encoding") : readImportText(text);
}

/** The text of a file, or null when it is neither UTF-8 nor GB18030. */
function decode(bytes: Uint8Array): string | null {
  // UTF-16 decodes as GB18030 without complaint and gives nonsense; its mark tells.
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return null;
  for (const encoding of ["utf-8", "gb18030"]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {}
  }
  return null;
}

/** Reads a hierarchy from the text of a CSV file. */
export function readImportText(text: string): ImportFile {
  let records: { record: string[]; line: number }[];
  try {
    records = recordsOf(text);
  } catch (error) {
    if (error instanceof CsvError) return whole("quotes", { line: Number(error.lines ?? 0) });
    throw error;
  }
  const [header, ...body] = records;
  if (!header || text.trim() === "") return whole("empty");
  const columns = header.record.map((cell) => cell.trim().toLowerCase());
  if (IMPORT_COLUMNS.some((column) => columns.filter((c) => c === column).length !== 1))
    return whole("header");
  if (body.length === 0) return whole("empty");
  if (body.length > MOST_IMPORT_ROWS) return whole("too_many_rows", { maximum: MOST_IMPORT_ROWS });

  const rows: ImportRow[] = [];
  const errors: ImportError[] = [];
  for (const { record, line } of body) {
    const cell = (column: (typeof IMPORT_COLUMNS)[number]) => (record[columns.indexOf(column)] ?? "").trim();
    const code = cell("code");
    const row = {
      line,
      code,
      name: cell("name"),
      level: cell("level").toLowerCase(),
      parentCode: cell("parent_code"),
    };
    const error =
      record.length === columns.length
        ? problemOf(row)
        : { problem: "columns" as const, params: { expected: columns.length, found: record.length } };
    if (error) errors.push({ line, code: code.slice(0, 30), ...error });
    else rows.push({ ...row, level: row.level as Level });
  }
  return { rows, errors };
}

function recordsOf(text: string): { record: string[]; line: number }[] {
  let previous = 0;
  const records = parse(text, {
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ["\r\n", "\n", "\r"],
  }) as unknown as { record: string[]; info: { lines: number } }[];
  return records.map(({ record, info }) => {
    // csv-parse tells the line on which a record ends; blank lines between two count with the second.
    const lines = record.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
    const line = Math.max(previous + 1, info.lines - lines);
    previous = info.lines;
    return { record, line };
  });
}

const CODE = /^\d{12}$/;
/** What Excel makes of a long number: 3.20302E+11. */
const SCIENTIFIC = /^\d(\.\d+)?e\+?\d+$/i;
const CONTROL = /\p{Cc}|\p{Cf}|\u{FFFD}|\p{Cs}/u;

function problemOf(row: {
  code: string;
  name: string;
  level: string;
  parentCode: string;
}): Pick<ImportError, "problem" | "params"> | null {
  const { code, name, level, parentCode } = row;
  if (SCIENTIFIC.test(code) || SCIENTIFIC.test(parentCode)) return { problem: "scientific_code" };
  if (CONTROL.test(code + name + level + parentCode)) return { problem: "characters" };
  if (!CODE.test(code)) return { problem: "bad_code" };
  if (name === "") return { problem: "name_missing" };
  if (name.length > LONGEST_STATION_NAME)
    return { problem: "name_long", params: { maximum: LONGEST_STATION_NAME } };
  if (!LEVELS.some((known) => known === level))
    return { problem: "bad_level", params: { level: level.slice(0, 20) } };
  if (level === "city") return parentCode === "" ? null : { problem: "city_with_parent" };
  if (parentCode === "") return { problem: "parent_missing" };
  return CODE.test(parentCode) ? null : { problem: "bad_parent_code" };
}
