import { subtreeEnd } from "@muster/domain/station";
import type { AuthTx } from "../../scope";
import { type AuthWho, auditAuth } from "./auth-audit";
import { rolesBeyond } from "./invitations";
import { revokeSessions } from "./sessions";

/** Whether an account can sign in; when not, since when, by whom, and from which station up it can be undone. */
export type AccountState =
  | { status: "active" }
  | { status: "disabled"; at: Date; by: string; cityId: number | null; within: string | null };

/** The state of an account; null when there is none. */
export async function accountState(tx: AuthTx, userId: string): Promise<AccountState | null> {
  const [row] = await tx.sql<
    { status: string; at: string | null; by: string | null; cityId: number | null; within: string | null }[]
  >`
    select status, disabled_at as at, disabled_by as by, disabled_city as "cityId", disabled_within as within
    from app_user where id = ${userId}`;
  if (!row) return null;
  if (row.status === "active") return { status: "active" };
  return {
    status: "disabled",
    at: new Date(row.at ?? 0),
    by: row.by ?? "",
    cityId: row.cityId === null ? null : Number(row.cityId),
    within: row.within,
  };
}

/** Which of these accounts cannot sign in. */
export async function disabledAmong(tx: AuthTx, userIds: readonly string[]): Promise<Set<string>> {
  if (userIds.length === 0) return new Set();
  const rows = await tx.sql<{ id: string }[]>`
    select id from app_user where id = any(${[...new Set(userIds)]}::uuid[]) and status = 'disabled'`;
  return new Set(rows.map(({ id }) => id));
}

/** Whose account, and the role on whose page it was decided: the entry of the log stands at its station. */
export interface Concerned {
  userId: string;
  username: string;
  name: string;
  stationId: number;
  path: string;
}

/**
 * Deactivates an account: no login, and its sessions and tokens end with this transaction. Its roles are suspended,
 * not ended, and nothing of its history changes. False when it is not active, is the caller's own or an operator's,
 * or serves anywhere but below the caller: a town must not shut out somebody who also serves elsewhere.
 */
export async function deactivateAccount(
  tx: AuthTx,
  who: AuthWho,
  person: Concerned,
  reason: string,
): Promise<boolean> {
  const at = tx.now.toISOString();
  const changed = await tx.sql`
    update app_user u set status = 'disabled', disabled_at = ${at}, disabled_by = ${who.name},
      disabled_city = ${who.cityId}, disabled_within = ${who.path}
    where u.id = ${person.userId} and u.id <> ${who.userId} and u.status = 'active' and not u.operator
      and ${servesBelow(tx, person.userId, who)} and not exists (${rolesBeyond(tx, person.userId, who)})`;
  if (changed.count === 0) return false;
  await suspendRoles(tx, person.userId, true);
  await revokeSessions(tx, person.userId, null);
  await tx.sql`
    update api_token set revoked_at = ${at} where user_id = ${person.userId} and revoked_at is null`;
  await note(tx, who, person, "account.deactivate", reason);
  return true;
}

/**
 * Lets a deactivated account sign in again, in the roles it still has. False when it is active, serves anywhere but
 * below the caller, or was deactivated from above the caller.
 */
export async function reactivateAccount(
  tx: AuthTx,
  who: AuthWho,
  person: Concerned,
  reason: string,
): Promise<boolean> {
  const changed = await tx.sql`
    update app_user u set status = 'active', disabled_at = null, disabled_by = null, disabled_city = null,
      disabled_within = null
    where u.id = ${person.userId} and u.id <> ${who.userId} and u.status = 'disabled' and not u.operator
      and u.disabled_city = ${who.cityId}
      and u.disabled_within >= ${who.path} and u.disabled_within < ${subtreeEnd(who.path)}
      and ${servesBelow(tx, person.userId, who)} and not exists (${rolesBeyond(tx, person.userId, who)})`;
  if (changed.count === 0) return false;
  await suspendRoles(tx, person.userId, false);
  await note(tx, who, person, "account.reactivate", reason);
  return true;
}

/** The roles of an account say themselves that they rest: a station counts its people without reading accounts. */
async function suspendRoles(tx: AuthTx, userId: string, suspended: boolean): Promise<void> {
  await tx.sql`update membership set suspended = ${suspended} where user_id = ${userId}`;
}

/** Whether the person serves, or once served, below a station: an account without any role is nobody's to decide. */
function servesBelow(tx: AuthTx, userId: string, within: { cityId: number; path: string }) {
  return tx.sql`exists (
    select 1 from membership m
    where m.user_id = ${userId} and m.city_id = ${within.cityId} and m.path >= ${within.path}
      and m.path < ${subtreeEnd(within.path)} and (${within.path} = '/' or m.path <> ${within.path}))`;
}

async function note(
  tx: AuthTx,
  who: AuthWho,
  { userId, username, name, stationId, path }: Concerned,
  action: string,
  reason: string,
): Promise<void> {
  const place = { ...who, stationId, path };
  const before = { username, name };
  await auditAuth(tx, place, { action, subject: "account", subjectId: userId, before, after: { reason } });
}
