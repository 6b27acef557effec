import { type AuthTx, newId } from "../../scope";

/** A personal access token as its owner sees it; the secret is shown once and never stored. */
export interface TokenLine {
  id: string;
  name: string;
  stationName: string | null;
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
}

export interface NewToken {
  tokenHash: Uint8Array;
  userId: string;
  cityId: number;
  membershipId: string;
  name: string;
  expiresAt: Date;
}

/** More would be forgotten ones. */
export const MOST_TOKENS = 20;

/**
 * Stores a token that acts in one role of its owner; answers its id, or null when the owner has MOST_TOKENS already
 * or the role is none of theirs.
 */
export async function insertToken(tx: AuthTx, token: NewToken): Promise<string | null> {
  const id = newId();
  const at = tx.now.toISOString();
  // The owner's row is locked so that two requests at once do not both find room for the last one.
  await tx.sql`select 1 from app_user where id = ${token.userId} for update`;
  const made = await tx.sql`
    insert into api_token (id, token_hash, user_id, city_id, membership_id, name, created_at, expires_at)
    select ${id}, ${token.tokenHash}, m.user_id, m.city_id, m.id, ${token.name}, ${at}, ${token.expiresAt.toISOString()}
    from membership m
    where m.city_id = ${token.cityId} and m.id = ${token.membershipId} and m.user_id = ${token.userId}
      and m.ended_at is null
      and (select count(*) from api_token t
           where t.user_id = ${token.userId} and t.revoked_at is null and t.expires_at > ${at}) < ${MOST_TOKENS}`;
  return made.count > 0 ? id : null;
}

/** A person's tokens that still work, the newest first. */
export async function listTokens(tx: AuthTx, userId: string): Promise<TokenLine[]> {
  const rows = await tx.sql<
    { id: string; name: string; station: string | null; made: string; ends: string; used: string | null }[]
  >`
    select t.id, t.name, st.name as station, t.created_at as made, t.expires_at as ends, t.last_used_at as used
    from api_token t
    left join membership m on m.city_id = t.city_id and m.id = t.membership_id
    left join station st on st.city_id = m.city_id and st.id = m.station_id
    where t.user_id = ${userId} and t.revoked_at is null and t.expires_at > ${tx.now.toISOString()}
    order by t.created_at desc, t.id`;
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    stationName: row.station,
    createdAt: new Date(row.made),
    expiresAt: new Date(row.ends),
    lastUsedAt: row.used === null ? null : new Date(row.used),
  }));
}

/** Revokes one of this person's tokens and answers its name; null when they have no such token. */
export async function revokeToken(tx: AuthTx, userId: string, id: string): Promise<string | null> {
  const [row] = await tx.sql<{ name: string }[]>`
    update api_token set revoked_at = ${tx.now.toISOString()}
    where user_id = ${userId} and id = ${id} and revoked_at is null
    returning name`;
  return row?.name ?? null;
}
