import type { Actor } from "@muster/domain/actor";
import { type LocalDate, period } from "@muster/domain/period";
import { RECEPTION_ACTIONS, RECEPTION_STATES, type ReceptionState } from "@muster/domain/reception";
import { testKeyring } from "@muster/secrets/keyring.fixture";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Pool } from "../../client";
import { faultsOfPetitions } from "../../doctor/petitions";
import { newId, type ScopedTx, withScope } from "../../scope";
import { type TestDatabase, testDatabase } from "../../testing/database";
import { callerOf, type SmallCity, smallCity } from "../../testing/small-city";
import { cityCatalogue } from "../catalogue";
import { registersOf } from "../derivations";
import { registerPerson } from "../people/archive";
import { registerPetition, stepPetition } from "../petitions/steps";
import { moveStation } from "../stations/structure";
import { listKnowledge, publishKnowledge, withdrawKnowledge } from "./knowledge";
import { listReceptions, type ReceptionFilter, receptionTodos } from "./list";
import {
  carryOn,
  findReception,
  logReception,
  type NewReception,
  type ReceptionWrite,
  revealVisitor,
  stepReception,
} from "./log";
import type { CounterOutcome } from "./outcome";
import { openVisitor } from "./sealed";
import { addTopic, editTopic, topicsOf } from "./topics";

const keys = testKeyring();
let database: TestDatabase;
let pool: Pool;
let city: SmallCity;
let other: SmallCity;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ url: database.appUrl, size: 4 });
  city = await smallCity(database);
  other = await smallCity(database, { code: "990200000000", name: "星河市" });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const DAY = "2026-10-05";
const noon = (day: LocalDate) => new Date(`${day}T04:00:00Z`);
const as = <T>(actor: Actor, fn: (tx: ScopedTx) => Promise<T>, day = DAY) =>
  withScope(pool, callerOf(actor, noon(day)), { readOnly: false }, fn);

const entry = (over: Partial<NewReception> = {}): NewReception => ({
  day: DAY,
  channel: "walk_in",
  purpose: "question",
  topic: "07",
  recordId: null,
  visitor: "",
  phone: "",
  question: "优待证怎么补办？",
  answer: "带身份证到户籍地站点申请。",
  outcome: "answered",
  dueOn: null,
  requestKey: newId(),
  ...over,
});
const log = (actor: Actor, over: Partial<NewReception> = {}, day = DAY) =>
  as(actor, (tx) => logReception(tx, keys, entry({ day, ...over })), day);
const step = (actor: Actor, input: Omit<ReceptionWrite, "text"> & { text?: string }, day = DAY) =>
  as(actor, (tx) => stepReception(tx, { text: "按规定办理", ...input }), day);
const said = <T>(outcome: CounterOutcome<T>) => (outcome.ok ? "done" : outcome.refusal);
function ok<T>(outcome: CounterOutcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value;
}
const found = (actor: Actor, id: string) => as(actor, (tx) => findReception(tx, id));
const list = async (actor: Actor, filter: ReceptionFilter = {}) =>
  (await as(actor, (tx) => listReceptions(tx, { filter, limit: 50 }))).lines.map(({ id }) => id);
const figures = (actor: Actor, stationId: number, month: string) =>
  as(actor, async (tx) => {
    const catalogue = (await cityCatalogue(tx)).at(period(month));
    const register = (await registersOf(tx, [stationId], catalogue)).get(stationId) ?? {};
    const values = ["D01", "D02", "D03", "D05"].map((code) => register[code]?.value ?? null);
    return values.every((value) => value === null) ? null : values;
  });

/** Somebody of a name in the archive of a station. */
async function somebodyNamed(name: string, actor: Actor, stationId: number): Promise<string> {
  const outcome = await as(actor, (tx) =>
    registerPerson(tx, keys, {
      ...{ stationId, name, idNumber: "", sex: "male", bornOn: "1950-01-01", phone: "", categories: ["31"] },
      ...{ activeFrom: "2026-01-01", wayIn: "new" },
    }),
  );
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value.id;
}

/** What becomes of an entry first on its way to a state. */
const OUTCOMES: Partial<Record<ReceptionState, "answered" | "to_do">> = {
  answered: "answered",
  void: "answered",
  to_do: "to_do",
  carried: "to_do",
};

/** A petition made of an entry. */
async function petitionOf(actor: Actor, receptionId: string): Promise<string> {
  const petitioner = { recordId: null, name: "周建华", phone: "", address: "" };
  const outcome = await as(actor, (tx) =>
    registerPetition(tx, keys, {
      ...{ channel: "walk_in", topic: "07", subject: "反映补助发放", body: "补助发放时间过长", people: 1 },
      ...{ receivedOn: DAY, petitioners: [petitioner], backlog: false, ownDays: null },
      ...{ receptionId, requestKey: newId() },
    }),
  );
  return ok(outcome).id;
}

/** An entry of village a1 brought to a state. */
async function inState(state: ReceptionState) {
  const { headA1, headA } = city.people;
  const outcome = OUTCOMES[state] ?? "passed_up";
  const { id } = ok(await log(headA1, { outcome, answer: outcome === "answered" ? "已答复" : "" }));
  if (state === "replied") ok(await step(headA, { id, version: 1, action: "reply" }));
  if (state === "void") ok(await step(headA1, { id, version: 1, action: "strike" }));
  if (state === "carried") await petitionOf(headA1, id);
  const row = await found(headA1, id);
  if (row?.state !== state) throw new Error(`${row?.state} instead of ${state}`);
  return row;
}

describe("the counter log", () => {
  it("takes an entry once, however often the form is sent, and shows it to its station and those above", async () => {
    const { headA1, headA, admin, headA2, headB } = city.people;
    const requestKey = newId();
    const sent = await Promise.all([1, 2, 3].map(() => log(headA1, { requestKey })));
    const ids = new Set(sent.map((outcome) => ok(outcome).id));
    expect(ids.size).toBe(1);
    expect(sent.filter((outcome) => ok(outcome).repeated)).toHaveLength(2);
    const id = [...ids][0] ?? "";
    for (const actor of [headA1, headA, admin])
      expect(await found(actor, id)).toMatchObject({
        state: "answered",
        topicZh: "优待证办理",
        answeredOn: DAY,
      });
    for (const actor of [headA2, headB, other.people.admin]) {
      expect(await found(actor, id)).toBeNull();
      expect(await list(actor)).not.toContain(id);
      for (const action of RECEPTION_ACTIONS)
        expect(said(await step(actor, { id, version: 1, action }))).toBe("not_found");
    }
    const audits = await as(
      admin,
      (tx) => tx.sql<{ text: string }[]>`
        select (coalesce(before, '{}') || after)::text as text from audit_log
        where city_id = ${city.cityId} and subject_id = ${id} and action = 'reception.log'`,
    );
    expect(audits).toHaveLength(1);
    expect(audits[0]?.text).not.toContain("补办");
  });

  it("finds an entry by words of question, answer, reply, topic and the archive's name, never by a sealed visitor", async () => {
    const { headA1, headA, headA2 } = city.people;
    const recordId = await somebodyNamed("鲁寻常", headA1, city.a1.id);
    const { id } = ok(
      await log(headA1, { question: "WIE 报销", answer: "凭发票 A4 纸", recordId, topic: "07" }),
    );
    const sealed = ok(await log(headA1, { question: "问路", visitor: "欧阳远" })).id;
    for (const q of ["报销", "wie", "发票 a4", "鲁寻常", "优待证 发票"])
      expect([q, await list(headA1, { q })]).toEqual([q, [id]]);
    expect(await list(headA, { q: "凭发票" })).toEqual([id]);
    const all = { filter: { q: "凭发票" }, limit: 1 };
    expect(await as(headA, (tx) => listReceptions(tx, all))).toMatchObject({ total: 1, more: false });
    expect(await list(headA1, { q: "发票 没有这词" })).toEqual([]);
    expect(await list(headA1, { q: "欧阳远" })).not.toContain(sealed);
    expect(await list(headA1, { q: "%" })).toEqual([]);
    // A word is found in what the reader sees, and nowhere else.
    for (const actor of [headA2, other.people.admin]) expect(await list(actor, { q: "发票" })).toEqual([]);
  });

  it("refuses what is not whole: words, an answer, a topic, a day, a person of somebody else's archive", async () => {
    const { headA1, headB1, admin } = city.people;
    expect(said(await log(headA1, { question: " " }))).toBe("no_text");
    expect(said(await log(headA1, { answer: "" }))).toBe("no_answer");
    expect(said(await log(headA1, { answer: "", purpose: "errand" }))).toBe("done");
    expect(said(await log(headA1, { topic: "77" }))).toBe("unknown_topic");
    expect(said(await as(headA1, (tx) => logReception(tx, keys, entry({ day: "2026-10-06" }))))).toBe(
      "day_in_future",
    );
    expect(said(await as(headA1, (tx) => logReception(tx, keys, entry({ day: "2026-09-01" }))))).toBe(
      "day_too_early",
    );
    expect(said(await log(headA1, { outcome: "to_do", dueOn: "2026-10-01" }))).toBe("due_in_past");
    expect(said(await log(admin, { outcome: "passed_up" }))).toBe("nobody_above");
    const person = await as(headB1, (tx) =>
      registerPerson(tx, keys, {
        ...{
          stationId: city.b1.id,
          name: "李卫国",
          idNumber: "",
          sex: "male",
          bornOn: "1950-01-01",
          phone: "",
        },
        ...{ categories: ["31"], activeFrom: "2026-01-01", wayIn: "new" },
      }),
    );
    if (!person.ok) throw new Error(person.refusal);
    expect(said(await log(headA1, { recordId: person.value.id }))).toBe("unknown_person");
    expect(said(await log(headB1, { recordId: person.value.id }))).toBe("done");
    const [mine] = (
      await as(headB1, (tx) => listReceptions(tx, { filter: { recordId: person.value.id }, limit: 5 }))
    ).lines;
    expect(mine?.recordName).toBe("李卫国");
  });

  it("keeps a visitor sealed, and opens the telephone only to who says why, which is written down", async () => {
    const { headA1, admin } = city.people;
    const { id } = ok(await log(headA1, { visitor: "王建军", phone: "139-0000 1111" }));
    const row = await found(headA1, id);
    expect(row && openVisitor(keys, city.cityId, row)).toEqual({ name: "王建军", phone: "13900001111" });
    expect(Buffer.from(row?.visitor ?? []).toString("utf8")).not.toContain("王建军");
    expect(ok(await as(headA1, (tx) => revealVisitor(tx, keys, { id, purpose: "contact" }))).phone).toBe(
      "13900001111",
    );
    const [audit] = await as(
      admin,
      (tx) => tx.sql<{ after: unknown }[]>`
        select after from audit_log where city_id = ${city.cityId} and subject_id = ${id} and action = 'reception.reveal'`,
    );
    expect(audit?.after).toEqual({ purpose: "contact" });
  });

  /** Who of the people around may take which step, by state. Everyone else is refused. */
  const MAY: Record<string, "headA1" | "headA"> = {
    "answer to_do": "headA1",
    "answer replied": "headA1",
    "answer carried": "headA1",
    "reopen carried": "headA1",
    "pass_up to_do": "headA1",
    "pass_up replied": "headA1",
    "take_back passed_up": "headA1",
    "reply passed_up": "headA",
    "pass_on passed_up": "headA",
    "reopen answered": "headA1",
    "strike to_do": "headA1",
    "strike answered": "headA1",
  };
  const all = RECEPTION_STATES.flatMap((state) =>
    RECEPTION_ACTIONS.map((action) => [state, action] as const),
  );

  it.each(all)("%s: %s is taken by whom it belongs to, and by nobody else", async (state, action) => {
    for (const who of ["headA1", "headA", "admin"] as const) {
      const row = await inState(state);
      const outcome = await step(city.people[who], { id: row.id, version: row.version, action });
      const may = MAY[`${action} ${state}`] === who;
      expect([who, outcome.ok]).toEqual([who, may]);
      expect((await found(city.people.headA1, row.id))?.version).toBe(row.version + (may ? 1 : 0));
    }
  });

  it.each(["to_do", "passed_up", "replied"] as const)(
    "is carried on in the petition made of it: %s",
    async (state) => {
      const { headA1, headA } = city.people;
      const waits = async () => [
        (await as(headA1, (tx) => receptionTodos(tx, city.a1.id))).own.count,
        (await as(headA1, (tx) => receptionTodos(tx, city.a1.id))).replied,
        (await as(headA, (tx) => receptionTodos(tx, city.townA.id))).asked,
      ];
      const answered = async () => (await figures(headA1, city.a1.id, "2026-10"))?.[1];
      const before = await waits();
      const row = await inState(state);
      const counted = await answered();
      const id = await petitionOf(headA1, row.id);
      expect(await waits()).toEqual(before);
      const lists = async () => [
        (await list(headA1, { state: "open" })).includes(row.id),
        (await list(headA1, { state: "carried" })).includes(row.id),
        (await list(headA1, { state: "answered" })).includes(row.id),
      ];
      expect(await lists()).toEqual([false, true, false]);
      expect(await found(headA1, row.id)).toMatchObject({ dueOn: null, carriedOn: DAY, inHand: true });
      const [audit] = await as(
        headA1,
        (tx) => tx.sql<{ before: unknown; after: unknown }[]>`
        select before, after from audit_log
        where city_id = ${city.cityId} and subject_id = ${row.id} and action = 'reception.carry'`,
      );
      expect(audit).toMatchObject({
        before: { receptionState: state },
        after: { receptionState: "carried" },
      });
      // The reply to the petition settles it; no figure of the log has moved.
      for (const [version, action] of [
        [1, "accept"],
        [2, "reply"],
      ] as const)
        ok(await as(headA1, (tx) => stepPetition(tx, { id, version, action, text: "已补发" })));
      expect(await lists()).toEqual([false, false, true]);
      expect(await found(headA1, row.id)).toMatchObject({
        state: "carried",
        inHand: false,
        answeredOn: null,
      });
      expect(await answered()).toBe(counted);
    },
  );

  it("is found by the doctor when it is said to be carried on and nothing carries it", async () => {
    const { admin } = city.people;
    const { id } = await inState("to_do");
    await inState("carried");
    expect(await as(admin, faultsOfPetitions)).toEqual([]);
    const put = (state: ReceptionState) =>
      as(
        admin,
        (tx) => tx.sql`update reception set state = ${state} where city_id = ${city.cityId} and id = ${id}`,
      );
    await put("carried");
    expect(await as(admin, faultsOfPetitions)).toEqual([
      `Entry ${id} of the counter log is carried on by no petition and no case.`,
    ]);
    await put("to_do");
  });

  it("is carried on by nobody who does not see it, and not after it was settled", async () => {
    const { headA1, headB1 } = city.people;
    const open = await inState("to_do");
    for (const actor of [headB1, other.people.admin]) await as(actor, (tx) => carryOn(tx, open.id));
    expect((await found(headA1, open.id))?.state).toBe("to_do");
    for (const state of ["answered", "void"] as const) {
      const row = await inState(state);
      await as(headA1, (tx) => carryOn(tx, row.id));
      expect(await found(headA1, row.id)).toMatchObject({ state, version: row.version });
    }
  });

  it("passes a question up, further up, and brings the answer back to the station below", async () => {
    const { headA1, headA, admin } = city.people;
    const waiting = async (actor: Actor) =>
      (await as(actor, (tx) => receptionTodos(tx, actor.stationId))).asked;
    const before = [await waiting(headA), await waiting(admin)];
    const { id } = ok(await log(headA1, { outcome: "passed_up", answer: "" }));
    expect(await waiting(headA)).toBe((before[0] ?? 0) + 1);
    ok(await step(headA, { id, version: 1, action: "pass_on", text: "" }));
    expect([await waiting(headA), await waiting(admin)]).toEqual([before[0], (before[1] ?? 0) + 1]);
    expect(said(await step(admin, { id, version: 2, action: "pass_on" }))).toBe("nobody_above");
    expect(said(await step(admin, { id, version: 2, action: "reply", text: " " }))).toBe("no_answer");
    ok(await step(admin, { id, version: 2, action: "reply", text: "依条例第五条" }));
    const back = await found(headA1, id);
    expect(back).toMatchObject({ state: "replied", reply: "依条例第五条", repliedBy: "admin" });
    expect((await as(headA1, (tx) => receptionTodos(tx, city.a1.id))).replied).toBeGreaterThan(0);
    ok(await step(headA1, { id, version: 3, action: "answer", text: "已转告" }, "2026-10-07"));
    expect(await found(headA1, id)).toMatchObject({
      state: "answered",
      answeredOn: "2026-10-07",
      answer: "已转告",
    });
  });

  it("lets one of two who act at the same moment through", async () => {
    const row = await inState("to_do");
    const { headA1, liaisonA1 } = city.people;
    const outcomes = await Promise.all(
      [headA1, liaisonA1].map((actor) => step(actor, { id: row.id, version: row.version, action: "answer" })),
    );
    expect(outcomes.map(said).sort()).toEqual(["conflict", "done"]);
  });

  it("lists by day, pages by its edge both ways, and knows what it is asked for", async () => {
    const { headB1 } = city.people;
    const days = ["2026-10-01", "2026-10-02", "2026-10-02", "2026-10-03", "2026-10-04"];
    for (const day of days)
      ok(await as(headB1, (tx) => logReception(tx, keys, entry({ day, topic: "12", channel: "phone" }))));
    const filter = { topic: "12" };
    const page = (over: object) => as(headB1, (tx) => listReceptions(tx, { filter, limit: 2, ...over }));
    const first = await page({});
    expect(first).toMatchObject({ total: 5, more: true });
    expect(first.lines.map(({ day }) => day)).toEqual(["2026-10-04", "2026-10-03"]);
    const second = await page({ after: first.lines[1] });
    expect(second.lines.map(({ day }) => day)).toEqual(["2026-10-02", "2026-10-02"]);
    const back = await page({ before: second.lines[0] });
    expect(back.lines.map(({ id }) => id)).toEqual(first.lines.map(({ id }) => id));
    expect(await list(headB1, { topic: "12", channel: "walk_in" })).toEqual([]);
    expect(await list(headB1, { topic: "12", month: period("2026-09") })).toEqual([]);
    expect(await list(headB1, { topic: "12", state: "open" })).toEqual([]);
    expect(await list(headB1, { topic: "12", stationId: city.b1.id })).toHaveLength(5);
  });
});

describe("the month's figures of the counter", () => {
  it("are silent before the first entry, then count walk-ins by day, questions by the day of the answer, and no petitions as 0", async () => {
    const { headA2 } = city.people;
    expect(await figures(headA2, city.a2.id, "2026-10")).toBeNull();
    ok(await log(headA2, {}, "2026-09-30"));
    ok(await log(headA2, { channel: "phone" }));
    ok(await log(headA2, { purpose: "errand", answer: "" }));
    const later = ok(await log(headA2, { outcome: "to_do", answer: "" }));
    const struck = ok(await log(headA2, {}));
    expect(await figures(headA2, city.a2.id, "2026-08")).toBeNull();
    expect(await figures(headA2, city.a2.id, "2026-10")).toEqual([3, 2, 0, 0]);
    ok(await step(headA2, { id: struck.id, version: 1, action: "strike" }));
    ok(await step(headA2, { id: later.id, version: 1, action: "answer" }, "2026-11-02"));
    expect(await figures(headA2, city.a2.id, "2026-10")).toEqual([2, 1, 0, 0]);
    expect(await figures(headA2, city.a2.id, "2026-11")).toEqual([0, 1, 0, 0]);
    const counted = { figure: "reception.walk_ins", period: period("2026-10") } as const;
    expect(await list(headA2, { counted, stationId: city.a2.id })).toHaveLength(2);
  });
});

describe("the knowledge base", () => {
  it("publishes what was answered once, and shows it to everybody in the city and to nobody else", async () => {
    const { headA1, headA, headB1, admin } = city.people;
    const { id } = ok(await log(headA1));
    const open = ok(await log(headA1, { outcome: "to_do", answer: "" }));
    const words = { topic: "07", question: "优待证丢了，怎么补办？", answer: "（ABC）带身份证。" };
    const publish = (actor: Actor, over: object = {}) =>
      as(actor, (tx) => publishKnowledge(tx, { ...words, receptionId: id, ...over }));
    expect(said(await publish(headA, { receptionId: open.id }))).toBe("not_answered");
    expect(said(await publish(headB1))).toBe("not_found");
    expect(said(await publish(headA, { answer: "" }))).toBe("no_answer");
    const published = ok(await publish(headA));
    expect(said(await publish(admin))).toBe("conflict");
    expect((await found(headA1, id))?.knowledgeId).toBe(published.id);
    const search = async (actor: Actor, q: string, topic?: string) =>
      (await as(actor, (tx) => listKnowledge(tx, { q, limit: 10, ...(topic ? { topic } : {}) }))).lines.map(
        (line) => line.id,
      );
    for (const actor of [headA1, headB1, admin]) {
      expect(await search(actor, "补办 优待证")).toEqual([published.id]);
      expect(await search(actor, "ａｂｃ")).toEqual([published.id]);
    }
    expect(await search(headA1, "补办", "01")).toEqual([]);
    expect(await search(headA1, "补办 社保")).toEqual([]);
    expect(await search(other.people.admin, "补办")).toEqual([]);
    const withdraw = (actor: Actor) =>
      as(actor, (tx) => withdrawKnowledge(tx, { id: published.id, version: 1 }));
    expect(said(await withdraw(admin))).toBe("forbidden");
    expect(said(await withdraw(other.people.admin))).toBe("not_found");
    expect(said(await withdraw(headA))).toBe("done");
    expect(said(await withdraw(headA))).toBe("not_found");
    expect(await search(headA1, "补办")).toEqual([]);
    expect(said(await publish(admin))).toBe("done");
  });

  it("moves with its station and stays in everybody's sight", async () => {
    const { headA2, admin } = city.people;
    const entryOfA2 = ok(await log(headA2));
    await as(
      admin,
      (tx) => tx.sql`
      insert into knowledge (city_id, path, id, station_id, station_name, topic, question, answer, search, published_on,
        published_by)
      values (${city.cityId}, ${city.a2.path}, ${newId()}, ${city.a2.id}, '上坪村', '99', '搬家', '跟着走', '搬家跟着走',
        ${DAY}, 'x')`,
    );
    const [row] = await as(
      admin,
      (tx) => tx.sql<{ version: number }[]>`
      select version from station where city_id = ${city.cityId} and id = ${city.a2.id}`,
    );
    const moved = await as(admin, (tx) =>
      moveStation(tx, {
        stationId: city.a2.id,
        parentId: city.townB.id,
        on: DAY,
        version: row?.version ?? 0,
      }),
    );
    expect(moved).toMatchObject({ ok: true });
    const paths = await as(
      admin,
      (tx) => tx.sql<{ path: string }[]>`
      select path from knowledge where city_id = ${city.cityId} and station_id = ${city.a2.id}
      union all select path from reception where city_id = ${city.cityId} and id = ${entryOfA2.id}`,
    );
    const path = `${city.townB.path}${city.a2.id}/`;
    expect(paths.map((each) => each.path)).toEqual([path, path]);
  });
});

describe("topics", () => {
  it("are the city's to add, rename and retire", async () => {
    const { admin, headA, headB1 } = city.people;
    const topic = { code: "20", nameZh: "军人公墓", nameEn: "Military cemetery" };
    expect(said(await as(headA, (tx) => addTopic(tx, topic)))).toBe("forbidden");
    ok(await as(admin, (tx) => addTopic(tx, topic)));
    expect(said(await as(admin, (tx) => addTopic(tx, topic)))).toBe("code_taken");
    expect(said(await log(headB1, { topic: "20" }))).toBe("done");
    const retire = { ...topic, retired: true, version: 1 };
    expect(said(await as(headA, (tx) => editTopic(tx, retire)))).toBe("forbidden");
    ok(await as(admin, (tx) => editTopic(tx, retire)));
    expect(said(await as(admin, (tx) => editTopic(tx, retire)))).toBe("conflict");
    expect(said(await as(admin, (tx) => editTopic(tx, { ...retire, code: "88" })))).toBe("not_found");
    expect(said(await log(headB1, { topic: "20" }))).toBe("unknown_topic");
    expect((await as(headB1, topicsOf)).at(-1)).toMatchObject({ code: "20", retired: true });
    expect((await as(other.people.admin, topicsOf)).map(({ code }) => code)).not.toContain("20");
  });
});
