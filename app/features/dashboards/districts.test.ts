import { abilityFor } from "@muster/access/ability";
import { Pool } from "@muster/db/client";
import { openMonth } from "@muster/db/queries/months";
import { addStaff } from "@muster/db/queries/staff/roster";
import { withScope } from "@muster/db/scope";
import { type TestDatabase, testDatabase } from "@muster/db/testing/database";
import { callerAt, layCity, putReport, type TestCity } from "@muster/db/testing/hierarchy";
import { period } from "@muster/domain/period";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { translate } from "~/i18n/i18n.server";
import type { PageName, Row } from "./model";
import { readDashboard } from "./page.server";
import { DashboardSearch } from "./search.server";

const NOW = new Date("2026-11-21T04:00:00Z");
const OCTOBER = period("2026-10");

let database: TestDatabase;
let pool: Pool;
let city: TestCity;
/** Stations of the city by name: two districts, of two towns and of one. */
const ids: Record<string, number> = {};

/** Where each stands, its people, its full-time staff, and whether it meets the Five Haves; null: never verified. */
const STATIONS = [
  { name: "东城区", under: "市", level: "district", people: 0, staff: 5, met: true },
  { name: "西城区", under: "市", level: "district", people: 0, staff: 5, met: null },
  { name: "河口镇", under: "东城区", level: "town", people: 100, staff: 2, met: false },
  { name: "山前镇", under: "东城区", level: "town", people: 0, staff: 1, met: true },
  { name: "沙洲镇", under: "西城区", level: "town", people: 300, staff: 1, met: true },
  { name: "河湾村", under: "河口镇", level: "village", people: 900, staff: 1, met: false },
  { name: "上坪村", under: "河口镇", level: "village", people: 400, staff: 1, met: true },
  { name: "沙尾村", under: "沙洲镇", level: "village", people: 100, staff: 1, met: true },
] as const;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ url: database.appUrl, size: 2 });
  city = await layCity(pool, NOW);
  ids.市 = city.rootId;
  for (const { name, under, level } of STATIONS) ids[name] = await city.add(idOf(under), level, name);
  await city.inCity((tx) => openMonth(tx, OCTOBER));
  for (const { name, people, staff, met } of STATIONS) {
    const id = idOf(name);
    await putReport(city, id, OCTOBER, { status: "locked", figures: [people] });
    await city.inScopeOf(id, async (tx) => {
      for (let n = 0; n < staff; n++) {
        await addStaff(tx, {
          ...{ stationId: id, name: `工作人员${n}`, post: "专干", employment: "full_time", head: false },
          ...{ secretary: false, veteran: false, phone: "", education: "college", validFrom: "2026-01-01" },
        });
      }
      if (met === null) return;
      await tx.sql`
        update station_standing set year = 2026, round = 1, set_number = 1, level = s.level, verified_on = '2026-09-10',
          five_haves = ${met}, failing_since = ${met ? null : "2026-09-10"}, lacking = ${met ? [] : ["support"]},
          failing = ${met ? [] : ["G1"]}, missed = ${met ? [] : ["G1"]}, exempt = '{}'
        from station s where s.city_id = station_standing.city_id and s.id = station_id and station_id = ${id}`;
    });
  }
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

function idOf(name: string): number {
  const id = ids[name];
  if (id === undefined) throw new Error(`no station ${name}`);
  return id;
}

/** Reads a page about a station as somebody at another one. */
async function read(by: string, page: PageName, about = by) {
  const caller = callerAt(await city.station(idOf(by)), city.cityId, NOW);
  return readDashboard(page, DashboardSearch.parse({ station: String(idOf(about)) }), {
    actor: caller.actor,
    ability: abilityFor(caller.actor),
    t: translate("zh-CN"),
    locale: "zh-CN",
    now: NOW,
    scoped: (fn) => withScope(pool, caller, { readOnly: true }, fn),
  });
}

type Data = Awaited<ReturnType<typeof read>>;

const way = ({ frame }: Data) => [
  frame.ancestors.map(({ name }) => name.replace(/^测试市.*/, "市")),
  frame.children.map(({ name }) => name),
];
const rowsOf = ({ panels }: Data, id: string): readonly Row[] =>
  panels.find((panel) => panel.id === id)?.rows ?? [];
const keyOf = ({ keys }: Data, id: string) => keys.find((key) => key.id === id)?.value;

describe("the dashboards of a city with districts", () => {
  it.each(["staffing", "compliance"] as const)(
    "lead %s from the city over district and town to the village, and back",
    async (page) => {
      const ways = [];
      for (const about of ["市", "东城区", "河口镇", "河湾村"]) ways.push(way(await read("市", page, about)));
      expect(ways).toEqual([
        [[], ["东城区", "西城区"]],
        [["市"], ["河口镇", "山前镇"]],
        [
          ["市", "东城区"],
          ["河湾村", "上坪村"],
        ],
        [["市", "东城区", "河口镇"], []],
      ]);
      // From a district nobody looks up or beside, and the way back ends there.
      expect(way(await read("东城区", page, "河口镇"))).toEqual([["东城区"], ["河湾村", "上坪村"]]);
      for (const other of ["市", "西城区", "沙洲镇"]) {
        await expect(read("东城区", page, other)).rejects.toMatchObject({ status: 404 });
      }
    },
  );

  it("measure a district as the sum of its towns, each by everybody of its subtree and its own staff", async () => {
    const whole = await read("市", "staffing");
    const ranking = whole.panels.find(({ id }) => id === "staffing-ranking");
    expect(ranking?.title).toBe("各区县配比");
    // People, full-time staff, how many the rule asks for; whether that is enough; and what the row opens.
    const of = (data: Data, name: string) => {
      const row = rowsOf(data, "staffing-ranking").find((each) => each.name === name);
      return [row?.cells.slice(0, 3), row?.tone, row?.station];
    };
    expect(rowsOf(whole, "staffing-ranking")).toHaveLength(2);
    // 1,400 people of one town need three, of whom two are there; the other town has nobody to serve.
    expect(of(whole, "东城区")).toEqual([[1400, 3, 3], "bad", idOf("东城区")]);
    expect(of(whole, "西城区")).toEqual([[400, 1, 1], "good", idOf("西城区")]);
    expect(keyOf(whole, "shortfall")).toBe("1");
    const district = await read("市", "staffing", "东城区");
    expect(of(district, "河口镇")).toEqual([[1400, 2, 3], "bad", idOf("河口镇")]);
    expect([district.panels[0]?.title, keyOf(district, "shortfall")]).toEqual(["各镇街配比", "1"]);
    const town = await read("市", "staffing", "河口镇");
    expect(of(town, "河湾村")).toEqual([[900, 1, 2], "bad", idOf("河湾村")]);
    expect(of(town, "上坪村")).toEqual([[400, 1, 1], "good", idOf("上坪村")]);
  });

  it("count a district's own station and all below it towards its compliance", async () => {
    const cells = (data: Data) =>
      Object.fromEntries(
        rowsOf(data, "compliance-ranking").map(({ name, cells }) => [name, cells.slice(0, 3)]),
      );
    const whole = await read("市", "compliance");
    expect(cells(whole)).toEqual({ 东城区: [5, 5, 3], 西城区: [3, 2, 2] });
    expect(rowsOf(whole, "compliance-levels").map(({ name, cells }) => [name, cells[0]])).toEqual([
      ["区县级", 2],
      ["镇级", 3],
      ["村级", 3],
    ]);
    const district = await read("市", "compliance", "东城区");
    expect(cells(district)).toEqual({ 东城区本级: [1, 1, 1], 河口镇: [3, 3, 1], 山前镇: [1, 1, 1] });
    const town = await read("市", "compliance", "河口镇");
    expect(cells(town)).toEqual({ 河口镇本级: [1, 1, 0], 河湾村: [1, 1, 0], 上坪村: [1, 1, 1] });
    expect(keyOf(await read("市", "compliance", "河湾村"), "verdict")).toBe("未达标");
  });
});
