import type { Actor, Role } from "@muster/domain/actor";
import type { Kind, Level } from "@muster/domain/station";

/** The city 11 with the town 7, its villages 71 and 72, and the town 8 with the village 81. */
export const CITY = { id: 1, path: "/" };
export const TOWN = { id: 7, path: "/7/" };
export const VILLAGE = { id: 71, path: "/7/71/" };
export const OTHER_VILLAGE = { id: 72, path: "/7/72/" };
export const OTHER_TOWN = { id: 8, path: "/8/" };
export const FAR_VILLAGE = { id: 81, path: "/8/81/" };

/** A person in this role at this station. */
export function actorAt(
  role: Role,
  station: { id: number; path: string },
  level: Level,
  kind: Kind = "station",
): Actor {
  return {
    userId: `user-${role}`,
    username: role,
    name: role,
    membershipId: `membership-${role}`,
    role,
    cityId: 11,
    stationId: station.id,
    stationName: String(station.id),
    path: station.path,
    level,
    kind,
  };
}

/** One person per role, at the station where the role is usual. */
export const ACTORS: Record<Role, Actor> = {
  operator: actorAt("operator", { id: 0, path: "/" }, "city"),
  city_admin: actorAt("city_admin", CITY, "city"),
  city_overseer: actorAt("city_overseer", CITY, "city"),
  city_auditor: actorAt("city_auditor", CITY, "city"),
  head: actorAt("head", TOWN, "town"),
  clerk: actorAt("clerk", TOWN, "town"),
  village_head: actorAt("village_head", VILLAGE, "village"),
  village_liaison: actorAt("village_liaison", VILLAGE, "village"),
};
