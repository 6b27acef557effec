import { describe, expect, it } from "vitest";
import {
  allowedTransition,
  REPORT_ACTIONS,
  type ReportAction,
  type Side,
  STATUSES,
  type Status,
  sidesOf,
  TRANSITIONS,
  transition,
} from "./workflow";

const SIDES: readonly Side[] = ["own", "reviewer", "city"];

/** Every step there is: from, action, to, and who may take it. All other combinations are refused. */
const STEPS: readonly [Status, ReportAction, Status, Side[]][] = [
  ["draft", "save", "draft", ["own"]],
  ["draft", "submit", "submitted", ["own"]],
  ["submitted", "return", "returned", ["reviewer"]],
  ["submitted", "accept", "accepted", ["reviewer"]],
  ["returned", "save", "returned", ["own"]],
  ["returned", "submit", "submitted", ["own"]],
  ["accepted", "amend", "amending", ["own", "reviewer"]],
  ["accepted", "lock", "locked", ["city"]],
  ["locked", "amend", "amending", ["own", "reviewer"]],
  ["amending", "save", "amending", ["own"]],
  ["amending", "submit", "submitted", ["own"]],
  ["amending", "cancel", "accepted", ["own", "city"]],
];

const combinations = STATUSES.flatMap((from) =>
  REPORT_ACTIONS.flatMap((action) => SIDES.map((side) => [from, action, side] as const)),
);

describe("a monthly report", () => {
  it.each(combinations)("%s, %s by %s", (from, action, side) => {
    const step = STEPS.find(([f, a, , by]) => f === from && a === action && by.includes(side));
    expect(allowedTransition(action, from, [side])?.to ?? null).toBe(step?.[2] ?? null);
  });

  it("takes no step for somebody who stands on no side", () => {
    for (const [from, action] of combinations) expect(allowedTransition(action, from, [])).toBeNull();
  });

  it("takes a step when one of several sides may", () => {
    expect(allowedTransition("accept", "submitted", ["reviewer", "city"])?.to).toBe("accepted");
    expect(allowedTransition("accept", "submitted", ["own", "city"])).toBeNull();
  });

  it("has one outcome per state and action", () => {
    const keys = TRANSITIONS.map(({ action, from }) => `${action} ${from}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(transition("accept", "draft")).toBeNull();
  });

  it("comes from its draft to every state and from every state back to accepted", () => {
    const reach = (start: Status): Set<Status> => {
      const reached = new Set<Status>([start]);
      for (let before = 0; before !== reached.size; ) {
        before = reached.size;
        for (const { from, to } of TRANSITIONS) if (reached.has(from)) reached.add(to);
      }
      return reached;
    };
    expect([...reach("draft")].sort()).toEqual([...STATUSES].sort());
    for (const status of STATUSES) expect(reach(status).has("accepted"), status).toBe(true);
  });

  it("is never decided by its own station", () => {
    for (const { action, by } of TRANSITIONS)
      if (action === "accept" || action === "return" || action === "lock") expect(by).not.toContain("own");
  });
});

describe("the sides of a person", () => {
  const report = { stationId: 71, reviewerId: 7 };

  it("are their station's: the reporting one, the reviewing one, or none", () => {
    expect(sidesOf({ stationId: 71, path: "/7/71/" }, report)).toEqual(["own"]);
    expect(sidesOf({ stationId: 7, path: "/7/" }, report)).toEqual(["reviewer"]);
    expect(sidesOf({ stationId: 72, path: "/7/72/" }, report)).toEqual([]);
    expect(sidesOf({ stationId: 8, path: "/8/" }, report)).toEqual([]);
  });

  it("are the city's too for who acts for the whole city, who reviews only what reports to the city", () => {
    expect(sidesOf({ stationId: 1, path: "/" }, report)).toEqual(["city"]);
    expect(sidesOf({ stationId: 1, path: "/" }, { stationId: 7, reviewerId: 1 })).toEqual([
      "reviewer",
      "city",
    ]);
  });

  it("never make anybody the reviewer of their own station", () => {
    expect(sidesOf({ stationId: 7, path: "/7/" }, { stationId: 7, reviewerId: 7 })).toEqual(["own"]);
  });
});
