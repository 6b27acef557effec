import { type LocalDate, period } from "@muster/domain/period";
import { testKeyring } from "@muster/secrets/keyring.fixture";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Pool } from "../../client";
import { newId, type ScopedTx, systemCaller, withScope } from "../../scope";
import { type TestDatabase, testDatabase } from "../../testing/database";
import { layCity } from "../../testing/hierarchy";
import { registerPerson } from "../people/archive";
import { logVisit } from "../visits/log";
import { peopleVisited } from "./visited";

const NOW = new Date("2026-11-21T09:00:00+08:00");
const keys = testKeyring();

let db: TestDatabase;
let app: Pool;
beforeAll(async () => {
  db = await testDatabase();
  app = new Pool({ url: db.appUrl, size: 2 });
});
afterAll(async () => {
  await app.end();
  await db.drop();
});

test("people are counted again at every level and over every range, whoever visited them and however often", async () => {
  const city = await layCity(app, NOW);
  const other = await layCity(app, NOW);
  const town = await city.add(city.rootId, "town", "柳河镇");
  const [v1, v2] = [await city.add(town, "village", "河湾村"), await city.add(town, "village", "上坪村")];
  const far = await other.add(other.rootId, "town", "北港镇");

  const someone = async (at: typeof city, stationId: number, name: string) => {
    const made = await at.inScopeOf(stationId, (tx) =>
      registerPerson(tx, keys, {
        ...{
          name,
          idNumber: "",
          sex: "male",
          bornOn: "1960-03-01",
          phone: "",
          stationId,
          categories: ["31"],
        },
        ...{ activeFrom: "2020-01-01", wayIn: "new" },
      }),
    );
    if (!made.ok) throw new Error(made.refusal);
    return made.value.id;
  };
  const visit = async (at: typeof city, stationId: number, records: string[], heldOn: LocalDate) => {
    const made = await at.inScopeOf(stationId, (tx) =>
      logVisit(tx, keys, {
        ...{ id: newId(), stationId, heldOn, channel: "visit", occasion: "routine", records, gift: 0 },
        worker: { id: newId(), name: "安主任" },
        ...{ followOn: null, planId: null, place: "", found: "", followUp: "" },
      }),
    );
    if (!made.ok) throw new Error(String(made.refusal));
  };
  const [a, b, moved] = [
    await someone(city, v1, "甲"),
    await someone(city, v1, "乙"),
    await someone(city, v2, "丙"),
  ];
  const before = await someone(city, v1, "丙");
  // One human being with a record at both stations: moved from one to the other.
  await city.inCity(
    (
      tx,
    ) => tx.sql`update person set person_id = (select person_id from person where city_id = ${city.cityId} and id = ${moved})
      where city_id = ${city.cityId} and id = ${before}`,
  );
  await visit(city, v1, [a, b], "2026-09-10");
  await visit(city, v1, [a, before], "2026-10-10");
  await visit(city, v2, [moved], "2026-10-20");
  await visit(city, v2, [moved], "2026-11-01");
  await visit(other, far, [await someone(other, far, "丁")], "2026-10-20");

  const place = { id: town, path: (await city.inCity(async (tx) => pathOf(tx, town))) ?? "" };
  const asked = await withScope(app, systemCaller(city.cityId, NOW), { readOnly: true }, (tx) =>
    peopleVisited(tx, place, { from: period("2026-09"), to: period("2026-10") }),
  );
  const counted = Object.fromEntries(
    asked.map(({ child, period: at, people }) => [`${child ?? "all"} ${at ?? "all"}`, people]),
  );
  expect(counted).toEqual({
    "all all": 3,
    "all 2026-09": 2,
    "all 2026-10": 2,
    [`${v1} all`]: 3,
    [`${v1} 2026-09`]: 2,
    [`${v1} 2026-10`]: 2,
    [`${v2} all`]: 1,
    [`${v2} 2026-10`]: 1,
  });
  // A range without a visit says nothing; another city's scope reaches none of them.
  const empty = { from: period("2026-01"), to: period("2026-02") };
  const none = await withScope(app, systemCaller(city.cityId, NOW), { readOnly: true }, (tx) =>
    peopleVisited(tx, place, empty),
  );
  expect(none).toEqual([]);
  const stranger = await withScope(app, systemCaller(other.cityId, NOW), { readOnly: true }, (tx) =>
    peopleVisited(tx, place, { from: period("2026-09"), to: period("2026-10") }),
  );
  expect(stranger).toEqual([]);
});

async function pathOf(tx: ScopedTx, id: number): Promise<string | undefined> {
  const [row] = await tx.sql<{ path: string }[]>`
    select path from station where city_id = ${tx.scope.cityId} and id = ${id}`;
  return row?.path;
}
