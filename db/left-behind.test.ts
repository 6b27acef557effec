import type { Actor } from "@muster/domain/actor";
import { localDate, type Period, period } from "@muster/domain/period";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Pool } from "./client";
import { faultsOfHierarchy } from "./doctor/hierarchy";
import { lockMonth, remind, signOff, unlockReport } from "./queries/month-steps";
import { openMonth } from "./queries/months";
import type { Outcome } from "./queries/outcome";
import { reportPage } from "./queries/report-page";
import { readReport } from "./queries/report-row";
import { acceptReport, amendReport, returnReport, submitReport } from "./queries/reports";
import { reviewerIdOf, reviewMonths, reviewQueue } from "./queries/review";
import { rollupFaults } from "./queries/rollups";
import { mergeStation, moveStation } from "./queries/stations/structure";
import { type ScopedTx, systemCaller, withScope } from "./scope";
import { type TestDatabase, testDatabase } from "./testing/database";
import { callerOf, type SmallCity, smallCity } from "./testing/small-city";

/** Locked before the move, accepted and still open at the move, and the month of the move. */
const [LOCKED, OPEN, CURRENT] = [period("2026-08"), period("2026-09"), period("2026-10")];
const NOW = new Date("2026-10-25T02:00:00Z");
const FIGURES = { A01: 300, A02: 210, C01: 12, B01: 1, B02: 1, B03: 1, B05: 2, B07: 0 };

let database: TestDatabase;
let pool: Pool;
let city: SmallCity;
let other: SmallCity;
/** The head of the village that moves, as their session knows them afterwards. */
let moved: Actor;

const write = <T>(actor: Actor, fn: (tx: ScopedTx) => Promise<T>) =>
  withScope(pool, callerOf(actor, NOW), { readOnly: false }, fn);

function ok<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
  return outcome.value;
}

const refusal = <T>(outcome: Outcome<T>) => (outcome.ok ? "done" : outcome.refusal.kind);
const at = (month: Period, station = city.a1) => ({ stationId: station.id, period: month });
const submit = (actor: Actor, month: Period, station = city.a1, figures: Record<string, number> = FIGURES) =>
  write(actor, (tx) =>
    submitReport(tx, at(month, station), {
      figures,
      version: null,
      reasons: { K16: "复核", OUTLIER: "复核" },
    }),
  );

/** What the roll-up of a station says of C01 in a month, and of how many accepted reports. */
async function sum(stationId: number, month: Period): Promise<{ c01: number; accepted: number }> {
  return write(city.people.admin, async (tx) => {
    const [row] = await tx.sql<{ c01: number; accepted: number }[]>`
      select coalesce(u.accepted[i.slot + 1], 0) as c01, u.accepted_count as accepted from rollup u
      join indicator i on i.city_id = u.city_id and i.code = 'C01'
      where u.city_id = ${city.cityId} and u.station_id = ${stationId} and u.period = ${month} limit 1`;
    if (!row) throw new Error("no roll-up");
    return row;
  });
}

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ url: database.appUrl, size: 8 });
  city = await smallCity(database, { validFrom: period("2025-01") });
  other = await smallCity(database, { code: "990200000000", name: "星河市", validFrom: period("2025-01") });
  const { admin, headA, headA1 } = city.people;
  await withScope(pool, systemCaller(city.cityId, NOW), { readOnly: false }, async (tx) => {
    for (const month of [LOCKED, OPEN, CURRENT]) await openMonth(tx, month);
  });
  for (const month of [LOCKED, OPEN]) {
    ok(await submit(headA1, month));
    ok(await write(headA, (tx) => acceptReport(tx, at(month))));
  }
  const excused = (stations: { id: number }[]) =>
    Object.fromEntries(stations.map(({ id }) => [String(id), "停电"]));
  ok(
    await write(headA, (tx) =>
      signOff(tx, { stationId: city.townA.id, period: LOCKED, excused: excused([city.a2]) }),
    ),
  );
  ok(
    await write(admin, (tx) =>
      lockMonth(tx, {
        stationId: city.city.id,
        period: LOCKED,
        excused: excused([city.townA, city.townB, city.home]),
      }),
    ),
  );
  const outcome = await write(admin, (tx) =>
    moveStation(tx, { stationId: city.a1.id, version: 1, parentId: city.townB.id, on: "2026-10-05" }),
  );
  if (!outcome.ok) throw new Error(outcome.refusal);
  moved = { ...headA1, path: `${city.townB.path}${city.a1.id}/` };
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

describe("a closed month of a station that has moved", () => {
  it("is decided by the parent of today, and counts where it was reported", async () => {
    const { admin, headA, headB, headB1, clerkA } = city.people;
    const before = { a: await sum(city.townA.id, LOCKED), b: await sum(city.townB.id, LOCKED) };
    ok(
      await write(admin, (tx) =>
        unlockReport(tx, { ...at(LOCKED), reason: "台账有误", until: "2026-11-10" }),
      ),
    );
    ok(await write(moved, (tx) => amendReport(tx, at(LOCKED))));
    ok(await submit(moved, LOCKED, city.a1, { ...FIGURES, C01: 20 }));

    // Right month, wrong station: the old parent, a neighbour, the village itself and another city.
    expect(await write(headA, (tx) => readReport(tx, city.a1.id, LOCKED))).toBeNull();
    for (const stranger of [
      headA,
      clerkA,
      city.people.homeHead,
      headB1,
      other.people.headB,
      other.people.admin,
    ]) {
      expect(refusal(await write(stranger, (tx) => acceptReport(tx, at(LOCKED))))).toBe("not_found");
    }
    expect(refusal(await write(moved, (tx) => acceptReport(tx, at(LOCKED))))).toBe("forbidden");
    expect(refusal(await write(admin, (tx) => acceptReport(tx, at(LOCKED))))).toBe("forbidden");

    const seen = await write(headB, (tx) => reportPage(tx, at(LOCKED)));
    expect(seen.found && seen.page.report).toMatchObject({
      reportsTo: city.townA.id,
      reviewerId: city.townB.id,
    });
    expect(seen.found && seen.page.station.reviewer).toBe(city.townB.name);
    expect(await write(headB, (tx) => reviewerIdOf(tx, at(LOCKED)))).toBe(city.townB.id);
    ok(
      await write(headB, (tx) =>
        returnReport(tx, at(LOCKED), { figures: { C01: "请核对" }, dueOn: "2026-10-28" }),
      ),
    );
    expect(await write(headB, (tx) => remind(tx, { stationIds: [city.a1.id], period: LOCKED }))).toBe(1);
    ok(await submit(moved, LOCKED, city.a1, { ...FIGURES, C01: 21 }));
    const report = ok(await write(headB, (tx) => acceptReport(tx, at(LOCKED))));
    expect(report.status).toBe("locked");
    expect(await sum(city.townA.id, LOCKED)).toEqual({ ...before.a, c01: before.a.c01 + 9 });
    expect(await sum(city.townB.id, LOCKED)).toEqual(before.b);
  });

  it("shows in the new parent's queue and to-dos while it is in hand, and in nobody else's", async () => {
    const { admin, headA, headB } = city.people;
    const queue = async (actor: Actor) =>
      (await write(actor, (tx) => reviewQueue(tx, actor.stationId, LOCKED))).map((row) => row.stationId);
    const month = async (actor: Actor) =>
      (await write(actor, (tx) => reviewMonths(tx, actor.stationId, localDate(NOW), 1))).find(
        (each) => each.period === LOCKED,
      );
    expect(await queue(headB)).toEqual([city.b1.id]);
    expect(await month(headB)).toBeUndefined();
    ok(
      await write(admin, (tx) =>
        unlockReport(tx, { ...at(LOCKED), reason: "台账有误", until: "2026-11-10" }),
      ),
    );
    ok(await write(headB, (tx) => amendReport(tx, at(LOCKED))));
    ok(await submit(moved, LOCKED, city.a1, { ...FIGURES, C01: 30 }));
    expect(await queue(headB)).toEqual([city.a1.id, city.b1.id]);
    expect(await queue(headA)).toEqual([city.a2.id]);
    // Beyond the months that are looked at otherwise; its own month stays that of one village.
    expect(await month(headB)).toMatchObject({
      expected: 1,
      waiting: 1,
      reopened: 1,
      missing: 1,
      locked: true,
    });
    expect(await month(headA)).toBeUndefined();
    ok(await write(headB, (tx) => acceptReport(tx, at(LOCKED))));
    expect(await queue(headB)).toEqual([city.b1.id]);
  });
});

describe("an open month of a station that has moved", () => {
  it("is closed where it stays behind, until the city opens it for the new parent", async () => {
    const { admin, headA, headB } = city.people;
    expect(await write(moved, (tx) => readReport(tx, city.a1.id, OPEN))).toMatchObject({
      reportsTo: city.townA.id,
      reviewerId: city.townB.id,
      status: "accepted",
      signedOff: true,
    });
    expect(refusal(await write(moved, (tx) => amendReport(tx, at(OPEN))))).toBe("locked");
    expect(refusal(await write(headB, (tx) => amendReport(tx, at(OPEN))))).toBe("locked");
    expect(refusal(await write(headA, (tx) => amendReport(tx, at(OPEN))))).toBe("not_found");
    ok(await write(admin, (tx) => unlockReport(tx, { ...at(OPEN), reason: "漏报", until: "2026-11-10" })));
    ok(await write(moved, (tx) => amendReport(tx, at(OPEN))));
    ok(await submit(moved, OPEN, city.a1, { ...FIGURES, C01: 15 }));
    ok(await write(headB, (tx) => acceptReport(tx, at(OPEN))));
    expect(await sum(city.townA.id, OPEN)).toEqual({ c01: 15, accepted: 1 });
    expect(await sum(city.townB.id, OPEN)).toEqual({ c01: 0, accepted: 0 });
  });

  it("follows it where nothing is decided yet: the new parent is then the month's own", async () => {
    expect(await write(moved, (tx) => readReport(tx, city.a1.id, CURRENT))).toMatchObject({
      reportsTo: city.townB.id,
      reviewerId: city.townB.id,
      signedOff: false,
    });
  });
});

describe("a station merged into one of another town", () => {
  it("leaves its closed months to the parent of the one that goes on", async () => {
    const { admin, headB } = city.people;
    ok(await submit(city.people.headA2, OPEN, city.a2));
    ok(await write(city.people.headA, (tx) => acceptReport(tx, at(OPEN, city.a2))));
    const outcome = await write(admin, (tx) =>
      mergeStation(tx, { stationId: city.a2.id, version: 1, intoId: city.b1.id, on: "2026-10-06" }),
    );
    if (!outcome.ok) throw new Error(outcome.refusal);
    const report = await write(headB, (tx) => readReport(tx, city.a2.id, LOCKED));
    expect(report).toMatchObject({ reportsTo: city.townA.id, reviewerId: city.townB.id });
  });
});

it("leaves nothing for the doctor to find", async () => {
  const faults = await withScope(pool, systemCaller(city.cityId, NOW), { readOnly: true }, async (tx) => [
    ...(await rollupFaults(tx, [LOCKED, OPEN, CURRENT])),
    ...(await faultsOfHierarchy(tx)),
  ]);
  expect(faults).toEqual([]);
});
