import type { Actor, Role } from "@muster/domain/actor";
import { type Period, period } from "@muster/domain/period";
import { childPath, type Kind, type Level } from "@muster/domain/station";
import { Pool } from "../client";
import { argonHash } from "../password";
import type { Ancestor } from "../schema/station";
import { station } from "../schema/station";
import { type Caller, newId, systemCaller, withAuth, withScope } from "../scope";
import { createCity, nextCityId } from "../seed/city";
import { searchText } from "../seed/search-text";
import type { TestDatabase } from "./database";

/** The password of everyone in a small city. */
export const SMALL_CITY_PASSWORD = "correct-horse-battery";

export interface TestStation {
  id: number;
  name: string;
  path: string;
  level: Level;
  kind: Kind;
}

/**
 * A city just large enough for every question of who may do what: towns A (villages a1, a2) and B (village b1), a
 * cadre home with a service point, and one person per role. Usernames are `<code>.<role>`, at villages
 * `<code>.a1.head`, ...
 */
export interface SmallCity {
  cityId: number;
  city: TestStation;
  townA: TestStation;
  townB: TestStation;
  a1: TestStation;
  a2: TestStation;
  b1: TestStation;
  home: TestStation;
  point: TestStation;
  people: Record<Person, Actor>;
}

export type Person = (typeof PEOPLE)[number]["key"];

type Place = Exclude<keyof SmallCity, "cityId" | "people">;

const PEOPLE = [
  { key: "admin", at: "city", role: "city_admin" },
  { key: "overseer", at: "city", role: "city_overseer" },
  { key: "auditor", at: "city", role: "city_auditor" },
  { key: "headA", at: "townA", role: "head" },
  { key: "clerkA", at: "townA", role: "clerk" },
  { key: "headB", at: "townB", role: "head" },
  { key: "headA1", at: "a1", role: "village_head" },
  { key: "liaisonA1", at: "a1", role: "village_liaison" },
  { key: "headA2", at: "a2", role: "village_head" },
  { key: "headB1", at: "b1", role: "village_head" },
  { key: "homeHead", at: "home", role: "head" },
  { key: "pointHead", at: "point", role: "village_head" },
] as const satisfies readonly { key: string; at: Place; role: Role }[];

const STATIONS = [
  { key: "townA", under: "city", name: "柳河镇", level: "town", kind: "station" },
  { key: "townB", under: "city", name: "北港镇", level: "town", kind: "station" },
  { key: "home", under: "city", name: "第一军休所", level: "town", kind: "cadre_home" },
  { key: "a1", under: "townA", name: "河湾村", level: "village", kind: "station" },
  { key: "a2", under: "townA", name: "上坪村", level: "village", kind: "station" },
  { key: "b1", under: "townB", name: "岭脚村", level: "village", kind: "station" },
  { key: "point", under: "home", name: "东区服务点", level: "village", kind: "service_point" },
] as const satisfies readonly { key: Place; under: Place; name: string; level: Level; kind: Kind }[];

let hash: Promise<string> | undefined;

/** Builds a small city as the application would; `code` has 12 digits and begins usernames by its first four. */
export async function smallCity(
  database: TestDatabase,
  {
    code = "990100000000",
    name = "云岭市",
    now = new Date("2026-10-05T02:00:00Z"),
    validFrom = period("2025-10"),
  }: {
    code?: string;
    name?: string;
    now?: Date;
    validFrom?: Period;
  } = {},
): Promise<SmallCity> {
  hash ??= argonHash(SMALL_CITY_PASSWORD);
  const passwordHash = await hash;
  const app = new Pool({ url: database.appUrl, size: 1 });
  const auth = new Pool({ url: database.authUrl, size: 1 });
  try {
    const cityId = await nextCityId(app);
    const stations = await withScope(app, systemCaller(cityId, now), { readOnly: false }, async (tx) => {
      const { rootStationId } = await createCity(tx, { code, name, openedOn: "2025-01-01", validFrom });
      const made: Partial<Record<Place, TestStation>> = {
        city: { id: rootStationId, name, path: "/", level: "city", kind: "station" },
      };
      for (const [index, { key, under, ...row }] of STATIONS.entries()) {
        const parent = made[under];
        const [number] = await tx.sql<{ id: number }[]>`select nextval('station_number') as id`;
        if (!parent || !number) throw new Error("a station stands under one that was made before it");
        const { id } = number;
        const path = childPath(parent.path, id);
        const root: Ancestor = { id: rootStationId, name, level: "city" };
        const above: Ancestor = { id: parent.id, name: parent.name, level: parent.level };
        const stationCode = `${code.slice(0, 8)}${String(index + 1).padStart(4, "0")}`;
        await tx.orm.insert(station).values({
          ...row,
          cityId,
          path,
          id,
          code: stationCode,
          parentId: parent.id,
          ancestors: parent.level === "city" ? [root] : [root, above],
          openedOn: "2025-01-01",
          search: searchText(row.name, stationCode),
        });
        made[key] = { id, path, ...row };
      }
      return made as Record<Place, TestStation>;
    });
    const people = await withAuth(auth, now, async (tx) => {
      const made: Partial<Record<Person, Actor>> = {};
      for (const { key, at, role } of PEOPLE) {
        const { id: stationId, name: stationName, path, level, kind } = stations[at];
        const userId = newId();
        const membershipId = newId();
        const username = `${code.slice(0, 4)}.${key.toLowerCase()}`;
        await tx.sql`
          insert into app_user (id, username, name, password_hash, password_changed_at, created_at)
          values (${userId}, ${username}, ${key}, ${passwordHash}, ${now.toISOString()}, ${now.toISOString()})`;
        await tx.sql`
          insert into membership (city_id, path, id, user_id, username, name, station_id, role, since)
          values (${cityId}, ${path}, ${membershipId}, ${userId}, ${username}, ${key}, ${stationId}, ${role},
            ${now.toISOString()})`;
        made[key] = {
          userId,
          username,
          name: key,
          membershipId,
          role,
          cityId,
          stationId,
          stationName,
          path,
          level,
          kind,
        };
      }
      return made as Record<Person, Actor>;
    });
    return { cityId, ...stations, people };
  } finally {
    await Promise.all([app.end(), auth.end()]);
  }
}

/** A person at work, as a request would have it. */
export function callerOf(actor: Actor, now = new Date("2026-10-05T02:00:00Z")): Caller {
  return { actor, ip: "127.0.0.1", reference: "TEST", now };
}
