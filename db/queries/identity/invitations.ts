import type { Role } from "@muster/domain/actor";
import { type Kind, type Level, subtreeEnd } from "@muster/domain/station";
import { type AuthTx, newId, type ScopedTx } from "../../scope";
import { audit } from "../audit";
import { insertAccount } from "./accounts";
import { auditAuth } from "./auth-audit";
import { type ActingRole, revokeSessions } from "./sessions";

/** Days a link works. */
export const INVITATION_DAYS = 7;

export interface NewInvitation {
  tokenHash: Uint8Array;
  station: { id: number; name: string; path: string };
  role: Role;
  name: string;
  /** The account whose password the link resets; null for a link that gives a role. */
  resetsUserId: string | null;
}

/** An open link as its inviter's station sees it. */
export interface InvitationLine {
  id: string;
  stationId: number;
  stationName: string;
  path: string;
  role: Role;
  name: string;
  reset: boolean;
  invitedBy: string;
  createdAt: Date;
  expiresAt: Date;
}

/** The station an invitation would be for. */
export interface StationToStaff {
  id: number;
  name: string;
  path: string;
  level: Level;
  kind: Kind;
  closed: boolean;
}

/** A station of the scope; null when it is not there or not in scope. */
export async function findStationToStaff(tx: ScopedTx, stationId: number): Promise<StationToStaff | null> {
  const [row] = await tx.sql<StationToStaff[]>`
    select id, name, path, level, kind, coalesce(closed_on <= ${tx.caller.now.toISOString()}::timestamptz::date, false)
      as closed
    from station where city_id = ${tx.scope.cityId} and id = ${stationId}`;
  return row ?? null;
}

/** Stores a link's hash and answers the invitation's id; the link itself is shown once to the inviter. */
export async function createInvitation(tx: ScopedTx, invitation: NewInvitation): Promise<string> {
  const id = newId();
  const { actor, now } = tx.caller;
  const expires = new Date(now.getTime() + INVITATION_DAYS * 86_400_000);
  const { station, role, name, resetsUserId } = invitation;
  await tx.sql`
    insert into invitation (city_id, path, id, token_hash, station_id, station_name, role, name, resets_user_id,
      invited_by, granted_within, created_at, expires_at)
    values (${tx.scope.cityId}, ${station.path}, ${id}, ${invitation.tokenHash}, ${station.id}, ${station.name},
      ${role}, ${name}, ${resetsUserId}, ${actor.name}, ${tx.scope.path}, ${now.toISOString()},
      ${expires.toISOString()})`;
  await audit(tx, {
    action: resetsUserId ? "account.reset_link" : "invitation.create",
    subject: "invitation",
    subjectId: id,
    stationId: station.id,
    path: station.path,
    after: { name, role },
  });
  return id;
}

/** Links of the scope that still work, the newest first. */
export async function listInvitations(tx: ScopedTx): Promise<InvitationLine[]> {
  const rows = await tx.sql<
    (Omit<InvitationLine, "createdAt" | "expiresAt"> & { createdAt: string; expiresAt: string })[]
  >`
    select id, station_id as "stationId", station_name as "stationName", path, role, name,
      resets_user_id is not null as reset, invited_by as "invitedBy", created_at as "createdAt",
      expires_at as "expiresAt"
    from invitation
    where city_id = ${tx.scope.cityId} and accepted_at is null and revoked_at is null
      and expires_at > ${tx.caller.now.toISOString()}
    order by created_at desc, id limit 200`;
  return rows.map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt),
    expiresAt: new Date(row.expiresAt),
  }));
}

/** Where an invitation of the scope leads; null when it is not there or not in scope. */
export async function invitationPath(tx: ScopedTx, id: string): Promise<string | null> {
  const [row] = await tx.sql<{ path: string }[]>`
    select path from invitation where city_id = ${tx.scope.cityId} and id = ${id}`;
  return row?.path ?? null;
}

/** Makes a link useless; false when it has been used, revoked or is not in scope. */
export async function revokeInvitation(tx: ScopedTx, id: string): Promise<boolean> {
  const [row] = await tx.sql<{ stationId: number; path: string; name: string; role: string }[]>`
    update invitation set revoked_at = ${tx.caller.now.toISOString()}
    where city_id = ${tx.scope.cityId} and id = ${id} and accepted_at is null and revoked_at is null
    returning station_id as "stationId", path, name, role`;
  if (!row) return false;
  await audit(tx, {
    action: "invitation.revoke",
    subject: "invitation",
    subjectId: id,
    stationId: row.stationId,
    path: row.path,
    before: { name: row.name, role: row.role },
  });
  return true;
}

/**
 * Whether everything an account may do lies below the scope, so that its holder's superior may reset its password:
 * otherwise a town could take over the account of someone who also serves the city or another town.
 */
export async function mayResetPassword(
  tx: AuthTx,
  userId: string,
  within: { cityId: number; path: string },
): Promise<boolean> {
  const [row] = await tx.sql`
    select 1 from app_user u
    where u.id = ${userId} and u.status = 'active' and not u.operator
      and not exists (${rolesBeyond(tx, userId, within)})`;
  return row !== undefined;
}

/** Roles of an account that do not lie below a station; the city's own are below the city. */
export function rolesBeyond(tx: AuthTx, userId: string, within: { cityId: number; path: string }) {
  return tx.sql`
    select 1 from membership m
    where m.user_id = ${userId} and m.ended_at is null
      and not (m.city_id = ${within.cityId} and m.path >= ${within.path} and m.path < ${subtreeEnd(within.path)}
        and (${within.path} = '/' or m.path <> ${within.path}))`;
}

/** What a link turned out to be. */
export type LinkState = "open" | "expired" | "used" | "revoked";

export interface Link {
  state: LinkState;
  id: string;
  cityId: number;
  cityName: string;
  stationId: number;
  stationName: string;
  role: Role;
  name: string;
  invitedBy: string;
  expiresAt: Date;
  /** Set for a link that resets a password: whose. */
  resets: { userId: string; username: string; name: string } | null;
}

/** The invitation behind a link; null when there is none. */
export async function findLink(tx: AuthTx, cityId: number, tokenHash: Uint8Array): Promise<Link | null> {
  const [row] = await tx.sql<
    (Omit<Link, "expiresAt" | "resets"> & {
      expiresAt: string;
      userId: string | null;
      username: string | null;
      userName: string | null;
    })[]
  >`
    select case when i.accepted_at is not null then 'used' when i.revoked_at is not null then 'revoked'
        when i.expires_at <= ${tx.now.toISOString()} then 'expired' else 'open' end as state,
      i.id, i.city_id as "cityId", c.name as "cityName", i.station_id as "stationId", st.name as "stationName",
      i.role, i.name, i.invited_by as "invitedBy", i.expires_at as "expiresAt", u.id as "userId", u.username,
      u.name as "userName"
    from invitation i
    join city c on c.city_id = i.city_id
    join station st on st.city_id = i.city_id and st.id = i.station_id
    left join app_user u on u.id = i.resets_user_id
    where i.city_id = ${cityId} and i.token_hash = ${tokenHash}`;
  if (!row) return null;
  const { userId, username, userName, expiresAt, ...link } = row;
  const resets = userId && username && userName ? { userId, username, name: userName } : null;
  return { ...link, expiresAt: new Date(expiresAt), resets };
}

/** Why a link did not do what it should: used, revoked, expired, unknown, or its right has lapsed. */
export class LinkRefused extends Error {
  override name = "LinkRefused";

  constructor(readonly reason: Exclude<LinkState, "open"> | "unknown" | "lapsed" | "already") {
    super(`link ${reason}`);
  }
}

export interface Acceptance {
  cityId: number;
  tokenHash: Uint8Array;
  /** A new account, or one that exists already. */
  by: { username: string; name: string; passwordHash: string } | { userId: string };
  ip: string;
  reference: string;
}

/**
 * Uses a link that gives a role: account (when new), membership and audit entry in one transaction, in which the
 * link is taken first, so that of two acceptances at once one wins. Throws LinkRefused and UsernameTaken, which
 * roll everything back.
 */
export async function acceptInvitation(
  tx: AuthTx,
  acceptance: Acceptance,
): Promise<ActingRole & { userId: string }> {
  const { cityId, tokenHash, by } = acceptance;
  const at = tx.now.toISOString();
  const [taken] = await tx.sql<{ id: string; stationId: number; role: Role }[]>`
    update invitation set accepted_at = ${at}
    where city_id = ${cityId} and token_hash = ${tokenHash} and resets_user_id is null
      and accepted_at is null and revoked_at is null and expires_at > ${at}
    returning id, station_id as "stationId", role`;
  if (!taken) throw await refusalOf(tx, cityId, tokenHash);
  const userId = "userId" in by ? by.userId : await insertAccount(tx, by);
  // The station may have moved since the link was made; its row knows where it stands.
  const membershipId = newId();
  const [made] = await tx.sql<{ path: string; name: string; username: string }[]>`
    insert into membership (city_id, path, id, user_id, username, name, station_id, role, since)
    select st.city_id, st.path, ${membershipId}, u.id, u.username, u.name, st.id, ${taken.role}, ${at}
    from station st, app_user u
    where st.city_id = ${cityId} and st.id = ${taken.stationId} and u.id = ${userId} and u.status = 'active'
      and not u.operator
    on conflict (city_id, station_id, user_id, role) where ended_at is null do nothing
    returning path, name, username`;
  if (!made) throw new LinkRefused("already");
  const acting = { cityId, membershipId, path: made.path, stationId: taken.stationId, role: taken.role };
  const { ip, reference } = acceptance;
  await auditAuth(
    tx,
    { ...acting, userId, name: made.name, ip, reference },
    {
      action: "invitation.accept",
      subject: "invitation",
      subjectId: taken.id,
      after: { username: made.username, name: made.name, role: taken.role, newAccount: !("userId" in by) },
    },
  );
  return { ...acting, userId };
}

export interface Reset {
  cityId: number;
  tokenHash: Uint8Array;
  passwordHash: string;
  ip: string;
  reference: string;
}

/**
 * Uses a link that resets a password. All sessions and tokens of the account end. The right is asked again here, in
 * the statement that takes the link: the account may have got roles elsewhere since. Throws LinkRefused.
 */
export async function acceptReset(tx: AuthTx, reset: Reset): Promise<{ userId: string; username: string }> {
  const at = tx.now.toISOString();
  const { cityId, tokenHash, ip, reference } = reset;
  const [taken] = await tx.sql<
    { id: string; userId: string; within: string; path: string; stationId: number; role: string }[]
  >`
    update invitation set accepted_at = ${at}
    where city_id = ${cityId} and token_hash = ${tokenHash} and resets_user_id is not null
      and accepted_at is null and revoked_at is null and expires_at > ${at}
    returning id, resets_user_id as "userId", granted_within as within, path, station_id as "stationId", role`;
  if (!taken) throw await refusalOf(tx, cityId, tokenHash);
  const [user] = await tx.sql<{ username: string; name: string }[]>`
    update app_user u set password_hash = ${reset.passwordHash}, password_changed_at = ${at}
    where u.id = ${taken.userId} and u.status = 'active' and not u.operator
      and not exists (${rolesBeyond(tx, taken.userId, { cityId, path: taken.within })})
    returning u.username, u.name`;
  if (!user) throw new LinkRefused("lapsed");
  await revokeSessions(tx, taken.userId, null);
  await tx.sql`
    update api_token set revoked_at = ${at} where user_id = ${taken.userId} and revoked_at is null`;
  const { path, stationId, role } = taken;
  await auditAuth(
    tx,
    { userId: taken.userId, name: user.name, role, cityId, path, stationId, ip, reference },
    {
      action: "account.reset_password",
      subject: "account",
      subjectId: taken.userId,
      after: { username: user.username },
    },
  );
  return { userId: taken.userId, username: user.username };
}

async function refusalOf(tx: AuthTx, cityId: number, tokenHash: Uint8Array): Promise<LinkRefused> {
  const link = await findLink(tx, cityId, tokenHash);
  if (!link || link.state === "open") return new LinkRefused("unknown");
  return new LinkRefused(link.state);
}
