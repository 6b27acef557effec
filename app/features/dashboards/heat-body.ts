import { addressOf } from "./address";
import { shortOf, tintOf } from "./cells";
import type { Frame, Panel } from "./model";

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);
}

/**
 * The rows of a heat table as markup. A town of 64 villages has 800 cells in each of its heat tables: as elements
 * they cost as much as the rest of the page together, on the server and again in the browser. Everything that is
 * not a literal of this file is escaped.
 */
export function heatBody({ columns, rows, picture }: Panel, { page, state }: Frame): string {
  if (picture?.kind !== "heat") return "";
  return rows
    .map(({ station, name, cells }) => {
      const shownName = escaped(name);
      const to = station === undefined ? "" : addressOf(page, state, { station, show: undefined });
      const head = to ? `<a href="${escaped(to)}">${shownName}</a>` : shownName;
      const body = cells.map((cell, at) => {
        const tint = tintOf(cell, picture);
        return `<td${tint ? ` class="${tint}"` : ""}>${escaped(shortOf(cell, columns[at]?.format ?? "text"))}</td>`;
      });
      const opens = station === undefined ? "" : ` data-station="${station}"`;
      return `<tr${opens}><th scope="row">${head}</th>${body.join("")}</tr>`;
    })
    .join("");
}
