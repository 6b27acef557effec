import { columnsHolding } from "@muster/db/testing/clear-text";
import { type TestDatabase, testDatabase } from "@muster/db/testing/database";
import { idNumberOf } from "@muster/db/testing/id-numbers";
import { SMALL_CITY_PASSWORD, type SmallCity, smallCity } from "@muster/db/testing/small-city";
import { localDate } from "@muster/domain/period";
import { SECTION_NAMES } from "@muster/domain/person-sections";
import { toXlsx } from "@muster/reports/xlsx";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PEOPLE_SHEET } from "~/features/people/sheet.server";
import { sheetTable } from "~/features/registers/sheet.server";
import { translate } from "~/i18n/i18n.server";
import { signIn, startServer, type TestServer } from "./server";

const NOW = new Date();
/** Numbers that must show up nowhere. */
const CANARY = idNumberOf("1946-05-01", "male", 77);
const PHONE = "13877665544";
const ACCOUNT = "6222021234567890123";

let database: TestDatabase;
let server: TestServer;
let city: SmallCity;
let keeper: string;
let town: string;
let elsewhere: string;
/** Every address the server sent a browser to. */
const addresses: string[] = [];

beforeAll(async () => {
  database = await testDatabase();
  city = await smallCity(database, { now: NOW });
  server = await startServer(database, { LOG_LEVEL: "debug" });
  const as = (who: keyof SmallCity["people"]) =>
    signIn(server, city.people[who].username, SMALL_CITY_PASSWORD);
  keeper = await as("headA1");
  town = await as("headA");
  elsewhere = await as("headB1");
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

async function ask(cookie: string, path: string, form?: Record<string, string> | FormData) {
  const body = form instanceof FormData || form === undefined ? form : new URLSearchParams(form);
  const answer = await fetch(server.origin + path, {
    method: form ? "POST" : "GET",
    headers: { Cookie: cookie, Origin: server.origin },
    redirect: "manual",
    ...(body ? { body } : {}),
  });
  const to = answer.headers.get("Location") ?? "";
  addresses.push(path, to);
  return { status: answer.status, to, text: await answer.text() };
}

const register = (cookie: string, over: Record<string, string> = {}) =>
  ask(cookie, "/people/new", {
    ...{ intent: "register", name: "曾小明", idNumber: CANARY, sex: "", bornOn: "", phone: PHONE },
    ...{ category: "31", activeFrom: localDate(NOW), wayIn: "new" },
    ...over,
  });

const says = (text: string) => [CANARY, PHONE, ACCOUNT].filter((secret) => text.includes(secret));

describe("a canary in the archive", { timeout: 60_000 }, () => {
  let person: string;

  it("is registered by a form without a script, and found by its whole number without an address that holds it", async () => {
    const registered = await register(keeper);
    expect(registered.status).toBe(302);
    person = registered.to;
    expect(person).toMatch(/^\/people\/[0-9a-f-]{36}$/);
    const bank = await ask(keeper, `${person}/entitlement`, {
      ...{ intent: "section", version: "0", plaque: "yes", cardNumber: "苏优1", bankAccount: ACCOUNT },
    });
    expect(bank.to).toBe(`${person}#entitlement`);
    for (const q of [CANARY, PHONE, ` ${CANARY.slice(0, 6)} ${CANARY.slice(6)}`]) {
      const found = await ask(keeper, "/people?index", { intent: "find", q, query: "" });
      expect(found).toMatchObject({ status: 302, to: person });
    }
    const tail = await ask(keeper, "/people?index", {
      intent: "find",
      q: CANARY.slice(-4),
      query: "age=from_80",
    });
    expect(tail.to).toBe(`/people?age=from_80&q=${CANARY.slice(-4)}`);
  });

  it("is shown on no page, list, form, file or log entry without a purpose", async () => {
    const pages = [
      ...["/", "/people", "/people?cols=idNumber&cols=phone", `/people?q=${CANARY.slice(-4)}`, person],
      ...["basics", ...SECTION_NAMES].map((part) => `${person}/${part}`),
      ...[
        "/people/export",
        "/people/import",
        "/people/new",
        `/people?q=${CANARY}`,
        `/people?after=${CANARY}`,
        "/people?state=any",
      ],
    ];
    for (const path of pages) {
      for (const cookie of [keeper, town]) {
        const { text } = await ask(cookie, path);
        expect(says(text), path).toEqual([]);
      }
    }
    const admin = await signIn(server, city.people.admin.username, SMALL_CITY_PASSWORD);
    for (const path of ["/audit", "/audit/export?format=csv", "/people", person]) {
      const { text, status } = await ask(admin, path);
      expect(says(text), path).toEqual([]);
      expect(status, path).toBeLessThan(500);
    }
    expect((await ask(admin, "/people?cols=idNumber")).text).toContain("329***********");
  });

  it("is revealed for a purpose, and the purpose stands in the audit log", async () => {
    const none = await ask(town, `${person}?index`, { intent: "reveal", part: "basics", purpose: "curious" });
    expect(none.status).toBe(422);
    expect(says(none.text)).toEqual([]);
    const shown = await ask(town, `${person}?index`, {
      intent: "reveal",
      part: "basics",
      purpose: "contact",
    });
    expect(shown.status).toBe(200);
    expect(says(shown.text)).toEqual([CANARY, PHONE]);
    const bank = await ask(town, `${person}?index`, {
      ...{ intent: "reveal", part: "entitlement", purpose: "apply" },
    });
    expect(says(bank.text)).toEqual([ACCOUNT]);
    const admin = await signIn(server, city.people.admin.username, SMALL_CITY_PASSWORD);
    expect((await ask(admin, "/audit")).text).toContain("查看遮盖信息");
    const overseer = await signIn(server, city.people.overseer.username, SMALL_CITY_PASSWORD);
    const refused = await ask(overseer, `${person}?index`, {
      ...{ intent: "reveal", part: "basics", purpose: "inspect" },
    });
    expect(refused.status).toBe(403);
    expect(says(refused.text)).toEqual([]);
  });

  it("is known elsewhere by yes alone; the transfer that is asked for tells its asker nothing", async () => {
    const taken = await register(elsewhere, { name: "别人" });
    expect(taken.status).toBe(422);
    expect(taken.text).toContain("此人的档案在本市其他站点");
    expect(taken.text).not.toContain(city.a1.name);
    expect(taken.text).not.toContain("曾小明");
    const asked = await ask(elsewhere, "/people/new", {
      intent: "ask",
      idNumber: CANARY,
      reason: "搬来本村",
    });
    expect(asked).toMatchObject({ status: 302, to: "/people" });
    expect((await ask(elsewhere, person)).status).toBe(404);
    const admin = await signIn(server, city.people.admin.username, SMALL_CITY_PASSWORD);
    const waiting = await ask(admin, "/people/transfers");
    expect(waiting.text).toContain("曾小明");
    expect(says(waiting.text)).toEqual([]);
  });

  it("stays out of the faults of a file, and a sound file is taken once", async () => {
    const t = translate("zh-CN");
    const file = async (rows: Record<string, string>[]) => {
      const cells = rows.map((row) => PEOPLE_SHEET.columns.map(({ name }) => row[name] ?? ""));
      const table = sheetTable(PEOPLE_SHEET.columns, cells, { t, title: "人员", reader: "甲", now: NOW });
      const form = new FormData();
      form.append("intent", "preview");
      form.append("file", new Blob([(await toXlsx([table])) as BlobPart]), "a.xlsx");
      return form;
    };
    const wrong = CANARY.slice(0, 17) + (CANARY.endsWith("1") ? "2" : "1");
    const faulty = await ask(
      keeper,
      "/people/import",
      await file([
        { name: "错一", idNumber: wrong, category: "31" },
        { name: "错二", idNumber: idNumberOf("1950-01-01", "male", 3), category: "31", care: "很多" },
      ]),
    );
    expect(faulty.text).toContain("身份证号校验不符");
    expect(faulty.text).toContain("“照料需要”填写不正确：很多");
    expect(faulty.text).not.toContain(wrong);

    const number = idNumberOf("1951-02-03", "female", 5);
    const sound = await file([
      {
        name: "李秀英",
        idNumber: number,
        category: "40、55",
        phone: "13900002222",
        livingAlone: "是",
        marital: "丧偶",
      },
      { name: "曾小明", idNumber: CANARY, category: "31" },
    ]);
    const preview = await ask(keeper, "/people/import", sound);
    const value = (name: string) =>
      new RegExp(`name="${name}" value="([^"]+)"`).exec(preview.text)?.[1] ?? "";
    const confirm = { intent: "confirm", digest: value("digest"), parts: value("parts") };
    const done = await ask(keeper, "/people/import", confirm);
    expect(done).toMatchObject({ status: 302, to: "/people" });
    expect((await ask(keeper, "/people")).text).toContain("李秀英");
    // Sent again, it adds nobody.
    const before = (await ask(keeper, "/people?q=lxy")).text.split("李秀英").length;
    const again = await ask(keeper, "/people/import", confirm);
    expect(again).toMatchObject({ status: 302, to: "/people" });
    expect((await ask(keeper, "/people?q=lxy")).text.split("李秀英").length).toBe(before);
  });

  it("stood in no address, in no line of the server's log and nowhere in the database in the clear", async () => {
    expect(
      addresses.filter((address) => says(address).length > 0 && !/^\/people\?(q|after)=/.test(address)),
    ).toEqual([]);
    expect(server.output().length).toBeGreaterThan(1000);
    expect(says(server.output())).toEqual([]);
    expect(await columnsHolding(database.superUrl, [CANARY, PHONE, ACCOUNT])).toEqual([]);
  });
});

describe("a saved view", () => {
  it("keeps filters and columns, and neither words nor pages", async () => {
    const saved = await ask(keeper, "/views", {
      ...{
        intent: "save",
        register: "people",
        name: "高龄",
        query: "age=from_80&cols=phone&q=zxm&after=abc",
      },
    });
    expect(saved.to).toBe("/people?age=from_80&cols=phone");
    expect((await ask(keeper, "/people")).text).toContain("高龄");
    expect((await ask(town, "/people")).text).not.toContain("高龄");
    const id = /name="id" value="([0-9a-f-]{36})"/.exec((await ask(keeper, "/people")).text)?.[1] ?? "";
    expect((await ask(town, "/views", { intent: "drop", register: "people", id })).status).toBe(404);
    expect((await ask(keeper, "/views", { intent: "drop", register: "people", id })).to).toBe("/people");
    expect((await ask(keeper, "/people")).text).not.toContain("高龄");
  });
});
