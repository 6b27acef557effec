import type { Role } from "@muster/domain/actor";
import type { CitySpec } from "./cities";
import { personName } from "./names";
import type { StationPlan } from "./plan";
import { Random } from "./random";

/** A person of the demo with all roles. */
export interface Account {
  id: string;
  username: string;
  name: string;
  roles: { station: StationPlan; role: Role }[];
}

/** When the demo's people took their roles. */
export const EMPLOYED_SINCE = new Date("2024-01-08T09:00:00+08:00");

/** A person's number follows from the username: reports name people before their accounts are written. */
export function accountId(username: string): string {
  return new Random(`account ${username}`).id(EMPLOYED_SINCE);
}

/**
 * The people of a city: one head per station, a clerk per town, the bureau's three, a liaison of the first
 * village of the first town, and one clerk who serves two towns.
 */
export function accountsOf(city: CitySpec, stations: readonly StationPlan[]): Account[] {
  const random = new Random(`${city.key} accounts`);
  const account = (username: string, name: string, station: StationPlan, role: Role): Account => ({
    id: accountId(username),
    username,
    name,
    roles: [{ station, role }],
  });
  const accounts = stations.map((station) =>
    account(station.head.username, station.head.name, station, headRole(station)),
  );
  const towns = stations.filter((s) => s.level === "town");
  for (const town of towns) {
    accounts.push(account(`${town.key}.clerk`, personName(random), town, "clerk"));
  }
  const root = stations.find((s) => s.level === "city");
  if (root) {
    accounts.push(account(`${city.key}.overseer`, personName(random), root, "city_overseer"));
    accounts.push(account(`${city.key}.auditor`, personName(random), root, "city_auditor"));
  }
  const first = stations.find((s) => s.level === "village");
  if (first) accounts.push(account(`${first.key}.liaison`, personName(random), first, "village_liaison"));
  const shared = accounts.find((a) => a.username === "baisha.clerk");
  const second = stations.find((s) => s.key === "hongqi");
  if (shared && second) shared.roles.push({ station: second, role: "clerk" });
  return accounts;
}

function headRole(station: StationPlan): Role {
  if (station.level === "city") return "city_admin";
  return station.level === "village" ? "village_head" : "head";
}
