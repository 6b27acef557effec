import { Pool } from "@muster/db/client";
import { createOperator } from "@muster/db/operator";
import { type TestDatabase, testDatabase } from "@muster/db/testing/database";
import { SMALL_CITY_PASSWORD, type SmallCity, smallCity } from "@muster/db/testing/small-city";
import type { Actor } from "@muster/domain/actor";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signIn, startServer, type TestServer } from "./server";

const NEW_PASSWORD = "一句自己记得住的话";

let database: TestDatabase;
let server: TestServer;
let superuser: Pool;
let city: SmallCity;
let other: SmallCity;

beforeAll(async () => {
  database = await testDatabase();
  superuser = new Pool({ url: database.superUrl, size: 1 });
  const now = new Date();
  city = await smallCity(database, { now });
  other = await smallCity(database, { code: "990200000000", name: "星河市", now });
  // The clock stands still: how long a guesser waits must not depend on how busy the machine is.
  server = await startServer(database, { TRUST_PROXY: "1", MUSTER_NOW: now.toISOString() });
});
afterAll(async () => {
  await server?.stop();
  await superuser?.end();
  await database?.drop();
});

interface Answer {
  status: number;
  text: string;
  headers: Headers;
  cookie: string;
}

async function ask(
  path: string,
  options: RequestInit & { cookie?: string; ip?: string } = {},
): Promise<Answer> {
  const { cookie, ip, ...init } = options;
  const headers = new Headers(init.headers);
  headers.set("Accept-Language", "en");
  if (init.method) headers.set("Origin", server.origin);
  if (cookie) headers.set("Cookie", cookie);
  if (ip) headers.set("X-Forwarded-For", ip);
  const answer = await fetch(server.origin + path, { ...init, headers, redirect: "manual" });
  const set = answer.headers.getSetCookie().map((line) => line.split(";", 1)[0] ?? "");
  return {
    status: answer.status,
    text: await answer.text(),
    headers: answer.headers,
    cookie: set.join("; "),
  };
}

const send = (path: string, form: Record<string, string>, cookie = "", ip = "") =>
  ask(path, { method: "POST", body: new URLSearchParams(form), cookie, ip });
const login = (username: string, password: string, cookie = "", ip = "") =>
  send("/login", { username, password }, cookie, ip);
const cookieOf = (actor: Actor) => signIn(server, actor.username, SMALL_CITY_PASSWORD);
const locationOf = (answer: Answer) => answer.headers.get("Location");
/** The one-time link that a page shows. */
const linkIn = ({ text }: Answer) => {
  const found = /\/invite\/\d+\.[\w-]{43}/.exec(text)?.[0];
  if (!found) throw new Error("the page shows no link");
  return found;
};
const signedIn = async (cookie: string) => (await ask("/settings/account", { cookie })).status === 200;

async function invite(inviter: Actor, station: { id: number }, role = "village_liaison"): Promise<string> {
  const form = { station: String(station.id), role, name: "新人" };
  return linkIn(await send("/users/invite", form, await cookieOf(inviter)));
}

async function join(link: string, username: string): Promise<string> {
  const form = { intent: "create", username, name: "新人", password: NEW_PASSWORD, again: NEW_PASSWORD };
  const answer = await send(link, form);
  expect(answer.status).toBe(302);
  return answer.cookie;
}

describe("signing in", () => {
  it("gives a cookie of this site that no script reads, and goes where the person wanted", async () => {
    const answer = await login(city.people.headA.username, SMALL_CITY_PASSWORD);
    expect(locationOf(answer)).toBe("/");
    const line = answer.headers.getSetCookie().find((text) => text.startsWith("muster="));
    expect(line).toMatch(/HttpOnly/);
    expect(line).toMatch(/SameSite=Lax/);
    expect(line).toMatch(/Path=\//);
    const form = { username: " 9901.HEADA ", password: SMALL_CITY_PASSWORD };
    expect(locationOf(await send("/login?to=%2Fusers%3Fq%3Dx", form))).toBe("/users?q=x");
    for (const elsewhere of [
      "https://evil.example",
      "//evil.example",
      "/\\evil.example",
      "/.//evil.example",
    ]) {
      expect(locationOf(await send(`/login?to=${encodeURIComponent(elsewhere)}`, form)), elsewhere).toBe("/");
    }
  });

  it("says the same of a wrong password and an unknown name, keeps the name and never the password", async () => {
    const wrong = await login(city.people.headB.username, "wrong-password");
    const unknown = await login("nobody-here", "wrong-password");
    for (const answer of [wrong, unknown]) {
      expect(answer.status).toBe(401);
      expect(answer.text).toContain("Username or password is not correct.");
      expect(answer.text).not.toContain("wrong-password");
    }
    expect(wrong.text).toContain(`value="${city.people.headB.username}"`);
  });

  it("gives a new session each time and ends the one it replaces", async () => {
    const first = await cookieOf(city.people.headB1);
    const second = (await login(city.people.headB1.username, SMALL_CITY_PASSWORD, first)).cookie;
    expect(await signedIn(first)).toBe(false);
    expect(await signedIn(second)).toBe(true);
  });

  it("slows a guesser down and never the owner's own device", async () => {
    const { username } = city.people.liaisonA1;
    const owner = await cookieOf(city.people.liaisonA1);
    const tries = await Promise.all(
      Array.from({ length: 12 }, (_, i) => login(username, `guess-${i}`, "", `10.9.0.${i}`)),
    );
    expect(tries.filter(({ status }) => status === 401)).toHaveLength(5);
    const slowed = tries.filter(({ status }) => status === 429);
    expect(slowed).toHaveLength(7);
    expect(Number(slowed[0]?.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect(slowed[0]?.text).toMatch(/Wait \d seconds/);
    // The right password waits, too, where the browser is unknown; the owner's own browser does not wait.
    expect((await login(username, SMALL_CITY_PASSWORD)).status).toBe(429);
    expect((await login(username, SMALL_CITY_PASSWORD, owner)).status).toBe(302);
  });

  it("answers odd input with a 4xx, and odd cookies with the login", async () => {
    for (const username of [
      "\u0000",
      "a\u0000b",
      "é".repeat(10_000),
      "x".repeat(19_000),
      "__proto__",
      "' or 1=1 --",
    ]) {
      const { status } = await login(username, "x\u0000y");
      expect([401, 422, 429], JSON.stringify(username).slice(0, 20)).toContain(status);
    }
    expect((await send("/login", { username: "a", password: "长".repeat(1_000) })).status).toBe(401);
    const raw = (body: string, type = "application/x-www-form-urlencoded") =>
      ask("/login", { method: "POST", body, headers: { "Content-Type": type } });
    expect((await raw("username=%ED%A0%80&password=%ED%A0%80")).status).toBe(401);
    expect((await raw("username=a&username=b&password=c")).status).toBe(400);
    expect((await raw("username=a&password=b&__proto__=c")).status).toBe(400);
    expect((await raw('{"username":"a"}', "application/json")).status).toBe(415);
    expect((await raw(`username=${"x".repeat(1_100_000)}`)).status).toBe(413);
    for (const cookie of [
      "muster=",
      "muster=%E0%A4%A",
      "muster=\u00ff",
      "muster=../../x",
      `muster=${"a".repeat(40)}`,
      "muster",
    ]) {
      expect(locationOf(await ask("/users", { cookie })), cookie).toMatch(/^\/login\?to=/);
    }
    const foreign = await fetch(`${server.origin}/login`, {
      method: "POST",
      headers: { Origin: "https://evil.example" },
      body: new URLSearchParams({ username: "a", password: "b" }),
    });
    expect(foreign.status).toBe(403);
  });

  it("tells the city's log of failures under a known name, by steps, and nothing of names that are nobody's", async () => {
    const { userId, username, name } = city.people.headB1;
    const entries = () =>
      superuser.statement(
        ({ sql }) => sql<{ action: string; cityId: number; path: string; name: string; after: unknown }[]>`
        select action, city_id as "cityId", path, user_name as name, after from audit_log
        where user_id = ${userId} and action in ('session.failed', 'session.delayed') order by at, id`,
      );
    const before = (await entries()).length;
    const count = () =>
      superuser.statement(({ sql }) => sql<{ n: number }[]>`select count(*)::int as n from audit_log`);
    const [all] = await count();
    await login("nobody-at-all", "my-secret-password", "", "10.8.0.1");
    // The first failure and the one that begins the delays; the four others, and what comes too early, add nothing.
    for (let i = 0; i < 9; i++) await login(username, "my-secret-password", "", "10.8.0.2");
    await expect.poll(async () => (await entries()).length - before).toBe(2);
    const told = (await entries()).slice(before);
    expect(told).toEqual([
      expect.objectContaining({
        action: "session.failed",
        after: { attempts: 1, wait: null, cause: "password" },
      }),
      expect.objectContaining({
        action: "session.delayed",
        after: { attempts: 5, wait: 2, cause: "password" },
      }),
    ]);
    for (const entry of told) {
      expect(entry).toMatchObject({ cityId: city.cityId, path: city.b1.path, name });
      expect(JSON.stringify(entry)).not.toContain("my-secret-password");
    }
    expect((await count())[0]?.n).toBe((all?.n ?? 0) + 2);
    // The auditor reads it in words; another city's does not see it.
    const seen = await ask("/audit/export?action=session", { cookie: await cookieOf(city.people.auditor) });
    expect(seen.text).toContain("Sign-in delayed after failures");
    const strange = await ask("/audit/export?action=session", {
      cookie: await cookieOf(other.people.auditor),
    });
    expect(strange.text).not.toContain("Sign-in delayed after failures");
  });

  it("ends with signing out, also in the database", async () => {
    const cookie = await cookieOf(city.people.pointHead);
    expect(locationOf(await send("/logout", {}, cookie))).toBe("/login");
    expect(await signedIn(cookie)).toBe(false);
    const actions = await superuser.statement(
      ({ sql }) => sql`
      select action, path from audit_log where user_id = ${city.people.pointHead.userId} order by at, id`,
    );
    expect(actions.map(({ action }) => action)).toEqual(["session.login", "session.logout"]);
    expect(actions.every(({ path }) => path === city.point.path)).toBe(true);
  });
});

describe("an invitation", () => {
  it("makes an account whose password only its holder knows, and works once", async () => {
    const link = await invite(city.people.headA, city.a1);
    expect((await ask(link)).text).toContain("河湾村");
    const cookie = await join(link, "invited-one");
    expect(await signedIn(cookie)).toBe(true);
    const again = await ask(link);
    expect(again.status).toBe(410);
    expect(again.text).toContain("This link has been used.");
    expect((await send(link, { intent: "join" }, cookie)).status).toBe(410);
  });

  it("keeps what was typed and says what is wrong with it", async () => {
    const link = await invite(city.people.headA, city.a1);
    const typed = { intent: "create", username: "typed.name", name: "李四", password: "x", again: "y" };
    const mismatch = await send(link, typed);
    expect(mismatch.status).toBe(422);
    expect(mismatch.text).toContain('value="typed.name"');
    expect(mismatch.text).toContain("The two passwords are not the same.");
    const common = await send(link, { ...typed, password: "12345678", again: "12345678" });
    expect(common.text).toContain("too easy to guess");
    const taken = await send(link, {
      ...typed,
      username: city.people.headB.username,
      password: NEW_PASSWORD,
      again: NEW_PASSWORD,
    });
    expect(taken.status).toBe(422);
    expect(taken.text).toContain("This username is taken.");
    for (const odd of [
      "/invite/x",
      "/invite/1.%00",
      `/invite/99999999999999999999.${"x".repeat(43)}`,
      "/invite/1.".padEnd(2000, "a"),
    ])
      expect([400, 404], odd.slice(0, 30)).toContain((await ask(odd)).status);
  });

  it("adds a role to an account that exists, between which its holder then switches", async () => {
    const link = await invite(other.people.admin, other.townA, "clerk");
    const cookie = await cookieOf(city.people.headB);
    expect((await ask(link, { cookie })).text).toContain("You are signed in as headB");
    const accepted = await send(link, { intent: "join" }, cookie);
    expect(accepted.status).toBe(302);
    const account = await ask("/settings/account", { cookie: accepted.cookie });
    expect(account.text).toContain("星河市");
    const switched = await send(
      "/settings/membership",
      { membership: city.people.headB.membershipId },
      accepted.cookie,
    );
    expect(locationOf(switched)).toBe("/");
    const me = await ask("/api/v1/me", { cookie: accepted.cookie });
    expect(JSON.parse(me.text).active.station.id).toBe(city.townB.id);
    const stolen = { membership: city.people.admin.membershipId };
    expect((await send("/settings/membership", stolen, accepted.cookie)).status).toBe(404);
  });

  it("is not made for a sibling's village, the own station or another city", async () => {
    const cookie = await cookieOf(city.people.headA);
    const to = (station: { id: number }, role = "village_liaison") =>
      send("/users/invite", { station: String(station.id), role, name: "新人" }, cookie);
    expect((await to(city.b1)).status).toBe(404);
    expect((await to(other.a1)).status).toBe(404);
    expect((await to(city.townA, "clerk")).status).toBe(403);
    expect((await to(city.a1, "city_admin")).status).toBe(422);
  });
});

describe("a superior", () => {
  it("ends a role, and with it the sessions and tokens, at once", async () => {
    const cookie = await join(await invite(city.people.headA, city.a2), "leaving");
    const made = await send("/settings/tokens", { intent: "create", name: "脚本", days: "30" }, cookie);
    const token = /muster_pat_[\w-]{43}/.exec(made.text)?.[0] ?? "";
    const me = (headers: Record<string, string>) => ask("/api/v1/me", { headers });
    expect((await me({ Authorization: `Bearer ${token}` })).status).toBe(200);
    // A token counts in the API only, and a cookie beside a bad token counts for nothing.
    expect(locationOf(await ask("/users", { headers: { Authorization: `Bearer ${token}` } }))).toMatch(
      /^\/login/,
    );
    expect(
      (await ask("/api/v1/me", { headers: { Authorization: "Bearer muster_pat_x" }, cookie })).status,
    ).toBe(401);

    const [role] = await superuser.statement(
      ({ sql }) => sql<{ id: string }[]>`select id from membership where username = 'leaving'`,
    );
    const address = `/users/${role?.id}`;
    for (const outsider of [city.people.headB, other.people.admin]) {
      const form = { intent: "end", reason: "" };
      expect((await send(address, form, await cookieOf(outsider))).status).toBe(404);
    }
    expect(
      (await send(address, { intent: "end", reason: "" }, await cookieOf(city.people.clerkA))).status,
    ).toBe(403);
    const head = await cookieOf(city.people.headA);
    expect((await send(address, { intent: "end", reason: "调离" }, head)).status).toBe(302);
    expect(await signedIn(cookie)).toBe(false);
    expect((await me({ Authorization: `Bearer ${token}` })).status).toBe(401);
    expect((await login("leaving", NEW_PASSWORD)).text).toContain("Your account has no role at present");
    expect((await send(address, { intent: "end", reason: "" }, head)).status).toBe(409);
  });

  it("deactivates an account at once, with one clear sentence at the login, and reactivates it", async () => {
    const cookie = await join(await invite(city.people.headA, city.a2), "resting");
    const [role] = await superuser.statement(
      ({ sql }) => sql<{ id: string }[]>`select id from membership where username = 'resting'`,
    );
    const address = `/users/${role?.id}`;
    const off = { intent: "deactivate", reason: "休养" };
    for (const outsider of [city.people.headB, other.people.admin]) {
      expect((await send(address, off, await cookieOf(outsider))).status).toBe(404);
    }
    expect((await send(address, off, await cookieOf(city.people.clerkA))).status).toBe(403);
    expect(await signedIn(cookie)).toBe(true);
    const admin = await cookieOf(city.people.admin);
    const head = await cookieOf(city.people.headA);
    expect((await send(address, off, admin)).status).toBe(302);
    expect(await signedIn(cookie)).toBe(false);
    const refused = await login("resting", NEW_PASSWORD);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("Your account is deactivated, so you cannot sign in.");
    // Who does not know the password learns nothing of it.
    expect((await login("resting", "wrong-password")).text).toContain("Username or password is not correct.");
    // The page says so, and what the city did is not the town's to undo.
    expect((await ask(address, { cookie: head })).text).toContain("This account is deactivated");
    expect((await ask("/users?q=resting", { cookie: head })).text).toContain("Deactivated");
    const on = { intent: "reactivate", reason: "" };
    const above = await send(address, on, head);
    expect(above.status).toBe(422);
    expect(above.text).toContain("You cannot reactivate this account.");
    // A refusal carries a reference to quote.
    expect(above.text).toContain(above.headers.get("X-Request-Id") ?? "no reference");
    expect((await send(address, on, admin)).status).toBe(302);
    expect((await send(address, on, admin)).status).toBe(409);
    expect((await login("resting", NEW_PASSWORD)).status).toBe(302);
    const log = await ask("/audit/export?action=account", { cookie: admin });
    expect(log.headers.get("Content-Type")).toContain("text/csv");
    expect(log.text).toContain("Account deactivated");
    expect(log.text).toContain("Reason: 休养");
  });

  it("changes a role below, never the own one or one above", async () => {
    const cookie = await join(await invite(city.people.headA, city.a2), "changing");
    const [role] = await superuser.statement(
      ({ sql }) => sql<{ id: string }[]>`select id from membership where username = 'changing'`,
    );
    const head = await cookieOf(city.people.headA);
    const change = (id: string | undefined, to: string) =>
      send(`/users/${id}`, { intent: "role", role: to }, head);
    expect((await change(role?.id, "head")).status).toBe(422);
    expect((await change(role?.id, "village_head")).status).toBe(302);
    expect(await signedIn(cookie)).toBe(false);
    expect((await change(city.people.headA.membershipId, "clerk")).status).toBe(403);
    expect((await change(city.people.admin.membershipId, "city_auditor")).status).toBe(404);
  });

  it("sends a link with which the person alone chooses a new password", async () => {
    const before = await join(await invite(city.people.headA, city.a2), "forgetful");
    const [role] = await superuser.statement(
      ({ sql }) => sql<{ id: string }[]>`select id from membership where username = 'forgetful'`,
    );
    const head = await cookieOf(city.people.headA);
    const link = linkIn(await send(`/users/${role?.id}`, { intent: "reset" }, head));
    const chosen = { intent: "reset", password: "another-good-one", again: "another-good-one" };
    expect((await send(link, chosen)).status).toBe(302);
    expect(await signedIn(before)).toBe(false);
    expect((await login("forgetful", NEW_PASSWORD)).status).toBe(401);
    expect((await login("forgetful", "another-good-one")).status).toBe(302);
    expect((await send(link, chosen)).status).toBe(410);
    // Someone who serves elsewhere too is not within one town's reach.
    const admin = await cookieOf(city.people.admin);
    const elsewhere = await send(`/users/${city.people.headB.membershipId}`, { intent: "reset" }, admin);
    expect(elsewhere.status).toBe(422);
  });
});

describe("the frame of every page", () => {
  it("says how many messages nobody at the station has read, to whoever answers them", async () => {
    const { headA2, admin } = city.people;
    for (let i = 0; i < 3; i++) {
      await superuser.statement(
        ({ sql }) => sql`
        insert into message (city_id, path, id, station_id, kind, period, at, by_name)
        values (${city.cityId}, ${city.a2.path}, gen_random_uuid(), ${city.a2.id}, 'reminder', '2026-10', now(), '柳河镇')`,
      );
    }
    const cookie = await cookieOf(headA2);
    for (const path of ["/dashboard", "/stations", "/settings/account"]) {
      const chinese = await ask(path, { cookie: `${cookie}; locale=zh-CN` });
      expect(chinese.text, path).toContain('aria-label="消息，3 条未读"');
    }
    expect((await ask("/dashboard", { cookie })).text).toContain('aria-label="Messages, 3 unread"');
    // Nobody writes to the city: its people have nothing to read.
    expect((await ask("/dashboard", { cookie: await cookieOf(admin) })).text).not.toContain(
      'href="/#messages"',
    );
    expect(locationOf(await send("/?index", { message: "all" }, cookie))).toBe("/");
    expect((await ask("/dashboard", { cookie })).text).toContain('aria-label="Messages, none unread"');
  });
});

describe("a person", () => {
  it("changes the password with the old one, which signs every other device out", async () => {
    const one = await join(await invite(city.people.headA, city.a2), "careful");
    const two = (await login("careful", NEW_PASSWORD)).cookie;
    const change = (currentPassword: string, password: string) =>
      send("/settings/password", { currentPassword, password, again: password }, one);
    expect((await change("not-the-old-one", "quite-a-good-one")).status).toBe(422);
    expect((await change(NEW_PASSWORD, "password123")).status).toBe(422);
    expect((await change(NEW_PASSWORD, "quite-a-good-one")).status).toBe(302);
    expect([await signedIn(one), await signedIn(two)]).toEqual([true, false]);
    const guesses = await Promise.all(Array.from({ length: 9 }, () => change("guess", "quite-a-good-two")));
    expect(guesses.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(4);
  });

  it("sees and ends the own sessions, and nobody else's", async () => {
    const mine = await cookieOf(city.people.headA2);
    const second = await cookieOf(city.people.headA2);
    const theirs = await cookieOf(city.people.headA1);
    const ids = async (cookie: string) =>
      [
        ...(await ask("/settings/sessions", { cookie })).text.matchAll(
          /name="session" value="([0-9a-f]{64})"/g,
        ),
      ].map((match) => match[1] ?? "");
    const [others = []] = [await ids(theirs)];
    expect((await ids(mine)).some((id) => others.includes(id))).toBe(false);
    const [foreign = "0".repeat(64)] = others;
    expect((await send("/settings/sessions", { intent: "one", session: foreign }, mine)).status).toBe(404);
    const [own = ""] = await ids(mine);
    expect((await send("/settings/sessions", { intent: "one", session: own }, mine)).status).toBe(302);
    await send("/settings/sessions", { intent: "others" }, mine);
    expect([await signedIn(mine), await signedIn(second), await signedIn(theirs)]).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe("the operator", () => {
  const operator = { username: "operator", password: "operator-password-1" };

  it("is made by a command, once per name and with a good password only", async () => {
    const make = (options: { username: string; password: string }) =>
      createOperator({ ...options, authUrl: database.authUrl, name: "平台", now: new Date() });
    await expect(make({ ...operator, password: "12345678" })).rejects.toThrow(/tried first/);
    await expect(make({ ...operator, username: "a b" })).rejects.toThrow(/username/);
    await make(operator);
    await expect(make(operator)).rejects.toThrow(/taken/);
  });

  it("creates a city, whose first administrator comes by the link, and sees nothing in it", async () => {
    const answer = await login(operator.username, operator.password);
    expect(locationOf(answer)).toBe("/cities");
    const { cookie } = answer;
    const city = { intent: "create", code: "990300000000", name: "新城市", administrator: "王建国" };
    const link = linkIn(await send("/cities", city, cookie));
    expect((await send("/cities", city, cookie)).text).toContain("Another city has this code.");
    const administrator = await join(link, "new.admin");
    const me = JSON.parse((await ask("/api/v1/me", { cookie: administrator })).text);
    expect(me.active).toMatchObject({ role: "city_admin" });
    const [made] = await superuser.statement(
      ({ sql }) => sql<{ id: number }[]>`select city_id as id from city where code = '990300000000'`,
    );
    const again = { intent: "invite", city: String(made?.id), administrator: "平台自己" };
    expect((await send("/cities", again, cookie)).status).toBe(409);
    for (const path of [
      "/users",
      "/stations",
      "/audit",
      "/months",
      "/dashboard",
      "/api/v1/stations",
      "/api/v1/rollups",
    ]) {
      expect((await ask(path, { cookie })).status, path).toBe(403);
    }
    const actions = await superuser.statement(
      ({ sql }) =>
        sql`select action, user_name from audit_log where city_id = ${made?.id ?? 0} order by at, id`,
    );
    expect(actions.map(({ action }) => action)).toEqual([
      "city.create",
      "invitation.create",
      "invitation.accept",
    ]);
  });
});
