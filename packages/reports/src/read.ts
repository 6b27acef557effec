import { readXlsx } from "hucre/xlsx";

/** Largest workbook that is read: a roster of a thousand people has 60 KB. */
export const MOST_SHEET_BYTES = 1024 * 1024;

/**
 * The cells of a workbook's first sheet as text, row by row; a day is `YYYY-MM-DD`. Null when the file is no workbook
 * or too large. Formulas count by the value they were saved with.
 */
export async function readFirstSheet(
  bytes: Uint8Array,
  maxRows: number,
  maxBytes = MOST_SHEET_BYTES,
): Promise<string[][] | null> {
  if (bytes.byteLength > maxBytes) return null;
  try {
    const { sheets } = await readXlsx(bytes, { sheets: (_info, index) => index === 0, maxRows });
    return (sheets[0]?.rows ?? []).map((row) => row.map(textOf));
  } catch {
    return null;
  }
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? "" : cell.toISOString().slice(0, 10);
  return String(cell).trim();
}
