import type { Actor } from "@muster/domain/actor";
import { type Period, period } from "@muster/domain/period";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Pool } from "./client";
import {
  excuse,
  lockMonth,
  remind,
  signOff,
  signOffOf,
  unlockReport,
  withdrawSignOff,
} from "./queries/month-steps";
import { openMonth } from "./queries/months";
import type { Outcome, StepRefusal } from "./queries/outcome";
import { readReport } from "./queries/report-row";
import { acceptReport, amendReport, returnReport, submitReport } from "./queries/reports";
import { rollupFaults } from "./queries/rollups";
import { type ScopedTx, systemCaller, withScope } from "./scope";
import { type TestDatabase, testDatabase } from "./testing/database";
import { callerOf, type Person, type SmallCity, smallCity, type TestStation } from "./testing/small-city";

/** Each test takes the next month: a lock is for good. */
const MONTHS = ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10"].map((m) => period(`2026-${m}`));
const free = [...MONTHS];
const NOW = new Date("2026-10-25T02:00:00Z");
const FIGURES = { A01: 300, A02: 210, C01: 12, B01: 1, B02: 1, B03: 1, B05: 2, B07: 0 };

let database: TestDatabase;
let pool: Pool;
let city: SmallCity;
let other: SmallCity;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ url: database.appUrl, size: 8 });
  city = await smallCity(database, { validFrom: period("2025-01") });
  other = await smallCity(database, { code: "990200000000", name: "星河市", validFrom: period("2025-01") });
  for (const { cityId } of [city, other]) {
    await withScope(pool, systemCaller(cityId, NOW), { readOnly: false }, async (tx) => {
      for (const month of MONTHS) await openMonth(tx, month);
    });
  }
});

afterEach(async () => {
  // Whatever a test did, every roll-up says what its reports say.
  const faults = await withScope(pool, systemCaller(city.cityId, NOW), { readOnly: true }, (tx) =>
    rollupFaults(tx, MONTHS),
  );
  expect(faults).toEqual([]);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

function nextMonth(): Period {
  const month = free.shift();
  if (!month) throw new Error("every month is used");
  return month;
}

const write = <T>(actor: Actor, fn: (tx: ScopedTx) => Promise<T>, now = NOW) =>
  withScope(pool, callerOf(actor, now), { readOnly: false }, fn);
const at = (month: Period, station: TestStation) => ({ stationId: station.id, period: month });
const report = async (month: Period, station: TestStation) => {
  const found = await withScope(pool, systemCaller(city.cityId, NOW), { readOnly: true }, (tx) =>
    readReport(tx, station.id, month),
  );
  if (!found) throw new Error("no report");
  return found;
};

function ok<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
  return outcome.value;
}

function refusal(outcome: Outcome<unknown>): StepRefusal {
  if (outcome.ok) throw new Error("not refused");
  return outcome.refusal;
}

const lockedAs = (reason: string) => ({ kind: "locked", lock: { reason } });

/** Submits and answers every soft check. */
async function submit(actor: Actor, month: Period, station: TestStation, figures = FIGURES, now = NOW) {
  const reasons: Record<string, string> = {};
  const send = () =>
    write(actor, (tx) => submitReport(tx, at(month, station), { version: null, figures, reasons }), now);
  const first = await send();
  if (first.ok || first.refusal.kind !== "violations") return first;
  for (const { check } of first.refusal.unanswered) reasons[check] = "已核对";
  return send();
}

async function file(actor: Actor, reviewer: Actor, month: Period, station: TestStation): Promise<void> {
  ok(await submit(actor, month, station));
  ok(await write(reviewer, (tx) => acceptReport(tx, at(month, station))));
}

/** Both villages of town A and the town itself are accepted. */
async function acceptTownA(month: Period): Promise<void> {
  const { headA, headA1, headA2, admin } = city.people;
  await file(headA1, headA, month, city.a1);
  await file(headA2, headA, month, city.a2);
  await file(headA, admin, month, city.townA);
}

const sign = (actor: Actor, month: Period, excused: Record<string, string> = {}, station = city.townA) =>
  write(actor, (tx) => signOff(tx, { ...at(month, station), excused }));
const lock = (actor: Actor, month: Period, excused: Record<string, string> = {}) =>
  write(actor, (tx) => lockMonth(tx, { stationId: city.city.id, period: month, excused }));

/** Excuses for everything that reports to the city but town A. */
const others = () =>
  Object.fromEntries([city.townB, city.home].map(({ id }) => [id, "新建站点，下月起报送"]));

/** A transaction whose write to a report waits at the gate: what was read before may be stale by then. */
function pausing(tx: ScopedTx, reached: () => void, gate: Promise<void>): ScopedTx {
  const sql = (strings: TemplateStringsArray, ...values: unknown[]) => {
    const send = () => (tx.sql as unknown as (...parts: unknown[]) => Promise<unknown>)(strings, ...values);
    if (!strings[0]?.includes("update monthly_report set status")) return send();
    reached();
    return gate.then(send);
  };
  return Object.create(tx, { sql: { value: Object.assign(sql, tx.sql) } }) as ScopedTx;
}

/** Runs `step` up to its write, then `meanwhile` to its commit, then the write. */
async function overtaken<T, M>(
  actor: Actor,
  step: (tx: ScopedTx) => Promise<T>,
  meanwhile: () => Promise<M>,
): Promise<{ late: T; first: M }> {
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  let late: Promise<T> | undefined;
  await new Promise<void>((reached, failed) => {
    late = write(actor, (tx) => step(pausing(tx, reached, gate)));
    late.catch(failed);
  });
  const first = await meanwhile();
  open();
  return { late: await (late as Promise<T>), first };
}

describe("a sign-off", () => {
  it("names what is open, takes excuses with a reason, and is done once", async () => {
    const month = nextMonth();
    const { headA, headA1 } = city.people;
    await file(headA1, headA, month, city.a1);
    expect(refusal(await sign(headA, month))).toEqual({
      kind: "incomplete",
      stations: [{ stationId: city.a2.id, name: "上坪村", problem: "not_accepted" }],
    });
    expect(refusal(await sign(headA, month, { [city.a2.id]: "  " }))).toMatchObject({ kind: "incomplete" });
    expect(refusal(await sign(headA, month, { [city.b1.id]: "不是本镇的" }))).toMatchObject({
      kind: "invalid",
      field: "excused",
    });
    const signed = ok(await sign(headA, month, { [city.a2.id]: "水灾停电" }));
    expect(signed.excused).toEqual({ [city.a2.id]: "水灾停电" });
    expect((await report(month, city.a2)).excused).toBe("水灾停电");
    expect(refusal(await sign(headA, month, { [city.a2.id]: "水灾停电" }))).toMatchObject(
      lockedAs("signed_off"),
    );
  });

  it("closes the month for everything below, until it is withdrawn with a reason", async () => {
    const month = nextMonth();
    const { headA, headA1 } = city.people;
    await acceptTownA(month);
    ok(await sign(headA, month));
    const amend = () => write(headA1, (tx) => amendReport(tx, at(month, city.a1), { reason: "漏报" }));
    expect(refusal(await amend())).toMatchObject(lockedAs("signed_off"));
    const excused = await write(headA, (tx) => excuse(tx, { ...at(month, city.a1), reason: "迟了" }));
    expect(refusal(excused)).toMatchObject(lockedAs("signed_off"));

    const withdraw = (reason: string) =>
      write(headA, (tx) => withdrawSignOff(tx, { ...at(month, city.townA), reason }));
    expect(refusal(await withdraw(" "))).toMatchObject({ kind: "invalid", field: "reason" });
    ok(await withdraw("河湾村漏报一次走访"));
    expect(refusal(await withdraw("再来一次"))).toEqual({ kind: "not_found" });
    ok(await amend());
    expect(refusal(await sign(headA, month))).toMatchObject({ kind: "incomplete" });
  });

  it("and a correction that began before it: the correction learns that it came too late", async () => {
    const month = nextMonth();
    const { headA, headA1 } = city.people;
    await acceptTownA(month);
    const { late, first } = await overtaken(
      headA1,
      (tx) => amendReport(tx, at(month, city.a1), { reason: "漏报" }),
      () => sign(headA, month),
    );
    expect(first.ok).toBe(true);
    expect(refusal(late)).toMatchObject({ kind: "conflict", current: { signedOff: true } });
    expect((await report(month, city.a1)).status).toBe("accepted");
  });
});

describe("a decision", () => {
  it("of two reviewers at once, one accepting and one returning: one wins, the other sees what stands", async () => {
    const month = nextMonth();
    const { headA, clerkA, headA1 } = city.people;
    ok(await submit(headA1, month, city.a1));
    const { late, first } = await overtaken(
      headA,
      (tx) => acceptReport(tx, at(month, city.a1)),
      () =>
        write(clerkA, (tx) =>
          returnReport(tx, at(month, city.a1), { figures: { C01: "请核对" }, dueOn: "2026-10-28" }),
        ),
    );
    expect(first.ok).toBe(true);
    expect(refusal(late)).toMatchObject({ kind: "conflict", current: { status: "returned" } });

    ok(await submit(headA1, month, city.a1, { ...FIGURES, C01: 13 }));
    const both = await Promise.all([
      write(headA, (tx) => acceptReport(tx, at(month, city.a1))),
      write(clerkA, (tx) =>
        returnReport(tx, at(month, city.a1), { figures: { C01: "请核对" }, dueOn: "2026-10-28" }),
      ),
    ]);
    expect(both.filter((outcome) => outcome.ok)).toHaveLength(1);
  });
});

describe("a lock", () => {
  it("needs every child of the city accepted and signed off, or excused; what is missing stays missing", async () => {
    const month = nextMonth();
    const { admin, headA } = city.people;
    await acceptTownA(month);
    expect(refusal(await lock(admin, month, others()))).toEqual({
      kind: "incomplete",
      stations: [{ stationId: city.townA.id, name: "柳河镇", problem: "not_signed_off" }],
    });
    ok(await sign(headA, month));
    ok(await lock(admin, month, others()));
    expect((await report(month, city.a1)).status).toBe("locked");
    expect((await report(month, city.b1)).status).toBe("draft");
    expect(refusal(await lock(admin, month, others()))).toMatchObject(lockedAs("locked"));
    expect(refusal(await sign(city.people.headB, month, {}, city.townB))).toMatchObject(lockedAs("locked"));
    const withdrawn = await write(headA, (tx) =>
      withdrawSignOff(tx, { ...at(month, city.townA), reason: "改数" }),
    );
    expect(refusal(withdrawn)).toMatchObject(lockedAs("locked"));
    const excused = await write(city.people.headB, (tx) =>
      excuse(tx, { ...at(month, city.b1), reason: "迟了" }),
    );
    expect(refusal(excused)).toMatchObject(lockedAs("locked"));
  });

  it("and an acceptance that began before it: nothing is accepted into a locked month", async () => {
    const month = nextMonth();
    const { admin, headA, headA1 } = city.people;
    ok(await submit(headA1, month, city.a1));
    const { late, first } = await overtaken(
      headA,
      (tx) => acceptReport(tx, at(month, city.a1)),
      () => lock(admin, month, { ...others(), [city.townA.id]: "未完成" }),
    );
    expect(first.ok).toBe(true);
    expect(refusal(late)).toMatchObject({ kind: "conflict", current: { monthLocked: true } });
    expect((await report(month, city.a1)).status).toBe("submitted");
  });

  it("is opened for one station with a reason and an end, and closes again with the acceptance", async () => {
    const month = nextMonth();
    const { admin, headA, headA1 } = city.people;
    await acceptTownA(month);
    ok(await sign(headA, month));
    const unlock = (reason: string, until: string, actor = admin) =>
      write(actor, (tx) => unlockReport(tx, { ...at(month, city.a1), reason, until }));
    expect(refusal(await unlock("补报", "2026-10-24"))).toMatchObject({ kind: "invalid", field: "until" });
    expect(refusal(await unlock("补报", "2026-12-27"))).toMatchObject({ kind: "invalid", field: "until" });
    expect(refusal(await unlock("补报", "2026-02-30"))).toMatchObject({ kind: "invalid", field: "until" });
    expect(refusal(await unlock(" ", "2026-10-30"))).toMatchObject({ kind: "invalid", field: "reason" });
    expect(refusal(await unlock("补报", "2026-10-30", headA))).toEqual({ kind: "forbidden" });
    expect(refusal(await unlock("补报", "2026-10-30", other.people.admin))).toEqual({ kind: "not_found" });
    ok(await lock(admin, month, others()));
    ok(await unlock("补报走访", "2026-10-30"));

    const amend = (now: Date) =>
      write(headA1, (tx) => amendReport(tx, at(month, city.a1), { reason: "补报走访" }), now);
    expect(refusal(await amend(new Date("2026-10-31T02:00:00Z")))).toMatchObject(lockedAs("locked"));
    ok(await amend(NOW));
    ok(await submit(headA1, month, city.a1, { ...FIGURES, C01: 20 }));
    // The unlocking has run out by now; the decision may still be taken, or the amendment would hang.
    ok(await write(headA, (tx) => acceptReport(tx, at(month, city.a1)), new Date("2026-11-02T02:00:00Z")));
    expect(await report(month, city.a1)).toMatchObject({ status: "locked", unlockedUntil: null });
    expect(refusal(await amend(NOW))).toMatchObject(lockedAs("locked"));
    const [message] = await withScope(
      pool,
      callerOf(headA1, NOW),
      { readOnly: true },
      (tx) =>
        tx.sql`select params from message where city_id = ${city.cityId} and station_id = ${city.a1.id}
          and kind = 'unlocked' and period = ${month}`,
    );
    expect(message?.params).toEqual({ until: "2026-10-30", reason: "补报走访" });
  });

  it("cannot be opened where nothing is closed", async () => {
    const month = nextMonth();
    const outcome = await write(city.people.admin, (tx) =>
      unlockReport(tx, { ...at(month, city.a1), reason: "补报", until: "2026-10-30" }),
    );
    expect(refusal(outcome)).toMatchObject({ kind: "invalid", field: "period" });
  });
});

describe("the wrong hands", () => {
  type Step = (tx: ScopedTx, month: Period) => Promise<Outcome<unknown>>;
  // Who may, as far as the database knows: stations and scopes. Which role of a station may, the abilities say.
  const steps: [string, Step, (string | Person)[]][] = [
    [
      "signs town A off",
      (tx, m) => signOff(tx, { ...at(m, city.townA), excused: bothExcused() }),
      ["headA", "clerkA"],
    ],
    [
      "withdraws",
      (tx, m) => withdrawSignOff(tx, { ...at(m, city.townA), reason: "改数" }),
      ["headA", "clerkA"],
    ],
    ["excuses a1", (tx, m) => excuse(tx, { ...at(m, city.a1), reason: "水灾" }), ["headA", "clerkA"]],
    [
      "locks",
      (tx, m) => lockMonth(tx, { stationId: city.city.id, period: m, excused: {} }),
      ["admin", "overseer", "auditor"],
    ],
  ];
  const bothExcused = () => ({ [city.a1.id]: "水灾", [city.a2.id]: "水灾" });

  it.each(steps)("%s", async (_, step, may) => {
    const month = MONTHS[MONTHS.length - 1] as Period;
    const people = Object.entries(city.people).map(([key, actor]) => [key, actor] as const);
    for (const [key, actor] of [...people, ["stranger", other.people.headA] as const]) {
      let kind = "done";
      await write(actor, async (tx) => {
        const outcome = await step(tx, month);
        kind = outcome.ok ? "done" : outcome.refusal.kind;
        // Nothing a test tries is kept.
        throw new Error("rolled back");
      }).catch((error: Error) => expect(error.message).toBe("rolled back"));
      const refused = kind === "forbidden" || (kind === "not_found" && key !== "headA" && key !== "clerkA");
      expect(`${key} ${refused ? "refused" : "let in"}`).toBe(
        `${key} ${may.includes(key) ? "let in" : "refused"}`,
      );
    }
  });

  it("reminds only those that report to it and owe something", async () => {
    const month = nextMonth();
    const { headA, headA1, headB } = city.people;
    ok(await submit(headA1, month, city.a1));
    const all = [city.a1, city.a2, city.b1].map(({ id }) => id);
    expect(await write(headA, (tx) => remind(tx, { stationIds: all, period: month }))).toBe(1);
    expect(await write(headB, (tx) => remind(tx, { stationIds: [city.a2.id], period: month }))).toBe(0);
    expect((await report(month, city.a2)).remindedAt).not.toBeNull();
    expect((await report(month, city.a1)).remindedAt).toBeNull();
    expect((await report(month, city.b1)).remindedAt).toBeNull();
  });

  it("sees no sign-off of another city", async () => {
    const month = nextMonth();
    const { headA } = city.people;
    ok(await sign(headA, month, bothExcused()));
    const seen = await write(other.people.admin, (tx) => signOffOf(tx, city.townA.id, month));
    expect(seen).toBeNull();
  });
});
