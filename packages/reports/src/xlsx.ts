import { type CellValue, type ColumnDef, calculateColumnWidth, type WriteSheet, writeXlsx } from "hucre/xlsx";
import { type CellFormat, fileValue, type ReportTable } from "./table";

// The only importer of hucre: another writer would have to replace this file alone.

const FORMATS: Record<CellFormat, string> = {
  text: "@",
  count: "#,##0",
  money: "#,##0.00",
  percent: '0.0"%"',
  decimal: "#,##0.0",
};

const WIDEST = 48;
const NARROWEST = 8;
const HEAD_STYLE = {
  font: { bold: true },
  fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "FFE5EFE9" } },
  border: { bottom: { style: "thin", color: { rgb: "FFB9C6BF" } } },
  alignment: { wrapText: true, vertical: "center" },
} as const;

/**
 * Tables as an Excel file, a sheet each: title, notes, header (frozen, with a filter), rows with real numbers,
 * and the watermark under them and at the foot of every printed page. Nothing in it is ever a formula.
 */
export async function toXlsx(tables: readonly ReportTable[]): Promise<Uint8Array> {
  const names = new Set<string>();
  return writeXlsx({ sheets: tables.map((table) => sheetOf(table, sheetName(table.title, names))) });
}

function sheetOf({ title, columns, rows, notes = [], watermark }: ReportTable, name: string): WriteSheet {
  const above: CellValue[][] = [[title], ...notes.map((note) => [note])];
  const head = above.length;
  const content = rows.map((row) => columns.map(({ format }, i) => fileValue(row[i] ?? null, format)));
  const all = [...above, columns.map(({ label }) => label), ...content, [], [watermark]];
  const cells: NonNullable<WriteSheet["cells"]> = new Map();
  cells.set("0,0", { value: title, type: "string", style: { font: { bold: true, size: 14 } } });
  for (const [i, { label }] of columns.entries()) {
    cells.set(`${head},${i}`, { value: label, type: "string", style: HEAD_STYLE });
  }
  const grey = { font: { color: { rgb: "FF5C6B63" } } };
  cells.set(`${all.length - 1},0`, { value: watermark, type: "string", style: grey });
  for (const [i, note] of notes.entries()) {
    cells.set(`${i + 1},0`, { value: note, type: "string", style: grey });
  }
  return {
    name,
    columns: columns.map(({ label, format = "text" }, i): ColumnDef => {
      const values = [label, ...content.map((row) => row[i] ?? null)];
      const width = calculateColumnWidth(values, { minWidth: NARROWEST, maxWidth: WIDEST });
      return { width, numFmt: format === "text" ? undefined : FORMATS[format] };
    }),
    rows: all,
    cells,
    freezePane: { rows: head + 1, columns: 1 },
    pageSetup: { paperSize: "a4", orientation: "landscape", fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    headerFooter: { oddFooter: `&L${forFooter(watermark)}&R&P / &N` },
  };
}

/** `&` starts a code in a page footer. */
function forFooter(text: string): string {
  return text.replaceAll("&", "&&");
}

/** At most 31 characters, none of those a sheet's name must not have, and each name once. */
function sheetName(title: string, taken: Set<string>): string {
  const base =
    title
      .replace(/[[\]:*?/\\']/g, " ")
      .trim()
      .slice(0, 31) || "Sheet";
  let name = base;
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${base.slice(0, 27)} ${n}`;
  taken.add(name.toLowerCase());
  return name;
}
