import type { Period } from "@muster/domain/period";
import type { QueueModel } from "./model";

/** What of the queue's address travels along from report to report. */
type Filter = QueueModel["filter"];

function query(values: Record<string, string | number | undefined>): string {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(entries.map(([name, value]) => [name, String(value)])).toString();
  return text === "" ? "" : `?${text}`;
}

/** The list of a month; `station` where it is not the reader's own. */
export function queueHref(period: Period, filter?: Filter, station?: number): string {
  return `/review${query({ station, period, status: filter?.status, q: filter?.q })}`;
}

/** One report under review. */
export function reportHref(stationId: number, period: Period, filter?: Filter): string {
  return `/review/${stationId}/${period}${query({ status: filter?.status, q: filter?.q })}`;
}
