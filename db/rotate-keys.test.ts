import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openKeyring } from "@muster/secrets/key-place";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Pool } from "./client";
import { registerPerson } from "./queries/people/archive";
import { findPerson, openBasics } from "./queries/people/row";
import { resealBatch, sealedOtherwise } from "./queries/sealed";
import { rotateKeys } from "./rotate-keys";
import { type TestDatabase, testDatabase } from "./testing/database";
import { layCity } from "./testing/hierarchy";
import { idNumberOf } from "./testing/id-numbers";

const NOW = new Date("2026-11-21T09:00:00+08:00");
let db: TestDatabase;
let app: Pool;
let data: string;

beforeAll(async () => {
  db = await testDatabase();
  app = new Pool({ url: db.appUrl, size: 2 });
  data = mkdtempSync(join(tmpdir(), "muster-rotate-"));
});
afterAll(async () => {
  await app.end();
  await db.drop();
  rmSync(data, { recursive: true });
});

test("changing the keys seals every city anew, goes on where it was ended, and a running server opens all of it", async () => {
  const env = { MUSTER_DATA: data };
  const serving = openKeyring(env);
  const cities = [await layCity(app, NOW), await layCity(app, NOW)];
  const people: { city: (typeof cities)[number]; id: string; number: string }[] = [];
  for (const city of cities) {
    for (let i = 0; i < 3; i++) {
      const number = idNumberOf("1950-03-04", "male", i);
      const outcome = await city.inCity((tx) =>
        registerPerson(tx, serving, {
          ...{ name: "曾小明", idNumber: number, sex: null, bornOn: null, phone: "13900001111" },
          ...{ stationId: city.rootId, categories: ["31"], activeFrom: "2026-11-21", wayIn: "new" },
        }),
      );
      if (!outcome.ok) throw new Error(outcome.refusal);
      people.push({ city, id: outcome.value.id, number });
    }
  }
  const rotate = () => rotateKeys({ ...db, keys: env, now: NOW, log: () => {} });
  const opens = async () => {
    for (const { city, id, number } of people) {
      const row = await city.inCity((tx) => findPerson(tx, id));
      if (!row) throw new Error("the record is gone");
      expect(openBasics(serving, city.cityId, row).idNumber).toBe(number);
    }
  };
  expect(await rotate()).toBe(6);
  await opens();
  const written = () => Object.keys(JSON.parse(readFileSync(join(data, "keys.json"), "utf8")).keys);
  expect(written()).toEqual(["1", "2"]);

  // Ended half way: some rows of the first city have the third key, which stands in the file.
  const { addKey } = await import("@muster/secrets/key-place");
  expect(addKey(env)).toBe(3);
  await cities[0]?.inCity((tx) => resealBatch(tx, openKeyring(env), 2));
  await opens();
  expect(await rotate()).toBe(4);
  expect(written()).toEqual(["1", "2", "3"]);
  for (const city of cities) expect(await city.inCity((tx) => sealedOtherwise(tx, 3))).toBe(0);
  await opens();
});
