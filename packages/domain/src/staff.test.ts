import { describe, expect, it } from "vitest";
import { overlap, type StaffCounts, shareOf, staffMeasuresOf } from "./staff";

const town: StaffCounts = {
  serving: 4,
  fullTime: 3,
  veterans: 1,
  trained: 4,
  heads: 1,
  approvedPosts: 4,
  below: 64,
  covered: 48,
  chairs: 1,
  known: true,
};

describe("what the standards ask of a station's staff", () => {
  it("follows from the roster, the posts, the trainings and the liaison officers", () => {
    expect(staffMeasuresOf(town)).toEqual({
      headInPost: 1,
      approvedPosts: 4,
      filledShare: 75,
      fullTime: 3,
      trainedShare: 100,
      veteranShare: 25,
      liaisonCover: 75,
      leadingGroupChaired: true,
    });
  });

  it("is unknown without a roster, and not nought", () => {
    const nothing = { ...town, known: false, approvedPosts: null, chairs: null, below: 0, covered: 0 };
    expect(new Set(Object.values(staffMeasuresOf(nothing)))).toEqual(new Set([null]));
  });

  it("says nought where a roster was kept and everybody has left", () => {
    const left = { ...town, serving: 0, fullTime: 0, veterans: 0, trained: 0, heads: 0 };
    expect(staffMeasuresOf(left)).toMatchObject({
      headInPost: 0,
      fullTime: 0,
      filledShare: 0,
      veteranShare: null,
    });
  });

  it("fills no post twice", () => {
    expect(staffMeasuresOf({ ...town, fullTime: 6 }).filledShare).toBe(100);
    expect(staffMeasuresOf({ ...town, approvedPosts: 0 }).filledShare).toBeNull();
  });
});

describe("a share", () => {
  it("is exact, and there is none of nothing", () => {
    expect(shareOf(18, 64)).toBe(28.125);
    expect(shareOf(0, 3)).toBe(0);
    expect(shareOf(0, 0)).toBeNull();
  });
});

describe("two stretches of days", () => {
  const span = (validFrom: string, validTo: string | null) => ({ validFrom, validTo });
  it.each([
    [span("2026-01-01", "2026-02-01"), span("2026-02-01", null), false],
    [span("2026-01-01", "2026-02-02"), span("2026-02-01", null), true],
    [span("2026-01-01", null), span("2020-01-01", null), true],
    [span("2026-03-01", null), span("2020-01-01", "2026-03-01"), false],
  ])("%o and %o overlap: %s", (a, b, expected) => {
    expect(overlap(a, b)).toBe(expected);
    expect(overlap(b, a)).toBe(expected);
  });
});
