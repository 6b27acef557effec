import { type Actor, ROLES, type Role } from "@muster/domain/actor";
import { describe, expect, it } from "vitest";
import { ACTIONS, abilityFor, may, mayAny, rulesFor, SUBJECTS, type SubjectFields } from "./ability";
import {
  ACTORS,
  actorAt,
  CITY,
  FAR_VILLAGE,
  OTHER_TOWN,
  OTHER_VILLAGE,
  TOWN,
  VILLAGE,
} from "./actors.fixture";

/** Roles that may do this to this thing; every other role may not. */
function rolesThat(ask: (ability: ReturnType<typeof abilityFor>, actor: Actor) => boolean): Role[] {
  return ROLES.filter((role) => ask(abilityFor(ACTORS[role]), ACTORS[role]));
}

const NOBODY: Role[] = [];
const FIGURES: Role[] = ["city_admin", "city_overseer", "head", "clerk", "village_head", "village_liaison"];
const TENANTS: Role[] = ["city_admin", "city_overseer", "city_auditor", ...FIGURES.slice(2)];

type Row<S extends keyof SubjectFields> = [string, (typeof ACTIONS)[number], SubjectFields[S], Role[]];

function table<
  S extends
    | "Inspection"
    | "Finding"
    | "Evidence"
    | "Person"
    | "Reception"
    | "Knowledge"
    | "Petition"
    | "Transfer"
    | "Visit"
    | "Assistance"
    | "Staff"
    | "MonthlyReport"
    | "Station"
    | "Membership"
    | "Month"
    | "Reminder"
    | "City",
>(name: S, rows: Row<S>[]) {
  it.each(rows)("%s: %s", (_what, action, instance, expected) => {
    const ask = may as (
      ability: ReturnType<typeof abilityFor>,
      action: (typeof ACTIONS)[number],
      name: S,
      instance: SubjectFields[S],
    ) => boolean;
    expect(rolesThat((ability) => ask(ability, action, name, instance))).toEqual(expected);
  });
}

describe("the staff register", () => {
  table("Staff", [
    ["the village's", "read", { stationId: VILLAGE.id }, FIGURES],
    ["the village's", "export", { stationId: VILLAGE.id }, FIGURES],
    ["the village's", "update", { stationId: VILLAGE.id }, ["city_admin", "village_head"]],
    ["the town's", "update", { stationId: TOWN.id }, ["city_admin", "head", "clerk"]],
    ["another village's", "update", { stationId: OTHER_VILLAGE.id }, ["city_admin"]],
    ["another town's", "update", { stationId: OTHER_TOWN.id }, ["city_admin"]],
  ]);
});

describe("cases of assistance", () => {
  const here = { stationId: VILLAGE.id, path: VILLAGE.path };
  const readers: Role[] = ["city_admin", "city_overseer", "head", "clerk", "village_head"];
  table("Assistance", [
    ["the village's", "read", here, readers],
    ["the village's", "export", here, readers],
    ["the village's", "create", here, ["head", "clerk", "village_head"]],
    ["the village's", "update", here, ["city_admin", "head", "clerk", "village_head"]],
    [
      "another town's village's",
      "update",
      { stationId: FAR_VILLAGE.id, path: FAR_VILLAGE.path },
      ["city_admin"],
    ],
    ["another town's", "create", { stationId: OTHER_TOWN.id, path: OTHER_TOWN.path }, NOBODY],
  ]);
});

describe("the archive of people", () => {
  const at = (station: { id: number; path: string }) => ({ stationId: station.id, path: station.path });
  const KEEPERS: Role[] = ["head", "clerk", "village_head", "village_liaison"];

  table("Person", [
    ["the village's", "read", at(VILLAGE), FIGURES],
    ["the village's", "create", at(VILLAGE), ["village_head", "village_liaison"]],
    ["the village's", "update", at(VILLAGE), ["village_head", "village_liaison"]],
    ["the village's", "import", at(VILLAGE), ["city_admin", ...KEEPERS]],
    ["the village's", "reveal", at(VILLAGE), ["city_admin", ...KEEPERS]],
    ["the village's", "export", at(VILLAGE), ["city_admin", ...KEEPERS]],
    ["the town's", "update", at(TOWN), ["head", "clerk"]],
    ["another village's", "update", at(OTHER_VILLAGE), NOBODY],
    ["another village's", "import", at(OTHER_VILLAGE), ["city_admin", "head", "clerk"]],
    ["of another town", "import", at(FAR_VILLAGE), ["city_admin"]],
  ]);

  table("Transfer", [
    ["between villages of the town", "accept", at(TOWN), ["city_admin", "head", "clerk"]],
    ["between towns", "accept", at(CITY), ["city_admin"]],
  ]);
});

describe("the register of visits", () => {
  const at = (station: { id: number; path: string }) => ({ stationId: station.id, path: station.path });

  table("Visit", [
    ["the village's", "read", at(VILLAGE), FIGURES],
    ["the village's", "create", at(VILLAGE), ["head", "clerk", "village_head", "village_liaison"]],
    ["the village's", "update", at(VILLAGE), ["head", "clerk", "village_head", "village_liaison"]],
    [
      "the village's",
      "export",
      at(VILLAGE),
      ["city_admin", "head", "clerk", "village_head", "village_liaison"],
    ],
    ["the town's", "create", at(TOWN), ["head", "clerk"]],
    ["another village's", "create", at(OTHER_VILLAGE), ["head", "clerk"]],
    ["of another town", "create", at(FAR_VILLAGE), NOBODY],
  ]);
});

describe("the counter log and the petitions", () => {
  const at = (station: { id: number; path: string }) => ({ stationId: station.id, path: station.path });

  table("Reception", [
    ["of the village", "update", at(VILLAGE), ["village_head", "village_liaison"]],
    ["of the village", "accept", at(VILLAGE), ["city_admin", "head", "clerk"]],
    ["of the town", "update", at(TOWN), ["head", "clerk"]],
    ["of the town", "accept", at(TOWN), ["city_admin"]],
    ["of the neighbouring village", "update", at(OTHER_VILLAGE), NOBODY],
    ["of a village of another town", "accept", at(FAR_VILLAGE), ["city_admin"]],
  ]);
  table("Knowledge", [
    ["of the town", "create", { stationId: TOWN.id }, ["head", "clerk"]],
    ["of the city", "remove", { stationId: CITY.id }, ["city_admin"]],
    ["of a village", "create", { stationId: VILLAGE.id }, NOBODY],
  ]);
  table("Petition", [
    ["at the village", "read", at(VILLAGE), ["city_admin", "city_overseer", "head", "clerk", "village_head"]],
    ["at the village", "update", at(VILLAGE), ["village_head"]],
    ["at the village", "accept", at(VILLAGE), ["city_admin", "head", "village_head"]],
    ["at the village", "remind", at(VILLAGE), ["city_admin", "head", "clerk"]],
    ["at the town", "update", at(TOWN), ["head", "clerk"]],
    ["at the town", "accept", at(TOWN), ["city_admin", "head"]],
    ["at the city", "accept", at(CITY), ["city_admin"]],
    ["at a village of another town", "remind", at(FAR_VILLAGE), ["city_admin"]],
  ]);
});

describe("evidence", () => {
  const at = (station: { id: number; path: string }) => ({ stationId: station.id, path: station.path });
  const HERE: Role[] = ["city_admin", "head", "clerk", "village_head", "village_liaison"];

  table("Evidence", [
    ["of the village", "create", at(VILLAGE), HERE],
    ["of the village", "remove", at(VILLAGE), HERE],
    ["of the village", "read", at(VILLAGE), FIGURES],
    ["of the neighbouring village", "create", at(OTHER_VILLAGE), ["city_admin", "head", "clerk"]],
    ["of the town", "create", at(TOWN), ["city_admin", "head", "clerk"]],
    ["of a village of another town", "create", at(FAR_VILLAGE), ["city_admin"]],
    ["of a village of another town", "remove", at(FAR_VILLAGE), ["city_admin"]],
    ["of the city", "create", at(CITY), ["city_admin"]],
  ]);
});

describe("inspections and findings", () => {
  table("Inspection", [
    ["the town's", "read", { stationId: TOWN.id }, FIGURES],
    ["the town's", "create", { stationId: TOWN.id }, ["head"]],
    ["the town's", "update", { stationId: TOWN.id }, ["head"]],
    ["the town's", "fill", { stationId: TOWN.id }, ["head", "clerk"]],
    ["the city's", "update", { stationId: CITY.id }, ["city_admin"]],
    ["another town's", "update", { stationId: OTHER_TOWN.id }, NOBODY],
    ["a village's", "create", { stationId: VILLAGE.id }, NOBODY],
  ]);
  const at = (station: { id: number; path: string }, inspectorId: number) => ({
    stationId: station.id,
    path: station.path,
    inspectorId,
  });

  table("Finding", [
    ["of the village by the town", "read", at(VILLAGE, TOWN.id), FIGURES],
    ["of the village by the town", "export", at(VILLAGE, TOWN.id), FIGURES],
    ["of the village by the town", "create", at(VILLAGE, TOWN.id), ["city_admin", "head", "clerk"]],
    ["of the village by the town", "submit", at(VILLAGE, TOWN.id), ["village_head"]],
    ["of the village by the town", "accept", at(VILLAGE, TOWN.id), ["head"]],
    ["of the village by the town", "return", at(VILLAGE, TOWN.id), ["head"]],
    ["of the village by the town", "amend", at(VILLAGE, TOWN.id), ["head"]],
    ["of the village by the town", "remove", at(VILLAGE, TOWN.id), ["head"]],
    ["of the village by the town", "remind", at(VILLAGE, TOWN.id), ["city_admin", "head", "clerk"]],
    ["of the village by the city", "accept", at(VILLAGE, CITY.id), ["city_admin"]],
    ["of the town by the city", "accept", at(TOWN, CITY.id), ["city_admin"]],
    ["of the town by the city", "submit", at(TOWN, CITY.id), ["head"]],
    ["of the town by the city", "create", at(TOWN, CITY.id), ["city_admin"]],
    ["of the town, were it its own inspector", "accept", at(TOWN, TOWN.id), NOBODY],
    ["of a village of another town", "create", at(FAR_VILLAGE, OTHER_TOWN.id), ["city_admin"]],
    ["of a village of another town", "remind", at(FAR_VILLAGE, OTHER_TOWN.id), ["city_admin"]],
    ["of the city itself", "create", at(CITY, CITY.id), NOBODY],
  ]);
});

describe("monthly reports", () => {
  const villages = { stationId: VILLAGE.id, reviewerId: TOWN.id };
  const neighbours = { stationId: OTHER_VILLAGE.id, reviewerId: TOWN.id };
  const towns = { stationId: TOWN.id, reviewerId: CITY.id };
  const strange = { stationId: FAR_VILLAGE.id, reviewerId: OTHER_TOWN.id };

  table("MonthlyReport", [
    ["the village's report", "fill", villages, ["village_head", "village_liaison"]],
    ["the village's report", "submit", villages, ["village_head"]],
    ["the village's report", "return", villages, ["head", "clerk"]],
    ["the village's report", "accept", villages, ["head"]],
    ["the village's report", "amend", villages, ["head", "village_head"]],
    ["the village's report", "cancel", villages, ["city_admin", "village_head"]],
    ["the village's report", "read", villages, FIGURES],
    ["the village's report", "export", villages, FIGURES],
    ["the neighbouring village's report", "fill", neighbours, NOBODY],
    ["the neighbouring village's report", "submit", neighbours, NOBODY],
    ["the neighbouring village's report", "accept", neighbours, ["head"]],
    ["the neighbouring village's report", "amend", neighbours, ["head"]],
    ["the town's own report", "fill", towns, ["head", "clerk"]],
    ["the town's own report", "submit", towns, ["head"]],
    ["the town's own report", "return", towns, ["city_admin"]],
    ["the town's own report", "accept", towns, ["city_admin"]],
    ["the town's own report", "amend", towns, ["city_admin", "head"]],
    ["the town's own report", "cancel", towns, ["city_admin", "head"]],
    ["a report of another town's village", "fill", strange, NOBODY],
    ["a report of another town's village", "return", strange, NOBODY],
    ["a report of another town's village", "accept", strange, NOBODY],
    ["a report of another town's village", "amend", strange, NOBODY],
  ]);

  it("are never accepted or returned by their own station, even if it reported to itself", () => {
    const itself = { stationId: TOWN.id, reviewerId: TOWN.id };
    const ability = abilityFor(ACTORS.head);
    expect(may(ability, "accept", "MonthlyReport", itself)).toBe(false);
    expect(may(ability, "return", "MonthlyReport", itself)).toBe(false);
  });

  it("of a home's service points are reviewed by the home's head", () => {
    const home = abilityFor(actorAt("head", { id: 9, path: "/9/" }, "town", "cadre_home"));
    const point = { stationId: 91, reviewerId: 9 };
    expect(may(home, "accept", "MonthlyReport", point)).toBe(true);
    expect(may(home, "accept", "MonthlyReport", villages)).toBe(false);
  });
});

describe("months", () => {
  table("Month", [
    ["the town's month", "sign_off", { stationId: TOWN.id }, ["head"]],
    ["the town's month", "withdraw_sign_off", { stationId: TOWN.id }, ["head"]],
    ["another town's month", "sign_off", { stationId: OTHER_TOWN.id }, NOBODY],
    ["the city's month", "sign_off", { stationId: CITY.id }, ["city_admin"]],
    ["the town's month", "lock", { stationId: TOWN.id }, ["city_admin"]],
    ["the town's month", "unlock", { stationId: TOWN.id }, ["city_admin"]],
    ["the village's month", "unlock", { stationId: VILLAGE.id }, ["city_admin"]],
    ["the town's month", "read", { stationId: TOWN.id }, FIGURES],
  ]);
});

describe("stations", () => {
  table("Station", [
    ["the village", "read", VILLAGE, TENANTS],
    ["the village", "update", VILLAGE, ["city_admin", "head", "clerk", "village_head"]],
    ["the village", "manage_structure", VILLAGE, ["city_admin", "head"]],
    ["a new village of the town", "create", { id: 0, path: "/7/0/" }, ["city_admin", "head"]],
    ["a new village of another town", "create", { id: 0, path: "/8/0/" }, ["city_admin"]],
    ["a new town", "create", { id: 0, path: "/0/" }, ["city_admin"]],
    ["the town itself", "update", TOWN, ["city_admin", "head", "clerk"]],
    ["the town itself", "manage_structure", TOWN, ["city_admin"]],
    ["another town", "update", OTHER_TOWN, ["city_admin"]],
    ["another town's village", "manage_structure", FAR_VILLAGE, ["city_admin"]],
    ["a town whose number begins alike", "manage_structure", { id: 70, path: "/70/" }, ["city_admin"]],
    ["the village", "import", VILLAGE, ["city_admin"]],
    ["the village", "export", VILLAGE, ["city_admin", "city_overseer", "head", "clerk"]],
  ]);
});

describe("people", () => {
  const of = (path: string) => ({ userId: "someone", path });
  table("Membership", [
    ["a role in the village", "invite", of("/7/71/"), ["city_admin", "head"]],
    ["a role in the village", "deactivate", of("/7/71/"), ["city_admin", "head"]],
    ["a role in the town", "invite", of("/7/"), ["city_admin"]],
    ["a role in the town", "deactivate", of("/7/"), ["city_admin"]],
    ["a role in another town's village", "invite", of("/8/81/"), ["city_admin"]],
    ["a role in the city", "invite", of("/"), ["city_admin"]],
    ["a role in the village", "read", of("/7/71/"), FIGURES],
  ]);

  it("never end their own role", () => {
    for (const role of ["city_admin", "head"] as const) {
      const actor = ACTORS[role];
      const own = { userId: actor.userId, path: "/7/71/" };
      expect(may(abilityFor(actor), "deactivate", "Membership", own), role).toBe(false);
    }
  });

  it("keep their own profile and, the operator excepted, their own tokens, and nobody else's", () => {
    for (const role of ROLES) {
      const actor = ACTORS[role];
      const ability = abilityFor(actor);
      const mine = { userId: actor.userId };
      const theirs = { userId: "someone" };
      expect(may(ability, "update", "Profile", mine), role).toBe(true);
      expect(may(ability, "update", "Profile", theirs), role).toBe(false);
      expect(may(ability, "create", "ApiToken", mine), role).toBe(role !== "operator");
      expect(may(ability, "read", "ApiToken", theirs), role).toBe(false);
    }
  });
});

describe("reminders", () => {
  table("Reminder", [
    ["to the village", "remind", { stationId: 71, reviewerId: 7 }, ["city_admin", "head", "clerk"]],
    ["to the town", "remind", { stationId: 7, reviewerId: 1 }, ["city_admin"]],
    ["to another town's village", "remind", { stationId: 81, reviewerId: 8 }, ["city_admin"]],
  ]);
});

describe("cities", () => {
  table("City", [
    ["the own city", "read", { id: 11 }, ["operator", "city_admin", "city_overseer"]],
    ["the own city", "update", { id: 11 }, ["city_admin"]],
    ["another city", "read", { id: 12 }, ["operator"]],
    ["another city", "update", { id: 12 }, NOBODY],
    ["another city", "create", { id: 12 }, ["operator"]],
  ]);
});

describe("every action on every subject", () => {
  const EXPECTED: Record<string, Role[]> = {
    "read City": ["operator", "city_admin", "city_overseer"],
    "create City": ["operator"],
    "update City": ["city_admin"],
    "read Station": TENANTS,
    "create Station": ["city_admin", "head"],
    "update Station": ["city_admin", "head", "clerk", "village_head"],
    "manage_structure Station": ["city_admin", "head"],
    "import Station": ["city_admin"],
    "export Station": ["city_admin", "city_overseer", "head", "clerk"],
    "read Membership": FIGURES,
    "invite Membership": ["city_admin", "head"],
    "deactivate Membership": ["city_admin", "head"],
    "export Membership": ["city_admin"],
    "read MonthlyReport": FIGURES,
    "export MonthlyReport": FIGURES,
    "fill MonthlyReport": ["head", "clerk", "village_head", "village_liaison"],
    "submit MonthlyReport": ["head", "village_head"],
    "return MonthlyReport": ["city_admin", "head", "clerk"],
    "accept MonthlyReport": ["city_admin", "head"],
    "amend MonthlyReport": ["city_admin", "head", "village_head"],
    "cancel MonthlyReport": ["city_admin", "head", "village_head"],
    "read Month": FIGURES,
    "sign_off Month": ["city_admin", "head"],
    "withdraw_sign_off Month": ["city_admin", "head"],
    "lock Month": ["city_admin"],
    "unlock Month": ["city_admin"],
    "read Dashboard": FIGURES,
    "export Dashboard": FIGURES,
    "read Catalogue": FIGURES,
    "create Catalogue": ["city_admin"],
    "update Catalogue": ["city_admin"],
    "read AuditLog": ["city_admin", "city_overseer", "city_auditor"],
    "export AuditLog": ["city_admin", "city_auditor"],
    "read ApiToken": TENANTS,
    "create ApiToken": TENANTS,
    "deactivate ApiToken": TENANTS,
    "read Profile": [...ROLES],
    "update Profile": [...ROLES],
    "read Remark": FIGURES,
    "remark Remark": ["city_admin", "city_overseer", "head", "clerk"],
    "read Reminder": FIGURES,
    "remind Reminder": ["city_admin", "head", "clerk"],
    "read Evidence": FIGURES,
    "create Evidence": ["city_admin", "head", "clerk", "village_head", "village_liaison"],
    "remove Evidence": ["city_admin", "head", "clerk", "village_head", "village_liaison"],
    "read Person": FIGURES,
    "create Person": ["head", "clerk", "village_head", "village_liaison"],
    "update Person": ["head", "clerk", "village_head", "village_liaison"],
    "reveal Person": ["city_admin", "head", "clerk", "village_head", "village_liaison"],
    "export Person": ["city_admin", "head", "clerk", "village_head", "village_liaison"],
    "import Person": ["city_admin", "head", "clerk", "village_head", "village_liaison"],
    "read Assistance": ["city_admin", "city_overseer", "head", "clerk", "village_head"],
    "create Assistance": ["head", "clerk", "village_head"],
    "update Assistance": ["city_admin", "head", "clerk", "village_head"],
    "export Assistance": ["city_admin", "city_overseer", "head", "clerk", "village_head"],
    "accept Transfer": ["city_admin", "head", "clerk"],
    "read Visit": FIGURES,
    "create Visit": ["head", "clerk", "village_head", "village_liaison"],
    "update Visit": ["head", "clerk", "village_head", "village_liaison"],
    "export Visit": ["city_admin", "head", "clerk", "village_head", "village_liaison"],
    "read Staff": FIGURES,
    "export Staff": FIGURES,
    "update Staff": ["city_admin", "head", "clerk", "village_head"],
    "read Assessment": FIGURES,
    "fill Assessment": ["head", "clerk", "village_head", "village_liaison"],
    "submit Assessment": ["head", "village_head"],
    "return Assessment": ["city_admin", "head", "clerk"],
    "accept Assessment": ["city_admin", "head"],
    "inspect Assessment": ["city_admin"],
    "read Inspection": FIGURES,
    "create Inspection": ["city_admin", "head"],
    "update Inspection": ["city_admin", "head"],
    "fill Inspection": ["city_admin", "head", "clerk"],
    "read Finding": FIGURES,
    "export Finding": FIGURES,
    "create Finding": ["city_admin", "head", "clerk"],
    "submit Finding": ["head", "village_head"],
    "accept Finding": ["city_admin", "head"],
    "return Finding": ["city_admin", "head"],
    "amend Finding": ["city_admin", "head"],
    "remove Finding": ["city_admin", "head"],
    "remind Finding": ["city_admin", "head", "clerk"],
    "read Reception": FIGURES,
    "create Reception": ["city_admin", "head", "clerk", "village_head", "village_liaison"],
    "update Reception": ["city_admin", "head", "clerk", "village_head", "village_liaison"],
    "reveal Reception": ["city_admin", "head", "clerk", "village_head", "village_liaison"],
    "export Reception": ["city_admin", "head", "clerk", "village_head", "village_liaison"],
    "accept Reception": ["city_admin", "head", "clerk"],
    "read Knowledge": FIGURES,
    "create Knowledge": ["city_admin", "head", "clerk"],
    "remove Knowledge": ["city_admin", "head", "clerk"],
    "read Petition": ["city_admin", "city_overseer", "head", "clerk", "village_head"],
    "create Petition": ["city_admin", "head", "clerk", "village_head"],
    "update Petition": ["city_admin", "head", "clerk", "village_head"],
    "reveal Petition": ["city_admin", "head", "clerk", "village_head"],
    "export Petition": ["city_admin", "head", "clerk", "village_head"],
    "accept Petition": ["city_admin", "head", "village_head"],
    "remind Petition": ["city_admin", "head", "clerk"],
  };
  const pairs = ACTIONS.flatMap((action) => SUBJECTS.map((name) => [action, name] as const));

  it.each(pairs)("%s %s", (action, name) => {
    expect(rolesThat((ability) => mayAny(ability, action, name))).toEqual(
      EXPECTED[`${action} ${name}`] ?? NOBODY,
    );
  });

  it("names only pairs that exist", () => {
    const known = new Set(pairs.map(([action, name]) => `${action} ${name}`));
    expect(Object.keys(EXPECTED).filter((pair) => !known.has(pair))).toEqual([]);
  });
});

describe("a half-made actor or subject", () => {
  it("gets no ability when its station or path is not known", () => {
    for (const field of ["stationId", "path", "userId"] as const) {
      const broken = { ...ACTORS.head, [field]: undefined } as unknown as Actor;
      expect(() => rulesFor(broken), field).toThrow(TypeError);
    }
  });

  it("is refused instead of compared when a field is undefined", () => {
    const report = { stationId: 71 } as { stationId: number; reviewerId: number };
    const withHole = { ...report, reviewerId: undefined as unknown as number };
    expect(() => may(abilityFor(ACTORS.head), "accept", "MonthlyReport", withHole)).toThrow(TypeError);
    expect(may(abilityFor(ACTORS.head), "accept", "MonthlyReport", report)).toBe(false);
  });

  it("may do nothing in a role that is not known", () => {
    const stranger = { ...ACTORS.head, role: "root" } as unknown as Actor;
    expect(rulesFor(stranger)).toEqual([]);
    expect(mayAny(abilityFor(stranger), "read", "Station")).toBe(false);
  });

  it("leaves the thing asked about as it was", () => {
    const report = Object.freeze({ stationId: 71, reviewerId: 7 });
    expect(may(abilityFor(ACTORS.head), "accept", "MonthlyReport", report)).toBe(true);
    expect(Object.getOwnPropertyNames(report)).toEqual(["stationId", "reviewerId"]);
  });
});
