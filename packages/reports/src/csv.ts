import { stringify } from "csv-stringify/sync";
import { type CellContent, DECIMALS, fileValue, type ReportColumn, type ReportTable } from "./table";

/** Excel and WPS take a file without this mark for GB18030 and show the names as rubbish. */
const BYTE_ORDER_MARK = "\uFEFF";

/**
 * Tables as CSV in UTF-8: header, rows, an empty line, then the notes and the watermark; of several tables each
 * begins with a line that names it. Numbers carry no thousands separators, money is in yuan, missing is empty. A
 * text that a spreadsheet would take for a formula is led by an apostrophe: a station's name must not compute
 * anything on the reader's machine.
 */
export function toCsv(tables: readonly ReportTable[]): string {
  const lines = tables.flatMap(({ title, columns, rows }, i) => [
    ...(i > 0 ? [[]] : []),
    ...(tables.length > 1 ? [[harmless(title)]] : []),
    columns.map(({ label }) => harmless(label)),
    ...rows.map((row) => columns.map((column, at) => cellOf(row[at] ?? null, column))),
  ]);
  const said = new Set(tables.flatMap(({ notes = [], watermark }) => [...notes, watermark]));
  const closing = [[], ...[...said].map((line) => [harmless(line)])];
  return BYTE_ORDER_MARK + stringify([...lines, ...closing], { record_delimiter: "\r\n" });
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
