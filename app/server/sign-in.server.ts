import { findLogin, type LoginAccount } from "@muster/db/queries/identity/accounts";
import { auditAuth } from "@muster/db/queries/identity/auth-audit";
import {
  type AttemptRule,
  forgetAttempts,
  isRemembered,
  remember,
  throttleStep,
  uncountAttempt,
} from "@muster/db/queries/identity/login-attempts";
import type { AuthTx } from "@muster/db/scope";
import { usernameOf } from "@muster/domain/username";
import { cookieLine, readCookie } from "./cookies.server";
import { withAuth } from "./database.server";
import { env } from "./env.server";
import { Refusal } from "./errors.server";
import { BY_PERSON, counted } from "./guessing.server";
import { log } from "./log.server";
import { endSession, sessionCookie, startSession } from "./lucia.server";
import { verifyPassword } from "./password.server";
import { hashOf, newSecret } from "./secrets.server";
import { type Session, sessionIdOf } from "./session.server";
import { isStorable } from "./text.server";

/**
 * Signing in. Guessing is slowed in three counts (see db/queries/identity/login-attempts):
 * - by username: five free attempts, then 2 s, doubling to a quarter of an hour;
 * - by address: a hundred free attempts, for a whole office may stand behind one;
 * - by device: a browser that has signed this person in before is counted alone, by a cookie, so that a stranger
 *   who keeps guessing a name, or shares its address, delays only strangers. The owner gets in from the usual phone
 *   at once, and from anywhere after the delay. Nobody is locked out for good.
 */
const BY_ADDRESS = { free: 100, delay: 1 };

const DEVICE_DAYS = 180;
const DEVICE = /^[\w-]{43}$/;
/** Longer ones are nobody's. */
const LONGEST_NAME = 200;

/** Where a request comes from, as a session and the audit log keep it. */
export interface Origin {
  request: Request;
  ip: string;
  reference: string;
  now: Date;
}

export interface Credentials {
  username: string;
  password: string;
}

/**
 * Checks name and password and starts a session. Answers the Set-Cookie lines. Throws a Refusal: 401 when they do
 * not fit (never which of the two), 429 with Retry-After while a delay runs, 422 for a deactivated account (to whoever
 * knows its password) and for a person without any role where one is needed; Overloaded when too many sign in.
 */
export async function signIn(
  credentials: Credentials,
  origin: Origin,
  roleNeeded: boolean,
): Promise<{ headers: Headers; operator: boolean }> {
  const username = usernameOf(credentials.username.slice(0, LONGEST_NAME));
  const device = deviceOf(origin.request);
  const keys = keysOf(username, device ?? "", origin.ip);
  let known = false;
  const rules = async (tx: AuthTx): Promise<AttemptRule[]> => {
    known = device !== null && (await isRemembered(tx, keys.known));
    if (known) return [{ key: keys.device, ...BY_PERSON }];
    return [
      { key: keys.username, ...BY_PERSON },
      { key: keys.address, ...BY_ADDRESS },
    ];
  };
  let attempts = 0;
  const account = await counted(origin.now, rules, async (tx, counts) => {
    attempts = counts.get(known ? keys.device : keys.username) ?? 0;
    return isStorable(username) ? findLogin(tx, username) : null;
  });
  const right = await verifyPassword(account?.passwordHash ?? null, credentials.password);
  if (!right || !account) {
    if (account) noteFailure(account, attempts, "password", origin);
    throw new Refusal(401, "login:errors.wrong");
  }
  if (account.disabled) {
    noteFailure(account, attempts, "disabled", origin);
    throw new Refusal(422, "login:errors.disabled");
  }
  if (roleNeeded && !account.acting && !account.operator) throw new Refusal(422, "login:errors.noRole");
  const headers = await welcome(account, { username, device, known }, origin);
  return { headers, operator: account.operator && !account.acting };
}

/**
 * Tells the log of the city where the person serves that somebody failed to sign in under their name: at the steps of
 * the delays only, so that nobody floods it, and never of names that are nobody's, which may be mistyped passwords.
 * It is written beside the answer, not before it: the answer for a known name takes as long as for an unknown one.
 */
function noteFailure(
  { id, name, acting }: LoginAccount,
  attempts: number,
  cause: "password" | "disabled",
  { now, ip, reference }: Origin,
): void {
  const step = throttleStep(BY_PERSON, attempts);
  if (!step || !acting) return;
  const action =
    cause === "disabled" ? "session.refused" : step.wait > 0 ? "session.delayed" : "session.failed";
  const after = { attempts, wait: step.wait || null, cause };
  withAuth(now, (tx) =>
    auditAuth(
      tx,
      { ...acting, userId: id, name, ip, reference },
      { action, subject: "account", subjectId: id, after },
    ),
  ).catch((error: unknown) => log().error({ reference, err: error }, "a failed sign-in was not audited"));
}

/** Ends the session of a browser and answers the Set-Cookie line that takes it away. */
export async function signOut(
  session: Session | null,
  { request, ip, reference, now }: Origin,
): Promise<Headers> {
  const id = sessionIdOf(request);
  if (id) await endSession(id);
  const { actor, user } = session ?? {};
  if (actor && user && actor.role !== "operator") {
    const who = { ...actor, ip, reference };
    await withAuth(now, (tx) =>
      auditAuth(tx, who, { action: "session.logout", subject: "account", subjectId: user.id }),
    );
  }
  return new Headers({ "Set-Cookie": sessionCookie(null) });
}

async function welcome(
  account: LoginAccount,
  { username, device, known }: { username: string; device: string | null; known: boolean },
  origin: Origin,
): Promise<Headers> {
  const secret = device ?? newSecret();
  const keys = keysOf(username, secret, origin.ip);
  await withAuth(origin.now, async (tx) => {
    await forgetAttempts(tx, known ? keys.device : keys.username);
    // Who signs in well must not wipe out the failures of others behind the same address.
    if (!known) await uncountAttempt(tx, keys.address);
    await remember(tx, keys.known, new Date(origin.now.getTime() + DEVICE_DAYS * 86_400_000));
    if (!account.acting) return;
    const { ip, reference } = origin;
    const who = { ...account.acting, userId: account.id, name: account.name, ip, reference };
    await auditAuth(tx, who, { action: "session.login", subject: "account", subjectId: account.id });
  });
  const headers = await beginSession(account.id, account.acting, origin);
  headers.append(
    "Set-Cookie",
    cookieLine(deviceCookieName(), secret, { maxAge: DEVICE_DAYS * 86_400, secure: isSecure() }),
  );
  return headers;
}

/** Starts a session in a role, in place of the one the browser may hold, and answers its Set-Cookie line. */
export async function beginSession(
  userId: string,
  acting: { cityId: number; membershipId: string } | null,
  { request, ip }: Pick<Origin, "request" | "ip">,
): Promise<Headers> {
  // A session id that was known before signing in must not be worth anything afterwards.
  const before = sessionIdOf(request);
  if (before) await endSession(before);
  const userAgent = (request.headers.get("User-Agent") ?? "")
    .replace(/[^\u0020-\u{10ffff}]/gu, "")
    .slice(0, 300);
  const id = await startSession(userId, {
    cityId: acting?.cityId ?? null,
    membershipId: acting?.membershipId ?? null,
    userAgent,
    ip,
  });
  return new Headers({ "Set-Cookie": sessionCookie(id) });
}

const isSecure = () => env().publicOrigin.startsWith("https:");
const deviceCookieName = () => (isSecure() ? "__Host-muster-device" : "muster-device");

function deviceOf(request: Request): string | null {
  const device = readCookie(request.headers.get("Cookie"), deviceCookieName());
  return device && DEVICE.test(device) ? device : null;
}

/** Only hashes stand in the table: names and addresses of people who mistyped are nobody's business. */
function keysOf(username: string, device: string, ip: string) {
  const short = (text: string) => hashOf(text).toString("base64url").slice(0, 27);
  const pair = short(`${device} ${username}`);
  return {
    username: `login:name:${short(username)}`,
    address: `login:ip:${short(networkOf(ip))}`,
    device: `login:device:${pair}`,
    known: `device:${pair}`,
  };
}

/** An IPv6 customer has a whole /64; a guesser would not run out of addresses. */
function networkOf(ip: string): string {
  if (!ip.includes(":") || ip.toLowerCase().startsWith("::ffff:")) return ip;
  const [head = "", tail] = ip.split("::");
  const groups = head.split(":").filter(Boolean);
  const last = tail?.split(":").filter(Boolean) ?? [];
  const missing = tail === undefined ? 0 : 8 - groups.length - last.length;
  return [...groups, ...Array<string>(Math.max(0, missing)).fill("0"), ...last].slice(0, 4).join(":");
}
