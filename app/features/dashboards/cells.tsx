import type { CellContent, CellFormat } from "@muster/reports/table";
import { cx } from "~/ui/cx";
import type { Column, Picture, Row } from "./model";
import { shown } from "./values";

/** Class names that the table gives its cells. */
export interface CellStyles {
  number: string;
  /** Not on a phone: a ranking keeps name, bar and verdict there; the counts are one tap away. */
  aside: string;
}

export function isBar(picture: Picture | undefined, column: number): boolean {
  return picture?.kind === "ranking" && picture.column === column;
}

export function isAside(picture: Picture | undefined, column: number): boolean {
  return picture?.kind === "ranking" && picture.column !== column;
}

/** One cell of a table. */
export function cellOf(
  cell: CellContent,
  at: number,
  column: Column | undefined,
  row: Row,
  picture: Picture | undefined,
  styles: CellStyles,
) {
  const own = column?.format ?? "text";
  const format = own === "text" ? own : (row.format ?? own);
  const text = shown(cell, format);
  if (picture?.kind === "ranking" && picture.column === at) return barOf(cell, at, text, picture, row.tone);
  return (
    <td
      key={at}
      className={cx(format !== "text" && styles.number, isAside(picture, at) && styles.aside) || undefined}
    >
      {text}
    </td>
  );
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

const PRINTED = "[print-color-adjust:exact]";

/** A bar against the standard's gold line. The number stands in the bar where there is room, else beside it. */
function barOf(
  cell: CellContent,
  at: number,
  text: string,
  { top, standard }: Extract<Picture, { kind: "ranking" }>,
  tone: Row["tone"],
) {
  const share = typeof cell === "number" && top > 0 ? Math.min(100, (100 * cell) / top) : 0;
  const inside = share > 24;
  const width = `${share.toFixed(1)}%`;
  return (
    <td key={at} className="min-w-28">
      <div className="relative h-[1.5em]">
        {share > 0 && (
          <span
            className={`absolute inset-y-0.5 left-0 rounded-sm ${PRINTED} ${tone === "bad" ? "bg-s4" : "bg-s1"}`}
            style={{ width }}
          />
        )}
        {standard !== undefined && (
          <span
            className={`absolute -inset-y-0.5 w-0.5 bg-gilt ${PRINTED}`}
            style={{ left: `calc(${Math.min(100, (100 * standard) / top).toFixed(1)}% - 2px)` }}
          />
        )}
        <span
          className={`absolute inset-y-0 flex items-center text-sm font-semibold ${inside ? "left-1.5 text-on-accent" : "pl-1.5"}`}
          style={inside ? undefined : { left: width }}
        >
          {text}
        </span>
      </div>
    </td>
  );
}
