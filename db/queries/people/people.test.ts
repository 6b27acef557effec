import { period } from "@muster/domain/period";
import { entriesOf, SECTION_NAMES, SECTIONS, type SectionContent } from "@muster/domain/person-sections";
import { Unreadable } from "@muster/secrets/keyring";
import { testKeyring } from "@muster/secrets/keyring.fixture";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Pool } from "../../client";
import { faultsOfPeople } from "../../doctor/people";
import { newId } from "../../scope";
import { columnsHolding } from "../../testing/clear-text";
import { type TestDatabase, testDatabase } from "../../testing/database";
import { layCity, type TestCity } from "../../testing/hierarchy";
import { idNumberOf } from "../../testing/id-numbers";
import { registerFigures } from "../../testing/register-figures";
import { audit } from "../audit";
import { catalogueAt } from "../catalogue";
import { registersOf } from "../derivations";
import { noteExport } from "../registers/exported";
import { misplacedRows } from "../stations/paths";
import { moveStation } from "../stations/structure";
import {
  addCategory,
  confirmPeople,
  editBasics,
  endCategory,
  endPerson,
  mergePerson,
  type NewPerson,
  registerPerson,
  reinstatePerson,
  revealPart,
  saveSection,
} from "./archive";
import { PEOPLE_FIGURES, PEOPLE_STATEMENT, type PeopleFigure } from "./figures";
import { importPeople, type PersonImportRow, planPeopleImport } from "./import";
import { findByNumber, listPeople, type PeopleFilter, summaryOf } from "./list";
import { resealBatch, sealedOtherwise, tryKeys } from "./rotate";
import { categoriesOf, findPerson, maskedBasics, openBasics, openSection, sectionsOf, staysOf } from "./row";
import { printPerson } from "./sheet";
import { askTransfer, decideTransfer, openTransfers, waitingTransfers } from "./transfers";

const PEOPLE = { names: PEOPLE_FIGURES, statement: PEOPLE_STATEMENT };

const NOW = new Date("2026-11-21T09:00:00+08:00");
const TODAY = "2026-11-21";
const NOV = period("2026-11");
const keys = testKeyring();

let db: TestDatabase;
let app: Pool;
let city: TestCity;
let other: TestCity;
let town: number;
let v1: number;
let v2: number;
let far: number;
let order = 0;

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
  town = await city.add(city.rootId, "town", "柳河镇");
  v1 = await city.add(town, "village", "河湾村");
  v2 = await city.add(town, "village", "上坪村");
  const second = await city.add(city.rootId, "town", "北港镇");
  far = await city.add(second, "village", "岭脚村");
});

const refusal = (outcome: { ok: boolean; refusal?: string }) => (outcome.ok ? "done" : outcome.refusal);
const freshNumber = (bornOn = "1946-05-01", sex: "male" | "female" = "male") =>
  idNumberOf(bornOn, sex, order++);

const someone = (over: Partial<NewPerson> = {}): Omit<NewPerson, "stationId"> => ({
  name: "曾小明",
  idNumber: freshNumber(),
  sex: null,
  bornOn: null,
  phone: "139 0000 1111",
  categories: ["31"],
  activeFrom: TODAY,
  wayIn: "new",
  ...over,
});

async function register(stationId: number, over: Partial<NewPerson> = {}): Promise<string> {
  const outcome = await city.inScopeOf(stationId, (tx) =>
    registerPerson(tx, keys, { ...someone(over), stationId }),
  );
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value.id;
}

const read = async (id: string) => {
  const row = await city.inCity((tx) => findPerson(tx, id));
  if (!row) throw new Error("the record is not there");
  return row;
};

const listed = async (filter: PeopleFilter, at = city.rootId) =>
  (await city.inScopeOf(at, (tx) => listPeople(tx, keys, { filter, limit: 50 }))).lines.map(
    ({ name }) => name,
  );

const audited = (action: string) =>
  city.inCity(
    (tx) => tx.sql<{ station_id: number; path: string; before: unknown; after: Record<string, unknown> }[]>`
    select station_id, path, before, after from audit_log where city_id = ${city.cityId} and action = ${action}
    order by at, id`,
  );

/** Answers to everything that is needed. */
const complete = (section: (typeof SECTION_NAMES)[number]): SectionContent =>
  Object.fromEntries(
    entriesOf(section).flatMap(([name, entry]) => {
      if (!entry.needed) return [];
      if (entry.kind === "choice") return [[name, entry.options[0] ?? ""]];
      return [[name, entry.kind === "yesNo" ? "no" : entry.kind === "phone" ? "13900002222" : "有"]];
    }),
  );

async function completeAll(id: string, stationId: number) {
  for (const section of SECTION_NAMES) {
    const saved = await city.inScopeOf(stationId, (tx) =>
      saveSection(tx, keys, { id, section, version: 0, content: complete(section) }),
    );
    expect(refusal(saved)).toBe("done");
  }
}

describe("taking somebody into the archive", () => {
  test("takes sex and birth from the ID number and keeps it sealed", async () => {
    const number = freshNumber("1946-05-01", "female");
    const row = await read(await register(v1, { idNumber: number }));
    expect(row).toMatchObject({
      name: "曾小明",
      sex: "female",
      bornOn: "1946-05-01",
      stationId: v1,
      leftOn: null,
    });
    expect(openBasics(keys, city.cityId, row)).toEqual({ idNumber: number, phone: "13900001111" });
    expect(maskedBasics(keys, city.cityId, row)).toEqual({
      idNumber: `329***********${number.slice(-4)}`,
      phone: "139****1111",
    });
  });

  test("leaves no ID number, telephone or address in the clear anywhere in the database", async () => {
    const number = freshNumber();
    const id = await register(v1, { idNumber: number, phone: "13812345678" });
    await city.inScopeOf(v1, (tx) =>
      saveSection(tx, keys, { id, section: "contact", version: 0, content: { address: "暗号巷七号" } }),
    );
    await city.inScopeOf(v1, (tx) => revealPart(tx, keys, { id, part: "contact", purpose: "verify" }));
    expect(await columnsHolding(db.superUrl, [number, "13812345678", "暗号巷"])).toEqual([]);
  });

  test("is written about in codes, days and numbers alone: an entry with words, a name or a number is none", async () => {
    const entry = { action: "person.edit", subject: "Person", subjectId: newId(), stationId: v1, path: "/" };
    const write = (after: Record<string, unknown>) => city.inCity((tx) => audit(tx, { ...entry, after }));
    await expect(write({ reason: "父亲去世" })).rejects.toThrow("says words about people");
    await expect(write({ changes: [{ phone: "13812345678" }] })).rejects.toThrow("says words about people");
    await expect(write({ on: "2026-11-01", wayOut: "died", people: 3, left: null })).resolves.toBeUndefined();
  });

  test("refuses a number that is none, and a sex that it contradicts", async () => {
    const enter = (over: Partial<NewPerson>) =>
      city.inScopeOf(v1, (tx) => registerPerson(tx, keys, { ...someone(over), stationId: v1 }));
    const number = freshNumber();
    const wrong = number.slice(0, 17) + (number.endsWith("1") ? "2" : "1");
    expect(refusal(await enter({ idNumber: wrong }))).toBe("idNumber_checksum");
    expect(refusal(await enter({ idNumber: number, sex: "female" }))).toBe("sex_differs");
    expect(refusal(await enter({ idNumber: "" }))).toBe("sex_missing");
    expect(refusal(await enter({ categories: ["99"] }))).toBe("unknown_category");
    expect(refusal(await enter({ activeFrom: "2026-11-22" }))).toBe("date_in_future");
    expect(refusal(await enter({ idNumber: "", sex: "male", bornOn: "1950-01-02" }))).toBe("done");
  });

  test("says of somebody who is there which record, and of one elsewhere only that there is one", async () => {
    const number = freshNumber();
    const id = await register(v1, { idNumber: number });
    const again = (stationId: number) =>
      city.inScopeOf(stationId, (tx) =>
        registerPerson(tx, keys, { ...someone({ idNumber: number }), stationId }),
      );
    expect(await again(v1)).toEqual({ ok: false, refusal: "known_here", params: { id } });
    expect(await again(far)).toEqual({ ok: false, refusal: "known_elsewhere" });
    const [entry] = await audited("person.known_elsewhere");
    expect(entry).toMatchObject({ station_id: far, after: null });
    // Another city has nothing to do with it.
    const theirs = await other.add(other.rootId, "town", "别处镇");
    const there = await other.inScopeOf(theirs, (tx) =>
      registerPerson(tx, keys, { ...someone({ idNumber: number }), stationId: theirs }),
    );
    expect(refusal(there)).toBe("done");
  });

  test("of two stations that enter one person at the same moment lets one", async () => {
    const number = freshNumber();
    const both = await Promise.all(
      [v1, far].map((stationId) =>
        city.inScopeOf(stationId, (tx) =>
          registerPerson(tx, keys, { ...someone({ idNumber: number }), stationId }),
        ),
      ),
    );
    expect(both.map(refusal).sort()).toEqual(["done", "known_elsewhere"]);
  });

  test("reaches no station outside the caller's scope, nor any record of one", async () => {
    const id = await register(v1);
    const wrong = <T>(fn: Parameters<typeof city.inScopeOf<T>>[1]) => city.inScopeOf(v2, fn);
    const row = await read(id);
    const outcomes = [
      await wrong((tx) => registerPerson(tx, keys, { ...someone(), stationId: v1 })),
      await wrong((tx) => editBasics(tx, keys, { ...someone(), id, version: row.version })),
      await wrong((tx) => saveSection(tx, keys, { id, section: "needs", version: 0, content: {} })),
      await wrong((tx) => addCategory(tx, { id, code: "53", from: TODAY, document: "" })),
      await wrong((tx) => endCategory(tx, { id, categoryId: id, on: TODAY })),
      await wrong((tx) => endPerson(tx, { id, version: 1, on: TODAY, wayOut: "died", note: "" })),
      await wrong((tx) => reinstatePerson(tx, keys, { id, version: 1, reason: "x" })),
      await wrong((tx) => revealPart(tx, keys, { id, part: "health", purpose: "verify" })),
      await wrong((tx) => printPerson(tx, keys, { id, purpose: "verify", full: true })),
    ];
    expect(new Set(outcomes.map(refusal))).toEqual(new Set(["not_found"]));
    expect(await wrong((tx) => confirmPeople(tx, [id]))).toBe(0);
    expect(refusal(await wrong((tx) => mergePerson(tx, { id, version: 1, into: id })))).toBe("not_mergeable");
    expect(
      await wrong((tx) => findByNumber(tx, keys, openBasics(keys, city.cityId, row).idNumber)),
    ).toBeNull();
    expect(await read(id)).toEqual(row);
  });
});

describe("a record of the archive", () => {
  test("keeps number and telephone that are not typed again, and logs what changed without its content", async () => {
    const id = await register(v1);
    const before = await read(id);
    const edit = { name: "曾晓明", idNumber: "", sex: null, bornOn: null, phone: "", id, version: 1 };
    expect(refusal(await city.inScopeOf(v1, (tx) => editBasics(tx, keys, edit)))).toBe("done");
    const after = await read(id);
    expect(openBasics(keys, city.cityId, after)).toEqual(openBasics(keys, city.cityId, before));
    expect(after).toMatchObject({ name: "曾晓明", version: 2 });
    expect(refusal(await city.inScopeOf(v1, (tx) => editBasics(tx, keys, edit)))).toBe("changed_meanwhile");
    expect((await audited("person.edit"))[0]?.after).toEqual({ entries: ["name"] });
  });

  test("is complete when nothing needed is missing, and confirmed it counts as archived", async () => {
    const id = await register(v1);
    expect((await read(id)).completeness).toBeGreaterThan(0);
    await completeAll(id, v1);
    expect(await read(id)).toMatchObject({ completeness: 100, completeSince: TODAY });
    const archived = async () =>
      (await city.inCity((tx) => registerFigures(tx, PEOPLE, v1, NOV)))?.["people.archived"];
    const left = async () =>
      (
        await city.inScopeOf(v1, (tx) =>
          listPeople(tx, keys, { filter: { stationId: v1, archive: "open" }, limit: 50 }),
        )
      ).lines.map((line) => line.id);
    expect(await archived()).toBe(0);
    expect(await left()).toContain(id);
    expect(await city.inScopeOf(v1, (tx) => confirmPeople(tx, [id, id]))).toBe(1);
    expect(await archived()).toBe(1);
    expect(await left()).not.toContain(id);
    await city.inScopeOf(v1, (tx) => saveSection(tx, keys, { id, section: "work", version: 1, content: {} }));
    expect(await read(id)).toMatchObject({ completeSince: null });
    expect(await archived()).toBe(0);
    expect(await city.inCity(faultsOfPeople)).toEqual([]);
  });

  test("has each section edited by one at a time", async () => {
    const id = await register(v1);
    const save = (version: number, needs: string) =>
      city.inScopeOf(v1, (tx) =>
        saveSection(tx, keys, { id, section: "needs", version, content: { needs } }),
      );
    const both = await Promise.all([save(0, "书法"), save(0, "象棋")]);
    expect(both.map(refusal).sort()).toEqual(["changed_meanwhile", "done"]);
    expect(refusal(await save(1, "读报"))).toBe("done");
    const [section] = await city.inCity((tx) => sectionsOf(tx, id));
    expect(section && openSection(keys, city.cityId, section)).toEqual({ needs: "读报" });
    expect((await audited("person.section")).at(-1)?.after).toEqual({
      archivePart: "needs",
      entries: ["needs"],
    });
  });

  test("is shown unmasked only with an entry that says to whom and why", async () => {
    const id = await register(v1);
    const seen = await city.inScopeOf(town, (tx) =>
      revealPart(tx, keys, { id, part: "basics", purpose: "emergency" }),
    );
    expect(seen.ok && seen.value.content.phone).toBe("13900001111");
    expect((await audited("person.reveal"))[0]).toMatchObject({
      station_id: v1,
      after: { archivePart: "basics", purpose: "emergency" },
    });
  });

  test("is put on paper masked or whole, with an entry that says which and why", async () => {
    const id = await register(v1);
    const content = { address: "河湾村3组" };
    await city.inScopeOf(v1, (tx) => saveSection(tx, keys, { id, section: "contact", version: 0, content }));
    const drawn = async (full: boolean) => {
      const outcome = await city.inScopeOf(town, (tx) =>
        printPerson(tx, keys, { id, purpose: "apply", full }),
      );
      if (!outcome.ok) throw new Error(outcome.refusal);
      return outcome.value;
    };
    const masked = await drawn(false);
    expect(masked.phone).toBe("139****1111");
    for (const { section, content: said } of masked.sections)
      expect([section, said === null]).toEqual([section, SECTIONS[section].masked]);
    expect(masked.categories.map(({ code }) => code)).toEqual(["31"]);
    const whole = await drawn(true);
    expect(whole.phone).toBe("13900001111");
    expect(whole.sections.find(({ section }) => section === "contact")?.content).toEqual(content);
    expect((await audited("person.print")).map(({ station_id, after }) => [station_id, after])).toEqual([
      [v1, { purpose: "apply", unmasked: false }],
      [v1, { purpose: "apply", unmasked: true }],
    ]);
  });

  test("has categories with their days", async () => {
    const id = await register(v1);
    const add = (code: string) =>
      city.inScopeOf(v1, (tx) => addCategory(tx, { id, code, from: "2020-01-01", document: "苏民发1号" }));
    expect(refusal(await add("53"))).toBe("done");
    expect(refusal(await add("53"))).toBe("category_held");
    const held = (await city.inCity((tx) => categoriesOf(tx, id))).find(({ code }) => code === "53");
    const end = (on: string) =>
      city.inScopeOf(v1, (tx) => endCategory(tx, { id, categoryId: held?.id ?? "", on }));
    expect(refusal(await end("2019-12-31"))).toBe("date_before_beginning");
    expect(await listed({ category: "53" })).toEqual(["曾小明"]);
    expect(refusal(await end("2026-11-01"))).toBe("done");
    for (const at of [city.rootId, v1]) expect(await listed({ category: "53" }, at)).toEqual([]);
    expect(refusal(await add("53"))).toBe("done");
    for (const at of [city.rootId, v1]) expect(await listed({ category: "53" }, at)).toEqual(["曾小明"]);
    expect(await city.inCity(faultsOfPeople)).toEqual([]);
    await city.inCity((tx) => tx.sql`update person set categories = '{31}' where id = ${id}`);
    expect(await city.inCity(faultsOfPeople)).toEqual([
      "1 records of people name other categories than those they hold.",
    ]);
  });

  test("ends with a death or a move, stays readable, and can be taken back", async () => {
    const id = await register(v1);
    const end = { id, version: 1, on: TODAY, wayOut: "died", note: "" } as const;
    expect(refusal(await city.inScopeOf(v1, (tx) => endPerson(tx, { ...end, on: "2026-11-20" })))).toBe(
      "date_before_beginning",
    );
    expect(refusal(await city.inScopeOf(v1, (tx) => endPerson(tx, end)))).toBe("done");
    expect(refusal(await city.inScopeOf(v1, (tx) => endPerson(tx, end)))).toBe("left");
    expect(await listed({})).toEqual([]);
    expect(await listed({ state: "left" })).toEqual(["曾小明"]);
    const back = { id, version: 2, reason: "误报" };
    expect(refusal(await city.inScopeOf(v1, (tx) => reinstatePerson(tx, keys, back)))).toBe("done");
    expect(await listed({})).toEqual(["曾小明"]);
  });

  test("that is a second one is merged into the other, with its categories", async () => {
    const id = await register(v1, { idNumber: "", sex: "male", bornOn: "1946-05-01", categories: ["53"] });
    const into = await register(v1);
    expect(refusal(await city.inScopeOf(v1, (tx) => mergePerson(tx, { id, version: 1, into })))).toBe("done");
    expect(await read(id)).toMatchObject({ wayOut: "merged", mergedInto: into });
    const held = (await city.inCity((tx) => categoriesOf(tx, into))).map(({ code }) => code);
    expect(held).toEqual(["31", "53"]);
    expect(await listed({})).toEqual(["曾小明"]);
    expect(await city.inCity(faultsOfPeople)).toEqual([]);
  });

  test("moves with its station, with all its parts", async () => {
    const id = await register(v1);
    await completeAll(id, v1);
    await city.inScopeOf(v1, (tx) => confirmPeople(tx, [id]));
    const station = await city.station(v1);
    const target = (await city.station(far)).parentId ?? 0;
    const moved = await city.inCity((tx) =>
      moveStation(tx, { stationId: v1, parentId: target, on: TODAY, version: station.version }),
    );
    expect(refusal(moved)).toBe("done");
    expect((await read(id)).path).toBe((await city.station(v1)).path);
    expect(await city.inCity(misplacedRows)).toEqual([]);
    expect(await listed({}, town)).toEqual([]);
    expect(await listed({}, target)).toEqual(["曾小明"]);
  });
});

describe("a transfer", () => {
  test("is asked for without learning anything, decided above both, and takes the archive along", async () => {
    const number = freshNumber();
    const id = await register(v1, { idNumber: number });
    await completeAll(id, v1);
    const ask = (idNumber: string) =>
      city.inScopeOf(v2, (tx) => askTransfer(tx, keys, { stationId: v2, idNumber, reason: "搬来本村" }));
    expect(await ask(number)).toEqual({ ok: true, value: { stationId: v2 } });
    // Nobody of that number is anywhere, asking twice, and asking for one's own: the same answer.
    for (const asked of [freshNumber(), number])
      expect(await ask(asked)).toEqual({ ok: true, value: { stationId: v2 } });
    for (const stationId of [v1, v2, far]) {
      expect(await city.inScopeOf(stationId, openTransfers)).toEqual([]);
    }
    const waiting = await city.inScopeOf(town, openTransfers);
    const counted = (stationId: number) => city.inScopeOf(stationId, (tx) => waitingTransfers(tx, stationId));
    expect([await counted(town), await counted(v2)]).toEqual([1, 0]);
    expect(waiting).toMatchObject([{ recordId: id, fromStationId: v1, toStationId: v2, stationId: town }]);
    const decision = { id: waiting[0]?.id ?? "", accept: true, reason: "" };
    expect(refusal(await city.inScopeOf(v1, (tx) => decideTransfer(tx, keys, decision)))).toBe("decided");
    expect(refusal(await city.inScopeOf(town, (tx) => decideTransfer(tx, keys, decision)))).toBe("done");
    expect(refusal(await city.inScopeOf(town, (tx) => decideTransfer(tx, keys, decision)))).toBe("decided");

    const old = await read(id);
    expect(old).toMatchObject({ wayOut: "transferred", leftOn: TODAY, stationId: v1 });
    const stays = await city.inCity((tx) => staysOf(tx, old.personId));
    const fresh = await read(stays.find(({ stationId }) => stationId === v2)?.id ?? "");
    expect(fresh).toMatchObject({ personId: old.personId, wayIn: "moved_in", completeness: 100 });
    expect(openBasics(keys, city.cityId, fresh)).toEqual({ idNumber: number, phone: "13900001111" });
    expect(await city.inScopeOf(v2, (tx) => sectionsOf(tx, fresh.id))).toHaveLength(SECTION_NAMES.length);
    expect(await city.inCity(faultsOfPeople)).toEqual([]);
    expect(await city.inCity(misplacedRows)).toEqual([]);
  });

  test("between towns is the city's to decide", async () => {
    const number = freshNumber();
    await register(v1, { idNumber: number });
    await city.inScopeOf(far, (tx) =>
      askTransfer(tx, keys, { stationId: far, idNumber: number, reason: "" }),
    );
    expect(await city.inScopeOf(town, openTransfers)).toEqual([]);
    const [waiting] = await city.inCity(openTransfers);
    expect(waiting).toMatchObject({ stationId: city.rootId, path: "/" });
    const refuse = { id: waiting?.id ?? "", accept: false, reason: "户口未迁" };
    expect(refusal(await city.inCity((tx) => decideTransfer(tx, keys, refuse)))).toBe("done");
    expect(await city.inCity(openTransfers)).toEqual([]);
    expect(await city.inCity((tx) => waitingTransfers(tx, city.rootId))).toBe(0);
  });

  test("is asked for only to a station of one's own", async () => {
    const number = freshNumber();
    await register(v1, { idNumber: number });
    const asked = city.inScopeOf(v2, (tx) =>
      askTransfer(tx, keys, { stationId: far, idNumber: number, reason: "" }),
    );
    expect(refusal(await asked)).toBe("not_found");
    const index = keys.blind(city.cityId, "person.id_number", number);
    await expect(
      city.inScopeOf(
        v2,
        (tx) => tx.sql`select person_transfer_ask(gen_random_uuid(), ${index}, ${far}, '', '', now())`,
      ),
    ).rejects.toMatchObject({ code: "42501" });
  });
});

describe("the list of people", () => {
  test("finds by name, pinyin, initials, last four digits, and by a whole number", async () => {
    const number = freshNumber();
    const id = await register(v1, { idNumber: number });
    await register(v1, { name: "李建国", phone: "13800003333" });
    for (const q of ["曾", "曾小明", "曾 小明", "zengxiao", "Zeng Xiao", "zxm", "ZXM", number.slice(-4)])
      expect(await listed({ q }), q).toEqual(["曾小明"]);
    expect(await listed({ q: "小明" }, town)).toEqual(["曾小明"]);
    expect(await listed({ q: "王" })).toEqual([]);
    const byNumber = (typed: string) => city.inScopeOf(v1, (tx) => findByNumber(tx, keys, typed));
    expect(await byNumber(` ${number.toLowerCase()} `)).toBe(id);
    expect(await byNumber("138 0000 3333")).not.toBeNull();
    expect(await byNumber("13900009999")).toBeNull();
  });

  test("filters by category, age, flags and state of the archive", async () => {
    const old = await register(v1, { name: "甲", idNumber: freshNumber("1934-01-01"), categories: ["57"] });
    await register(v2, { name: "乙", idNumber: freshNumber("1990-01-01") });
    await city.inScopeOf(v1, (tx) =>
      saveSection(tx, keys, { id: old, section: "family", version: 0, content: { livingAlone: "yes" } }),
    );
    expect(await listed({ category: "57" })).toEqual(["甲"]);
    for (const at of [city.rootId, town]) expect(await listed({ group: "veteran" }, at)).toEqual(["乙"]);
    expect(await listed({ group: "entitled", age: "from_90", flag: "living_alone", q: "甲" })).toEqual([
      "甲",
    ]);
    expect(await listed({ age: "from_90" })).toEqual(["甲"]);
    expect(await listed({ age: "under_60" })).toEqual(["乙"]);
    expect(await listed({ age: "over_80" })).toEqual(["甲"]);
    expect(await listed({ flag: "living_alone" })).toEqual(["甲"]);
    expect(await listed({ archive: "incomplete" })).toHaveLength(2);
    await city.inScopeOf(v1, (tx) => confirmPeople(tx, [old]));
    expect(await listed({ archive: "due" })).toEqual(["乙"]);
    expect(await listed({ path: (await city.station(v2)).path })).toEqual(["乙"]);
    const summary = await city.inCity((tx) => summaryOf(tx, "/"));
    expect(summary).toMatchObject({
      people: 2,
      incomplete: 2,
      due: 1,
      oldest: "1934-01-01",
      youngest: "1990-01-01",
    });
    expect(summary?.bands).toEqual({ under_60: 1, from_60: 0, from_70: 0, from_80: 0, from_90: 1 });
    expect(await city.inCity((tx) => summaryOf(tx, "/", { asked: true }))).toEqual(summary);
    expect(summary?.averageAge).toBeCloseTo((92.89 + 36.89) / 2, 1);
  });

  test("goes page by page in the order of names, forwards and back, without a gap or a double", async () => {
    const names = ["安一", "白二", "陈三", "丁四", "冯五", "冯五", "高六"];
    for (const name of names) await register(v1, { name });
    const page = (edge: object) =>
      city.inCity((tx) => listPeople(tx, keys, { filter: {}, limit: 3, ...edge }));
    const seen: string[] = [];
    let after: { pinyin: string; id: string } | undefined;
    for (;;) {
      const { lines, more, total } = await page(after ? { after } : {});
      expect(total).toBe(7);
      seen.push(...lines.map(({ id }) => id));
      after = lines.at(-1);
      if (!more) break;
    }
    expect(new Set(seen).size).toBe(7);
    expect(seen).toHaveLength(7);
    const last = await read(seen[6] ?? "");
    const back = await page({ before: { pinyin: "gaoliu", id: last.id } });
    expect(back.lines.map(({ id }) => id)).toEqual(seen.slice(3, 6));
    expect(back.more).toBe(true);
    const behind = await page({ after: { pinyin: "zz", id: last.id } });
    expect(behind).toEqual({ lines: [], total: 7, more: false });
  });
});

describe("a list that is taken out as a file", () => {
  test("is in the log with its register, rows, station, month and filters, without what was searched", async () => {
    await city.inScopeOf(town, (tx) =>
      noteExport(tx, {
        register: "person",
        search: {
          q: "曾小明",
          age: "from_80",
          flag: undefined,
          station: v1,
          period: "2026-10",
          cols: ["phone"],
        },
        rows: 3,
      }),
    );
    const [entry] = await audited("person.export");
    expect(entry?.after).toEqual({
      ...{ rows: 3, exportOf: v1, period: "2026-10" },
      filteredBy: ["age", "q"],
    });
    expect(entry?.station_id).toBe(town);
  });
});

describe("the figures of a month", () => {
  const registerAt = async (stationId: number, month = NOV) =>
    (await city.inCity(async (tx) => registersOf(tx, [stationId], await catalogueAt(tx, month)))).get(
      stationId,
    );

  test("are not answered before an archive is in use", async () => {
    expect(await registerAt(v1)).not.toHaveProperty("A01");
    await register(v1, { activeFrom: "2026-01-01" });
    expect(await registerAt(v1)).toMatchObject({ A01: { value: 1, count: 1 }, A07: { value: 0, count: 0 } });
    expect(await registerAt(v1, period("2026-10"))).not.toHaveProperty("A01");
    expect(await registerAt(v2)).not.toHaveProperty("A01");
  });

  test("count whoever holds a category, comes, leaves or has a card, each once", async () => {
    const both = await register(v1, { categories: ["31", "10", "50"], activeFrom: "2026-01-01" });
    await register(v1, { name: "新来", categories: ["41"] });
    const gone = await register(v1, { name: "离去", categories: ["33"], activeFrom: "2026-01-01" });
    await city.inScopeOf(v1, (tx) =>
      endPerson(tx, { id: gone, version: 1, on: "2026-11-03", wayOut: "died", note: "" }),
    );
    await city.inScopeOf(v1, (tx) =>
      saveSection(tx, keys, {
        id: both,
        section: "entitlement",
        version: 0,
        content: { cardNumber: "苏优0001", cardSince: "2022-08-01" },
      }),
    );
    const values = Object.fromEntries(
      Object.entries((await registerAt(v1)) ?? {}).map(([code, { value }]) => [code, value]),
    );
    expect(values).toMatchObject({
      ...{ A01: 2, A02: 1, A03: 2, A04: 1, A05: 1, A06: 1, A07: 1, A08: 1, A09: 0, A11: 1 },
    });
  });

  test("are exactly as many as the list behind each of them", async () => {
    for (const categories of [["31"], ["40"], ["50", "14"], ["60"]]) {
      const id = await register(v1, { categories, activeFrom: "2026-11-02" });
      if (categories[0] === "60")
        await city.inScopeOf(v1, (tx) =>
          endPerson(tx, { id, version: 1, on: "2026-11-09", wayOut: "moved_out", note: "" }),
        );
    }
    const figures = await city.inCity((tx) => registerFigures(tx, PEOPLE, v1, NOV));
    expect(figures).toBeDefined();
    for (const [figure, value] of Object.entries(figures ?? {})) {
      const counted = { figure: figure as PeopleFigure, period: NOV };
      expect(await listed({ counted }), figure).toHaveLength(value ?? Number.NaN);
    }
  });
});

describe("an import", () => {
  const row = (line: number, over: Partial<PersonImportRow> = {}): PersonImportRow => ({
    line,
    station: "",
    name: `张${line}`,
    idNumber: freshNumber(),
    sex: null,
    bornOn: null,
    phone: "13900001111",
    categories: ["31"],
    activeFrom: null,
    sections: {},
    ...over,
  });
  const everywhere = { may: () => true };

  test("names each row that is wrong and writes nothing until the file is sound", async () => {
    const taken = freshNumber();
    await register(far, { idNumber: taken });
    const twice = freshNumber();
    const rows = [
      row(2, { idNumber: "123" }),
      row(3, { station: "无此村" }),
      row(4, { categories: ["99"] }),
      row(5, { idNumber: taken }),
      row(6, { idNumber: twice }),
      row(7, { idNumber: twice }),
      row(8, { activeFrom: "2027-01-01" }),
      row(9, { station: "上坪村" }),
      row(10, { idNumber: "", sex: null, bornOn: "1950-01-01" }),
      row(11, { activeFrom: "1950-01-01" }),
    ];
    const plan = await city.inScopeOf(town, (tx) =>
      planPeopleImport(tx, keys, rows, { own: town, may: ({ stationId }) => stationId !== v2 }),
    );
    expect(plan.errors.map(({ line, column, problem }) => [line, column, problem])).toEqual([
      [2, "idNumber", "idNumber_length"],
      [3, "station", "unknown_station"],
      [4, "category", "unknown_category"],
      [5, "idNumber", "known_elsewhere"],
      [7, "idNumber", "twice"],
      [8, "activeFrom", "date_in_future"],
      [9, "station", "not_yours"],
      [10, "sex", "sex_missing"],
      [11, "activeFrom", "date_before_opening"],
    ]);
    expect(plan.errors.at(-1)?.params?.openedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
    const outcome = await city.inScopeOf(town, (tx) =>
      importPeople(tx, keys, rows, { own: town, ...everywhere, digest: plan.digest }),
    );
    expect(refusal(outcome)).toBe("other_plan");
    expect(await listed({}, town)).toEqual([]);
  });

  test("takes 5,000 people into many stations within seconds, and again changes nothing", {
    timeout: 60_000,
  }, async () => {
    const rows = Array.from({ length: 5_000 }, (_, i) =>
      row(i + 2, {
        idNumber: idNumberOf(
          `19${40 + (i % 50)}-0${1 + (i % 9)}-1${i % 10}`,
          "male",
          Math.floor(i / 450),
          "329901",
        ),
        station: ["河湾村", "上坪村", "柳河镇"][i % 3] ?? "",
        sections: { contact: { address: "河湾村3组" }, family: { livingAlone: "yes" } },
      }),
    );
    const options = { own: town, ...everywhere };
    const plan = await city.inScopeOf(town, (tx) => planPeopleImport(tx, keys, rows, options));
    expect(plan.errors).toEqual([]);
    const taken: number[] = [];
    const outcome = await city.inScopeOf(town, (tx) =>
      importPeople(tx, keys, rows, {
        ...options,
        digest: plan.digest,
        onTaken: (people) => taken.push(people),
      }),
    );
    expect(outcome).toEqual({ ok: true, value: { added: 5_000, unchanged: 0 } });
    expect(taken).toEqual(taken.toSorted((a, b) => a - b));
    expect([taken.length > 5, taken.at(-1)]).toEqual([true, 5_000]);
    const repeated = await city.inScopeOf(town, (tx) =>
      importPeople(tx, keys, rows, { ...options, digest: plan.digest }),
    );
    expect(repeated).toEqual({ ok: true, value: { added: 0, unchanged: 5_000 } });
    const again = await city.inScopeOf(town, (tx) => planPeopleImport(tx, keys, rows, options));
    expect(again).toMatchObject({ add: [], unchanged: 5_000, errors: [] });
    const summary = await city.inScopeOf(town, (tx) => summaryOf(tx, tx.scope.path));
    expect(summary?.people).toBe(5_000);
    expect(await city.inCity(faultsOfPeople)).toEqual([]);
  });

  test("that ends half way leaves nobody in, whatever was written before", async () => {
    const rows = Array.from({ length: 600 }, (_, i) =>
      row(i + 2, { idNumber: idNumberOf("1931-07-08", "male", i % 500, i < 500 ? "329903" : "329904") }),
    );
    const options = { own: v1, ...everywhere };
    const before = await listed({ state: "any" }, v1);
    const plan = await city.inScopeOf(v1, (tx) => planPeopleImport(tx, keys, rows, options));
    expect([plan.errors, plan.add.length]).toEqual([[], 600]);
    const cut = city.inScopeOf(v1, (tx) =>
      importPeople(tx, keys, rows, {
        ...options,
        digest: plan.digest,
        onTaken: () => {
          throw new Error("the server was killed");
        },
      }),
    );
    await expect(cut).rejects.toThrow("the server was killed");
    expect(await listed({ state: "any" }, v1)).toEqual(before);
  });

  test("adds nobody a second time who is known by name, sex and birth alone", async () => {
    const rows = [row(2, { idNumber: "", sex: "male", bornOn: "1944-03-02", name: "无号者" })];
    const options = { own: v1, ...everywhere };
    const plan = await city.inScopeOf(v1, (tx) => planPeopleImport(tx, keys, rows, options));
    const take = () =>
      city.inScopeOf(v1, (tx) => importPeople(tx, keys, rows, { ...options, digest: plan.digest }));
    expect(await take()).toEqual({ ok: true, value: { added: 1, unchanged: 0 } });
    expect(await take()).toEqual({ ok: true, value: { added: 0, unchanged: 1 } });
    const other = [row(2, { idNumber: "", sex: "female", bornOn: "1944-03-02", name: "无号者" })];
    const planned = await city.inScopeOf(v1, (tx) => planPeopleImport(tx, keys, other, options));
    expect([planned.add.length, planned.unchanged]).toEqual([1, 0]);
  });
});

describe("the keys", () => {
  test("are changed batch by batch: everything opens in between and after, whoever was interrupted", async () => {
    const ids = [await register(v1), await register(v2), await register(far)];
    for (const id of ids) await completeAll(id, (await read(id)).stationId);
    const newer = testKeyring(2);
    expect(await city.inCity((tx) => sealedOtherwise(tx, 2))).toBe(24);
    const first = await city.inCity((tx) => resealBatch(tx, newer, 2));
    expect(first).toBe(4);
    for (const id of ids) expect(openBasics(newer, city.cityId, await read(id)).phone).toBe("13900001111");
    let batches = 0;
    while ((await city.inCity((tx) => resealBatch(tx, newer, 2))) > 0) batches += 1;
    expect(batches).toBeGreaterThan(2);
    expect(await city.inCity((tx) => sealedOtherwise(tx, 2))).toBe(0);
    for (const id of ids) {
      const row = await read(id);
      expect(openBasics(newer, city.cityId, row).phone).toBe("13900001111");
      expect(() => openBasics(keys, city.cityId, row)).toThrow(Unreadable);
    }
  });

  test("of another installation are noticed before anything is shown", async () => {
    await register(v1);
    await expect(city.inCity((tx) => tryKeys(tx, keys))).resolves.toBeUndefined();
    const { Keyring } = await import("@muster/secrets/keyring");
    const foreign = new Keyring({
      encryption: new Map([[1, new Uint8Array(32).fill(77)]]),
      current: 1,
      index: new Uint8Array(32).fill(78),
    });
    await expect(city.inCity((tx) => tryKeys(tx, foreign))).rejects.toThrow(Unreadable);
  });
});
