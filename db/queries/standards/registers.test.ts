import type { LocalDate } from "@muster/domain/period";
import { testKeyring } from "@muster/secrets/keyring.fixture";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Pool } from "../../client";
import { newId } from "../../scope";
import { type TestDatabase, testDatabase } from "../../testing/database";
import { layCity, type TestCity } from "../../testing/hierarchy";
import { issueCards, withdrawCard } from "../cards/issue";
import { endPerson, registerPerson } from "../people/archive";
import { addStaff, endStaff } from "../staff/roster";
import { termsOf } from "../staff/row";
import { saveFacts } from "../stations/edit";
import { dueList } from "../visits/due";
import { logVisit, type NewVisit, voidVisit } from "../visits/log";
import { noteEvent } from "../visits/notices";
import type { Measure } from "./measure";
import { measuresOf } from "./sources";

const TODAY = "2026-11-21";
const NOW = new Date(`${TODAY}T09:00:00+08:00`);
const keys = testKeyring();

let db: TestDatabase;
let app: Pool;
let city: TestCity;
let town: number;
let village: number;
let beside: number;
let names = 0;

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
  town = await city.add(city.rootId, "town", "柳河镇");
  village = await city.add(town, "village", "河湾村");
  beside = await city.add(town, "village", "上坪村");
});

const done = <T>(outcome: { ok: true; value: T } | { ok: false; refusal: unknown }): T => {
  if (!outcome.ok) throw new Error(String(outcome.refusal));
  return outcome.value;
};

async function someone(stationId = village, activeFrom: LocalDate = "2020-01-01"): Promise<string> {
  names += 1;
  const outcome = await city.inScopeOf(stationId, (tx) =>
    registerPerson(tx, keys, {
      ...{
        name: `老兵${"甲乙丙丁戊己庚辛壬癸"[names % 10]}`,
        idNumber: "",
        sex: "male",
        bornOn: "1960-03-01",
      },
      ...{ phone: "", stationId, categories: ["31"], activeFrom, wayIn: "new" },
    }),
  );
  return done(outcome).id;
}

async function visited(
  records: string[],
  over: Partial<NewVisit> = {},
  stationId = village,
): Promise<string> {
  const visit: NewVisit = {
    ...{ id: newId(), stationId, heldOn: TODAY, channel: "visit", occasion: "routine", records },
    ...{ worker: { id: newId(), name: "安主任" }, gift: 0, followOn: null, planId: null },
    ...{ place: "", found: "", followUp: "" },
    ...over,
  };
  return done(await city.inScopeOf(stationId, (tx) => logVisit(tx, keys, visit))).id;
}

const serve = async (name: string, validFrom: LocalDate) =>
  city.inScopeOf(village, (tx) =>
    addStaff(tx, {
      ...{ stationId: village, name, validFrom, post: "专干", employment: "concurrent" },
      ...{ head: false, secretary: false, veteran: false, phone: "", education: "college" },
    }),
  );

type Name = "visits.contacts" | "visits.made" | "cards.contact";

/** What the records say of a station, as somebody at `by` sees it. */
async function measured(
  name: Name,
  day: LocalDate = TODAY,
  { of = village, by = town }: { of?: number; by?: number } = {},
): Promise<Measure | undefined> {
  const station = await city.station(of);
  const known = await city.inScopeOf(by, (tx) => measuresOf(tx, [station], day));
  return known.get(of)?.[name];
}

/** One rule holds in the city, and has since 2024. */
async function onlyRule(every: string, asked: string, days = 0): Promise<void> {
  await city.inCity(async (tx) => {
    await tx.sql`delete from contact_rule where city_id = ${city.cityId}`;
    await tx.sql`
      insert into contact_rule (city_id, path, code, valid_from, name_zh, name_en, everyone, categories, from_age,
        concerns, every, asked, days, sort)
      values (${city.cityId}, '/', 'R1', '2024-01', '规则', 'Rule', true, '{}', null, '{}', ${every}, ${asked},
        ${days}, 10)`;
  });
}

test("registers that are not in use say nothing, which is not 0", async () => {
  await someone();
  await serve("王建国", "2026-01-05");
  for (const name of ["visits.contacts", "visits.made", "cards.contact"] as const) {
    expect(await measured(name)).toBeUndefined();
    expect(await measured(name, TODAY, { of: town })).toBeUndefined();
  }
});

describe("regular contacts per worker", () => {
  test("are the people reached without an occasion within a year, for each who serves", async () => {
    const [a, b, c, d] = [await someone(), await someone(), await someone(), await someone()];
    await visited([a], { heldOn: "2025-11-20" });
    await visited([a, b], { heldOn: "2026-03-05" });
    await visited([b], { heldOn: "2026-09-05", channel: "phone" });
    await visited([c], { heldOn: "2026-09-05", occasion: "festival" });
    const wrong = await visited([d], { heldOn: "2026-09-06" });
    await city.inScopeOf(village, (tx) => voidVisit(tx, { id: wrong, version: 1, reason: "录错" }));
    // Nobody is known to serve there.
    expect(await measured("visits.contacts")).toBeUndefined();
    const facts = { stationId: village, validFrom: "2026-01-01", approvedPosts: 1, veteranSecretary: false };
    await city.inScopeOf(town, (tx) =>
      saveFacts(tx, { ...facts, fullTime: 1, partTime: 0, fiveHaves: false }),
    );
    expect(await measured("visits.contacts")).toEqual({ value: 2, count: 2, origin: { kind: "contacts" } });
    // From the day a roster is kept, it says who serves.
    await serve("王建国", "2026-06-01");
    await serve("李秀英", "2026-06-01");
    await serve("赵志强", "2026-06-01");
    expect((await measured("visits.contacts"))?.value).toBe(0.66);
    expect((await measured("visits.contacts", "2026-05-31"))?.value).toBe(2);
    const terms = await city.inScopeOf(
      village,
      (tx) =>
        tx.sql<
          { id: string }[]
        >`select staff_id as id from staff where station_id = ${village} and name = '赵志强'`,
    );
    await city.inScopeOf(village, async (tx) => {
      const [term] = await termsOf(tx, village, terms[0]?.id ?? "");
      if (!term) throw new Error("serves");
      return endStaff(tx, { ...term, on: "2026-11-01" });
    });
    expect((await measured("visits.contacts"))?.value).toBe(1);
  });

  test("of a year that has passed are those of that year, and of a station what it did itself", async () => {
    await serve("王建国", "2025-01-01");
    const [a, b] = [await someone(), await someone()];
    await visited([a], { heldOn: "2025-11-20" });
    await visited([a, b], { heldOn: "2026-03-05" });
    expect((await measured("visits.contacts", "2025-12-31"))?.value).toBe(1);
    expect(await measured("visits.contacts", "2025-11-19")).toBeUndefined();
    expect(await measured("visits.contacts", TODAY, { of: town })).toBeUndefined();
    // Nor does anybody see them who does not see the station.
    expect(await measured("visits.contacts", TODAY, { by: beside })).toBeUndefined();
  });
});

describe("due visits made", () => {
  const share = async (day: LocalDate = TODAY, of = village) => {
    const measure = await measured("visits.made", day, { of });
    return measure && [measure.value, measure.count];
  };

  test("are those that were due in a month in which somebody went, of them and those that are overdue", async () => {
    await onlyRule("P1M", "visit");
    const a = await someone();
    await visited([a], { heldOn: "2026-01-10" });
    await visited([a], { heldOn: "2026-02-20" });
    await visited([a], { heldOn: "2026-03-05" });
    // A telephone call is not what the rule asks for.
    await visited([a], { heldOn: "2026-04-02", channel: "phone" });
    await visited([a], { heldOn: "2026-06-01" });
    // Before anything was due there is no share of it.
    expect(await share("2026-01-31")).toBeUndefined();
    expect(await share("2026-03-31")).toEqual([100, 2]);
    // Due since 5 April, and made late in the end.
    expect(await share("2026-05-20")).toEqual([66.66, 3]);
    expect(await share("2026-06-30")).toEqual([100, 3]);
    expect(await share()).toEqual([75, 4]);
    expect(await share("2025-12-31")).toBeUndefined();
    // What is missing is what the list of the overdue shows.
    const path = (await city.station(village)).path;
    const list = await city.inScopeOf(village, (tx) => dueList(tx, { path, overdue: true }));
    expect(list?.total).toBe(1);
    // Whoever came this month is not due yet; whoever left is asked about no more.
    await someone(village, "2026-11-01");
    expect(await share()).toEqual([75, 4]);
    await city.inScopeOf(village, (tx) =>
      endPerson(tx, { id: a, version: 1, on: TODAY, wayOut: "died", note: "" }),
    );
    expect(await share()).toBeUndefined();
  });

  test("ask for each festival once, and may be made up for it", async () => {
    await onlyRule("festival_army", "visit", 15);
    const [a, b, c] = [await someone(), await someone(), await someone()];
    await visited([a], { heldOn: "2026-01-10" });
    expect(await share("2026-08-01")).toBeUndefined();
    expect(await share("2026-08-02")).toEqual([0, 3]);
    await visited([a], { heldOn: "2026-07-20", occasion: "festival" });
    await visited([b], { heldOn: "2026-08-20", occasion: "festival" });
    await visited([c], { heldOn: "2026-07-20", occasion: "festival", channel: "phone" });
    await visited([c], { heldOn: "2026-10-20", occasion: "festival" });
    expect(await share("2026-08-02")).toEqual([33.33, 3]);
    expect(await share()).toEqual([66.66, 3]);
  });

  test("count a notice when it is answered or overdue, and those of the stations below", async () => {
    await onlyRule("P1Y", "any");
    const [a, b] = [await someone(), await someone(beside)];
    await city.inCity(async (tx) => {
      for (const recordId of [a, b])
        done(await noteEvent(tx, { recordId, event: "hospital", on: "2026-10-10" }));
    });
    await visited([a], { heldOn: "2026-10-12", occasion: "hospital" });
    expect(await share("2026-10-15")).toEqual([100, 1]);
    expect(await share()).toEqual([100, 1]);
    expect(await share(TODAY, town)).toEqual([50, 2]);
    expect(await measured("visits.made", TODAY, { of: beside, by: village })).toBeUndefined();
  });
});

describe("contact cards issued", () => {
  test("are the share of the archive with a card in force on the day, below the station too", async () => {
    const [a, b] = [await someone(), await someone()];
    await someone(beside);
    const gone = await someone();
    const give = async (recordIds: string[], kind: "contact" | "service" | "emergency") =>
      done(
        await city.inScopeOf(village, (tx) =>
          issueCards(tx, { recordIds, kind, validUntil: "2028-12-31", workerId: null }),
        ),
      ).ids;
    await give([a], "emergency");
    // A card with the numbers to call in an emergency is none to turn to the station by.
    expect(await measured("cards.contact")).toBeUndefined();
    const [first] = await give([a, gone], "contact");
    await give([a], "service");
    await city.inScopeOf(village, (tx) =>
      endPerson(tx, { id: gone, version: 1, on: TODAY, wayOut: "died", note: "" }),
    );
    expect(await measured("cards.contact")).toEqual({ value: 50, count: 1, origin: { kind: "cards" } });
    expect((await measured("cards.contact", TODAY, { of: town }))?.value).toBe(33.33);
    await give([b], "contact");
    expect((await measured("cards.contact"))?.value).toBe(100);
    await city.inScopeOf(village, (tx) => withdrawCard(tx, { id: first ?? "" }));
    expect((await measured("cards.contact"))?.value).toBe(100);
    // Once all have run out, it is known that nobody has one; before the first one, nothing is.
    expect((await measured("cards.contact", "2029-01-01"))?.value).toBe(0);
    expect(await measured("cards.contact", "2025-12-31")).toBeUndefined();
    expect(await measured("cards.contact", TODAY, { by: beside })).toBeUndefined();
  });
});
