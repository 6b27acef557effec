import type { Kind, Level, StationPath } from "./station";

/**
 * Roles, as data of a membership. The head and clerk roles serve towns, districts and cadre homes alike;
 * what they reach is the station of the membership and its subtree.
 */
export const ROLES = [
  "operator",
  "city_admin",
  "city_overseer",
  "city_auditor",
  "head",
  "clerk",
  "village_head",
  "village_liaison",
] as const;
export type Role = (typeof ROLES)[number];

/** What a transaction may reach: one city, from one path down. */
export interface Scope {
  cityId: number;
  path: StationPath;
}

/** The person who acts, in the one membership that is active in this session. */
export interface Actor extends Scope {
  userId: string;
  username: string;
  name: string;
  membershipId: string;
  role: Role;
  stationId: number;
  stationName: string;
  level: Level;
  kind: Kind;
}

/** Which roles may be given at a station of this level and kind. */
export function rolesAt(level: Level, kind: Kind): Role[] {
  if (level === "city") return ["city_admin", "city_overseer", "city_auditor"];
  if (level === "village" || kind === "service_point") return ["village_head", "village_liaison"];
  return ["head", "clerk"];
}
