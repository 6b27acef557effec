import { findLogin, type LoginAccount } from "@muster/db/queries/identity/accounts";
import { auditAuth } from "@muster/db/queries/identity/auth-audit";
import {
  type AttemptRule,
  countAttempt,
  forgetAttempts,
  isRemembered,
  remember,
  SlowDown,
  uncountAttempt,
} from "@muster/db/queries/identity/login-attempts";
import { usernameOf } from "@muster/domain/username";
import { cookieLine, readCookie } from "./cookies.server";
import { withAuth } from "./database.server";
import { env } from "./env.server";
import { Refusal } from "./errors.server";
import { endSession, sessionCookie, startSession } from "./lucia.server";
import { verifyPassword } from "./password.server";
import { hashOf, newSecret } from "./secrets.server";
import { sessionIdOf } from "./session.server";
import { isStorable } from "./text.server";

/**
 * Signing in. Guessing is slowed in three counts (see db/queries/identity/login-attempts):
 * - by username: five free attempts, then 2 s, doubling to a quarter of an hour;
 * - by address: a hundred free attempts, for a whole office may stand behind one;
 * - by device: a browser that has signed this person in before is counted alone, by a cookie, so that a stranger
 *   who keeps guessing a name, or shares its address, delays only strangers. The owner gets in from the usual phone
 *   at once, and from anywhere after the delay. Nobody is locked out for good.
 */
const BY_USERNAME = { free: 5, delay: 2 };
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
 * not fit (never which of the two), 429 with Retry-After while a delay runs; Overloaded when too many sign in.
 */
export async function signIn(credentials: Credentials, origin: Origin): Promise<Headers> {
  const username = usernameOf(credentials.username.slice(0, LONGEST_NAME));
  const device = deviceOf(origin.request);
  const keys = keysOf(username, device ?? "", origin.ip);
  const attempt = await withAuth(origin.now, async (tx) => {
    const known = device !== null && (await isRemembered(tx, keys.known));
    const rules: AttemptRule[] = known
      ? [{ key: keys.device, ...BY_USERNAME }]
      : [
          { key: keys.username, ...BY_USERNAME },
          { key: keys.address, ...BY_ADDRESS },
        ];
    await countAttempt(tx, rules);
    return { known, account: isStorable(username) ? await findLogin(tx, username) : null };
  }).catch((error) => {
    throw error instanceof SlowDown ? slowDown(error.seconds) : error;
  });
  const right = await verifyPassword(attempt.account?.passwordHash ?? null, credentials.password);
  if (!right || !attempt.account) throw new Refusal(401, "login:errors.wrong");
  return welcome(attempt.account, { username, device, known: attempt.known }, origin);
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

/** 429 with the time to wait, in words and as Retry-After. */
function slowDown(seconds: number): Refusal {
  const minutes = Math.ceil(seconds / 60);
  return new Refusal(429, seconds < 90 ? "login:errors.slowSeconds" : "login:errors.slowMinutes", {
    params: { seconds, minutes },
    headers: { "Retry-After": String(seconds) },
  });
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
