import { ROLES, type Role } from "@muster/domain/actor";
import { FINDING_ACTIONS, FINDING_STATES, type FindingState } from "@muster/domain/inspection";
import type { MonthState } from "@muster/domain/lock";
import { period } from "@muster/domain/period";
import { PETITION_ACTIONS, PETITION_STATES, type PetitionState } from "@muster/domain/petition";
import { RECEPTION_ACTIONS, RECEPTION_STATES, type ReceptionState } from "@muster/domain/reception";
import { REPORT_ACTIONS, type ReportAction, STATUSES, type Status } from "@muster/domain/workflow";
import { describe, expect, it } from "vitest";
import { abilityFor } from "./ability";
import { ACTORS, CITY, FAR_VILLAGE, OTHER_TOWN, OTHER_VILLAGE, TOWN, VILLAGE } from "./actors.fixture";
import {
  mayMerge,
  mayMove,
  mayStepFinding,
  mayStepPetition,
  mayStepReception,
  mayTake,
  rolesToInvite,
  stepsOn,
} from "./decide";

const AT = period("2026-10");
const TODAY = "2026-10-25";
const OPEN: MonthState = {
  expected: true,
  submitFrom: "2026-10-20",
  signedOff: false,
  locked: false,
  unlockedUntil: null,
};

function report(station: { id: number }, parent: { id: number }, status: Status) {
  return { stationId: station.id, reviewerId: parent.id, period: AT, status };
}

function decide(role: Role, action: ReportAction, status: Status, month = OPEN, today = TODAY) {
  const actor = ACTORS[role];
  return mayTake(abilityFor(actor), actor, action, report(VILLAGE, TOWN, status), month, today);
}

describe("a step on a village's report", () => {
  const steps: Record<string, Role[]> = {
    "save draft": ["village_head", "village_liaison"],
    "save returned": ["village_head", "village_liaison"],
    "save amending": ["village_head", "village_liaison"],
    "submit draft": ["village_head"],
    "submit returned": ["village_head"],
    "submit amending": ["village_head"],
    "return submitted": ["head", "clerk"],
    "accept submitted": ["head"],
    "amend accepted": ["head", "village_head"],
    "amend locked": ["head", "village_head"],
    "cancel amending": ["city_admin", "village_head"],
    "lock accepted": ["city_admin"],
  };
  const all = REPORT_ACTIONS.flatMap((action) => STATUSES.map((status) => [action, status] as const));

  it.each(all)("%s from %s in an open month is taken by exactly who may", (action, status) => {
    const takers = ROLES.filter((role) => decide(role, action, status).allowed);
    expect(takers).toEqual(steps[`${action} ${status}`] ?? []);
  });

  it("tells who has no right nothing about the report's state", () => {
    const locked: MonthState = { ...OPEN, signedOff: true, locked: true };
    for (const status of STATUSES)
      expect(decide("village_liaison", "submit", status, locked)).toEqual({
        allowed: false,
        forbidden: true,
        lock: null,
      });
  });

  it("says why it is closed to who has the right", () => {
    expect(decide("village_head", "submit", "draft", OPEN, "2026-10-19")).toEqual({
      allowed: false,
      forbidden: false,
      lock: { reason: "not_submittable_yet", opener: "time", until: "2026-10-20" },
    });
    expect(decide("village_head", "save", "draft", { ...OPEN, locked: true })).toMatchObject({
      lock: { reason: "locked", opener: "city" },
    });
    expect(decide("head", "accept", "returned")).toMatchObject({ lock: { reason: "returned" } });
  });

  it("is never accepted by its own station", () => {
    const head = ACTORS.head;
    const own = report(TOWN, CITY, "submitted");
    expect(mayTake(abilityFor(head), head, "accept", own, OPEN, TODAY)).toMatchObject({ forbidden: true });
  });

  it("of another town is forbidden to this town's head", () => {
    const head = ACTORS.head;
    const strange = report(FAR_VILLAGE, OTHER_TOWN, "submitted");
    const steps = stepsOn(abilityFor(head), head, strange, OPEN, TODAY);
    expect(Object.keys(steps)).toEqual([...REPORT_ACTIONS]);
    expect(Object.values(steps).every((step) => !step.allowed && step.forbidden)).toBe(true);
  });
});

describe("a step on a finding", () => {
  const STRANGER = "somebody else";
  /** Roles by step, for a village's finding that the town judges; whoever is not named is refused. */
  const BY_TOWN: Record<string, Role[]> = {
    "answer open": ["village_head"],
    "answer returned": ["village_head"],
    "close answered": ["head"],
    "send_back answered": ["head"],
    "extend open": ["head"],
    "extend returned": ["head"],
    "withdraw open": ["head"],
    "withdraw answered": ["head"],
    "withdraw returned": ["head"],
    "urge open": ["city_admin", "head", "clerk"],
    "urge returned": ["city_admin", "head", "clerk"],
  };
  const taking = (state: FindingState, action: (typeof FINDING_ACTIONS)[number], over: object = {}) =>
    ROLES.filter((role) => {
      const actor = ACTORS[role];
      const finding = { stationId: VILLAGE.id, path: VILLAGE.path, inspectorId: TOWN.id, state };
      const facts = { ...finding, answeredById: STRANGER, ...over };
      return mayStepFinding(abilityFor(actor), actor, action, facts, false) !== null;
    });
  const all = FINDING_STATES.flatMap((state) => FINDING_ACTIONS.map((action) => [state, action] as const));

  it.each(all)("of the village, %s: %s", (state, action) => {
    expect(taking(state, action)).toEqual(BY_TOWN[`${action} ${state}`] ?? []);
  });

  it.each(all)("of the village that the city judges, %s: %s", (state, action) => {
    const usual = BY_TOWN[`${action} ${state}`] ?? [];
    const judging = ["close", "send_back", "extend", "withdraw"].includes(action);
    const expected = judging && usual.length > 0 ? ["city_admin"] : usual;
    expect(taking(state, action, { inspectorId: CITY.id })).toEqual(expected);
  });

  it.each(all)("of another town's village, %s: %s", (state, action) => {
    const far = { stationId: FAR_VILLAGE.id, path: FAR_VILLAGE.path, inspectorId: OTHER_TOWN.id };
    const urges = action === "urge" && (state === "open" || state === "returned");
    expect(taking(state, action, far)).toEqual(urges ? ["city_admin"] : []);
  });

  it("is not for whoever also serves at the station, nor the judgement for whoever answered", () => {
    const actor = ACTORS.head;
    const finding = {
      stationId: VILLAGE.id,
      path: VILLAGE.path,
      inspectorId: TOWN.id,
      state: "answered" as const,
    };
    const close = (answeredById: string, serves: boolean) =>
      mayStepFinding(abilityFor(actor), actor, "close", { ...finding, answeredById }, serves);
    expect(close(STRANGER, false)?.to).toBe("closed");
    expect(close(STRANGER, true)).toBeNull();
    expect(close(actor.userId, false)).toBeNull();
  });
});

describe("a step on an entry of a village's counter log that the town was asked", () => {
  const OWN: Role[] = ["village_head", "village_liaison"];
  const steps: Record<string, Role[]> = {
    "answer to_do": OWN,
    "answer replied": OWN,
    "answer carried": OWN,
    "reopen carried": OWN,
    "pass_up to_do": OWN,
    "pass_up replied": OWN,
    "take_back passed_up": OWN,
    "reply passed_up": ["head", "clerk"],
    "pass_on passed_up": ["head", "clerk"],
    "reopen answered": OWN,
    "strike to_do": OWN,
    "strike answered": OWN,
  };
  const all = RECEPTION_STATES.flatMap((state) =>
    RECEPTION_ACTIONS.map((action) => [state, action] as const),
  );

  it.each(all)("%s: %s belongs to those whose step it is", (state: ReceptionState, action) => {
    const entry = { stationId: VILLAGE.id, path: VILLAGE.path, askedStationId: TOWN.id, state };
    const may = ROLES.filter((role) => {
      const actor = ACTORS[role];
      return mayStepReception(abilityFor(actor), actor, action, entry) !== null;
    });
    expect(may).toEqual(steps[`${action} ${state}`] ?? []);
  });
});

describe("a step on a village's petition", () => {
  const HEAD: Role[] = ["village_head"];
  const TOWN_AND_CITY: Role[] = ["city_admin", "head", "clerk"];
  const APPROVES: Role[] = ["city_admin", "head", "village_head"];
  const steps: Record<string, Role[]> = {
    "accept registered": HEAD,
    "refer registered": HEAD,
    "refuse registered": HEAD,
    "withdraw registered": HEAD,
    "withdraw accepted": HEAD,
    "lead registered": HEAD,
    "lead accepted": HEAD,
    "flag registered": HEAD,
    "flag accepted": HEAD,
    "record accepted": HEAD,
    "grant_time accepted": APPROVES,
    "deny_time accepted": APPROVES,
    "reply accepted": HEAD,
    "follow_up replied": HEAD,
    "follow_up reviewed": HEAD,
    "follow_up final": HEAD,
    "ask_review replied": HEAD,
    "answer_review in_review": ["head"],
    "ask_final reviewed": HEAD,
    "answer_final in_final": ["city_admin"],
    "archive replied": HEAD,
    "archive reviewed": HEAD,
    "archive final": HEAD,
    "archive referred": HEAD,
    "archive refused": HEAD,
    "archive withdrawn": HEAD,
    "urge registered": TOWN_AND_CITY,
    "urge accepted": TOWN_AND_CITY,
    "urge in_review": ["city_admin"],
  };
  const petition = {
    stationId: VILLAGE.id,
    path: VILLAGE.path,
    reviewerId: TOWN.id,
    finalId: CITY.id,
    timeAskedDays: 10 as number | null,
    timeAskedById: "somebody" as string | null,
  };
  const all = PETITION_STATES.flatMap((state) => PETITION_ACTIONS.map((action) => [state, action] as const));

  it.each(all)("%s: %s belongs to those whose step it is", (state: PetitionState, action) => {
    const may = ROLES.filter((role) => {
      const actor = ACTORS[role];
      return mayStepPetition(abilityFor(actor), actor, action, { ...petition, state }) !== null;
    });
    expect(may).toEqual(steps[`${action} ${state}`] ?? []);
  });

  it("asks for time once at a time, and whoever asked does not grant it", () => {
    const village = ACTORS.village_head;
    const may = (action: "ask_time" | "grant_time", timeAskedById: string | null) =>
      mayStepPetition(abilityFor(village), village, action, {
        ...petition,
        state: "accepted",
        timeAskedById,
        timeAskedDays: timeAskedById === null ? null : 10,
      }) !== null;
    expect([may("ask_time", null), may("ask_time", "somebody")]).toEqual([true, false]);
    expect([may("grant_time", null), may("grant_time", village.userId)]).toEqual([false, false]);
  });
});

describe("rearranging stations", () => {
  const town = abilityFor(ACTORS.head);
  const city = abilityFor(ACTORS.city_admin);
  const clerk = abilityFor(ACTORS.clerk);

  it("is a town's within its own subtree and the city's everywhere", () => {
    expect(mayMove(town, VILLAGE, TOWN)).toBe(true);
    expect(mayMove(town, VILLAGE, OTHER_TOWN)).toBe(false);
    expect(mayMove(town, FAR_VILLAGE, TOWN)).toBe(false);
    expect(mayMove(city, VILLAGE, OTHER_TOWN)).toBe(true);
    expect(mayMove(clerk, VILLAGE, TOWN)).toBe(false);
  });

  it("never lets a town move or merge itself", () => {
    expect(mayMove(town, TOWN, OTHER_TOWN)).toBe(false);
    expect(mayMerge(town, VILLAGE, TOWN)).toBe(false);
    expect(mayMerge(city, OTHER_TOWN, TOWN)).toBe(true);
  });

  it("merges two villages only for who may arrange both", () => {
    expect(mayMerge(town, VILLAGE, OTHER_VILLAGE)).toBe(true);
    expect(mayMerge(town, VILLAGE, FAR_VILLAGE)).toBe(false);
    expect(mayMerge(town, FAR_VILLAGE, VILLAGE)).toBe(false);
  });
});

describe("inviting", () => {
  it("offers the roles of the station to the levels above it only", () => {
    const village = { path: VILLAGE.path, level: "village", kind: "station" } as const;
    const ofTown = { path: TOWN.path, level: "town", kind: "station" } as const;
    const head = abilityFor(ACTORS.head);
    expect(rolesToInvite(head, village)).toEqual(["village_head", "village_liaison"]);
    expect(rolesToInvite(head, ofTown)).toEqual([]);
    expect(rolesToInvite(abilityFor(ACTORS.city_admin), ofTown)).toEqual(["head", "clerk"]);
    expect(rolesToInvite(abilityFor(ACTORS.village_head), village)).toEqual([]);
  });
});
