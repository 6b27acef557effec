import { stringify } from "csv-stringify/sync";
import { type CellContent, DECIMALS, fileValue, type ReportColumn, type ReportTable } from "./table";

/** Excel and WPS take a file without this mark for GB18030 and show the names as rubbish. */
const BYTE_ORDER_MARK = "\uFEFF";

/**
 * A table as CSV in UTF-8: header, rows, an empty line, then the notes and the watermark. Numbers carry no
 * thousands separators, money is in yuan, missing is empty. A text that a spreadsheet would take for a formula is
 * led by an apostrophe: a station's name must not compute anything on the reader's machine.
 */
export function toCsv({ columns, rows, notes = [], watermark }: ReportTable): string {
  const lines = [
    columns.map(({ label }) => harmless(label)),
    ...rows.map((row) => columns.map((column, i) => cellOf(row[i] ?? null, column))),
    [],
    ...notes.map((note) => [harmless(note)]),
    [harmless(watermark)],
  ];
  return BYTE_ORDER_MARK + stringify(lines, { record_delimiter: "\r\n" });
}

function cellOf(content: CellContent, { format = "text" }: ReportColumn): string {
  const value = fileValue(content, format);
  if (value === null) return "";
  if (typeof value === "string") return harmless(value);
  return format === "text" ? String(value) : value.toFixed(DECIMALS[format]);
}

const FORMULA = /^[\s]*[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/;

function harmless(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}
