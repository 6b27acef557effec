import type { Actor } from "@muster/domain/actor";
import { MOST_PER_SUBJECT, type Subject } from "@muster/domain/evidence";
import { addDays, localDate } from "@muster/domain/period";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Pool } from "../../client";
import { faultsOfHierarchy } from "../../doctor/hierarchy";
import { newId, type ScopedTx, withScope } from "../../scope";
import { type TestDatabase, testDatabase } from "../../testing/database";
import { callerOf, type SmallCity, smallCity } from "../../testing/small-city";
import { raiseFinding, stepFinding } from "../findings/steps";
import { closeStation, moveStation } from "../stations/structure";
import {
  addPiece,
  type EvidenceOutcome,
  editPiece,
  expiringPieces,
  filesOfRows,
  findPiece,
  removePiece,
} from "./pieces";
import { piecesOf } from "./read";

const NOW = new Date("2026-10-25T02:00:00Z");
const TODAY = localDate(NOW);

let database: TestDatabase;
let pool: Pool;
let city: SmallCity;
let other: SmallCity;

const as = <T>(actor: Actor, fn: (tx: ScopedTx) => Promise<T>) =>
  withScope(pool, callerOf(actor, NOW), { readOnly: false }, fn);
const of = (station: { id: number }): Subject => ({ kind: "station", id: String(station.id) });

let counter = 0;
function piece(
  station: { id: number },
  over: { title?: string; expiresOn?: string | null; sha256?: Uint8Array } = {},
) {
  counter += 1;
  return {
    subject: of(station),
    title: "门牌照片",
    expiresOn: null,
    kind: "image" as const,
    fileKey: `${city.cityId}:${station.id}:abc-${String(counter).padStart(32, "0")}`,
    size: 1000,
    sha256: Buffer.from(newId()),
    width: 10,
    height: 10,
    ...over,
  };
}

function ok<T>(outcome: EvidenceOutcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value;
}
const said = <T>(outcome: EvidenceOutcome<T>) => (outcome.ok ? "done" : outcome.refusal);

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ url: database.appUrl, size: 4 });
  city = await smallCity(database, { now: NOW });
  other = await smallCity(database, { code: "990200000000", name: "星河市", now: NOW });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

describe("evidence", () => {
  it("is read by its station and those above, by nobody beside or elsewhere", async () => {
    const { headA1, headA, admin, headA2, headB } = city.people;
    const { id } = ok(await as(headA1, (tx) => addPiece(tx, piece(city.a1))));
    for (const actor of [headA1, headA, admin]) {
      expect((await as(actor, (tx) => findPiece(tx, id)))?.takenBy).toBe("headA1");
      expect(await as(actor, (tx) => piecesOf(tx, of(city.a1)))).toHaveLength(1);
    }
    for (const actor of [headA2, headB, other.people.admin]) {
      expect(await as(actor, (tx) => findPiece(tx, id))).toBe(null);
      expect(await as(actor, (tx) => piecesOf(tx, of(city.a1)))).toEqual([]);
      expect(said(await as(actor, (tx) => removePiece(tx, { id, version: 1, reason: "x" })))).toBe(
        "not_found",
      );
      expect(said(await as(actor, (tx) => addPiece(tx, piece(city.a1))))).toBe("not_found");
    }
    expect(
      said(
        await as(admin, (tx) =>
          addPiece(tx, { ...piece(city.a1), subject: { kind: "station", id: "1 or 1" } }),
        ),
      ),
    ).toBe("not_found");
    expect(await as(headA1, (tx) => findPiece(tx, id))).not.toBe(null);
  });

  it("is one piece however often the same file comes, and removed with a reason it may come again", async () => {
    const { headA2 } = city.people;
    const same = { sha256: Buffer.from("the same") };
    const first = ok(await as(headA2, (tx) => addPiece(tx, piece(city.a2, same))));
    const again = ok(await as(headA2, (tx) => addPiece(tx, piece(city.a2, same))));
    expect([first.repeated, again]).toEqual([false, { id: first.id, repeated: true }]);
    expect(
      said(await as(headA2, (tx) => removePiece(tx, { id: first.id, version: 2, reason: "模糊" }))),
    ).toBe("changed_meanwhile");
    ok(await as(headA2, (tx) => removePiece(tx, { id: first.id, version: 1, reason: "模糊" })));
    expect(
      said(await as(headA2, (tx) => removePiece(tx, { id: first.id, version: 2, reason: "模糊" }))),
    ).toBe("not_found");
    expect(ok(await as(headA2, (tx) => addPiece(tx, piece(city.a2, same)))).repeated).toBe(false);
    // Removed or not, its file has to be there.
    expect(await as(headA2, filesOfRows)).toHaveLength(2);
    const log = await as(
      headA2,
      (tx) => tx.sql`
      select action, before->>'name' as name, after->>'reason' as reason from audit_log
      where city_id = ${city.cityId} and subject_id = ${first.id} order by at, id`,
    );
    expect(log).toEqual([
      { action: "evidence.add", name: null, reason: null },
      { action: "evidence.remove", name: "门牌照片", reason: "模糊" },
    ]);
  });

  it("gets another title or last day, told apart from what somebody else wrote meanwhile", async () => {
    const { headA2, headA1, headB } = city.people;
    const until = addDays(TODAY, 5);
    const { id } = ok(await as(headA2, (tx) => addPiece(tx, piece(city.a2, { expiresOn: until }))));
    const edit = (
      actor: Actor,
      over: Partial<{ version: number; title: string; expiresOn: string | null }>,
    ) => as(actor, (tx) => editPiece(tx, { id, version: 1, title: "新门牌", expiresOn: null, ...over }));
    for (const actor of [headA1, headB, other.people.admin])
      expect(said(await edit(actor, {}))).toBe("not_found");
    expect(said(await edit(headA2, { expiresOn: addDays(TODAY, -1) }))).toBe("expired_already");
    expect(said(await edit(headA2, { version: 2 }))).toBe("changed_meanwhile");
    ok(await edit(headA2, {}));
    expect(await as(headA2, (tx) => findPiece(tx, id))).toMatchObject({
      title: "新门牌",
      expiresOn: null,
      version: 2,
    });
    const log = await as(
      headA2,
      (tx) => tx.sql`
      select before, after from audit_log where city_id = ${city.cityId} and subject_id = ${id}
        and action = 'evidence.edit'`,
    );
    expect(log).toEqual([
      { before: { name: "门牌照片", expiresOn: until }, after: { name: "新门牌", expiresOn: null } },
    ]);
    ok(await as(headA2, (tx) => removePiece(tx, { id, version: 2, reason: "重拍" })));
    expect(said(await edit(headA2, { version: 3 }))).toBe("not_found");
  });

  it("ends at twenty pieces, also when two come at once", async () => {
    const { headB } = city.people;
    const sends = Array.from({ length: MOST_PER_SUBJECT + 4 }, () =>
      as(headB, (tx) => addPiece(tx, piece(city.b1))),
    );
    const outcomes = (await Promise.all(sends)).map(said);
    expect(outcomes.filter((each) => each === "done")).toHaveLength(MOST_PER_SUBJECT);
    expect(outcomes.filter((each) => each === "too_many")).toHaveLength(4);
  });

  it("that is over today is not taken; its last day is", async () => {
    const { headB } = city.people;
    const until = (expiresOn: string) => as(headB, (tx) => addPiece(tx, piece(city.townB, { expiresOn })));
    expect(said(await until(addDays(TODAY, -1)))).toBe("expired_already");
    expect(said(await until(TODAY))).toBe("done");
  });

  it("reminds its station and the one above, from thirty days before, and nobody else", async () => {
    const { homeHead, pointHead, admin, headA } = city.people;
    const titles = async (actor: Actor) =>
      (await as(actor, (tx) => expiringPieces(tx, actor.stationId))).map(({ title }) => title);
    for (const [title, days] of [
      ["soon", 30],
      ["far", 31],
      ["today", 0],
    ] as const) {
      ok(
        await as(pointHead, (tx) =>
          addPiece(tx, piece(city.point, { title, expiresOn: addDays(TODAY, days) })),
        ),
      );
    }
    expect(await titles(pointHead)).toEqual(["today", "soon"]);
    expect(await titles(homeHead)).toEqual(["today", "soon"]);
    expect(await titles(headA)).toEqual([]);
    // The city hears of what stands directly below it: town B's from the test above, not the point's.
    expect(await titles(admin)).toEqual(["门牌照片"]);
    const [first] = await as(pointHead, (tx) => expiringPieces(tx, pointHead.stationId));
    ok(await as(pointHead, (tx) => removePiece(tx, { id: first?.id ?? "", version: 1, reason: "换新" })));
    expect(await titles(homeHead)).toEqual(["soon"]);
  });

  it("of a finding is its bringer's alone, and nobody's once it was answered upon", async () => {
    const { headA, headA1 } = city.people;
    const raised = await as(headA, (tx) =>
      raiseFinding(tx, {
        stationId: city.a1.id,
        item: { code: null, zh: "窗口服务", en: "" },
        ...{ body: "无人值守", severity: "minor", dueOn: null },
      }),
    );
    if (!raised.ok) throw new Error(raised.refusal);
    const subject: Subject = { kind: "finding", id: raised.value.id };
    const bring = async (actor: Actor) =>
      ok(await as(actor, (tx) => addPiece(tx, { ...piece(city.a1), subject }))).id;
    const remove = async (actor: Actor, id: string) =>
      said(await as(actor, (tx) => removePiece(tx, { id, version: 1, reason: "重拍" })));
    const rename = async (actor: Actor, id: string) =>
      said(await as(actor, (tx) => editPiece(tx, { id, version: 1, title: "新", expiresOn: null })));
    const [found, found2, right, right2] = [
      await bring(headA),
      await bring(headA),
      await bring(headA1),
      await bring(headA1),
    ];
    // Nobody takes the other side's proof away or calls it something else.
    expect([await remove(headA1, found), await rename(headA1, found)]).toEqual(["kept", "kept"]);
    expect([await remove(headA, right), await rename(headA, right)]).toEqual(["kept", "kept"]);
    expect([await remove(headA, found2), await remove(headA1, right2)]).toEqual(["done", "done"]);
    const answered = await as(headA1, (tx) =>
      stepFinding(tx, { id: subject.id, version: 1, action: "answer", text: "已安排值班" }),
    );
    expect(answered.ok).toBe(true);
    expect([await remove(headA, found), await remove(headA1, right)]).toEqual(["kept", "kept"]);
  });

  it("moves with its station, and a closed one takes none", async () => {
    const { admin, headA, headB, headA1 } = city.people;
    const [known] = await as(headA1, (tx) => piecesOf(tx, of(city.a1)));
    const moved = await as(admin, (tx) =>
      moveStation(tx, { stationId: city.a1.id, version: 1, parentId: city.townB.id, on: TODAY }),
    );
    expect(moved.ok).toBe(true);
    expect(await as(headA, (tx) => findPiece(tx, known?.id ?? ""))).toBe(null);
    expect((await as(headB, (tx) => findPiece(tx, known?.id ?? "")))?.path).toBe(
      `/${city.townB.id}/${city.a1.id}/`,
    );
    expect((await as(admin, faultsOfHierarchy)).filter((fault) => fault.includes("evidence"))).toEqual([]);
    const closed = await as(admin, (tx) =>
      closeStation(tx, { stationId: city.a1.id, version: 2, on: TODAY }),
    );
    expect(closed.ok).toBe(true);
    expect(said(await as(headB, (tx) => addPiece(tx, piece(city.a1))))).toBe("subject_closed");
    expect(await as(headB, (tx) => piecesOf(tx, of(city.a1)))).toHaveLength(1);
  });
});
