import type { Actor } from "@muster/domain/actor";
import { period } from "@muster/domain/period";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Pool } from "../../client";
import { type ScopedTx, withScope } from "../../scope";
import { type TestDatabase, testDatabase } from "../../testing/database";
import { callerOf, type SmallCity, smallCity, type TestStation } from "../../testing/small-city";
import { cityCatalogue, touchCatalogue } from "../catalogue";
import { raiseFinding } from "../findings/steps";
import { openMonth } from "../months";
import { acceptReport, amendReport, returnReport, submitReport } from "../reports";
import { savePosts } from "../staff/posts";
import { setInForce } from "../standards/read";
import { standByAssessments } from "../standings/compliance";
import { editStation } from "../stations/edit";
import { findStation } from "../stations/row";
import { moveStation } from "../stations/structure";
import { childrenOf } from "./children";
import { complianceOf, failingStations, rectifications } from "./compliance";
import { keptRecords, keptSums } from "./kept";
import { placeOf, timelineOf } from "./place";
import { staffGroups, staffUnits } from "./staff";
import { type Grounds, type MonthSum, sumsOfChildren, sumsOfPlace } from "./sums";
import { staffingOf } from "./units";
import { verdictHistory } from "./verdicts";

const OCTOBER = period("2026-10");
const NOVEMBER = period("2026-11");
const NOW = new Date("2026-11-25T02:00:00Z");
const RANGE = { from: OCTOBER, to: NOVEMBER };
const CODES = ["A01", "B05", "C01", "D02"];
/** An ordinary month: nothing that a check asks about, and D02 not filled in. */
const ORDINARY = { A01: 300, A02: 200, B01: 1, B02: 1, C01: 4, C02: 3, D01: 2, F01: 5 };
const BASES: Grounds[] = [
  { basis: "accepted", boundaries: "reported" },
  { basis: "provisional", boundaries: "reported" },
];

let database: TestDatabase;
let pool: Pool;
let city: SmallCity;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ url: database.appUrl, size: 4 });
  city = await smallCity(database);
  await write(city.people.admin, async (tx) => {
    for (const month of [OCTOBER, NOVEMBER]) await openMonth(tx, month);
  });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const write = <T>(actor: Actor, fn: (tx: ScopedTx) => Promise<T>) =>
  withScope(pool, callerOf(actor, NOW), { readOnly: false }, fn);

/** What is kept, and what the database says at the same moment. */
async function both(actor: Actor, at: TestStation, grounds: Grounds) {
  return withScope(pool, callerOf(actor, NOW), { readOnly: true }, async (tx) => {
    const [place, catalogue] = await Promise.all([placeOf(tx, at.id), cityCatalogue(tx)]);
    if (!place) throw new Error("the station is in scope");
    const [timeline, children] = await Promise.all([timelineOf(tx, place), childrenOf(tx, place)]);
    const query = { ...RANGE, ...grounds, codes: CODES };
    const standing = { place, catalogue, timeline, children };
    const sums = keptSums(tx, standing);
    const records = keptRecords(tx, standing);
    const units = { period: NOVEMBER, rule: catalogue.at(NOVEMBER).staffing, ...grounds };
    return {
      kept: [
        await sums.own(query),
        await sums.below(query),
        await sums.staffing(query),
        await records.compliance(),
        await records.verdicts(RANGE),
        await records.staffGroups(),
        await records.staffUnits(units),
        await records.failing(null),
        await records.findings(RANGE),
      ],
      fresh: [
        await sumsOfPlace(tx, catalogue, place, query),
        await sumsOfChildren(tx, catalogue, place, query),
        await staffingOf(tx, catalogue, place, query),
        await complianceOf(tx, place),
        await verdictHistory(tx, place, RANGE),
        await staffGroups(tx, place),
        await staffUnits(tx, catalogue, place, units),
        await failingStations(tx, place, null),
        await rectifications(tx, place, RANGE),
      ],
    };
  });
}

/** Reads everything that is kept of towns and city, and holds it to the database. */
async function expectTrue(): Promise<unknown[]> {
  const answers: unknown[] = [];
  const { admin, headA, headB } = city.people;
  for (const grounds of BASES) {
    for (const [actor, at] of [
      [admin, city.city],
      [admin, city.townA],
      [headA, city.townA],
      [headB, city.townB],
    ] as const) {
      const { kept, fresh } = await both(actor, at, grounds);
      expect(kept).toEqual(fresh);
      answers.push(...kept);
    }
  }
  return answers;
}

describe("sums that are kept", () => {
  it("are handed out again while nothing below the place changes, and cannot be changed by who got them", async () => {
    const first = await expectTrue();
    const again = await expectTrue();
    for (const [i, answer] of first.entries()) expect(again[i]).toBe(answer);
    const [months] = (await both(city.people.headA, city.townA, BASES[0] as Grounds)).kept;
    expect(() => (months as unknown[]).push({})).toThrow(TypeError);
  });

  it("follow every step on a report, also one that moves no sum", async () => {
    const { headA1, headA, headA2 } = city.people;
    const at = (station: TestStation) => ({ stationId: station.id, period: NOVEMBER });
    const steps: [Actor, (tx: ScopedTx) => Promise<unknown>][] = [
      [headA1, (tx) => submitReport(tx, at(city.a1), { version: null, figures: ORDINARY })],
      [headA, (tx) => returnReport(tx, at(city.a1), { figures: { A01: "请核对" }, dueOn: "2026-11-28" })],
      [
        headA1,
        (tx) =>
          submitReport(tx, at(city.a1), {
            version: null,
            figures: { A01: 310 },
            reasons: { OUTLIER: "新接收" },
          }),
      ],
      [headA, (tx) => acceptReport(tx, at(city.a1))],
      [headA2, (tx) => submitReport(tx, at(city.a2), { version: null, figures: ORDINARY })],
      [headA1, (tx) => amendReport(tx, at(city.a1), { reason: "漏填" })],
      // D02 was missing and is 0 now: no sum moves, the cell does.
      [headA1, (tx) => submitReport(tx, at(city.a1), { version: null, figures: { D02: 0 } })],
      [headA, (tx) => acceptReport(tx, at(city.a1))],
    ];
    for (const [index, [actor, step]] of steps.entries()) {
      const outcome = await write(actor, step);
      expect(outcome, `step ${index}: ${JSON.stringify(outcome)}`).toMatchObject({ ok: true });
      await expectTrue();
    }
    const { kept } = await both(headA, city.townA, { basis: "accepted", boundaries: "reported" });
    const villages = kept[1] as readonly MonthSum[];
    const cell = villages.find((row) => row.stationId === city.a1.id && row.period === NOVEMBER);
    expect(cell?.figures?.D02).toBe(0);
  });

  it("follow verdicts, posts, and a station that is not to be assessed any more", async () => {
    const { admin } = city.people;
    const { a1, townA } = city;
    const number = await write(admin, async (tx) => (await setInForce(tx, "2026-11-25"))?.setNumber ?? 0);
    const require = async (tx: ScopedTx, required: boolean) => {
      const row = await findStation(tx, a1.id);
      if (!row) throw new Error("the village is gone");
      expect(await editStation(tx, { ...row, stationId: a1.id, required })).toMatchObject({ ok: true });
    };
    const changes: ((tx: ScopedTx) => Promise<unknown>)[] = [
      (tx) =>
        savePosts(tx, {
          stationId: townA.id,
          validFrom: "2026-01-05",
          posts: 3,
          document: "批复",
          version: 0,
        }),
      // A verdict as the town's check leaves it.
      async (tx) => {
        await tx.sql`
          insert into assessment (city_id, path, station_id, year, round, set_number, level, status, checked_on,
            checked_five_haves)
          values (${city.cityId}, ${a1.path}, ${a1.id}, 2026, 1, ${number}, 'village', 'checked', '2026-11-20', false)`;
        await standByAssessments(tx, [a1.id]);
      },
      (tx) =>
        raiseFinding(tx, {
          ...{ stationId: a1.id, item: { code: "G1", zh: "窗口", en: "Counter" } },
          ...{ body: "窗口未设置", severity: "grave", dueOn: null },
        }),
      (tx) => require(tx, false),
      (tx) => require(tx, true),
    ];
    let before = await expectTrue();
    for (const change of changes) {
      await write(admin, change);
      const after = await expectTrue();
      expect(after.some((answer, i) => answer !== before[i])).toBe(true);
      before = after;
    }
  });

  it("follow new content and a village that moves to another town", async () => {
    const before = await expectTrue();
    await write(city.people.admin, (tx) => touchCatalogue(tx));
    const after = await expectTrue();
    // Nine answers of each: sums and units of staff rest on the content, verdicts and posts do not.
    for (const [i, answer] of before.entries()) {
      if ([0, 1, 2, 6].includes(i % 9)) expect(after[i]).not.toBe(answer);
      else expect(after[i]).toBe(answer);
    }
    // What is not settled yet would go along.
    const october = { stationId: city.a2.id, period: OCTOBER };
    await write(city.people.headA2, (tx) => submitReport(tx, october, { version: null, figures: ORDINARY }));
    await write(city.people.headA, (tx) => acceptReport(tx, october));
    const [row] = await write(
      city.people.admin,
      (tx) => tx.sql<{ version: number }[]>`
      select version from station where city_id = ${city.cityId} and id = ${city.a2.id}`,
    );
    const move = { stationId: city.a2.id, parentId: city.townB.id, on: "2026-11-25" };
    const moved = await write(city.people.admin, (tx) =>
      moveStation(tx, { ...move, version: row?.version ?? 0 }),
    );
    expect(moved, JSON.stringify(moved)).toMatchObject({ ok: true });
    await expectTrue();
  });
});
