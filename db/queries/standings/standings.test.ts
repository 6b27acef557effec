import type { Actor } from "@muster/domain/actor";
import { type ItemValue, judge } from "@muster/domain/assessment";
import type { LocalDate } from "@muster/domain/period";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Pool } from "../../client";
import { type ScopedTx, systemCaller, withScope } from "../../scope";
import { demoDatabase, type TestDatabase, testDatabase } from "../../testing/database";
import { callerOf, type SmallCity, smallCity } from "../../testing/small-city";
import { takeStep } from "../assessments/steps";
import { savePosts } from "../staff/posts";
import { addStaff, changeStaff, endStaff } from "../staff/roster";
import { type StaffDetails, termsOf } from "../staff/row";
import { addTraining, attendantsOf, cancelTraining, findTraining, saveAttendance } from "../staff/trainings";
import { contentOf, setInForce } from "../standards/read";
import { complianceFaults, standByAssessments } from "./compliance";
import { fillStandings } from "./fill";
import { rosterFaults, standByRoster } from "./roster";

const NOW = new Date("2026-10-20T02:00:00Z");
const LATER = new Date("2026-11-20T02:00:00Z");
const NOVEMBER_END = new Date("2026-11-30T02:00:00Z");
const NEXT_YEAR = new Date("2027-02-03T02:00:00Z");

let database: TestDatabase;
let pool: Pool;
let city: SmallCity;
let codes = 0;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ url: database.appUrl, size: 4 });
});
beforeEach(async () => {
  codes += 1;
  city = await smallCity(database, { code: `${8100 + codes}00000000`, name: "云岭市" });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const as = <T>(actor: Actor, fn: (tx: ScopedTx) => Promise<T>, now = NOW) =>
  withScope(pool, callerOf(actor, now), { readOnly: false }, fn);
const see = <T>(fn: (tx: ScopedTx) => Promise<T>, now = NOW) =>
  withScope(pool, systemCaller(city.cityId, now), { readOnly: false }, fn);

interface Stored {
  year: number;
  round: number;
  verified: LocalDate | null;
  met: boolean | null;
  since: LocalDate | null;
  lacking: string[] | null;
  failing: string[] | null;
  missed: string[] | null;
  exempt: string[] | null;
  serving: number | null;
  full: number | null;
  secretary: boolean | null;
  trained: number | null;
  posts: number | null;
}

/** What is stored of a station, without what it has no record of. */
const standing = (stationId: number) =>
  see(async (tx) => {
    const [row] = await tx.sql<Stored[]>`
      select year, round, verified_on as verified, five_haves as met, failing_since as since, lacking, failing, missed,
        exempt, serving, full_time as full, secretary, trained, posts
      from station_standing where city_id = ${city.cityId} and station_id = ${stationId}`;
    return row && Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
  });

const faults = (now = NOW) =>
  see(async (tx) => [...(await complianceFaults(tx)), ...(await rosterFaults(tx))], now);

const said = (value: number): ItemValue => ({ value, notApplicable: false, remark: "现场核对" });

/** Everything a village is asked, well answered, but for what is given. */
async function answers(but: Record<string, ItemValue> = {}): Promise<Record<string, ItemValue>> {
  const set = await see((tx) => setInForce(tx, "2026-10-20"));
  const all = (set?.items ?? []).flatMap(({ code, thresholds: { village } }) =>
    village === null ? [] : [[code, said(village === "yes" ? 1 : Number(village.slice(2)))] as const],
  );
  return { ...Object.fromEntries(all), ...but };
}

/** The village's assessment of a round, sent and checked. */
async function check(round: number, values: Record<string, ItemValue>, now = NOW): Promise<void> {
  const { headA1, headA } = city.people;
  const key = { stationId: city.a1.id, year: Number(now.toISOString().slice(0, 4)), round };
  for (const [actor, action, version] of [
    [headA1, "submit", 0],
    [headA, "check", 1],
  ] as const) {
    const outcome = await as(actor, (tx) => takeStep(tx, { ...key, version, action, values }), now);
    expect(outcome).toMatchObject({ ok: true });
  }
}

describe("how a station stands to the standards", () => {
  it("is not known before a check, whatever the station says of itself", async () => {
    const { headA1 } = city.people;
    const values = await answers();
    const key = { stationId: city.a1.id, year: 2026, round: 1 };
    await as(headA1, (tx) => takeStep(tx, { ...key, version: 0, action: "submit", values }));
    expect(await standing(city.a1.id)).toBeUndefined();
  });

  it("is written with the check: what fails, what was missed, what does not apply", async () => {
    const none = { value: null, notApplicable: true, remark: "无此项业务" };
    await check(1, await answers({ G1: said(12), G3: said(1), S6: none }));
    expect(await standing(city.a1.id)).toMatchObject({
      ...{ year: 2026, round: 1, verified: "2026-10-20", met: false, since: "2026-10-20" },
      ...{ lacking: ["support"], failing: ["G1"], missed: ["G1", "G3"], exempt: ["S6"] },
    });
    expect(await faults()).toEqual([]);
  });

  it("fails since the first of the verdicts in a row, and no longer when one is good", async () => {
    await check(1, await answers({ G1: said(12) }));
    const spot = { stationId: city.a1.id, year: 2026, round: 1, version: 2, action: "spot_check" as const };
    const again = await as(
      city.people.admin,
      (tx) => takeStep(tx, { ...spot, values: { E1: said(0) } }),
      LATER,
    );
    expect(again).toMatchObject({ ok: true });
    expect(await standing(city.a1.id)).toMatchObject({
      ...{ verified: "2026-11-20", since: "2026-10-20", failing: ["E1", "G1"] },
      lacking: ["establishment", "support"],
    });
    await check(2, await answers(), LATER);
    const now = await standing(city.a1.id);
    expect(now).toMatchObject({ round: 2, met: true, lacking: [], failing: [], missed: [] });
    expect(now?.since).toBeUndefined();
    expect(await faults(LATER)).toEqual([]);
  });
});

/** The verdicts that are kept of a station, with the days on which each was in force. */
const verdicts = (stationId: number) =>
  see(
    (tx) =>
      tx.sql<
        {
          round: number;
          stage: string;
          from: LocalDate;
          until: LocalDate | null;
          met: boolean;
          missed: string[];
        }[]
      >`
      select round, stage, verified_on as from, replaced_on as until, five_haves as met, missed from station_verdict
      where city_id = ${city.cityId} and station_id = ${stationId} order by verified_on, round, stage`,
  );

describe("the verdicts of a station", () => {
  it("are kept with the days on which each was in force", async () => {
    await check(1, await answers({ G1: said(12) }));
    const spot = { stationId: city.a1.id, year: 2026, round: 1, version: 2, action: "spot_check" as const };
    await as(city.people.admin, (tx) => takeStep(tx, { ...spot, values: { G1: said(40) } }), LATER);
    await check(2, await answers({ G3: said(1) }), NOVEMBER_END);
    expect([...(await verdicts(city.a1.id))]).toEqual([
      { round: 1, stage: "check", from: "2026-10-20", until: "2026-11-20", met: false, missed: ["G1"] },
      { round: 1, stage: "spot", from: "2026-11-20", until: "2026-11-30", met: true, missed: [] },
      { round: 2, stage: "check", from: "2026-11-30", until: null, met: true, missed: ["G3"] },
    ]);
    expect(await faults(NOVEMBER_END)).toEqual([]);
    await see(
      (tx) => tx.sql`update station_verdict set missed = '{X1}' where city_id = ${city.cityId} and round = 1`,
    );
    expect(await faults(NOVEMBER_END)).toEqual([city.a1.id]);
    // From beside nobody writes them, from above the doctor does.
    await as(city.people.headB, (tx) => standByAssessments(tx, [city.a1.id]), NOVEMBER_END);
    expect(await faults(NOVEMBER_END)).toEqual([city.a1.id]);
    await see((tx) => standByAssessments(tx, null), NOVEMBER_END);
    expect(await faults(NOVEMBER_END)).toEqual([]);
  });
});

const person = (over: Partial<StaffDetails> = {}): StaffDetails => ({
  name: "王建国",
  post: "站长",
  employment: "concurrent",
  head: true,
  secretary: true,
  veteran: true,
  phone: "139 0000 1111",
  education: "college",
  ...over,
});

describe("how a station's staff stands", () => {
  it("follows every change of the roster, the posts and the trainings, in the same transaction", async () => {
    const { headA } = city.people;
    const stationId = city.a1.id;
    const add = (over: Partial<StaffDetails>, validFrom = "2026-01-10") =>
      as(headA, (tx) => addStaff(tx, { ...person(over), stationId, validFrom }));
    await add({});
    await add({ name: "李秀英", employment: "full_time", head: false, secretary: false, veteran: false });
    expect(await standing(stationId)).toEqual({ serving: 2, full: 1, secretary: true, trained: 0 });
    await as(headA, (tx) =>
      savePosts(tx, { stationId, validFrom: "2026-02-01", posts: 2, document: "", version: 0 }),
    );
    const training = await as(city.people.headA, (tx) =>
      addTraining(tx, {
        stationId: city.townA.id,
        ...{ subject: "优抚政策", heldOn: "2026-03-05", hours: 8, batch: "" },
      }),
    );
    if (!training.ok) throw new Error(training.refusal);
    const about = { stationId: city.townA.id, id: training.value.id };
    await as(headA, async (tx) => {
      const found = await findTraining(tx, about.stationId, about.id);
      if (!found) throw new Error("the training is there");
      const people = await attendantsOf(tx, found, stationId);
      const staffIds = people.map(({ staffId }) => staffId);
      return saveAttendance(tx, { ...about, version: 1, belowId: stationId, staffIds });
    });
    expect(await standing(stationId)).toEqual({ serving: 2, full: 1, secretary: true, trained: 2, posts: 2 });
    expect(await faults()).toEqual([]);

    const terms = await as(
      headA,
      (tx) =>
        tx.sql<{ staff: string; name: string }[]>`
        select staff_id as staff, name from staff where city_id = ${city.cityId} and station_id = ${stationId}`,
    );
    const term = async (name: string) => {
      const staffId = terms.find((each) => each.name === name)?.staff ?? "";
      const [row] = await as(headA, (tx) => termsOf(tx, stationId, staffId));
      if (!row) throw new Error(`${name} serves`);
      return row;
    };
    const head = await term("王建国");
    await as(headA, (tx) => changeStaff(tx, { ...head, secretary: false, validFrom: "2026-06-01" }));
    const worker = await term("李秀英");
    await as(headA, (tx) => endStaff(tx, { ...worker, on: "2026-07-01" }));
    expect(await standing(stationId)).toEqual({
      ...{ serving: 1, full: 0, secretary: false, trained: 1, posts: 2 },
    });
    await as(headA, (tx) => cancelTraining(tx, { ...about, version: 2, reason: "讲课人未到" }));
    expect((await standing(stationId))?.trained).toBe(0);
    expect(await faults()).toEqual([]);
  });

  it("does not carry the trained of one year over to the next", async () => {
    await as(city.people.headA, (tx) =>
      addStaff(tx, { ...person(), stationId: city.a1.id, validFrom: "2026-01-10" }),
    );
    expect(await faults(NEXT_YEAR)).toEqual([]);
  });

  it("is not written for stations out of scope", async () => {
    await as(city.people.headB, (tx) =>
      addStaff(tx, { ...person(), stationId: city.b1.id, validFrom: "2026-01-10" }),
    );
    await see(
      (tx) =>
        tx.sql`update station_standing set serving = 9 where city_id = ${city.cityId} and station_id = ${city.b1.id}`,
    );
    await as(city.people.headA, async (tx) => {
      await standByRoster(tx, [city.b1.id]);
      await standByRoster(tx, null);
      await standByAssessments(tx, [city.b1.id]);
    });
    expect((await standing(city.b1.id))?.serving).toBe(9);
    expect(await faults()).toEqual([city.b1.id]);
  });
});

describe("the demo's standings", () => {
  const now = new Date("2026-11-21T04:00:00Z");
  let demo: TestDatabase;
  beforeAll(async () => {
    demo = await demoDatabase(now);
  });

  it("are what anybody would find who judged every assessment and counted every roster anew", async () => {
    const app = new Pool({ url: demo.appUrl, size: 1 });
    const auth = new Pool({ url: demo.authUrl, size: 1 });
    const superuser = postgres(demo.superUrl, { max: 1, onnotice: () => {} });
    const [yunling] = await auth.statement(
      ({ sql }) => sql<{ id: number }[]>`select city_id as id from city where name = '云岭市'`,
    );
    try {
      await withScope(app, systemCaller(yunling?.id ?? 0, now), { readOnly: true }, async (tx) => {
        const cityId = tx.scope.cityId;
        const set = await contentOf(tx, 1);
        const stored = await tx.sql<{ id: number; met: boolean; failing: string[]; missed: string[] }[]>`
          select station_id as id, five_haves as met, failing, missed from station_standing
          where city_id = ${cityId} and verified_on is not null order by 1`;
        const checked = await tx.sql<{ id: number; year: number; level: "town" | "village" }[]>`
          select station_id as id, year, level from assessment
          where city_id = ${cityId} and status in ('checked', 'spot_checked') order by station_id, year`;
        const latest = new Map(checked.map((row) => [row.id, row]));
        // What was said on the spot stands over what was checked.
        const values = await tx.sql<(ItemValue & { id: number; year: number; code: string })[]>`
          select station_id as id, year, code, value, not_applicable as "notApplicable", remark
          from assessment_value where city_id = ${cityId} and stage in ('check', 'spot') order by stage`;
        const naive = [...latest.values()].map(({ id, year, level }) => {
          const own = values.filter((v) => v.id === id && v.year === year);
          const verdict = judge(set, level, Object.fromEntries(own.map((v) => [v.code, v])));
          return {
            id,
            met: verdict.fiveHaves,
            failing: verdict.dimensions.flatMap((d) => (d.dimension === "bonus" ? [] : d.failing)),
            missed: Object.keys(verdict.items).filter((code) => verdict.items[code] === "failed"),
          };
        });
        expect([...stored]).toEqual(naive.sort((a, b) => a.id - b.id));
        expect(await rosterFaults(tx)).toEqual([]);
      });
      // A database of a version that kept none, and then one that has them: nothing is written twice.
      await superuser`delete from station_standing`;
      expect([await fillStandings(app, auth, now), await fillStandings(app, auth, now)]).toEqual([2, 0]);
      // One of a version that kept no verdicts that have passed.
      await superuser`delete from station_verdict`;
      expect([await fillStandings(app, auth, now), await fillStandings(app, auth, now)]).toEqual([2, 0]);
      await withScope(app, systemCaller(yunling?.id ?? 0, now), { readOnly: true }, async (tx) => {
        expect([...(await complianceFaults(tx)), ...(await rosterFaults(tx))]).toEqual([]);
      });
    } finally {
      await superuser.end();
      await Promise.all([app.end(), auth.end()]);
      await demo.drop();
    }
  });
});
