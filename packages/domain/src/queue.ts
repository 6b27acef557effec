import type { Status } from "./workflow";

/** Where a report stands for the one who reviews it. */
export const BUCKETS = ["waiting", "returned", "missing", "excused", "accepted"] as const;
export type Bucket = (typeof BUCKETS)[number];

/** What the queue needs to know of one report. */
export interface Queued {
  status: Status;
  round: number;
  /** Soft checks that were answered with a reason. */
  warnings: number;
  /** Why it may be missing; null when it may not. */
  excused: string | null;
}

/** The pile a report lies on: waiting for the reviewer, for the station, or for nobody any more. */
export function bucketOf({ status, excused }: Pick<Queued, "status" | "excused">): Bucket {
  switch (status) {
    case "submitted":
      return "waiting";
    case "accepted":
    case "locked":
      return "accepted";
    case "returned":
    case "amending":
      return excused ? "excused" : "returned";
    case "draft":
      return excused ? "excused" : "missing";
  }
}

/**
 * The order of work: what waits for the reviewer comes first, in it what needs a look, then what waits for
 * stations, then what is settled. Within one pile the order of the hierarchy stays.
 */
export function inWorkingOrder<R extends Queued>(rows: readonly R[]): R[] {
  const rank = (row: R) => {
    const pile = BUCKETS.indexOf(bucketOf(row)) * 10;
    return bucketOf(row) === "waiting" ? pile + (row.warnings > 0 || row.round > 1 ? 0 : 1) : pile;
  };
  return rows
    .map((row, place) => ({ row, place, rank: rank(row) }))
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .map(({ row }) => row);
}

/** How many reports lie on each pile; they add up to all. */
export function pilesOf(rows: readonly Pick<Queued, "status" | "excused">[]): Record<Bucket, number> {
  const piles: Record<Bucket, number> = { waiting: 0, returned: 0, missing: 0, excused: 0, accepted: 0 };
  for (const row of rows) piles[bucketOf(row)] += 1;
  return piles;
}

/** The next report that waits after this one in the queue, from the top again at its end; null when none does. */
export function nextWaiting<R extends Queued & { stationId: number }>(
  queue: readonly R[],
  stationId: number,
): R | null {
  const at = queue.findIndex((row) => row.stationId === stationId);
  const after = [...queue.slice(at + 1), ...queue.slice(0, Math.max(at, 0))];
  return after.find((row) => row.stationId !== stationId && bucketOf(row) === "waiting") ?? null;
}
