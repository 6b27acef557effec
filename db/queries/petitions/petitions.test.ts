import type { Actor } from "@muster/domain/actor";
import { addDays, type LocalDate, period } from "@muster/domain/period";
import {
  clockOf,
  DEFAULT_PETITION_LIMITS,
  PETITION_ACTIONS,
  PETITION_STATES,
  type PetitionState,
} from "@muster/domain/petition";
import { testKeyring } from "@muster/secrets/keyring.fixture";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Pool } from "../../client";
import { faultsOfPetitions } from "../../doctor/petitions";
import { newId, type ScopedTx, withScope } from "../../scope";
import { type TestDatabase, testDatabase } from "../../testing/database";
import { callerOf, type SmallCity, smallCity } from "../../testing/small-city";
import { cityCatalogue } from "../catalogue";
import { registersOf } from "../derivations";
import { resealBatch, sealedOtherwise, tryKeys } from "../people/rotate";
import { logReception } from "../reception/log";
import type { CounterOutcome } from "../reception/outcome";
import { limitsOf, putLimits } from "./limits";
import {
  findPetition,
  firstPetitioners,
  listPetitions,
  type PetitionFilter,
  petitionEvents,
  petitionersOf,
  petitionSums,
  petitionTodos,
} from "./read";
import {
  type NewPetition,
  type PetitionWrite,
  registerPetition,
  revealPetitioners,
  stepPetition,
} from "./steps";

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

const someone = { recordId: null, name: "王建军", phone: "13900001111", address: "暗号巷七号" };
const petition = (over: Partial<NewPetition> = {}): NewPetition => ({
  channel: "letter",
  topic: "01",
  subject: "反映优待金发放问题",
  body: "去年的优待金至今未到账。",
  receivedOn: DAY,
  people: 1,
  petitioners: [someone],
  backlog: false,
  ownDays: null,
  receptionId: null,
  requestKey: newId(),
  ...over,
});
const register = (actor: Actor, over: Partial<NewPetition> = {}, day = DAY) =>
  as(actor, (tx) => registerPetition(tx, keys, petition({ receivedOn: day, ...over })), day);
const step = (actor: Actor, input: Omit<PetitionWrite, "text"> & { text?: string }, day = DAY) =>
  as(actor, (tx) => stepPetition(tx, { text: "按条例办理", days: 10, ...input }), day);
const said = <T>(outcome: CounterOutcome<T>) => (outcome.ok ? "done" : outcome.refusal);
function ok<T>(outcome: CounterOutcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value;
}
const found = (actor: Actor, id: string) => as(actor, (tx) => findPetition(tx, id));

/** Takes steps one after the other; each is who, what and, where it matters, when. */
async function walk(id: string, steps: readonly [Actor, PetitionWrite["action"], LocalDate?][]) {
  for (const [actor, action, day] of steps) {
    const row = await found(city.people.admin, id);
    ok(await step(actor, { id, version: row?.version ?? 0, action, leaderId: actor.userId }, day ?? DAY));
  }
}

/** What brings a petition of village a1 to a state. */
function wayTo(state: PetitionState): [Actor, PetitionWrite["action"]][] {
  const { headA1, headA } = city.people;
  const replied: [Actor, PetitionWrite["action"]][] = [
    [headA1, "accept"],
    [headA1, "reply"],
  ];
  const review: typeof replied = [...replied, [headA1, "ask_review"]];
  const reviewed: typeof replied = [...review, [headA, "answer_review"]];
  const final: typeof replied = [...reviewed, [headA1, "ask_final"]];
  switch (state) {
    case "registered":
      return [];
    case "accepted":
      return [[headA1, "accept"]];
    case "replied":
      return replied;
    case "in_review":
      return review;
    case "reviewed":
      return reviewed;
    case "in_final":
      return final;
    case "final":
      return [...final, [city.people.admin, "answer_final"]];
    case "referred":
      return [[headA1, "refer"]];
    case "refused":
      return [[headA1, "refuse"]];
    case "withdrawn":
      return [[headA1, "withdraw"]];
    case "archived":
      return [...replied, [headA1, "archive"]];
  }
}
async function inState(state: PetitionState) {
  const { id } = ok(await register(city.people.headA1));
  await walk(id, wayTo(state));
  const row = await found(city.people.admin, id);
  if (row?.state !== state) throw new Error(`${row?.state} instead of ${state}`);
  return row;
}

describe("a petition", () => {
  it("is registered once, numbered, sealed, and seen by its station and those above alone", async () => {
    const { headA1, headA, admin, overseer, headA2, headB } = city.people;
    const requestKey = newId();
    const sent = await Promise.all([1, 2].map(() => register(headA1, { requestKey })));
    expect(new Set(sent.map((outcome) => ok(outcome).id)).size).toBe(1);
    const { id } = ok(sent[0] ?? { ok: false, refusal: "not_found" });
    const next = ok(await register(headA1));
    expect([(await found(headA1, id))?.number, (await found(headA1, next.id))?.number]).toEqual([1, 2]);
    for (const actor of [headA1, headA, admin, overseer])
      expect(await found(actor, id)).toMatchObject({ state: "registered", dueOn: "2026-10-20" });
    for (const actor of [headA2, headB, other.people.admin]) {
      expect(await found(actor, id)).toBeNull();
      expect(await as(actor, (tx) => petitionEvents(tx, id))).toEqual([]);
      expect(await as(actor, (tx) => petitionersOf(tx, keys, id))).toEqual([]);
      expect((await as(actor, (tx) => listPetitions(tx, { filter: {}, limit: 50 }))).lines).toEqual([]);
      for (const action of PETITION_ACTIONS)
        expect(said(await step(actor, { id, version: 1, action }))).toBe("not_found");
    }
    const [sealed] = await as(
      admin,
      (tx) => tx.sql<{ name: Uint8Array }[]>`
        select name from petition_petitioner where city_id = ${city.cityId} and petition_id = ${id}`,
    );
    expect(Buffer.from(sealed?.name ?? []).toString("utf8")).not.toContain("王建军");
    expect((await as(headA1, (tx) => firstPetitioners(tx, keys, [id]))).get(id)).toBe("王建军");
    ok(await as(headA1, (tx) => revealPetitioners(tx, keys, { id, purpose: "contact" })));
    const log = await as(
      admin,
      (tx) => tx.sql<{ text: string }[]>`
        select coalesce(before::text, '') || coalesce(after::text, '') as text from audit_log
        where city_id = ${city.cityId} and subject = 'Petition'`,
    );
    expect(log.map(({ text }) => text).filter((text) => /王建军|1390000|暗号|优待金/.test(text))).toEqual([]);
    expect(log.length).toBeGreaterThanOrEqual(3);
  });

  it("is joint with up to five who speak, and refuses what is not whole", async () => {
    const { headA1, headA2 } = city.people;
    const people = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ ...someone, name: `代表${i}` }));
    const { id } = ok(await register(headA1, { people: 12, petitioners: people(5) }));
    expect(await as(headA1, (tx) => petitionersOf(tx, keys, id))).toHaveLength(5);
    expect(said(await register(headA1, { people: 12, petitioners: people(6) }))).toBe("too_many_petitioners");
    expect(said(await register(headA1, { people: 1, petitioners: people(2) }))).toBe("too_few_people");
    expect(said(await register(headA1, { petitioners: [] }))).toBe("no_petitioner");
    expect(said(await register(headA1, { petitioners: [{ ...someone, name: " " }] }))).toBe("no_petitioner");
    expect(said(await register(headA1, { subject: "" }))).toBe("no_text");
    expect(said(await register(headA1, { topic: "77" }))).toBe("unknown_topic");
    expect(said(await register(headA1, { receivedOn: "2026-10-06" }))).toBe("day_in_future");
    expect(said(await register(headA1, { petitioners: [{ ...someone, recordId: newId() }] }))).toBe(
      "unknown_person",
    );
    const visit = ok(
      await as(headA2, (tx) =>
        logReception(tx, keys, {
          ...{ day: DAY, channel: "walk_in", purpose: "grievance", topic: "01", recordId: null, visitor: "" },
          ...{
            phone: "",
            question: "来反映情况",
            answer: "",
            outcome: "answered",
            dueOn: null,
            requestKey: newId(),
          },
        }),
      ),
    );
    expect(said(await register(headA1, { receptionId: visit.id }))).toBe("not_found");
    const first = ok(await register(headA2, { receptionId: visit.id }));
    expect(ok(await register(headA2, { receptionId: visit.id }))).toEqual({ id: first.id, repeated: true });
  });

  /** Who of the people around may take which step on a petition of village a1, by state. Everyone else is refused. */
  const VILLAGE = ["headA1"] as const;
  const ABOVE = ["headA", "admin"] as const;
  const MAY: Record<string, readonly ("headA1" | "headA" | "admin")[]> = {
    "accept registered": VILLAGE,
    "refer registered": VILLAGE,
    "refuse registered": VILLAGE,
    "withdraw registered": VILLAGE,
    "withdraw accepted": VILLAGE,
    "lead registered": VILLAGE,
    "lead accepted": VILLAGE,
    "flag registered": VILLAGE,
    "flag accepted": VILLAGE,
    "record accepted": VILLAGE,
    "ask_time accepted": VILLAGE,
    "reply accepted": VILLAGE,
    "follow_up replied": VILLAGE,
    "follow_up reviewed": VILLAGE,
    "follow_up final": VILLAGE,
    "ask_review replied": VILLAGE,
    "answer_review in_review": ["headA"],
    "ask_final reviewed": VILLAGE,
    "answer_final in_final": ["admin"],
    "archive replied": VILLAGE,
    "archive reviewed": VILLAGE,
    "archive final": VILLAGE,
    "archive referred": VILLAGE,
    "archive refused": VILLAGE,
    "archive withdrawn": VILLAGE,
    "urge registered": ABOVE,
    "urge accepted": ABOVE,
    "urge in_review": ["admin"],
  };
  const all = PETITION_STATES.flatMap((state) => PETITION_ACTIONS.map((action) => [state, action] as const));

  it.each(all)("%s: %s is taken by whom it belongs to, and by nobody else", async (state, action) => {
    for (const who of ["headA1", "headA", "admin"] as const) {
      const row = await inState(state);
      const actor = city.people[who];
      const told = (await as(city.people.admin, (tx) => petitionEvents(tx, row.id))).length;
      const outcome = await step(actor, { id: row.id, version: row.version, action, leaderId: actor.userId });
      const may = MAY[`${action} ${state}`]?.includes(who) ?? false;
      expect([who, outcome.ok]).toEqual([who, may]);
      const after = await found(city.people.admin, row.id);
      expect(after?.version).toBe(row.version + (may ? 1 : 0));
      const story = await as(city.people.admin, (tx) => petitionEvents(tx, row.id));
      expect(story).toHaveLength(told + (may ? 1 : 0));
      expect(story[0]?.toState).toBe(after?.state);
    }
  });

  it("gets more time once, from somebody else than who asked, within what the limits allow", async () => {
    const { headA1, headA, admin } = city.people;
    const { id, version } = await inState("accepted");
    const ask = (days: number) => step(headA1, { id, version, action: "ask_time", days });
    expect(said(await ask(31))).toBe("too_many_days");
    expect(said(await ask(0))).toBe("too_many_days");
    expect(said(await step(headA, { id, version, action: "grant_time" }))).toBe("nothing_asked");
    ok(await ask(20));
    expect(said(await step(headA1, { id, version: 3, action: "grant_time" }))).toBe("own_request");
    // The same account in the town's seat.
    const both: Actor = { ...headA, userId: headA1.userId };
    expect(said(await step(both, { id, version: 3, action: "grant_time" }))).toBe("own_request");
    const todos = await as(headA, (tx) => petitionTodos(tx, headA.stationId));
    expect(todos.time).toBeGreaterThan(0);
    ok(await step(headA, { id, version: 3, action: "grant_time", text: "" }));
    expect(await found(admin, id)).toMatchObject({
      extendedDays: 20,
      dueOn: addDays(DAY, 80),
      timeAskedDays: null,
    });
    expect(said(await step(headA1, { id, version: 4, action: "ask_time" }))).toBe("already_extended");
  });

  it("takes no step without words, before the last one, or after today, and no review once its time is over", async () => {
    const { headA1 } = city.people;
    const { id } = await inState("accepted");
    const reply = (over: object, day = "2026-10-20") =>
      step(headA1, { id, version: 2, action: "reply", ...over }, day);
    expect(said(await reply({ text: " " }))).toBe("no_text");
    expect(said(await reply({ on: "2026-10-04" }))).toBe("day_before_last");
    expect(said(await reply({ on: "2026-10-21" }))).toBe("day_in_future");
    expect(said(await reply({ version: 1 }))).toBe("conflict");
    ok(await reply({ on: "2026-10-10" }));
    expect(await found(headA1, id)).toMatchObject({ closedOn: "2026-10-10", dueOn: null });
    expect(said(await step(headA1, { id, version: 3, action: "ask_review" }, "2026-11-10"))).toBe(
      "too_late_to_ask",
    );
    ok(await step(headA1, { id, version: 3, action: "ask_review" }, "2026-11-09"));
    expect(await found(headA1, id)).toMatchObject({ dueOn: "2026-12-09" });
    expect(said(await step(headA1, { id, version: 4, action: "lead" }, "2026-11-09"))).toBe("conflict");
  });

  it("lets one of two who act at the same moment through", async () => {
    const { headA1 } = city.people;
    const row = await inState("registered");
    const outcomes = await Promise.all(
      (["accept", "refuse"] as const).map((action) =>
        step(headA1, { id: row.id, version: row.version, action }),
      ),
    );
    expect(outcomes.map(said).sort()).toEqual(["conflict", "done"]);
  });

  it("is led by somebody of its own station", async () => {
    const { headA, clerkA, headA1 } = city.people;
    const { id } = ok(await register(headA));
    const lead = (leaderId: string) => step(clerkA, { id, version: 1, action: "lead", leaderId });
    expect(said(await lead(headA1.userId))).toBe("unknown_leader");
    ok(await lead(clerkA.userId));
    expect(await found(headA, id)).toMatchObject({ leaderName: "clerkA", leaderId: clerkA.userId });
  });
});

describe("the clock and the ledger", () => {
  it("agree with the domain on every state and day, and climb to the parent first and to the city after 15 days", async () => {
    const { headB1, headB, admin } = city.people;
    const { id } = ok(await register(headB1, { backlog: true, people: 3 }));
    ok(await step(headB1, { id, version: 1, action: "accept" }));
    const limits = await as(headB1, limitsOf);
    const row = await found(headB1, id);
    expect(row && clockOf(row, limits)?.dueOn).toBe(row?.dueOn);
    const due = row?.dueOn ?? "";
    const climbed = async (actor: Actor, day: LocalDate) =>
      (await as(actor, (tx) => petitionTodos(tx, actor.stationId), day)).climbed.count;
    const asked = async (filter: PetitionFilter, day: LocalDate) =>
      (await as(headB, (tx) => listPetitions(tx, { filter, limit: 50 }), day)).lines.map((line) => line.id);
    expect(await climbed(headB, due)).toBe(0);
    expect(await asked({ overdue: true }, due)).toEqual([]);
    expect(await climbed(headB, addDays(due, 1))).toBe(1);
    expect(await asked({ overdue: true, backlog: true, joint: true }, addDays(due, 1))).toEqual([id]);
    expect(await asked({ climbedTo: city.townB.id }, addDays(due, 1))).toEqual([id]);
    expect(await asked({ climbedTo: city.b1.id }, addDays(due, 1))).toEqual([]);
    // Of the city's own towns and villages only this one is asked about: the others are younger or settled.
    const late = async (day: LocalDate) =>
      (
        await as(
          admin,
          (tx) => listPetitions(tx, { filter: { climbedTo: city.city.id, path: city.b1.path }, limit: 5 }),
          day,
        )
      ).lines.length;
    expect([await late(addDays(due, 15)), await late(addDays(due, 16))]).toEqual([0, 1]);
    const own = await as(headB1, (tx) => petitionTodos(tx, city.b1.id), addDays(due, 1));
    expect(own.own).toMatchObject({ overdue: 1 });
    const sums = await as(headB, (tx) => petitionSums(tx, { path: headB.path, near: 7 }), due);
    expect(sums).toMatchObject({ accepted: 1, near: 1, overdue: 0, backlog: 1 });
    const review = await as(admin, (tx) =>
      listPetitions(tx, { filter: { reviewOf: city.city.id }, limit: 50 }),
    );
    expect(review.lines.every(({ state }) => state === "in_final" || state === "in_review")).toBe(true);
  });

  it("pages by its edge both ways", async () => {
    const { homeHead } = city.people;
    for (const day of ["2026-10-01", "2026-10-02", "2026-10-02", "2026-10-03", "2026-10-04"])
      ok(await as(homeHead, (tx) => registerPetition(tx, keys, petition({ receivedOn: day }))));
    const page = (over: object) => as(homeHead, (tx) => listPetitions(tx, { filter: {}, limit: 2, ...over }));
    const first = await page({});
    expect([first.total, first.more]).toEqual([5, true]);
    const second = await page({ after: first.lines[1] });
    expect(second.lines.map(({ receivedOn }) => receivedOn)).toEqual(["2026-10-02", "2026-10-02"]);
    const back = await page({ before: second.lines[0] });
    expect(back.lines.map(({ id }) => id)).toEqual(first.lines.map(({ id }) => id));
  });

  it("runs by limits that only the city sets, from a day to come on", async () => {
    const { admin, headA } = city.people;
    const shorter = { ...DEFAULT_PETITION_LIMITS, validFrom: "2026-10-07", decide: 10 };
    expect(said(await as(headA, (tx) => putLimits(tx, shorter)))).toBe("forbidden");
    expect(said(await as(admin, (tx) => putLimits(tx, { ...shorter, validFrom: "2026-10-01" })))).toBe(
      "due_in_past",
    );
    expect(said(await as(admin, (tx) => putLimits(tx, { ...shorter, handle: 400 })))).toBe("too_many_days");
    const before = ok(await register(headA, {}, "2026-10-06"));
    ok(await as(admin, (tx) => putLimits(tx, shorter)));
    const after = ok(await register(headA, {}, "2026-10-07"));
    expect((await found(headA, before.id))?.dueOn).toBe("2026-10-21");
    expect((await found(headA, after.id))?.dueOn).toBe("2026-10-17");
    expect(await as(other.people.admin, limitsOf)).toEqual([DEFAULT_PETITION_LIMITS]);
    ok(await as(admin, (tx) => putLimits(tx, { ...shorter, decide: 15 })));
  });
});

describe("the month's figures of petitions", () => {
  /** D03, D04, D04A, D05, D06, D07 as the registers have them on a day; null where they say nothing. */
  const figures = (stationId: number, month: string, today = "2027-03-01") =>
    as(
      other.people.admin,
      async (tx) => {
        const catalogue = (await cityCatalogue(tx)).at(period(month));
        const register = (await registersOf(tx, [stationId], catalogue)).get(stationId) ?? {};
        const codes = ["D03", "D04", "D04A", "D05", "D06", "D07"];
        return register.D03 ? codes.map((code) => register[code]?.value) : null;
      },
      today,
    );

  it("follow acceptance, closing, limits and extensions month by month", async () => {
    const { headA1: head, headA } = other.people;
    const place = other.a1.id;
    const at = (
      id: string,
      version: number,
      action: PetitionWrite["action"],
      day: LocalDate,
      over: object = {},
    ) => as(head, (tx) => stepPetition(tx, { id, version, action, text: "x", ...over }), day).then(ok);
    const entered = (day: LocalDate, over: Partial<NewPetition> = {}) =>
      register(head, over, day).then((outcome) => ok(outcome).id);
    expect(await figures(place, "2026-10")).toBeNull();
    // Closed in time; closed late; still open and extended; a withdrawn one; one that was never accepted.
    const quick = await entered("2026-10-02", { backlog: true });
    await at(quick, 1, "accept", "2026-10-03");
    await at(quick, 2, "reply", "2026-11-10");
    const slow = await entered("2026-10-02");
    await at(slow, 1, "accept", "2026-10-05");
    await at(slow, 2, "reply", "2026-12-05");
    const long = await entered("2026-10-20");
    await at(long, 1, "accept", "2026-10-20");
    await at(long, 2, "ask_time", "2027-01-05", { days: 30 });
    ok(
      await as(
        headA,
        (tx) => stepPetition(tx, { id: long, version: 3, action: "grant_time", text: "" }),
        "2027-01-06",
      ),
    );
    const gone = await entered("2026-12-10");
    await at(gone, 1, "accept", "2026-12-10");
    await at(gone, 2, "withdraw", "2026-12-20");
    const refused = await entered("2026-12-10");
    await at(refused, 1, "refuse", "2026-12-11");

    const line = (month: string, today?: LocalDate) => figures(place, month, today);
    expect(await line("2026-09")).toBeNull();
    expect(await line("2026-10")).toEqual([3, 0, 0, 3, 0, 0]);
    expect(await line("2026-11")).toEqual([0, 1, 1, 2, 0, 1]);
    // Due on 4 December, closed on the 5th; the long one was due on 19 December and got its time in January.
    expect(await line("2026-12")).toEqual([1, 2, 1, 1, 1, 0]);
    expect(await line("2027-01")).toEqual([0, 0, 0, 1, 1, 0]);
    expect(await line("2027-02")).toEqual([0, 0, 0, 1, 1, 0]);
    // A month that still runs is counted up to today.
    expect(await line("2027-01", "2027-01-10")).toEqual([0, 0, 0, 1, 0, 0]);
    const behind = await as(
      other.people.admin,
      (tx) =>
        listPetitions(tx, {
          filter: { stationId: place, counted: { figure: "petitions.closed", period: period("2026-12") } },
          limit: 9,
        }),
      "2027-03-01",
    );
    expect(behind.lines.map(({ id }) => id).sort()).toEqual([gone, slow].sort());
    const late = await as(
      other.people.admin,
      (tx) => listPetitions(tx, { filter: { stationId: place, late: true }, limit: 9 }),
      "2027-03-01",
    );
    expect(late.lines.map(({ id }) => id)).toEqual([slow]);
  });
});

describe("the doctor and the keys", () => {
  it("find nothing wrong with what was written here, and notice a petition that stands otherwise than its story", async () => {
    const { admin, headA1 } = city.people;
    expect(await as(admin, faultsOfPetitions)).toEqual([]);
    const { id } = ok(await register(headA1));
    const undo = new Error("undo");
    await as(admin, async (tx) => {
      await tx.sql`update petition set state = 'refused' where city_id = ${city.cityId} and id = ${id}`;
      expect(await faultsOfPetitions(tx)).toEqual([`Petition ${id} stands otherwise than its story ends.`]);
      throw undo;
    }).catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  });

  it("seal petitioners and visitors anew", async () => {
    const { admin, headA1 } = city.people;
    const sealed = await as(admin, (tx) => sealedOtherwise(tx, 2));
    expect(sealed).toBeGreaterThan(100);
    const newer = testKeyring(2);
    const { id } = ok(await register(headA1));
    for (;;) {
      const rows = await as(admin, (tx) => resealBatch(tx, newer, 500));
      if (rows === 0) break;
    }
    expect(await as(admin, (tx) => sealedOtherwise(tx, 2))).toBe(0);
    await as(admin, (tx) => tryKeys(tx, newer));
    expect((await as(admin, (tx) => petitionersOf(tx, newer, id)))[0]).toMatchObject(someone);
  });
});
