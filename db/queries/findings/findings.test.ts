import type { Actor } from "@muster/domain/actor";
import {
  FINDING_ACTIONS,
  FINDING_FIGURES,
  FINDING_STATES,
  type FindingState,
} from "@muster/domain/inspection";
import { addDays, type LocalDate, period } from "@muster/domain/period";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Pool } from "../../client";
import { faultsOfHierarchy } from "../../doctor/hierarchy";
import { faultsOfInspections } from "../../doctor/inspections";
import { type ScopedTx, withScope } from "../../scope";
import { type TestDatabase, testDatabase } from "../../testing/database";
import { marked } from "../../testing/marked";
import { registerFigures } from "../../testing/register-figures";
import { callerOf, type SmallCity, smallCity } from "../../testing/small-city";
import { addPiece } from "../evidence/pieces";
import { moveStation } from "../stations/structure";
import { FINDING_STATEMENT } from "./figures";
import type { InspectionOutcome } from "./outcome";
import { eventsOf, type FindingRow, findFinding, findingSums, findingTodos, listFindings } from "./read";
import { type FindingWrite, raiseFinding, stepFinding } from "./steps";

const FINDINGS = { names: FINDING_FIGURES, statement: FINDING_STATEMENT };

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

/** Noon of a day in the city. */
const noon = (day: LocalDate) => new Date(`${day}T04:00:00Z`);
const DAY = "2026-10-05";

const as = <T>(actor: Actor, fn: (tx: ScopedTx) => Promise<T>, day = DAY) =>
  withScope(pool, callerOf(actor, noon(day)), { readOnly: false }, fn);
const ITEM = { code: "G1", zh: "服务场所面积（㎡）", en: "Floor area (m2)" };
const raise = (actor: Actor, stationId: number, over: object = {}, day = DAY) => {
  const usual = { body: "窗口未设置", severity: "minor", dueOn: null } as const;
  return marking(() =>
    as(actor, (tx) => raiseFinding(tx, { stationId, item: ITEM, ...usual, ...over }), day),
  );
};
const step = (actor: Actor, input: Omit<FindingWrite, "text"> & { text?: string }, day = DAY) =>
  marking(() => as(actor, (tx) => stepFinding(tx, { text: "已处理", ...input }), day));
const marking = <T extends { ok: boolean }>(change: () => Promise<T>) =>
  marked("findings", (read) => as(city.people.admin, read), change);
const said = <T>(outcome: InspectionOutcome<T>) => (outcome.ok ? "done" : outcome.refusal);
function ok<T>(outcome: InspectionOutcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value;
}
const found = (actor: Actor, id: string) => as(actor, (tx) => findFinding(tx, id));
async function version(id: string): Promise<number> {
  return (await found(city.people.admin, id))?.version ?? 0;
}

/** A finding of village a1 by town A, brought to a state by those whose steps they are. */
async function inState(state: FindingState): Promise<FindingRow> {
  const { headA, headA1, admin } = city.people;
  const { id } = ok(await raise(headA, city.a1.id));
  if (state !== "open" && state !== "withdrawn") ok(await step(headA1, { id, version: 1, action: "answer" }));
  if (state === "returned") ok(await step(headA, { id, version: 2, action: "send_back" }));
  if (state === "closed") ok(await step(headA, { id, version: 2, action: "close" }));
  if (state === "withdrawn") ok(await step(headA, { id, version: 1, action: "withdraw" }));
  const row = await found(admin, id);
  if (row?.state !== state) throw new Error(`${row?.state} instead of ${state}`);
  return row;
}

describe("a finding", () => {
  it("is raised from above, due by its severity, and seen by its station and those above", async () => {
    const { headA, headA1, admin, headA2, headB } = city.people;
    const { id } = ok(await raise(headA, city.a1.id, { severity: "grave" }));
    for (const actor of [headA, headA1, admin]) {
      const row = await found(actor, id);
      expect(row).toMatchObject({ state: "open", dueOn: "2026-10-12", openedOn: DAY, itemCode: "G1" });
      expect(row?.inspectorId).toBe(city.townA.id);
    }
    for (const actor of [headA2, headB, other.people.admin]) {
      expect(await found(actor, id)).toBeNull();
      expect(await as(actor, (tx) => eventsOf(tx, id))).toEqual([]);
      for (const action of FINDING_ACTIONS)
        expect(said(await step(actor, { id, version: 1, action, dueOn: "2026-12-01" }))).toBe("not_found");
      expect((await as(actor, (tx) => listFindings(tx, { limit: 50 }))).rows).toEqual([]);
      expect(said(await raise(actor, city.a1.id))).toBe("not_found");
    }
    const [event] = await as(headA1, (tx) => eventsOf(tx, id));
    expect(event).toMatchObject({ action: "raise", byName: "headA", byStationName: "柳河镇" });
    const log = await as(
      admin,
      (tx) => tx.sql`select action, after->>'name' as name from audit_log
        where city_id = ${city.cityId} and subject = 'Finding' and subject_id = ${id}`,
    );
    expect(log).toEqual([{ action: "finding.raise", name: "窗口未设置" }]);
  });

  it("is not raised at one's own station, at a closed day, without words, or for a day that is past", async () => {
    const { headA, admin, headA1 } = city.people;
    expect(said(await raise(headA, city.townA.id))).toBe("forbidden");
    expect(said(await raise(headA1, city.a1.id))).toBe("forbidden");
    expect(said(await raise(admin, city.city.id))).toBe("forbidden");
    expect(said(await raise(headA, city.a1.id, { body: "  " }))).toBe("no_text");
    expect(said(await raise(headA, city.a1.id, { dueOn: addDays(DAY, -1) }))).toBe("due_in_past");
    expect(said(await raise(headA, city.a1.id, { dueOn: addDays(DAY, 400) }))).toBe("due_too_late");
    expect(said(await raise(headA, city.a1.id, { dueOn: DAY }))).toBe("done");
  });

  /** Who of the people around may take which step, by state. Everyone else is refused. */
  const MAY: Record<string, readonly ("headA1" | "headA" | "admin")[]> = {
    "answer open": ["headA1"],
    "answer returned": ["headA1"],
    "close answered": ["headA"],
    "send_back answered": ["headA"],
    "extend open": ["headA"],
    "extend returned": ["headA"],
    "withdraw open": ["headA"],
    "withdraw answered": ["headA"],
    "withdraw returned": ["headA"],
    "urge open": ["headA", "admin"],
    "urge returned": ["headA", "admin"],
  };
  const all = FINDING_STATES.flatMap((state) => FINDING_ACTIONS.map((action) => [state, action] as const));

  it.each(all)("%s: %s is taken by whom it belongs to, and by nobody else", async (state, action) => {
    for (const who of ["headA1", "headA", "admin"] as const) {
      const row = await inState(state);
      const outcome = await step(city.people[who], {
        id: row.id,
        version: row.version,
        action,
        dueOn: addDays(row.dueOn, 5),
      });
      const may = MAY[`${action} ${state}`]?.includes(who) ?? false;
      expect([who, outcome.ok]).toEqual([who, may]);
      expect(await version(row.id)).toBe(row.version + (may ? 1 : 0));
    }
  });

  it("is closed by four eyes: not by whoever answered, whatever seat they sit in", async () => {
    const { headA, headA1 } = city.people;
    const { id } = ok(await raise(headA, city.a1.id));
    // The village's head is the town's as well: the same account in another seat.
    const both: Actor = { ...headA, userId: headA1.userId };
    ok(await step(headA1, { id, version: 1, action: "answer" }));
    expect(said(await step(both, { id, version: 2, action: "close" }))).toBe("forbidden");
    await as(
      headA1,
      (tx) => tx.sql`
      update membership set ended_at = now() where city_id = ${city.cityId} and user_id = ${headA1.userId}`,
    );
    expect(said(await step(both, { id, version: 2, action: "close" }))).toBe("own_answer");
    expect(said(await step(both, { id, version: 2, action: "send_back" }))).toBe("own_answer");
    await as(
      headA1,
      (tx) => tx.sql`
      update membership set ended_at = null where city_id = ${city.cityId} and user_id = ${headA1.userId}`,
    );
    expect(said(await step(headA, { id, version: 2, action: "close" }))).toBe("done");
  });

  it("is not raised by whoever also serves at the station", async () => {
    const both: Actor = { ...city.people.headA, userId: city.people.headA1.userId };
    expect(said(await raise(both, city.a1.id))).toBe("forbidden");
    expect(said(await raise(both, city.a2.id))).toBe("done");
  });

  it("takes a step once: the second with the same version is a conflict, also at the same moment", async () => {
    const row = await inState("answered");
    const close = () => step(city.people.headA, { id: row.id, version: row.version, action: "close" });
    expect((await Promise.all([close(), close()])).map(said).sort()).toEqual(["conflict", "done"]);
    expect(said(await close())).toBe("conflict");
  });

  it("asks for words at each step and for a later day to extend", async () => {
    const { headA } = city.people;
    const row = await inState("open");
    const extend = (dueOn: LocalDate, text?: string) =>
      step(headA, {
        id: row.id,
        version: row.version,
        action: "extend",
        dueOn,
        ...(text === undefined ? {} : { text }),
      });
    expect(said(await extend(row.dueOn))).toBe("due_not_later");
    expect(said(await extend("2026-10-01"))).toBe("due_in_past");
    expect(said(await extend("2026-12-01", " "))).toBe("no_text");
    expect(ok(await extend("2026-12-01")).dueOn).toBe("2026-12-01");
  });

  it("comes out of an assessment's item once, however often the button is pressed", async () => {
    const assessment = { year: 2026, round: 1 };
    const press = () => raise(city.people.headA, city.a2.id, { assessment });
    const outcomes = (await Promise.all([press(), press()])).map(ok);
    expect(new Set(outcomes.map(({ id }) => id)).size).toBe(1);
    expect(outcomes.map(({ repeated }) => repeated).sort()).toEqual([false, true]);
  });

  it("takes pictures from either side until it is settled", async () => {
    const { headA, headA1, headA2 } = city.people;
    let n = 0;
    const send = (actor: Actor, id: string) => {
      n += 1;
      return as(actor, (tx) =>
        addPiece(tx, {
          subject: { kind: "finding", id },
          title: "整改前",
          expiresOn: null,
          kind: "image",
          fileKey: `${city.cityId}:${city.a1.id}:x-${String(n).padStart(32, "0")}`,
          size: 10,
          sha256: Buffer.from(`picture ${n}`),
          width: 1,
          height: 1,
        }),
      );
    };
    const open = await inState("open");
    const taken = await Promise.all([headA, headA1, headA2].map((actor) => send(actor, open.id)));
    expect(taken.map((each) => (each.ok ? "done" : each.refusal))).toEqual(["done", "done", "not_found"]);
    const closed = await inState("closed");
    const late = await send(headA1, closed.id);
    expect(late.ok ? "done" : late.refusal).toBe("subject_closed");
  });
});

describe("the station concerned", () => {
  it("gets a message of every step that others take, and of none of its own", async () => {
    const { headA, headA1 } = city.people;
    const told = async () => {
      const rows = await as(
        headA1,
        (tx) =>
          tx.sql<{ params: Record<string, string>; byName: string }[]>`
          select params, by_name as "byName" from message
          where city_id = ${tx.scope.cityId} and station_id = ${city.a1.id} and kind = 'finding' order by id`,
      );
      return rows.map(({ params, byName }) => [params.step, params.dueOn, byName]);
    };
    const before = (await told()).length;
    const { id } = ok(await raise(headA, city.a1.id, { dueOn: addDays(DAY, 10) }, DAY));
    ok(await step(headA1, { id, version: 1, action: "answer" }));
    ok(await step(headA, { id, version: 2, action: "send_back", dueOn: addDays(DAY, 12) }));
    ok(await step(headA1, { id, version: 3, action: "answer" }));
    ok(await step(headA, { id, version: 4, action: "close" }));
    expect((await told()).slice(before)).toEqual([
      ["raise", addDays(DAY, 10), headA.name],
      ["send_back", addDays(DAY, 12), headA.name],
      ["close", addDays(DAY, 12), headA.name],
    ]);
  });
});

describe("the month's figures", () => {
  const SEPTEMBER = period("2026-09");
  const of = (stationId: number, month: string, day: LocalDate) =>
    as(city.people.admin, (tx) => registerFigures(tx, FINDINGS, stationId, period(month)), day);

  it("say nothing of a station before its first finding, and of a later month what was true at its end", async () => {
    const { headB, headB1 } = city.people;
    const b1 = city.b1.id;
    expect(await of(b1, "2026-12", "2027-03-01")).toBeUndefined();
    const first = ok(await raise(headB, b1, { dueOn: "2026-08-31" }, "2026-08-10")).id;
    const second = ok(await raise(headB, b1, { dueOn: "2026-09-20" }, "2026-08-20")).id;
    const third = ok(await raise(headB, b1, {}, "2026-09-02")).id;
    expect(await of(b1, "2026-07", "2026-10-01")).toBeUndefined();
    // The day itself is in time; its month ends on it.
    expect(await of(b1, "2026-08", "2026-10-01")).toEqual({ opened: 2, closed: 0, overdue: 0 });
    expect(await of(b1, "2026-09", "2026-10-01")).toEqual({ opened: 1, closed: 0, overdue: 2 });

    // What happens in October changes no earlier month: a later day, a closing, a withdrawal.
    ok(await step(headB, { id: first, version: 1, action: "extend", dueOn: "2026-12-31" }, "2026-10-05"));
    ok(await step(headB1, { id: second, version: 1, action: "answer" }, "2026-10-06"));
    ok(await step(headB, { id: second, version: 2, action: "close" }, "2026-10-07"));
    ok(await step(headB, { id: third, version: 1, action: "withdraw" }, "2026-10-08"));
    expect(await of(b1, "2026-09", "2026-11-01")).toEqual({ opened: 1, closed: 0, overdue: 2 });
    expect(await of(b1, "2026-10", "2026-11-01")).toEqual({ opened: 0, closed: 1, overdue: 0 });
    // Withdrawn in the month it was found: never found.
    const fourth = ok(await raise(headB, b1, {}, "2026-10-09")).id;
    expect(await of(b1, "2026-10", "2026-10-09")).toMatchObject({ opened: 1 });
    ok(await step(headB, { id: fourth, version: 1, action: "withdraw" }, "2026-10-10"));
    expect(await of(b1, "2026-10", "2026-11-01")).toMatchObject({ opened: 0 });
  });

  it("are the length of the list that they open", async () => {
    const { admin } = city.people;
    for (const [name, key] of [
      ["opened", "opened"],
      ["closed", "closed"],
      ["overdue", "overdue"],
    ] as const) {
      const list = await as(
        admin,
        (tx) => listFindings(tx, { within: city.b1.path, figure: { name, period: SEPTEMBER }, limit: 50 }),
        "2026-11-01",
      );
      const figures = await of(city.b1.id, "2026-09", "2026-11-01");
      expect([name, list.total]).toEqual([name, figures?.[key]]);
    }
  });
});

describe("an overdue finding", () => {
  it("climbs to the parent on the first day, to the city after fifteen more", async () => {
    const { homeHead, pointHead, admin } = city.people;
    ok(await raise(homeHead, city.point.id, { dueOn: "2026-10-10" }));
    const climbed = async (actor: Actor, day: LocalDate) =>
      (await as(actor, (tx) => findingTodos(tx, actor.stationId), day)).climbed.count;
    const cityAt = (day: LocalDate) =>
      as(
        admin,
        async (tx) =>
          (await listFindings(tx, { within: city.point.path, climbedTo: city.city.id, limit: 9 })).total,
        day,
      );
    expect([await climbed(homeHead, "2026-10-10"), await climbed(homeHead, "2026-10-11")]).toEqual([0, 1]);
    expect([await cityAt("2026-10-25"), await cityAt("2026-10-26")]).toEqual([0, 1]);
    const own = (await as(pointHead, (tx) => findingTodos(tx, city.point.id), "2026-10-11")).own;
    expect(own).toEqual({ count: 1, overdue: 1, dueOn: "2026-10-10" });
    // Nobody has their own in the list of what climbs.
    expect(await climbed(pointHead, "2026-11-30")).toBe(0);
  });
});

describe("a move", () => {
  it("takes the findings along: the new parent judges what the old one raised", async () => {
    const { admin, headA, headB, headA2 } = city.people;
    const { id } = ok(await raise(headA, city.a2.id));
    const byCity = ok(await raise(admin, city.a2.id)).id;
    const moved = await as(admin, (tx) =>
      moveStation(tx, { stationId: city.a2.id, version: 1, parentId: city.townB.id, on: DAY }),
    );
    expect(moved.ok).toBe(true);
    expect(await found(headA, id)).toBeNull();
    const path = `/${city.townB.id}/${city.a2.id}/`;
    expect(await found(headB, id)).toMatchObject({ path, inspectorId: city.townB.id });
    expect(await found(headB, byCity)).toMatchObject({ inspectorId: city.city.id });
    const village: Actor = { ...headA2, path };
    ok(await step(village, { id, version: 1, action: "answer" }));
    expect(said(await step(headB, { id, version: 2, action: "close" }))).toBe("done");
    const faults = await as(admin, async (tx) => [
      ...(await faultsOfHierarchy(tx)),
      ...(await faultsOfInspections(tx)),
    ]);
    expect(faults.filter((fault) => /inding|inspection/.test(fault))).toEqual([]);
  });
});

describe("the doctor", () => {
  it("finds a state that the story does not tell, and a judge who answered", async () => {
    const row = await inState("answered");
    const { headA, admin, headA1 } = city.people;
    const faults = () => as(admin, faultsOfInspections);
    expect(await faults()).toEqual([]);
    await as(
      headA,
      (tx) => tx.sql`update finding set state = 'returned' where city_id = ${city.cityId} and id = ${row.id}`,
    );
    expect(await faults()).toEqual([`Finding ${row.id} stands otherwise than its story ends.`]);
    await as(
      headA,
      (tx) => tx.sql`update finding set state = 'answered' where city_id = ${city.cityId} and id = ${row.id}`,
    );
    await as(headA, async (tx) => {
      await tx.sql`
        insert into finding_event (city_id, path, id, station_id, finding_id, action, from_state, to_state, due_on,
          on_day, at, by_id, by_name, by_station_name)
        values (${city.cityId}, ${row.path}, 'ffffffff-ffff-7fff-8fff-ffffffffffff', ${row.stationId}, ${row.id},
          'close', 'answered', 'closed', ${row.dueOn}, ${DAY}, now(), ${headA1.userId}, 'x', 'x')`;
      await tx.sql`update finding set state = 'closed', ended_on = ${DAY} where city_id = ${city.cityId} and id = ${row.id}`;
    });
    expect(await faults()).toEqual([
      `Finding ${row.id} was judged by whoever answered it, or without an answer.`,
    ]);
  });

  it("counts the ledger as it lists it", async () => {
    const sums = await as(city.people.headB, (tx) => findingSums(tx, {}));
    const { total } = await as(city.people.headB, (tx) => listFindings(tx, { limit: 500 }));
    expect(sums.open + sums.answered + sums.returned + sums.closed + sums.withdrawn).toBe(total);
  });
});
