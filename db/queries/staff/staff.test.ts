import { period } from "@muster/domain/period";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Pool } from "../../client";
import { type TestDatabase, testDatabase } from "../../testing/database";
import { layCity, type TestCity } from "../../testing/hierarchy";
import { catalogueAt } from "../catalogue";
import { registersOf } from "../derivations";
import { saveFacts } from "../stations/edit";
import { misplacedRows } from "../stations/paths";
import { moveStation } from "../stations/structure";
import { importStaff, planStaffImport, type StaffImportRow } from "./import";
import { listStaff, type StaffFilter, staffNumbers } from "./list";
import { staffMeasures } from "./measures";
import { addLeader, coverOf, endLeader, leadersOf, postsOf, saveCover, savePosts } from "./posts";
import { addStaff, changeStaff, correctStaff, endStaff } from "./roster";
import { type RosterLine, rosterOn, rostersBelow, type StaffDetails, termsOf } from "./row";
import {
  addTraining,
  attendantsOf,
  cancelTraining,
  editTraining,
  findTraining,
  saveAttendance,
  trainedOf,
} from "./trainings";

const NOW = new Date("2026-11-21T09:00:00+08:00");
const TODAY = "2026-11-21";

let db: TestDatabase;
let app: Pool;
let city: TestCity;
let other: TestCity;
let town: number;
let v1: number;
let v2: number;
let far: number;

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

const person = (over: Partial<StaffDetails> = {}): StaffDetails => ({
  name: "王建国",
  post: "专干",
  employment: "full_time",
  head: false,
  secretary: false,
  veteran: false,
  phone: "139 0000 1111",
  education: "college",
  ...over,
});

/** Adds somebody at a station in its own scope, and answers their only stretch of service. */
async function serve(stationId: number, over: Partial<StaffDetails> = {}, validFrom = "2026-01-10") {
  const added = await city.inScopeOf(stationId, (tx) =>
    addStaff(tx, { ...person(over), stationId, validFrom }),
  );
  if (!added.ok) throw new Error(added.refusal);
  const [term] = await city.inCity((tx) => termsOf(tx, stationId, added.value.staffId));
  if (!term) throw new Error("the person is not there");
  return term;
}

const measured = async (stationId: number, day = TODAY) =>
  (await city.inCity((tx) => staffMeasures(tx, [stationId], day))).get(stationId);

const audited = (action: string) =>
  city.inCity(
    (tx) => tx.sql`
    select station_id, before, after from audit_log where city_id = ${city.cityId} and action = ${action}
    order by at, id`,
  );

const refusal = (outcome: { ok: boolean; refusal?: string }) => (outcome.ok ? "done" : outcome.refusal);

describe("the roster of a station", () => {
  test("says who served on any day: a change keeps what held before", async () => {
    const term = await serve(v1, { employment: "part_time" });
    const changed = await city.inScopeOf(v1, (tx) =>
      changeStaff(tx, {
        ...person({ employment: "full_time" }),
        stationId: v1,
        id: term.id,
        version: term.version,
        validFrom: "2026-06-01",
      }),
    );
    expect(refusal(changed)).toBe("done");
    const on = async (day: string) =>
      (await city.inScopeOf(v1, (tx) => rosterOn(tx, v1, day))).map((row) => row.employment);
    expect(await on("2026-01-09")).toEqual([]);
    expect(await on("2026-05-31")).toEqual(["part_time"]);
    expect(await on("2026-06-01")).toEqual(["full_time"]);
    const [entry] = await audited("staff.change");
    expect(entry).toMatchObject({ before: { employment: "part_time" }, after: { employment: "full_time" } });
  });

  test("ends somebody's service on a day, with the villages they looked after", async () => {
    const term = await serve(town);
    const cover = await city.inScopeOf(town, (tx) =>
      saveCover(tx, { stationId: town, staffId: term.staffId, coveredIds: [v1, v2], from: "2026-02-01" }),
    );
    expect(cover).toEqual({ ok: true, value: { added: 2, ended: 0 } });
    const end = { stationId: town, id: term.id, version: 1, on: "2026-10-01" };
    expect(refusal(await city.inScopeOf(town, (tx) => endStaff(tx, end)))).toBe("done");
    expect(refusal(await city.inScopeOf(town, (tx) => endStaff(tx, { ...end, version: 2 })))).toBe("ended");
    expect((await measured(town, "2026-09-30"))?.liaisonCover).toBe(100);
    expect(await measured(town)).toMatchObject({ liaisonCover: 0, fullTime: 0 });
  });

  test("has one head at a time", async () => {
    const first = await serve(v1, { name: "李四", head: true });
    const second = { ...person({ name: "张三", head: true }), stationId: v1, validFrom: "2026-05-01" };
    expect(await city.inScopeOf(v1, (tx) => addStaff(tx, second))).toEqual({
      ok: false,
      refusal: "head_taken",
      params: { name: "李四" },
    });
    await city.inScopeOf(v1, (tx) =>
      endStaff(tx, { stationId: v1, id: first.id, version: 1, on: "2026-05-01" }),
    );
    expect(refusal(await city.inScopeOf(v1, (tx) => addStaff(tx, second)))).toBe("done");
  });

  test("of two heads entered at the same moment takes one", async () => {
    const both = await Promise.all(
      ["甲", "乙"].map((name) =>
        city.inScopeOf(v1, (tx) =>
          addStaff(tx, { ...person({ name, head: true }), stationId: v1, validFrom: "2026-05-01" }),
        ),
      ),
    );
    expect(both.map(refusal).sort()).toEqual(["done", "head_taken"]);
  });

  test("tells the later of two who change the same entry", async () => {
    const term = await serve(v1);
    const correct = (post: string) => (tx: Parameters<Parameters<typeof city.inCity>[0]>[0]) =>
      correctStaff(tx, {
        ...person({ post }),
        stationId: v1,
        id: term.id,
        version: term.version,
        validFrom: term.validFrom,
      });
    expect(refusal(await city.inScopeOf(v1, correct("联络员")))).toBe("done");
    expect(refusal(await city.inScopeOf(v1, correct("会计")))).toBe("changed_meanwhile");
    expect((await city.inCity((tx) => rosterOn(tx, v1, TODAY)))[0]?.post).toBe("联络员");
  });

  test.each([
    ["a day that has not come", { validFrom: "2026-11-22" }, "date_in_future"],
    ["a day before the station stood", { validFrom: "2012-04-30" }, "date_before_opening"],
    ["the same person again", { validFrom: "2026-03-01" }, "already_serving"],
  ])("refuses %s", async (_what, { validFrom }, expected) => {
    await serve(v1);
    const outcome = await city.inScopeOf(v1, (tx) => addStaff(tx, { ...person(), stationId: v1, validFrom }));
    expect(refusal(outcome)).toBe(expected);
  });

  test("is not there for another village, another town or another city", async () => {
    const term = await serve(v1);
    const details = { ...person({ post: "改" }), stationId: v1, validFrom: "2026-03-01" };
    const address = { ...details, id: term.id, version: 1 };
    for (const scope of [v2, far]) {
      expect(await city.inScopeOf(scope, (tx) => rosterOn(tx, v1, TODAY))).toEqual([]);
      expect(refusal(await city.inScopeOf(scope, (tx) => addStaff(tx, details)))).toBe("not_found");
      expect(refusal(await city.inScopeOf(scope, (tx) => correctStaff(tx, address)))).toBe("not_found");
      expect(refusal(await city.inScopeOf(scope, (tx) => changeStaff(tx, address)))).toBe("not_found");
      const end = { ...address, on: "2026-03-01" };
      expect(refusal(await city.inScopeOf(scope, (tx) => endStaff(tx, end)))).toBe("not_found");
    }
    expect(refusal(await other.inCity((tx) => addStaff(tx, details)))).toBe("not_found");
    expect((await city.inScopeOf(town, (tx) => rostersBelow(tx, "/", TODAY, 10))).length).toBe(1);
    expect((await city.inCity((tx) => termsOf(tx, v1, term.staffId))).map((t) => t.version)).toEqual([1]);
  });

  test("goes along when the village moves", async () => {
    const term = await serve(v1);
    const target = (await city.station(far)).parentId ?? 0;
    const moved = await city.inCity((tx) =>
      moveStation(tx, { stationId: v1, parentId: target, version: 1, on: TODAY }),
    );
    expect(moved.ok).toBe(true);
    expect(await city.inScopeOf(town, (tx) => termsOf(tx, v1, term.staffId))).toEqual([]);
    expect(await city.inScopeOf(target, (tx) => termsOf(tx, v1, term.staffId))).toHaveLength(1);
    expect(await city.inCity(misplacedRows)).toEqual([]);
  });
});

describe("the list of staff", () => {
  const on = TODAY;

  test("pages through a subtree in its order, forward and back, and counts it", async () => {
    const names = ["丁一", "丁二", "丁三", "丁四", "丁五"];
    for (const [i, name] of names.entries()) await serve(i < 3 ? v1 : v2, { name });
    await serve(far, { name: "外镇人" });
    const ended = await serve(v1, { name: "离岗人" });
    await city.inScopeOf(v1, (tx) =>
      endStaff(tx, { stationId: v1, id: ended.id, version: ended.version, on: "2026-10-01" }),
    );
    const path = (await city.station(town)).path;
    const page = (edge: Pick<Parameters<typeof listStaff>[1], "after" | "before"> = {}) =>
      city.inScopeOf(town, (tx) => listStaff(tx, { filter: { path, on }, limit: 2, ...edge }));
    const edgeOf = (line: RosterLine | undefined) => ({
      path: line?.path ?? "",
      name: line?.name ?? "",
      id: line?.id ?? "",
    });
    const seen: string[] = [];
    let found = await page();
    expect(found.total).toBe(5);
    for (;;) {
      seen.push(...found.lines.map(({ name }) => name));
      if (!found.more) break;
      found = await page({ after: edgeOf(found.lines.at(-1)) });
    }
    expect([...seen].sort()).toEqual([...names].sort());
    const back = await page({ before: edgeOf(found.lines[0]) });
    expect(back.lines.map(({ name }) => name)).toEqual(seen.slice(2, 4));
    expect(back.more).toBe(true);
  });

  test("finds by name, post, employment and mark, and adds the same people up", async () => {
    await serve(v1, { name: "郑和平", head: true, secretary: true, veteran: true });
    await serve(v1, { name: "钱程", post: "联络员", employment: "concurrent", phone: "1" });
    await serve(v2, { name: "孙立", employment: "part_time", veteran: true });
    const path = (await city.station(town)).path;
    const names = async (filter: Partial<StaffFilter>) =>
      (
        await city.inScopeOf(town, (tx) => listStaff(tx, { filter: { path, on, ...filter }, limit: 9 }))
      ).lines.map(({ name }) => name);
    expect(await names({ q: "和平" })).toEqual(["郑和平"]);
    expect(await names({ q: "联络" })).toEqual(["钱程"]);
    expect(await names({ employment: "part_time" })).toEqual(["孙立"]);
    expect(await names({ mark: "veteran" })).toHaveLength(2);
    expect(await names({ mark: "head", employment: "concurrent" })).toEqual([]);
    expect(await city.inScopeOf(town, (tx) => staffNumbers(tx, { path, on }))).toEqual({
      ...{ all: 3, full_time: 1, part_time: 1, concurrent: 1 },
      ...{ head: 1, secretary: 1, veteran: 2 },
    });
    // Asked for a town from one of its villages, a reader still gets no more than their own.
    expect(await city.inScopeOf(v2, (tx) => staffNumbers(tx, { path, on }))).toMatchObject({ all: 1 });
    expect(await other.inCity((tx) => staffNumbers(tx, { path: "/", on }))).toMatchObject({ all: 0 });
  });
});

describe("the figures of the month", () => {
  const figures = (month: string) =>
    city.inCity(async (tx) => {
      const registers = await registersOf(tx, [v1], await catalogueAt(tx, period(month)));
      return registers.get(v1);
    });

  test("come from the roster once there is one, and before it from what was entered by hand", async () => {
    await city.inCity((tx) =>
      saveFacts(tx, {
        stationId: v1,
        validFrom: "2025-01-01",
        fullTime: 7,
        partTime: 0,
        approvedPosts: 7,
        veteranSecretary: true,
        fiveHaves: true,
      }),
    );
    await serve(v1, {}, "2026-08-15");
    expect(await figures("2026-07")).toMatchObject({
      B05: { value: 7 },
      B07: { value: 1 },
      B03: { value: 1 },
    });
    expect(await figures("2026-08")).toMatchObject({
      B05: { value: 1 },
      B07: { value: 0 },
      B03: { value: 1 },
    });
  });

  test("count as veteran secretary the head who is both", async () => {
    const marks = { head: true, secretary: true, veteran: false };
    const head = await serve(v1, { ...marks, employment: "concurrent" });
    await serve(v1, { name: "老兵", veteran: true, secretary: false });
    expect((await figures("2026-10"))?.B07).toEqual({ value: 0, count: 0 });
    await city.inScopeOf(v1, (tx) =>
      correctStaff(tx, { ...head, ...marks, veteran: true, validFrom: head.validFrom }),
    );
    expect(await figures("2026-10")).toMatchObject({ B05: { value: 1 }, B07: { value: 1 } });
  });
});

describe("posts, leading group and liaison officers", () => {
  test("give the standards their measures, and nothing where nothing was entered", async () => {
    expect(await measured(town)).toEqual({
      headInPost: null,
      approvedPosts: null,
      filledShare: null,
      fullTime: null,
      trainedShare: null,
      veteranShare: null,
      liaisonCover: 0,
      leadingGroupChaired: null,
    });
    const head = await serve(town, { name: "站长", head: true, veteran: true });
    await serve(town, { name: "协管", employment: "part_time" });
    const posts = { stationId: town, validFrom: "2026-01-01", posts: 4, document: "编办 1 号", version: 0 };
    expect(refusal(await city.inScopeOf(town, (tx) => savePosts(tx, posts)))).toBe("done");
    expect(refusal(await city.inScopeOf(town, (tx) => savePosts(tx, posts)))).toBe("changed_meanwhile");
    const chair = { stationId: town, name: "书记", office: "镇党委书记", role: "chair" as const };
    const added = await city.inScopeOf(town, (tx) => addLeader(tx, { ...chair, validFrom: "2026-01-01" }));
    if (!added.ok) throw new Error(added.refusal);
    await city.inScopeOf(town, (tx) =>
      saveCover(tx, { stationId: town, staffId: head.staffId, coveredIds: [v1], from: "2026-01-10" }),
    );
    expect(await measured(town)).toMatchObject({
      headInPost: 1,
      approvedPosts: 4,
      filledShare: 25,
      fullTime: 1,
      veteranShare: 50,
      liaisonCover: 50,
      leadingGroupChaired: true,
    });
    const second = await city.inScopeOf(town, (tx) =>
      addLeader(tx, { ...chair, name: "副书记", validFrom: "2026-02-01" }),
    );
    expect(refusal(second)).toBe("chair_taken");
    const end = { stationId: town, id: added.value.id, version: 1, on: "2026-11-01" };
    expect(refusal(await city.inScopeOf(v1, (tx) => endLeader(tx, end)))).toBe("not_found");
    expect(refusal(await city.inScopeOf(town, (tx) => endLeader(tx, end)))).toBe("done");
    expect((await measured(town, "2026-10-31"))?.leadingGroupChaired).toBe(true);
    expect((await measured(town))?.leadingGroupChaired).toBe(false);
    expect(await city.inScopeOf(v1, (tx) => leadersOf(tx, town))).toEqual([]);
  });

  test("are not written from a village, nor for a village that stands elsewhere", async () => {
    const officer = await serve(town);
    const cover = { stationId: town, staffId: officer.staffId, coveredIds: [far], from: "2026-02-01" };
    expect(refusal(await city.inScopeOf(town, (tx) => saveCover(tx, cover)))).toBe("not_below");
    expect(refusal(await city.inScopeOf(v1, (tx) => saveCover(tx, { ...cover, coveredIds: [v1] })))).toBe(
      "not_found",
    );
    const posts = { stationId: town, validFrom: "2026-01-01", posts: 4, document: "", version: 0 };
    expect(refusal(await city.inScopeOf(v1, (tx) => savePosts(tx, posts)))).toBe("not_found");
    const leader = { stationId: town, name: "甲", office: "乙", role: "member" as const };
    expect(
      refusal(await city.inScopeOf(far, (tx) => addLeader(tx, { ...leader, validFrom: "2026-01-01" }))),
    ).toBe("not_found");
    expect(await city.inCity((tx) => postsOf(tx, town))).toEqual([]);
    expect((await city.inCity((tx) => coverOf(tx, town, TODAY))).flatMap((v) => v.officers)).toEqual([]);
  });
});

describe("a training", () => {
  const held = { subject: "优抚政策", heldOn: "2026-09-10", hours: 8, batch: "第一期" };

  async function hold() {
    const added = await city.inScopeOf(town, (tx) => addTraining(tx, { ...held, stationId: town }));
    if (!added.ok) throw new Error(added.refusal);
    return added.value.id;
  }

  test("counts for whoever attended, where they serve, in its calendar year", async () => {
    const worker = await serve(v1);
    await serve(v1, { name: "站长", head: true });
    const id = await hold();
    const attend = { stationId: town, id, version: 1, belowId: town, staffIds: [worker.staffId] };
    expect(await city.inScopeOf(town, (tx) => saveAttendance(tx, attend))).toEqual({
      ok: true,
      value: { attended: 1 },
    });
    expect((await measured(v1))?.trainedShare).toBe(50);
    expect((await measured(v1, "2026-09-09"))?.trainedShare).toBe(0);
    const seen = await city.inScopeOf(v1, (tx) => trainedOf(tx, v1, TODAY));
    expect(seen.elsewhere).toMatchObject([{ subject: "优抚政策", hours: 8, people: 1 }]);
    expect(seen.people.map(({ name, times, hours }) => [name, times, hours])).toEqual([
      ["站长", 0, 0],
      ["王建国", 1, 8],
    ]);
    expect(await city.inScopeOf(v1, (tx) => findTraining(tx, town, id))).toBeNull();

    const edit = { ...held, hours: 16, stationId: town, id, version: 2 };
    expect(refusal(await city.inScopeOf(town, (tx) => editTraining(tx, edit)))).toBe("done");
    expect((await city.inScopeOf(v1, (tx) => trainedOf(tx, v1, TODAY))).elsewhere[0]?.hours).toBe(16);
    const cancel = { stationId: town, id, version: 3, reason: "重复登记" };
    expect(refusal(await city.inScopeOf(town, (tx) => cancelTraining(tx, cancel)))).toBe("done");
    expect((await measured(v1))?.trainedShare).toBe(0);
    expect(refusal(await city.inScopeOf(town, (tx) => saveAttendance(tx, { ...attend, version: 4 })))).toBe(
      "cancelled",
    );
  });

  test("takes nobody who did not serve there that day, and nobody of another town", async () => {
    const late = await serve(v1, {}, "2026-10-01");
    const elsewhere = await serve(far);
    const id = await hold();
    const attend = { stationId: town, id, version: 1, belowId: town };
    for (const { staffId } of [late, elsewhere]) {
      const outcome = await city.inScopeOf(town, (tx) =>
        saveAttendance(tx, { ...attend, staffIds: [staffId] }),
      );
      expect(refusal(outcome)).toBe("not_on_roster");
    }
    const outside = { ...attend, belowId: far, staffIds: [elsewhere.staffId] };
    expect(refusal(await city.inCity((tx) => saveAttendance(tx, outside)))).toBe("not_found");
  });

  test("is not written from a village below or from another town", async () => {
    const id = await hold();
    const edit = { ...held, stationId: town, id, version: 1 };
    for (const scope of [v1, far]) {
      expect(
        refusal(await city.inScopeOf(scope, (tx) => addTraining(tx, { ...held, stationId: town }))),
      ).toBe("not_found");
      expect(refusal(await city.inScopeOf(scope, (tx) => editTraining(tx, edit)))).toBe("not_found");
      const cancel = { ...edit, reason: "x" };
      expect(refusal(await city.inScopeOf(scope, (tx) => cancelTraining(tx, cancel)))).toBe("not_found");
      const attend = { ...edit, belowId: scope, staffIds: [] };
      expect(refusal(await city.inScopeOf(scope, (tx) => saveAttendance(tx, attend)))).toBe("not_found");
    }
    const training = await city.inCity((tx) => findTraining(tx, town, id));
    expect(training?.version).toBe(1);
    expect(training && (await city.inCity((tx) => attendantsOf(tx, training, v1)))).toEqual([]);
  });
});

describe("a file of staff", () => {
  const row = (line: number, over: Partial<StaffImportRow> = {}): StaffImportRow => ({
    ...person(),
    line,
    validFrom: "2026-01-10",
    ...over,
  });

  test("adds whom the roster does not have, exactly as shown, and the second time nobody", async () => {
    await serve(v1);
    const rows = [row(2), row(3, { name: "赵六", head: true }), row(4, { name: "钱七" })];
    const plan = await city.inScopeOf(v1, (tx) => planStaffImport(tx, v1, rows));
    expect(plan).toMatchObject({ unchanged: 1, errors: [], add: [{ line: 3 }, { line: 4 }] });
    const digest = plan?.digest ?? "";
    const run = (scope: number) =>
      city.inScopeOf(scope, (tx) => importStaff(tx, { stationId: v1, rows, digest }));
    expect(refusal(await run(v2))).toBe("not_found");
    expect(await run(v1)).toEqual({ ok: true, value: { added: 2, unchanged: 1 } });
    expect(refusal(await run(v1))).toBe("other_plan");
    expect(await city.inCity((tx) => rosterOn(tx, v1, TODAY))).toHaveLength(3);
    expect(await audited("staff.import")).toHaveLength(1);
  });

  test("names the rows that the roster does not allow", async () => {
    await serve(v1, { name: "站长", head: true });
    const rows = [
      row(2, { head: true }),
      row(3, { name: "甲", validFrom: "2030-01-01" }),
      row(4, { name: "乙" }),
      row(5, { name: "乙" }),
    ];
    const plan = await city.inScopeOf(v1, (tx) => planStaffImport(tx, v1, rows));
    expect(plan?.errors.map(({ line, refusal: why }) => [line, why])).toEqual([
      [2, "head_taken"],
      [3, "date_in_future"],
      [5, "already_serving"],
    ]);
    expect(await city.inScopeOf(far, (tx) => planStaffImport(tx, v1, rows))).toBeNull();
  });
});
