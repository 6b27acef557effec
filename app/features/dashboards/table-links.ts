import { useNavigate } from "@remix-run/react";
import type { MouseEvent } from "react";
import { addressOf } from "./address";
import type { Frame, Panel } from "./model";

/**
 * One listener for all links of a table. They are plain anchors, because a component for each of some hundred
 * costs more than the rest of the page; with a script they still open without loading the page anew. A click on
 * a heat cell opens its station with the range up to its month.
 */
export function useTableLinks(panel: Panel, frame: Frame) {
  const navigate = useNavigate();
  return (event: MouseEvent<HTMLTableElement>) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (!(event.target instanceof Element)) return;
    const link = event.target.closest("a");
    const to = link ? link.getAttribute("href") : heatAddress(event.target, panel, frame);
    if (!to) return;
    event.preventDefault();
    navigate(to);
  };
}

function heatAddress(target: Element, panel: Panel, frame: Frame): string | null {
  if (panel.picture?.kind !== "heat") return null;
  const cell = target.closest("td");
  const station = Number(cell?.closest("tr")?.dataset.station);
  const period = cell && panel.columns[cell.cellIndex - 1]?.period;
  if (!station || !period) return null;
  return addressOf(frame.page, frame.state, { station, to: period, show: undefined });
}
