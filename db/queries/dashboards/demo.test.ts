import { addMonths, type Period, period } from "@muster/domain/period";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Pool } from "../../client";
import { systemCaller, withScope } from "../../scope";
import { demoDatabase, type TestDatabase } from "../../testing/database";
import { cityCatalogue } from "../catalogue";
import { completenessRows, rollupRows } from "../dashboards";
import { measuresOf } from "../standards/sources";
import { openReports } from "./open-reports";
import { placeOf } from "./place";
import { staffingOf } from "./units";

const NOW = new Date("2026-11-21T04:00:00Z");
const CURRENT = period("2026-11");
const LAST = addMonths(CURRENT, -1);
const YEAR = { from: addMonths(CURRENT, -12), to: LAST };
const GROUNDS = { basis: "accepted", boundaries: "reported" } as const;

let database: TestDatabase;
let pool: Pool;
let cityId = 0;
let liuhe = 0;
let yunling = 0;
beforeAll(async () => {
  database = await demoDatabase(NOW);
  pool = new Pool({ url: database.appUrl, size: 2 });
  const auth = new Pool({ url: database.authUrl, size: 1 });
  const rows = await auth.statement(
    ({ sql }) => sql<{ city_id: number; id: number; name: string }[]>`
      select city_id, id, name from station where name in ('柳河镇', '云岭市')`,
  );
  await auth.end();
  cityId = rows[0]?.city_id ?? 0;
  liuhe = rows.find(({ name }) => name === "柳河镇")?.id ?? 0;
  yunling = rows.find(({ name }) => name === "云岭市")?.id ?? 0;
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const inCity = <T>(fn: Parameters<typeof withScope<T>>[3]) =>
  withScope(pool, systemCaller(cityId, NOW), { readOnly: true }, fn);
const figuresOf = (stationId: number, from: Period, to: Period, by: "total" | "child" = "total") =>
  inCity(async (tx) => (await rollupRows(tx, { stationId, from, to, by, ...GROUNDS }))?.rows ?? []);

describe("the demo's town of the source document", () => {
  it("shows its year exactly: visits, receptions, backlog and assistance", async () => {
    const [total] = await figuresOf(liuhe, YEAR.from, YEAR.to);
    expect(total?.figures).toMatchObject({ C03: 120, D01: 500, D02: 2000, D07: 7, E02: 24, E03: 5 });
  });

  it("shows its last month: stations, veteran secretaries, and at most 1,500 beneficiaries", async () => {
    const [total] = await figuresOf(liuhe, LAST, LAST);
    expect(total?.figures).toMatchObject({ B02: 65, B07: 18, B08: 28.125 });
    expect(total?.figures.A01).toBeLessThanOrEqual(1500);
    const own = (await figuresOf(liuhe, LAST, LAST, "child")).find(({ station }) => station === liuhe);
    expect(own?.figures).toMatchObject({ B05: 3, F01: 16 });
  });

  it("meets the staffing rule with its three workers", async () => {
    const answer = await inCity(async (tx) => {
      const place = await placeOf(tx, liuhe);
      return place && staffingOf(tx, await cityCatalogue(tx), place, { from: LAST, to: LAST, ...GROUNDS });
    });
    expect(answer?.place[0]).toMatchObject({ fullTime: 3, required: 3, shortfall: 0 });
    expect(answer?.children).toHaveLength(64);
  });

  it("has in the open month 13 stations that have not filed and 2 whose report came back", async () => {
    const open = await inCity(async (tx) => {
      const place = await placeOf(tx, liuhe);
      return place && openReports(tx, place, CURRENT);
    });
    expect(open?.filter(({ status }) => status === "returned")).toHaveLength(2);
    const rows = await inCity((tx) =>
      completenessRows(tx, { stationId: liuhe, from: CURRENT, to: CURRENT, by: "month" }),
    );
    expect(rows?.rows[0]).toMatchObject({ expected: 65, returned: 2 });
    expect(open).toHaveLength((rows?.rows[0]?.missing ?? 0) + 2);
  });

  it("leads from its archive rate and its petitions closed on time to the registers behind them", async () => {
    const known = await inCity(async (tx) => {
      const place = await placeOf(tx, liuhe);
      return place && (await measuresOf(tx, [{ ...place, level: "town" }], "2026-11-21")).get(liuhe);
    });
    expect(known?.["figures.archive"]?.origin).toEqual({ kind: "report", period: LAST, register: "people" });
    expect(known?.["figures.on_time"]?.origin).toEqual({
      kind: "report",
      period: LAST,
      register: "petitions",
    });
    expect(known?.["figures.boards"]?.origin).toEqual({ kind: "report", period: LAST });
  });

  it("is one of the city's children, which add up to it", async () => {
    const children = await figuresOf(yunling, YEAR.from, YEAR.to, "child");
    const [city] = await figuresOf(yunling, YEAR.from, YEAR.to);
    expect(children).toHaveLength(13);
    for (const code of ["C01", "D02", "E02", "E04"]) {
      expect(children.reduce((sum, { figures }) => sum + (figures[code] ?? 0), 0)).toBe(city?.figures[code]);
    }
  });
});
