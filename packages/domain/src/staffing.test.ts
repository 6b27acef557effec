import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { period } from "./period";
import {
  DEFAULT_STAFFING_RULE,
  gapClosing,
  requiredStaff,
  type Staffing,
  type StaffingRule,
  staffingAt,
  staffingBasis,
  staffing as staffingBy,
  staffingOfCity,
  staffingRuleAt,
} from "./staffing";

const RULE: StaffingRule = { validFrom: period("2026-01"), ...DEFAULT_STAFFING_RULE };
const staffing = (people: number | null, workers: number | null): Staffing =>
  staffingBy(people, workers, RULE);

describe("the 1:500 rule", () => {
  it("asks for one full-time worker per started 500 beneficiaries", () => {
    expect([0, 1, 499, 500, 501, 1000, 1001, 1500].map((n) => requiredStaff(n, RULE))).toEqual([
      0, 1, 1, 1, 2, 2, 3, 3,
    ]);
  });

  it("is met by the town of the source document: 3 workers for at most 1,500", () => {
    expect(staffing(1500, 3)).toEqual({
      beneficiaries: 1500,
      fullTime: 3,
      required: 3,
      shortfall: 0,
      perWorker: 500,
    });
    expect(staffing(1501, 3).shortfall).toBe(1);
  });

  it("gives the cadre home's 36.5 cadres per worker", () => {
    expect(staffing(438, 12).perWorker).toBe(36.5);
  });

  it("says nothing where nothing was reported, and takes no worker for no worker", () => {
    expect(staffing(null, 3)).toMatchObject({ required: null, shortfall: null, perWorker: null });
    expect(staffing(600, null)).toMatchObject({ required: 2, shortfall: null, perWorker: null });
    expect(staffing(600, 0)).toMatchObject({ required: 2, shortfall: 2, perWorker: null });
    expect(staffing(0, 0)).toMatchObject({ required: 0, shortfall: 0, perWorker: null });
  });

  it("is met exactly when every worker has 500 beneficiaries or fewer", () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.integer({ min: 1, max: 500 }), (people, workers) => {
        const { shortfall, perWorker, required } = staffing(people, workers);
        expect(shortfall === 0).toBe((perWorker ?? 0) <= 500);
        expect(staffing(people, workers + (shortfall ?? 0)).shortfall).toBe(0);
        expect((required ?? 0) * 500).toBeGreaterThanOrEqual(people);
      }),
    );
  });
});

describe("the rule of a month", () => {
  it("is the latest that had begun by then, and one per 500 before a city said anything", () => {
    const rules = [
      { ...RULE, validFrom: period("2026-01") },
      { ...RULE, validFrom: period("2027-01"), perWorker: 400 },
    ];
    const perWorker = (at: string) => staffingRuleAt(rules, period(at)).perWorker;
    expect([perWorker("2025-12"), perWorker("2026-12"), perWorker("2027-01"), perWorker("2028-06")]).toEqual([
      500, 500, 400, 400,
    ]);
    expect(requiredStaff(801, staffingRuleAt(rules, period("2027-01")))).toBe(3);
  });
});

describe("whose people and whose staff", () => {
  const own = { A01: 40, B05: 3 };
  const subtree = { A01: 1400, B05: 67 };

  it("are the village's own for a village", () => {
    expect(staffingAt(RULE, "village", own, subtree)).toMatchObject({
      beneficiaries: 40,
      fullTime: 3,
      required: 1,
    });
  });

  it("are everyone of the subtree and the own staff for a town, a cadre home and a district", () => {
    for (const level of ["town", "district"] as const)
      expect(staffingAt(RULE, level, own, subtree)).toMatchObject({
        beneficiaries: 1400,
        fullTime: 3,
        required: 3,
        shortfall: 0,
      });
  });

  it("follow the basis that a city chose for the level; where it asks for nobody, nobody is short", () => {
    const chosen = { ...RULE, perWorker: 300, town: "own", village: "report" } as const;
    expect(staffingAt(chosen, "town", { A01: 700, B05: 1 }, subtree)).toMatchObject({
      beneficiaries: 700,
      required: 3,
      shortfall: 2,
    });
    expect(staffingAt(chosen, "village", own, subtree)).toMatchObject({
      beneficiaries: 40,
      required: null,
      shortfall: null,
    });
    expect(staffingBasis(chosen, "city")).toBe("report");
  });

  it("add up for a city without one town's surplus filling another's gap", () => {
    const towns = [staffing(1500, 2), staffing(400, 5), staffing(501, 1)];
    expect(staffingOfCity(towns)).toEqual({
      beneficiaries: 2401,
      fullTime: 8,
      required: 6,
      shortfall: 2,
      perWorker: 2401 / 8,
    });
  });

  it("are missing for a city only when no station reported", () => {
    expect(staffingOfCity([])).toEqual(staffing(null, null));
    expect(staffingOfCity([staffing(null, null), staffing(600, 1)])).toMatchObject({
      beneficiaries: 600,
      shortfall: 1,
    });
  });
});

describe("what closes a gap", () => {
  const below = [
    { id: 1, beneficiaries: 40 },
    { id: 2, beneficiaries: 90 },
    { id: 3, beneficiaries: 60 },
  ];
  const gap = (people: number, fullTime: number, reserve = {}) =>
    gapClosing(
      staffing(people, fullTime),
      { approvedPosts: fullTime, otherStaff: 0, below, ...reserve },
      RULE,
    );

  it("fills vacant posts first, then makes posts full-time, then asks for posts", () => {
    expect(gap(2600, 2, { approvedPosts: 3, otherStaff: 2 })).toMatchObject({
      fill: 1,
      convert: 2,
      apply: 1,
    });
    expect(gap(2600, 2, { approvedPosts: null })).toMatchObject({ fill: 0, convert: 0, apply: 4 });
    expect(gap(1001, 2, { approvedPosts: 9, otherStaff: 9 })).toMatchObject({
      fill: 1,
      convert: 0,
      apply: 0,
    });
  });

  it("names the smallest station that takes the excess along, or the largest together", () => {
    expect(gap(1536, 3)).toMatchObject({ excess: 36, regroup: [1] });
    expect(gap(1550, 3)).toMatchObject({ excess: 50, regroup: [3] });
    expect(gap(1620, 3)).toMatchObject({ excess: 120, regroup: [2, 3] });
    expect(gap(1900, 3)).toMatchObject({ excess: 400, regroup: [] });
  });

  it("is nothing where there is no gap, or where a part is unknown", () => {
    expect(gap(1500, 3)).toBeNull();
    expect(gapClosing(staffing(null, 3), { approvedPosts: 3, otherStaff: 0, below }, RULE)).toBeNull();
    expect(gapClosing(staffing(900, null), { approvedPosts: 3, otherStaff: 0, below }, RULE)).toBeNull();
  });
});
