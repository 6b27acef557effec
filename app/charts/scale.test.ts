import { describe, expect, it } from "vitest";
import { scaleOf, stretches } from "./scale";

describe("a scale", () => {
  it("has round ticks around the values", () => {
    expect(scaleOf([350, 486, 640], false)).toEqual({
      low: 300,
      high: 700,
      ticks: [300, 400, 500, 600, 700],
    });
    expect(scaleOf([92.4, 98.1, 100], false)).toEqual({ low: 92, high: 100, ticks: [92, 94, 96, 98, 100] });
  });

  it("starts at 0 for bars and where 0 is near", () => {
    expect(scaleOf([12, 30], true).low).toBe(0);
    expect(scaleOf([1, 7], false).low).toBe(0);
  });

  it("counts whole things by whole ticks", () => {
    expect(scaleOf([0, 1, 0], true).ticks).toEqual([0, 1]);
    expect(scaleOf([0, 2, 1], true).ticks).toEqual([0, 1, 2]);
    expect(scaleOf([0.2, 0.9], true).ticks.length).toBeGreaterThan(2);
  });

  it("stands for one value, for zeros and for nothing", () => {
    expect(scaleOf([500], false)).toMatchObject({ low: expect.any(Number), high: expect.any(Number) });
    for (const values of [[500], [100, 100], [1, 1], [0], [0, 0], [], [null]]) {
      const { low, high, ticks } = scaleOf(values, false);
      expect(high).toBeGreaterThan(low);
      expect(ticks.every(Number.isFinite)).toBe(true);
    }
  });
});

describe("the stretches of a line", () => {
  it("end at a gap: a missing month is no zero and no bridge", () => {
    expect(stretches([1, null, 2, 3, null])).toEqual([
      [[0, 1]],
      [
        [2, 2],
        [3, 3],
      ],
    ]);
    expect(stretches([null])).toEqual([]);
  });
});
