import { abilityFor } from "@muster/access/ability";
import { Pool } from "@muster/db/client";
import { markChanges } from "@muster/db/queries/change-marks";
import { systemCaller, withScope } from "@muster/db/scope";
import { demoDatabase, type TestDatabase } from "@muster/db/testing/database";
import type { Actor } from "@muster/domain/actor";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { translate } from "~/i18n/i18n.server";
import { tablesOf } from "./export.server";
import { PAGES, type PageName } from "./model";
import { readDashboard } from "./page.server";
import { DashboardSearch } from "./search.server";

const NOW = new Date("2026-11-21T04:00:00Z");

interface Station {
  city_id: number;
  id: number;
  name: string;
  path: string;
  level: Actor["level"];
  kind: Actor["kind"];
}

let database: TestDatabase;
let pool: Pool;
let stations: Station[];
beforeAll(async () => {
  database = await demoDatabase(NOW);
  pool = new Pool({ url: database.appUrl, size: 2 });
  const auth = new Pool({ url: database.authUrl, size: 1 });
  stations = await auth.statement(async ({ sql }) => [
    ...(await sql<Station[]>`select city_id, id, name, path, level, kind from station`),
  ]);
  await auth.end();
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

function station(name: string): Station {
  const found = stations.find((one) => one.name === name);
  if (!found) throw new Error(`the demo has ${name}`);
  return found;
}

/** Reads a page as somebody at this station, with what its address says. */
function read(
  at: Station,
  page: PageName,
  query: Record<string, string> = {},
  locale: "zh-CN" | "en" = "zh-CN",
) {
  const caller = systemCaller(at.city_id, NOW);
  const actor: Actor = { ...caller.actor, ...at, stationId: at.id, stationName: at.name, name: "测试员" };
  return readDashboard(page, DashboardSearch.parse(query), {
    actor,
    ability: abilityFor(actor),
    t: translate(locale),
    locale,
    now: NOW,
    scoped: (fn) => withScope(pool, { ...caller, actor }, { readOnly: true }, fn),
  });
}

const village = () =>
  stations.find(({ path }) => path.startsWith(station("柳河镇").path) && path.split("/").length === 4);

describe("a dashboard's page", () => {
  it.each(PAGES)("%s is drawn for a city, a town and a village, in both languages", async (page) => {
    for (const at of [station("云岭市"), station("柳河镇"), village()]) {
      if (!at) throw new Error("the town has a village");
      for (const locale of ["zh-CN", "en"] as const) {
        const { keys, panels, frame } = await read(at, page, {}, locale);
        expect(keys.length).toBeGreaterThan(0);
        expect(panels.some(({ rows }) => rows.length > 0)).toBe(true);
        const names = JSON.stringify([keys, panels, frame]);
        // A key of the catalogue that has no text stands there as itself.
        expect(names).not.toMatch(/dashboards:|"[a-z]+\.[a-zA-Z.]+"/);
        for (const panel of panels) {
          for (const row of panel.rows)
            if (!row.heading) expect(row.cells).toHaveLength(panel.columns.length);
        }
      }
    }
  });

  it("shows by default the twelve months up to the last closed one, and the open month beside them", async () => {
    const { frame } = await read(station("云岭市"), "overview");
    expect(frame.state).toMatchObject({
      from: "2025-11",
      to: "2026-10",
      basis: "accepted",
      boundaries: "reported",
    });
    expect(frame.coverage).toMatchObject({ period: "2026-10", expected: 379 });
    expect(frame.current).toMatchObject({ period: "2026-11", expected: 379 });
  });

  it("answers 404 for a station above, beside, or of another city, as for one that is not there", async () => {
    const town = station("柳河镇");
    const others = [station("云岭市"), station("石桥镇"), station("星河市"), { id: 999_999 }];
    for (const page of PAGES) {
      for (const { id } of others) {
        await expect(read(town, page, { station: String(id) })).rejects.toMatchObject({ status: 404 });
      }
    }
    await expect(
      read(station("云岭市"), "staffing", { station: String(station("星河市").id) }),
    ).rejects.toMatchObject({
      status: 404,
    });
  });

  it("names no ancestor that the reader may not open", async () => {
    const town = station("柳河镇");
    const below = village();
    const { frame } = await read(town, "staffing", { station: String(below?.id) });
    expect(frame.ancestors).toEqual([{ id: town.id, name: "柳河镇" }]);
    expect((await read(town, "staffing")).frame.ancestors).toEqual([]);
  });

  it("refuses months in the future and ranges without end, and takes a range given backwards", async () => {
    const city = station("云岭市");
    await expect(read(city, "overview", { to: "2026-12" })).rejects.toMatchObject({ status: 400 });
    await expect(read(city, "overview", { from: "2020-01", to: "2026-10" })).rejects.toMatchObject({
      status: 400,
    });
    const { frame } = await read(city, "overview", { from: "2026-10", to: "2026-03" });
    expect(frame.state).toMatchObject({ from: "2026-03", to: "2026-10" });
    for (const query of [{ from: "2026-13" }, { station: "x" }, { basis: "all" }, { indicator: "<b>" }]) {
      expect(DashboardSearch.safeParse(query).success).toBe(false);
    }
    expect(DashboardSearch.parse({ station: "", from: "", basis: "" })).toEqual({});
  });

  it("leads from a city's figure through town and village to the records behind it, for those who may read them", async () => {
    const to = async (at: Station, indicator: string) =>
      (await read(at, "figures", { indicator })).keys.find(({ id }) => id === "latest")?.to;
    const town = station("柳河镇");
    const last = "2026-10";
    for (const at of [station("云岭市"), town, village()]) {
      if (!at) throw new Error("the town has a village");
      expect(await to(at, "A02")).toBe(`/people?figure=people.veterans&period=${last}&station=${at.id}`);
      expect(await to(at, "G01")).toBe(`/findings?figure=findings.opened&period=${last}&station=${at.id}`);
      expect(await to(at, "B02")).toBeUndefined();
    }
  });

  it("shows months before the first as gaps and nothing as nothing, not as zeros", async () => {
    const { panels, keys, frame } = await read(station("云岭市"), "figures", {
      from: "2024-01",
      to: "2024-06",
    });
    expect(frame.coverage).toBeNull();
    expect(keys[0]?.value).toBe("—");
    expect(panels.every(({ rows }) => rows.length === 0)).toBe(true);
    const trend = (await read(station("云岭市"), "figures", { from: "2025-10", to: "2026-10" })).panels[0];
    expect(trend?.rows[0]?.cells).toEqual([null]);
  });

  it("moves with the open month: provisional figures are accepted ones and what waits", async () => {
    const open = { from: "2026-11", to: "2026-11", indicator: "C01" };
    const value = async (basis: string) =>
      Number((await read(station("柳河镇"), "figures", { ...open, basis })).keys[0]?.value.replace(/,/g, ""));
    expect(await value("provisional")).toBeGreaterThan(await value("accepted"));
  });

  it("lists behind the coverage line exactly the stations it counts", async () => {
    const open = { from: "2026-11", to: "2026-11" };
    for (const show of ["missing", "returned"] as const) {
      const { panels, frame } = await read(station("云岭市"), "completeness", { ...open, show });
      expect(panels.find(({ id }) => id === "completeness-open")?.rows).toHaveLength(
        frame.coverage?.[show] ?? -1,
      );
    }
  });

  it("shows from the records how Liuhe stands: 64 of 64 villages with a worker, 18 veteran secretaries", async () => {
    const staffing = await read(station("柳河镇"), "staffing");
    const key = staffing.keys.find(({ id }) => id === "secretaries");
    expect([key?.value, key?.unit]).toEqual(["28.1%", "18 ／ 64 个村"]);
    expect(staffing.keys.map(({ id, value }) => [id, value])).toContainEqual(["shortfall", "0"]);
    const posts = staffing.panels.find(({ id }) => id === "staffing-posts");
    const [all, own] = posts?.rows ?? [];
    const column = (label: string) => posts?.columns.findIndex((each) => each.label === label) ?? -1;
    expect([all?.name, all?.cells[column("有专职的村")], all?.cells[column("兵支书")]]).toEqual([
      "合计",
      64,
      18,
    ]);
    expect([own?.to, own?.cells[column("专职")]]).toEqual([`/stations/${station("柳河镇").id}/staff`, 3]);

    const compliance = await read(station("柳河镇"), "compliance");
    expect(compliance.keys.find(({ id }) => id === "verified")).toMatchObject({ value: "65", unit: "／ 65" });
    const items = compliance.panels.find(({ id }) => id === "compliance-items")?.rows ?? [];
    expect(items.filter(({ name }) => name.startsWith("G1 "))).toEqual([]);
    const failing = compliance.panels.find(({ id }) => id === "compliance-failing")?.rows ?? [];
    expect(failing).toHaveLength(5);
    // Month by month, as it stood then: the last month says what was checked in it.
    const history = compliance.panels.find(({ id }) => id === "compliance-dimension-history");
    expect(history?.rows).toHaveLength(12);
    expect(history?.rows.at(-1)?.cells.slice(5)).toEqual([65, 60]);
    expect(history?.rows.map(({ cells }) => cells[6])).toEqual(
      [...(history?.rows ?? [])].map(({ cells }) => cells[6]).sort((a, b) => Number(a) - Number(b)),
    );
    const byMonth = compliance.panels.find(({ id }) => id === "compliance-item-history");
    const g7 = byMonth?.rows.find(({ name }) => name.startsWith("G7 "));
    expect(g7?.cells).toHaveLength(12);
    // An item opens the stations that do not pass it today, as many as its line counts.
    expect(g7?.to).toMatch(/^\/dashboard\/compliance\?station=\d+&.*&item=G7#compliance-item$/);
    const asked = await read(station("柳河镇"), "compliance", { item: "G7" });
    const missing = asked.panels.find(({ id }) => id === "compliance-item")?.rows ?? [];
    expect(missing).toHaveLength(Number(items.find(({ name }) => name.startsWith("G7 "))?.cells[2]));
    expect(missing[0]?.to).toMatch(/^\/stations\/\d+\/assessments\/202[56]#item-G7$/);
    for (const { to, cells } of failing) {
      expect(to).toMatch(/^\/stations\/\d+\/assessments\/202[56]$/);
      expect(cells[3]).toBeGreaterThan(0);
      expect(cells[4]).toEqual(expect.any(String));
    }
  });

  it("says of stations without records that there are none, and never 0 %", async () => {
    const cityId = station("云岭市").city_id;
    await withScope(pool, systemCaller(cityId, NOW), { readOnly: false }, async (tx) => {
      await tx.sql`
        update station_standing set verified_on = null, five_haves = null, failing_since = null, lacking = null,
          failing = null, missed = null, exempt = null, grade = null, set_number = null, serving = null,
          full_time = null, posts = null, trained = null
        where city_id = ${cityId} and path ^@ ${station("梅岭乡").path}`;
      await markChanges(tx, "standing", null);
    });
    const compliance = await read(station("云岭市"), "compliance");
    const row = (panel: string, data: typeof compliance) =>
      data.panels.find((each) => each.id === panel)?.rows.find(({ name }) => name === "梅岭乡");
    expect(row("compliance-ranking", compliance)).toMatchObject({
      cells: [16, 0, null, null],
      verdict: "未核验",
    });
    expect(row("compliance-matrix", compliance)).toBeUndefined();
    const staffing = await read(station("云岭市"), "staffing");
    expect(row("staffing-ranking", staffing)).toMatchObject({ verdict: "未建花名册" });
    expect(row("staffing-ranking", staffing)?.cells.slice(1, 2)).toEqual([null]);
    expect(row("staffing-posts", staffing)?.cells.every((cell) => cell === null)).toBe(true);
    const village = stations.find(
      ({ path }) => path.startsWith(station("梅岭乡").path) && path.split("/").length === 4,
    );
    const own = await read(village ?? station("梅岭乡"), "compliance");
    expect(own.keys.map(({ value }) => value)).toEqual(["未核验", "—", "—", "0"]);
  });

  it("exports exactly the rows on screen, with what they rest on and who took them", async () => {
    const words = { t: translate("zh-CN"), locale: "zh-CN" } as const;
    for (const page of PAGES) {
      const data = await read(station("云岭市"), page);
      const tables = tablesOf(data, undefined, words) ?? [];
      const shown = data.panels.filter(({ rows }) => rows.length > 0);
      expect(tables.map(({ title }) => title)).toEqual(shown.map(({ title }) => title));
      for (const [i, { rows, watermark }] of tables.entries()) {
        expect(rows.map(([name]) => name)).toEqual(shown[i]?.rows.map(({ name }) => name));
        expect(watermark).toBe("导出：测试员　2026-11-21 12:00");
      }
      expect(tablesOf(data, "no-such-table", words)).toBeNull();
    }
  });
});
