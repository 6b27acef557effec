import { Pool } from "@muster/db/client";
import { printCards } from "@muster/db/queries/cards/read";
import { withScope } from "@muster/db/scope";
import { type TestDatabase, testDatabase } from "@muster/db/testing/database";
import { idNumberOf } from "@muster/db/testing/id-numbers";
import { callerOf, SMALL_CITY_PASSWORD, type SmallCity, smallCity } from "@muster/db/testing/small-city";
import { usualEnd } from "@muster/domain/card";
import { localDate } from "@muster/domain/period";
import { testKeyring } from "@muster/secrets/keyring.fixture";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signIn, startServer, type TestServer } from "./server";

const NOW = new Date();
const END = usualEnd(localDate(NOW));
const NAME = "曾文广";
const ADDRESS = "河湾村三组七号";
const PHONE = "13877665544";

let database: TestDatabase;
let server: TestServer;
let city: SmallCity;
let keeper: string;
let person: string;

beforeAll(async () => {
  database = await testDatabase();
  city = await smallCity(database, { now: NOW });
  server = await startServer(database, { LOG_LEVEL: "debug" });
  keeper = await as("headA1");
  const registered = await ask(keeper, "/people/new", {
    ...{ intent: "register", name: NAME, idNumber: idNumberOf("1946-05-01", "male", 5), sex: "", bornOn: "" },
    ...{ phone: PHONE, category: "31", activeFrom: localDate(NOW), wayIn: "new" },
  });
  person = registered.to;
  await ask(keeper, `${person}/contact`, { intent: "section", version: "0", address: ADDRESS });
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

const as = (who: keyof SmallCity["people"]) => signIn(server, city.people[who].username, SMALL_CITY_PASSWORD);

async function send(cookie: string, path: string, form?: Record<string, string>): Promise<Response> {
  return fetch(server.origin + path, {
    method: form ? "POST" : "GET",
    headers: { Cookie: cookie, Origin: server.origin },
    redirect: "manual",
    ...(form ? { body: new URLSearchParams(form) } : {}),
  });
}

async function ask(cookie: string, path: string, form?: Record<string, string>) {
  const answer = await send(cookie, path, form);
  return { status: answer.status, to: answer.headers.get("Location") ?? "", text: await answer.text() };
}

/** What the QR code of the card says after the house's address. */
async function tokenOf(card: string): Promise<string> {
  const app = new Pool({ url: database.appUrl, size: 1 });
  try {
    const [print] = await withScope(app, callerOf(city.people.headA1, NOW), { readOnly: false }, (tx) =>
      printCards(tx, testKeyring(), { ids: [card], purpose: "verify" }),
    );
    return print?.token ?? "";
  } finally {
    await app.end();
  }
}

describe("cards on the way from the list to the printer", { timeout: 60_000 }, () => {
  const id = () => person.slice("/people/".length);
  let card: string;

  it("are chosen in the list of people, made out by a form without a script, and lead to the printing page", async () => {
    const chosen = await ask(keeper, "/people?index", { intent: "cards", ids: id() });
    expect(chosen.to).toBe(`/cards/new?ids=${id()}`);
    expect((await ask(keeper, chosen.to)).text).toContain(NAME);
    const form = { ids: id(), kind: "contact", validUntil: END, workerId: "" };
    const issued = await ask(keeper, "/cards/new", form);
    expect(issued.to).toMatch(/^\/cards\/print\?ids=[0-9a-f-]{36}$/);
    card = issued.to.slice("/cards/print?ids=".length);
    // A double tap.
    expect((await ask(keeper, "/cards/new", form)).to).toBe(issued.to);
    expect((await ask(keeper, "/cards")).text).toContain(NAME);
  });

  it("say in one sentence what is wrong with the form, and keep what was typed", async () => {
    const form = { intent: "issue", kind: "service", validUntil: "2001-01-01", workerId: "" };
    const refused = await ask(keeper, `${person}/cards`, form);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('value="2001-01-01"');
    const unpaired = await ask(keeper, `${person}/cards`, { ...form, kind: "pairing", validUntil: END });
    expect(unpaired.status).toBe(422);
  });

  it("show what is masked only after a purpose was stated", async () => {
    const before = await ask(keeper, `/cards/print?ids=${card}`);
    expect([before.status, before.text.includes(ADDRESS), before.text.includes(PHONE)]).toEqual([
      200,
      false,
      false,
    ]);
    const shown = await ask(keeper, "/cards/print", { intent: "show", ids: card, purpose: "emergency" });
    expect([shown.text.includes(ADDRESS), shown.text.includes(PHONE), shown.text.includes(NAME)]).toEqual([
      true,
      true,
      true,
    ]);
    const other = await ask(keeper, "/cards/print", { intent: "show", ids: card, purpose: "curiosity" });
    expect([other.status, other.text.includes(ADDRESS)]).toEqual([422, false]);
  });

  it("come as a PDF in which only the signs that are needed are embedded", async () => {
    const answer = await send(keeper, "/cards/pdf", { ids: card, purpose: "apply" });
    expect([answer.status, answer.headers.get("Content-Type")]).toEqual([200, "application/pdf"]);
    const body = Buffer.from(await answer.arrayBuffer());
    expect(body.subarray(0, 5).toString()).toBe("%PDF-");
    expect(body.length).toBeGreaterThan(5_000);
    expect(body.length).toBeLessThan(300_000);
    const elsewhere = await send(await as("headB"), "/cards/pdf", { ids: card, purpose: "apply" });
    expect(elsewhere.status).toBe(422);
  });

  it("lead by their code to the person for who is in charge, to the login for nobody, to nothing for others", async () => {
    const address = `/c/${await tokenOf(card)}`;
    expect(await ask(keeper, address)).toMatchObject({ status: 302, to: person });
    expect(await ask(await as("headA"), address)).toMatchObject({ status: 302, to: person });
    expect(await ask("", address)).toMatchObject({
      status: 302,
      to: `/login?to=${encodeURIComponent(address)}`,
    });
    for (const who of ["headB", "headA2", "homeHead"] as const)
      expect((await ask(await as(who), address)).status).toBe(404);
  });

  it("are replaced and withdrawn on the person's page, and void ones are not printed", async () => {
    const replaced = await ask(keeper, `${person}/cards`, {
      ...{ intent: "replace", id: card, validUntil: END, workerId: "" },
    });
    expect(replaced.to).toBe(`${person}/cards`);
    const again = await ask(keeper, `${person}/cards`, { intent: "withdraw", id: card });
    expect(again.status).toBe(409);
    const printed = await ask(keeper, "/cards/print", { intent: "show", ids: card, purpose: "apply" });
    expect(printed.status).toBe(422);
    // Of another person's page it is not.
    const astray = await ask(keeper, "/people/0198c000-0000-7000-8000-000000000000/cards", {
      ...{ intent: "withdraw", id: card },
    });
    expect(astray.status).toBe(404);
  });

  it("name the station's numbers and what goes on there, the hospital's beside the person's own", async () => {
    const settings = await ask(keeper, "/cards/settings", {
      ...{ version: "0", duty: "", hospital: "86002120", police: "110", ambulance: "120", gas: "" },
      ...{
        utilities: "",
        committee: "",
        duties: "政策咨询",
        services: "代办帮办",
        activities: "老年大学、书画展",
      },
    });
    expect(settings.to).toBe("/cards");
    const faces = async (kind: string) => {
      const { to } = await ask(keeper, "/cards/new", { ids: id(), kind, validUntil: END, workerId: "" });
      const ids = to.slice("/cards/print?ids=".length);
      return (await ask(keeper, "/cards/print", { intent: "show", ids, purpose: "apply" })).text;
    };
    expect(await faces("service")).toContain("老年大学、书画展");
    expect(await faces("contact")).toContain("86002120");
  });

  it("pair somebody of a service point, which has no roster, with whoever works there", async () => {
    const point = await as("pointHead");
    const { to } = await ask(point, "/people/new", {
      ...{
        intent: "register",
        name: "秦老",
        idNumber: idNumberOf("1938-05-01", "male", 6),
        sex: "",
        bornOn: "",
      },
      ...{ phone: "", category: "10", activeFrom: localDate(NOW), wayIn: "new" },
    });
    const worker = city.people.pointHead;
    expect((await ask(point, `${to}/cards`)).text).toContain(`value="${worker.userId}"`);
    const form = { intent: "issue", kind: "pairing", validUntil: END };
    expect((await ask(point, `${to}/cards`, { ...form, workerId: city.people.headA1.userId })).status).toBe(
      422,
    );
    expect((await ask(point, `${to}/cards`, { ...form, workerId: worker.userId })).status).toBe(302);
  });

  it("leave nothing of the person in the log, neither the server's nor the station's", async () => {
    expect(server.output()).not.toMatch(new RegExp([NAME, ADDRESS, PHONE].join("|")));
    const admin = await as("admin");
    const { text } = await ask(admin, "/audit");
    expect([NAME, ADDRESS, PHONE].filter((secret) => text.includes(secret))).toEqual([]);
    expect(text).toContain("打印卡");
  });
});
