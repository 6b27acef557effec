import { describe, expect, it } from "vitest";
import { ROLES, type Role } from "./actor";
import {
  barredBy,
  CASE_ACTIONS,
  CASE_STATES,
  CASE_STEPS,
  type CaseAction,
  type CaseSide,
  type CaseState,
  caseDaysOver,
  caseSides,
  caseStep,
  casesPerThousand,
  dueOf,
  everTakes,
  firstState,
  incomePerHead,
  isOpenState,
  isSmall,
  limitLeft,
  maskName,
  OPEN_STATES,
  publicityOver,
  publicUntil,
} from "./assistance";
import { caseSubject, parseCaseSubject } from "./evidence";

describe("coverage of assistance", () => {
  it("is the cases per 1,000 beneficiaries", () => expect(casesPerThousand(29, 1450)).toBe(20));
  it("is 0 where people are served and nobody was helped", () => expect(casesPerThousand(0, 1450)).toBe(0));
  it("is missing where a part is, or where nobody is served", () => {
    expect(casesPerThousand(null, 1450)).toBeNull();
    expect(casesPerThousand(3, null)).toBeNull();
    expect(casesPerThousand(3, 0)).toBeNull();
  });
});

/** Who takes which step from which state to which: every other combination of state, action, role and side is refused. */
const ALLOWED: readonly [CaseState, CaseAction, CaseState, string][] = [
  ["verify", "verify", "second_check", "own"],
  ["verify", "withdraw", "withdrawn", "own reviewer"],
  ["second_check", "verify", "review", "own reviewer"],
  ["second_check", "withdraw", "withdrawn", "own reviewer"],
  ["review", "pass", "publicity", "decides"],
  ["review", "send_back", "verify", "decides"],
  ["review", "refuse", "refused", "decides"],
  ["review", "withdraw", "withdrawn", "own reviewer"],
  ["publicity", "clear", "approval", "reviewer"],
  ["publicity", "object", "review", "reviewer"],
  ["publicity", "withdraw", "withdrawn", "own reviewer"],
  ["approval", "approve", "payment", "city"],
  ["approval", "send_back", "review", "city"],
  ["approval", "refuse", "refused", "city"],
  ["approval", "withdraw", "withdrawn", "own reviewer"],
  ["payment", "pay", "follow_up", "reviewer city"],
  ["advance", "advance", "papers", "decides"],
  ["advance", "refuse", "refused", "decides"],
  ["advance", "withdraw", "withdrawn", "own reviewer"],
  ["papers", "complete", "confirmation", "own reviewer"],
  ["confirmation", "confirm", "follow_up", "city"],
  ["confirmation", "send_back", "papers", "city"],
  ["follow_up", "follow_up", "closed", "own reviewer"],
  ["refused", "appeal", "appeal", "own reviewer"],
  ["appeal", "uphold", "upheld", "city"],
  ["appeal", "reopen", "review", "city"],
];
/** Which roles act for which of the words above. */
const SEATS: Record<string, readonly [CaseSide, readonly Role[]]> = {
  own: ["own", ["village_head", "head", "clerk"]],
  reviewer: ["reviewer", ["head", "clerk", "city_admin"]],
  decides: ["reviewer", ["head", "city_admin"]],
  city: ["city", ["city_admin"]],
};
const SIDES: readonly CaseSide[] = ["own", "reviewer", "city"];
const combinations = CASE_STATES.flatMap((from) =>
  CASE_ACTIONS.flatMap((action) =>
    SIDES.flatMap((side) => ROLES.map((role) => [from, action, side, role] as const)),
  ),
);

describe("a case of assistance", () => {
  it("takes exactly the steps of its chain, each from its state, by its role at its side", () => {
    for (const [from, action, side, role] of combinations) {
      const row = ALLOWED.find(
        ([state, act, , seats]) =>
          state === from &&
          act === action &&
          seats.split(" ").some((seat) => SEATS[seat]?.[0] === side && SEATS[seat]?.[1].includes(role)),
      );
      const step = caseStep(action, from, { role, sides: [side] }, 7);
      expect([from, action, side, role, step?.to ?? null]).toEqual([
        from,
        action,
        side,
        role,
        row?.[2] ?? null,
      ]);
    }
  });
  it("takes no step for somebody who stands on no side, and none for a liaison, an overseer or an auditor", () => {
    for (const [from, action, , role] of combinations)
      expect(caseStep(action, from, { role, sides: [] }, 7)).toBeNull();
    for (const role of ["village_liaison", "city_overseer", "city_auditor", "operator"] as const)
      for (const [from, action] of combinations)
        expect(caseStep(action, from, { role, sides: SIDES }, 7)).toBeNull();
  });
  it("has one outcome per state and action, and ends in four states that only an appeal leaves", () => {
    const keys = CASE_STEPS.map(({ action, from }) => `${action} ${from}`);
    expect(new Set(keys).size).toBe(keys.length);
    const ends: CaseState[] = CASE_STATES.filter((state) => !isOpenState(state));
    expect(ends).toEqual(["closed", "refused", "upheld", "withdrawn"]);
    expect(CASE_STEPS.filter(({ from }) => ends.includes(from)).map(({ action }) => action)).toEqual([
      "appeal",
    ]);
    expect(OPEN_STATES).toHaveLength(CASE_STATES.length - ends.length);
  });
  it("goes past publicity where its kind asks for none", () => {
    const who = { role: "head", sides: ["reviewer"] } as const;
    expect(caseStep("pass", "review", who, 0)?.to).toBe("approval");
    expect(caseStep("pass", "review", who, 1)?.to).toBe("publicity");
  });
  it("begins with the town's money where aid cannot wait", () => {
    expect(firstState({ payFirst: true })).toBe("advance");
    expect(firstState({ payFirst: false })).toBe("verify");
  });
  it("lets a seat know what is ever its own", () => {
    expect(everTakes("approve", { role: "city_admin", sides: ["city"] })).toBe(true);
    expect(everTakes("approve", { role: "head", sides: ["reviewer"] })).toBe(false);
  });
  it("has its sides by station: the city is also the reviewer of a town", () => {
    expect(caseSides({ stationId: 5, path: "/2/5/" }, { stationId: 5, reviewerId: 2 })).toEqual(["own"]);
    expect(caseSides({ stationId: 2, path: "/2/" }, { stationId: 5, reviewerId: 2 })).toEqual(["reviewer"]);
    expect(caseSides({ stationId: 1, path: "/" }, { stationId: 2, reviewerId: 1 })).toEqual([
      "reviewer",
      "city",
    ]);
    expect(caseSides({ stationId: 9, path: "/9/" }, { stationId: 5, reviewerId: 2 })).toEqual([]);
  });
});

describe("four eyes", () => {
  const step = (action: CaseAction, from: CaseState) => {
    const found = CASE_STEPS.find((each) => each.action === action && each.from === from);
    if (!found) throw new Error(`${action} from ${from} is no step`);
    return found;
  };
  const story = [
    { action: "apply", byId: "village" },
    { action: "verify", byId: "village" },
    { action: "verify", byId: "clerk" },
    { action: "pass", byId: "head" },
    { action: "approve", byId: "city" },
    { action: "refuse", byId: "city" },
  ] as const;
  it.each([
    ["verify", "second_check", "clerk", "verify"],
    ["verify", "second_check", "village", null],
    ["verify", "verify", "village", null],
    ["pass", "review", "clerk", "verify"],
    ["pass", "review", "village", "verify"],
    ["pass", "review", "head", null],
    ["refuse", "review", "clerk", "verify"],
    ["approve", "approval", "head", "pass"],
    ["approve", "approval", "clerk", "verify"],
    ["approve", "approval", "other", null],
    ["pay", "payment", "city", "approve"],
    ["pay", "payment", "clerk", null],
    ["uphold", "appeal", "city", "refuse"],
    ["reopen", "appeal", "other", null],
    ["advance", "advance", "village", "apply"],
  ] as const)("%s at %s by %s is barred by %s", (action, from, userId, by) =>
    expect(barredBy(step(action, from), userId, story)).toBe(by),
  );
  it("lets the second of an earlier round verify again after a case was sent back", () => {
    const again = [
      ...story,
      { action: "send_back", byId: "head" },
      { action: "verify", byId: "village" },
    ] as const;
    expect(barredBy(step("verify", "second_check"), "clerk", again)).toBeNull();
    expect(barredBy(step("verify", "second_check"), "village", again)).toBe("verify");
  });
  it("binds every step that decides or moves money", () => {
    const free = CASE_STEPS.filter(({ notAfter }) => notAfter === undefined).map(({ action }) => action);
    expect([...new Set(free)].sort()).toEqual([
      "appeal",
      "clear",
      "complete",
      "object",
      "verify",
      "withdraw",
    ]);
  });
});

describe("the days of a case", () => {
  const rules = {
    days: { verify: 5, review: 3, approval: 10, payment: 7, followUp: 30 },
    publicityDays: 7,
  };
  it.each([
    ["verify", "2026-10-06"],
    ["second_check", "2026-10-06"],
    ["papers", "2026-10-06"],
    ["advance", "2026-10-02"],
    ["review", "2026-10-04"],
    ["publicity", "2026-10-10"],
    ["approval", "2026-10-11"],
    ["confirmation", "2026-10-11"],
    ["appeal", "2026-10-11"],
    ["payment", "2026-10-08"],
    ["follow_up", "2026-10-31"],
    ["closed", null],
    ["refused", null],
    ["upheld", null],
    ["withdrawn", null],
  ] as const)("%s from 1 October is due %s", (state, due) =>
    expect(dueOf(state, "2026-10-01", rules)).toBe(due),
  );
  it("publish the first and the last day, and are over the day after", () => {
    expect(publicUntil("2026-10-01", 7)).toBe("2026-10-07");
    expect(publicityOver("2026-10-07", "2026-10-07")).toBe(false);
    expect(publicityOver("2026-10-07", "2026-10-08")).toBe(true);
    expect(publicityOver(null, "2026-10-08")).toBe(false);
  });
  it("are late from the day after the last one", () => {
    expect(caseDaysOver("2026-10-07", "2026-10-07")).toBe(0);
    expect(caseDaysOver("2026-10-07", "2026-10-09")).toBe(2);
    expect(caseDaysOver(null, "2026-10-09")).toBe(0);
  });
});

describe("money", () => {
  it("a pension is not income", () => {
    expect(incomePerHead({ size: 3, income: 90_000, pension: 0 })).toBe(30_000);
    expect(incomePerHead({ size: 3, income: 90_000, pension: 500_000 })).toBe(30_000);
    expect(incomePerHead({ size: 0, income: 90_000, pension: 0 })).toBeNull();
    expect(incomePerHead({ size: 3, income: 0, pension: 0 })).toBe(0);
    expect(incomePerHead({ size: 3, income: null, pension: 0 })).toBeNull();
  });
  it("is left of a yearly limit, never less than nothing", () => {
    expect(limitLeft(1_000_000, 400_000)).toBe(600_000);
    expect(limitLeft(1_000_000, 1_400_000)).toBe(0);
    expect(limitLeft(null, 400_000)).toBeNull();
  });
});

describe("what others see", () => {
  it.each([
    ["张小明", "张*明"],
    ["张明", "张*"],
    ["欧阳建国", "欧**国"],
    ["明", "*"],
    [" 王芳 ", "王*"],
    ["𠮷田明", "𠮷*明"],
    ["", ""],
  ])("%s is published as %s", (name, masked) => expect(maskName(name)).toBe(masked));
  it("hides counts of one to four", () => {
    expect([0, 1, 4, 5, 80].map(isSmall)).toEqual([false, true, true, false, false]);
  });
});

describe("a case as the subject of evidence", () => {
  const id = "0198c000-0000-7000-8000-000000000001";
  it("is the case, or one of its materials", () => {
    expect(parseCaseSubject(caseSubject(id).id)).toEqual({ caseId: id, material: null });
    expect(parseCaseSubject(caseSubject(id, "id_card").id)).toEqual({ caseId: id, material: "id_card" });
  });
  it.each(["", "x", `${id}-`, `${id}-A`, `${id}-a b`, `${id}x`])("%s is none", (text) =>
    expect(parseCaseSubject(text)).toBeNull(),
  );
});
