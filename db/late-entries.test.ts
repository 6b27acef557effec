import type { Actor } from "@muster/domain/actor";
import { period } from "@muster/domain/period";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Pool } from "./client";
import { raiseFinding } from "./queries/findings/steps";
import { amendByRecords, lateMonths } from "./queries/late-entries";
import { openMonth } from "./queries/months";
import type { Outcome } from "./queries/outcome";
import { readReport } from "./queries/report-row";
import { acceptReport, submitReport } from "./queries/reports";
import { rollupFaults } from "./queries/rollups";
import { type ScopedTx, systemCaller, withScope } from "./scope";
import { type TestDatabase, testDatabase } from "./testing/database";
import { callerOf, type SmallCity, smallCity } from "./testing/small-city";

const october = period("2026-10");
const before = new Date("2026-10-25T02:00:00Z");
const after = new Date("2026-11-02T02:00:00Z");
const backTwo = { current: period("2026-11"), back: 2 };

let database: TestDatabase;
let pool: Pool;
let city: SmallCity;
let other: SmallCity;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ url: database.appUrl, size: 4 });
  city = await smallCity(database);
  other = await smallCity(database, { code: "990200000000", name: "星河市" });
  for (const { cityId } of [city, other]) {
    await withScope(pool, systemCaller(cityId, before), { readOnly: false }, (tx) => openMonth(tx, october));
  }
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const as = <T>(actor: Actor, fn: (tx: ScopedTx) => Promise<T>, now = after) =>
  withScope(pool, callerOf(actor, now), { readOnly: false }, fn);
function ok<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`);
  return outcome.value;
}

test("what is entered after the report is proposed as its amendment, to its own station alone", async () => {
  const { headA, headA1, headA2, headB1, admin } = city.people;
  const address = { stationId: city.a1.id, period: october };
  const raise = (body: string) =>
    as(
      headA,
      (tx) =>
        raiseFinding(tx, {
          stationId: city.a1.id,
          item: { code: "G1", zh: "服务场所面积", en: "Floor area" },
          body,
          severity: "minor",
          dueOn: null,
        }),
      before,
    );
  const lateAt = (actor: Actor, stationId = city.a1.id) =>
    as(actor, (tx) => lateMonths(tx, stationId, backTwo));

  await raise("窗口未设置");
  const figures = {
    A01: 300,
    A02: 200,
    B01: 1,
    B02: 1,
    C01: 4,
    C02: 3,
    D01: 2,
    F01: 5,
    G01: 1,
    G02: 0,
    G03: 0,
  };
  ok(await as(headA1, (tx) => submitReport(tx, address, { version: null, figures }), before));
  expect(await lateAt(headA1)).toEqual([]);
  ok(await as(headA, (tx) => acceptReport(tx, address)));
  expect(await lateAt(headA1)).toEqual([]);

  await raise("制度未上墙");
  const proposed = [{ period: october, entries: [{ code: "G01", filed: 1, now: 2 }] }];
  expect(await lateAt(headA1)).toEqual(proposed);
  // A sibling, and another city, learn nothing of it.
  for (const stranger of [headA2, headB1, other.people.admin]) expect(await lateAt(stranger)).toEqual([]);

  const current = await as(headA1, (tx) => readReport(tx, city.a1.id, october));
  const version = current?.version ?? 0;
  const amend = (actor: Actor, at = version) =>
    as(actor, (tx) => amendByRecords(tx, address, { version: at, reason: "报送后补记" }));
  for (const stranger of [headA2, headB1, other.people.admin]) {
    expect((await amend(stranger)).ok).toBe(false);
  }
  expect((await amend(headA1, version - 1)).ok).toBe(false);
  expect(await as(headA1, (tx) => readReport(tx, city.a1.id, october))).toEqual(current);

  const amended = ok(await amend(headA1));
  expect(amended).toMatchObject({ status: "amending", version: version + 2 });
  const g01 = async (actor: Actor) => {
    const [row] = await as(
      actor,
      (tx) => tx.sql<{ value: number }[]>`
        select value from figure where city_id = ${tx.scope.cityId} and station_id = ${city.a1.id}
          and period = ${october} and code = 'G01'`,
    );
    return row?.value;
  };
  expect(await g01(headA1)).toBe(2);
  expect(await lateAt(headA1)).toEqual([]);
  const faults = await as(admin, (tx) => rollupFaults(tx, [october]));
  expect(faults).toEqual([]);

  ok(await as(headA1, (tx) => submitReport(tx, address, { version: null })));
  expect(await lateAt(headA1)).toEqual([]);
});
