import { describe, expect, it } from "vitest";
import {
  ASSESSMENT_ACTIONS,
  ASSESSMENT_STATES,
  ASSESSMENT_STEPS,
  type AssessmentAction,
  type AssessmentSide,
  type AssessmentState,
  assessmentSides,
  assessmentStep,
  type ItemValue,
  judge,
  type Stage,
  valueThatCounts,
} from "./assessment";
import type { Dimension, StandardItem, StandardSet } from "./standard";

const SIDES: readonly AssessmentSide[] = ["own", "parent", "city"];

/** Every step there is: from, action, to, by whom, and whose values it writes. All else is refused. */
const STEPS: readonly [AssessmentState, AssessmentAction, AssessmentState, AssessmentSide, Stage | null][] = [
  ["draft", "save", "draft", "own", "self"],
  ["draft", "submit", "self_submitted", "own", "self"],
  ["returned", "save", "returned", "own", "self"],
  ["returned", "submit", "self_submitted", "own", "self"],
  ["self_submitted", "return", "returned", "parent", null],
  ["self_submitted", "check_save", "self_submitted", "parent", "check"],
  ["self_submitted", "check", "checked", "parent", "check"],
  ["checked", "spot_save", "checked", "city", "spot"],
  ["checked", "spot_check", "spot_checked", "city", "spot"],
];

describe("an assessment", () => {
  it.each(
    ASSESSMENT_STATES.flatMap((from) =>
      ASSESSMENT_ACTIONS.flatMap((action) => SIDES.map((side) => [from, action, side] as const)),
    ),
  )("%s, %s by %s", (from, action, side) => {
    const step = STEPS.find(([f, a, , by]) => f === from && a === action && by === side);
    const taken = assessmentStep(action, from, [side]);
    expect([taken?.to ?? null, taken?.stage ?? null]).toEqual([step?.[2] ?? null, step?.[4] ?? null]);
  });

  it("writes each side's values and no other side's", () => {
    for (const { by, stage } of ASSESSMENT_STEPS) {
      if (stage !== null) expect({ own: "self", parent: "check", city: "spot" }[by]).toBe(stage);
    }
  });

  it("is never checked by the station itself, not even by the city's", () => {
    expect(assessmentSides({ stationId: 7, path: "/7/" }, { stationId: 7, parentId: 1 })).toEqual(["own"]);
    expect(assessmentSides({ stationId: 1, path: "/" }, { stationId: 1, parentId: null })).toEqual(["own"]);
  });

  it("is checked by the parent only, and spot-checked by the city, which is also the towns' parent", () => {
    expect(assessmentSides({ stationId: 7, path: "/7/" }, { stationId: 71, parentId: 7 })).toEqual([
      "parent",
    ]);
    expect(assessmentSides({ stationId: 8, path: "/8/" }, { stationId: 71, parentId: 7 })).toEqual([]);
    expect(assessmentSides({ stationId: 1, path: "/" }, { stationId: 71, parentId: 7 })).toEqual(["city"]);
    expect(assessmentSides({ stationId: 1, path: "/" }, { stationId: 7, parentId: 1 })).toEqual([
      "parent",
      "city",
    ]);
  });
});

const item = (
  code: string,
  dimension: Dimension,
  points: number,
  mandatory: boolean,
  village: string | null = "yes",
): StandardItem => ({
  code,
  dimension,
  name: { zh: code, en: code },
  kind: village === null || village === "yes" ? "boolean" : "number",
  thresholds: { city: "yes", district: "yes", town: village ?? "yes", village },
  points,
  mandatory,
  source: null,
  sort: 10,
});

const set: StandardSet = {
  items: [
    item("O1", "organization", 6, true),
    item("O2", "organization", 4, false),
    item("E1", "establishment", 10, true),
    item("S1", "staff", 30, true, "<=500"),
    item("F1", "funding", 10, true),
    item("F2", "funding", 10, false, null),
    item("G1", "support", 20, true, ">=30"),
    item("G2", "support", 10, false),
    item("X1", "bonus", 20, false),
  ],
  grades: [
    { code: "model", name: { zh: "示范站", en: "Model" }, minPoints: 110, needsFiveHaves: true },
    { code: "three", name: { zh: "三星级", en: "Three" }, minPoints: 75, needsFiveHaves: false },
  ],
};

const yes: ItemValue = { value: 1, notApplicable: false, remark: "" };
const no: ItemValue = { value: 0, notApplicable: false, remark: "" };
const value = (n: number): ItemValue => ({ value: n, notApplicable: false, remark: "" });
const notApplicable = (remark: string): ItemValue => ({ value: null, notApplicable: true, remark });
const all: Record<string, ItemValue> = {
  O1: yes,
  O2: yes,
  E1: yes,
  S1: value(500),
  F1: yes,
  F2: yes,
  G1: value(30),
  G2: yes,
  X1: yes,
};
const dimension = (verdict: ReturnType<typeof judge>, name: Dimension) =>
  verdict.dimensions.find((each) => each.dimension === name);

describe("a verdict", () => {
  it("on a station that has everything is all points, the Five Haves and the highest grade", () => {
    const verdict = judge(set, "village", all);
    expect([verdict.points, verdict.outOf, verdict.fiveHaves, verdict.grade, verdict.missing]).toEqual([
      120,
      120,
      true,
      "model",
      [],
    ]);
  });

  it("fails a dimension by a mandatory item, and the Five Haves with it, whatever the points", () => {
    const verdict = judge(set, "village", { ...all, S1: value(500.01) });
    expect(dimension(verdict, "staff")).toMatchObject({ passed: false, points: 0, failing: ["S1"] });
    expect(dimension(verdict, "support")?.passed).toBe(true);
    expect([verdict.fiveHaves, verdict.points, verdict.grade]).toEqual([false, 90, "three"]);
  });

  it("only costs points where an item is not mandatory", () => {
    const verdict = judge(set, "village", { ...all, G2: no });
    expect(dimension(verdict, "support")).toMatchObject({ passed: true, points: 20 });
    expect([verdict.fiveHaves, verdict.points, verdict.grade]).toEqual([true, 110, "model"]);
  });

  it("gives the points of what a level is not asked to the rest of the dimension", () => {
    expect(dimension(judge(set, "village", all), "funding")).toMatchObject({ points: 20, weight: 20 });
    expect(dimension(judge(set, "town", { ...all, F2: no }), "funding")).toMatchObject({ points: 10 });
  });

  it("gives the points of what does not apply to the rest of the dimension, with a reason only", () => {
    const { O2: _, ...others } = all;
    const without = judge(set, "village", { ...others, O2: notApplicable("无下级") });
    expect(dimension(without, "organization")).toMatchObject({ points: 10, passed: true });
    expect(without.items.O2).toBe("not_applicable");
    const unexplained = judge(set, "village", { ...others, O2: notApplicable("  ") });
    expect(dimension(unexplained, "organization")?.points).toBe(6);
    expect(unexplained.missing).toEqual(["O2"]);
  });

  it("passes a dimension whose mandatory item does not apply, and lets the others carry an empty one", () => {
    const verdict = judge(set, "village", { ...all, S1: notApplicable("由军休所统一配备"), G2: no });
    expect(dimension(verdict, "staff")).toMatchObject({ passed: true, points: 0 });
    expect(verdict.fiveHaves).toBe(true);
    // 70 points of four dimensions carry 100: (10 + 10 + 20 + 20) of 70, and the bonus.
    expect(verdict.points).toBe(105.7);
  });

  it("counts a mandatory item nobody answered as failed", () => {
    const { E1: _, ...others } = all;
    const verdict = judge(set, "village", others);
    expect([verdict.fiveHaves, verdict.missing]).toEqual([false, ["E1"]]);
    expect(judge(set, "village", {}).points).toBe(0);
  });

  it("does not change when another version asks for more", () => {
    const stricter: StandardSet = {
      ...set,
      items: set.items.map((each) =>
        each.code === "G1" ? { ...each, thresholds: { ...each.thresholds, village: ">=50" } } : each,
      ),
    };
    expect([judge(set, "village", all).fiveHaves, judge(stricter, "village", all).fiveHaves]).toEqual([
      true,
      false,
    ]);
  });
});

describe("of three values kept apart", () => {
  it("the latest counts, and a remark alone takes nothing away", () => {
    expect(valueThatCounts({ self: yes })?.stage).toBe("self");
    expect(valueThatCounts({ self: yes, check: no })).toEqual({ stage: "check", value: no });
    expect(valueThatCounts({ self: yes, check: no, spot: yes })).toEqual({ stage: "spot", value: yes });
    const remark = { value: null, notApplicable: false, remark: "已看" };
    expect(valueThatCounts({ self: yes, check: remark })?.stage).toBe("self");
    expect(valueThatCounts({})).toBeNull();
  });
});
