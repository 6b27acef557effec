import type { CellContent, CellFormat } from "@muster/reports/table";
import type { Picture } from "./model";
import { shown } from "./values";

/** Class of a cell that holds a number. */
export const NUMBER = "n";
/** Class of a cell that is not on a phone: a ranking keeps name, bar and verdict there; the counts are a tap away. */
export const ASIDE = "hidden sm:table-cell print:table-cell";
/** Class of the column that holds a ranking's bars. */
export const BAR = "min-w-28";

export function isBar(picture: Picture | undefined, column: number): boolean {
  return picture?.kind === "ranking" && picture.column === column;
}

export function isAside(picture: Picture | undefined, column: number): boolean {
  return picture?.kind === "ranking" && picture.column !== column;
}

const SCALE = [
  undefined,
  "bg-[rgba(47,93,70,.08)]",
  "bg-[rgba(47,93,70,.16)]",
  "bg-[rgba(47,93,70,.26)]",
  "bg-[rgba(47,93,70,.38)]",
];

/** What a heat cell says. The head of the table says per cent once. */
export function shortOf(cell: CellContent, format: CellFormat): string {
  return format === "percent" && typeof cell === "number" ? String(Math.round(cell)) : shown(cell, format);
}

/** The ground of a heat cell; the number in it says the same, so nothing rests on colour. */
export function tintOf(cell: CellContent, picture: Extract<Picture, { kind: "heat" }>): string | undefined {
  if (typeof cell !== "number") return "text-ink-3";
  const { good, warn, low = false, top } = picture;
  if (good !== undefined && warn !== undefined) {
    const reaches = (bound: number) => (low ? cell <= bound : cell >= bound);
    return reaches(good) ? "bg-good-soft" : reaches(warn) ? "bg-warn-soft" : "bg-bad-soft";
  }
  return SCALE[top > 0 && cell > 0 ? Math.ceil((cell / top) * 4) : 0];
}
