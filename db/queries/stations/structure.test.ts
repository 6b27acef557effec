import { type Period, period } from "@muster/domain/period";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Pool } from "../../client";
import { newId } from "../../scope";
import { type TestDatabase, testDatabase } from "../../testing/database";
import { layCity, putReport, type TestCity } from "../../testing/hierarchy";
import { catalogueAt } from "../catalogue";
import { registersOf } from "../derivations";
import { openMonth } from "../months";
import { reportPage } from "../report-page";
import { rollupFaults } from "../rollups";
import { measuresOf } from "../standards/sources";
import { createStation, editStation, renameStation, saveFacts, savePremises } from "./edit";
import { stationPage } from "./page";
import { misplacedRows, pathTables } from "./paths";
import {
  closeStation,
  mergeStation,
  moveStation,
  previewMerge,
  previewMove,
  reopenStation,
} from "./structure";
import { listStations, stationTree } from "./tree";

const NOW = new Date("2026-11-21T09:00:00+08:00");
const SEP = period("2026-09");
const OCT = period("2026-10");
const NOV = period("2026-11");

let db: TestDatabase;
let app: Pool;
let city: TestCity;
let other: TestCity;
// Two districts; town A (a1, a2) and town C in the first, town B (b1) in the second.
let d1: number;
let d2: number;
let a: number;
let a1: number;
let a2: number;
let b: number;
let b1: number;
let c: number;

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
  d1 = await city.add(city.rootId, "district", "东区");
  d2 = await city.add(city.rootId, "district", "西区");
  a = await city.add(d1, "town", "柳河镇");
  c = await city.add(d1, "town", "松林镇");
  b = await city.add(d2, "town", "桥头镇");
  a1 = await city.add(a, "village", "河湾村");
  a2 = await city.add(a, "village", "上坪村");
  b1 = await city.add(b, "village", "大树村");
  await city.inCity(async (tx) => {
    for (const month of [SEP, OCT, NOV]) await openMonth(tx, month);
  });
  await putReport(city, a1, SEP, { status: "accepted", figures: [5, 7] });
  await putReport(city, a2, SEP, { status: "accepted", figures: [1, 1] });
  await city.inCity(async (tx) => {
    await tx.sql`
      update monthly_report set status = 'locked' where city_id = ${city.cityId} and period = ${SEP} and status = 'accepted'`;
    await tx.sql`
      insert into month_lock (city_id, path, period, locked_at, locked_by)
      values (${city.cityId}, '/', ${SEP}, now(), '市局')`;
  });
});

const report = (stationId: number, at: Period) =>
  city.inCity(async (tx) => {
    const [row] = await tx.sql`
      select path, reported_path, reports_to, expected, status from monthly_report
      where city_id = ${city.cityId} and station_id = ${stationId} and period = ${at}`;
    return row;
  });

const rollup = (stationId: number, at: Period) =>
  city.inCity(async (tx) => {
    const [row] = await tx.sql`
      select reported_path, reports_to, accepted, provisional, expected, filed, accepted_count, missing from rollup
      where city_id = ${city.cityId} and station_id = ${stationId} and period = ${at}`;
    return row;
  });

const rollupsOf = (at: Period) =>
  city.inCity(
    (tx) => tx.sql`
    select station_id, reported_path, reports_to, accepted, expected, filed from rollup
    where city_id = ${city.cityId} and period = ${at} order by station_id`,
  );

/** Sums equal their reports, and every row stands where its station does. */
async function expectSound() {
  await city.inCity(async (tx) => {
    expect(await rollupFaults(tx, [SEP, OCT, NOV])).toEqual([]);
    expect(await misplacedRows(tx)).toEqual([]);
  });
}

const version = async (id: number) => (await city.station(id)).version;
const audited = (action: string) =>
  city.inCity(
    (tx) =>
      tx.sql`select station_id, path, after from audit_log where city_id = ${city.cityId} and action = ${action}`,
  );

describe("opening a station", () => {
  const input = (parentId: number, over = {}) => ({
    parentId,
    code: "320300000777",
    name: "新桥村",
    level: "village" as const,
    kind: "station" as const,
    openedOn: "2026-11-05",
    required: true,
    address: "",
    phone: "",
    ...over,
  });

  test("expects a report of it from the month it opens in, in every roll-up above", async () => {
    const before = await rollup(city.rootId, NOV);
    const opened = await city.inScopeOf(a, (tx) => createStation(tx, input(a)));
    if (!opened.ok) throw new Error(opened.refusal);
    expect(await report(opened.value.id, NOV)).toMatchObject({ expected: true, reports_to: a });
    expect(await report(opened.value.id, OCT)).toBeUndefined();
    expect((await rollup(city.rootId, NOV))?.expected).toBe(before?.expected + 1);
    expect((await rollup(a, NOV))?.missing).toBe(4);
    expect(await audited("station.create")).toHaveLength(9);
    await expectSound();
  });

  test("gives a town that opens its own roll-up, so that villages below it count at once", async () => {
    const town = await city.inScopeOf(d2, (tx) =>
      createStation(tx, input(d2, { level: "town", name: "新城镇" })),
    );
    if (!town.ok) throw new Error(town.refusal);
    const village = await city.inScopeOf(town.value.id, (tx) =>
      createStation(tx, input(town.value.id, { code: "320300000778" })),
    );
    expect(village.ok).toBe(true);
    expect((await rollup(town.value.id, NOV))?.expected).toBe(2);
    await expectSound();
  });

  test("is refused below another's station, on a taken code, at a wrong level and in the future", async () => {
    const tries = async (parentId: number, over = {}) => {
      const outcome = await city.inScopeOf(a, (tx) => createStation(tx, input(parentId, over)));
      return outcome.ok ? "opened" : outcome.refusal;
    };
    expect(await tries(b)).toBe("not_found");
    expect(await tries(other.rootId)).toBe("not_found");
    expect(await tries(a1)).toBe("not_allowed_below");
    expect(await tries(a, { openedOn: "2026-11-22" })).toBe("date_in_future");
    expect(await tries(a, { code: (await city.station(b1)).code })).toBe("code_taken");
    expect(await tries(a)).toBe("opened");
    expect(await tries(a)).toBe("code_taken");
  });

  test("leaves a month alone that its parent has signed off", async () => {
    await city.inCity(
      (tx) => tx.sql`
      insert into month_sign_off (city_id, path, station_id, period, signed_off_at, signed_off_by)
      select city_id, path, id, ${OCT}, now(), '镇站长' from station where city_id = ${city.cityId} and id = ${a}`,
    );
    const opened = await city.inScopeOf(a, (tx) => createStation(tx, input(a, { openedOn: "2026-10-01" })));
    if (!opened.ok) throw new Error(opened.refusal);
    expect(await report(opened.value.id, OCT)).toBeUndefined();
    expect(await report(opened.value.id, NOV)).toMatchObject({ expected: true });
    await expectSound();
  });
});

describe("a new name", () => {
  test("shows in the ancestry of everything below, and in the search by pinyin", async () => {
    const on = "2026-11-01";
    const renamed = await city.inScopeOf(d1, async (tx) =>
      renameStation(tx, { stationId: a, version: await version(a), name: "吕梁街道", on }),
    );
    expect(renamed.ok).toBe(true);
    expect((await city.station(a1)).ancestors.map((line) => line.name)).toEqual([
      `测试市${city.cityId}`,
      "东区",
      "吕梁街道",
    ]);
    const found = async (q: string) =>
      (await city.inCity((tx) => listStations(tx, { q, limit: 10 }))).lines.map((line) => line.id);
    expect(await found("lvliang")).toEqual([a]);
    expect(await found("LLJD")).toEqual([a]);
    expect(await found("吕梁")).toEqual([a]);
    expect(await found("liuhe")).toEqual([]);
    expect(await found("村 wan")).toEqual([a1]);
    expect(await found("%")).toEqual([]);
    await expectSound();
  });

  test("is refused for another's station, for an old version and when nothing changes", async () => {
    const tries = async (scope: number, stationId: number, over = {}) => {
      const outcome = await city.inScopeOf(scope, async (tx) =>
        renameStation(tx, { stationId, version: 1, name: "新名村", on: "2026-11-01", ...over }),
      );
      return outcome.ok ? "renamed" : outcome.refusal;
    };
    expect(await tries(a, b1)).toBe("not_found");
    expect(await tries(b, a1)).toBe("not_found");
    expect(await tries(a, a1, { version: 7 })).toBe("changed_meanwhile");
    expect(await tries(a, a1, { name: "河湾村" })).toBe("name_unchanged");
    expect(await tries(a, a1, { on: "2012-04-30" })).toBe("date_before_opening");
    expect(await tries(a, a1)).toBe("renamed");
    expect(await tries(a, a1, { name: "又一名村" })).toBe("changed_meanwhile");
  });
});

describe("premises and funds", () => {
  test("hold from their day on, from inside the scope only, and answer for the standards", async () => {
    const said = { stationId: a1, validFrom: "2026-03-01", area: 46, rooms: 2, yearlyFunds: 12_000 };
    const save = (by: number, premises: Partial<Parameters<typeof savePremises>[1]>) =>
      city.inScopeOf(by, (tx) => savePremises(tx, { ...said, disclosedOn: null, ...premises }));
    expect(await save(b, {})).toEqual({ ok: false, refusal: "not_found" });
    expect(await save(a1, { disclosedOn: "2026-11-22" })).toEqual({
      ok: false,
      refusal: "disclosed_in_future",
    });
    expect((await save(a1, { disclosedOn: "2026-02-01" })).ok).toBe(true);
    expect((await save(a, { validFrom: "2026-09-01", area: 60 })).ok).toBe(true);
    expect((await save(a, { validFrom: "2026-09-01", area: 61 })).ok).toBe(true);
    expect((await city.inScopeOf(a, (tx) => stationPage(tx, a1)))?.premises).toMatchObject({ area: 61 });
    expect((await city.inScopeOf(a, (tx) => stationPage(tx, a1)))?.premisesHistory).toHaveLength(2);

    const measured = async (day: string) => {
      const known = await city.inScopeOf(a, (tx) =>
        measuresOf(tx, [{ id: a1, path: "", level: "village" }], day),
      );
      const of = known.get(a1) ?? {};
      return ["premises.area", "premises.rooms", "funds.yearly", "funds.disclosed"].map(
        (name) => of[name]?.value,
      );
    };
    expect(await measured("2026-02-28")).toEqual([undefined, undefined, undefined, undefined]);
    expect(await measured("2026-08-31")).toEqual([46, 2, 12_000, 1]);
    // What was put up more than a year ago, or never since, is not disclosed.
    expect(await measured("2026-11-01")).toEqual([61, 2, 12_000, 0]);
  });
});

describe("details and facts", () => {
  test("are kept by those above, and not by neighbours", async () => {
    const details = {
      stationId: a1,
      version: 1,
      code: "320300000999",
      address: "河湾村1号",
      phone: "0516-1",
      required: true,
    };
    expect(await city.inScopeOf(b, (tx) => editStation(tx, details))).toEqual({
      ok: false,
      refusal: "not_found",
    });
    expect((await city.inScopeOf(a, (tx) => editStation(tx, details))).ok).toBe(true);
    expect(await city.station(a1)).toMatchObject({ address: "河湾村1号", code: "320300000999", version: 2 });
    const facts = {
      stationId: a1,
      validFrom: "2026-11-01",
      fullTime: 2,
      partTime: 1,
      approvedPosts: 3,
      veteranSecretary: true,
      fiveHaves: false,
    };
    expect(await city.inScopeOf(b, (tx) => saveFacts(tx, facts))).toEqual({
      ok: false,
      refusal: "not_found",
    });
    expect((await city.inScopeOf(a1, (tx) => saveFacts(tx, facts))).ok).toBe(true);
    expect((await city.inScopeOf(a1, (tx) => saveFacts(tx, { ...facts, fullTime: 4 }))).ok).toBe(true);
    const page = await city.inScopeOf(a, (tx) => stationPage(tx, a1));
    expect(page?.facts).toMatchObject({ fullTime: 4, veteranSecretary: true });
    expect(page?.factsHistory).toHaveLength(1);
    expect(page?.reports.map((r) => r.period)).toEqual([NOV, OCT, SEP]);
    expect(await city.inScopeOf(b, (tx) => stationPage(tx, a1))).toBeNull();
  });

  test("end and begin what is expected of a station that is no longer, or again, required", async () => {
    const details = { stationId: a1, code: "320300000998", address: "", phone: "" };
    await city.inScopeOf(a, (tx) => editStation(tx, { ...details, version: 1, required: false }));
    expect(await report(a1, NOV)).toMatchObject({ expected: false });
    expect(await report(a1, OCT)).toMatchObject({ expected: true });
    await expectSound();
    await city.inScopeOf(a, (tx) => editStation(tx, { ...details, version: 2, required: true }));
    expect(await report(a1, NOV)).toMatchObject({ expected: true });
    await expectSound();
  });
});

describe("closing and reopening", () => {
  test("takes the unfiled months back from every roll-up, keeps the filed ones, and reopening reverses it", async () => {
    await putReport(city, a1, OCT, { status: "submitted", figures: [3] });
    const before = await rollupsOf(NOV);
    const closed = await city.inScopeOf(a, (tx) =>
      closeStation(tx, { stationId: a1, version: 1, on: "2026-10-20" }),
    );
    expect(closed.ok && closed.value.months.map(({ period, change }) => [period, change])).toEqual([
      [OCT, "stays"],
      [NOV, "not_expected"],
    ]);
    expect(await report(a1, OCT)).toMatchObject({ expected: true, status: "submitted" });
    expect(await report(a1, NOV)).toMatchObject({ expected: false });
    expect((await rollup(a, NOV))?.expected).toBe(2);
    await expectSound();

    expect(
      (await city.inScopeOf(a, (tx) => reopenStation(tx, { stationId: a1, version: 2, on: "2026-11-10" })))
        .ok,
    ).toBe(true);
    expect(await report(a1, NOV)).toMatchObject({ expected: true });
    expect(await rollupsOf(NOV)).toEqual(before);
    const page = await city.inCity((tx) => stationPage(tx, a1));
    expect(page?.events.map((e) => e.kind)).toEqual(["reopen", "close", "open"]);
    await expectSound();
  });

  test("leaves the months in between closed: not expected, nor open on any day of them", async () => {
    const quiet = await layCity(app, NOW);
    const town = await quiet.add(quiet.rootId, "town", "柳河镇");
    const village = await quiet.add(town, "village", "河湾村");
    const close = (on: string, version: number) =>
      quiet.inScopeOf(town, (tx) => closeStation(tx, { stationId: village, version, on }));
    const reopen = (on: string, version: number) =>
      quiet.inScopeOf(town, (tx) => reopenStation(tx, { stationId: village, version, on }));
    expect((await close("2026-03-10", 1)).ok).toBe(true);
    expect((await reopen("2026-04-01", 2)).ok).toBe(true);
    expect((await close("2026-06-20", 3)).ok).toBe(true);
    expect((await reopen("2026-09-15", 4)).ok).toBe(true);
    const months = ["02", "03", "04", "05", "06", "07", "08", "09", "10"].map((m) => period(`2026-${m}`));
    // Opened late, as after an outage, and once more: every month asks who stood at its end.
    await quiet.inCity(async (tx) => {
      for (const month of [...months, ...months]) await openMonth(tx, month);
    });
    const stood = await quiet.inCity(async (tx) => {
      const rows = await tx.sql<{ period: Period }[]>`
        select period from monthly_report where city_id = ${quiet.cityId} and station_id = ${village} order by period`;
      const registers = [];
      for (const month of months)
        registers.push(await registersOf(tx, [village], await catalogueAt(tx, month)));
      return {
        expected: rows.map((row) => row.period),
        open: registers.map((r) => r.get(village)?.B02?.value),
      };
    });
    expect(stood.expected).toEqual(["2026-02", "2026-04", "2026-05", "2026-09", "2026-10"]);
    expect(stood.open).toEqual([1, 0, 1, 1, 0, 0, 0, 1, 1]);
    await quiet.inCity(async (tx) => expect(await rollupFaults(tx, months)).toEqual([]));
    const absence = (at: string) =>
      quiet.inScopeOf(village, (tx) => reportPage(tx, { stationId: village, period: period(at) }));
    expect(await absence("2026-07")).toEqual({
      found: false,
      absence: { kind: "closed", station: "河湾村", on: "2026-06-20" },
    });
    expect(await absence("2026-03")).toMatchObject({ absence: { kind: "closed", on: "2026-03-10" } });
    expect(await close("2026-08-01", 5)).toEqual({
      ok: false,
      refusal: "date_before_opening",
      params: { openedOn: "2026-09-15" },
    });
    expect((await close("2026-09-15", 5)).ok).toBe(true);
  });

  test("nothing opens below a station on a day on which that one was closed", async () => {
    expect(
      (await city.inScopeOf(d1, (tx) => closeStation(tx, { stationId: c, version: 1, on: "2026-10-05" }))).ok,
    ).toBe(true);
    expect(
      (await city.inScopeOf(d1, (tx) => reopenStation(tx, { stationId: c, version: 2, on: "2026-11-03" })))
        .ok,
    ).toBe(true);
    const open = async (openedOn: string) => {
      const outcome = await city.inScopeOf(c, (tx) =>
        createStation(tx, {
          parentId: c,
          code: "320300000701",
          name: "新桥村",
          level: "village",
          kind: "station",
          openedOn,
          required: true,
          address: "",
          phone: "",
        }),
      );
      return outcome.ok ? "opened" : outcome.refusal;
    };
    expect(await open("2026-10-20")).toBe("date_before_opening");
    expect(await open("2026-11-03")).toBe("opened");
    await expectSound();
  });

  test("is refused with open children, in a locked month, for one's own station and for another's", async () => {
    const tries = async (scope: number, stationId: number, on = "2026-11-02") => {
      const outcome = await city.inScopeOf(scope, async (tx) =>
        closeStation(tx, { stationId, version: 1, on }),
      );
      return outcome.ok ? "closed" : outcome.refusal;
    };
    expect(await tries(d1, a)).toBe("has_open_children");
    expect(await tries(a, a1, "2026-09-30")).toBe("month_locked");
    expect(await tries(a, a1, "2026-11-22")).toBe("date_in_future");
    expect(await tries(a1, a1)).toBe("own_station");
    expect(await tries(city.rootId, city.rootId)).toBe("is_city");
    expect(await tries(b, a1)).toBe("not_found");
    expect(await tries(a, a1)).toBe("closed");
    expect(await tries(a, a1)).toBe("already_closed");
    expect(await tries(d1, c)).toBe("closed");
    await expectSound();
  });
});

describe("moving a village to another town", () => {
  const move = (over = {}) => ({ stationId: a1, version: 1, parentId: c, on: "2026-10-15", ...over });

  test("takes every row along, leaves locked months as reported and lets open ones follow", async () => {
    await putReport(city, a1, OCT, { status: "accepted", figures: [10, 20] });
    await putReport(city, a1, NOV, { status: "submitted", figures: [2, 4] });
    await city.inCity(
      (tx) => tx.sql`
      insert into membership (city_id, path, id, user_id, username, name, station_id, role, since)
      select city_id, path, ${newId()}, ${newId()}, 'a1.head', '王站长', id, 'village_head', now()
      from station where city_id = ${city.cityId} and id = ${a1}`,
    );
    const september = await rollupsOf(SEP);
    const preview = await city.inScopeOf(d1, (tx) => previewMove(tx, move()));
    const moved = await city.inScopeOf(d1, (tx) => moveStation(tx, move()));
    expect(moved).toEqual(preview);
    expect(moved.ok && moved.value).toMatchObject({ stations: 1, reports: 3, people: { moving: 1 } });
    expect(moved.ok && moved.value.months.map(({ period, change }) => [period, change])).toEqual([
      [OCT, "stays"],
      [NOV, "follows"],
    ]);
    const { path, ancestors, parentId } = await city.station(a1);
    expect(path).toBe(`/${d1}/${c}/${a1}/`);
    expect(parentId).toBe(c);
    expect(ancestors.map((line) => line.id)).toEqual([city.rootId, d1, c]);
    expect(await report(a1, OCT)).toMatchObject({ path, reported_path: `/${d1}/${a}/${a1}/`, reports_to: a });
    expect(await report(a1, NOV)).toMatchObject({ path, reported_path: path, reports_to: c });
    expect(await rollupsOf(SEP)).toEqual(september);
    expect((await rollup(a, NOV))?.provisional.every((v: number) => v === 0)).toBe(true);
    expect((await rollup(c, NOV))?.provisional).toEqual([2, 4]);
    expect((await rollup(a, OCT))?.accepted).toEqual([10, 20]);
    await expectSound();
    // The new town sees the village and its history, the old one neither.
    expect(await city.inScopeOf(a, (tx) => stationPage(tx, a1))).toBeNull();
    const page = await city.inScopeOf(c, (tx) => stationPage(tx, a1));
    expect(page?.people.map((p) => p.name)).toEqual(["王站长"]);
    expect(page?.events[0]).toMatchObject({ kind: "move", effectiveOn: "2026-10-15" });
  });

  const signOff = (stationId: number, at: Period) =>
    city.inCity(async (tx) => {
      await tx.sql`
        insert into month_sign_off (city_id, path, station_id, period, signed_off_at, signed_off_by)
        select city_id, path, id, ${at}, now(), '镇站长' from station
        where city_id = ${city.cityId} and id = ${stationId}`;
      await tx.sql`
        update monthly_report set signed_off = true
        where city_id = ${city.cityId} and reports_to = ${stationId} and period = ${at}`;
    });

  test("keeps a month with the old town once that has signed it off", async () => {
    await signOff(a, OCT);
    const moved = await city.inScopeOf(d1, (tx) => moveStation(tx, move()));
    expect(
      moved.ok && moved.value.months.map(({ period, change, because }) => [period, change, because]),
    ).toEqual([
      [OCT, "stays", "signed_off"],
      [NOV, "follows", null],
    ]);
    await expectSound();
  });

  test("is refused while a report would hang between a town that sees it no longer and one that may not decide", async () => {
    const tries = async (on: string) => {
      const outcome = await city.inScopeOf(d1, (tx) => moveStation(tx, move({ on })));
      return outcome.ok ? "moved" : [outcome.refusal, outcome.params?.period];
    };
    // October is still a draft, and stays with the old town when the move takes effect in November.
    expect(await tries("2026-11-01")).toEqual(["month_unsettled", OCT]);
    await signOff(c, NOV);
    expect(await tries("2026-10-15")).toEqual(["target_signed_off", NOV]);
    await putReport(city, a1, OCT, { status: "accepted", figures: [1] });
    await putReport(city, a1, NOV, { status: "accepted", figures: [1] });
    expect(await tries("2026-11-01")).toBe("moved");
    await expectSound();
  });

  test("is refused outside the scope, below itself, at a wrong level, to a closed or the same parent", async () => {
    const tries = async (scope: number, over = {}) => {
      const outcome = await city.inScopeOf(scope, (tx) => moveStation(tx, move(over)));
      return outcome.ok ? "moved" : outcome.refusal;
    };
    const before = await city.station(a1);
    expect(await tries(a)).toBe("not_found");
    expect(await tries(c)).toBe("not_found");
    expect(await tries(d2)).toBe("not_found");
    expect(await tries(d1, { parentId: b })).toBe("not_found");
    expect(await tries(d1, { parentId: a })).toBe("same_parent");
    expect(await tries(d1, { parentId: a2 })).toBe("not_allowed_below");
    expect(await tries(d1, { parentId: d1 })).toBe("not_allowed_below");
    expect(await tries(d1, { stationId: a, parentId: a1 })).toBe("below_itself");
    expect(await tries(d1, { stationId: d1, parentId: a })).toBe("own_station");
    expect(await tries(city.rootId, { stationId: city.rootId, parentId: a })).toBe("is_city");
    expect(await tries(d1, { version: 3 })).toBe("changed_meanwhile");
    await city.inScopeOf(d1, (tx) => closeStation(tx, { stationId: c, version: 1, on: "2026-11-01" }));
    expect(await tries(d1)).toBe("target_closed");
    expect(await city.station(a1)).toEqual(before);
    await expectSound();
  });
});

describe("moving a town to another district", () => {
  test("moves its whole subtree and its sums, in the months its own report still follows", async () => {
    await putReport(city, a1, NOV, { status: "accepted", figures: [9] });
    await putReport(city, a2, NOV, { status: "submitted", figures: [1] });
    await putReport(city, a, OCT, { status: "accepted", figures: [2] });
    const moved = await city.inCity((tx) =>
      moveStation(tx, { stationId: a, version: 1, parentId: d2, on: "2026-10-01" }),
    );
    expect(moved.ok && moved.value).toMatchObject({ stations: 3 });
    expect(await report(a1, NOV)).toMatchObject({ reported_path: `/${d2}/${a}/${a1}/`, reports_to: a });
    expect(await report(a1, OCT)).toMatchObject({
      reported_path: `/${d1}/${a}/${a1}/`,
      path: `/${d2}/${a}/${a1}/`,
    });
    expect((await rollup(d2, NOV))?.accepted).toEqual([9]);
    expect((await rollup(d1, NOV))?.accepted).toEqual([0]);
    expect((await rollup(d1, OCT))?.accepted).toEqual([2]);
    expect((await city.station(a2)).ancestors.map((line) => line.id)).toEqual([city.rootId, d2, a]);
    await expectSound();
    const back = await city.inCity((tx) =>
      moveStation(tx, { stationId: a, version: 2, parentId: d1, on: "2026-11-20" }),
    );
    expect(back.ok).toBe(true);
    expect((await rollup(d1, NOV))?.provisional).toEqual([10]);
    await expectSound();
  });

  test("rewrites every table that carries a path", async () => {
    const rows = (path: string) =>
      city.inCity(async (tx) => {
        const counts: Record<string, number> = {};
        for (const table of await pathTables(tx)) {
          const [row] = await tx.sql`
            select count(*)::int as n from ${tx.sql(table)} where city_id = ${city.cityId} and path ^@ ${path}`;
          counts[table] = row?.n;
        }
        return counts;
      });
    const before = await rows(`/${d1}/${a}/`);
    await city.inCity((tx) => moveStation(tx, { stationId: a, version: 1, parentId: d2, on: "2026-10-01" }));
    const after = await rows(`/${d2}/${a}/`);
    // The move itself adds an event and an audit entry.
    expect(after).toEqual({
      ...before,
      station_event: (before.station_event ?? 0) + 1,
      audit_log: (before.audit_log ?? 0) + 1,
    });
    expect(Object.values(await rows(`/${d1}/${a}/`)).every((n) => n === 0)).toBe(true);
    expect(before.monthly_report).toBe(9);
  });
});

describe("merging", () => {
  test("a village into a neighbour closes it below the other, ends its roles and hands its history over", async () => {
    await city.inCity(
      (tx) => tx.sql`
      insert into membership (city_id, path, id, user_id, username, name, station_id, role, since)
      select city_id, path, ${newId()}, ${newId()}, 'a1.head', '王站长', id, 'village_head', now()
      from station where city_id = ${city.cityId} and id = ${a1}`,
    );
    const preview = await city.inScopeOf(a, (tx) =>
      previewMerge(tx, { stationId: a1, intoId: a2, on: "2026-11-01" }),
    );
    const merged = await city.inScopeOf(a, (tx) =>
      mergeStation(tx, { stationId: a1, version: 1, intoId: a2, on: "2026-11-01" }),
    );
    expect(merged).toEqual(preview);
    expect(merged.ok && merged.value.people).toEqual({
      moving: 0,
      ending: [{ name: "王站长", role: "village_head" }],
    });
    expect(await city.station(a1)).toMatchObject({
      path: `/${d1}/${a}/${a2}/${a1}/`,
      parentId: a2,
      mergedInto: a2,
      closedOn: "2026-11-01",
    });
    expect(await report(a1, NOV)).toMatchObject({ expected: false });
    expect(await report(a1, OCT)).toMatchObject({ expected: true, reports_to: a });
    const page = await city.inScopeOf(a2, (tx) => stationPage(tx, a1));
    expect(page?.reports.map((r) => r.period)).toContain(SEP);
    expect(page?.people).toEqual([]);
    expect(
      await city.inScopeOf(a, (tx) => reopenStation(tx, { stationId: a1, version: 2, on: "2026-11-20" })),
    ).toEqual({
      ok: false,
      refusal: "merged",
    });
    const tree = await city.inScopeOf(a, (tx) => stationTree(tx, [a], { closed: false }));
    expect(tree.map((line) => line.id)).toEqual([a, a2]);
    await expectSound();
  });

  test("a town into a town of another district takes its villages and their open months along", async () => {
    await putReport(city, a1, NOV, { status: "submitted", figures: [4] });
    await putReport(city, a2, NOV, { status: "accepted", figures: [6] });
    await putReport(city, a, NOV, { status: "submitted", figures: [1] });
    const september = await rollupsOf(SEP);
    const merged = await city.inCity((tx) =>
      mergeStation(tx, { stationId: a, version: 1, intoId: b, on: "2026-10-01" }),
    );
    expect(merged.ok && merged.value.children.map((child) => child.id)).toEqual([a1, a2]);
    expect(await city.station(a1)).toMatchObject({ path: `/${d2}/${b}/${a1}/`, parentId: b });
    expect(await city.station(a)).toMatchObject({ path: `/${d2}/${b}/${a}/`, mergedInto: b });
    expect(await report(a, NOV)).toMatchObject({ reports_to: d2, reported_path: `/${d2}/${a}/` });
    expect(await report(a1, NOV)).toMatchObject({ reports_to: b, reported_path: `/${d2}/${b}/${a1}/` });
    // What the old town has accepted stays counted under it.
    expect(await report(a2, NOV)).toMatchObject({ reports_to: a, reported_path: `/${d2}/${a}/${a2}/` });
    expect((await rollup(d1, NOV))?.provisional.every((v: number) => v === 0)).toBe(true);
    expect((await rollup(d2, NOV))?.provisional).toEqual([11]);
    expect(await rollupsOf(SEP)).toEqual(september);
    await expectSound();
  });

  test("is refused into itself, another level, a closed station and outside the scope", async () => {
    const tries = async (scope: number, stationId: number, intoId: number) => {
      const outcome = await city.inScopeOf(scope, (tx) =>
        mergeStation(tx, { stationId, version: 1, intoId, on: "2026-10-01" }),
      );
      return outcome.ok ? "merged" : outcome.refusal;
    };
    expect(await tries(a, a1, a1)).toBe("same_station");
    expect(await tries(d1, a, a1)).toBe("below_itself");
    expect(await tries(d1, a1, c)).toBe("other_level");
    expect(await tries(a, a1, b1)).toBe("not_found");
    expect(await tries(b, a1, b1)).toBe("not_found");
    expect(await tries(d1, a1, other.rootId)).toBe("not_found");
    await city.inScopeOf(a, (tx) => closeStation(tx, { stationId: a2, version: 1, on: "2026-11-01" }));
    expect(await tries(a, a1, a2)).toBe("target_closed");
    await expectSound();
  });
});

describe("two changes at once", () => {
  test("of one version: one is made, the other is told so", async () => {
    const moves = await Promise.all(
      [c, b].map((parentId) =>
        city.inCity((tx) => moveStation(tx, { stationId: a1, version: 1, parentId, on: "2026-10-01" })),
      ),
    );
    expect(moves.map((m) => (m.ok ? "moved" : m.refusal)).sort()).toEqual(["changed_meanwhile", "moved"]);
    await expectSound();
  });
});
