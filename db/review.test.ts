import { addDays, localDate, type Period, period } from "@muster/domain/period";
import { bucketOf, pilesOf } from "@muster/domain/queue";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Pool } from "./client";
import { signOff } from "./queries/month-steps";
import { openMonth } from "./queries/months";
import { acceptReport, returnReport, submitReport } from "./queries/reports";
import {
  contactOf,
  coverageOf,
  lockableStations,
  monthToReview,
  readReviewer,
  reviewerIdOf,
  reviewMonths,
  reviewQueue,
  unlockedReports,
} from "./queries/review";
import {
  laggardsOf,
  latestOwn,
  markRead,
  messagesOf,
  openInvitations,
  overviewOf,
  owedMonths,
  unreadMessages,
} from "./queries/todos";
import { newId, type ScopedTx, withScope } from "./scope";
import { type TestDatabase, testDatabase } from "./testing/database";
import { callerAt, layCity, putReport, type TestCity } from "./testing/hierarchy";

const NOW = new Date("2026-10-25T02:00:00Z");
const TODAY = localDate(NOW);
const OCTOBER = period("2026-10");
const MONTHS = [period("2026-08"), period("2026-09"), OCTOBER];
const VILLAGES = 12;
const STATES = ["draft", "submitted", "returned", "accepted", "amending"] as const;

let database: TestDatabase;
let pool: Pool;
let city: TestCity;
let other: TestCity;
let town: number;
let villages: number[];

/** Repeats itself: the same states on every machine. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ url: database.appUrl, size: 4 });
  city = await layCity(pool, NOW);
  other = await layCity(pool, NOW);
  town = await city.add(city.rootId, "town", "柳河镇");
  villages = [];
  for (let i = 1; i <= VILLAGES; i += 1) villages.push(await city.add(town, "village", `第${i}村`));
  await other.add(other.rootId, "town", "北港镇");
  for (const each of [city, other]) {
    await each.inCity(async (tx) => {
      for (const month of MONTHS) await openMonth(tx, month);
    });
  }
  const next = sequence(7);
  for (const month of MONTHS) {
    for (const id of villages) {
      const status = STATES[Math.floor(next() * STATES.length)] ?? "draft";
      await putReport(city, id, month, { status, figures: [Math.floor(next() * 50), 3] });
      const excused = next() < 0.2 ? "水灾" : null;
      const returnDue = next() < 0.5 ? addDays(TODAY, Math.floor(next() * 10) - 5) : null;
      const minutes = Math.floor(next() * 1e4);
      await city.inCity(
        (tx) => tx.sql`
          update monthly_report set excused = ${excused}, return_due_on = ${returnDue},
            accepted_figures = ${status === "amending" ? [1, 3] : null}::bigint[],
            submitted_at = ${new Date(NOW.getTime() - minutes * 60_000).toISOString()}
          where city_id = ${tx.scope.cityId} and station_id = ${id} and period = ${month}`,
      );
    }
  }
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const inTown = <T>(fn: (tx: ScopedTx) => Promise<T>) => city.inScopeOf(town, fn);
const inVillage = <T>(index: number, fn: (tx: ScopedTx) => Promise<T>) =>
  city.inScopeOf(villages[index] ?? 0, fn);
const inOther = <T>(fn: (tx: ScopedTx) => Promise<T>) => other.inCity(fn);

interface Raw {
  station_id: number;
  status: (typeof STATES)[number];
  excused: string | null;
  due_on: string;
  return_due_on: string | null;
  submitted_at: string;
}

/** The rows themselves, to count by hand. */
const rowsOf = (month: Period) =>
  city.inCity(async (tx) => [
    ...(await tx.sql<Raw[]>`
      select station_id, status, excused, due_on, return_due_on, submitted_at from monthly_report
      where city_id = ${tx.scope.cityId} and reports_to = ${town} and period = ${month}`),
  ]);

describe("the months of a reviewer", () => {
  it("count what their reports say, whatever states these are in", async () => {
    const months = await inTown((tx) => reviewMonths(tx, town, TODAY));
    expect(months.map((m) => m.period)).toEqual([...MONTHS].reverse());
    for (const month of months) {
      const rows = await rowsOf(month.period);
      const { waiting, returned, missing, excused, accepted } = month;
      expect({ waiting, returned, missing, excused, accepted }).toEqual(pilesOf(rows));
      expect(month.expected).toBe(VILLAGES);
      const owing = rows.filter((r) => ["missing", "returned"].includes(bucketOf(r)));
      expect(month.overdue).toBe(owing.filter((r) => (r.return_due_on ?? r.due_on) < TODAY).length);
      const oldest = rows
        .filter((r) => r.status === "submitted")
        .map((r) => r.submitted_at)
        .sort()[0];
      expect(month.oldestAt).toEqual(oldest ?? null);
    }
  });

  it("agree with the queue of each month", async () => {
    for (const month of await inTown((tx) => reviewMonths(tx, town, TODAY))) {
      const queue = await inTown((tx) => reviewQueue(tx, town, month.period));
      expect(queue.map((row) => row.stationId)).toEqual(villages);
      expect(pilesOf(queue)).toEqual({
        waiting: month.waiting,
        returned: month.returned,
        missing: month.missing,
        excused: month.excused,
        accepted: month.accepted,
      });
    }
  });

  it("lead to the latest month that has begun and is not closed, else to the latest", async () => {
    const months = await inTown((tx) => reviewMonths(tx, town, TODAY));
    expect(monthToReview(months)).toBe(OCTOBER);
    const [latest, before, first] = months;
    if (!latest || !before || !first) throw new Error("three months");
    expect(monthToReview([{ ...latest, begun: false }, before, first])).toBe("2026-09");
    expect(
      monthToReview([
        { ...latest, begun: false },
        { ...before, signedOff: true },
      ]),
    ).toBe(OCTOBER);
    expect(monthToReview([])).toBeNull();
  });

  it("tell the city which towns have accepted reports and have not signed off", async () => {
    await putReport(city, town, MONTHS[0] as Period, { status: "accepted", figures: [1, 1] });
    const seen = () => city.inCity((tx) => reviewMonths(tx, city.rootId, TODAY));
    expect((await seen()).find((m) => m.period === MONTHS[0])?.unsettled).toBe(1);
    const excused = Object.fromEntries(villages.map((id) => [id, "未完成"]));
    const outcome = await inTown((tx) =>
      signOff(tx, { stationId: town, period: MONTHS[0] as Period, excused }),
    );
    expect(outcome.ok).toBe(true);
    expect((await seen()).find((m) => m.period === MONTHS[0])?.unsettled).toBe(0);
    const queue = await city.inCity((tx) => reviewQueue(tx, city.rootId, MONTHS[0] as Period));
    expect(queue).toMatchObject([{ stationId: town, manages: true, signedOffAt: expect.any(String) }]);
  });
});

describe("the second round", () => {
  it("counts the figures that changed, computed ones left out", async () => {
    const id = villages[0] ?? 0;
    const address = { stationId: id, period: OCTOBER };
    await putReport(city, id, OCTOBER, { status: "draft", figures: [] });
    await city.inCity(
      (tx) => tx.sql`update monthly_report set excused = null, round = 0, accepted_figures = null
        where city_id = ${tx.scope.cityId} and station_id = ${id} and period = ${OCTOBER}`,
    );
    const send = (figures: Record<string, number>) => {
      const all = { A01: 300, A02: 210, B01: 1, B02: 1, B03: 1, B05: 2, B07: 0, ...figures };
      const reasons = Object.fromEntries(
        ["OUTLIER", ...Array.from({ length: 40 }, (_, i) => `K${String(i + 1).padStart(2, "0")}`)].map(
          (k) => [k, "已核对"],
        ),
      );
      return inVillage(0, (tx) => submitReport(tx, address, { version: null, figures: all, reasons }));
    };
    expect((await send({ C01: 5, D02: 7 })).ok).toBe(true);
    const row = async () =>
      (await inTown((tx) => reviewQueue(tx, town, OCTOBER))).find((each) => each.stationId === id);
    expect(await row()).toMatchObject({ status: "submitted", round: 1, changed: 0 });
    const input = { figures: { C01: "请核对" }, dueOn: addDays(TODAY, 3) };
    expect((await inTown((tx) => returnReport(tx, address, input))).ok).toBe(true);
    expect(await row()).toMatchObject({ status: "returned", returnedCells: 1, changed: 0 });
    // A01 also moves the staff required for it, which nobody filed.
    expect((await send({ C01: 6, A01: 1200, D02: 7 })).ok).toBe(true);
    expect(await row()).toMatchObject({ status: "submitted", round: 2, changed: 2 });
    // Somebody else than the submitter, who is the same person at every station of this test.
    const caller = callerAt(await city.station(town), city.cityId, NOW);
    const actor = { ...caller.actor, userId: newId() };
    const accepted = await withScope(pool, { ...caller, actor }, { readOnly: false }, (tx) =>
      acceptReport(tx, address),
    );
    expect(accepted.ok).toBe(true);
    expect(await row()).toMatchObject({ status: "accepted", changed: 0 });
  });
});

describe("what is owed at home", () => {
  it("is every month a station still has to file, and nothing that is closed to it", async () => {
    for (const [index, id] of villages.entries()) {
      const owed = await inVillage(index, (tx) => owedMonths(tx, id, { current: OCTOBER, today: TODAY }));
      for (const month of MONTHS) {
        const raw = (await rowsOf(month)).find((r) => r.station_id === id);
        const owes = raw !== undefined && ["draft", "returned", "amending"].includes(raw.status);
        expect(owed.some((each) => each.period === month)).toBe(owes);
      }
      // The first month was signed off above.
      expect(owed.every((each) => each.closed === (each.period === MONTHS[0]))).toBe(true);
    }
  });

  it("says how far the month is and who holds it up", async () => {
    const rows = await rowsOf(OCTOBER);
    const draft = rows.filter((r) => r.status === "draft").length;
    const overview = await inTown((tx) => overviewOf(tx, town, OCTOBER));
    // The town's own report is missing too.
    expect(overview).toMatchObject({ expected: VILLAGES + 1, missing: draft + 1, locked: false });
    const laggards = await city.inCity((tx) => laggardsOf(tx, city.rootId, OCTOBER));
    expect(laggards).toMatchObject([{ stationId: town, missing: draft + 1 }]);
    expect(await inTown((tx) => coverageOf(tx, { stationId: town, period: OCTOBER }))).toMatchObject({
      expected: VILLAGES + 1,
    });
  });

  it("keeps messages until they are read", async () => {
    const id = villages[0] ?? 0;
    const messages = await inVillage(0, (tx) => messagesOf(tx, id));
    expect(messages).toMatchObject([{ kind: "returned", params: { figures: 1 }, readAt: null }]);
    expect(await inVillage(0, (tx) => unreadMessages(tx, id))).toBe(1);
    expect(await inVillage(1, (tx) => markRead(tx, id, null))).toBe(0);
    expect(await inVillage(0, (tx) => markRead(tx, id, messages[0]?.id ?? null))).toBe(1);
    expect(await inVillage(0, (tx) => unreadMessages(tx, id))).toBe(0);
    expect(await inVillage(0, (tx) => latestOwn(tx, id))).toMatchObject({ status: "accepted" });
  });
});

describe("another scope", () => {
  const [anyMonth] = MONTHS as [Period];
  const reads: [string, (tx: ScopedTx) => Promise<unknown>, unknown][] = [
    ["queue", (tx) => reviewQueue(tx, town, OCTOBER), []],
    ["months", (tx) => reviewMonths(tx, town, TODAY), []],
    ["reviewer", (tx) => readReviewer(tx, town), null],
    [
      "reviewer of a report",
      (tx) => reviewerIdOf(tx, { stationId: villages[0] ?? 0, period: anyMonth }),
      null,
    ],
    ["contact", (tx) => contactOf(tx, town), { phone: "", people: [] }],
    ["coverage", (tx) => coverageOf(tx, { stationId: town, period: OCTOBER }), null],
    ["overview", (tx) => overviewOf(tx, town, OCTOBER), null],
    ["owed months", (tx) => owedMonths(tx, villages[0] ?? 0, { current: OCTOBER, today: TODAY }), []],
    ["laggards", (tx) => laggardsOf(tx, city.rootId, OCTOBER), []],
    ["messages", (tx) => messagesOf(tx, villages[0] ?? 0), []],
    ["unlocked", (tx) => unlockedReports(tx, OCTOBER), []],
    ["invitations", (tx) => openInvitations(tx), { open: 0, ending: 0 }],
    ["stations to unlock", (tx) => lockableStations(tx, OCTOBER, "第"), []],
  ];

  it.each(reads)("of another city sees no %s", async (_, see, nothing) => {
    expect(await inOther(see)).toEqual(nothing);
  });

  it("of a village sees nothing of its neighbours", async () => {
    const [own, neighbour] = villages as [number, number];
    const queue = await inVillage(0, (tx) => reviewQueue(tx, town, OCTOBER));
    expect(queue.map((row) => row.stationId)).toEqual([own]);
    expect(
      await inVillage(0, (tx) => reviewerIdOf(tx, { stationId: neighbour, period: OCTOBER })),
    ).toBeNull();
    expect(await inVillage(0, (tx) => readReviewer(tx, town))).toBeNull();
  });

  it("finds stations to unlock by name, code and pinyin", async () => {
    const station = await city.station(villages[2] ?? 0);
    for (const text of [station.name, station.code, "d3c"]) {
      const found = await city.inCity((tx) => lockableStations(tx, OCTOBER, text));
      expect(found.map((each) => each.stationId)).toContain(station.id);
    }
  });

  it("gives a person at the station nothing to decide on", async () => {
    const station = await city.station(villages[3] ?? 0);
    const outcome = await withScope(pool, callerAt(station, city.cityId, NOW), { readOnly: false }, (tx) =>
      acceptReport(tx, { stationId: station.id, period: OCTOBER }),
    );
    expect(outcome.ok).toBe(false);
  });
});
