import { findToken, type MembershipSummary, type SignedIn } from "@muster/db/queries/identity/sessions";
import type { Actor } from "@muster/domain/actor";
import { now } from "./clock.server";
import { readCookie } from "./cookies.server";
import { pools } from "./database.server";
import { sessionCookieName, validateSession } from "./lucia.server";
import { carriesBearer } from "./origin.server";
import { hashOf } from "./secrets.server";

export type { MembershipSummary } from "@muster/db/queries/identity/sessions";

/** A signed-in person. `actor` is null when no membership is active: such a person reaches no tenant data. */
export interface Session {
  /** Hash of the cookie's or token's secret, in hex: names the session in lists and opens nothing. */
  id: string;
  user: { id: string; username: string; name: string; operator: boolean };
  actor: Actor | null;
  memberships: MembershipSummary[];
  /** Messages to the actor's station that nobody there has read. */
  unread: number;
}

export const TOKEN_PREFIX = "muster_pat_";

const SESSION_ID = /^[a-z2-7]{40}$/;
const TOKEN = /^muster_pat_[\w-]{43}$/;

/**
 * The session of a request, from its cookie or bearer token; null when there is none or it has ended. Malformed
 * ones are simply nobody. A request with a bearer token is judged by the token alone, also when it is worthless:
 * such requests skip the check of their origin, so a cookie beside the token must count for nothing.
 */
export async function currentSession(request: Request): Promise<Session | null> {
  if (carriesBearer(request.headers)) {
    // Tokens are for the API: no page changes a password or makes further tokens with one.
    return new URL(request.url).pathname.startsWith("/api/") ? sessionFromBearer(request.headers) : null;
  }
  const id = sessionIdOf(request);
  if (!id) return null;
  const found = await validateSession(id);
  return found && toSession(id, found);
}

/** The secret session id in the request's cookie, if it has the form of one. */
export function sessionIdOf(request: Request): string | null {
  const id = readCookie(request.headers.get("Cookie"), sessionCookieName());
  return id && SESSION_ID.test(id) ? id : null;
}

/** The session of a bearer token; null when it is unknown, expired or revoked, or its role has ended. */
async function sessionFromBearer(headers: Headers): Promise<Session | null> {
  const token = (headers.get("Authorization") ?? "").replace(/^bearer\s+/i, "").trim();
  if (!TOKEN.test(token)) return null;
  const found = await pools().auth.statement((tx) => findToken(tx, hashOf(token), now()));
  return found && toSession(token, found);
}

function toSession(secret: string, { user, actor, memberships, unread }: SignedIn): Session {
  return { id: hashOf(secret).toString("hex"), user, actor, memberships, unread };
}
