import { describe, expect, it } from "vitest";
import { BUCKETS, bucketOf, inWorkingOrder, nextWaiting, pilesOf, type Queued } from "./queue";
import { STATUSES, type Status } from "./workflow";

const row = (stationId: number, status: Status, more: Partial<Queued> = {}) => ({
  stationId,
  status,
  round: 1,
  warnings: 0,
  excused: null,
  ...more,
});

describe("a reviewer's queue", () => {
  it("puts every state on one pile, and an excuse only where something is missing", () => {
    const piles = Object.fromEntries(
      STATUSES.map((status) => [
        status,
        [bucketOf({ status, excused: null }), bucketOf({ status, excused: "水灾" })],
      ]),
    );
    expect(piles).toEqual({
      draft: ["missing", "excused"],
      submitted: ["waiting", "waiting"],
      returned: ["returned", "excused"],
      accepted: ["accepted", "accepted"],
      locked: ["accepted", "accepted"],
      amending: ["returned", "excused"],
    });
  });

  it("puts first what waits and needs a look, and keeps the order of the hierarchy within a pile", () => {
    const rows = [
      row(1, "accepted"),
      row(2, "draft"),
      row(3, "submitted"),
      row(4, "returned"),
      row(5, "submitted", { warnings: 2 }),
      row(6, "draft", { excused: "撤并" }),
      row(7, "submitted", { round: 2 }),
      row(8, "draft"),
    ];
    expect(inWorkingOrder(rows).map((r) => r.stationId)).toEqual([5, 7, 3, 4, 2, 8, 6, 1]);
  });

  it("counts piles that add up to all", () => {
    const rows = STATUSES.map((status, index) => row(index, status));
    const piles = pilesOf(rows);
    expect(piles).toEqual({ waiting: 1, returned: 2, missing: 1, excused: 0, accepted: 2 });
    expect(BUCKETS.reduce((sum, bucket) => sum + piles[bucket], 0)).toBe(rows.length);
  });

  it("goes on after the one just decided, begins again at the end, and ends with the last", () => {
    const queue = [row(1, "submitted"), row(2, "accepted"), row(3, "submitted")];
    expect(nextWaiting(queue, 1)?.stationId).toBe(3);
    expect(nextWaiting(queue, 3)?.stationId).toBe(1);
    expect(nextWaiting([row(1, "submitted"), row(2, "draft")], 1)).toBeNull();
    expect(nextWaiting(queue, 99)?.stationId).toBe(1);
  });
});
