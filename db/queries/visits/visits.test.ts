import { addDays, type LocalDate, type Period, period } from "@muster/domain/period";
import type { ContactEvent } from "@muster/domain/visit";
import { Unreadable } from "@muster/secrets/keyring";
import { testKeyring } from "@muster/secrets/keyring.fixture";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Pool } from "../../client";
import { faultsOfVisits } from "../../doctor/visits";
import { newId, type ScopedTx, systemCaller, withScope } from "../../scope";
import { type TestDatabase, testDatabase } from "../../testing/database";
import { layCity, type TestCity } from "../../testing/hierarchy";
import { catalogueAt } from "../catalogue";
import { registersOf } from "../derivations";
import { endPerson, mergePerson, registerPerson, saveSection } from "../people/archive";
import { resealBatch, sealedOtherwise, tryKeys } from "../sealed";
import { misplacedRows } from "../stations/paths";
import { moveStation } from "../stations/structure";
import { dueAt, dueByStation, dueList, dueOf } from "./due";
import { visitTotals } from "./figures";
import { listVisits, openFollowUps, type VisitFilter } from "./list";
import { closeFollowUp, logVisit, type NewVisit, voidVisit } from "./log";
import { endNotice, findNotice, noteEvent, noticesOf } from "./notices";
import { peopleToPick } from "./pick";
import { changePlan, findPlan, makePlan, peopleOnPlan, plansBelow, runningPlans } from "./plans";
import { findVisit, openWords, visitedBy } from "./row";
import {
  contactRules,
  nextRuleCode,
  putContactRule,
  type RuleWords,
  retireContactRule,
  rulesAt,
} from "./rules";
import { assignDuty, dutyOf, dutyWorkers, workersAt } from "./workers";

const TODAY = "2026-11-21";
const NOW = new Date(`${TODAY}T09:00:00+08:00`);
const NOV = period("2026-11");
const keys = testKeyring();
const ANN = { id: "0198c000-0000-7000-8000-00000000a001", name: "安主任" };

let db: TestDatabase;
let app: Pool;
let city: TestCity;
let other: TestCity;
let town: number;
let v1: number;
let v2: number;
let far: number;
let names = 0;

beforeAll(async () => {
  db = await testDatabase();
  app = new Pool({ url: db.appUrl, size: 4 });
});
afterAll(async () => {
  await app.end();
  await db.drop();
});
beforeEach(async () => {
  city = await layCity(app, NOW);
  other = await layCity(app, NOW);
  town = await city.add(city.rootId, "town", "柳河镇");
  v1 = await city.add(town, "village", "河湾村");
  v2 = await city.add(town, "village", "上坪村");
  const second = await city.add(city.rootId, "town", "北港镇");
  far = await city.add(second, "village", "岭脚村");
});

const said = (outcome: { ok: boolean; refusal?: unknown }) => (outcome.ok ? "done" : outcome.refusal);

/** Somebody of an archive since long ago. */
async function someone(
  stationId: number,
  over: { categories?: string[]; bornOn?: LocalDate; activeFrom?: LocalDate } = {},
): Promise<string> {
  names += 1;
  const outcome = await city.inScopeOf(stationId, (tx) =>
    registerPerson(tx, keys, {
      name: `老兵${"甲乙丙丁戊己庚辛壬癸"[names % 10]}`,
      idNumber: "",
      sex: "male",
      bornOn: over.bornOn ?? "1960-03-01",
      phone: "",
      stationId,
      categories: over.categories ?? ["31"],
      activeFrom: over.activeFrom ?? "2020-01-01",
      wayIn: "new",
    }),
  );
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value.id;
}

const wordsOf = { place: "", found: "", followUp: "" };
const asVisit = (stationId: number, records: readonly string[], over: Partial<NewVisit> = {}): NewVisit => ({
  id: newId(),
  stationId,
  heldOn: TODAY,
  channel: "visit",
  occasion: "routine",
  records,
  worker: ANN,
  gift: 0,
  followOn: null,
  planId: null,
  ...wordsOf,
  ...over,
});
const log = (stationId: number, records: readonly string[], over: Partial<NewVisit> = {}) =>
  city.inScopeOf(stationId, (tx) => logVisit(tx, keys, asVisit(stationId, records, over)));

async function logged(
  stationId: number,
  records: readonly string[],
  over: Partial<NewVisit> = {},
): Promise<string> {
  const outcome = await log(stationId, records, over);
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value.id;
}

/** The figures C01 to C05 of a station and month, as a report of that month is offered them on a day. */
async function figures(stationId: number, at: Period = NOV, on: Date = NOW): Promise<(number | undefined)[]> {
  return withScope(app, systemCaller(city.cityId, on, "test"), { readOnly: true }, async (tx) => {
    const register = (await registersOf(tx, [stationId], await catalogueAt(tx, at))).get(stationId) ?? {};
    return ["C01", "C02", "C03", "C04", "C05"].map((code) => register[code]?.value);
  });
}

const audited = (action: string) =>
  city.inCity(
    (tx) => tx.sql<{ station_id: number; before: unknown; after: unknown }[]>`
    select station_id, before, after from audit_log where city_id = ${city.cityId} and action = ${action}
    order by at, id`,
  );

const listed = async (at: number, filter: VisitFilter = {}) =>
  (await city.inScopeOf(at, (tx) => listVisits(tx, { filter, limit: 50 }))).lines.map(({ id }) => id);

/** Only these rules hold in the city, from its first month on. */
async function onlyRules(...rules: (Partial<RuleWords> & { code: string; from?: Period })[]): Promise<void> {
  await city.inCity(async (tx) => {
    await tx.sql`delete from contact_rule where city_id = ${city.cityId}`;
    for (const { code, from = "2024-01", ...rule } of rules) {
      const row = {
        everyone: false,
        categories: [],
        fromAge: null,
        concerns: [],
        every: "P3M",
        asked: "visit",
        days: 0,
      };
      const { name: _, ...words } = { ...row, ...rule };
      await tx.sql`
        insert into contact_rule (city_id, path, code, valid_from, name_zh, name_en, everyone, categories, from_age,
          concerns, every, asked, days, sort)
        values (${city.cityId}, '/', ${code}, ${from}, ${code}, ${code}, ${words.everyone},
          ${[...words.categories]}, ${words.fromAge}, ${[...words.concerns]}, ${words.every}, ${words.asked},
          ${words.days}, 10)`;
    }
  });
}

const dueTo = async (recordId: string, stationId = v1, on: Date = NOW) => {
  const rows = await withScope(app, systemCaller(city.cityId, on, "test"), { readOnly: true }, (tx) =>
    dueOf(tx, { stationId, recordId }),
  );
  return rows.map(({ code, event, dueOn }) => [code ?? event, dueOn]);
};
const at = (day: LocalDate) => new Date(`${day}T09:00:00+08:00`);

describe("a visit", () => {
  test("has several people, is entered once however often it is sent, and says nothing of them in the log", async () => {
    const [a, b] = [await someone(v1), await someone(v1)];
    const form = asVisit(v1, [a, b, a], { gift: 30_000, found: "血压偏高，独居", place: "家中" });
    const send = () => city.inScopeOf(v1, (tx) => logVisit(tx, keys, form));
    expect(await send()).toEqual({ ok: true, value: { id: form.id, repeated: false } });
    expect(await send()).toEqual({ ok: true, value: { id: form.id, repeated: true } });
    const row = await city.inScopeOf(v1, (tx) => findVisit(tx, form.id));
    expect(row).toMatchObject({
      people: 2,
      gift: 30_000,
      worker: "安主任",
      version: 1,
      stationName: "河湾村",
    });
    if (!row) throw new Error("it was entered");
    expect(openWords(keys, city.cityId, row)).toEqual({
      place: "家中",
      found: "血压偏高，独居",
      followUp: "",
    });
    expect(await city.inScopeOf(v1, (tx) => visitedBy(tx, form.id))).toHaveLength(2);
    expect(await audited("visit.log")).toEqual([
      {
        station_id: v1,
        before: null,
        after: { on: TODAY, channel: "visit", occasion: "routine", persons: 2, giftYuan: 300 },
      },
    ]);
    expect(await figures(v1)).toEqual([2, 2, 0, 60_000, 0]);
    expect(await city.inCity(faultsOfVisits)).toEqual([]);
  });

  test("keeps what was found sealed in every table", async () => {
    await logged(v1, [await someone(v1)], {
      found: "暗号甲",
      place: "暗号乙",
      followUp: "暗号丙",
      followOn: TODAY,
    });
    const sql = postgres(db.superUrl, { max: 1, onnotice: () => {} });
    try {
      const tables = await sql<{ name: string }[]>`
        select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`;
      for (const { name } of tables) {
        const [found] = await sql<{ rows: number }[]>`
          select count(*)::int as rows from ${sql(name)} t where t::text like '%暗号%'`;
        expect(found?.rows, name).toBe(0);
      }
    } finally {
      await sql.end();
    }
  });

  test("is of people of the station alone, on a day that has come and not long ago", async () => {
    const [mine, theirs] = [await someone(v1), await someone(v2)];
    expect(said(await log(v1, []))).toBe("nobody");
    expect(said(await log(v1, [mine, theirs]))).toBe("not_here");
    expect(said(await log(v1, [newId()]))).toBe("not_here");
    expect(
      said(
        await log(
          v1,
          Array.from({ length: 61 }, () => newId()),
        ),
      ),
    ).toBe("too_many");
    expect(said(await log(v1, [mine], { heldOn: addDays(TODAY, 1) }))).toBe("date_in_future");
    expect(said(await log(v1, [mine], { heldOn: addDays(TODAY, -401) }))).toBe("date_too_early");
    expect(said(await log(v1, [mine], { followOn: addDays(TODAY, -1), followUp: "x" }))).toBe(
      "follow_before",
    );
    expect(said(await log(v1, [mine], { followOn: TODAY }))).toBe("follow_words");
    expect(await listed(v1)).toEqual([]);
    // Of another station's scope it is as if there were no station.
    expect(said(await city.inScopeOf(v2, (tx) => logVisit(tx, keys, asVisit(v1, [mine]))))).toBe("not_found");
    expect(said(await other.inCity((tx) => logVisit(tx, keys, asVisit(v1, [mine]))))).toBe("not_found");
    // What the town's own people did counts at the town, whomever of its villages they saw.
    expect(said(await log(town, [mine, theirs]))).toBe("done");
    expect(said(await log(town, [await someone(far)]))).toBe("not_here");
    expect(await city.inCity(faultsOfVisits)).toEqual([]);
    // Or it enters whom it saw in the village, there.
    expect(said(await city.inScopeOf(town, (tx) => logVisit(tx, keys, asVisit(v1, [mine]))))).toBe("done");
    expect(await listed(v1)).toHaveLength(1);
  });

  test("is seen by its station and those above, by nobody beside or elsewhere, and moves with its station", async () => {
    const id = await logged(v1, [await someone(v1)], { followUp: "送药", followOn: TODAY });
    for (const stationId of [v1, town, city.rootId]) expect(await listed(stationId)).toEqual([id]);
    for (const stationId of [v2, far]) {
      expect(await listed(stationId)).toEqual([]);
      const tryAll = async (tx: ScopedTx) => [
        await findVisit(tx, id),
        said(await voidVisit(tx, { id, version: 1, reason: "x" })),
        said(await closeFollowUp(tx, { id, version: 1 })),
      ];
      expect(await city.inScopeOf(stationId, tryAll)).toEqual([null, "not_found", "not_found"]);
      expect(await other.inCity(tryAll)).toEqual([null, "not_found", "not_found"]);
    }
    const { parentId } = await city.station(far);
    const moved = await city.inCity((tx) =>
      moveStation(tx, { stationId: v1, version: 1, parentId: parentId ?? 0, on: TODAY }),
    );
    expect(moved.ok).toBe(true);
    expect(await listed(town)).toEqual([]);
    expect(await listed(parentId ?? 0)).toEqual([id]);
    expect(await city.inCity(misplacedRows)).toEqual([]);
  });

  test("that was entered wrongly counts no more, stays to be read, and says why", async () => {
    const a = await someone(v1);
    const id = await logged(v1, [a], { occasion: "festival", gift: 50_000 });
    expect(await figures(v1)).toEqual([1, 1, 1, 50_000, 0]);
    const make = (version: number) =>
      city.inScopeOf(v1, (tx) => voidVisit(tx, { id, version, reason: "录错日期" }));
    expect(said(await make(2))).toBe("changed_meanwhile");
    expect(said(await make(1))).toBe("done");
    expect(said(await make(2))).toBe("void");
    expect(await listed(v1)).toEqual([]);
    expect(await listed(v1, { void: true })).toEqual([id]);
    // The register was in use only by that visit: nothing is known again.
    expect(await figures(v1)).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect((await audited("visit.void"))[0]?.after).toBeNull();
    expect(await city.inCity(faultsOfVisits)).toEqual([]);
  });

  test("asks for what is to follow until it is done", async () => {
    const a = await someone(v1);
    const id = await logged(v1, [a], { followUp: "联系民政", followOn: addDays(TODAY, 3) });
    await logged(v1, [a], { followUp: "送药", followOn: TODAY });
    expect(await city.inScopeOf(v1, (tx) => openFollowUps(tx, v1))).toEqual({
      count: 2,
      late: 1,
      first: TODAY,
    });
    const close = (version: number) => city.inScopeOf(v1, (tx) => closeFollowUp(tx, { id, version }));
    expect(said(await close(9))).toBe("changed_meanwhile");
    expect(said(await close(1))).toBe("done");
    expect(said(await close(2))).toBe("done");
    expect(await listed(v1, { follow: "open" })).toHaveLength(1);
    expect(await listed(v1, { follow: "late" })).toHaveLength(1);
    expect(await audited("visit.follow")).toHaveLength(1);
  });

  test("to a family in mourning is entered after the death", async () => {
    const a = await someone(v1);
    await city.inScopeOf(v1, (tx) =>
      endPerson(tx, { id: a, version: 1, on: addDays(TODAY, -5), wayOut: "died", note: "" }),
    );
    expect(said(await log(v1, [a], { occasion: "death" }))).toBe("done");
    const gone = await someone(v1);
    await city.inScopeOf(v1, (tx) =>
      endPerson(tx, { id: gone, version: 1, on: addDays(TODAY, -5), wayOut: "moved_out", note: "" }),
    );
    expect(said(await log(v1, [gone], { occasion: "death" }))).toBe("not_here");
  });
});

describe("people to choose from", () => {
  test("are those who died lately, too, for a visit; for a plan only whom it takes", async () => {
    const [alive, dead] = [await someone(v1), await someone(v1)];
    await city.inScopeOf(v1, (tx) =>
      endPerson(tx, { id: dead, version: 1, on: "2026-11-03", wayOut: "died", note: "" }),
    );
    const choices = async (stationId: number, plan: boolean) =>
      (await city.inScopeOf(town, (tx) => peopleToPick(tx, { stationId, plan }))).people.map(
        ({ id, died }) => [id, died],
      );
    expect(new Map((await choices(v1, false)) as [string, boolean][])).toEqual(
      new Map([
        [alive, false],
        [dead, true],
      ]),
    );
    expect(await choices(v1, true)).toEqual([[alive, false]]);
    // A town visits people of its villages, but plans for its own.
    expect(await choices(town, false)).toHaveLength(2);
    expect(await choices(town, true)).toEqual([]);
    expect((await other.inCity((tx) => peopleToPick(tx, { stationId: v1 }))).people).toEqual([]);
  });
});

describe("the month's figures", () => {
  test("count visits, people, festivals and gifts of the month, from the station's first record on", async () => {
    const [a, b, c] = [await someone(v1), await someone(v1), await someone(v1)];
    const OCT = period("2026-10");
    expect(await figures(v1)).toEqual([undefined, undefined, undefined, undefined, undefined]);
    await logged(v1, [a, b], { heldOn: "2026-10-01", occasion: "festival", gift: 20_000 });
    await logged(v1, [a], { heldOn: "2026-10-31", gift: 10_000 });
    await logged(v1, [c], { heldOn: "2026-10-15", channel: "phone" });
    await logged(v1, [c], { heldOn: "2026-11-01" });
    expect(await figures(v1, OCT)).toEqual([3, 2, 2, 50_000, 0]);
    expect(await figures(v1)).toEqual([1, 1, 0, 0, 0]);
    expect((await figures(v1, period("2026-09")))[0]).toBe(undefined);
    expect((await figures(v2))[0]).toBe(undefined);
    const totals = (from: string, to: string) =>
      city.inScopeOf(town, async (tx) => visitTotals(tx, (await city.station(town)).path, { from, to }));
    // Whom October and November both visited is one person over both.
    await logged(v1, [a], { heldOn: "2026-11-02" });
    await logged(v2, [await someone(v2)], { heldOn: "2026-11-02" });
    expect(await totals("2026-10-01", "2026-11-30")).toEqual({
      visits: 6,
      people: 4,
      festival: 2,
      gifts: 50_000,
    });
    expect(await totals("2026-11-01", "2026-11-30")).toEqual({ visits: 3, people: 3, festival: 0, gifts: 0 });
    const behind = await listed(v1, { counted: { figure: "visits.festival", period: OCT } });
    expect(behind).toHaveLength(1);
    expect(await listed(v1, { counted: { figure: "visits.made", period: OCT } })).toHaveLength(2);
    expect(await listed(v1, { counted: { figure: "visits.gifts", period: OCT } })).toHaveLength(2);
  });

  test("count somebody with two records once after they are merged", async () => {
    const [a, b] = [await someone(v1), await someone(v1)];
    await logged(v1, [a, b]);
    expect((await figures(v1))[1]).toBe(2);
    await city.inScopeOf(v1, (tx) => mergePerson(tx, { id: b, version: 1, into: a }));
    expect((await figures(v1))[1]).toBe(1);
  });

  test("are counted for many stations as for each alone", async () => {
    await logged(v1, [await someone(v1)]);
    await logged(v2, [await someone(v2)], { gift: 100 });
    const both = await city.inCity(async (tx) => registersOf(tx, [v1, v2, far], await catalogueAt(tx, NOV)));
    expect([v1, v2, far].map((id) => both.get(id)?.C04?.value)).toEqual([0, 100, undefined]);
    expect(both.get(v2)?.C01).toEqual({ value: 1, count: 1 });
  });
});

describe("what is due", () => {
  test("counts from the last contact that the rule asks for", async () => {
    await onlyRules(
      { code: "R1", everyone: true, every: "P1M", asked: "any" },
      { code: "R2", everyone: true },
    );
    const a = await someone(v1);
    await logged(v1, [a], { heldOn: "2026-08-10" });
    await logged(v1, [a], { heldOn: "2026-10-31", channel: "phone" });
    expect(await dueTo(a)).toEqual([
      ["R2", "2026-11-10"],
      ["R1", "2026-11-30"],
    ]);
    expect((await figures(v1))[4]).toBe(1);
    // Of a past month as it stood then.
    expect(await figures(v1, period("2026-10"))).toEqual([0, 0, 0, 0, 0]);
    expect((await figures(v1, period("2026-09")))[4]).toBe(1);
    await logged(v1, [a]);
    expect((await figures(v1))[4]).toBe(0);
    expect((await figures(v1, period("2026-09")))[4]).toBe(1);
  });

  test("begins for nobody before the station, the person and the rule were there", async () => {
    await onlyRules(
      { code: "R1", everyone: true, every: "P1M", asked: "any" },
      { code: "R2", everyone: true, every: "P1M", asked: "any", from: period("2026-11") },
    );
    const [a, late] = [await someone(v1), await someone(v1, { activeFrom: "2026-11-05" })];
    const b = await someone(v1);
    await logged(v1, [b], { heldOn: "2026-10-20" });
    expect(await dueTo(a)).toEqual([
      ["R1", "2026-11-20"],
      ["R2", "2026-12-01"],
    ]);
    expect(await dueTo(late)).toEqual([
      ["R1", "2026-12-05"],
      ["R2", "2026-12-05"],
    ]);
    expect(await dueTo(await someone(v2), v2)).toEqual([]);
  });

  test("concerns whom the rule says: category, age, marks", async () => {
    await onlyRules(
      { code: "C1", categories: ["51"], every: "P1M" },
      { code: "A1", fromAge: 80, every: "P1M" },
      { code: "L1", concerns: ["livingAlone"], every: "P1M" },
      { code: "E1", concerns: ["emptyNest", "careNeed"], every: "P1M" },
      { code: "H1", concerns: ["hardship"], every: "P1M" },
    );
    const entitled = await someone(v1, { categories: ["51"] });
    const old = await someone(v1, { bornOn: "1946-11-21" });
    const younger = await someone(v1, { bornOn: "1946-11-22" });
    const marked = await someone(v1);
    for (const [section, content] of [
      ["family", { livingAlone: "yes", emptyNest: "no" }],
      ["health", { care: "partial" }],
      ["work", { hardship: "yes" }],
    ] as const) {
      await city.inScopeOf(v1, (tx) => saveSection(tx, keys, { id: marked, section, version: 0, content }));
    }
    await logged(v1, [await someone(v1)], { heldOn: "2026-09-01" });
    const rules = async (id: string) => (await dueTo(id)).map(([code]) => code);
    expect(await rules(entitled)).toEqual(["C1"]);
    expect(await rules(old)).toEqual(["A1"]);
    expect(await rules(younger)).toEqual([]);
    expect(await rules(marked)).toEqual(["E1", "H1", "L1"]);
  });

  test("at a festival is asked for from the days before it, and for thirty days after", async () => {
    await onlyRules({ code: "T1", categories: ["51"], every: "festival_spring", days: 20 });
    const [a, b] = [await someone(v1, { categories: ["51"] }), await someone(v1, { categories: ["51"] })];
    await logged(v1, [await someone(v1)], { heldOn: "2026-01-01" });
    // Spring Festival of 2026 is the 17th of February.
    expect(await dueTo(a, v1, at("2026-01-27"))).toEqual([]);
    expect(await dueTo(a, v1, at("2026-01-28"))).toEqual([["T1", "2026-02-17"]]);
    await logged(v1, [b], { heldOn: "2026-02-10", occasion: "festival" });
    await logged(v1, [a], { heldOn: "2026-02-10" });
    const FEB = period("2026-02");
    // An ordinary visit is none for the festival.
    expect((await figures(v1, FEB))[4]).toBe(1);
    expect((await figures(v1, period("2026-01")))[4]).toBe(0);
    expect(await dueTo(a, v1, at("2026-03-19"))).toEqual([["T1", "2026-02-17"]]);
    expect(await dueTo(a, v1, at("2026-03-20"))).toEqual([]);
  });

  test("after an event until a visit of that occasion, or until it is said why not", async () => {
    await onlyRules({ code: "V1", everyone: true, every: "event_hospital", days: 7 });
    const [a, b] = [await someone(v1), await someone(v1)];
    const note = (recordId: string, event: ContactEvent, on: LocalDate) =>
      city.inScopeOf(v1, (tx) => noteEvent(tx, { recordId, event, on }));
    const noted = await note(a, "hospital", "2026-11-10");
    expect(noted).toMatchObject({ ok: true, value: { dueOn: "2026-11-17" } });
    expect(said(await note(a, "hospital", "2026-11-11"))).toBe("noted_already");
    expect(said(await note(a, "hardship", addDays(TODAY, 1)))).toBe("date_in_future");
    expect((await figures(v1))[4]).toBe(1);
    await logged(v1, [a], { heldOn: "2026-11-12", occasion: "routine" });
    expect(await dueTo(a)).toEqual([["hospital", "2026-11-17"]]);
    const visit = await logged(v1, [a], { heldOn: "2026-11-20", occasion: "hospital" });
    expect(await dueTo(a)).toEqual([]);
    expect((await figures(v1))[4]).toBe(0);
    const id = noted.ok ? noted.value.id : "";
    expect(await city.inScopeOf(v1, (tx) => findNotice(tx, id))).toMatchObject({
      metOn: "2026-11-20",
      metBy: visit,
    });
    await city.inScopeOf(v1, (tx) => voidVisit(tx, { id: visit, version: 1, reason: "录错" }));
    expect(await dueTo(a)).toEqual([["hospital", "2026-11-17"]]);
    for (const stationId of [v2, far]) {
      expect(said(await city.inScopeOf(stationId, (tx) => endNotice(tx, { id, reason: "x" })))).toBe(
        "not_found",
      );
      expect(
        said(
          await city.inScopeOf(stationId, (tx) => noteEvent(tx, { recordId: b, event: "death", on: TODAY })),
        ),
      ).toBe("not_found");
    }
    expect(said(await city.inScopeOf(v1, (tx) => endNotice(tx, { id, reason: "已出院，由镇站慰问" })))).toBe(
      "done",
    );
    expect(said(await city.inScopeOf(v1, (tx) => endNotice(tx, { id, reason: "again" })))).toBe("done");
    expect(await dueTo(a)).toEqual([]);
    expect(await city.inScopeOf(v1, (tx) => noticesOf(tx, a))).toHaveLength(1);
    expect(await city.inCity(faultsOfVisits)).toEqual([]);
    // Nothing in the log says who it was.
    expect(JSON.stringify(await audited("visit.notice"))).not.toContain("老兵");
  });

  test("is listed by how long it is overdue, by worker and by station", async () => {
    await onlyRules({ code: "R1", everyone: true, every: "P1M", asked: "any" });
    const [a, b, c] = [await someone(v1), await someone(v1), await someone(v2)];
    await logged(v1, [a], { heldOn: "2026-09-01" });
    await logged(v1, [b], { heldOn: "2026-10-25" });
    await logged(v2, [c], { heldOn: "2026-10-01" });
    const list = (filter: { workerId?: string; overdue?: boolean } = {}) =>
      city.inScopeOf(town, async (tx) => dueList(tx, { path: (await city.station(town)).path, ...filter }));
    const whole = await list();
    expect(whole?.lines.map(({ recordId, dueOn }) => [recordId, dueOn])).toEqual([
      [a, "2026-10-01"],
      [c, "2026-11-01"],
      [b, "2026-11-25"],
    ]);
    expect(whole).toMatchObject({ total: 3, overdue: 2 });
    expect((await list({ overdue: true }))?.lines).toHaveLength(2);
    const [worker] = await city.inScopeOf(v1, (tx) => workersAt(tx, v1));
    const assign = (at: number, stationId: number, records: string[], workerId = worker?.id ?? "") =>
      city.inScopeOf(at, (tx) => assignDuty(tx, { stationId, records, workerId }));
    expect(said(await assign(v1, v1, [a], newId()))).toBe("worker");
    expect(said(await assign(v2, v1, [a]))).toBe("not_found");
    expect(said(await assign(v1, v1, [c]))).toBe("nobody");
    expect(said(await assign(v1, v1, [a]))).toBe("done");
    expect((await list({ workerId: worker?.id ?? "" }))?.lines.map(({ recordId }) => recordId)).toEqual([a]);
    expect(await city.inScopeOf(v1, (tx) => dutyOf(tx, a))).toEqual(worker);
    const { path } = await city.station(town);
    expect(await city.inScopeOf(town, (tx) => dutyWorkers(tx, path, `${path}\u{10ffff}`))).toEqual([worker]);
    expect(await city.inScopeOf(v1, (tx) => dueAt(tx, v1))).toEqual({ people: 2, overdue: 1 });
    expect(await city.inScopeOf(town, (tx) => dueByStation(tx, path))).toEqual([
      { stationId: v1, name: "河湾村", people: 2, overdue: 1 },
      { stationId: v2, name: "上坪村", people: 1, overdue: 1 },
    ]);
  });
});

describe("a festival's plan", () => {
  const spring = { festival: "spring", on: "2027-02-06" } as const;

  test("begins with whom the rules concern, is given out to workers and ticked off by visits", async () => {
    const [a, b, c] = [
      await someone(v1, { categories: ["51"] }),
      await someone(v1, { categories: ["40"] }),
      await someone(v1),
    ];
    const make = (at: number) =>
      city.inScopeOf(at, (tx) => makePlan(tx, { stationId: v1, ...spring, gift: 30_000 }));
    expect(said(await make(v2))).toBe("not_found");
    const made = await make(v1);
    expect(said(made)).toBe("done");
    expect(said(await make(v1))).toBe("planned_already");
    const planId = made.ok ? made.value.id : "";
    const people = async () =>
      (await city.inScopeOf(v1, (tx) => peopleOnPlan(tx, planId))).map((p) => p.recordId);
    expect((await people()).sort()).toEqual([a, b].sort());
    const [worker] = await city.inScopeOf(v1, (tx) => workersAt(tx, v1));
    const change = (said: Omit<Parameters<typeof changePlan>[1], "planId">, at = v1) =>
      city.inScopeOf(at, (tx) => changePlan(tx, { planId, ...said }));
    expect(said(await change({ change: "add", records: [c] }))).toBe("done");
    expect(said(await change({ change: "drop", records: [b] }))).toBe("done");
    expect((await people()).sort()).toEqual([a, c].sort());
    expect(said(await change({ change: "add", records: [b] }))).toBe("done");
    expect(said(await change({ change: "assign", records: [a], workerId: worker?.id ?? "" }))).toBe("done");
    expect(said(await change({ change: "assign", records: [a], workerId: newId() }))).toBe("worker");
    expect(said(await change({ change: "drop", records: [] }))).toBe("nobody");
    expect(said(await change({ change: "drop", records: [a] }, v2))).toBe("not_found");
    const id = await logged(v1, [a], { occasion: "festival", planId, gift: 30_000 });
    expect(await city.inScopeOf(town, (tx) => findPlan(tx, planId))).toMatchObject({ people: 3, visited: 1 });
    expect(said(await change({ change: "drop", records: [a] }))).toBe("nobody");
    await city.inScopeOf(v1, (tx) => voidVisit(tx, { id, version: 1, reason: "录错" }));
    expect(await city.inScopeOf(v1, (tx) => runningPlans(tx, v1, TODAY))).toMatchObject([
      { people: 3, visited: 0 },
    ]);
    expect(
      await city.inScopeOf(town, async (tx) => plansBelow(tx, (await city.station(town)).path)),
    ).toHaveLength(1);
    expect(await city.inScopeOf(v2, (tx) => findPlan(tx, planId))).toBe(null);
    expect(await city.inCity(faultsOfVisits)).toEqual([]);
  });
});

describe("contact rules", () => {
  const weekly: RuleWords = {
    name: { zh: "每周联系", en: "Contact weekly" },
    everyone: true,
    categories: [],
    fromAge: null,
    concerns: [],
    every: "P1W",
    asked: "any",
    days: 0,
  };
  const version = async () =>
    (
      await city.inCity(
        (tx) =>
          tx.sql<{ v: number }[]>`select catalogue_version as v from city where city_id = ${city.cityId}`,
      )
    )[0]?.v ?? 0;
  const put = async (
    over: { code?: string; from?: Period; rule?: Partial<RuleWords>; version?: number } = {},
  ) =>
    city.inCity(async (tx) =>
      putContactRule(tx, {
        version: over.version ?? 0,
        code: over.code ?? "R9",
        from: over.from ?? period("2026-12"),
        rule: { ...weekly, ...over.rule },
      }),
    );
  const refusal = (outcome: { ok: boolean; refusal?: { kind: string; field?: string; problem?: string } }) =>
    outcome.ok
      ? "done"
      : [outcome.refusal?.kind, outcome.refusal?.field, outcome.refusal?.problem].filter(Boolean).join(" ");

  test("begin with the service's own, hold from months to come and go on counting", async () => {
    const before = await city.inCity(contactRules);
    expect(before.map(({ code }) => code)).toContain("T1");
    expect(before).toHaveLength(15);
    expect(nextRuleCode(before)).toBe("W1");
    expect(refusal(await put({ version: -1 }))).toBe("conflict");
    const v = await version();
    expect(refusal(await put({ version: v, from: NOV }))).toBe("invalid from past");
    expect(refusal(await put({ version: v, rule: { everyone: false } }))).toBe("invalid who nobody");
    expect(refusal(await put({ version: v }))).toBe("done");
    const after = await city.inCity(contactRules);
    const of = (at: Period) => rulesAt(after, at).find(({ code }) => code === "R9")?.every;
    expect([of(NOV), of(period("2026-12"))]).toEqual(["P1Y", "P1W"]);
    // Written again for the same month it is replaced.
    expect(refusal(await put({ version: await version(), rule: { every: "P1M" } }))).toBe("done");
    const again = await city.inCity(contactRules);
    expect(rulesAt(again, period("2027-01")).find(({ code }) => code === "R9")?.every).toBe("P1M");
    expect(again).toHaveLength(16);
  });

  test("end from a month to come; one that was only planned is dropped", async () => {
    const retire = async (code: string, from = period("2026-12")) =>
      city.inCity(async (tx) => retireContactRule(tx, { code, version: 0, from })).then(refusal);
    expect(await retire("R9")).toBe("conflict");
    const run = async (code: string, from = period("2026-12")) => {
      const v = await version();
      return refusal(await city.inCity((tx) => retireContactRule(tx, { code, version: v, from })));
    };
    expect(await run("R9")).toBe("done");
    expect(await run("R9")).toBe("not_found");
    const rules = await city.inCity(contactRules);
    expect(rulesAt(rules, NOV).some(({ code }) => code === "R9")).toBe(true);
    expect(rulesAt(rules, period("2026-12")).some(({ code }) => code === "R9")).toBe(false);
    expect(refusal(await put({ version: await version(), code: "W1" }))).toBe("done");
    expect(await run("W1")).toBe("done");
    expect((await city.inCity(contactRules)).some(({ code }) => code === "W1")).toBe(false);
    // Only the city's own scope writes them.
    const v = await version();
    const tried = await city.inScopeOf(town, (tx) =>
      putContactRule(tx, { version: v, code: "R9", from: period("2026-12"), rule: weekly }),
    );
    expect(refusal(tried)).toBe("forbidden");
  });
});

describe("what a visit said", () => {
  test("is sealed anew with another key, and opens with no foreign one", async () => {
    const id = await logged(v1, [await someone(v1)], { found: "安好" });
    const newer = testKeyring(2);
    expect(await city.inCity((tx) => sealedOtherwise(tx, 2))).toBe(1);
    expect(await city.inCity((tx) => resealBatch(tx, newer, 10))).toBe(1);
    expect(await city.inCity((tx) => resealBatch(tx, newer, 10))).toBe(0);
    const row = await city.inScopeOf(v1, (tx) => findVisit(tx, id));
    expect(row && openWords(newer, city.cityId, row).found).toBe("安好");
    await expect(city.inCity((tx) => tryKeys(tx, newer))).resolves.toBeUndefined();
    await expect(city.inCity((tx) => tryKeys(tx, keys))).rejects.toThrow(Unreadable);
  });
});
