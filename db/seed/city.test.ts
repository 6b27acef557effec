import { period } from "@muster/domain/period";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Pool } from "../client";
import { catalogueAt } from "../queries/catalogue";
import { systemCaller, withScope } from "../scope";
import { type TestDatabase, testDatabase } from "../testing/database";
import { CityCodeTaken, createCity, nextCityId } from "./city";

const now = new Date("2026-10-05T02:00:00Z");
const city = {
  code: "990100000000",
  name: "云岭市",
  openedOn: "2025-01-01",
  validFrom: period("2025-10"),
} as const;

describe("creating a city", () => {
  let database: TestDatabase;
  let pool: Pool;
  beforeAll(async () => {
    database = await testDatabase();
    pool = new Pool({ url: database.appUrl, size: 4 });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const create = async (what: Parameters<typeof createCity>[1]) => {
    const cityId = await nextCityId(pool);
    return withScope(pool, systemCaller(cityId, now), { readOnly: false }, (tx) => createCity(tx, what));
  };

  it("gives it a root station, the first catalogue and the deadlines, and says so in the audit log", async () => {
    const { cityId, rootStationId } = await create(city);
    await withScope(pool, systemCaller(cityId, now), { readOnly: true }, async (tx) => {
      expect(
        await tx.sql`select id, path, level, parent_id, search from station where city_id = ${cityId}`,
      ).toMatchObject([
        {
          id: rootStationId,
          path: "/",
          level: "city",
          parent_id: null,
          search: "云岭市 990100000000 yunlingshi yls",
        },
      ]);
      const catalogue = await catalogueAt(tx, period("2026-10"));
      expect(catalogue.indicators).toHaveLength(56);
      expect(catalogue.checks.map((c) => c.code).at(-1)).toBe("K21");
      expect(catalogue.deadlines).toMatchObject({
        villageDay: 3,
        townDay: 6,
        lockDay: 10,
        submitFromDay: 20,
      });
      expect((await catalogueAt(tx, period("2025-09"))).indicators).toHaveLength(0);
      expect(await tx.sql`select action, subject_id from audit_log where city_id = ${cityId}`).toMatchObject([
        { action: "city.create", subject_id: String(cityId) },
      ]);
    });
  });

  it("refuses a code that another city has, and leaves nothing of the second", async () => {
    await create({ ...city, code: "990200000000" });
    const before = await count();
    await expect(create({ ...city, code: "990200000000" })).rejects.toBeInstanceOf(CityCodeTaken);
    expect(await count()).toEqual(before);
  });

  it("is not for a scope inside a city", async () => {
    const caller = systemCaller(999, now);
    const inside = { ...caller, actor: { ...caller.actor, path: "/7/" } };
    await expect(
      withScope(pool, inside, { readOnly: false }, (tx) => createCity(tx, city)),
    ).rejects.toBeInstanceOf(RangeError);
  });

  async function count() {
    const superuser = new Pool({ url: database.superUrl, size: 1 });
    try {
      return await superuser.statement(async ({ sql }) => [
        ...(await sql`select (select count(*) from city) as cities, (select count(*) from indicator) as indicators`),
      ]);
    } finally {
      await superuser.end();
    }
  }
});
