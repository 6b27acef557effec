import type { Actor, Role } from "@muster/domain/actor";
import type { Kind, Level } from "@muster/domain/station";
import type { Connection } from "../../client";
import type { AuthTx } from "../../scope";

/** One place a person may act at. */
export interface MembershipSummary {
  id: string;
  role: Role;
  stationId: number;
  stationName: string;
  cityId: number;
  cityName: string;
}

/** Who a session or token stands for, as one statement found it. */
export interface SignedIn {
  user: { id: string; username: string; name: string; operator: boolean };
  /** Null for a person without a role. An operator acts in no city. */
  actor: Actor | null;
  memberships: MembershipSummary[];
  /** Messages to the station the person acts at that nobody there has read. */
  unread: number;
  lastSeenAt: Date;
  expiresAt: Date;
}

/** A line in a person's list of sessions; `id` is the hash in hex, which opens nothing. */
export interface SessionLine {
  id: string;
  userAgent: string;
  ip: string;
  createdAt: Date;
  lastSeenAt: Date;
}

export interface NewSession {
  idHash: Uint8Array;
  userId: string;
  cityId: number | null;
  membershipId: string | null;
  userAgent: string;
  ip: string;
  createdAt: Date;
  expiresAt: Date;
}

interface SignedInRow {
  user_id: string;
  username: string;
  user_name: string;
  operator: boolean;
  last_seen_at: string;
  expires_at: string;
  membership_id: string | null;
  city_id: number | null;
  path: string | null;
  role: Role | null;
  station_id: number | null;
  station_name: string | null;
  level: Level | null;
  kind: Kind | null;
  unread: number;
  memberships: MembershipSummary[];
}

/**
 * The person behind a session: one statement, because every request asks it. Null when there is no such session,
 * the account is disabled, or the role it acts in has ended, so that ending a role is felt at once. Expiry is the
 * caller's to judge.
 */
export async function findSession(tx: Connection, idHash: Uint8Array): Promise<SignedIn | null> {
  return signedIn(
    tx,
    tx.sql`
      select user_id, city_id, membership_id, last_seen_at, expires_at from session where id_hash = ${idHash}`,
  );
}

/**
 * The person behind a personal access token that is neither revoked nor expired, in one statement that also notes
 * its use, at most once an hour.
 */
export async function findToken(tx: Connection, tokenHash: Uint8Array, now: Date): Promise<SignedIn | null> {
  const at = now.toISOString();
  return signedIn(
    tx,
    tx.sql`
      select user_id, city_id, membership_id, created_at as last_seen_at, expires_at from api_token
      where token_hash = ${tokenHash} and revoked_at is null and expires_at > ${at}`,
    tx.sql`
      used as (update api_token set last_used_at = ${at}
        where token_hash = ${tokenHash}
          and (last_used_at is null or last_used_at < ${at}::timestamptz - interval '1 hour')),`,
  );
}

type Fragment = ReturnType<Connection["sql"]>;

async function signedIn(tx: Connection, holder: Fragment, before?: Fragment): Promise<SignedIn | null> {
  const [row] = await tx.sql<SignedInRow[]>`
    with ${before ?? tx.sql``} s as (${holder})
    select s.user_id, u.username, u.name as user_name, u.operator, s.last_seen_at, s.expires_at,
      s.membership_id, m.city_id, m.path, m.role, m.station_id, st.name as station_name, st.level, st.kind,
      (select count(*)::int from message g
        where g.city_id = m.city_id and g.station_id = m.station_id and g.read_at is null) as unread,
      (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'role', o.role, 'stationId', o.station_id,
          'stationName', os.name, 'cityId', o.city_id, 'cityName', oc.name) order by o.city_id, o.path, o.since), '[]')
        from membership o
        join station os on os.city_id = o.city_id and os.id = o.station_id
        join city oc on oc.city_id = o.city_id
        where o.user_id = s.user_id and o.ended_at is null) as memberships
    from s
    join app_user u on u.id = s.user_id and u.status = 'active'
    left join membership m on m.city_id = s.city_id and m.id = s.membership_id and m.user_id = s.user_id
      and m.ended_at is null
    left join station st on st.city_id = m.city_id and st.id = m.station_id
    where s.membership_id is null or m.id is not null`;
  return row ? toSignedIn(row) : null;
}

function toSignedIn(row: SignedInRow): SignedIn {
  return {
    user: { id: row.user_id, username: row.username, name: row.user_name, operator: row.operator },
    actor: actorOf(row),
    memberships: row.memberships,
    unread: row.unread,
    lastSeenAt: new Date(row.last_seen_at),
    expiresAt: new Date(row.expires_at),
  };
}

function actorOf(row: SignedInRow): Actor | null {
  const person = { userId: row.user_id, username: row.username, name: row.user_name };
  const { membership_id, city_id, path, role, station_id, station_name, level, kind } = row;
  if (membership_id && city_id && path && role && station_id && station_name && level && kind) {
    return {
      ...person,
      membershipId: membership_id,
      role,
      cityId: city_id,
      path,
      stationId: station_id,
      stationName: station_name,
      level,
      kind,
    };
  }
  return row.operator ? operatorActor(person) : null;
}

/**
 * A platform operator as an actor. The city 0 is none: withScope refuses it, so an operator opens no transaction
 * in any city.
 */
function operatorActor(person: Pick<Actor, "userId" | "username" | "name">): Actor {
  return {
    ...person,
    membershipId: "",
    role: "operator",
    cityId: 0,
    path: "/",
    stationId: 0,
    stationName: "Muster",
    level: "city",
    kind: "station",
  };
}

/** Stores a session under the hash of its id. */
export async function insertSession(tx: Connection, session: NewSession): Promise<void> {
  await tx.sql`
    insert into session (id_hash, user_id, city_id, membership_id, created_at, last_seen_at, expires_at, user_agent, ip)
    values (${session.idHash}, ${session.userId}, ${session.cityId}, ${session.membershipId},
      ${session.createdAt.toISOString()}, ${session.createdAt.toISOString()}, ${session.expiresAt.toISOString()},
      ${session.userAgent}, ${session.ip})`;
}

/** Notes that a session is in use and moves its end. */
export async function touchSession(
  tx: Connection,
  idHash: Uint8Array,
  seenAt: Date,
  expiresAt: Date,
): Promise<void> {
  await tx.sql`
    update session set last_seen_at = ${seenAt.toISOString()}, expires_at = ${expiresAt.toISOString()}
    where id_hash = ${idHash}`;
}

/** Ends one session, whoever's it is: the caller holds its secret. */
export async function deleteSession(tx: Connection, idHash: Uint8Array): Promise<void> {
  await tx.sql`delete from session where id_hash = ${idHash}`;
}

/** Sessions of a person that have not expired, the latest used first. */
export async function listSessions(tx: AuthTx, userId: string): Promise<SessionLine[]> {
  const rows = await tx.sql<
    (Record<"id" | "user_agent" | "ip" | "created_at" | "last_seen_at", string> & object)[]
  >`
    select encode(id_hash, 'hex') as id, user_agent, ip, created_at, last_seen_at from session
    where user_id = ${userId} and expires_at > ${tx.now.toISOString()}
    order by last_seen_at desc, id_hash limit 100`;
  return rows.map((row) => ({
    id: row.id,
    userAgent: row.user_agent,
    ip: row.ip,
    createdAt: new Date(row.created_at),
    lastSeenAt: new Date(row.last_seen_at),
  }));
}

/** Ends one session of this person; false when they have no such session. `id` is the hash in hex. */
export async function revokeSession(tx: AuthTx, userId: string, id: string): Promise<boolean> {
  const ended = await tx.sql`
    delete from session where user_id = ${userId} and id_hash = ${Buffer.from(id, "hex")}`;
  return ended.count > 0;
}

/** Ends every session of a person but the one to keep (null: all of them); answers how many. */
export async function revokeSessions(tx: AuthTx, userId: string, keep: string | null): Promise<number> {
  const kept = Buffer.from(keep ?? "", "hex");
  const ended = await tx.sql`delete from session where user_id = ${userId} and id_hash <> ${kept}`;
  return ended.count;
}

/**
 * Clears away the sessions and tokens that act in a membership. They are dead from the moment it ended (see
 * findSession); this only keeps them out of the person's lists.
 */
export async function revokeMembership(tx: AuthTx, cityId: number, membershipId: string): Promise<void> {
  await tx.sql`delete from session where city_id = ${cityId} and membership_id = ${membershipId}`;
  await tx.sql`
    update api_token set revoked_at = ${tx.now.toISOString()}
    where city_id = ${cityId} and membership_id = ${membershipId} and revoked_at is null`;
}

/** A role in which a session may act. */
export interface ActingRole {
  cityId: number;
  membershipId: string;
  path: string;
  stationId: number;
  role: Role;
}

/** Lets a session act in another role of the same person; null when that is no role of theirs. */
export async function switchMembership(
  tx: AuthTx,
  session: { id: string; userId: string },
  membershipId: string,
): Promise<ActingRole | null> {
  const [role] = await tx.sql<ActingRole[]>`
    update session s set city_id = m.city_id, membership_id = m.id
    from membership m
    where s.id_hash = ${Buffer.from(session.id, "hex")} and s.user_id = ${session.userId}
      and m.user_id = s.user_id and m.id = ${membershipId} and m.ended_at is null
    returning m.city_id as "cityId", m.id as "membershipId", m.path, m.station_id as "stationId", m.role`;
  return role ?? null;
}

/** Forgets sessions that have expired; answers how many. */
export async function deleteExpiredSessions(tx: AuthTx): Promise<number> {
  const gone = await tx.sql`delete from session where expires_at <= ${tx.now.toISOString()}`;
  return gone.count;
}
