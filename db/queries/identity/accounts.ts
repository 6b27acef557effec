import type { AuthTx } from "../../scope";
import { newId } from "../../scope";
import type { ActingRole } from "./sessions";

/** What a login needs of an account. */
export interface LoginAccount {
  id: string;
  name: string;
  passwordHash: string;
  operator: boolean;
  /** Deactivated: the password may be right and still lets nobody in. */
  disabled: boolean;
  /** The role used last, else the highest; null for a person without any. */
  acting: ActingRole | null;
}

export interface NewAccount {
  /** Already in its stored form (usernameOf). */
  username: string;
  name: string;
  passwordHash: string;
  operator?: boolean;
}

/** The username belongs to someone else. Rolls the transaction back. */
export class UsernameTaken extends Error {
  override name = "UsernameTaken";
}

/** The account of a username, a deactivated one too, with the role it would act in; null when there is none. */
export async function findLogin(tx: AuthTx, username: string): Promise<LoginAccount | null> {
  const [user] = await tx.sql<Omit<LoginAccount, "acting">[]>`
    select id, name, password_hash as "passwordHash", operator, status <> 'active' as disabled from app_user
    where username = ${username}`;
  if (!user) return null;
  const [acting] = await tx.sql<ActingRole[]>`
    select m.city_id as "cityId", m.id as "membershipId", m.path, m.station_id as "stationId", m.role
    from membership m
    where m.user_id = ${user.id} and m.ended_at is null
    order by (select max(s.last_seen_at) from session s where s.membership_id = m.id) desc nulls last,
      length(m.path), m.since, m.id
    limit 1`;
  return { ...user, acting: acting ?? null };
}

/** The stored hash of a person's password. */
export async function passwordHashOf(tx: AuthTx, userId: string): Promise<string | null> {
  const [row] = await tx.sql<{ hash: string }[]>`
    select password_hash as hash from app_user where id = ${userId} and status = 'active'`;
  return row?.hash ?? null;
}

/**
 * Replaces a password, provided it is still the one that was checked: of two changes at once the second finds
 * nothing to do. Answers whether it was replaced.
 */
export async function replacePassword(
  tx: AuthTx,
  userId: string,
  checkedHash: string,
  newHash: string,
): Promise<boolean> {
  const changed = await tx.sql`
    update app_user set password_hash = ${newHash}, password_changed_at = ${tx.now.toISOString()}
    where id = ${userId} and password_hash = ${checkedHash} and status = 'active'`;
  return changed.count > 0;
}

/** Makes an account and answers its id. Throws UsernameTaken. */
export async function insertAccount(tx: AuthTx, account: NewAccount): Promise<string> {
  const id = newId();
  const at = tx.now.toISOString();
  const made = await tx.sql`
    insert into app_user (id, username, name, password_hash, operator, password_changed_at, created_at)
    values (${id}, ${account.username}, ${account.name}, ${account.passwordHash}, ${account.operator ?? false},
      ${at}, ${at})
    on conflict (username) do nothing`;
  if (made.count === 0) throw new UsernameTaken(account.username);
  return id;
}

/** True once someone can create cities. */
export async function hasOperator(tx: AuthTx): Promise<boolean> {
  const [row] = await tx.sql`select 1 from app_user where operator and status = 'active' limit 1`;
  return row !== undefined;
}
