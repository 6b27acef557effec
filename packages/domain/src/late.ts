import type { FiguresByCode } from "./indicator";
import type { Status } from "./workflow";

/** A figure whose records say something else now than when it was filed: entered late, corrected, taken back. */
export interface LateEntry {
  code: string;
  filed: number | null;
  now: number;
}

/** Statuses in which a report has been handed in, and a change of the records no longer finds its way into it. */
const HANDED_IN: ReadonlySet<Status> = new Set(["submitted", "accepted", "locked"]);

/**
 * The figures that the records would change in a report that was handed in, in the order of the register's codes. An
 * override is none: there the records said so when it was filed, and the filer gave a reason.
 */
export function lateEntries({
  status,
  figures,
  remarks,
  register,
}: {
  status: Status;
  figures: FiguresByCode;
  /** What the records said at submission, by code. */
  remarks: Readonly<Record<string, { register?: { value: number } | undefined }>>;
  /** What they say now. */
  register: Readonly<Record<string, { value: number }>>;
}): LateEntry[] {
  if (!HANDED_IN.has(status)) return [];
  return Object.entries(register).flatMap(([code, { value }]) => {
    const filed = figures[code] ?? null;
    const then = remarks[code]?.register?.value ?? filed;
    return value === filed || value === then ? [] : [{ code, filed, now: value }];
  });
}
