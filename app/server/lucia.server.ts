import {
  deleteExpiredSessions,
  deleteSession,
  findSession,
  insertSession,
  revokeSessions,
  type SignedIn,
  touchSession,
} from "@muster/db/queries/identity/sessions";
import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from "lucia";
import { now } from "./clock.server";
import { pools, withAuth } from "./database.server";
import { env } from "./env.server";
import { hashOf } from "./secrets.server";

/** The only file that knows lucia. It keeps the sessions' rules; our adapter keeps the sessions. */

/** What a session is made of besides its owner and its end. */
export interface SessionAttributes {
  cityId: number | null;
  membershipId: string | null;
  userAgent: string;
  ip: string;
}

/** A session that was made carries its attributes, one that was found who it stands for. */
type Attributes = Partial<SessionAttributes> & { found?: SignedIn };

declare module "lucia" {
  interface Register {
    Lucia: Lucia<{ found: SignedIn | undefined }>;
    DatabaseSessionAttributes: Attributes;
  }
}

/** Days without use after which a session ends. */
const IDLE = new TimeSpan(30, "d");
/** Milliseconds: how often a session in use is written. */
const TOUCHED_EVERY = 3_600_000;

/** Lucia reads the machine's clock, everything else ours (which tests can fix): the adapter stands between. */
const skew = () => now().getTime() - Date.now();
const ours = (theirs: Date) => new Date(theirs.getTime() + skew());
const theirs = (our: Date) => new Date(our.getTime() - skew());

/** Stores sessions under the SHA-256 of their id, so that a copy of the database opens none. */
const adapter: Adapter = {
  async getSessionAndUser(id): Promise<[DatabaseSession | null, DatabaseUser | null]> {
    const found = await pools().auth.statement((tx) => findSession(tx, hashOf(id)));
    if (!found) return [null, null];
    const userId = found.user.id;
    return [
      { id, userId, expiresAt: theirs(found.expiresAt), attributes: { found } },
      { id: userId, attributes: {} },
    ];
  },
  async getUserSessions() {
    throw new Error("sessions are listed by db/queries/identity/sessions: their ids are not known any more");
  },
  async setSession({ id, userId, expiresAt, attributes }) {
    const { cityId = null, membershipId = null, userAgent = "", ip = "" } = attributes;
    const times = { createdAt: now(), expiresAt: ours(expiresAt) };
    await pools().auth.statement((tx) =>
      insertSession(tx, { idHash: hashOf(id), userId, cityId, membershipId, userAgent, ip, ...times }),
    );
  },
  async updateSessionExpiration(id, expiresAt) {
    await pools().auth.statement((tx) => touchSession(tx, hashOf(id), now(), ours(expiresAt)));
  },
  async deleteSession(id) {
    await pools().auth.statement((tx) => deleteSession(tx, hashOf(id)));
  },
  async deleteUserSessions(userId) {
    await withAuth(now(), (tx) => revokeSessions(tx, userId, null));
  },
  async deleteExpiredSessions() {
    await withAuth(now(), deleteExpiredSessions);
  },
};

let instance: Lucia<{ found: SignedIn | undefined }> | undefined;

function lucia() {
  const secure = env().publicOrigin.startsWith("https:");
  instance ??= new Lucia(adapter, {
    sessionExpiresIn: IDLE,
    // The row says when a session ends; the cookie only has to outlive it.
    sessionCookie: {
      name: secure ? "__Host-muster" : "muster",
      expires: false,
      attributes: { secure, sameSite: "lax", path: "/" },
    },
    getSessionAttributes: ({ found }) => ({ found }),
  });
  return instance;
}

/** Name of the cookie that holds a session's id. */
export function sessionCookieName(): string {
  return lucia().sessionCookieName;
}

/** Starts a session and answers its secret id, which is stored nowhere. */
export async function startSession(userId: string, attributes: SessionAttributes): Promise<string> {
  return (await lucia().createSession(userId, attributes)).id;
}

/** Who a session stands for; null when it is unknown or over. Each hour of use moves its end. */
export async function validateSession(id: string): Promise<SignedIn | null> {
  const { session } = await lucia().validateSession(id);
  const found = session?.found;
  if (!found) return null;
  if (now().getTime() - found.lastSeenAt.getTime() > TOUCHED_EVERY) {
    await adapter.updateSessionExpiration(id, new Date(Date.now() + IDLE.milliseconds()));
  }
  return found;
}

/** Ends a session. */
export async function endSession(id: string): Promise<void> {
  await lucia().invalidateSession(id);
}

/** Set-Cookie line that gives the browser a session; null takes it away. */
export function sessionCookie(id: string | null): string {
  const cookie = id === null ? lucia().createBlankSessionCookie() : lucia().createSessionCookie(id);
  return cookie.serialize();
}
