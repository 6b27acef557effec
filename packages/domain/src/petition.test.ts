import { describe, expect, it } from "vitest";
import {
  clockOf,
  DEFAULT_PETITION_LIMITS,
  daysPast,
  decidesOwnRequest,
  everOfSides,
  limitsOn,
  NOTICES,
  PETITION_ACTIONS,
  PETITION_STATES,
  PETITION_STEPS,
  type PetitionAction,
  type PetitionDates,
  type PetitionSide,
  type PetitionState,
  petitionSides,
  petitionStep,
  RUNNING,
  reviewersOf,
  reviewOpenUntil,
  SETTLED,
} from "./petition";

const SIDES: readonly PetitionSide[] = ["own", "reviewer", "final", "above"];
const ANYBODY = SIDES;

/** Every step there is: from, action, to, and who may take it. All other combinations are refused. */
const STEPS: readonly [PetitionState, PetitionAction, PetitionState, readonly PetitionSide[]][] = [
  ["registered", "accept", "accepted", ["own"]],
  ["registered", "refer", "referred", ["own"]],
  ["registered", "refuse", "refused", ["own"]],
  ["registered", "withdraw", "withdrawn", ["own"]],
  ["registered", "lead", "registered", ["own"]],
  ["registered", "flag", "registered", ["own"]],
  ["registered", "urge", "registered", ["reviewer", "final", "above"]],
  ["accepted", "withdraw", "withdrawn", ["own"]],
  ["accepted", "lead", "accepted", ["own"]],
  ["accepted", "flag", "accepted", ["own"]],
  ["accepted", "record", "accepted", ["own"]],
  ["accepted", "ask_time", "accepted", ["own"]],
  ["accepted", "grant_time", "accepted", ANYBODY],
  ["accepted", "deny_time", "accepted", ANYBODY],
  ["accepted", "reply", "replied", ["own"]],
  ["accepted", "urge", "accepted", ["reviewer", "final", "above"]],
  ["replied", "follow_up", "replied", ["own"]],
  ["replied", "ask_review", "in_review", ["own"]],
  ["replied", "archive", "archived", ["own"]],
  ["in_review", "answer_review", "reviewed", ["reviewer"]],
  ["in_review", "urge", "in_review", ["final", "above"]],
  ["reviewed", "follow_up", "reviewed", ["own"]],
  ["reviewed", "ask_final", "in_final", ["own"]],
  ["reviewed", "archive", "archived", ["own"]],
  ["in_final", "answer_final", "final", ["final"]],
  ["in_final", "urge", "in_final", ["above"]],
  ["final", "follow_up", "final", ["own"]],
  ["final", "archive", "archived", ["own"]],
  ["referred", "archive", "archived", ["own"]],
  ["refused", "archive", "archived", ["own"]],
  ["withdrawn", "archive", "archived", ["own"]],
];

describe("a petition", () => {
  const all = PETITION_STATES.flatMap((state) =>
    PETITION_ACTIONS.flatMap((action) => SIDES.map((side) => [state, action, side] as const)),
  );

  it.each(all)("%s: %s by %s", (state, action, side) => {
    const known = STEPS.find(([from, act, , by]) => from === state && act === action && by.includes(side));
    expect(petitionStep(action, state, [side])?.to ?? null).toBe(known?.[2] ?? null);
  });

  it("names each step once, ends in the archive alone, and either runs, is settled, or filed away", () => {
    const names = PETITION_STEPS.map(({ action, from }) => `${action} ${from}`);
    expect(new Set(names).size).toBe(names.length);
    const left = PETITION_STATES.filter((state) => !PETITION_STEPS.some(({ from }) => from === state));
    expect(left).toEqual(["archived"]);
    expect([...RUNNING, ...SETTLED, "archived"].sort()).toEqual([...PETITION_STATES].sort());
  });

  it("is reviewed by the parent and then by the one above it, and by whoever stands highest where nobody does", () => {
    expect(reviewersOf(71, [{ id: 1 }, { id: 7 }])).toEqual({ reviewerId: 7, finalId: 1 });
    expect(reviewersOf(7, [{ id: 1 }])).toEqual({ reviewerId: 1, finalId: 1 });
    expect(reviewersOf(1, [])).toEqual({ reviewerId: 1, finalId: 1 });
  });

  it("knows where somebody stands towards it", () => {
    const petition = { stationId: 71, path: "/7/71/", reviewerId: 7, finalId: 1 };
    expect(petitionSides({ stationId: 71, path: "/7/71/" }, petition)).toEqual(["own"]);
    expect(petitionSides({ stationId: 7, path: "/7/" }, petition)).toEqual(["reviewer"]);
    expect(petitionSides({ stationId: 1, path: "/" }, petition)).toEqual(["final"]);
    expect(petitionSides({ stationId: 8, path: "/8/" }, petition)).toEqual([]);
    const deep = { stationId: 711, path: "/7/71/711/", reviewerId: 71, finalId: 7 };
    expect(petitionSides({ stationId: 1, path: "/" }, deep)).toEqual(["above"]);
    const own = { stationId: 1, path: "/", reviewerId: 1, finalId: 1 };
    expect(petitionSides({ stationId: 1, path: "/" }, own)).toEqual(["own", "reviewer", "final"]);
  });

  it("is never urged by whom it waits for", () => {
    expect(petitionStep("urge", "in_review", ["reviewer", "final"])).toBeNull();
    expect(petitionStep("urge", "in_final", ["reviewer", "final"])).toBeNull();
    expect(petitionStep("urge", "accepted", ["own", "reviewer", "final"])).toBeNull();
    expect(petitionStep("urge", "accepted", ["reviewer", "final"])?.to).toBe("accepted");
    expect(everOfSides("accept", ["reviewer"])).toBe(false);
    expect(everOfSides("urge", ["reviewer"])).toBe(true);
  });

  it("gets more time from somebody else than who asked", () => {
    const petition = { timeAskedById: "a" };
    expect(decidesOwnRequest("grant_time", { userId: "a" }, petition)).toBe(true);
    expect(decidesOwnRequest("deny_time", { userId: "a" }, petition)).toBe(true);
    expect(decidesOwnRequest("grant_time", { userId: "b" }, petition)).toBe(false);
    expect(decidesOwnRequest("reply", { userId: "a" }, petition)).toBe(false);
  });

  it("hands out a paper for steps that there are", () => {
    for (const action of Object.values(NOTICES)) expect(PETITION_ACTIONS).toContain(action);
  });
});

describe("the clock of a petition", () => {
  const petition: PetitionDates = {
    state: "registered",
    receivedOn: "2026-01-20",
    acceptedOn: null,
    ownDays: null,
    extendedDays: 0,
    reviewAskedOn: null,
    finalAskedOn: null,
  };
  const LIMITS = [DEFAULT_PETITION_LIMITS];

  it("gives 15 days to decide, counted in calendar days across the end of a month", () => {
    expect(clockOf(petition, LIMITS)).toEqual({ of: "decide", from: "2026-01-20", dueOn: "2026-02-04" });
  });

  it("gives 60 days from acceptance, and those granted on top", () => {
    const accepted = { ...petition, state: "accepted" as const, acceptedOn: "2026-02-01" };
    expect(clockOf(accepted, LIMITS)?.dueOn).toBe("2026-04-02");
    expect(clockOf({ ...accepted, extendedDays: 30 }, LIMITS)?.dueOn).toBe("2026-05-02");
    // What is assigned from above has the time that comes with it.
    expect(clockOf({ ...accepted, ownDays: 15 }, LIMITS)?.dueOn).toBe("2026-02-16");
  });

  it("gives 30 days each for review and final review", () => {
    const review = { ...petition, state: "in_review" as const, reviewAskedOn: "2026-04-10" };
    expect(clockOf(review, LIMITS)).toEqual({ of: "review", from: "2026-04-10", dueOn: "2026-05-10" });
    const final = { ...petition, state: "in_final" as const, finalAskedOn: "2026-06-01" };
    expect(clockOf(final, LIMITS)).toEqual({ of: "final", from: "2026-06-01", dueOn: "2026-07-01" });
  });

  it("stands still in every other state", () => {
    for (const state of PETITION_STATES.filter((each) => !RUNNING.some((running) => running === each)))
      expect(clockOf({ ...petition, state, acceptedOn: "2026-02-01" }, LIMITS), state).toBeNull();
  });

  it("runs by the limits of the day on which it began, whatever is decided later", () => {
    const shorter = { ...DEFAULT_PETITION_LIMITS, validFrom: "2026-02-01", decide: 10 };
    expect(clockOf(petition, [shorter, ...LIMITS])?.dueOn).toBe("2026-02-04");
    expect(clockOf({ ...petition, receivedOn: "2026-02-01" }, [...LIMITS, shorter])?.dueOn).toBe(
      "2026-02-11",
    );
    expect(limitsOn([], "2026-02-01")).toBe(DEFAULT_PETITION_LIMITS);
  });

  it("is past its end only after its last day", () => {
    const clock = clockOf(petition, LIMITS);
    expect(daysPast(clock, "2026-02-03")).toBe(0);
    expect(daysPast(clock, "2026-02-04")).toBe(0);
    expect(daysPast(clock, "2026-02-05")).toBe(1);
    expect(daysPast(null, "2026-02-05")).toBe(0);
  });

  it("leaves the petitioner 30 days to ask for a review, and as many for the final one", () => {
    const asked = { closedOn: "2026-03-01", reviewAnsweredOn: "2026-04-01" };
    expect(reviewOpenUntil({ ...asked, state: "replied" }, LIMITS)).toBe("2026-03-31");
    expect(reviewOpenUntil({ ...asked, state: "reviewed" }, LIMITS)).toBe("2026-05-01");
    expect(reviewOpenUntil({ ...asked, state: "archived" }, LIMITS)).toBeNull();
  });
});
