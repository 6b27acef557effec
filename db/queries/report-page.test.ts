import type { Actor } from "@muster/domain/actor";
import { period } from "@muster/domain/period";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Pool } from "../client";
import { type ScopedTx, systemCaller, withScope } from "../scope";
import { type TestDatabase, testDatabase } from "../testing/database";
import { callerOf, type SmallCity, smallCity } from "../testing/small-city";
import { openMonth } from "./months";
import { addRemark } from "./remarks";
import {
  changesSince,
  monthsProgress,
  ownMonths,
  type PageAnswer,
  type ReportPage,
  reportPage,
} from "./report-page";
import { acceptReport, returnReport, saveReport, submitReport } from "./reports";

const september = period("2026-09");
const october = period("2026-10");
const inOctober = new Date("2026-10-25T02:00:00Z");

let database: TestDatabase;
let pool: Pool;
let city: SmallCity;
let other: SmallCity;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ url: database.appUrl, size: 4 });
  city = await smallCity(database);
  other = await smallCity(database, { code: "990200000000", name: "星河市" });
  await withScope(pool, systemCaller(city.cityId, inOctober), { readOnly: false }, async (tx) => {
    await openMonth(tx, september);
    await openMonth(tx, october);
    await tx.sql`
      insert into station_facts (city_id, path, station_id, valid_from, full_time, five_haves, veteran_secretary)
      values (${city.cityId}, ${city.a1.path}, ${city.a1.id}, '2026-01-01', 2, true, false)`;
  });
  await write(city.people.headA1, (tx) =>
    submitReport(tx, at(september), {
      version: null,
      figures: { A01: 300, A02: 210, C01: 12, B01: 1, B02: 1, B03: 1, B05: 2, B07: 0 },
    }),
  );
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const at = (month = october) => ({ stationId: city.a1.id, period: month });
const write = <T>(actor: Actor, fn: (tx: ScopedTx) => Promise<T>, now = inOctober) =>
  withScope(pool, callerOf(actor, now), { readOnly: false }, fn);
const see = <T>(actor: Actor, fn: (tx: ScopedTx) => Promise<T>, now = inOctober) =>
  withScope(pool, callerOf(actor, now), { readOnly: true }, fn);

function found(answer: PageAnswer): ReportPage {
  if (!answer.found) throw new Error(`no page: ${answer.absence.kind}`);
  return answer.page;
}

describe("the page of a report", () => {
  it("proposes what the records give, then last month's stock, and nothing for what happens in a month", async () => {
    const page = found(await see(city.people.headA1, (tx) => reportPage(tx, at())));
    expect(page.station).toMatchObject({ name: "河湾村", reviewer: "柳河镇" });
    expect(page.report).toMatchObject({ status: "draft", version: 0 });
    expect(page.proposals.A01).toEqual({ value: 300, origin: "carried" });
    expect(page.proposals.B05).toEqual({ value: 2, origin: "register" });
    expect(page.proposals.C01).toEqual({ value: null, origin: "blank" });
    expect(page.previous).toMatchObject({ A01: 300, C01: 12 });
    expect(page.yearAgo).toBeNull();
  });

  it("shows what is saved before any proposal, and leaves empty what the filer emptied", async () => {
    await write(city.people.headA1, (tx) => saveReport(tx, at(), 0, { figures: { A01: 305, A02: 211 } }));
    await write(city.people.headA1, (tx) => saveReport(tx, at(), 1, { figures: { A02: null } }));
    const page = found(await see(city.people.headA1, (tx) => reportPage(tx, at())));
    expect(page.proposals.A01).toEqual({ value: 305, origin: "saved" });
    expect(page.proposals.A02).toEqual({ value: null, origin: "blank" });
    expect(page.proposals.B01).toEqual({ value: 1, origin: "register" });
    expect(page.violations.map((violation) => violation.check)).toContain("K01");
    expect(page.events.map((event) => event.changes)).toEqual([
      { A01: [null, 305], A02: [null, 211] },
      { A02: [211, null] },
    ]);
  });

  it("tells which figures others changed since a version, and from what", async () => {
    expect(await see(city.people.headA1, (tx) => changesSince(tx, at(), 0))).toEqual({
      A01: [null, 305],
      A02: [null, null],
    });
    expect(await see(city.people.headA1, (tx) => changesSince(tx, at(), 2))).toEqual({});
    expect(await see(city.people.headA2, (tx) => changesSince(tx, at(), 0))).toEqual({});
  });

  it("proposes nothing once the report was submitted: its blanks were meant", async () => {
    await write(city.people.headA1, (tx) =>
      submitReport(tx, at(), { version: null, figures: { A01: 300, A07: 1, A08: 1 } }),
    );
    await write(city.people.headA, (tx) =>
      returnReport(tx, at(), { figures: { A01: "请核对" }, dueOn: "2026-10-28" }),
    );
    const page = found(await see(city.people.headA1, (tx) => reportPage(tx, at())));
    expect(page.proposals.B05).toEqual({ value: null, origin: "blank" });
    expect(page.report.remarks.A01?.returned).toBe("请核对");
  });

  it("is the same for the town and the city, and is not there for anybody else", async () => {
    for (const actor of [city.people.clerkA, city.people.overseer, city.people.liaisonA1]) {
      expect((await see(actor, (tx) => reportPage(tx, at()))).found).toBe(true);
    }
    for (const actor of [city.people.headA2, city.people.headB, other.people.admin]) {
      expect(await see(actor, (tx) => reportPage(tx, at()))).toEqual({
        found: false,
        absence: { kind: "not_found" },
      });
    }
  });

  it("says why there is no report in a month", async () => {
    const why = async (month: string, actor = city.people.headA1, stationId = city.a1.id) => {
      const answer = await see(actor, (tx) => reportPage(tx, { stationId, period: period(month) }));
      return answer.found ? null : answer.absence;
    };
    expect(await why("2026-11")).toMatchObject({ kind: "future", station: "河湾村" });
    expect(await why("2024-12")).toMatchObject({ kind: "before_opening", on: "2025-01-01" });
    expect(await why("2026-08")).toMatchObject({ kind: "not_expected" });
    expect(await why("2026-10", city.people.admin, city.city.id)).toMatchObject({ kind: "not_expected" });
    expect(await why("2026-11", city.people.headA2)).toEqual({ kind: "not_found" });
  });
});

describe("the lists of months", () => {
  it("show a station its own months, latest first", async () => {
    const months = await see(city.people.headA1, (tx) => ownMonths(tx, city.a1.id));
    expect(months.map(({ period: month, status, returned }) => [month, status, returned])).toEqual([
      ["2026-10", "returned", 1],
      ["2026-09", "submitted", 0],
    ]);
    expect(months[0]?.given).toBeGreaterThan(3);
    expect(await see(city.people.headA2, (tx) => ownMonths(tx, city.a1.id))).toEqual([]);
  });

  it("show a managing station how its subtree stands, and nobody else", async () => {
    await write(city.people.headA, (tx) => acceptReport(tx, at(september)));
    const [, before] = await see(city.people.headA, (tx) => monthsProgress(tx, city.townA.id));
    expect(before).toMatchObject({ period: "2026-09", expected: 3, filed: 1, accepted: 1, missing: 2 });
    expect(await see(city.people.headB, (tx) => monthsProgress(tx, city.townA.id))).toEqual([]);
  });
});

describe("remarks", () => {
  it("are left by those above and seen by the station", async () => {
    const left = await write(city.people.overseer, (tx) =>
      addRemark(tx, at(), { indicator: "A01", body: " 请附名册 " }),
    );
    expect(left).toMatchObject({ ok: true, value: { body: "请附名册", byRole: "city_overseer" } });
    const page = found(await see(city.people.headA1, (tx) => reportPage(tx, at())));
    expect(page.remarks).toMatchObject([{ indicator: "A01", body: "请附名册" }]);
    expect(page.report.version).toBe(4);
    const [message] = await see(
      city.people.headA1,
      (tx) => tx.sql`select kind from message where kind = 'remark'`,
    );
    expect(message).toEqual({ kind: "remark" });
  });

  it("are refused on one's own report, on a stranger's, when empty and when too long", async () => {
    const line = { indicator: null, body: "好" };
    expect(await write(city.people.headA1, (tx) => addRemark(tx, at(), line))).toMatchObject({
      refusal: { kind: "forbidden" },
    });
    for (const actor of [city.people.headB, other.people.overseer]) {
      expect(await write(actor, (tx) => addRemark(tx, at(), line))).toMatchObject({
        refusal: { kind: "not_found" },
      });
    }
    for (const body of ["  ", "长".repeat(501)]) {
      expect(
        await write(city.people.overseer, (tx) => addRemark(tx, at(), { indicator: null, body })),
      ).toMatchObject({ refusal: { kind: "invalid", field: "body" } });
    }
  });
});
