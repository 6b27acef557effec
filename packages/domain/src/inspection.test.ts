import { describe, expect, it } from "vitest";
import {
  climbedTo,
  DAYS_UNTIL_CITY,
  daysOver,
  everTheirs,
  FINDING_ACTIONS,
  FINDING_STATES,
  FINDING_STEPS,
  type FindingAction,
  type FindingSide,
  type FindingState,
  findingSides,
  findingStep,
  INSPECTION_ACTIONS,
  INSPECTION_STATES,
  type InspectionAction,
  type InspectionState,
  inspectionStep,
  judgesOwnAnswer,
  overdueOn,
  UNSETTLED,
  usualDue,
} from "./inspection";

const SIDES: readonly FindingSide[] = ["own", "inspector", "above"];

/** Every step there is: from, action, to, and who may take it. All other combinations are refused. */
const STEPS: readonly [FindingState, FindingAction, FindingState, FindingSide[]][] = [
  ["open", "answer", "answered", ["own"]],
  ["open", "extend", "open", ["inspector"]],
  ["open", "withdraw", "withdrawn", ["inspector"]],
  ["open", "urge", "open", ["inspector", "above"]],
  ["answered", "close", "closed", ["inspector"]],
  ["answered", "send_back", "returned", ["inspector"]],
  ["answered", "withdraw", "withdrawn", ["inspector"]],
  ["returned", "answer", "answered", ["own"]],
  ["returned", "extend", "returned", ["inspector"]],
  ["returned", "withdraw", "withdrawn", ["inspector"]],
  ["returned", "urge", "returned", ["inspector", "above"]],
];

const combinations = FINDING_STATES.flatMap((from) =>
  FINDING_ACTIONS.flatMap((action) => SIDES.map((side) => [from, action, side] as const)),
);

describe("a finding", () => {
  it.each(combinations)("%s, %s by %s", (from, action, side) => {
    const step = STEPS.find(([f, a, , by]) => f === from && a === action && by.includes(side));
    expect(findingStep(action, from, [side])?.to ?? null).toBe(step?.[2] ?? null);
  });

  it("takes no step for somebody who stands on no side", () => {
    for (const [from, action] of combinations) expect(findingStep(action, from, [])).toBeNull();
  });

  it("has one outcome per state and action", () => {
    const keys = FINDING_STEPS.map(({ action, from }) => `${action} ${from}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("is settled for good once it is closed or withdrawn, and open to a step before", () => {
    for (const state of FINDING_STATES) {
      const leaves = FINDING_STEPS.some(({ from }) => from === state);
      expect(leaves).toBe((UNSETTLED as readonly string[]).includes(state));
    }
  });

  it("is never closed, sent back, extended or withdrawn by its own station", () => {
    for (const action of FINDING_ACTIONS) expect(everTheirs(action, ["own"])).toBe(action === "answer");
    for (const action of FINDING_ACTIONS) expect(everTheirs(action, ["above"])).toBe(action === "urge");
  });
});

describe("where somebody stands towards a finding", () => {
  const finding = { stationId: 71, path: "/7/71/", inspectorId: 7 };
  const sides = (stationId: number, path: string, serves = false, inspectorId = 7) =>
    findingSides({ stationId, path }, { ...finding, inspectorId }, serves);

  it.each([
    ["the station concerned", sides(71, "/7/71/"), ["own"]],
    ["the town that inspects", sides(7, "/7/"), ["inspector"]],
    ["the city above it", sides(1, "/"), ["above"]],
    ["the city when the city inspects", sides(1, "/", false, 1), ["inspector"]],
    ["the town when the city inspects", sides(7, "/7/", false, 1), ["above"]],
    ["a village beside it", sides(72, "/7/72/"), []],
    ["another town", sides(8, "/8/"), []],
    ["a station below it", sides(711, "/7/71/711/"), []],
    ["a town's officer who also serves at the station", sides(7, "/7/", true), []],
    ["somebody of the station who serves there, of course", sides(71, "/7/71/", true), ["own"]],
    ["the station itself, were it named as the inspector", sides(71, "/7/71/", false, 71), ["own"]],
  ])("%s", (_who, found, expected) => expect(found).toEqual(expected));

  it.each(FINDING_ACTIONS)("%s: whoever answered does not judge the answer", (action) => {
    const judged = judgesOwnAnswer(action, { userId: "a" }, { answeredById: "a" });
    expect(judged).toBe(action === "close" || action === "send_back");
    expect(judgesOwnAnswer(action, { userId: "b" }, { answeredById: "a" })).toBe(false);
    expect(judgesOwnAnswer(action, { userId: "b" }, { answeredById: null })).toBe(false);
  });
});

describe("a finding's dates", () => {
  const dates = { openedOn: "2026-09-01", dueOn: "2026-09-30", endedOn: null };

  it("are kept on the day itself and passed on the next", () => {
    expect(overdueOn(dates, "2026-09-30")).toBe(false);
    expect(overdueOn(dates, "2026-10-01")).toBe(true);
    expect(daysOver(dates, "2026-10-11")).toBe(11);
    expect(daysOver(dates, "2026-09-20")).toBe(0);
  });

  it("count no more from the day it is settled on, and still did the day before", () => {
    const settled = { ...dates, endedOn: "2026-10-05" };
    expect([overdueOn(settled, "2026-10-04"), overdueOn(settled, "2026-10-05")]).toEqual([true, false]);
  });

  it("do not count before it was found", () => {
    expect(overdueOn({ ...dates, dueOn: "2026-08-01" }, "2026-08-15")).toBe(false);
  });

  it("give a grave finding a week, a lesser one longer", () => {
    const days = (["minor", "major", "grave"] as const).map((each) => usualDue(each, "2026-11-01"));
    expect(days).toEqual(["2026-12-01", "2026-11-16", "2026-11-08"]);
  });

  it("climb to the parent and the inspecting station on the first day, to everyone above later", () => {
    const finding = { parentId: 7, inspectorId: 3 };
    const climbed = (id: number, over: number) => climbedTo({ id }, finding, over);
    expect([climbed(7, 0), climbed(7, 1), climbed(3, 1), climbed(1, 1)]).toEqual([false, true, true, false]);
    expect([climbed(1, DAYS_UNTIL_CITY), climbed(1, DAYS_UNTIL_CITY + 1)]).toEqual([false, true]);
  });
});

describe("an inspection", () => {
  const STEPS: readonly [InspectionState, InspectionAction, InspectionState][] = [
    ["planned", "edit", "planned"],
    ["planned", "begin", "under_way"],
    ["planned", "call_off", "called_off"],
    ["under_way", "edit", "under_way"],
    ["under_way", "visit", "under_way"],
    ["under_way", "conclude", "concluded"],
    ["under_way", "call_off", "called_off"],
  ];
  const all = INSPECTION_STATES.flatMap((from) =>
    INSPECTION_ACTIONS.map((action) => [from, action] as const),
  );

  it.each(all)("%s, %s", (from, action) => {
    const step = STEPS.find(([f, a]) => f === from && a === action);
    expect(inspectionStep(action, from)?.to ?? null).toBe(step?.[2] ?? null);
  });
});
