import type { Actor } from "@muster/domain/actor";
import { FINDING_FIGURES, INSPECTION_STATES, type InspectionState } from "@muster/domain/inspection";
import type { LocalDate } from "@muster/domain/period";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Pool } from "../../client";
import { faultsOfInspections } from "../../doctor/inspections";
import { type ScopedTx, withScope } from "../../scope";
import { type TestDatabase, testDatabase } from "../../testing/database";
import { registerFigures } from "../../testing/register-figures";
import { callerOf, type SmallCity, smallCity } from "../../testing/small-city";
import { FINDING_STATEMENT } from "../findings/figures";
import type { InspectionOutcome } from "../findings/outcome";
import { raiseFinding } from "../findings/steps";
import { type Choice, drawn, type NewInspection, planInspection } from "./plan";
import {
  concernedInScope,
  concernedRow,
  concerning,
  findInspection,
  inspectorsOf,
  itemsOf,
  listInspections,
  stationsOf,
} from "./read";
import { type InspectionWrite, stepInspection, visitStation } from "./steps";

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

const DAY = "2026-10-05";
const as = <T>(actor: Actor, fn: (tx: ScopedTx) => Promise<T>, day: LocalDate = DAY) =>
  withScope(pool, callerOf(actor, new Date(`${day}T04:00:00Z`)), { readOnly: false }, fn);
const said = <T>(outcome: InspectionOutcome<T>) => (outcome.ok ? "done" : outcome.refusal);
function ok<T>(outcome: InspectionOutcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value;
}
const chosen = (...stations: { id: number }[]): Choice => ({
  method: "chosen",
  stationIds: stations.map(({ id }) => id),
});
const plan = (actor: Actor, over: Partial<NewInspection> = {}) =>
  as(actor, (tx) =>
    planInspection(tx, {
      theme: "秋季服务场所督查",
      note: "",
      startsOn: DAY,
      endsOn: "2026-10-20",
      unannounced: false,
      codes: ["G1"],
      words: ["窗口服务"],
      choice: chosen(city.a1, city.a2),
      inspectors: [actor.userId],
      ...over,
    }),
  );
const step = (actor: Actor, input: InspectionWrite) => as(actor, (tx) => stepInspection(tx, input));
const begun = async (actor: Actor, over: Partial<NewInspection> = {}) => {
  const { id } = ok(await plan(actor, over));
  ok(await step(actor, { id, version: 1, action: "begin" }));
  return id;
};
const visit = (actor: Actor, id: string, stationId: number, note = "一切正常") =>
  as(actor, (tx) => visitStation(tx, { id, stationId, note }));

describe("an inspection", () => {
  it("is seen whole by who runs it and those above; a station concerned sees its own part, the others nothing", async () => {
    const { headA, admin, headA1, headA2, headB, headB1 } = city.people;
    const { id } = ok(await plan(headA));
    for (const actor of [headA, admin]) {
      expect(await as(actor, (tx) => findInspection(tx, id))).toMatchObject({ number: 1, state: "planned" });
      expect((await as(actor, (tx) => itemsOf(tx, id))).map(({ code, zh }) => [code, zh])).toEqual([
        ["G1", "服务场所面积（㎡）"],
        [null, "窗口服务"],
      ]);
      expect(await as(actor, (tx) => stationsOf(tx, id))).toHaveLength(2);
    }
    for (const [actor, station] of [
      [headA1, city.a1],
      [headA2, city.a2],
    ] as const) {
      expect(await as(actor, (tx) => findInspection(tx, id))).toBeNull();
      expect(await as(actor, (tx) => inspectorsOf(tx, id))).toEqual([]);
      expect((await as(actor, (tx) => stationsOf(tx, id))).map(({ stationId }) => stationId)).toEqual([
        station.id,
      ]);
      expect(await as(actor, (tx) => concernedRow(tx, id, station.id))).toMatchObject({
        theme: "秋季服务场所督查",
      });
    }
    for (const actor of [headB, headB1, other.people.admin]) {
      expect(await as(actor, (tx) => findInspection(tx, id))).toBeNull();
      expect(await as(actor, (tx) => stationsOf(tx, id))).toEqual([]);
      expect(said(await step(actor, { id, version: 1, action: "begin" }))).toBe("not_found");
      expect(said(await visit(actor, id, city.a1.id))).toBe("not_found");
    }
    // Above, but not theirs to run.
    expect(said(await step(admin, { id, version: 1, action: "begin" }))).toBe("forbidden");
    expect(said(await visit(admin, id, city.a1.id))).toBe("forbidden");
  });

  it("is numbered by station and year", async () => {
    const { headB, admin } = city.people;
    const over = { choice: chosen(city.b1) };
    for (const number of [1, 2]) {
      const { id } = ok(await plan(headB, over));
      expect(await as(headB, (tx) => findInspection(tx, id))).toMatchObject({ year: 2026, number });
    }
    const { id } = ok(await plan(admin, over));
    expect(await as(admin, (tx) => findInspection(tx, id))).toMatchObject({
      number: 1,
      stationName: "云岭市",
    });
  });

  it("unannounced is learned of below when somebody has been there, or by the circular, and not before", async () => {
    const { headA, headA1, headA2, admin } = city.people;
    const over = { unannounced: true, startsOn: "2026-10-01" };
    const { id } = ok(await plan(admin, over));
    const known = async (actor: Actor, station: { id: number }) => [
      (await as(actor, (tx) => concernedRow(tx, id, station.id))) !== null,
      (await as(actor, (tx) => concernedInScope(tx, id, actor.stationId))) !== null,
      (await as(actor, (tx) => concerning(tx, station.id))).some((row) => row.inspectionId === id),
      (await as(actor, (tx) => stationsOf(tx, id))).length,
    ];
    const nothing = [false, false, false, 0];
    const all = async () => [await known(headA1, city.a1), await known(headA2, city.a2)];
    expect(await all()).toEqual([nothing, nothing]);
    // Nor does the town between them and the city; the city sees all of it.
    expect(await known(headA, city.a1)).toEqual(nothing);
    expect(await known(admin, city.a1)).toEqual([true, true, true, 2]);
    expect(await as(admin, (tx) => findInspection(tx, id))).toMatchObject({ unannounced: true });
    ok(await step(admin, { id, version: 1, action: "begin" }));
    expect(await all()).toEqual([nothing, nothing]);
    ok(await visit(admin, id, city.a1.id));
    expect(await all()).toEqual([[true, true, true, 1], nothing]);
    expect(await known(headA, city.a1)).toEqual([true, true, true, 1]);
    ok(await step(admin, { id, version: 2, action: "conclude", text: "总体良好" }));
    expect(await known(headA2, city.a2)).toEqual([true, true, true, 1]);
    expect(await as(admin, faultsOfInspections)).toEqual([]);
    // What was called off before anybody came stays unknown.
    const off = ok(await plan(headA, over)).id;
    ok(await step(headA, { id: off, version: 1, action: "call_off", text: "另行安排" }));
    expect(await as(headA1, (tx) => concernedRow(tx, off, city.a1.id))).toBeNull();
  });

  it("is not planned without stations, items or inspectors, or with others' ones", async () => {
    const { headA, headB, admin } = city.people;
    const tried = async (over: Partial<NewInspection>, actor = headA) => said(await plan(actor, over));
    expect(await tried({ choice: chosen() })).toBe("no_stations");
    expect(await tried({ choice: chosen(city.b1) })).toBe("not_below");
    expect(await tried({ choice: chosen(city.townA) })).toBe("not_below");
    expect(await tried({ choice: chosen(other.a1) }, admin)).toBe("not_below");
    expect(await tried({ codes: [], words: [" "] })).toBe("no_items");
    expect(await tried({ codes: ["XX"] })).toBe("unknown_item");
    expect(await tried({ inspectors: [] })).toBe("no_inspectors");
    expect(await tried({ inspectors: [headB.userId] })).toBe("inspector_elsewhere");
    expect(await tried({ startsOn: "2026-10-21" })).toBe("ends_before_start");
    expect(await tried({ startsOn: "2026-09-01", endsOn: "2026-09-30" })).toBe("ends_in_past");
  });

  it("is not inspected by somebody of an inspected station", async () => {
    const { headA, headA1, clerkA } = city.people;
    await as(
      headA,
      (tx) => tx.sql`
      insert into membership (city_id, path, id, user_id, username, name, station_id, role, since)
      values (${city.cityId}, ${city.a1.path}, gen_random_uuid(), ${clerkA.userId}, ${clerkA.username}, 'clerkA',
        ${city.a1.id}, 'village_liaison', now())`,
    );
    const over = { inspectors: [headA.userId, clerkA.userId] };
    expect(said(await plan(headA, over))).toBe("inspector_inspected");
    expect(said(await plan(headA, { ...over, choice: chosen(city.a2) }))).toBe("done");
    expect(said(await plan(headA, { inspectors: [headA1.userId] }))).toBe("inspector_elsewhere");
  });

  it("draws stations so that anybody can draw again", async () => {
    const { admin } = city.people;
    const draw = (size: number, level: "village" | "town" = "village", withinId = city.city.id) =>
      plan(admin, { choice: { method: "drawn", withinId, level, size } });
    expect(said(await draw(5))).toBe("pool_too_small");
    expect(said(await draw(0))).toBe("pool_too_small");
    expect(said(await draw(1, "village", other.townA.id))).toBe("not_below");
    const { id } = ok(await draw(2));
    const row = await as(admin, (tx) => findInspection(tx, id));
    if (!row?.draw) throw new Error("nothing was drawn");
    expect(row.draw.pool).toHaveLength(4);
    const again = await as(admin, (tx) => drawn(tx, row.draw ?? { seed: "", pool: [], size: 0 }));
    const codes = await as(
      admin,
      (tx) => tx.sql<{ code: string }[]>`
      select s.code from inspection_station c join station s on s.city_id = c.city_id and s.id = c.station_id
      where c.city_id = ${city.cityId} and c.inspection_id = ${id}`,
    );
    expect(codes.map(({ code }) => code).sort()).toEqual([...again].sort());
    const inTown = ok(await draw(2, "village", city.townA.id)).id;
    const ids = (await as(admin, (tx) => stationsOf(tx, inTown))).map(({ stationId }) => stationId);
    expect(ids.sort()).toEqual([city.a1.id, city.a2.id].sort());
  });

  it("draws every station about as often", async () => {
    const pool = ["a", "b", "c", "d"];
    const times = new Map(pool.map((code) => [code, 0]));
    await as(city.people.admin, async (tx) => {
      for (let seed = 0; seed < 400; seed++) {
        for (const code of await drawn(tx, { seed: String(seed), pool, size: 1 }))
          times.set(code, (times.get(code) ?? 0) + 1);
      }
    });
    for (const count of times.values()) expect(Math.abs(count - 100)).toBeLessThan(40);
  });

  const STEPS: Record<string, InspectionState> = {
    "edit planned": "planned",
    "edit under_way": "under_way",
    "begin planned": "under_way",
    "conclude under_way": "concluded",
    "call_off planned": "called_off",
    "call_off under_way": "called_off",
  };
  const actions = ["edit", "begin", "conclude", "call_off"] as const;
  const all = INSPECTION_STATES.flatMap((state) => actions.map((action) => [state, action] as const));

  it.each(all)("%s: %s", async (state, action) => {
    const { headA } = city.people;
    const write = (id: string, version: number, which: (typeof actions)[number]): InspectionWrite => ({
      id,
      version,
      ...(which === "edit"
        ? { action: which, theme: "改过的主题", note: "n", startsOn: DAY, endsOn: "2026-11-30" }
        : which === "begin"
          ? { action: which }
          : { action: which, text: "情况总体良好" }),
    });
    const { id } = ok(await plan(headA));
    let version = 1;
    if (state !== "planned") ok(await step(headA, write(id, version++, "begin")));
    if (state === "concluded" || (state === "under_way" && action === "conclude"))
      ok(await visit(headA, id, city.a1.id));
    if (state === "concluded") ok(await step(headA, write(id, version++, "conclude")));
    if (state === "called_off") ok(await step(headA, write(id, version++, "call_off")));
    expect(said(await step(headA, write(id, version + 7, action)))).toBe("conflict");
    const to = STEPS[`${action} ${state}`];
    expect(said(await step(headA, write(id, version, action)))).toBe(to ? "done" : "conflict");
    const row = await as(headA, (tx) => findInspection(tx, id));
    expect(row).toMatchObject({ state: to ?? state, version: to ? version + 1 : version });
    const copy = await as(city.people.headA1, (tx) => concernedRow(tx, id, city.a1.id));
    expect(copy).toMatchObject({ state: to ?? state, theme: row?.theme, endsOn: row?.endsOn });
  });

  it("takes one of two steps at the same moment", async () => {
    const { headA } = city.people;
    const { id } = ok(await plan(headA));
    const begin = () => step(headA, { id, version: 1, action: "begin" });
    expect((await Promise.all([begin(), begin()])).map(said).sort()).toEqual(["conflict", "done"]);
  });

  it("records findings only while it is under way, at its stations, and says then that somebody was there", async () => {
    const { headA, clerkA, admin } = city.people;
    const { id } = ok(await plan(headA, { choice: chosen(city.a1) }));
    const raise = (actor: Actor, stationId: number) =>
      as(actor, (tx) =>
        raiseFinding(tx, {
          stationId,
          item: { code: null, zh: "窗口服务", en: "" },
          body: "无人值守",
          severity: "major",
          dueOn: null,
          inspectionId: id,
        }),
      );
    expect(said(await raise(headA, city.a1.id))).toBe("conflict");
    expect(said(await visit(headA, id, city.a1.id))).toBe("conflict");
    ok(await step(headA, { id, version: 1, action: "begin" }));
    expect(said(await raise(headA, city.a2.id))).toBe("conflict");
    expect(said(await raise(admin, city.a1.id))).toBe("conflict");
    expect(said(await step(headA, { id, version: 2, action: "conclude", text: "x" }))).toBe("not_visited");
    // The clerk serves at a1 since the test above.
    expect(said(await raise(clerkA, city.a1.id))).toBe("forbidden");
    expect(said(await raise(headA, city.a1.id))).toBe("done");
    const [station] = await as(headA, (tx) => stationsOf(tx, id));
    expect(station).toMatchObject({ visitedOn: DAY, visitedBy: "headA", findings: 1, unsettled: 1 });
    expect(said(await visit(headA, id, city.a1.id, "现场查看"))).toBe("done");
    expect(said(await visit(headA, id, city.a1.id, "再次查看"))).toBe("conflict");
    expect(said(await visit(headA, id, city.a2.id))).toBe("not_found");
    const { rows } = await as(headA, (tx) => listInspections(tx, { limit: 50 }));
    expect(rows.find((row) => row.id === id)).toMatchObject({
      stations: 1,
      visited: 1,
      findings: 1,
      unsettled: 1,
    });
  });

  it("tells each station concerned the sums of all when it is concluded, and of the others nothing else", async () => {
    const { headA, headA1 } = city.people;
    const id = await begun(headA);
    for (const [stationId, severity] of [
      [city.a1.id, "minor"],
      [city.a2.id, "grave"],
    ] as const) {
      ok(
        await as(headA, (tx) =>
          raiseFinding(tx, {
            stationId,
            item: { code: null, zh: "窗口服务", en: "" },
            body: `问题 ${severity}`,
            severity,
            dueOn: null,
            inspectionId: id,
          }),
        ),
      );
    }
    expect((await as(headA1, (tx) => concernedRow(tx, id, city.a1.id)))?.circular).toBeNull();
    ok(await step(headA, { id, version: 2, action: "conclude", text: "总体良好，个别站点需整改。" }));
    const told = await as(headA1, (tx) => concerning(tx, city.a1.id));
    expect(told.find((row) => row.inspectionId === id)?.circular).toEqual({
      text: "总体良好，个别站点需整改。",
      stations: 2,
      visited: 2,
      findings: { minor: 1, major: 0, grave: 1 },
      closed: 0,
      concludedOn: DAY,
      by: "headA",
    });
    expect(JSON.stringify(told)).not.toContain(city.a2.name);
    expect(await as(city.people.admin, faultsOfInspections)).toEqual([]);
  });

  it("makes the register answer for a station from its first visit on, also with nothing", async () => {
    const { homeHead, admin } = city.people;
    const id = await begun(homeHead, { choice: chosen(city.point) });
    const of = (month: string) =>
      as(admin, (tx) => registerFigures(tx, FINDINGS, city.point.id, month as never));
    expect(await of("2026-10")).toBeUndefined();
    ok(await visit(homeHead, id, city.point.id));
    expect(await of("2026-09")).toBeUndefined();
    expect(await of("2026-10")).toEqual({ opened: 0, closed: 0, overdue: 0 });
  });
});
