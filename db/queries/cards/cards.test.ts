import { addMonths, type Period, periodOf } from "@muster/domain/period";
import { testKeyring } from "@muster/secrets/keyring.fixture";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Pool } from "../../client";
import { type TestDatabase, testDatabase } from "../../testing/database";
import { layCity, type TestCity } from "../../testing/hierarchy";
import { idNumberOf } from "../../testing/id-numbers";
import { registerFigures } from "../../testing/register-figures";
import { endPerson, registerPerson, saveSection } from "../people/archive";
import { addStaff } from "../staff/roster";
import { moveStation } from "../stations/structure";
import { CARD_FIGURES, CARD_STATEMENT } from "./figures";
import { issueCards, replaceCard, saveCardSettings, withdrawCard } from "./issue";
import { cardSettingsOf, cardShare, cardsOf, findCard, listCards, printCards, recordOfToken } from "./read";

const NOW = new Date("2026-11-21T09:00:00+08:00");
const TODAY = "2026-11-21";
const END = "2029-12-31";
const keys = testKeyring();

let db: TestDatabase;
let app: Pool;
let city: TestCity;
let other: TestCity;
let town: number;
let v1: number;
let v2: number;
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
});

async function register(stationId: number, name = "曾小明"): Promise<string> {
  const outcome = await city.inScopeOf(stationId, (tx) =>
    registerPerson(tx, keys, {
      ...{ stationId, name, idNumber: idNumberOf("1946-05-01", "male", order++), sex: null, bornOn: null },
      ...{ phone: "13900001111", categories: ["31"], activeFrom: TODAY, wayIn: "new" },
    }),
  );
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value.id;
}

type Kind = Parameters<typeof issueCards>[1]["kind"];
const issue = (at: number, recordIds: string[], kind: Kind = "emergency", workerId: string | null = null) =>
  city.inScopeOf(at, (tx) => issueCards(tx, { recordIds, kind, validUntil: END, workerId }));
async function issued(at: number, recordIds: string[], kind: Kind = "emergency"): Promise<string[]> {
  const outcome = await issue(at, recordIds, kind);
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value.ids;
}
const said = (outcome: { ok: boolean; refusal?: string }) => (outcome.ok ? "done" : outcome.refusal);
const audited = (action: string) =>
  city.inCity(
    (tx) => tx.sql<{ text: string }[]>`
      select to_jsonb(a)::text as text from audit_log a where city_id = ${city.cityId} and action = ${action}`,
  );

describe("issuing cards", () => {
  test("gives each its serial within city and year, also when two villages issue at once", async () => {
    const [a, b] = [await register(v1), await register(v2)];
    await Promise.all([issue(v1, [a]), issue(v2, [b])]);
    const { lines, total } = await city.inCity((tx) => listCards(tx, { filter: {}, limit: 10 }));
    expect(lines.map(({ year, number }) => [year, number])).toEqual([
      [2026, 2],
      [2026, 1],
    ]);
    expect(total).toBe(2);
  });

  test("makes none twice when the form is sent twice, and says which card is in force", async () => {
    const id = await register(v1);
    const first = await issue(v1, [id]);
    const second = await issue(v1, [id]);
    expect(first.ok && first.value.issued).toBe(1);
    expect(second.ok && second.value.issued).toBe(0);
    expect(second.ok && second.value.ids).toEqual(first.ok && first.value.ids);
    expect(await audited("card.issue")).toHaveLength(1);
  });

  test("replaces a card that has expired", async () => {
    const id = await register(v1);
    const [old] = await issued(v1, [id]);
    await city.inCity(
      (tx) =>
        tx.sql`update card set issued_on = '2020-01-01', valid_until = '2026-11-20' where id = ${old ?? ""}`,
    );
    await issued(v1, [id]);
    const cards = await city.inCity((tx) => cardsOf(tx, id));
    expect(cards.map(({ state, version }) => [state, version])).toEqual([
      ["issued", 2],
      ["replaced", 1],
    ]);
  });

  test("refuses a last day that has passed or is too far away, and whoever has left", async () => {
    const id = await register(v1);
    const until = (validUntil: string) =>
      city.inScopeOf(v1, (tx) =>
        issueCards(tx, { recordIds: [id], kind: "service", validUntil, workerId: null }),
      );
    expect(said(await until("2026-11-20"))).toBe("bad_end");
    expect(said(await until("2037-01-01"))).toBe("bad_end");
    await city.inScopeOf(v1, (tx) => endPerson(tx, { id, version: 1, on: TODAY, wayOut: "died", note: "" }));
    expect(said(await issue(v1, [id]))).toBe("left");
  });

  test("pairs with somebody of the station's own roster and with nobody else", async () => {
    const id = await register(v1);
    const staff = (stationId: number, name: string) =>
      city.inScopeOf(stationId, (tx) =>
        addStaff(tx, {
          ...{ stationId, name, post: "联络员", employment: "full_time", head: false, secretary: false },
          ...{ veteran: false, phone: "86001111", education: "senior", validFrom: TODAY },
        }),
      );
    const [own, foreign] = [await staff(v1, "许少华"), await staff(v2, "林志强")];
    const idOf = (outcome: typeof own) => (outcome.ok ? outcome.value.staffId : "");
    expect(said(await issue(v1, [id], "pairing"))).toBe("no_worker");
    expect(said(await issue(v1, [id], "pairing", idOf(foreign)))).toBe("no_worker");
    expect(said(await issue(v1, [id], "pairing", idOf(own)))).toBe("done");
    const ids = (await city.inCity((tx) => cardsOf(tx, id))).map((card) => card.id);
    const [print] = await city.inScopeOf(v1, (tx) => printCards(tx, keys, { ids, purpose: "apply" }));
    expect(print?.worker).toMatchObject({ name: "许少华", phone: "86001111" });
    expect(print?.staff.map(({ name }) => name)).toEqual(["许少华"]);
  });

  test("counts who is paired at the end of a month, each person once, and lists their cards", async () => {
    const [a, b] = [await register(v1), await register(v1)];
    const next = addMonths(periodOf(TODAY), 1);
    const pairs = (month: Period, at = v1) =>
      city.inScopeOf(at, async (tx) => {
        const said = await registerFigures(tx, { names: CARD_FIGURES, statement: CARD_STATEMENT }, at, month);
        return said?.["cards.paired"];
      });
    await issue(v1, [a]);
    // Cards of another kind are no pairs.
    expect(await pairs(periodOf(TODAY))).toBeUndefined();
    const staff = await city.inScopeOf(v1, (tx) =>
      addStaff(tx, {
        ...{ stationId: v1, name: "许少华", post: "联络员", employment: "full_time", head: false },
        ...{ secretary: false, veteran: false, phone: "86001111", education: "senior", validFrom: TODAY },
      }),
    );
    const workerId = staff.ok ? staff.value.staffId : "";
    await issue(v1, [a, b], "pairing", workerId);
    expect(await pairs(periodOf(TODAY))).toBe(2);
    expect(await pairs(addMonths(periodOf(TODAY), -1))).toBeUndefined();
    expect(await pairs(periodOf(TODAY), v2)).toBeUndefined();
    const [first] = (await city.inCity((tx) => cardsOf(tx, a))).filter(({ kind }) => kind === "pairing");
    await city.inScopeOf(v1, (tx) => replaceCard(tx, { id: first?.id ?? "", validUntil: END, workerId }));
    expect(await pairs(periodOf(TODAY))).toBe(2);
    const listed = (period: Period) =>
      city.inCity((tx) =>
        listCards(tx, { filter: { counted: { figure: "cards.paired", period }, stationId: v1 }, limit: 9 }),
      );
    expect((await listed(periodOf(TODAY))).total).toBe(2);
    const [pair] = (await listed(next)).lines;
    await city.inScopeOf(v1, (tx) => withdrawCard(tx, { id: pair?.id ?? "" }));
    expect(await pairs(next)).toBe(1);
  });

  test("does nothing for a person of another station, nor of another city", async () => {
    const id = await register(v2);
    expect(said(await issue(v1, [id]))).toBe("not_found");
    const foreign = await other.inCity((tx) =>
      issueCards(tx, { recordIds: [id], kind: "emergency", validUntil: END, workerId: null }),
    );
    expect(said(foreign)).toBe("not_found");
    expect(await audited("card.issue")).toHaveLength(0);
  });
});

describe("what becomes of a card", () => {
  test("a replacement makes the old one void; both stay in the history", async () => {
    const id = await register(v1);
    const [first = ""] = await issued(v1, [id]);
    const outcome = await city.inScopeOf(v1, (tx) =>
      replaceCard(tx, { id: first, validUntil: END, workerId: null }),
    );
    expect(said(outcome)).toBe("done");
    const cards = await city.inCity((tx) => cardsOf(tx, id));
    expect(cards.map(({ state, version, endedOn }) => [state, version, endedOn])).toEqual([
      ["issued", 2, null],
      ["replaced", 1, TODAY],
    ]);
    const again = await city.inScopeOf(v1, (tx) =>
      replaceCard(tx, { id: first, validUntil: END, workerId: null }),
    );
    expect(said(again)).toBe("ended");
    expect(await audited("card.replace")).toHaveLength(1);
  });

  test("a withdrawn card is void, and can be neither withdrawn nor replaced again", async () => {
    const [id = ""] = await issued(v1, [await register(v1)]);
    const withdraw = () => city.inScopeOf(v1, (tx) => withdrawCard(tx, { id }));
    expect(said(await withdraw())).toBe("done");
    expect(said(await withdraw())).toBe("ended");
    expect((await city.inCity((tx) => findCard(tx, id)))?.state).toBe("withdrawn");
    const elsewhere = await city.inScopeOf(v2, (tx) => withdrawCard(tx, { id }));
    expect(said(elsewhere)).toBe("not_found");
  });

  test("whoever leaves the archive has no valid card any more", async () => {
    const id = await register(v1);
    await issued(v1, [id]);
    await issued(v1, [id], "service");
    await city.inScopeOf(v1, (tx) =>
      endPerson(tx, { id, version: 1, on: TODAY, wayOut: "moved_out", note: "" }),
    );
    const cards = await city.inCity((tx) => cardsOf(tx, id));
    expect(cards.map(({ state }) => state)).toEqual(["withdrawn", "withdrawn"]);
  });

  test("moves with the station", async () => {
    const id = await register(v1);
    const [card = ""] = await issued(v1, [id]);
    const second = await city.add(city.rootId, "town", "北港镇");
    const { version } = await city.station(v1);
    await city.inCity((tx) => moveStation(tx, { stationId: v1, parentId: second, on: TODAY, version }));
    const [there, here] = [
      await city.inScopeOf(second, (tx) => findCard(tx, card)),
      await city.inScopeOf(town, (tx) => findCard(tx, card)),
    ];
    expect([there?.id, here]).toEqual([card, null]);
  });
});

describe("what cards say", () => {
  test("the QR code's token leads to the person in scope and to nobody elsewhere", async () => {
    const id = await register(v1);
    const ids = await issued(v1, [id]);
    const [print] = await city.inScopeOf(v1, (tx) => printCards(tx, keys, { ids, purpose: "apply" }));
    const token = print?.token ?? "";
    expect(token).toMatch(/^[\w-]{22}$/);
    expect(await city.inScopeOf(town, (tx) => recordOfToken(tx, token))).toBe(id);
    expect(await city.inScopeOf(v2, (tx) => recordOfToken(tx, token))).toBeNull();
    expect(await other.inCity((tx) => recordOfToken(tx, token))).toBeNull();
  });

  test("the contact card opens the archive, the others do not; each printing is logged without a name", async () => {
    const id = await register(v1, "曾文广");
    const content = { address: "河湾村3号", emergencyName: "曾小兰", emergencyPhone: "13900002222" };
    await city.inScopeOf(v1, (tx) => saveSection(tx, keys, { id, section: "contact", version: 0, content }));
    const ids = [...(await issued(v1, [id], "contact")), ...(await issued(v1, [id], "emergency"))];
    const prints = await city.inScopeOf(v1, (tx) => printCards(tx, keys, { ids, purpose: "emergency" }));
    expect(prints.find(({ kind }) => kind === "contact")).toMatchObject({
      contact: content,
      phone: "13900001111",
    });
    expect(prints.find(({ kind }) => kind === "emergency")).toMatchObject({ contact: {}, phone: "" });
    const log = await audited("card.print");
    expect(log).toHaveLength(2);
    for (const { text } of [...log, ...(await audited("card.issue"))])
      expect(text).not.toMatch(/曾文广|曾小兰|河湾村3号|1390000/);
    expect((await city.inCity((tx) => cardsOf(tx, id))).every(({ printed }) => printed)).toBe(true);
  });

  test("void cards are not printed", async () => {
    const ids = await issued(v1, [await register(v1)]);
    await city.inScopeOf(v1, (tx) => withdrawCard(tx, { id: ids[0] ?? "" }));
    expect(await city.inScopeOf(v1, (tx) => printCards(tx, keys, { ids, purpose: "apply" }))).toEqual([]);
  });

  test("a station's numbers are its own; the general ones stand until it gives others", async () => {
    const lines = { ...(await city.inCity((tx) => cardSettingsOf(tx, v1))).lines, hospital: "86002222" };
    expect([lines.police, lines.ambulance]).toEqual(["110", "120"]);
    const save = (at: number, version: number) =>
      city.inScopeOf(at, (tx) =>
        saveCardSettings(tx, {
          stationId: v1,
          version,
          lines,
          duties: "政策咨询",
          services: "代办帮办",
          activities: "座谈会",
        }),
      );
    expect(await save(v2, 0)).toBeNull();
    expect(await save(v1, 0)).toEqual({ version: 1 });
    // Two who had the empty form open: the second one is told.
    expect(await save(v1, 0)).toBeNull();
    expect(await save(v1, 1)).toEqual({ version: 2 });
    expect(await city.inCity((tx) => cardSettingsOf(tx, v1))).toMatchObject({
      ...{ lines, duties: "政策咨询", activities: "座谈会" },
    });
    expect((await city.inCity((tx) => cardSettingsOf(tx, v2))).lines.hospital).toBe("");
  });

  test("counts who has a valid card, each person once", async () => {
    const people = [await register(v1), await register(v1), await register(v2)];
    await issued(v1, people.slice(0, 1));
    await issued(v1, people.slice(0, 1), "service");
    expect(await city.inCity((tx) => cardShare(tx, "/"))).toEqual({ people: 3, holders: 1 });
    const [card] = await city.inCity((tx) => cardsOf(tx, people[0] ?? ""));
    await city.inScopeOf(v1, (tx) => withdrawCard(tx, { id: card?.id ?? "" }));
    expect((await city.inCity((tx) => cardShare(tx, "/"))).holders).toBe(1);
  });

  test("lists by kind, by how they stand and by pages from both ends", async () => {
    const people = await Promise.all([register(v1), register(v1), register(v1)]);
    const ids = await issued(v1, people);
    await issued(v1, people.slice(0, 1), "service");
    await city.inScopeOf(v1, (tx) => withdrawCard(tx, { id: ids[0] ?? "" }));
    const list = (asked: Omit<Parameters<typeof listCards>[1], "limit">) =>
      city.inCity((tx) => listCards(tx, { ...asked, limit: 2 }));
    expect((await list({ filter: { kind: "service" } })).total).toBe(1);
    expect((await list({ filter: { standing: "withdrawn" } })).lines.map(({ id }) => id)).toEqual([ids[0]]);
    expect((await list({ filter: { standing: "valid" } })).total).toBe(3);
    const first = await list({ filter: {} });
    expect([first.lines.map(({ number }) => number), first.more]).toEqual([[4, 3], true]);
    const second = await list({ filter: {}, after: { year: 2026, number: 3 } });
    expect([second.lines.map(({ number }) => number), second.more]).toEqual([[2, 1], false]);
    const back = await list({ filter: {}, before: { year: 2026, number: 2 } });
    expect(back.lines.map(({ number }) => number)).toEqual([4, 3]);
  });
});
