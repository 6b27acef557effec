import { createHash, randomBytes } from "node:crypto";
import type { Actor } from "@muster/domain/actor";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Pool } from "../../client";
import { type AuthTx, type ScopedTx, withAuth, withScope } from "../../scope";
import { type TestDatabase, testDatabase } from "../../testing/database";
import { callerOf, type SmallCity, smallCity } from "../../testing/small-city";
import { findAuditEntry, searchAudit } from "../audit-search";
import { stationPage } from "../stations/page";
import { listStations } from "../stations/tree";
import { findLogin, insertAccount, replacePassword, UsernameTaken } from "./accounts";
import { accountState, deactivateAccount, disabledAmong, reactivateAccount } from "./deactivation";
import {
  acceptInvitation,
  acceptReset,
  createInvitation,
  findLink,
  findStationToStaff,
  invitationPath,
  LinkRefused,
  listInvitations,
  mayResetPassword,
  revokeInvitation,
} from "./invitations";
import {
  countAttempt,
  forgetAttempts,
  LONGEST_DELAY,
  SlowDown,
  throttleStep,
  uncountAttempt,
} from "./login-attempts";
import { changeRole, endMembership, findPerson, listPeople, rolesOfPerson } from "./memberships";
import {
  findSession,
  findToken,
  insertSession,
  listSessions,
  revokeMembership,
  revokeSession,
  revokeSessions,
  switchMembership,
} from "./sessions";
import { insertToken, listTokens, MOST_TOKENS, revokeToken } from "./tokens";

const NOW = new Date("2026-10-05T02:00:00Z");
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const secret = () => createHash("sha256").update(randomBytes(32)).digest();

let database: TestDatabase;
let app: Pool;
let auth: Pool;
let superuser: Sql;
let city: SmallCity;
let other: SmallCity;

beforeAll(async () => {
  database = await testDatabase();
  app = new Pool({ url: database.appUrl, size: 4 });
  auth = new Pool({ url: database.authUrl, size: 8 });
  superuser = postgres(database.superUrl, { max: 1, onnotice: () => {} });
  city = await smallCity(database);
  other = await smallCity(database, { code: "990200000000", name: "星河市" });
});
afterAll(async () => {
  await Promise.all([app.end(), auth.end(), superuser.end()]);
  await database.drop();
});

const as = <T>(actor: Actor, fn: (tx: ScopedTx) => Promise<T>, now = NOW) =>
  withScope(app, callerOf(actor, now), { readOnly: false }, fn);
const login = <T>(fn: (tx: AuthTx) => Promise<T>, now = NOW) => withAuth(auth, now, fn);

async function sessionOf(actor: Actor): Promise<Buffer> {
  const idHash = secret();
  const { userId, cityId, membershipId } = actor;
  await login((tx) =>
    insertSession(tx, {
      idHash,
      userId,
      cityId,
      membershipId,
      userAgent: "test",
      ip: "127.0.0.1",
      createdAt: NOW,
      expiresAt: later(1000),
    }),
  );
  return idHash;
}

/** An account with a role of its own, so that a test may end it. */
async function newcomer(
  inviter: Actor,
  station: { id: number; name: string; path: string },
  username: string,
) {
  const tokenHash = secret();
  await as(inviter, (tx) =>
    createInvitation(tx, { tokenHash, station, role: "village_head", name: "新人", resetsUserId: null }),
  );
  return login((tx) =>
    acceptInvitation(tx, {
      cityId: inviter.cityId,
      tokenHash,
      by: { username, name: "新人", passwordHash: "x" },
      ip: "",
      reference: "R",
    }),
  );
}

describe("a session", () => {
  it("stands for the person, the role in force and all their roles, in one statement", async () => {
    const idHash = await sessionOf(city.people.headA1);
    const found = await auth.statement((tx) => findSession(tx, idHash));
    expect(found?.actor).toEqual(city.people.headA1);
    expect(found?.memberships).toEqual([
      {
        id: city.people.headA1.membershipId,
        role: "village_head",
        stationId: city.a1.id,
        stationName: "河湾村",
        cityId: city.cityId,
        cityName: "云岭市",
      },
    ]);
    expect(await auth.statement((tx) => findSession(tx, secret()))).toBeNull();
  });

  it("is dead at the moment its role ends, and so is a token", async () => {
    const joined = await newcomer(city.people.headA, city.a2, "shortlived");
    const actor = { ...joined, membershipId: joined.membershipId } as unknown as Actor;
    const idHash = await sessionOf(actor);
    const tokenHash = secret();
    await login((tx) => insertToken(tx, { ...joined, tokenHash, name: "t", expiresAt: later(9_000) }));
    expect(await auth.statement((tx) => findToken(tx, tokenHash, NOW))).not.toBeNull();
    await as(city.people.headA, (tx) => endMembership(tx, joined.membershipId, "调离"));
    expect(await auth.statement((tx) => findSession(tx, idHash))).toBeNull();
    expect(await auth.statement((tx) => findToken(tx, tokenHash, NOW))).toBeNull();
    await login((tx) => revokeMembership(tx, city.cityId, joined.membershipId));
    expect(await login((tx) => listSessions(tx, joined.userId))).toEqual([]);
    expect(await login((tx) => listTokens(tx, joined.userId))).toEqual([]);
  });

  it("is dead when the account is disabled", async () => {
    const joined = await newcomer(city.people.headA, city.a2, "disabled");
    const idHash = await sessionOf(joined as unknown as Actor);
    await superuser`update app_user set status = 'disabled' where id = ${joined.userId}`;
    expect(await auth.statement((tx) => findSession(tx, idHash))).toBeNull();
    expect(await login((tx) => findLogin(tx, "disabled"))).toMatchObject({ disabled: true });
  });

  it("counts the messages that nobody at its own station has read, and no other's", async () => {
    const { headA1, headA2 } = city.people;
    const unread = async (actor: Actor) =>
      (await auth.statement(async (tx) => findSession(tx, await sessionOf(actor))))?.unread;
    const before = [await unread(headA1), await unread(headA2)];
    for (const readAt of [null, null, NOW]) {
      await superuser`
        insert into message (city_id, path, id, station_id, kind, period, at, by_name, read_at)
        values (${city.cityId}, ${city.a1.path}, gen_random_uuid(), ${city.a1.id}, 'reminder', '2026-10', ${NOW}, '柳河镇',
          ${readAt})`;
    }
    expect([await unread(headA1), await unread(headA2)]).toEqual([(before[0] ?? 0) + 2, before[1]]);
    // The login role may count messages and read none of them.
    await expect(auth.statement((tx) => tx.sql`select params from message`)).rejects.toThrow(/denied/);
  });

  it("is listed and revoked by its owner and by nobody else", async () => {
    const { headB, headB1 } = city.people;
    const mine = await sessionOf(headB);
    const second = await sessionOf(headB);
    const theirs = await sessionOf(headB1);
    const hex = theirs.toString("hex");
    expect((await login((tx) => listSessions(tx, headB.userId))).map((s) => s.id)).not.toContain(hex);
    expect(await login((tx) => revokeSession(tx, headB.userId, hex))).toBe(false);
    expect(await login((tx) => revokeSessions(tx, headB.userId, mine.toString("hex")))).toBe(1);
    expect(await auth.statement((tx) => findSession(tx, second))).toBeNull();
    expect(await auth.statement((tx) => findSession(tx, mine))).not.toBeNull();
    expect(await auth.statement((tx) => findSession(tx, theirs))).not.toBeNull();
  });

  it("acts in another role of the same person, never in somebody else's or in one that has ended", async () => {
    const { admin, headB } = city.people;
    const tokenHash = secret();
    await as(other.people.admin, (tx) =>
      createInvitation(tx, {
        tokenHash,
        station: other.a1,
        role: "village_head",
        name: "双岗",
        resetsUserId: null,
      }),
    );
    const second = await login((tx) =>
      acceptInvitation(tx, {
        cityId: other.cityId,
        tokenHash,
        by: { userId: headB.userId },
        ip: "",
        reference: "R",
      }),
    );
    const idHash = await sessionOf(headB);
    const session = { id: idHash.toString("hex"), userId: headB.userId };
    expect(await login((tx) => switchMembership(tx, session, admin.membershipId))).toBeNull();
    expect(
      await login((tx) => switchMembership(tx, { ...session, userId: admin.userId }, admin.membershipId)),
    ).toBeNull();
    expect(await login((tx) => switchMembership(tx, session, second.membershipId))).toMatchObject({
      cityId: other.cityId,
      path: other.a1.path,
    });
    const now = await auth.statement((tx) => findSession(tx, idHash));
    expect(now?.actor).toMatchObject({ cityId: other.cityId, role: "village_head" });
    expect(now?.memberships).toHaveLength(2);
    await as(other.people.admin, (tx) => endMembership(tx, second.membershipId, ""));
    expect(await login((tx) => switchMembership(tx, session, second.membershipId))).toBeNull();
  });

  it("stores nothing that opens a session or uses a token or link", async () => {
    const columns = await superuser<{ column_name: string; data_type: string }[]>`
      select table_name, column_name, data_type from information_schema.columns
      where table_name in ('session', 'api_token', 'invitation') and column_name ~ 'hash'`;
    expect(columns.map((c) => c.data_type)).toEqual(["bytea", "bytea", "bytea"]);
  });
});

describe("a password", () => {
  it("is replaced only while it is the one that was checked", async () => {
    const id = await login((tx) => insertAccount(tx, { username: "pw", name: "pw", passwordHash: "one" }));
    expect(await login((tx) => replacePassword(tx, id, "one", "two"))).toBe(true);
    expect(await login((tx) => replacePassword(tx, id, "one", "three"))).toBe(false);
  });

  it("belongs to one username, whoever came first", async () => {
    const make = () => login((tx) => insertAccount(tx, { username: "once", name: "n", passwordHash: "x" }));
    const made = await Promise.allSettled([make(), make(), make()]);
    expect(made.filter((m) => m.status === "fulfilled")).toHaveLength(1);
    expect(made.filter((m) => m.status === "rejected").every((m) => m.reason instanceof UsernameTaken)).toBe(
      true,
    );
  });
});

describe("people", () => {
  it("are listed in scope only, in the order of the hierarchy, page by page", async () => {
    const { headA, headA1, admin } = city.people;
    const names = async (actor: Actor, limit = 100) => {
      const found: string[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await as(actor, (tx) => listPeople(tx, { ended: false, limit, cursor }));
        found.push(...page.items.map((p) => p.username));
        if (!page.next) return found;
        cursor = page.next;
      }
    };
    expect(await names(headA1)).toEqual(expect.arrayContaining(["9901.heada1", "9901.liaisona1"]));
    expect(await names(headA1)).toHaveLength(2);
    expect(await names(headA)).not.toContain("9901.headb");
    const all = await names(admin);
    expect(await names(admin, 2)).toEqual(all);
    expect(all.some((name) => name.startsWith("9902"))).toBe(false);
  });

  it("are found by name, username, station and its initials, role and subtree", async () => {
    const find = async (filter: object) =>
      (await as(city.people.admin, (tx) => listPeople(tx, { ended: false, limit: 50, ...filter }))).items.map(
        (p) => p.username,
      );
    expect(await find({ q: "9901.headb1" })).toEqual(["9901.headb1"]);
    expect(await find({ q: "LiaisonA1" })).toEqual(["9901.liaisona1"]);
    expect(await find({ q: "hwc" })).toEqual(expect.arrayContaining(["9901.heada1", "9901.liaisona1"]));
    expect(await find({ role: "clerk" })).toEqual(["9901.clerka"]);
    expect(await find({ stationId: city.townB.id })).toEqual(["9901.headb", "9901.headb1"]);
    expect(await find({ stationId: other.townB.id })).toEqual([]);
    expect(await find({ cursor: "/1/~nonsense" })).toEqual([]);
    expect(await find({ q: "%' or 1=1 --" })).toEqual([]);
  });

  it("of a sibling town or another city are neither seen nor ended nor given another role", async () => {
    const { headA, headB1 } = city.people;
    for (const id of [headB1.membershipId, other.people.headA1.membershipId]) {
      expect(await as(headA, (tx) => findPerson(tx, id))).toBeNull();
      expect(await as(headA, (tx) => endMembership(tx, id, ""))).toBeNull();
      expect(await as(headA, (tx) => changeRole(tx, id, "village_liaison"))).toBeNull();
    }
    const [row] = await superuser`select ended_at from membership where id = ${headB1.membershipId}`;
    expect(row?.ended_at).toBeNull();
  });

  it("change their role by ending one and beginning another, and keep the history", async () => {
    const joined = await newcomer(city.people.headA, city.a2, "changer");
    const next = await as(city.people.headA, (tx) => changeRole(tx, joined.membershipId, "village_liaison"));
    expect(next).not.toBeNull();
    const roles = await as(city.people.headA, (tx) => rolesOfPerson(tx, joined.userId));
    expect(roles.map((r) => [r.role, r.endedAt === null])).toEqual([
      ["village_liaison", true],
      ["village_head", false],
    ]);
    expect(
      await as(city.people.headA, (tx) => changeRole(tx, joined.membershipId, "village_head")),
    ).toBeNull();
    const { items } = await as(city.people.headA, (tx) =>
      searchAudit(tx, { action: "membership.change_role", limit: 10 }),
    );
    expect(items[0]).toMatchObject({ before: { role: "village_head" }, after: { role: "village_liaison" } });
  });

  it("of whom two superiors end the same role at once see one ending", async () => {
    const joined = await newcomer(city.people.headA, city.a2, "twice");
    const ended = await Promise.all(
      [city.people.headA, city.people.admin].map((actor) =>
        as(actor, (tx) => endMembership(tx, joined.membershipId, "")),
      ),
    );
    expect(ended.filter((e) => e !== null)).toHaveLength(1);
  });
});

describe("an invitation", () => {
  const invite = async (inviter: Actor, station: SmallCity["a1"], name = "受邀人") => {
    const tokenHash = secret();
    const id = await as(inviter, (tx) =>
      createInvitation(tx, { tokenHash, station, role: "village_head", name, resetsUserId: null }),
    );
    return { tokenHash, id };
  };
  const accept = (
    cityId: number,
    tokenHash: Buffer,
    by: { username: string } | { userId: string },
    now = NOW,
  ) =>
    login(
      (tx) =>
        acceptInvitation(tx, {
          cityId,
          tokenHash,
          by: "userId" in by ? by : { ...by, name: "受邀人", passwordHash: "x" },
          ip: "10.0.0.1",
          reference: "REF",
        }),
      now,
    );
  const reason = (error: unknown) => (error instanceof LinkRefused ? error.reason : String(error));

  it("is accepted once, by whoever comes first of many at the same moment, with account, role and audit entry", async () => {
    const { tokenHash, id } = await invite(city.people.headA, city.a1);
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) => accept(city.cityId, tokenHash, { username: `racer${i}` })),
    );
    expect(tries.filter((t) => t.status === "fulfilled")).toHaveLength(1);
    expect(tries.filter((t) => t.status === "rejected").map((t) => reason(t.reason))).toEqual(
      Array(7).fill("used"),
    );
    expect(await superuser`select username from app_user where username ^@ 'racer'`).toHaveLength(1);
    expect(
      await superuser`select action, path, ip, reference from audit_log where subject_id = ${id} and action = 'invitation.accept'`,
    ).toEqual([{ action: "invitation.accept", path: city.a1.path, ip: "10.0.0.1", reference: "REF" }]);
  });

  it("says why it is not accepted: expired, revoked, unknown, of another city", async () => {
    const expired = await invite(city.people.headA, city.a1);
    await expect(
      accept(city.cityId, expired.tokenHash, { username: "late" }, later(7 * 86_400)).catch(reason),
    ).resolves.toBe("expired");
    const revoked = await invite(city.people.headA, city.a1);
    expect(await as(city.people.headA, (tx) => revokeInvitation(tx, revoked.id))).toBe(true);
    expect(await as(city.people.headA, (tx) => revokeInvitation(tx, revoked.id))).toBe(false);
    await expect(accept(city.cityId, revoked.tokenHash, { username: "no" }).catch(reason)).resolves.toBe(
      "revoked",
    );
    await expect(accept(city.cityId, secret(), { username: "no" }).catch(reason)).resolves.toBe("unknown");
    await expect(accept(other.cityId, expired.tokenHash, { username: "no" }).catch(reason)).resolves.toBe(
      "unknown",
    );
    expect((await login((tx) => findLink(tx, city.cityId, revoked.tokenHash)))?.state).toBe("revoked");
    expect(await login((tx) => findLink(tx, other.cityId, revoked.tokenHash))).toBeNull();
  });

  it("stays open when the username is taken or the person has the role already", async () => {
    const { tokenHash } = await invite(city.people.headA, city.a1);
    await expect(accept(city.cityId, tokenHash, { username: "9901.heada" })).rejects.toBeInstanceOf(
      UsernameTaken,
    );
    await expect(
      accept(city.cityId, tokenHash, { userId: city.people.headA1.userId }).catch(reason),
    ).resolves.toBe("already");
    expect((await login((tx) => findLink(tx, city.cityId, tokenHash)))?.state).toBe("open");
  });

  it("of a sibling town or another city is neither seen nor revoked nor made", async () => {
    const { id } = await invite(city.people.headB, city.b1);
    expect(await as(city.people.headA, (tx) => invitationPath(tx, id))).toBeNull();
    expect(await as(city.people.headA, (tx) => revokeInvitation(tx, id))).toBe(false);
    expect((await as(city.people.headA, (tx) => listInvitations(tx))).map((i) => i.id)).not.toContain(id);
    expect(await as(other.people.admin, (tx) => revokeInvitation(tx, id))).toBe(false);
    expect(await as(city.people.headA, (tx) => findStationToStaff(tx, city.b1.id))).toBeNull();
    await expect(invite(city.people.headA, city.b1)).rejects.toThrow(/row-level security/);
    await expect(invite(city.people.headA, other.a1)).rejects.toThrow(/row-level security/);
  });
});

describe("a reset link", () => {
  const resetLink = async (inviter: Actor, of: { userId: string; station: SmallCity["a1"] }) => {
    const tokenHash = secret();
    await as(inviter, (tx) =>
      createInvitation(tx, {
        tokenHash,
        station: of.station,
        role: "village_head",
        name: "x",
        resetsUserId: of.userId,
      }),
    );
    return tokenHash;
  };
  const use = (tokenHash: Buffer) =>
    login((tx) =>
      acceptReset(tx, { cityId: city.cityId, tokenHash, passwordHash: "reset", ip: "", reference: "R" }),
    );

  it("sets the password once and ends every session and token of the account", async () => {
    const joined = await newcomer(city.people.headA, city.a2, "forgetful");
    const idHash = await sessionOf(joined as unknown as Actor);
    const tokenHash = secret();
    await login((tx) => insertToken(tx, { ...joined, tokenHash, name: "t", expiresAt: later(9_000) }));
    const link = await resetLink(city.people.headA, { userId: joined.userId, station: city.a2 });
    const used = await Promise.allSettled([use(link), use(link)]);
    expect(used.filter((u) => u.status === "fulfilled")).toHaveLength(1);
    expect((await login((tx) => findLogin(tx, "forgetful")))?.passwordHash).toBe("reset");
    expect(await auth.statement((tx) => findSession(tx, idHash))).toBeNull();
    expect(await auth.statement((tx) => findToken(tx, tokenHash, NOW))).toBeNull();
  });

  it("is not for someone who serves elsewhere too, also when they do so only after it was made", async () => {
    const joined = await newcomer(city.people.headA, city.a2, "climber");
    const townA = { cityId: city.cityId, path: city.townA.path };
    const wholeCity = { cityId: city.cityId, path: "/" };
    expect(await login((tx) => mayResetPassword(tx, joined.userId, townA))).toBe(true);
    const link = await resetLink(city.people.headA, { userId: joined.userId, station: city.a2 });

    const tokenHash = secret();
    await as(city.people.admin, (tx) =>
      createInvitation(tx, {
        tokenHash,
        station: city.city,
        role: "city_admin",
        name: "x",
        resetsUserId: null,
      }),
    );
    await login((tx) =>
      acceptInvitation(tx, {
        cityId: city.cityId,
        tokenHash,
        by: { userId: joined.userId },
        ip: "",
        reference: "R",
      }),
    );
    expect(await login((tx) => mayResetPassword(tx, joined.userId, townA))).toBe(false);
    expect(await login((tx) => mayResetPassword(tx, joined.userId, wholeCity))).toBe(true);
    expect(
      await login((tx) => mayResetPassword(tx, joined.userId, { cityId: other.cityId, path: "/" })),
    ).toBe(false);
    await expect(use(link)).rejects.toMatchObject({ reason: "lapsed" });
    expect((await login((tx) => findLogin(tx, "climber")))?.passwordHash).toBe("x");
  });

  it("is not for a colleague at the same station, nor for an operator", async () => {
    const townA = { cityId: city.cityId, path: city.townA.path };
    expect(await login((tx) => mayResetPassword(tx, city.people.clerkA.userId, townA))).toBe(false);
    const operator = await login((tx) =>
      insertAccount(tx, { username: "op", name: "op", passwordHash: "x", operator: true }),
    );
    expect(await login((tx) => mayResetPassword(tx, operator, townA))).toBe(false);
  });
});

describe("a personal access token", () => {
  it("acts in a role of its owner, is listed, notes its use and is revoked by nobody else", async () => {
    const { headA, headB } = city.people;
    const tokenHash = secret();
    const id = await login((tx) =>
      insertToken(tx, { ...headA, tokenHash, name: "脚本", expiresAt: later(60) }),
    );
    expect(id).not.toBeNull();
    expect((await auth.statement((tx) => findToken(tx, tokenHash, NOW)))?.actor).toEqual(headA);
    expect(await login((tx) => listTokens(tx, headA.userId))).toMatchObject([
      { name: "脚本", lastUsedAt: NOW },
    ]);
    expect(await auth.statement((tx) => findToken(tx, tokenHash, later(60)))).toBeNull();
    expect(await login((tx) => revokeToken(tx, headB.userId, id ?? ""))).toBeNull();
    expect(await login((tx) => revokeToken(tx, headA.userId, id ?? ""))).toBe("脚本");
    expect(await auth.statement((tx) => findToken(tx, tokenHash, NOW))).toBeNull();
  });

  it("is not made for somebody else's role, nor without end", async () => {
    const { headA, headB, clerkA } = city.people;
    const make = (membershipId: string) =>
      login((tx) =>
        insertToken(tx, { ...headB, membershipId, tokenHash: secret(), name: "x", expiresAt: later(60) }),
      );
    expect(await make(headA.membershipId)).toBeNull();
    const many = await Promise.all(
      Array.from({ length: MOST_TOKENS + 4 }, () =>
        login((tx) => insertToken(tx, { ...clerkA, tokenHash: secret(), name: "x", expiresAt: later(60) })),
      ),
    );
    expect(many.filter((id) => id !== null)).toHaveLength(MOST_TOKENS);
  });
});

describe("an account", () => {
  const by = (actor: Actor) => ({ ...actor, ip: "127.0.0.1", reference: "R" });
  const state = async (userId: string) => (await login((tx) => accountState(tx, userId)))?.status;

  it("is deactivated from above: sessions and tokens end, roles and history stay, and it can be undone", async () => {
    const joined = await newcomer(city.people.headA, city.a2, "suspended");
    const person = { ...joined, name: "新人", username: "suspended" };
    const counted = () =>
      as(city.people.headA, async (tx) => {
        const { lines } = await listStations(tx, { parentId: city.townA.id, limit: 10 });
        const station = await stationPage(tx, city.a2.id);
        return [
          lines.find(({ id }) => id === city.a2.id)?.people,
          station?.people.filter(({ suspended }) => suspended).map(({ username }) => username),
        ];
      });
    const [present] = await counted();
    const idHash = await sessionOf(joined as unknown as Actor);
    expect(await login((tx) => deactivateAccount(tx, by(city.people.headA), person, "调查期间"))).toBe(true);
    expect(await auth.statement((tx) => findSession(tx, idHash))).toBeNull();
    expect(await login((tx) => listSessions(tx, joined.userId))).toEqual([]);
    expect(await login((tx) => disabledAmong(tx, [joined.userId, city.people.headA.userId]))).toEqual(
      new Set([joined.userId]),
    );
    const role = await as(city.people.headA, (tx) => findPerson(tx, joined.membershipId));
    expect(role?.endedAt).toBeNull();
    // Whoever cannot sign in is none of a station's people in the tree; the role shows why.
    expect(await counted()).toEqual([Number(present) - 1, ["suspended"]]);
    expect(await login((tx) => deactivateAccount(tx, by(city.people.headA), person, ""))).toBe(false);
    expect(await login((tx) => reactivateAccount(tx, by(city.people.admin), person, ""))).toBe(true);
    expect(await state(joined.userId)).toBe("active");
    expect(await counted()).toEqual([present, []]);
    expect(
      await auth.statement(async (tx) => findSession(tx, await sessionOf(joined as unknown as Actor))),
    ).not.toBeNull();
    const told = await superuser`
      select action, path, "after" ->> 'reason' as reason from audit_log
      where subject = 'account' and subject_id = ${joined.userId} and action like 'account.%' order by at, id`;
    expect(told).toEqual([
      { action: "account.deactivate", path: city.a2.path, reason: "调查期间" },
      { action: "account.reactivate", path: city.a2.path, reason: "" },
    ]);
  });

  it("is not deactivated by a sibling, another city, a colleague, an equal below the city, or its owner", async () => {
    const { headA1, liaisonA1, headA, headB, admin } = city.people;
    for (const stranger of [headB, headA1, liaisonA1, other.people.admin]) {
      const done = await login((tx) => deactivateAccount(tx, by(stranger), headA1, ""));
      expect(done, stranger.username).toBe(false);
    }
    expect(await login((tx) => deactivateAccount(tx, by(headA), headA, ""))).toBe(false);
    expect(await login((tx) => deactivateAccount(tx, by(admin), admin, ""))).toBe(false);
    expect(await state(headA1.userId)).toBe("active");
  });

  it("of somebody who serves elsewhere too is out of one town's reach", async () => {
    const joined = await newcomer(city.people.headA, city.a2, "everywhere");
    await superuser`
      insert into membership (city_id, path, id, user_id, username, name, station_id, role, since)
      values (${city.cityId}, ${city.b1.path}, gen_random_uuid(), ${joined.userId}, 'everywhere', '新人', ${city.b1.id},
        'village_head', ${NOW})`;
    const person = { ...joined, name: "新人", username: "everywhere" };
    expect(await login((tx) => deactivateAccount(tx, by(city.people.headA), person, ""))).toBe(false);
    expect(await login((tx) => deactivateAccount(tx, by(city.people.admin), person, ""))).toBe(true);
  });

  it("that the city deactivated is not reactivated by the town, nor by another city", async () => {
    const joined = await newcomer(city.people.headA, city.a2, "fromabove");
    const person = { ...joined, name: "新人", username: "fromabove" };
    expect(await login((tx) => deactivateAccount(tx, by(city.people.admin), person, ""))).toBe(true);
    for (const stranger of [city.people.headA, other.people.admin]) {
      expect(await login((tx) => reactivateAccount(tx, by(stranger), person, ""))).toBe(false);
    }
    expect(await state(joined.userId)).toBe("disabled");
  });
});

describe("guessing a password", () => {
  const rule = (key: string) => ({ key, free: 3, delay: 2 });
  const tryAt = (key: string, seconds: number) =>
    login(async (tx) => {
      await countAttempt(tx, [rule(key)]);
      return 0;
    }, later(seconds)).catch((error) => (error instanceof SlowDown ? error.seconds : Promise.reject(error)));

  it("is free a few times, then waits twice as long each time, up to a quarter of an hour", async () => {
    for (let i = 0; i < 3; i++) expect(await tryAt("a", 0)).toBe(0);
    expect(await tryAt("a", 0)).toBe(2);
    expect(await tryAt("a", 1)).toBe(1);
    expect(await tryAt("a", 2)).toBe(0);
    expect(await tryAt("a", 2)).toBe(4);
    let at = 2;
    for (let i = 0; i < 12; i++) {
      const wait = await tryAt("a", at);
      expect(wait).toBeLessThanOrEqual(LONGEST_DELAY);
      at += wait;
      expect(await tryAt("a", at)).toBe(0);
    }
    expect(await tryAt("a", at)).toBe(LONGEST_DELAY);
  });

  it("is told of at the first failure, when delays begin, and each time their number has doubled", () => {
    const told = Array.from({ length: 1000 }, (_, i) => throttleStep({ free: 5, delay: 2 }, i + 1)).filter(
      (step) => step !== null,
    );
    expect(told.map(({ attempts }) => attempts)).toEqual([1, 5, 10, 20, 40, 80, 160, 320, 640]);
    expect(told.slice(0, 4).map(({ wait }) => wait)).toEqual([0, 2, 64, LONGEST_DELAY]);
  });

  it("starts anew after a day or a login that succeeds", async () => {
    for (let i = 0; i < 3; i++) await tryAt("b", 0);
    expect(await tryAt("b", 0)).toBe(2);
    expect(await tryAt("b", 86_400)).toBe(0);
    for (let i = 0; i < 2; i++) expect(await tryAt("b", 86_400)).toBe(0);
    await login((tx) => forgetAttempts(tx, "b"));
    expect(await tryAt("b", 86_400)).toBe(0);
  });

  it("does not go faster in parallel", async () => {
    const all = await Promise.all(Array.from({ length: 24 }, () => tryAt("c", 0)));
    expect(all.filter((wait) => wait === 0)).toHaveLength(3);
  });

  it("counts under no key when one of them waits, and takes back what succeeded", async () => {
    const both = () => login((tx) => countAttempt(tx, [rule("d1"), rule("d2")])).catch(() => {});
    await login((tx) => countAttempt(tx, [rule("d2")]));
    for (let i = 0; i < 6; i++) await both();
    const points = async () =>
      (await superuser`select points from rate_limit where key in ('d1', 'd2') order by key`).map(
        (r) => r.points,
      );
    expect(await points()).toEqual([2, 3]);
    await login((tx) => uncountAttempt(tx, "d1"));
    expect(await points()).toEqual([1, 3]);
  });
});

describe("the audit log", () => {
  it("is searched by time, person, station and below, action, subject, reference and text, newest first", async () => {
    const find = async (actor: Actor, filter: object) =>
      (await as(actor, (tx) => searchAudit(tx, { limit: 500, ...filter }))).items;
    const all = await find(city.people.auditor, {});
    expect(all.length).toBeGreaterThan(10);
    expect([...all].sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1))).toEqual(all);
    expect(
      (await find(city.people.auditor, { action: "membership" })).every((e) =>
        e.action.startsWith("membership."),
      ),
    ).toBe(true);
    expect(await find(city.people.auditor, { action: "member" })).toEqual([]);
    expect((await find(city.people.auditor, { person: "HEADA" })).every((e) => e.userName === "headA")).toBe(
      true,
    );
    expect((await find(city.people.auditor, { stationId: city.townB.id })).map((e) => e.stationName)).toEqual(
      ["岭脚村"],
    );
    expect((await find(city.people.auditor, { q: "调离" })).map((e) => e.action)).toEqual(["membership.end"]);
    expect(await find(city.people.auditor, { to: new Date("2026-10-01") })).toEqual([]);
    expect(await find(city.people.auditor, { stationId: other.townB.id })).toEqual([]);
  });

  it("shows pages that together are the whole, and nothing of other towns and cities", async () => {
    const found: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await as(city.people.admin, (tx) => searchAudit(tx, { limit: 3, cursor }));
      found.push(...page.items.map((e) => e.id));
      if (!page.next) break;
      cursor = page.next;
    }
    expect(found).toEqual(
      (await as(city.people.admin, (tx) => searchAudit(tx, { limit: 500 }))).items.map((e) => e.id),
    );
    const [id = ""] = found;
    expect(await as(other.people.admin, (tx) => findAuditEntry(tx, id))).toBeNull();
    const ofTown = await as(city.people.headB, (tx) => searchAudit(tx, { limit: 500 }));
    expect(ofTown.items.every((e) => e.stationId === city.b1.id || e.stationId === city.townB.id)).toBe(true);
    expect((await as(city.people.admin, (tx) => searchAudit(tx, { limit: 3, cursor: "x" }))).items).toEqual(
      [],
    );
  });
});
