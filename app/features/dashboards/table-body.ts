import type { CellContent } from "@muster/reports/table";
import type { Tone } from "~/ui/tag";
import { SIGNS } from "~/ui/tag";
import { addressOf, stationAddresses } from "./address";
import { ASIDE, BAR, isAside, NUMBER, shortOf, tintOf } from "./cells";
import type { Frame, Panel, Picture, Row } from "./model";
import { shown } from "./values";

const TAGS: Record<Tone, string> = {
  good: "bg-good-soft text-good",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  info: "bg-info-soft text-info",
  mute: "bg-mute-soft text-ink-2",
};

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);
}

/**
 * The rows of a dashboard's table as markup. A town of 64 villages has 800 cells in each of its heat tables and a
 * page some hundred rows more: as elements they cost as much as the rest of the page together, on the server and
 * again in the browser, and none has a state. Everything that is not a literal of this file is escaped.
 */
export function tableBody(panel: Panel, frame: Frame): string {
  const link = stationAddresses(frame.page, frame.state);
  const draw = panel.picture?.kind === "heat" ? heatCell : listCell;
  return panel.rows
    .map((row) => {
      if (row.heading) return headingOf(row, panel);
      const cells = row.cells.map((cell, at) => draw(cell, at, panel, row)).join("");
      const opens = row.station === undefined ? "" : ` data-station="${Number(row.station)}"`;
      const verdict = panel.verdict === undefined ? "" : verdictOf(row);
      return `<tr${opens}><th scope="row">${nameOf(row, panel, frame, link)}</th>${cells}${verdict}</tr>`;
    })
    .join("");
}

function classed(...names: (string | false | undefined)[]): string {
  const all = names.filter(Boolean).join(" ");
  return all ? ` class="${all}"` : "";
}

function headingOf(row: Row, { columns, verdict }: Panel): string {
  const span = columns.length + (verdict === undefined ? 1 : 2);
  return `<tr><th colspan="${span}" scope="colgroup" class="!bg-sunken py-1.5 text-sm text-ink-2">${escaped(row.name)}</th></tr>`;
}

function nameOf(row: Row, panel: Panel, { state }: Frame, link: (station: number) => string): string {
  const name = escaped(row.name);
  if (row.station !== undefined) {
    // A heat table's looks keep every name on one line already.
    const whole = classed(panel.picture?.kind !== "heat" && "whitespace-nowrap");
    return `<a href="${escaped(link(row.station))}"${whole}>${name}</a>`;
  }
  if (row.to !== undefined) return `<a href="${escaped(row.to)}">${name}</a>`;
  if (row.code === undefined) return name;
  return `<a href="${escaped(addressOf("figures", state, { indicator: row.code }))}" class="block min-w-32">${name}</a>`;
}

function heatCell(cell: CellContent, at: number, { columns, picture }: Panel): string {
  const tint = picture?.kind === "heat" && tintOf(cell, picture);
  return `<td${classed(tint)}>${escaped(shortOf(cell, columns[at]?.format ?? "text"))}</td>`;
}

function listCell(cell: CellContent, at: number, { columns, picture }: Panel, row: Row): string {
  const own = columns[at]?.format ?? "text";
  const format = own === "text" ? own : (row.format ?? own);
  const text = escaped(shown(cell, format));
  if (picture?.kind === "ranking" && picture.column === at) return barOf(cell, text, picture, row.tone);
  return `<td${classed(format !== "text" && NUMBER, isAside(picture, at) && ASIDE)}>${text}</td>`;
}

const PRINTED = "[print-color-adjust:exact]";

/** A bar against the standard's gold line. The number stands in the bar where there is room, else beside it. */
function barOf(
  cell: CellContent,
  text: string,
  { top, standard }: Extract<Picture, { kind: "ranking" }>,
  tone: Row["tone"],
): string {
  const share = typeof cell === "number" && top > 0 ? Math.min(100, (100 * cell) / top) : 0;
  const width = `${share.toFixed(1)}%`;
  const bar = `<span class="absolute inset-y-0.5 left-0 rounded-sm ${PRINTED} ${tone === "bad" ? "bg-s4" : "bg-s1"}" style="width:${width}"></span>`;
  const inside = share > 42;
  const number = inside
    ? `<span class="absolute inset-y-0 flex items-center text-sm font-semibold left-1.5 text-on-accent">${text}</span>`
    : `<span class="absolute inset-y-0 flex items-center text-sm font-semibold pl-1.5" style="left:${width}">${text}</span>`;
  return `<td class="${BAR}"><div class="relative h-[1.5em]">${share > 0 ? bar : ""}${standardAt(standard, top)}${number}</div></td>`;
}

function standardAt(standard: number | undefined, top: number): string {
  if (standard === undefined) return "";
  const left = Math.min(100, (100 * standard) / top).toFixed(1);
  return `<span class="absolute -inset-y-0.5 w-0.5 bg-gilt ${PRINTED}" style="left:calc(${left}% - 2px)"></span>`;
}

function verdictOf({ verdict, tone = "mute" }: Row): string {
  if (!verdict) return "<td></td>";
  const sign = `<span aria-hidden="true" class="text-xs">${SIGNS[tone]}</span>`;
  return `<td><span class="inline-flex items-center gap-1 whitespace-nowrap rounded-full px-2 text-sm ${TAGS[tone]}">${sign}${escaped(verdict)}</span></td>`;
}
