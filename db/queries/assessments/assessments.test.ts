import type { Actor } from "@muster/domain/actor";
import type { AssessmentAction, ItemValue } from "@muster/domain/assessment";
import { itemSubject } from "@muster/domain/evidence";
import { period } from "@muster/domain/period";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Pool } from "../../client";
import { faultsOfAssessments } from "../../doctor/assessments";
import { newId, type ScopedTx, systemCaller, withScope } from "../../scope";
import { type TestDatabase, testDatabase } from "../../testing/database";
import { callerOf, type SmallCity, smallCity } from "../../testing/small-city";
import { catalogueAt } from "../catalogue";
import { registersOf } from "../derivations";
import { addPiece, findPiece, removePiece } from "../evidence/pieces";
import { copySet, dropItem, firstPublishable, publishSet, putItem } from "../standards/edit";
import { readSet, setInForce, setVersions } from "../standards/read";
import { saveFacts } from "../stations/edit";
import { assessmentLines, assessmentTodos, readAssessment, saidIn } from "./read";
import { assessmentPage, nextRound, takeStep } from "./steps";

const OCTOBER = new Date("2026-10-20T02:00:00Z");
const NOVEMBER = new Date("2026-11-20T02:00:00Z");

let database: TestDatabase;
let pool: Pool;
let city: SmallCity;
let other: SmallCity;
let codes = 0;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ url: database.appUrl, size: 4 });
  other = await smallCity(database, { code: "990200000000", name: "星河市" });
});
beforeEach(async () => {
  codes += 1;
  city = await smallCity(database, { code: `${9100 + codes}00000000`, name: "云岭市" });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const as = <T>(actor: Actor, fn: (tx: ScopedTx) => Promise<T>, now = OCTOBER) =>
  withScope(pool, callerOf(actor, now), { readOnly: false }, fn);
const see = <T>(fn: (tx: ScopedTx) => Promise<T>, of = city, now = OCTOBER) =>
  withScope(pool, systemCaller(of.cityId, now), { readOnly: true }, fn);

const key = (station = city.a1, round = 1) => ({ stationId: station.id, year: 2026, round });
const said = (value: number, remark = ""): ItemValue => ({ value, notApplicable: false, remark });

/** Everything a village is asked, well answered. */
async function wellAnswered(): Promise<Record<string, ItemValue>> {
  const set = await see((tx) => setInForce(tx, "2026-10-20"));
  const entries = (set?.items ?? []).flatMap(({ code, thresholds }) => {
    const text = thresholds.village;
    if (text === null) return [];
    return [[code, said(text === "yes" ? 1 : Number(text.slice(2)), "现场核对")] as const];
  });
  return Object.fromEntries(entries);
}

const step = (
  actor: Actor,
  action: AssessmentAction,
  version: number,
  values: Record<string, ItemValue> = {},
  more: { reason?: string; now?: Date; at?: ReturnType<typeof key> } = {},
) =>
  as(
    actor,
    (tx) =>
      takeStep(tx, {
        ...(more.at ?? key()),
        version,
        action,
        values,
        ...(more.reason === undefined ? {} : { reason: more.reason }),
      }),
    more.now,
  );

const kindOf = (outcome: { ok: boolean; refusal?: { kind: string } }) =>
  outcome.ok ? "ok" : outcome.refusal?.kind;

describe("an assessment", () => {
  it("goes from the station's own values over the parent's to the city's, all three kept", async () => {
    const { headA1, headA, admin } = city.people;
    const values = await wellAnswered();
    expect(kindOf(await step(headA1, "save", 0, { G1: said(45) }))).toBe("ok");
    expect(kindOf(await step(headA1, "submit", 1, values))).toBe("ok");
    expect(kindOf(await step(headA, "check", 2, { G1: said(28, "实测28平方米") }))).toBe("ok");
    const checked = await see((tx) => readAssessment(tx, key()));
    expect([checked?.status, checked?.checkedFiveHaves, checked?.checkedBy]).toEqual([
      "checked",
      false,
      "headA",
    ]);
    const spot = await step(admin, "spot_check", 3, { G1: said(31, "含走廊") }, { now: NOVEMBER });
    expect(spot).toMatchObject({
      ok: true,
      value: { status: "spot_checked", fiveHaves: true, checkedFiveHaves: false },
    });
    const all = await see((tx) => saidIn(tx, key()));
    const g1 = all.G1;
    expect([g1?.self?.value, g1?.check?.value, g1?.spot?.value]).toEqual([30, 28, 31]);
    expect([g1?.self?.byName, g1?.check?.byName, g1?.spot?.byName]).toEqual(["headA1", "headA", "admin"]);
    expect(g1?.check?.remark).toBe("实测28平方米");
  });

  it("comes back with a reason, is corrected and sent again", async () => {
    const { headA1, headA } = city.people;
    const values = await wellAnswered();
    await step(headA1, "submit", 0, values);
    expect(kindOf(await step(headA, "return", 1, {}, { reason: " " }))).toBe("no_reason");
    const back = await step(headA, "return", 1, {}, { reason: "面积请重新测量" });
    expect(back).toMatchObject({ ok: true, value: { status: "returned", returnReason: "面积请重新测量" } });
    const again = await step(headA1, "submit", 2, values);
    expect(again).toMatchObject({ ok: true, value: { status: "self_submitted", returnReason: null } });
  });

  it("is never checked by the station itself, a neighbour, or the parent twice", async () => {
    const { headA1, headA, headB, headA2, admin } = city.people;
    await step(headA1, "submit", 0, await wellAnswered());
    expect(kindOf(await step(headA1, "check", 1))).toBe("forbidden");
    expect(kindOf(await step(headA1, "spot_check", 1))).toBe("forbidden");
    expect(kindOf(await step(headA1, "return", 1, {}, { reason: "x" }))).toBe("forbidden");
    expect(kindOf(await step(admin, "check", 1))).toBe("forbidden");
    expect(kindOf(await step(headB, "check", 1))).toBe("not_found");
    expect(kindOf(await step(headA2, "check", 1))).toBe("not_found");
    expect(kindOf(await step(other.people.admin, "check", 1))).toBe("not_found");
    expect(kindOf(await step(headA, "submit", 1))).toBe("forbidden");
    expect(kindOf(await step(headA, "check", 1))).toBe("ok");
    expect(kindOf(await step(headA, "check", 2))).toBe("conflict");
    expect((await see((tx) => readAssessment(tx, key())))?.status).toBe("checked");
  });

  it("lets a town be checked by the city, and not by itself", async () => {
    const { headA, admin } = city.people;
    const at = key(city.townA);
    expect(kindOf(await step(headA, "submit", 0, {}, { at }))).toBe("ok");
    expect(kindOf(await step(headA, "check", 1, {}, { at }))).toBe("forbidden");
    expect(kindOf(await step(admin, "check", 1, {}, { at }))).toBe("ok");
    expect(kindOf(await step(admin, "submit", 0, {}, { at: key(city.city) }))).toBe("not_found");
  });

  it("asks for the reason of what does not apply, and of a value other than the records'", async () => {
    const { headA1 } = city.people;
    await as(city.people.headA, (tx) =>
      saveFacts(tx, {
        stationId: city.a1.id,
        validFrom: "2026-01-01",
        fullTime: 1,
        partTime: 0,
        approvedPosts: 1,
        veteranSecretary: false,
        fiveHaves: false,
      }),
    );
    const page = await see((tx) => assessmentPage(tx, key()));
    expect(page.ok && page.value.measures.S2?.value).toBe(1);
    const refused = await step(headA1, "submit", 0, {
      S2: said(2),
      G9: { value: null, notApplicable: true, remark: "" },
    });
    expect(refused).toEqual({ ok: false, refusal: { kind: "reasons", codes: ["S2", "G9"], unproven: [] } });
    expect(await see((tx) => readAssessment(tx, key()))).toBeNull();
    const sent = await step(headA1, "submit", 0, {
      S2: said(2, "本月新到岗一人"),
      G9: { value: null, notApplicable: true, remark: "卡片由镇站统一发放" },
    });
    expect(kindOf(sent)).toBe("ok");
    const all = await see((tx) => saidIn(tx, key()));
    expect([all.S2?.self?.value, all.S2?.self?.measured]).toEqual([2, 1]);
  });

  it("takes yes for an item that asks for evidence when a piece shows it that has not expired, or with a reason", async () => {
    const { headA1, headA } = city.people;
    const bring = (actor: Actor, over: { expiresOn?: string; code?: string; station?: number } = {}) =>
      as(actor, async (tx) => {
        const { expiresOn = null, code = "O1", station = city.a1.id } = over;
        const outcome = await addPiece(tx, {
          subject: itemSubject({ ...key(), stationId: station, code }),
          title: "门牌照片",
          expiresOn,
          kind: "image",
          fileKey: newId(),
          size: 1000,
          sha256: Buffer.from(newId()),
          width: 10,
          height: 10,
        });
        return outcome.ok ? outcome.value.id : outcome.refusal;
      });
    const yes = { O1: said(1) };
    expect(await step(headA1, "submit", 0, yes)).toEqual({
      ok: false,
      refusal: { kind: "reasons", codes: ["O1"], unproven: ["O1"] },
    });
    // Neither an item nobody asks of a village, nor a station one does not see, nor another city's.
    expect(await bring(headA1, { code: "F1" })).toBe("not_found");
    expect(await bring(headA1, { code: "Q9" })).toBe("not_found");
    expect(await bring(headA1, { station: city.a2.id })).toBe("not_found");
    expect(await bring(other.people.admin)).toBe("not_found");
    const licence = await bring(headA1, { expiresOn: "2026-10-31" });
    const measured = async (now: Date) => {
      const page = await see((tx) => assessmentPage(tx, key()), city, now);
      return page.ok ? [page.value.measures.O1?.value, page.value.pieces.O1?.length] : page.refusal.kind;
    };
    expect(await measured(OCTOBER)).toEqual([1, 1]);
    expect(await measured(NOVEMBER)).toEqual([0, 1]);
    const late = await step(headA1, "submit", 0, yes, { now: NOVEMBER });
    expect(late).toMatchObject({ ok: false, refusal: { unproven: ["O1"] } });
    // Whoever took a piece away again before it is sent in is free to; from then on a check rests on it.
    const remove = (id: string, version = 1) =>
      as(headA1, async (tx) => {
        const outcome = await removePiece(tx, { id, version, reason: "换新" });
        return outcome.ok ? "done" : outcome.refusal;
      });
    const blurred = await bring(headA1);
    expect(await remove(blurred)).toBe("done");
    expect(kindOf(await step(headA1, "submit", 0, yes))).toBe("ok");
    expect(await remove(licence)).toBe("decided");
    // The parent sees it, and adds what it photographs on the spot.
    expect(await as(headA, (tx) => findPiece(tx, licence))).not.toBeNull();
    expect(await bring(headA)).toMatch(/-/);
    expect(kindOf(await step(headA, "check", 1))).toBe("ok");
    expect(kindOf(await step(city.people.admin, "spot_check", 2))).toBe("ok");
    expect(await bring(headA1)).toBe("subject_closed");
    expect((await see((tx) => saidIn(tx, key()))).O1?.self?.measured).toBe(1);
  });

  it("is found by the doctor when its stored verdict is not what its values give", async () => {
    const { headA1, headA, admin } = city.people;
    await step(headA1, "submit", 0, await wellAnswered());
    await step(headA, "check", 1, { G1: said(28, "实测28平方米") });
    await step(admin, "spot_check", 2, { G1: said(31, "含走廊") });
    // One that was only begun has a verdict, too.
    await step(city.people.headA2, "save", 0, { G1: said(45) }, { at: key(city.a2) });
    expect(await see(faultsOfAssessments)).toEqual([]);
    await as(admin, async (tx) => {
      await tx.sql`update assessment_value set value = 20
        where city_id = ${city.cityId} and station_id = ${city.a1.id} and code = 'G1' and stage = 'spot'`;
      await tx.sql`update assessment set checked_five_haves = true
        where city_id = ${city.cityId} and station_id = ${city.a1.id}`;
      await tx.sql`update assessment set points = points + 1
        where city_id = ${city.cityId} and station_id = ${city.a2.id}`;
    });
    const faults = await see(faultsOfAssessments);
    expect(faults.map((fault) => fault.replace(/\d+(\.\d+)?, /g, "n, "))).toEqual([
      expect.stringMatching(/2026\/1 is stored as n, true, .* give n, false/),
      expect.stringMatching(/of its check that the Five Haves were met/),
      expect.stringMatching(/of its spot that the Five Haves were met/),
      expect.stringMatching(/2026\/1 is stored as n, false, none, but its values give n, false, none/),
    ]);
  });

  it("lets one of two who save at once know that the other was faster", async () => {
    const { headA1 } = city.people;
    const outcomes = await Promise.all([
      step(headA1, "save", 0, { G1: said(30) }),
      step(headA1, "save", 0, { G1: said(40) }),
    ]);
    expect(outcomes.map(kindOf).sort()).toEqual(["conflict", "ok"]);
  });

  it("is done again on demand only when the round before it is decided", async () => {
    const { headA1, headA } = city.people;
    const next = () => see((tx) => nextRound(tx, city.a1.id, 2026));
    expect(await next()).toBe(1);
    await step(headA1, "submit", 0, {});
    expect(await next()).toBeNull();
    expect(kindOf(await step(headA1, "save", 0, {}, { at: key(city.a1, 2) }))).toBe("not_found");
    await step(headA, "check", 1);
    expect(await next()).toBe(2);
    expect(kindOf(await step(headA1, "save", 0, {}, { at: key(city.a1, 2) }))).toBe("ok");
  });

  it("is counted for those above: what waits for a check, and what is owed", async () => {
    const { headA1, headA } = city.people;
    await step(headA1, "submit", 0, {});
    const todos = await as(headA, (tx) => assessmentTodos(tx, city.townA.id, 2026));
    expect(todos).toEqual({ own: null, waiting: 1, owing: 1 });
    const [town] = await see((tx) => assessmentLines(tx, city.city.id, 2026));
    expect(town).toMatchObject({
      stationId: city.townA.id,
      status: null,
      below: { stations: 2, submitted: 1, checked: 0, met: 0 },
    });
  });
});

describe("the month's figure of the Five Haves", () => {
  const b03 = (month: string, now = NOVEMBER) =>
    see(
      async (tx) => {
        const catalogue = await catalogueAt(tx, period(month));
        return (await registersOf(tx, [city.a1.id], catalogue)).get(city.a1.id)?.B03?.value;
      },
      city,
      now,
    );

  it("follows the assessment from the day it was verified, and what was entered by hand before", async () => {
    const { headA1, headA, admin } = city.people;
    await as(headA, (tx) =>
      saveFacts(tx, {
        stationId: city.a1.id,
        validFrom: "2026-08-01",
        fullTime: 1,
        partTime: 0,
        approvedPosts: 1,
        veteranSecretary: false,
        fiveHaves: true,
      }),
    );
    expect(await b03("2026-10")).toBe(1);
    await step(headA1, "submit", 0, {});
    expect(await b03("2026-10")).toBe(1);
    await step(headA, "check", 1);
    expect([await b03("2026-09"), await b03("2026-10"), await b03("2026-11")]).toEqual([1, 0, 0]);
    const values = await wellAnswered();
    await step(admin, "spot_check", 2, values, { now: NOVEMBER });
    expect([await b03("2026-09"), await b03("2026-10"), await b03("2026-11")]).toEqual([1, 0, 1]);
  });
});

describe("a version of the standards", () => {
  const name = { zh: "2027年标准", en: "Standards 2027" };
  const copy = (actor = city.people.admin) => as(actor, (tx) => copySet(tx, { from: 1, name }));

  it("is copied, changed as a draft, published from a day, and then never changed", async () => {
    const { admin } = city.people;
    expect(await copy()).toEqual({ ok: true, value: 2 });
    const before = await see((tx) => readSet(tx, 1));
    const g1 = before?.items.find(({ code }) => code === "G1");
    if (!g1) throw new Error("the first standards ask for the floor area");
    const item = { ...g1, thresholds: { ...g1.thresholds, village: ">=50" } };
    const edit = (version: number, setNumber = 2) =>
      as(admin, (tx) => putItem(tx, { setNumber, version, item, added: false }));
    expect(kindOf(await edit(1, 1))).toBe("published");
    expect(kindOf(await edit(7))).toBe("conflict");
    expect(kindOf(await edit(1))).toBe("ok");
    expect((await see((tx) => setInForce(tx, "2026-10-20")))?.setNumber).toBe(1);
    const publish = (validFrom: string, version: number) =>
      as(admin, (tx) => publishSet(tx, { setNumber: 2, version, validFrom }));
    expect(await publish("2026-10-19", 2)).toMatchObject({
      refusal: { kind: "invalid", field: "validFrom" },
    });
    expect(kindOf(await publish("2026-11-01", 2))).toBe("ok");
    expect(kindOf(await edit(3))).toBe("published");
    expect((await see((tx) => setInForce(tx, "2026-10-31")))?.setNumber).toBe(1);
    const november = await see((tx) => setInForce(tx, "2026-11-01"));
    expect(november?.items.find(({ code }) => code === "G1")?.thresholds.village).toBe(">=50");
    expect((await see((tx) => readSet(tx, 1)))?.items).toEqual(before?.items);
    const versions = await see(setVersions);
    expect(versions.map(({ setNumber, validTo }) => [setNumber, validTo])).toEqual([
      [2, null],
      [1, "2026-11-01"],
    ]);
    expect(firstPublishable(versions, "2026-10-20")).toBe("2026-11-02");
  });

  it("judges what began with it, also when another has come into force", async () => {
    const { headA1, headA, admin } = city.people;
    await step(headA1, "submit", 0, { ...(await wellAnswered()), G1: said(30, "实测") });
    await copy();
    const set = await see((tx) => readSet(tx, 2));
    const g1 = set?.items.find(({ code }) => code === "G1");
    if (!g1) throw new Error("the copy has the item");
    const item = { ...g1, thresholds: { ...g1.thresholds, village: ">=500" } };
    await as(admin, (tx) => putItem(tx, { setNumber: 2, version: 1, item, added: false }));
    await as(admin, (tx) => publishSet(tx, { setNumber: 2, version: 2, validFrom: "2026-11-01" }));
    const checked = await step(headA, "check", 1, {}, { now: NOVEMBER });
    expect(checked).toMatchObject({ ok: true, value: { setNumber: 1, fiveHaves: true } });
  });

  it("is edited by the city only, its own", async () => {
    const { headA, headA1 } = city.people;
    expect(kindOf(await copy(headA))).toBe("forbidden");
    expect(kindOf(await copy(headA1))).toBe("forbidden");
    expect(await copy()).toEqual({ ok: true, value: 2 });
    const drop = (actor: Actor) => as(actor, (tx) => dropItem(tx, { setNumber: 2, version: 1, code: "G5" }));
    expect(kindOf(await drop(headA))).toBe("forbidden");
    expect(kindOf(await drop(other.people.admin))).toBe("not_found");
    expect(kindOf(await drop(city.people.admin))).toBe("ok");
    expect((await see((tx) => readSet(tx, 1)))?.items.some(({ code }) => code === "G5")).toBe(true);
    expect((await see((tx) => readSet(tx, 2)))?.items.some(({ code }) => code === "G5")).toBe(false);
  });
});
