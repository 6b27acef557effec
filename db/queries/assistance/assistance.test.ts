import { createHash } from "node:crypto";
import type { Actor } from "@muster/domain/actor";
import { CASE_ACTIONS, CASE_STATES, type CaseAction, type CaseState } from "@muster/domain/assistance";
import { caseSubject } from "@muster/domain/evidence";
import { addDays, type LocalDate, type Period, period } from "@muster/domain/period";
import { testKeyring } from "@muster/secrets/keyring.fixture";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Pool } from "../../client";
import { faultsOfAssistance } from "../../doctor/assistance";
import { faultsOfHierarchy } from "../../doctor/hierarchy";
import { newId, type ScopedTx, withScope } from "../../scope";
import { type TestDatabase, testDatabase } from "../../testing/database";
import { idNumberOf } from "../../testing/id-numbers";
import { marked } from "../../testing/marked";
import { registerFigures } from "../../testing/register-figures";
import { callerOf, type SmallCity, smallCity } from "../../testing/small-city";
import { catalogueAt, cityCatalogue } from "../catalogue";
import { registersOf } from "../derivations";
import { addPiece, expiringPieces, findPiece } from "../evidence/pieces";
import { registerPerson } from "../people/archive";
import { findReception, logReception, stepReception } from "../reception/log";
import { moveStation } from "../stations/structure";
import { fileCase, type NewCase } from "./apply";
import { budgetsOf, setBudget } from "./budget";
import { ASSISTANCE_FIGURES, ASSISTANCE_STATEMENT } from "./figures";
import { caseTodos, listCases, publicCases } from "./list";
import type { CaseOutcome } from "./outcome";
import { casesSealedOtherwise, resealCases } from "./rotate";
import { type CaseRow, casesOfPerson, eventsOf, findCase, materialsOf, openDetails, openRemark } from "./row";
import { type CaseWrite, stepCase, tickMaterials } from "./steps";
import { addType, allTypes, dropType, putType, retireType, typesIn } from "./types";

const keys = testKeyring();
const DAY = "2026-10-05";
const OCT = period("2026-10");

let database: TestDatabase;
let pool: Pool;
let city: SmallCity;
let other: SmallCity;
let approver: Actor;
let order = 0;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ url: database.appUrl, size: 4 });
  city = await smallCity(database);
  other = await smallCity(database, { code: "990200000000", name: "星河市" });
  approver = { ...city.people.admin, userId: newId(), name: "second admin" };
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const noon = (day: LocalDate) => new Date(`${day}T04:00:00Z`);
const as = <T>(actor: Actor, fn: (tx: ScopedTx) => Promise<T>, day = DAY) =>
  withScope(pool, callerOf(actor, noon(day)), { readOnly: false }, fn);
const said = <T>(outcome: CaseOutcome<T>) => (outcome.ok ? "done" : outcome.refusal);
function ok<T>(outcome: { ok: true; value: T } | { ok: false; refusal: string }): T {
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value;
}

/** Somebody in the archive of a station. */
async function somebody(actor: Actor, stationId: number): Promise<string> {
  order += 1;
  const mine = order;
  return ok(
    await as(actor, (tx) =>
      registerPerson(tx, keys, {
        stationId,
        name: "曾小明",
        idNumber: idNumberOf("1946-05-01", "male", mine),
        sex: null,
        bornOn: null,
        phone: "",
        categories: ["31"],
        activeFrom: "2026-01-01",
        wayIn: "new",
      }),
    ),
  ).id;
}

const PAPERS = [
  "application",
  "id_card",
  "household",
  "veteran_card",
  "hardship",
  "income",
  "bank_card",
  "consent",
];
async function newCase(over: Partial<NewCase> = {}): Promise<NewCase> {
  const recordId = over.recordId ?? (await somebody(city.people.headA1, city.a1.id));
  return {
    recordId,
    typeCode: "one_off",
    appliedBy: "person",
    reason: "家中火灾，生活困难",
    household: { size: 3, income: 90_000, pension: 500_000 },
    asked: 300_000,
    received: PAPERS,
    missingBy: null,
    despiteEarlier: false,
    receptionId: null,
    requestKey: newId(),
    ...over,
  };
}
async function file(over: Partial<NewCase> = {}, day = DAY, actor = city.people.headA1): Promise<string> {
  const input = await newCase(over);
  return ok(await marking(() => as(actor, (tx) => fileCase(tx, keys, input), day))).id;
}
const marking = <T extends { ok: boolean }>(change: () => Promise<T>) =>
  marked("cases", (read) => as(city.people.admin, read), change);
const figuresOf = (tx: ScopedTx, stationId: number, month: Period) =>
  registerFigures(tx, { names: ASSISTANCE_FIGURES, statement: ASSISTANCE_STATEMENT }, stationId, month);
const found = (actor: Actor, id: string) => as(actor, (tx) => findCase(tx, id));
async function photo(id: string): Promise<void> {
  await as(city.people.headA1, (tx) =>
    addPiece(tx, {
      subject: caseSubject(id),
      title: "入户核查",
      expiresOn: null,
      kind: "image",
      fileKey: `x:${id}`,
      size: 10,
      sha256: createHash("sha256").update(id).digest(),
      width: 1,
      height: 1,
    }),
  );
}
async function step(
  actor: Actor,
  id: string,
  action: CaseAction,
  over: Partial<CaseWrite> = {},
  day = DAY,
): Promise<CaseOutcome<{ state: CaseState }>> {
  const version = (await found(city.people.admin, id))?.version ?? 0;
  return marking(() =>
    as(actor, (tx) => stepCase(tx, keys, { id, version, action, text: "情况属实", ...over }), day),
  );
}

/** The steps that bring a case into a state, each by somebody who may. */
async function inState(state: CaseState): Promise<CaseRow> {
  const { headA, clerkA, headA1, admin } = city.people;
  const urgent = ["advance", "papers", "confirmation"].includes(state);
  const id = await file(urgent ? { typeCode: "emergency", received: [], missingBy: null } : {});
  const take = async (actor: Actor, action: CaseAction, over: Partial<CaseWrite> = {}, day = DAY) =>
    ok(await step(actor, id, action, over, day));
  const walk: [CaseState, () => Promise<unknown>][] = urgent
    ? [
        ["advance", () => take(headA, "advance", { amount: 200_000 })],
        [
          "papers",
          async () => {
            const version = (await found(admin, id))?.version ?? 0;
            const received = ["id_card", "emergency"];
            ok(await as(headA1, (tx) => tickMaterials(tx, { id, version, received, missingBy: null })));
            await take(headA1, "complete");
          },
        ],
      ]
    : [
        [
          "verify",
          async () => {
            await photo(id);
            if (state !== "withdrawn") await take(headA1, "verify");
            else await take(headA1, "withdraw");
          },
        ],
        ["second_check", () => take(clerkA, "verify")],
        [
          "review",
          () =>
            state === "refused" || state === "appeal" || state === "upheld"
              ? take(headA, "refuse", { reason: "means_above" })
              : take(headA, "pass"),
        ],
        ["refused", () => take(headA1, "appeal")],
        ["appeal", () => take(approver, "uphold")],
        ["publicity", () => take(clerkA, "clear", {}, addDays(DAY, 7))],
        ["approval", () => take(approver, "approve", { amount: 250_000 }, addDays(DAY, 8))],
        ["payment", () => take(clerkA, "pay", {}, addDays(DAY, 9))],
        ["follow_up", () => take(headA1, "follow_up", {}, addDays(DAY, 10))],
      ];
  for (let now = (await found(admin, id))?.state; now !== state; now = (await found(admin, id))?.state) {
    const next = walk.find(([from]) => from === now);
    if (!next) throw new Error(`no way from ${now} to ${state}`);
    await next[1]();
  }
  const row = await found(admin, id);
  if (!row) throw new Error("the case is gone");
  return row;
}

describe("an application", () => {
  it("comes out of an entry of the counter log once, and each leads to the other for whoever sees both", async () => {
    const { headA1, headA, headA2 } = city.people;
    const recordId = await somebody(headA1, city.a1.id);
    const log = (actor: Actor, outcome: "to_do" | "answered" = "to_do") =>
      as(actor, (tx) =>
        logReception(tx, keys, {
          ...{ day: DAY, channel: "walk_in", purpose: "grievance", topic: "07", recordId: null },
          ...{ visitor: "", phone: "", question: "屋顶漏雨", answer: "", outcome, dueOn: null },
          requestKey: newId(),
        }),
      );
    const receptionId = ok(await log(headA1)).id;
    const settled = ok(await log(headA1, "answered")).id;
    const first = await file({ recordId, receptionId });
    // It is carried on in the case; one that was settled stays as it was, and in the month it was settled in.
    const stateOf = async (id: string) => {
      const row = await as(headA1, (tx) => findReception(tx, id));
      return [row?.state, row?.dueOn, row?.carriedOn, row?.inHand];
    };
    expect(await stateOf(receptionId)).toEqual(["carried", null, DAY, true]);
    await file({ recordId, receptionId: settled, despiteEarlier: true });
    expect(await stateOf(settled)).toEqual(["answered", null, DAY, true]);
    expect((await step(headA1, first, "withdraw")).ok).toBe(true);
    expect(await stateOf(receptionId)).toEqual(["carried", null, DAY, false]);
    const again = await as(headA1, async (tx) =>
      fileCase(tx, keys, await newCase({ recordId, receptionId, despiteEarlier: true })),
    );
    expect(again).toEqual({ ok: true, value: { id: first, repeated: true } });
    for (const actor of [headA1, headA]) {
      expect((await as(actor, (tx) => findCase(tx, first)))?.receptionId).toBe(receptionId);
      expect((await as(actor, (tx) => findReception(tx, receptionId)))?.caseId).toBe(first);
    }
    // Right user, wrong station: an entry elsewhere, and one that was struck out.
    const elsewhere = ok(await log(headA2)).id;
    const struck = ok(await log(headA1, "answered")).id;
    const strike = { id: struck, version: 1, action: "strike", text: "登记错了" } as const;
    expect((await as(headA1, (tx) => stepReception(tx, strike))).ok).toBe(true);
    for (const wrong of [elsewhere, struck, newId()]) {
      const input = await newCase({ recordId, receptionId: wrong, despiteEarlier: true });
      expect(said(await as(headA1, (tx) => fileCase(tx, keys, input)))).toBe("not_found");
    }
  });

  it("is filed once however often its form comes, and nobody beside or elsewhere sees it", async () => {
    const input = await newCase();
    const { headA1, headA, admin, headA2, headB } = city.people;
    const first = ok(await as(headA1, (tx) => fileCase(tx, keys, input)));
    const both = await Promise.all([
      as(headA1, (tx) => fileCase(tx, keys, input)),
      as(headA1, (tx) => fileCase(tx, keys, input)),
    ]);
    for (const each of both) expect(ok(each)).toEqual({ id: first.id, repeated: true });
    for (const actor of [headA1, headA, admin])
      expect(await found(actor, first.id)).toMatchObject({
        state: "verify",
        appliedOn: DAY,
        dueOn: "2026-10-10",
        age: 80,
        category: "31",
        reviewerId: city.townA.id,
        year: 2026,
      });
    for (const actor of [headA2, headB, other.people.admin]) {
      expect(await found(actor, first.id)).toBeNull();
      expect(await as(actor, (tx) => eventsOf(tx, first.id))).toEqual([]);
      expect(await as(actor, (tx) => materialsOf(tx, first.id))).toEqual([]);
      expect(said(await as(actor, (tx) => fileCase(tx, keys, { ...input, requestKey: newId() })))).toBe(
        "not_found",
      );
      for (const action of CASE_ACTIONS) expect(said(await step(actor, first.id, action))).toBe("not_found");
      const tick = { id: first.id, version: 1, received: PAPERS, missingBy: null };
      expect(said(await as(actor, (tx) => tickMaterials(tx, tick)))).toBe("not_found");
      expect((await as(actor, (tx) => listCases(tx, { filter: {}, limit: 9 }))).lines).toEqual([]);
      expect(await as(actor, (tx) => casesOfPerson(tx, input.recordId))).toEqual([]);
    }
  });

  it("keeps reason and words sealed, and leaves neither them nor a name in the log", async () => {
    const id = await file({ reason: "患癌症需化疗" });
    await photo(id);
    ok(await step(city.people.headA1, id, "verify", { text: "曾小明家确实困难" }));
    const row = await found(city.people.headA1, id);
    if (!row) throw new Error("not found");
    expect(openDetails(keys, city.cityId, row).reason).toBe("患癌症需化疗");
    expect(Buffer.from(row.details).toString("utf8")).not.toContain("化疗");
    const events = await as(city.people.headA1, (tx) => eventsOf(tx, id));
    expect(events.map((event) => openRemark(keys, city.cityId, { ...event, caseId: id }))).toEqual([
      "",
      "曾小明家确实困难",
    ]);
    const log = await as(
      city.people.admin,
      (tx) => tx.sql`select action, before, after from audit_log where city_id = ${city.cityId}`,
    );
    const text = JSON.stringify(log);
    for (const word of ["曾小明", "化疗", "困难，", "入户核查"]) expect(text).not.toContain(word);
    expect(log.map((line) => line.action)).toContain("assistance.verify");
  });

  it("is refused with one reason: kind, words, money, papers, days, archive, station", async () => {
    const { headA1, admin } = city.people;
    const base = await newCase();
    const tried = (over: Partial<NewCase>, actor = headA1) =>
      as(actor, (tx) => fileCase(tx, keys, { ...base, requestKey: newId(), ...over })).then(said);
    expect(await tried({ typeCode: "lottery" })).toBe("unknown_type");
    expect(await tried({ reason: "  " })).toBe("no_text");
    expect(await tried({ asked: 0 })).toBe("no_amount");
    expect(await tried({ asked: 100_000_001 })).toBe("no_amount");
    expect(await tried({ received: [] })).toBe("no_date");
    expect(await tried({ received: [], missingBy: addDays(DAY, -1) })).toBe("date_in_past");
    expect(await tried({ received: [], missingBy: addDays(DAY, 61) })).toBe("date_too_late");
    expect(await tried({ recordId: newId() })).toBe("not_found");
    expect(await tried({}, admin)).toBe("done");
  });

  it("warns of the same cause within the limit period, and of nothing else", async () => {
    const { headA1 } = city.people;
    const base = await newCase();
    const again = (over: Partial<NewCase>, day = DAY) =>
      as(headA1, (tx) => fileCase(tx, keys, { ...base, requestKey: newId(), ...over }), day).then(said);
    expect(await again({})).toBe("done");
    expect(await again({})).toBe("same_cause");
    expect(await again({ despiteEarlier: true })).toBe("done");
    expect(await again({ typeCode: "major_illness", received: [], missingBy: DAY })).toBe("done");
    expect(await again({}, "2027-10-05")).toBe("same_cause");
    expect(await again({}, "2027-10-06")).toBe("done");
  });

  it("numbers the cases of a station and year without a gap, also when two come at once", async () => {
    const inputs = await Promise.all(
      [1, 2, 3].map(async () => newCase({ recordId: await somebody(city.people.headB, city.b1.id) })),
    );
    const { headB1 } = city.people;
    const ids = await Promise.all(inputs.map((input) => as(headB1, (tx) => fileCase(tx, keys, input))));
    const rows = await Promise.all(ids.map((each) => found(headB1, ok(each).id)));
    expect(rows.map((row) => row?.number).sort()).toEqual([1, 2, 3]);
  });
});

describe("a case", () => {
  /** Who of the people around may take which step, by state; everyone else is refused. */
  const MAY: Record<string, readonly string[]> = {
    "verify verify": ["headA1"],
    "withdraw verify": ["headA1", "headA", "clerkA"],
    "verify second_check": ["headA", "clerkA"],
    "withdraw second_check": ["headA1", "headA", "clerkA"],
    "pass review": ["headA"],
    "send_back review": ["headA"],
    "refuse review": ["headA"],
    "withdraw review": ["headA1", "headA", "clerkA"],
    "clear publicity": ["headA", "clerkA"],
    "object publicity": ["headA", "clerkA"],
    "withdraw publicity": ["headA1", "headA", "clerkA"],
    "approve approval": ["approver"],
    "send_back approval": ["approver"],
    "refuse approval": ["approver"],
    "withdraw approval": ["headA1", "headA", "clerkA"],
    "pay payment": ["headA", "clerkA"],
    "advance advance": ["headA"],
    "refuse advance": ["headA"],
    "withdraw advance": ["headA1", "headA", "clerkA"],
    "complete papers": ["headA1", "headA", "clerkA"],
    "confirm confirmation": ["approver"],
    "send_back confirmation": ["approver"],
    "follow_up follow_up": ["headA1", "headA"],
    "appeal refused": ["headA1", "headA", "clerkA"],
    "uphold appeal": ["approver"],
    "reopen appeal": ["approver"],
  };
  const DEMANDS = ["no_photo", "materials_missing", "publicity_running", "paid_before_approval"];

  it.each(CASE_STATES)("in %s takes the steps of its table and no others", async (state) => {
    const row = await inState(state);
    const people = { ...city.people, approver };
    for (const action of CASE_ACTIONS) {
      for (const who of ["headA1", "liaisonA1", "headA", "clerkA", "approver", "overseer"] as const) {
        const undo = new Error("undo");
        let answer = "";
        await as(
          people[who],
          async (tx) => {
            answer = said(
              await stepCase(tx, keys, {
                id: row.id,
                version: row.version,
                action,
                text: "说明",
                amount: 100_000,
                reason: "other",
              }),
            );
            throw undo;
          },
          addDays(DAY, 30),
        ).catch((error: unknown) => {
          if (error !== undo) throw error;
        });
        const allowed = MAY[`${action} ${state}`]?.includes(who) ?? false;
        expect([action, who, answer === "done" || DEMANDS.includes(answer)]).toEqual([action, who, allowed]);
      }
    }
  });

  it("goes the whole way, waits as its story says, and counts in the month it was paid", async () => {
    const row = await inState("closed");
    expect(row).toMatchObject({ approved: 250_000, paid: 250_000, paidOn: "2026-10-14", dueOn: null });
    const story = await as(city.people.headA1, (tx) => eventsOf(tx, row.id));
    expect(story.map(({ action, waited }) => [action, waited])).toEqual([
      ["apply", 0],
      ["verify", 0],
      ["verify", 0],
      ["pass", 0],
      ["clear", 7],
      ["approve", 1],
      ["pay", 1],
      ["follow_up", 1],
    ]);
  });

  it("is lost to whoever is first, and tells the second", async () => {
    const id = await file();
    await photo(id);
    const { headA1 } = city.people;
    const write = { id, version: 1, action: "verify", text: "属实" } as const;
    const both = await Promise.all([
      as(headA1, (tx) => stepCase(tx, keys, write)),
      as(headA1, (tx) => stepCase(tx, keys, write)),
    ]);
    expect(both.map(said).sort()).toEqual(["conflict", "done"]);
  });

  it("is decided by other eyes than those that verified", async () => {
    const { headA, headA1, clerkA } = city.people;
    const id = await file();
    await photo(id);
    ok(await step(headA1, id, "verify"));
    expect(said(await step(headA1, id, "verify"))).toBe("own_step");
    ok(await step(headA, id, "verify"));
    const barred = await step(headA, id, "pass");
    expect(barred).toMatchObject({ refusal: "own_step", by: "verify" });
    expect(said(await step(clerkA, id, "pass"))).toBe("forbidden");
  });

  it("shows a photo before it is verified, and says something", async () => {
    const id = await file();
    expect(said(await step(city.people.headA1, id, "verify"))).toBe("no_photo");
    await photo(id);
    expect(said(await step(city.people.headA1, id, "verify", { text: " " }))).toBe("no_text");
    expect(said(await step(city.people.headA1, id, "verify"))).toBe("done");
  });

  it("passes with papers that may still follow, and is approved with all of them only", async () => {
    const { headA, headA1, clerkA } = city.people;
    const id = await file({ received: PAPERS.slice(1), missingBy: addDays(DAY, 3) });
    await photo(id);
    ok(await step(headA1, id, "verify"));
    ok(await step(clerkA, id, "verify"));
    expect(said(await step(headA, id, "pass", {}, addDays(DAY, 4)))).toBe("materials_missing");
    ok(await step(headA, id, "pass"));
    expect(said(await step(clerkA, id, "clear", {}, addDays(DAY, 6)))).toBe("publicity_running");
    ok(await step(clerkA, id, "clear", {}, addDays(DAY, 7)));
    expect(said(await step(approver, id, "approve", { amount: 100 }, addDays(DAY, 7)))).toBe(
      "materials_missing",
    );
    const version = (await found(headA1, id))?.version ?? 0;
    const tick = (received: string[], missingBy: string | null, stale = version) =>
      as(headA1, (tx) => tickMaterials(tx, { id, version: stale, received, missingBy })).then(said);
    expect(await tick(PAPERS.slice(2), null)).toBe("no_date");
    expect(await tick(PAPERS, null, 1)).toBe("conflict");
    expect(await tick(PAPERS, null)).toBe("done");
    expect(said(await step(approver, id, "approve", {}, addDays(DAY, 7)))).toBe("no_amount");
    ok(await step(approver, id, "approve", { amount: 100_000 }, addDays(DAY, 7)));
    expect(said(await step(clerkA, id, "pay", { paidOn: DAY }, addDays(DAY, 8)))).toBe(
      "paid_before_approval",
    );
    expect(said(await step(clerkA, id, "pay", { paidOn: addDays(DAY, 9) }, addDays(DAY, 8)))).toBe(
      "paid_in_future",
    );
  });

  it("stays within what a person gets in a year, also when two are approved at once", async () => {
    const recordId = await somebody(city.people.headA1, city.a1.id);
    const ids: string[] = [];
    const { headA, headA1, clerkA } = city.people;
    for (let i = 0; i < 2; i++) {
      const id = await file({ recordId, despiteEarlier: true });
      await photo(id);
      ok(await step(headA1, id, "verify"));
      ok(await step(clerkA, id, "verify"));
      ok(await step(headA, id, "pass"));
      ok(await step(clerkA, id, "clear", {}, addDays(DAY, 7)));
      ids.push(id);
    }
    const both = await Promise.all(
      ids.map((id) => step(approver, id, "approve", { amount: 600_000 }, addDays(DAY, 8))),
    );
    expect(both.map(said).sort()).toEqual(["done", "over_limit"]);
    expect(both.find(({ ok: fine }) => !fine)).toMatchObject({ params: { left: 4000 } });
    const rest = ids[both.findIndex(({ ok: fine }) => !fine)] ?? "";
    expect(said(await step(approver, rest, "approve", { amount: 400_001 }, addDays(DAY, 8)))).toBe(
      "over_limit",
    );
    expect(said(await step(approver, rest, "approve", { amount: 400_000 }, addDays(DAY, 8)))).toBe("done");
  });

  it("says why it is refused, and may be looked at again by somebody else", async () => {
    const { headA, headA1 } = city.people;
    const row = await inState("review");
    expect(said(await step(headA, row.id, "refuse", { reason: null }))).toBe("no_reason");
    ok(await step(headA, row.id, "refuse", { reason: "means_above", text: "人均收入超标" }));
    expect(await found(headA1, row.id)).toMatchObject({
      state: "refused",
      refusal: "means_above",
      dueOn: null,
    });
    ok(await step(headA1, row.id, "appeal", { text: "抚恤金不应计入" }));
    ok(await step(approver, row.id, "reopen"));
    expect(await found(headA1, row.id)).toMatchObject({ state: "review", refusal: null });
    expect(said(await step(headA, row.id, "pass"))).toBe("done");
  });

  it("shows its photos to whoever reads it and reminds nobody; what a decision saw stays", async () => {
    const row = await inState("review");
    const { headA1, headB } = city.people;
    const pieces = await as(
      headA1,
      (tx) => tx.sql<{ id: string }[]>`select id from evidence where subject_id = ${row.id}`,
    );
    const id = pieces[0]?.id ?? "";
    expect(await as(headA1, (tx) => findPiece(tx, id))).not.toBeNull();
    expect(await as(headB, (tx) => findPiece(tx, id))).toBeNull();
    expect(await as(headA1, (tx) => expiringPieces(tx, city.a1.id))).toEqual([]);
  });
});

describe("the register", () => {
  it("counts applications, cases and money of the month exactly as its lists do", async () => {
    const { admin } = city.people;
    for (const month of [period("2026-09"), OCT, period("2026-11")]) {
      const figures = (stationId: number) => as(admin, (tx) => figuresOf(tx, stationId, month), "2026-11-30");
      expect(await figures(city.a2.id)).toBeUndefined();
      const here = await figures(city.a1.id);
      expect(here === undefined).toBe(month < OCT);
      for (const figure of here ? ASSISTANCE_FIGURES : []) {
        const { lines, total } = await as(admin, (tx) =>
          listCases(tx, {
            filter: { stationId: city.a1.id, counted: { figure, period: month } },
            limit: 500,
          }),
        );
        const paid = lines.reduce((sum, line) => sum + (line.paid ?? 0), 0);
        expect([figure, here?.[figure]]).toEqual([figure, figure === "assistance.paid" ? paid : total]);
      }
    }
  });

  it("answers the month's derived figures by their codes", async () => {
    const registers = await as(city.people.admin, async (tx) =>
      registersOf(tx, [city.a1.id, city.a2.id], await catalogueAt(tx, OCT)),
    );
    const figures = await as(city.people.admin, (tx) => figuresOf(tx, city.a1.id, OCT));
    const paid = await as(city.people.admin, (tx) =>
      listCases(tx, { filter: { stationId: city.a1.id, paid: { from: OCT, to: OCT } }, limit: 500 }),
    );
    expect(registers.get(city.a1.id)?.E01?.value).toBe(figures?.["assistance.applied"]);
    expect(registers.get(city.a1.id)?.E04).toEqual({
      value: figures?.["assistance.paid"],
      count: paid.total,
    });
    expect(registers.get(city.a2.id)?.E01).toBeUndefined();
  });

  it("turns its pages without leaving a case out or showing one twice", async () => {
    const { admin } = city.people;
    const all = await as(admin, (tx) => listCases(tx, { filter: {}, limit: 500 }));
    const paged: string[] = [];
    let after: { appliedOn: string; id: string } | undefined;
    for (;;) {
      const { lines, more } = await as(admin, (tx) =>
        listCases(tx, { filter: {}, limit: 5, ...(after ? { after } : {}) }),
      );
      paged.push(...lines.map(({ id }) => id));
      after = lines.at(-1);
      if (!more) break;
    }
    expect(paged).toEqual(all.lines.map(({ id }) => id));
    expect(all.total).toBe(paged.length);
    const last = all.lines.at(-1);
    if (!last) throw new Error("an empty ledger");
    const back = await as(admin, (tx) => listCases(tx, { filter: {}, limit: 3, before: last }));
    expect(back.lines.map(({ id }) => id)).toEqual(paged.slice(-4, -1));
  });

  it("filters by what the dashboard drills into", async () => {
    const { admin } = city.people;
    const lines = async (filter: Parameters<typeof listCases>[1]["filter"]) =>
      (await as(admin, (tx) => listCases(tx, { filter, limit: 500 }), "2026-12-31")).lines;
    const all = await lines({});
    const same = async (
      filter: Parameters<typeof listCases>[1]["filter"],
      keep: (line: (typeof all)[number]) => boolean,
    ) => {
      const ids = (await lines(filter)).map(({ id }) => id);
      expect(ids).toEqual(all.filter(keep).map(({ id }) => id));
      expect(ids.length).toBeGreaterThan(0);
    };
    await same({ state: "publicity" }, ({ state }) => state === "publicity");
    await same({ stage: "open" }, ({ dueOn }) => dueOn !== null);
    await same({ stage: "overdue" }, ({ dueOn }) => dueOn !== null && dueOn < "2026-12-31");
    await same({ stage: "ended" }, ({ dueOn }) => dueOn === null);
    await same({ type: "emergency" }, ({ typeCode }) => typeCode === "emergency");
    await same({ age: "from_80", category: "31" }, ({ age, category }) => age >= 80 && category === "31");
    await same({ paid: { from: OCT, to: OCT } }, ({ paidOn }) => paidOn?.startsWith("2026-10") ?? false);
    await same({ applied: { from: OCT, to: OCT } }, ({ appliedOn }) => appliedOn.startsWith("2026-10"));
    await same({ path: city.b1.path }, ({ stationId }) => stationId === city.b1.id);
    expect(await lines({ age: "under_60" })).toEqual([]);
  });

  it("tells each side what waits for it, and publishes names in their subtree", async () => {
    const { admin, headA, headA1, headB } = city.people;
    const waiting = (actor: Actor) => as(actor, (tx) => caseTodos(tx, actor.stationId), "2026-10-30");
    const sum = (lines: { count: number }[]) => lines.reduce((all, { count }) => all + count, 0);
    const open = await as(admin, (tx) => listCases(tx, { filter: { stage: "open" }, limit: 500 }));
    const village = await waiting(headA1);
    const town = await waiting(headA);
    expect(sum(village.own)).toBe(sum(town.below));
    expect(sum(village.below) + sum(village.city) + sum(town.own)).toBe(0);
    expect(sum((await waiting(admin)).city)).toBe(open.total);
    const names = await as(headA, (tx) => publicCases(tx, headA.path));
    expect(names.length).toBeGreaterThan(0);
    expect(await as(headB, (tx) => publicCases(tx, headB.path))).toEqual([]);
    expect(names.every(({ publicUntil }) => publicUntil === "2026-10-11")).toBe(true);
  });

  it("is sealed anew batch by batch, and loses nothing", async () => {
    const { admin } = city.people;
    const newer = testKeyring(2);
    const rest = () => as(admin, (tx) => casesSealedOtherwise(tx, newer.current));
    const before = await rest();
    expect(before).toBeGreaterThan(0);
    let rows = 0;
    for (let took = 1; took > 0; rows += took) took = await as(admin, (tx) => resealCases(tx, newer, 3));
    expect(rows).toBe(before);
    expect(await rest()).toBe(0);
    const { lines } = await as(admin, (tx) => listCases(tx, { filter: {}, limit: 1 }));
    const row = await found(admin, lines[0]?.id ?? "");
    if (!row) throw new Error("not found");
    expect(openDetails(newer, city.cityId, row).reason).not.toBe("");
  });
});

describe("budgets", () => {
  it("are set by the city, told apart from what somebody else wrote, and spent by what was paid", async () => {
    const { admin, headA } = city.people;
    const set = (actor: Actor, version: number, amount = 5_000_000, stationId = city.townA.id) =>
      marking(() => as(actor, (tx) => setBudget(tx, { stationId, year: 2026, amount, version }))).then(said);
    expect(await set(headA, 0)).toBe("forbidden");
    expect(await set(other.people.admin, 0)).toBe("not_found");
    expect(await set(admin, 0)).toBe("done");
    expect(await set(admin, 0)).toBe("conflict");
    expect(await set(admin, 1, 6_000_000)).toBe("done");
    const lines = await as(admin, (tx) => budgetsOf(tx, city.city.id, 2026));
    const town = lines.find(({ stationId }) => stationId === city.townA.id);
    const [paid] = await as(
      admin,
      (tx) => tx.sql<{ paid: number }[]>`
        select sum(paid)::int as paid from assistance_case where city_id = ${city.cityId} and path ^@ ${city.townA.path}`,
    );
    expect(town).toMatchObject({ amount: 6_000_000, version: 2, spent: paid?.paid });
    expect(lines[0]).toMatchObject({ stationId: city.city.id, amount: null });
    expect(await as(headA, (tx) => budgetsOf(tx, city.townA.id, 2026))).toHaveLength(3);
  });
});

describe("kinds of assistance", () => {
  it("change from a month to come, by the city alone, and cases keep the rules they were filed under", async () => {
    const { admin, headA } = city.people;
    const DEC = period("2026-12");
    const kind = await as(admin, async (tx) => typesIn(await allTypes(tx), OCT)[0]);
    if (!kind) throw new Error("no kind");
    const { code: _, validFrom: __, validTo: ___, sort: ____, ...words } = kind;
    const edit = async (actor: Actor, over: object = {}, run: "put" | "retire" | "drop" | "add" = "put") => {
      const version = await as(admin, async (tx) => (await cityCatalogue(tx)).version);
      const input = { version, from: DEC, code: "one_off", words: { ...words, publicityDays: 10 }, ...over };
      const outcome = await as(actor, (tx) =>
        run === "put"
          ? putType(tx, input)
          : run === "add"
            ? addType(tx, input)
            : run === "retire"
              ? retireType(tx, input)
              : dropType(tx, input),
      );
      return outcome.ok ? "done" : outcome.refusal.kind;
    };
    const at = async (month: string) =>
      as(admin, async (tx) =>
        typesIn(await allTypes(tx), period(month)).find(({ code }) => code === "one_off"),
      );
    expect(await edit(headA)).toBe("forbidden");
    expect(await edit(admin, { from: OCT })).toBe("invalid");
    expect(await edit(admin, { version: 999 })).toBe("conflict");
    expect(await edit(admin, { code: "lottery" })).toBe("not_found");
    expect(await edit(admin, { words: { ...words, publicityDays: 31 } })).toBe("invalid");
    expect(await edit(admin, { words: { ...words, materials: [] } })).toBe("invalid");
    expect(await edit(admin)).toBe("done");
    expect((await at("2026-11"))?.publicityDays).toBe(7);
    expect((await at("2026-12"))?.publicityDays).toBe(10);
    expect(await edit(admin, { words: { ...words, publicityDays: 12 } })).toBe("done");
    expect((await at("2026-12"))?.publicityDays).toBe(12);
    expect(await edit(admin, {}, "drop")).toBe("done");
    expect((await at("2027-05"))?.publicityDays).toBe(7);
    expect(await edit(admin, {}, "retire")).toBe("done");
    expect((await at("2026-11"))?.code).toBe("one_off");
    expect(await at("2026-12")).toBeUndefined();
    expect(await edit(admin, { code: "one_off" }, "add")).toBe("invalid");
    expect(await edit(admin, { code: "Own Kind" }, "add")).toBe("invalid");
    expect(await edit(admin, { code: "schooling" }, "add")).toBe("done");
  });
});

describe("the house", () => {
  it("takes its cases along when a village moves, whole and where they belong", async () => {
    const { admin, headA, headB } = city.people;
    const { lines } = await as(admin, (tx) => listCases(tx, { filter: { path: city.a1.path }, limit: 1 }));
    const id = lines[0]?.id ?? "";
    const moved = await as(admin, (tx) =>
      moveStation(tx, { stationId: city.a1.id, version: 1, parentId: city.townB.id, on: DAY }),
    );
    expect(moved.ok).toBe(true);
    expect(await found(headA, id)).toBeNull();
    expect(await found(headB, id)).toMatchObject({ reviewerId: city.townB.id });
    expect(await as(admin, faultsOfHierarchy)).toEqual([]);
    expect(await as(admin, faultsOfAssistance)).toEqual([]);
  });

  it("finds a state its story does not tell, other money than was approved, and the same eyes twice", async () => {
    const { admin, headB } = city.people;
    const { lines } = await as(admin, (tx) => listCases(tx, { filter: { state: "closed" }, limit: 1 }));
    const id = lines[0]?.id ?? "";
    const undo = new Error("undo");
    const faults = async (spoil: (tx: ScopedTx) => Promise<unknown>) => {
      let seen: string[] = [];
      await as(admin, async (tx) => {
        await spoil(tx);
        seen = await faultsOfAssistance(tx);
        throw undo;
      }).catch((error: unknown) => {
        if (error !== undo) throw error;
      });
      return seen.map((fault) => fault.replace(id, "X"));
    };
    expect(
      await faults(
        (tx) => tx.sql`update assistance_case set state = 'upheld', paid = null, paid_on = null
        where city_id = ${city.cityId} and id = ${id}`,
      ),
    ).toEqual(["Case of assistance X stands otherwise than its story ends."]);
    expect(
      await faults(
        (tx) => tx.sql`update assistance_case set paid = 1 where city_id = ${city.cityId} and id = ${id}`,
      ),
    ).toEqual(["Case of assistance X was paid otherwise than it was approved."]);
    const paid = async (tx: ScopedTx) => {
      const [verifier] = (await eventsOf(tx, id)).filter(({ action }) => action === "verify");
      await tx.sql`
        insert into assistance_event (city_id, path, station_id, case_id, id, action, from_state, to_state, on_day,
          waited, at, by_id, by_name, by_station_name)
        select city_id, path, station_id, id, 'ffffffff-ffff-7fff-8fff-ffffffffffff', 'approve', 'closed', 'closed',
          ${DAY}, 0, now(), ${verifier?.byId ?? headB.userId}, 'x', 'x'
        from assistance_case where city_id = ${city.cityId} and id = ${id}`;
    };
    expect(await faults(paid)).toEqual([
      "Case of assistance X was decided by somebody an earlier step bars.",
    ]);
  });
});
