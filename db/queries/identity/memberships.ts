import type { Role } from "@muster/domain/actor";
import { type Kind, type Level, subtreeEnd } from "@muster/domain/station";
import { newId, type ScopedTx } from "../../scope";
import { audit } from "../audit";

/** A role of a person at a station, as the list of people shows it. */
export interface PersonLine {
  /** Of the membership. */
  id: string;
  userId: string;
  username: string;
  name: string;
  role: Role;
  stationId: number;
  stationName: string;
  /** Name of the station above, where it is in scope. */
  parentName: string | null;
  level: Level;
  kind: Kind;
  path: string;
  since: Date;
  endedAt: Date | null;
  endedBy: string | null;
}

export interface PeopleFilter {
  /** This station and all below it; the whole scope when absent. */
  stationId?: number | undefined;
  role?: Role | undefined;
  /** Part of a name, or the beginning of a username or of the station's search text. */
  q?: string | undefined;
  ended: boolean;
  /** What the page before ended with. */
  cursor?: string | undefined;
  limit: number;
}

interface PersonRow extends Omit<PersonLine, "since" | "endedAt"> {
  since: string;
  endedAt: string | null;
}

const toPerson = ({ since, endedAt, ...row }: PersonRow): PersonLine => ({
  ...row,
  since: new Date(since),
  endedAt: endedAt === null ? null : new Date(endedAt),
});

/**
 * People of the scope, in the order of the hierarchy, page by page. A cursor that is none of ours, or a station
 * out of scope, gives an empty page.
 */
export async function listPeople(
  tx: ScopedTx,
  filter: PeopleFilter,
): Promise<{ items: PersonLine[]; next: string | null }> {
  const root = filter.stationId === undefined ? tx.scope.path : await pathOf(tx, filter.stationId);
  const after = filter.cursor === undefined ? null : parseCursor(filter.cursor);
  if (root === null || (filter.cursor !== undefined && after === null)) return { items: [], next: null };
  const q = filter.q?.trim().toLowerCase() ?? "";
  const rows = await tx.sql<PersonRow[]>`
    select ${personColumns(tx)}
    from membership m
    join station s on s.city_id = m.city_id and s.id = m.station_id
    where m.city_id = ${tx.scope.cityId}
      and m.path >= ${root} and m.path < ${subtreeEnd(root)}
      and ${filter.ended ? tx.sql`m.ended_at is not null` : tx.sql`m.ended_at is null`}
      ${filter.role ? tx.sql`and m.role = ${filter.role}` : tx.sql``}
      ${
        q
          ? tx.sql`and (position(${q} in lower(m.name)) > 0 or m.username ^@ ${q} or position(${q} in s.search) > 0)`
          : tx.sql``
      }
      ${after ? tx.sql`and (m.path, m.id) > (${after.path}, ${after.id}::uuid)` : tx.sql``}
    order by m.path, m.id
    limit ${filter.limit + 1}`;
  const items = rows.slice(0, filter.limit).map(toPerson);
  const last = items.at(-1);
  return { items, next: rows.length > filter.limit && last ? `${last.path}~${last.id}` : null };
}

function personColumns(tx: ScopedTx) {
  return tx.sql`m.id, m.user_id as "userId", m.username, m.name, m.role, m.station_id as "stationId",
    s.name as "stationName", s.ancestors -> -1 ->> 'name' as "parentName", s.level, s.kind, m.path, m.since,
    m.ended_at as "endedAt", m.ended_by as "endedBy"`;
}

function parseCursor(text: string): { path: string; id: string } | null {
  const found = /^(\/(?:\d+\/)*)~([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/.exec(text);
  return found?.[1] && found[2] ? { path: found[1], id: found[2] } : null;
}

async function pathOf(tx: ScopedTx, stationId: number): Promise<string | null> {
  const [row] = await tx.sql<{ path: string }[]>`
    select path from station where city_id = ${tx.scope.cityId} and id = ${stationId}`;
  return row?.path ?? null;
}

/** One membership of the scope; null when it is not there or not in scope. */
export async function findPerson(tx: ScopedTx, membershipId: string): Promise<PersonLine | null> {
  const [row] = await tx.sql<PersonRow[]>`
    select ${personColumns(tx)}
    from membership m
    join station s on s.city_id = m.city_id and s.id = m.station_id
    where m.city_id = ${tx.scope.cityId} and m.id = ${membershipId}`;
  return row ? toPerson(row) : null;
}

/** All roles of a person within the scope, present ones first. */
export async function rolesOfPerson(tx: ScopedTx, userId: string): Promise<PersonLine[]> {
  const rows = await tx.sql<PersonRow[]>`
    select ${personColumns(tx)}
    from membership m
    join station s on s.city_id = m.city_id and s.id = m.station_id
    where m.city_id = ${tx.scope.cityId} and m.user_id = ${userId}
    order by m.ended_at desc nulls first, m.since desc, m.id`;
  return rows.map(toPerson);
}

/**
 * Ends a role. Sessions and tokens that act in it are dead from the commit on. Null when it has ended already or
 * is not in scope.
 */
export async function endMembership(
  tx: ScopedTx,
  membershipId: string,
  reason: string,
): Promise<{ userId: string; name: string } | null> {
  const ended = await end(tx, membershipId);
  if (!ended) return null;
  await audit(tx, {
    action: "membership.end",
    subject: "membership",
    subjectId: membershipId,
    stationId: ended.stationId,
    path: ended.path,
    before: { username: ended.username, name: ended.name, role: ended.role },
    after: { reason },
  });
  return { userId: ended.userId, name: ended.name };
}

interface Ended {
  userId: string;
  username: string;
  name: string;
  role: Role;
  stationId: number;
  path: string;
  suspended: boolean;
}

async function end(tx: ScopedTx, membershipId: string): Promise<Ended | null> {
  const { now, actor } = tx.caller;
  const [row] = await tx.sql<Ended[]>`
    update membership set ended_at = ${now.toISOString()}, ended_by = ${actor.name}
    where city_id = ${tx.scope.cityId} and id = ${membershipId} and ended_at is null
    returning user_id as "userId", username, name, role, station_id as "stationId", path, suspended`;
  return row ?? null;
}

/**
 * Gives a person another role at the same station: the old one ends, a new one begins, unless they have the new one
 * there already. Answers the membership that holds the new role; null when the old one has ended already or is not
 * in scope.
 */
export async function changeRole(tx: ScopedTx, membershipId: string, role: Role): Promise<string | null> {
  const old = await end(tx, membershipId);
  if (!old) return null;
  const { now } = tx.caller;
  await tx.sql`
    insert into membership (city_id, path, id, user_id, username, name, station_id, role, since,
      suspended)
    values (${tx.scope.cityId}, ${old.path}, ${newId()}, ${old.userId}, ${old.username}, ${old.name},
      ${old.stationId}, ${role}, ${now.toISOString()}, ${old.suspended})
    on conflict (city_id, station_id, user_id, role) where ended_at is null do nothing`;
  const [held] = await tx.sql<{ id: string }[]>`
    select id from membership
    where city_id = ${tx.scope.cityId} and station_id = ${old.stationId} and user_id = ${old.userId}
      and role = ${role} and ended_at is null`;
  if (!held) throw new Error("the new role did not take hold");
  await audit(tx, {
    action: "membership.change_role",
    subject: "membership",
    subjectId: membershipId,
    stationId: old.stationId,
    path: old.path,
    before: { username: old.username, name: old.name, role: old.role },
    after: { role, membershipId: held.id },
  });
  return held.id;
}
