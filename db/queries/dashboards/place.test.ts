import type { Period } from "@muster/domain/period";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Pool } from "../../client";
import { type TestDatabase, testDatabase } from "../../testing/database";
import { cityCatalogue } from "../catalogue";
import { placeOf, timelineOf } from "./place";
import { layRandomCity, type RandomCity, shapes } from "./random-city.fixture";
import { sumsOfChildren, sumsOfPlace } from "./sums";

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

const range = (city: RandomCity) => ({ from: city.periods[0] as Period, to: city.periods.at(-1) as Period });

describe("a dashboard's station", () => {
  it("names its ancestors within the reader's scope, and nothing outside it exists", async () => {
    const [shape] = fc.sample(shapes, { numRuns: 1, seed: 7 });
    const city = await layRandomCity(pool, {
      ...(shape as NonNullable<typeof shape>),
      districts: 1,
      towns: [2, 2],
    });
    const town = city.stations.find(({ level }) => level === "town");
    const village = city.stations.find(
      ({ level, path }) => level === "village" && path.startsWith(town?.path ?? "-"),
    );
    if (!town || !village) throw new Error("the city has a town with a village");
    const seen = (from: number, id: number) =>
      city.inScopeOf(from, async (tx) => (await placeOf(tx, id))?.ancestors.map((a) => a.id) ?? null);
    expect(await seen(city.rootId, village.id)).toEqual([city.rootId, town.districtId, town.id]);
    expect(await seen(town.id, village.id)).toEqual([town.id]);
    expect(await seen(village.id, village.id)).toEqual([]);
    expect(await seen(village.id, town.id)).toBeNull();
    const months = await city.inCity((tx) => timelineOf(tx, { id: town.id, leaf: false }));
    expect(months.map(({ period }) => period)).toEqual(city.periods);
  });

  it("reads only the slots it is asked for, with the parts of a ratio", async () => {
    const [shape] = fc.sample(shapes, { numRuns: 1, seed: 3 });
    const city = await layRandomCity(pool, shape as NonNullable<typeof shape>);
    await city.inCity(async (tx) => {
      const place = await placeOf(tx, city.rootId);
      if (!place) throw new Error("the city is there");
      const query = { ...range(city), basis: "provisional", boundaries: "reported", codes: ["B06"] } as const;
      const catalogue = await cityCatalogue(tx);
      for (const sums of [sumsOfPlace, sumsOfChildren]) {
        for (const { figures } of await sums(tx, catalogue, place, query)) {
          if (figures) expect(Object.keys(figures)).toEqual(["A01", "B05", "B05M"]);
        }
      }
    });
  });
});
