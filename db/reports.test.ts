import type { Actor } from "@muster/domain/actor";
import { type Period, period } from "@muster/domain/period";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Pool } from "./client";
import { catalogueAt } from "./queries/catalogue";
import { lockMonth, signOff, unlockReport } from "./queries/month-steps";
import { openMonth } from "./queries/months";
import type { Outcome, StepRefusal } from "./queries/outcome";
import { type Report, readReport } from "./queries/report-row";
import {
  acceptReport,
  amendReport,
  cancelAmendment,
  returnReport,
  saveReport,
  submitReport,
} from "./queries/reports";
import { rollupFaults } from "./queries/rollups";
import { type ScopedTx, systemCaller, withScope } from "./scope";
import { type TestDatabase, testDatabase } from "./testing/database";
import { callerOf, type SmallCity, smallCity, type TestStation } from "./testing/small-city";

/** Tests take a month and a station of their own, as far as last month does not matter. */
const MONTHS = [
  "2026-01",
  "2026-02",
  "2026-03",
  "2026-04",
  "2026-05",
  "2026-06",
  "2026-07",
  "2026-08",
  "2026-09",
]
  .concat(["2026-10"])
  .map(period);
const october = period("2026-10");
const november = period("2026-11");
/** October is open for submission from the 20th; villages are due on 3 November. */
const inTime = new Date("2026-10-25T02:00:00Z");
const late = new Date("2026-11-04T02:00:00Z");

let database: TestDatabase;
let pool: Pool;
let city: SmallCity;
let other: SmallCity;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ url: database.appUrl, size: 16, queue: 200 });
  city = await smallCity(database);
  other = await smallCity(database, { code: "990200000000", name: "星河市" });
  for (const { cityId } of [city, other]) {
    await withScope(pool, systemCaller(cityId, inTime), { readOnly: false }, async (tx) => {
      for (const month of MONTHS) await openMonth(tx, month);
    });
  }
});

afterEach(async () => {
  // Whatever a test did, every roll-up says what its reports say.
  for (const { cityId } of [city, other]) {
    const faults = await withScope(pool, systemCaller(cityId, inTime), { readOnly: true }, (tx) =>
      rollupFaults(tx, MONTHS),
    );
    expect(faults).toEqual([]);
  }
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const write = <T>(actor: Actor, fn: (tx: ScopedTx) => Promise<T>, now = inTime) =>
  withScope(pool, callerOf(actor, now), { readOnly: false }, fn);
const at = (month: Period, station: TestStation = city.a1) => ({ stationId: station.id, period: month });
const report = async (month: Period, station: TestStation = city.a1) => {
  const found = await withScope(pool, systemCaller(city.cityId, inTime), { readOnly: true }, (tx) =>
    readReport(tx, station.id, month),
  );
  if (!found) throw new Error("no report");
  return found;
};
const rollupOf = async (month: Period, station: TestStation) => {
  const [row] = await withScope(pool, systemCaller(city.cityId, inTime), { readOnly: true }, (tx) => {
    return tx.sql`select accepted, provisional, expected, filed, accepted_count, returned, missing, on_time
      from rollup where city_id = ${city.cityId} and station_id = ${station.id} and period = ${month}`;
  });
  return row ?? {};
};
function ok<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`);
  return outcome.value;
}
function refusal(outcome: Outcome<unknown>): StepRefusal {
  if (outcome.ok) throw new Error("not refused");
  return outcome.refusal;
}

/** An ordinary month: nothing that a check asks about. */
const ORDINARY = { A01: 300, A02: 200, B01: 1, B02: 1, C01: 4, C02: 3, D01: 2, F01: 5 };
const submit = (actor: Actor, month: Period, station: TestStation, figures = ORDINARY, now = inTime) =>
  write(actor, (tx) => submitReport(tx, at(month, station), { version: null, figures }), now);

describe("the life of a report", () => {
  it("goes from draft to locked, is unlocked, amended and locked again, and the roll-ups follow each step", async () => {
    const { headA1, headA, admin, headB, homeHead } = city.people;
    const month = period("2026-05");
    const now = new Date("2026-05-25T02:00:00Z");
    const step = <T>(actor: Actor, fn: (tx: ScopedTx) => Promise<T>) => write(actor, fn, now);
    const town = () => rollupOf(month, city.townA);
    const a01 = async () => {
      const { accepted, provisional } = await town();
      return [accepted?.[0] ?? 0, provisional?.[0] ?? 0];
    };

    expect(
      ok(await step(headA1, (tx) => saveReport(tx, at(month), 0, { figures: { A01: 280 } }))),
    ).toMatchObject({
      status: "draft",
      version: 1,
    });
    expect(await a01()).toEqual([0, 0]);
    expect(ok(await submit(headA1, month, city.a1, ORDINARY, now))).toMatchObject({
      status: "submitted",
      version: 2,
      round: 1,
      onTime: true,
      submittedBy: "headA1",
    });
    expect(await a01()).toEqual([0, 300]);
    const back = { figures: { C01: "请核对走访人次" }, dueOn: "2026-05-28" };
    expect(ok(await step(headA, (tx) => returnReport(tx, at(month), back)))).toMatchObject({
      status: "returned",
      returnDueOn: "2026-05-28",
      remarks: { C01: { returned: "请核对走访人次" } },
    });
    expect(await town()).toMatchObject({ filed: 0, returned: 1, missing: 2 });
    ok(await submit(headA1, month, city.a1, { ...ORDINARY, C01: 5 }, now));
    const accepted = ok(await step(headA, (tx) => acceptReport(tx, at(month))));
    expect(accepted).toMatchObject({ status: "accepted", round: 2, decidedBy: "headA" });
    expect(accepted.remarks.C01?.returned).toBeUndefined();
    expect(await a01()).toEqual([300, 300]);

    for (const [actor, station, reviewer] of [
      [city.people.headA2, city.a2, headA],
      [city.people.headB1, city.b1, headB],
      [city.people.pointHead, city.point, homeHead],
    ] as const) {
      ok(await submit(actor, month, station, ORDINARY, now));
      ok(await step(reviewer, (tx) => acceptReport(tx, at(month, station))));
    }
    for (const [actor, station] of [
      [headA, city.townA],
      [headB, city.townB],
      [homeHead, city.home],
    ] as const) {
      ok(await submit(actor, month, station, ORDINARY, now));
      ok(await step(admin, (tx) => acceptReport(tx, at(month, station))));
      ok(await step(actor, (tx) => signOff(tx, { stationId: station.id, period: month, excused: {} })));
    }
    expect(refusal(await step(headA1, (tx) => amendReport(tx, at(month), { reason: "漏报" })))).toMatchObject(
      {
        kind: "locked",
        lock: { reason: "signed_off", opener: "reviewer" },
      },
    );
    ok(await step(admin, (tx) => lockMonth(tx, { stationId: city.city.id, period: month, excused: {} })));
    expect(await report(month)).toMatchObject({ status: "locked", monthLocked: true });
    expect(refusal(await step(headA1, (tx) => amendReport(tx, at(month), { reason: "漏报" })))).toMatchObject(
      {
        kind: "locked",
        lock: { reason: "locked", opener: "city" },
      },
    );

    const opened = { stationId: city.a1.id, period: month, reason: "漏报走访", until: "2026-05-30" };
    ok(await step(admin, (tx) => unlockReport(tx, opened)));
    ok(await step(headA1, (tx) => amendReport(tx, at(month), { reason: "漏报走访" })));
    ok(
      await step(headA1, (tx) =>
        saveReport(tx, at(month), accepted.version + 3, { figures: { A01: 310, A07: 10, A08: 0 } }),
      ),
    );
    // Until the amendment is accepted, what was accepted stays in force.
    expect(await a01()).toEqual([900, 900]);
    ok(
      await step(headA1, (tx) =>
        submitReport(tx, at(month), {
          version: null,
          reasons: { "K16:A07": "集中建档", OUTLIER: "集中建档" },
        }),
      ),
    );
    expect(await a01()).toEqual([900, 910]);
    expect(ok(await step(headA, (tx) => acceptReport(tx, at(month))))).toMatchObject({
      status: "locked",
      unlockedUntil: null,
      acceptedFigures: null,
    });
    expect(await a01()).toEqual([910, 910]);
    expect(refusal(await step(headA1, (tx) => amendReport(tx, at(month), { reason: "又漏" })))).toMatchObject(
      {
        lock: { reason: "locked" },
      },
    );
  });

  it("is given up in an amendment: the accepted figures stand again", async () => {
    const month = period("2026-04");
    const now = new Date("2026-04-25T02:00:00Z");
    const { headA1, headA } = city.people;
    ok(await submit(headA1, month, city.a1, ORDINARY, now));
    ok(await write(headA, (tx) => acceptReport(tx, at(month)), now));
    ok(await write(headA1, (tx) => amendReport(tx, at(month), { reason: "更正" }), now));
    ok(await write(headA1, (tx) => saveReport(tx, at(month), 3, { figures: { A01: 1 } }), now));
    expect(ok(await write(headA1, (tx) => cancelAmendment(tx, at(month)), now))).toMatchObject({
      status: "accepted",
      acceptedFigures: null,
    });
    expect((await report(month)).figures[0]).toBe(300);
  });

  it("keeps every version: who, when, what changed, and the figures of each submission", async () => {
    const month = period("2026-03");
    const now = new Date("2026-03-25T02:00:00Z");
    const { headA1, headA, liaisonA1 } = city.people;
    ok(await write(liaisonA1, (tx) => saveReport(tx, at(month), 0, { figures: { C01: 4 } }), now));
    ok(await submit(headA1, month, city.a1, ORDINARY, now));
    const dueOn = "2026-03-28";
    ok(await write(headA, (tx) => returnReport(tx, at(month), { figures: { C01: "核对" }, dueOn }), now));
    const events = await write(headA1, (tx) => {
      return tx.sql`select action, version, by_name, changes, returned, figures is not null as kept from report_event
        where city_id = ${city.cityId} and station_id = ${city.a1.id} and period = ${month} order by id`;
    });
    expect(events).toMatchObject([
      { action: "save", version: 1, by_name: "liaisonA1", changes: { C01: [null, 4] }, kept: false },
      { action: "submit", version: 2, by_name: "headA1", changes: { A01: [null, 300] }, kept: true },
      { action: "return", version: 3, by_name: "headA", returned: { C01: "核对" } },
    ]);
    const logged = await write(city.people.admin, (tx) => {
      return tx.sql`select action from audit_log
        where city_id = ${city.cityId} and subject_id = ${`${city.a1.id}/${month}`} order by id`;
    });
    expect(logged.map((row) => row.action)).toEqual(["report.save", "report.submit", "report.return"]);
    const [message] = await write(
      headA1,
      (tx) => tx.sql`
      select kind, params from message where station_id = ${city.a1.id} and period = ${month}`,
    );
    expect(message).toMatchObject({ kind: "returned", params: { figures: 1, dueOn } });
  });
});

describe("a race", () => {
  it("of 100 saves of one version has one winner, and 99 learn what stands now", async () => {
    const { headA2 } = city.people;
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        write(headA2, (tx) => saveReport(tx, at(october, city.a2), 0, { figures: { C01: i } })),
      ),
    );
    const winners = outcomes.filter((outcome) => outcome.ok);
    expect(winners).toHaveLength(1);
    const refusals = outcomes.filter((outcome) => !outcome.ok).map(refusal);
    expect(new Set(refusals.map(({ kind }) => kind))).toEqual(new Set(["conflict"]));
    const { figures, version } = await report(october, city.a2);
    expect(version).toBe(1);
    for (const lost of refusals) expect(lost).toMatchObject({ current: { version: 1, figures } });
  });

  it("of a submission and a save leaves one of them standing", async () => {
    // Either may win, and a filed month is what the next one is compared with: one that no other test looks at.
    const month = period("2026-08");
    const now = new Date("2026-08-25T02:00:00Z");
    const { headB1 } = city.people;
    const outcomes = await Promise.all([
      write(headB1, (tx) => submitReport(tx, at(month, city.b1), { version: 0, figures: ORDINARY }), now),
      write(headB1, (tx) => saveReport(tx, at(month, city.b1), 0, { figures: { A01: 1 } }), now),
    ]);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  });

  it("of two reviewers accepts once", async () => {
    const month = period("2026-08");
    const now = new Date("2026-08-25T02:00:00Z");
    ok(await submit(city.people.headA1, month, city.a1, ORDINARY, now));
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => write(city.people.headA, (tx) => acceptReport(tx, at(month), { version: 1 }), now)),
    );
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(await rollupOf(month, city.city)).toMatchObject({ accepted_count: 1, filed: 1 });
  });
});

describe("the wrong hands", () => {
  type Command = (tx: ScopedTx, address: ReturnType<typeof at>) => Promise<Outcome<Report>>;
  const own: [string, Command][] = [
    ["saves", (tx, address) => saveReport(tx, address, 0, { figures: { A01: 1 } })],
    ["submits", (tx, address) => submitReport(tx, address, { version: null, figures: ORDINARY })],
    ["cancels", (tx, address) => cancelAmendment(tx, address)],
  ];
  const reviewers: [string, Command][] = [
    ["returns", (tx, address) => returnReport(tx, address, { figures: { A01: "x" }, dueOn: "2026-10-28" })],
    ["accepts", (tx, address) => acceptReport(tx, address)],
  ];
  const amends: [string, Command] = ["amends", (tx, address) => amendReport(tx, address, { reason: "x" })];

  it.each([...own, ...reviewers, amends])(
    "nobody from a sibling, another town or another city %s",
    async (_, run) => {
      for (const actor of [city.people.headA2, city.people.headB, city.people.headB1, other.people.admin]) {
        expect(refusal(await write(actor, (tx) => run(tx, at(october))))).toEqual({ kind: "not_found" });
      }
      expect((await report(october)).version).toBe(0);
    },
  );

  it.each(own)("no parent %s a child's report", async (name, run) => {
    // The city may cancel a hanging amendment, and only that.
    const above = name === "cancels" ? [city.people.headA] : [city.people.headA, city.people.admin];
    for (const actor of above) {
      expect(refusal(await write(actor, (tx) => run(tx, at(october)))).kind).toBe("forbidden");
    }
    expect((await report(october)).version).toBe(0);
  });

  it.each(reviewers)("no village and no grandparent %s its report", async (_, run) => {
    const month = period("2026-07");
    const now = new Date("2026-07-25T02:00:00Z");
    const before = await report(month);
    if (before.status === "draft") ok(await submit(city.people.headA1, month, city.a1, ORDINARY, now));
    for (const actor of [city.people.headA1, city.people.admin]) {
      expect(refusal(await write(actor, (tx) => run(tx, at(month)), now)).kind).toBe("forbidden");
    }
    expect((await report(month)).status).toBe("submitted");
  });

  it("nobody accepts what they submitted themselves, whatever other roles they hold", async () => {
    const month = period("2026-06");
    const now = new Date("2026-06-25T02:00:00Z");
    const { headA2, headA } = city.people;
    ok(await submit(headA2, month, city.a2, ORDINARY, now));
    const accept = (actor: Actor) => write(actor, (tx) => acceptReport(tx, at(month, city.a2)), now);
    expect(refusal(await accept({ ...headA, userId: headA2.userId })).kind).toBe("forbidden");
    ok(await accept(headA));
  });

  it("a town's own report is reviewed by the city and not by the town", async () => {
    const month = period("2026-06");
    const now = new Date("2026-06-25T02:00:00Z");
    const { headA, admin } = city.people;
    ok(await submit(headA, month, city.townA, ORDINARY, now));
    expect(refusal(await write(headA, (tx) => acceptReport(tx, at(month, city.townA)), now)).kind).toBe(
      "forbidden",
    );
    ok(await write(admin, (tx) => acceptReport(tx, at(month, city.townA)), now));
  });
});

describe("a submission", () => {
  const draft = (month: Period) => write(city.people.headB1, (tx) => readReport(tx, city.b1.id, month));
  const send = (input: Parameters<typeof submitReport>[2], month = october, now = inTime) =>
    write(city.people.headB1, (tx) => submitReport(tx, at(month, city.b1), input), now);

  it("is refused empty, with all its violations on a hard check, and on a soft one without a reason", async () => {
    expect(refusal(await send({ version: null }))).toEqual({ kind: "empty" });
    const wrong = { ...ORDINARY, A02: 301, C02: 9, F02: 2, F03: 0 };
    const refused = refusal(await send({ version: null, figures: wrong, reasons: { K02: "就是这样" } }));
    if (refused.kind !== "violations") throw new Error(refused.kind);
    expect(refused.unanswered.map(({ check, severity }) => [check, severity])).toEqual([
      ["K02", "hard"],
      ["K09", "hard"],
      ["K19", "soft"],
    ]);
    const soft = { ...ORDINARY, F02: 2, F03: 0 };
    const noReasons: Record<string, string>[] = [{}, { K19: "  " }, { K18: "别的" }, { K19: "\u200b" }];
    for (const reasons of noReasons) {
      expect(refusal(await send({ version: null, figures: soft, reasons })).kind).toBe("violations");
    }
    expect((await draft(october))?.version).toBe(0);
    const sent = ok(
      await send({ version: 0, figures: soft, reasons: { K19: " 雨天取消 ", K01: "没有发生" } }),
    );
    expect(sent).toMatchObject({
      status: "submitted",
      warnings: 1,
      reasons: { K19: "雨天取消" },
      onTime: true,
    });
  });

  it("of zeros alone has to be said to be a nil report, which fills blanks with 0 and keeps the stock", async () => {
    const month = period("2026-02");
    const now = new Date("2026-02-25T02:00:00Z");
    ok(
      await send(
        { version: null, figures: { ...ORDINARY, F01: 5 } },
        period("2026-01"),
        new Date("2026-01-25"),
      ),
    );
    const zeros = { A07: 0, A08: 0, C01: 0 };
    expect(refusal(await send({ version: null, figures: zeros }, month, now))).toMatchObject({
      kind: "violations",
      unanswered: [{ check: "K17" }],
    });
    const nil = ok(await send({ version: null, figures: zeros, confirmNil: true }, month, now));
    expect(nil).toMatchObject({ nil: true, status: "submitted" });
    const { byCode } = await write(city.people.headB1, (tx) => catalogueAt(tx, month));
    const value = (code: string) => nil.figures[byCode.get(code)?.slot ?? -1] ?? null;
    expect([value("A01"), value("F01"), value("C01"), value("E04"), value("C02")]).toEqual([300, 5, 0, 0, 0]);
    // What only cadre homes are asked for stays blank at a village.
    expect(value("H01")).toBeNull();
  });

  it("is no nil report when something did happen, whatever was ticked", async () => {
    const month = period("2026-03");
    const now = new Date("2026-03-25T02:00:00Z");
    const sent = ok(await send({ version: null, figures: ORDINARY, confirmNil: true }, month, now));
    expect(sent.nil).toBe(false);
    expect(sent.figures[34] ?? null).toBeNull();
  });

  it("waits for the day on which the month opens, and says which; drafts do not wait", async () => {
    const early = new Date("2026-10-19T15:59:00Z");
    const { headA } = city.people;
    ok(
      await write(headA, (tx) => saveReport(tx, at(october, city.townA), 0, { figures: { A01: 5 } }), early),
    );
    const sent = await submit(headA, october, city.townA, ORDINARY, early);
    expect(refusal(sent)).toEqual({
      kind: "locked",
      lock: { reason: "not_submittable_yet", opener: "time", until: "2026-10-20" },
    });
    // Midnight in the city's time zone, not in UTC.
    ok(await submit(headA, october, city.townA, ORDINARY, new Date("2026-10-19T16:00:00Z")));
  });

  it("is on time by the first submission, whatever comes back later", async () => {
    const { pointHead, homeHead } = city.people;
    ok(await submit(pointHead, october, city.point, ORDINARY, new Date("2026-11-03T15:59:59Z")));
    expect(await report(october, city.point)).toMatchObject({ onTime: true, dueOn: "2026-11-03" });
    const back = { figures: { A01: "核对" }, dueOn: "2026-11-08" };
    ok(await write(homeHead, (tx) => returnReport(tx, at(october, city.point), back), late));
    ok(await submit(pointHead, october, city.point, { ...ORDINARY, C01: 5 }, late));
    expect(await report(october, city.point)).toMatchObject({ onTime: true, round: 2 });
    ok(await submit(homeHead, october, city.home, ORDINARY, new Date("2026-11-07T02:00:00Z")));
    expect(await report(october, city.home)).toMatchObject({ onTime: false, dueOn: "2026-11-06" });
  });

  it("of a month to come is refused, opened or not", async () => {
    expect(refusal(await submit(city.people.headA1, november, city.a1))).toEqual({ kind: "not_found" });
    await withScope(pool, systemCaller(city.cityId, inTime), { readOnly: false }, (tx) =>
      openMonth(tx, november),
    );
    expect(refusal(await submit(city.people.headA1, november, city.a1))).toMatchObject({
      kind: "locked",
      lock: { reason: "future", until: "2026-11-01" },
    });
  });

  it("drops the register's difference into the report, for the reviewer to see", async () => {
    const { headA1 } = city.people;
    await write(
      headA1,
      (tx) => tx.sql`
      insert into station_facts (city_id, path, station_id, valid_from, full_time)
      values (${city.cityId}, ${city.a1.path}, ${city.a1.id}, '2026-10-01', 2)`,
    );
    const figures = { ...ORDINARY, B03: 0, B05: 3, B07: 0 };
    expect(refusal(await submit(headA1, october, city.a1, figures))).toMatchObject({
      unanswered: [{ check: "K18", indicators: ["B05"] }],
    });
    const sent = await write(headA1, (tx) =>
      submitReport(tx, at(october), { version: null, figures, reasons: { "K18:B05": "新聘一人" } }),
    );
    expect(ok(sent).remarks.B05?.register).toEqual({ value: 2, count: 2 });
  });
});

describe("a return", () => {
  it("names figures of the month with a reason each, and a day within two months", async () => {
    const month = period("2026-04");
    const now = new Date("2026-04-25T02:00:00Z");
    ok(await submit(city.people.headA2, month, city.a2, ORDINARY, now));
    const send = (input: Parameters<typeof returnReport>[2]) =>
      write(city.people.headA, (tx) => returnReport(tx, at(month, city.a2), input), now);
    const dueOn = "2026-04-28";
    expect(refusal(await send({ figures: {}, dueOn }))).toMatchObject({ field: "figures" });
    expect(refusal(await send({ figures: { X99: "x" }, dueOn }))).toMatchObject({
      field: "X99",
      problem: "unknown",
    });
    expect(refusal(await send({ figures: { A01: " " }, dueOn }))).toMatchObject({
      field: "A01",
      problem: "reason",
    });
    for (const day of ["2026-04-24", "2026-06-27", "2026-02-30", "soon"]) {
      expect(refusal(await send({ figures: { A01: "x" }, dueOn: day }))).toMatchObject({ field: "dueOn" });
    }
    expect((await report(month, city.a2)).status).toBe("submitted");
    ok(await send({ figures: { A01: "x" }, dueOn: "2026-04-25" }));
  });

  it("of a stale version shows what stands now", async () => {
    const month = period("2026-08");
    const now = new Date("2026-08-25T02:00:00Z");
    ok(await submit(city.people.headA2, month, city.a2, ORDINARY, now));
    const stale = { figures: { A01: "x" }, dueOn: "2026-08-28", version: 0 };
    expect(
      refusal(await write(city.people.headA, (tx) => returnReport(tx, at(month, city.a2), stale), now)),
    ).toMatchObject({ kind: "conflict", current: { version: 1, status: "submitted" } });
  });
});
