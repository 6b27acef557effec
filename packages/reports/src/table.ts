/** What a cell holds. Null is missing, which is shown as a dash on screens and stays empty in files. */
export type CellContent = string | number | null;

/** How a column's numbers are meant: counts, yuan kept in fen, per cent, or a number with one decimal. */
export type CellFormat = "text" | "count" | "money" | "percent" | "decimal";

export interface ReportColumn {
  label: string;
  /** `text` by default. */
  format?: CellFormat;
}

/** A table as it stands on screen, ready to leave the service. */
export interface ReportTable {
  title: string;
  columns: readonly ReportColumn[];
  rows: readonly (readonly CellContent[])[];
  /** What the figures rest on, a line each. */
  notes?: readonly string[];
  /** Who took it out and when; every file carries it. */
  watermark: string;
}

/** Digits after the point, by format. */
export const DECIMALS: Record<Exclude<CellFormat, "text">, number> = {
  count: 0,
  money: 2,
  percent: 1,
  decimal: 1,
};

/** The number a file holds: money in yuan, everything else rounded as on screen. Text that is none stays text. */
export function fileValue(content: CellContent, format: CellFormat = "text"): CellContent {
  if (content === null) return null;
  if (typeof content === "string") return withoutControls(content);
  if (format === "text") return content;
  const value = format === "money" ? content / 100 : content;
  return Number(value.toFixed(DECIMALS[format]));
}

/** Spreadsheet programs refuse files with control characters, and no name has any but a line break. */
function withoutControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return wellFormed(text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ""));
}

/** Half a character, which no file can hold, becomes the sign for an unreadable one. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}
