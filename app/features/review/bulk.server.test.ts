import { Pool } from "@muster/db/client";
import { openMonth } from "@muster/db/queries/months";
import { amendReport, submitReport } from "@muster/db/queries/reports";
import { reviewQueue } from "@muster/db/queries/review";
import { systemCaller, withScope } from "@muster/db/scope";
import { type TestDatabase, testDatabase } from "@muster/db/testing/database";
import { callerOf, type SmallCity, smallCity, type TestStation } from "@muster/db/testing/small-city";
import type { Actor } from "@muster/domain/actor";
import { period } from "@muster/domain/period";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { translate } from "~/i18n/i18n.server";
import { permissionsOf } from "~/server/authorization.server";
import type { WriteScope } from "~/server/prepare.server";
import type { Reader } from "./access.server";
import { acceptAll, remindOwing } from "./bulk.server";
import { queueModel } from "./queue-model.server";

const NOW = new Date("2026-10-25T02:00:00Z");
const OCTOBER = period("2026-10");

let database: TestDatabase;
let pool: Pool;
let city: SmallCity;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ url: database.appUrl, size: 4 });
  city = await smallCity(database);
  await withScope(pool, systemCaller(city.cityId, NOW), { readOnly: false }, (tx) => openMonth(tx, OCTOBER));
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

function scopeOf(actor: Actor): WriteScope {
  const run =
    (readOnly: boolean): WriteScope["write"] =>
    (fn) =>
      withScope(pool, callerOf(actor, NOW), { readOnly }, fn);
  return Object.assign(run(true), { write: run(false) });
}

const readerOf = (actor: Actor): Reader => {
  const { ability, may } = permissionsOf(actor);
  return { actor, ability, may, locale: "zh-CN", t: translate("zh-CN"), now: NOW };
};

/** Submits with what an ordinary village files; `visits` far from its children's explains itself. */
async function submit(actor: Actor, station: TestStation, figures: Record<string, number> = {}) {
  const all = { A01: 300, A02: 210, C01: 12, B01: 1, B02: 1, B03: 1, B05: 2, B07: 0, ...figures };
  const address = { stationId: station.id, period: OCTOBER };
  const reasons: Record<string, string> = {};
  const send = () =>
    scopeOf(actor).write((tx) => submitReport(tx, address, { version: null, figures: all, reasons }));
  let outcome = await send();
  if (!outcome.ok && outcome.refusal.kind === "violations") {
    for (const { check } of outcome.refusal.unanswered) reasons[check] = "已核对";
    outcome = await send();
  }
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
  return outcome.value;
}

describe("accepting together", () => {
  it("takes what waits without a hint, says what became of each, and leaves the rest", async () => {
    const { headA, headA1, headA2, clerkA } = city.people;
    const clean = await submit(headA1, city.a1);
    expect(clean.warnings).toBe(0);
    const hinted = await submit(headA2, city.a2, { A02: 300, A03: 290, A09: 3 });

    expect(await acceptAll(scopeOf(clerkA), { period: OCTOBER }, readerOf(clerkA))).toEqual([
      { stationId: city.a1.id, name: "河湾村", ok: false, why: "这一步不由您的岗位办理。" },
      ...(hinted.warnings === 0
        ? [{ stationId: city.a2.id, name: "上坪村", ok: false, why: "这一步不由您的岗位办理。" }]
        : []),
    ]);
    const results = await acceptAll(scopeOf(headA), { period: OCTOBER }, readerOf(headA));
    expect(results[0]).toEqual({ stationId: city.a1.id, name: "河湾村", ok: true, why: "" });
    expect(results).toHaveLength(hinted.warnings === 0 ? 2 : 1);
  });

  it("says of a ticked one why not, and holds no other back", async () => {
    const { headA, headA1 } = city.people;
    const address = { stationId: city.a1.id, period: OCTOBER };
    const opened = await scopeOf(headA1).write((tx) => amendReport(tx, address, { reason: "漏报" }));
    expect(opened.ok).toBe(true);
    const only = [city.a1.id, city.a2.id, city.b1.id];
    const results = await acceptAll(scopeOf(headA), { period: OCTOBER, only }, readerOf(headA));
    expect(results.map((r) => r.stationId)).not.toContain(city.b1.id);
    expect(results.find((r) => r.stationId === city.a1.id)).toMatchObject({
      ok: false,
      why: "报表正在更正。",
    });
  });

  it("never takes one's own submission, and does not offer it", async () => {
    const { headA, headA1 } = city.people;
    const both = { ...headA1, userId: headA.userId };
    await submit(both, city.a1, { C01: 13 });
    expect(await acceptAll(scopeOf(headA), { period: OCTOBER }, readerOf(headA))).toEqual([]);
    const forced = await acceptAll(scopeOf(headA), { period: OCTOBER, only: [city.a1.id] }, readerOf(headA));
    expect(forced).toMatchObject([{ ok: false, why: "这一步不由您的岗位办理。" }]);
    const rows = await scopeOf(headA)((tx) => reviewQueue(tx, city.townA.id, OCTOBER));
    const queue = queueModel(
      {
        reviewer: { id: city.townA.id, name: "柳河镇" },
        period: OCTOBER,
        rows,
        month: undefined,
        search: { station: undefined, period: undefined, status: "", q: "" },
      },
      readerOf(headA),
    );
    expect(queue.clean).toBe(0);
    expect(queue.lines.find((line) => line.stationId === city.a1.id)?.acceptable).toBe(false);
  });

  it("reminds what owes, and nobody else's", async () => {
    const { headB, headA } = city.people;
    expect(await remindOwing(scopeOf(headB), OCTOBER, city.townB.id)).toBe(1);
    expect(await remindOwing(scopeOf(headA), OCTOBER, city.townA.id)).toBe(0);
  });
});
