import type { Actor } from "@muster/domain/actor";
import { type Period, period } from "@muster/domain/period";
import { DEFAULT_STAFFING_RULE } from "@muster/domain/staffing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Pool } from "../client";
import { type ScopedTx, systemCaller, withScope } from "../scope";
import { type TestDatabase, testDatabase } from "../testing/database";
import { callerOf, type SmallCity, smallCity } from "../testing/small-city";
import { catalogueAt, cityCatalogue } from "./catalogue";
import {
  addIndicator,
  type CheckWords,
  dropDeadlines,
  dropStaffingRule,
  type EditOutcome,
  editIndicator,
  firstChangeable,
  type NewIndicator,
  nextCode,
  putCheck,
  putDeadlines,
  putStaffingRule,
  restoreIndicator,
  retireCheck,
  retireIndicator,
} from "./catalogue-edit";
import { openMonth } from "./months";
import { readReport } from "./report-row";
import { submitReport } from "./reports";

const october = period("2026-10");
const november = period("2026-11");
const december = period("2026-12");
const inOctober = new Date("2026-10-25T02:00:00Z");

let database: TestDatabase;
let pool: Pool;
let city: SmallCity;
let other: SmallCity;
let codes = 0;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ url: database.appUrl, size: 8 });
  other = await smallCity(database, { code: "990200000000", name: "星河市" });
});

beforeEach(async () => {
  // A city of its own for every test: its edits are its own.
  codes += 1;
  city = await smallCity(database, { code: `${9100 + codes}00000000`, name: "云岭市" });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const write = <T>(actor: Actor, fn: (tx: ScopedTx) => Promise<T>) =>
  withScope(pool, callerOf(actor, inOctober), { readOnly: false }, fn);
const see = <T>(fn: (tx: ScopedTx) => Promise<T>, of = city) =>
  withScope(pool, systemCaller(of.cityId, inOctober), { readOnly: true }, fn);
const version = (of = city) => see(async (tx) => (await cityCatalogue(tx)).version, of);
const name = async (code: string, at: Period) =>
  (await see((tx) => catalogueAt(tx, at))).byCode.get(code)?.name.zh ?? null;
const words = (zh: string) => ({
  name: { zh, en: "Changed" },
  definition: { zh: "新的口径。", en: "A new definition." },
});
const admin = () => city.people.admin;
async function edit(fn: (tx: ScopedTx, version: number) => Promise<EditOutcome>): Promise<EditOutcome> {
  const seen = await version();
  return write(admin(), (tx) => fn(tx, seen));
}
const refused = (outcome: EditOutcome) => (outcome.ok ? null : outcome.refusal);

const parade: NewIndicator = {
  code: "Z01",
  section: "activities",
  unit: "event",
  acrossTime: "sum",
  kinds: null,
  ...words("升旗仪式"),
};
const rule: CheckWords = {
  severity: "hard",
  left: "Z01",
  comparison: "<=",
  right: "F02",
  message: { zh: "升旗仪式不应多于活动场次", en: "Flag ceremonies cannot exceed activities" },
  floor: 0,
};

describe("changing what an indicator is called", () => {
  it("holds from its month on, and leaves earlier months as they were", async () => {
    const outcome = await edit((tx, seen) =>
      editIndicator(tx, { version: seen, from: december, code: "C01", words: words("走访") }),
    );
    expect(outcome).toEqual({ ok: true });
    expect([await name("C01", october), await name("C01", november)]).toEqual(["走访慰问", "走访慰问"]);
    expect([await name("C01", december), await name("C01", period("2027-06"))]).toEqual(["走访", "走访"]);
    const slots = await see(
      (tx) => tx.sql`select distinct slot from indicator
      where city_id = ${city.cityId} and code = 'C01'`,
    );
    expect(slots).toHaveLength(1);
    const [logged] = await see(
      (tx) => tx.sql`select action, before, after from audit_log
      where city_id = ${city.cityId} and subject = 'Catalogue'`,
    );
    expect(logged).toMatchObject({
      action: "catalogue.indicator.edit",
      before: { name: { zh: "走访慰问" } },
      after: { from: "2026-12", name: { zh: "走访" } },
    });
  });

  it("can be changed again for the same month, and in between", async () => {
    const change = (from: Period, zh: string) =>
      edit((tx, seen) => editIndicator(tx, { version: seen, from, code: "C01", words: words(zh) }));
    for (const [from, zh] of [
      [december, "甲"],
      [december, "乙"],
      [november, "丙"],
      [period("2027-02"), "丁"],
    ] as const) {
      expect(await change(from, zh)).toEqual({ ok: true });
    }
    const months = ["2026-10", "2026-11", "2026-12", "2027-01", "2027-02"].map(period);
    expect(await Promise.all(months.map((month) => name("C01", month)))).toEqual([
      "走访慰问",
      "丙",
      "乙",
      "乙",
      "丁",
    ]);
  });

  it("is refused for a month that has begun, without words, and for a code that is none", async () => {
    const change = (code: string, from: Period, zh: string) =>
      edit((tx, seen) => editIndicator(tx, { version: seen, from, code, words: words(zh) }));
    expect(refused(await change("C01", october, "走访"))).toEqual({
      kind: "invalid",
      field: "from",
      problem: "past",
    });
    expect(refused(await change("C01", december, " "))).toMatchObject({ field: "nameZh", problem: "empty" });
    expect(refused(await change("C01", december, "长".repeat(41)))).toMatchObject({ problem: "long" });
    expect(refused(await change("X99", december, "走访"))).toEqual({ kind: "not_found" });
    expect(firstChangeable(new Date("2026-10-31T16:00:00Z"))).toBe("2026-12");
  });
});

describe("an indicator of the city's own", () => {
  it("takes the next slot, is filed from its month on, and only in this city", async () => {
    expect(
      await edit((tx, seen) => addIndicator(tx, { version: seen, from: november, added: parade })),
    ).toEqual({
      ok: true,
    });
    const { byCode } = await see((tx) => catalogueAt(tx, november));
    expect(byCode.get("Z01")).toMatchObject({ slot: 50, own: true, kind: "figure", source: "manual" });
    expect(await name("Z01", october)).toBeNull();
    expect((await see((tx) => catalogueAt(tx, november), other)).byCode.has("Z01")).toBe(false);

    await see((tx) => cityCatalogue(tx));
    const now = new Date("2026-11-25T02:00:00Z");
    await withScope(pool, systemCaller(city.cityId, now), { readOnly: false }, (tx) =>
      openMonth(tx, november),
    );
    const address = { stationId: city.a1.id, period: november };
    const sent = await withScope(pool, callerOf(city.people.headA1, now), { readOnly: false }, (tx) =>
      submitReport(tx, address, { version: null, figures: { A01: 1, Z01: 4, C01: 1 } }),
    );
    expect(sent).toMatchObject({ ok: true });
    expect(sent.ok && sent.value.figures[50]).toBe(4);
  });

  it("never shares a code or a slot, not even with a retired one", async () => {
    const add = (code: string) =>
      edit((tx, seen) => addIndicator(tx, { version: seen, from: november, added: { ...parade, code } }));
    expect(refused(await add("C01"))).toMatchObject({ field: "code", problem: "taken" });
    expect(refused(await add("A10"))).toMatchObject({ field: "code", problem: "taken" });
    for (const code of ["z01", "Z1", "Z001", "ZZZ", "Z01; drop"]) {
      expect(refused(await add(code))).toMatchObject({ field: "code", problem: "format" });
    }
    expect(await add("Z01")).toEqual({ ok: true });
    expect(
      await edit((tx, seen) => retireIndicator(tx, { version: seen, from: november, code: "Z01" })),
    ).toEqual({ ok: true });
    // It never took effect, and its slot is gone all the same.
    expect(await name("Z01", november)).toBeNull();
    expect(refused(await add("Z01"))).toMatchObject({ field: "code", problem: "taken" });
    expect(await add("Z02")).toEqual({ ok: true });
    expect((await see((tx) => catalogueAt(tx, november))).byCode.get("Z02")?.slot).toBe(51);
    expect(nextCode([{ code: "Z01" }, { code: "Z02" }], "Z")).toBe("Z03");
  });
});

describe("retiring an indicator", () => {
  const retire = (code: string, from = december) =>
    edit((tx, seen) => retireIndicator(tx, { version: seen, from, code }));

  it("takes it out from its month on, and it can come back", async () => {
    expect(await retire("F05")).toEqual({ ok: true });
    expect([await name("F05", november), await name("F05", december)]).toEqual(["宣讲", null]);
    const back = (from: Period) =>
      edit((tx, seen) => restoreIndicator(tx, { version: seen, from, code: "F05" }));
    expect(await back(period("2027-03"))).toEqual({ ok: true });
    expect([await name("F05", period("2027-02")), await name("F05", period("2027-03"))]).toEqual([
      null,
      "宣讲",
    ]);
    expect(refused(await back(period("2027-05")))).toMatchObject({ problem: "not_retired" });
  });

  it("is undone before it takes effect", async () => {
    await retire("F05");
    await edit((tx, seen) => restoreIndicator(tx, { version: seen, from: december, code: "F05" }));
    const rows = await see(
      (tx) => tx.sql`select valid_to from indicator
      where city_id = ${city.cityId} and code = 'F05'`,
    );
    expect(rows).toEqual([{ valid_to: null }]);
  });

  it("is refused while checks, ratios or computed figures need it", async () => {
    expect(refused(await retire("A09"))).toEqual({ kind: "referenced", by: ["K06", "A10"] });
    expect(refused(await retire("B05"))).toMatchObject({ by: ["K15", "B05M", "B06"] });
    expect(refused(await retire("F99"))).toEqual({ kind: "not_found" });
  });
});

describe("a check", () => {
  const put = (code: string, given: Partial<CheckWords>, added: boolean, from = december) =>
    edit((tx, seen) => putCheck(tx, { version: seen, from, code, rule: { ...rule, ...given }, added }));
  const checkAt = async (code: string, at: Period) =>
    (await see((tx) => catalogueAt(tx, at))).checks.find((each) => each.code === code) ?? null;

  it("is changed, added and retired from a month on", async () => {
    const k16 = await checkAt("K16", october);
    if (!k16) throw new Error("no K16");
    expect(await put("K16", { ...k16, floor: 10 }, false)).toEqual({ ok: true });
    expect((await checkAt("K16", november))?.floor).toBe(5);
    expect((await checkAt("K16", december))?.floor).toBe(10);
    expect(await put("X01", { left: "C01", right: "A01" }, true)).toEqual({ ok: true });
    expect(await checkAt("X01", november)).toBeNull();
    expect(await checkAt("X01", december)).toMatchObject({ left: "C01", severity: "hard" });
    await edit((tx, seen) => retireCheck(tx, { version: seen, from: period("2027-01"), code: "X01" }));
    expect(await checkAt("X01", december)).not.toBeNull();
    expect(await checkAt("X01", period("2027-01"))).toBeNull();
  });

  it("is refused with the place of what it does not say rightly", async () => {
    const problems = async (given: Partial<CheckWords>) => {
      const outcome = refused(await put("X01", given, true));
      return outcome?.kind === "rule" ? outcome.problems.map(({ part, at }) => [part, at]) : outcome;
    };
    expect(await problems({ left: "C01 + Q77", right: "A01" })).toEqual([["left", 6]]);
    expect(await problems({ left: "C01", right: "A01 *" })).toEqual([["right", 4]]);
    // A ratio has no figure of its own.
    expect(await problems({ left: "C01", right: "A10" })).toEqual([["right", 0]]);
    expect(await problems({ left: "C01", comparison: "<", right: "A01" })).toEqual([["comparison", 0]]);
    expect(await problems({ left: "C01", right: "A01", floor: -1 })).toEqual([["floor", 0]]);
    expect(refused(await put("K99", rule, false))).toEqual({ kind: "not_found" });
    expect(refused(await put("K16", { left: "C01" }, true))).toMatchObject({ problem: "taken" });
  });
});

describe("due days", () => {
  const days = { villageDay: 5, townDay: 8, lockDay: 12, submitFromDay: 1 };
  const put = (from: Period, given: Partial<typeof days> = {}) =>
    edit((tx, seen) => putDeadlines(tx, { version: seen, from, days: { ...days, ...given } }));

  it("change for months to come, and never for a month that is open", async () => {
    await withScope(pool, systemCaller(city.cityId, inOctober), { readOnly: false }, (tx) =>
      openMonth(tx, october),
    );
    expect(refused(await put(october))).toMatchObject({ field: "from", problem: "past" });
    expect(await put(november)).toEqual({ ok: true });
    await withScope(pool, systemCaller(city.cityId, inOctober), { readOnly: false }, async (tx) => {
      // Opening again adds what is missing and changes nothing else.
      await openMonth(tx, october);
      await openMonth(tx, november);
    });
    const due = (month: Period) => see((tx) => readReport(tx, city.a1.id, month));
    expect([(await due(october))?.dueOn, (await due(november))?.dueOn]).toEqual(["2026-11-03", "2026-12-05"]);
  });

  it("are in order and within a month; a plan is replaced or dropped", async () => {
    for (const [given, field] of [
      [{ villageDay: 0 }, "villageDay"],
      [{ lockDay: 29 }, "lockDay"],
      [{ townDay: 4 }, "townDay"],
      [{ lockDay: 7 }, "lockDay"],
      [{ submitFromDay: 1.5 }, "submitFromDay"],
    ] as const) {
      expect(refused(await put(december, given))).toMatchObject({ kind: "invalid", field });
    }
    await put(december);
    await put(december, { villageDay: 6 });
    expect((await see((tx) => catalogueAt(tx, december))).deadlines.villageDay).toBe(6);
    await edit((tx, seen) => dropDeadlines(tx, { version: seen, from: december }));
    expect((await see((tx) => catalogueAt(tx, december))).deadlines.villageDay).toBe(3);
  });
});

describe("the staffing rule", () => {
  const rule = { perWorker: 400, village: "own", town: "subtree", district: "report" } as const;
  const put = (from: Period, given: { perWorker?: number } = {}) =>
    edit((tx, seen) => putStaffingRule(tx, { version: seen, from, rule: { ...rule, ...given } }));
  const at = async (month: Period) => (await see((tx) => catalogueAt(tx, month))).staffing;
  const required = async (month: Period) =>
    (await see((tx) => catalogueAt(tx, month))).byCode.get("B09")?.formula;

  it("holds from a month to come, the required staff of reports with it; past months keep theirs", async () => {
    expect(await at(october)).toMatchObject({ ...DEFAULT_STAFFING_RULE, perWorker: 500 });
    expect(refused(await put(october))).toMatchObject({ field: "from", problem: "past" });
    expect(await put(december)).toEqual({ ok: true });
    expect([(await at(november)).perWorker, await at(december)]).toEqual([
      500,
      { validFrom: december, ...rule },
    ]);
    expect([await required(november), await required(december)]).toEqual([
      { kind: "ceil", of: "A01", per: 500 },
      { kind: "ceil", of: "A01", per: 400 },
    ]);
  });

  it("is a whole number within reason; a plan is replaced or dropped, and both are in the log", async () => {
    for (const perWorker of [0, 9, 5001, 400.5]) {
      expect(refused(await put(december, { perWorker }))).toMatchObject({ field: "perWorker" });
    }
    await put(december);
    await put(december, { perWorker: 350 });
    expect((await at(december)).perWorker).toBe(350);
    const drop = () => edit((tx, seen) => dropStaffingRule(tx, { version: seen, from: december }));
    expect(await drop()).toEqual({ ok: true });
    expect((await at(december)).perWorker).toBe(500);
    expect(refused(await drop())).toEqual({ kind: "not_found" });
    const log = await see(
      (tx) => tx.sql`select action, after->>'perWorker' as "perWorker" from audit_log
        where city_id = ${city.cityId} and action like 'catalogue.staffing.%' order by at, id`,
    );
    expect(log).toEqual([
      { action: "catalogue.staffing.edit", perWorker: "400" },
      { action: "catalogue.staffing.edit", perWorker: "350" },
      { action: "catalogue.staffing.drop", perWorker: null },
    ]);
  });
});

describe("the wrong hands", () => {
  it("below the city change nothing, and another city's scope cannot reach this one", async () => {
    const seen = await version();
    const commands = [
      (tx: ScopedTx) =>
        editIndicator(tx, { version: seen, from: december, code: "C01", words: words("走访") }),
      (tx: ScopedTx) => addIndicator(tx, { version: seen, from: december, added: parade }),
      (tx: ScopedTx) => retireIndicator(tx, { version: seen, from: december, code: "F05" }),
      (tx: ScopedTx) => restoreIndicator(tx, { version: seen, from: december, code: "F05" }),
      (tx: ScopedTx) => putCheck(tx, { version: seen, from: december, code: "X01", rule, added: true }),
      (tx: ScopedTx) => retireCheck(tx, { version: seen, from: december, code: "K16" }),
      (tx: ScopedTx) =>
        putDeadlines(tx, {
          version: seen,
          from: december,
          days: { villageDay: 5, townDay: 8, lockDay: 12, submitFromDay: 1 },
        }),
      (tx: ScopedTx) => dropDeadlines(tx, { version: seen, from: december }),
      (tx: ScopedTx) =>
        putStaffingRule(tx, {
          version: seen,
          from: december,
          rule: { perWorker: 400, village: "own", town: "own", district: "own" },
        }),
      (tx: ScopedTx) => dropStaffingRule(tx, { version: seen, from: december }),
    ];
    for (const command of commands) {
      for (const actor of [city.people.headA, city.people.headA1]) {
        expect(refused(await write(actor, command))).toEqual({ kind: "forbidden" });
      }
    }
    expect(await version()).toBe(seen);
    await write(other.people.admin, async (tx) => {
      const theirs = await cityCatalogue(tx);
      return editIndicator(tx, {
        version: theirs.version,
        from: december,
        code: "C01",
        words: words("走访"),
      });
    });
    expect(await name("C01", december)).toBe("走访慰问");
  });

  it("of two who saw the same catalogue the second is told", async () => {
    const seen = await version();
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        write(admin(), (tx) =>
          addIndicator(tx, {
            version: seen,
            from: december,
            added: { ...parade, code: `Z${String(i + 10)}` },
          }),
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.filter((outcome) => refused(outcome)?.kind === "conflict")).toHaveLength(9);
    const slots = await see(
      (tx) => tx.sql`select count(*)::int as all, count(distinct slot)::int as distinct
      from indicator_slot where city_id = ${city.cityId}`,
    );
    expect(slots).toEqual([{ all: 51, distinct: 51 }]);
  });
});
