import { addMonths, period } from "@muster/domain/period";
import { allowedBelow, childPath, type Level, within } from "@muster/domain/station";
import fc from "fast-check";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Pool } from "./client";
import { openMonth } from "./queries/months";
import { rollupFaults } from "./queries/rollups";
import { createStation, renameStation, saveFacts } from "./queries/stations/edit";
import { misplacedRows } from "./queries/stations/paths";
import { closeStation, mergeStation, moveStation, reopenStation } from "./queries/stations/structure";
import type { ScopedTx } from "./scope";
import { type TestDatabase, testDatabase } from "./testing/database";
import { freshCode, layCity, putReport, type TestCity } from "./testing/hierarchy";
import { tryIn } from "./testing/isolation-probe";

const NOW = new Date("2026-11-21T09:00:00+08:00");
const MONTHS = [period("2026-10"), period("2026-11")];
const RUNS = 30;
/** One walk for everybody, so that a failure repeats; another one with MUSTER_SEED. */
const SEED = Number(process.env.MUSTER_SEED ?? 99);

let db: TestDatabase;
let app: Pool;
let superSql: Sql;

beforeAll(async () => {
  db = await testDatabase();
  app = new Pool({ url: db.appUrl, size: 4 });
  superSql = postgres(db.superUrl, { max: 2, onnotice: () => {}, types: { bigint: BIGINT } });
});
afterAll(async () => {
  await Promise.all([app.end(), superSql.end()]);
  await db.drop();
});

const BIGINT = { to: 20, from: [20], serialize: String, parse: Number };

/** A station as the oracle knows it: plain objects, no database, no policies. */
interface Known {
  id: number;
  cityId: number;
  parent: number | null;
  level: Level;
  name: string;
  closed: boolean;
  merged: number | null;
  months: Set<string>;
}

/** What should be there after every command. */
class Oracle {
  readonly stations = new Map<number, Known>();

  get(id: number): Known {
    const known = this.stations.get(id);
    if (!known) throw new Error(`the oracle knows no station ${id}`);
    return known;
  }
  path(id: number): string {
    const { parent } = this.get(id);
    return parent === null ? "/" : childPath(this.path(parent), id);
  }
  /** Whether somebody at `scope` may see and change `id`. */
  reaches(scope: number, id: number): boolean {
    return this.get(scope).cityId === this.get(id).cityId && within(this.path(scope), this.path(id));
  }
  reachable(scope: number): Known[] {
    return [...this.stations.values()].filter((s) => this.reaches(scope, s.id));
  }
  /** Every row of these tables, as the database should hold them. */
  rows() {
    const all = [...this.stations.values()].sort((a, b) => a.id - b.id);
    return all.map(({ id, cityId, parent, name, closed, merged }) => ({
      id,
      cityId,
      path: this.path(id),
      parent,
      name,
      closed,
      merged,
    }));
  }
}

const pick = fc.nat({ max: 10_000 });
/** Half of the commands are likely ones: by somebody above, to a place that fits. The others are anybody's. */
const picks = { by: pick, on: pick, to: pick, likely: fc.boolean() };
/** Weights make trees grow before they are cut. */
const command = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("create" as const), ...picks }) },
  ...(["move", "merge", "rename", "close", "reopen", "facts", "file"] as const).map((name) => ({
    weight: name === "move" ? 5 : 2,
    arbitrary: fc.record({ do: fc.constant(name), ...picks }),
  })),
);
type Command = {
  do: "create" | "move" | "merge" | "rename" | "close" | "reopen" | "facts" | "file";
  by: number;
  on: number;
  to: number;
  likely: boolean;
};

/** Days with both months open, or only the second: what follows and what stays differs. */
const DAYS = ["2026-10-05", "2026-11-05"];

test("in random trees every scope sees and changes exactly what an oracle without a database says", {
  timeout: 180_000,
}, async () => {
  const taken: Record<string, number> = {};
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 12, maxLength: 40 }), async (commands) => {
      const cities = [await layCity(app, NOW), await layCity(app, NOW)];
      const oracle = new Oracle();
      for (const city of cities) await plant(city, oracle);
      for (const step of commands) {
        const outcome = await perform(step, cities, oracle);
        taken[`${step.do}: ${outcome}`] = (taken[`${step.do}: ${outcome}`] ?? 0) + 1;
        await compareAll(cities, oracle);
        await compareScope(step.by, oracle);
      }
      for (const city of cities) {
        await city.inCity(async (tx) => {
          expect(await rollupFaults(tx, MONTHS)).toEqual([]);
          expect(await misplacedRows(tx)).toEqual([]);
        });
      }
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: true },
  );
  // The walk is worth something only if it got somewhere and was turned away elsewhere.
  for (const name of ["create", "move", "merge", "rename", "close", "reopen", "facts"]) {
    expect(taken[`${name}: ok`] ?? 0, name).toBeGreaterThan(0);
    expect(taken[`${name}: not_found`] ?? 0, name).toBeGreaterThan(0);
  }
});

/** Two districts, a town in each, a village in each town, and open months. */
async function plant(city: TestCity, oracle: Oracle): Promise<void> {
  remember(oracle, city, city.rootId, null, "city", `测试市${city.cityId}`);
  for (const district of ["东区", "西区"]) {
    const d = await city.add(city.rootId, "district", district);
    remember(oracle, city, d, city.rootId, "district", district);
    const t = await city.add(d, "town", `${district}镇`);
    remember(oracle, city, t, d, "town", `${district}镇`);
    const v = await city.add(t, "village", `${district}村`);
    remember(oracle, city, v, t, "village", `${district}村`);
  }
  await city.inCity(async (tx) => {
    for (const month of MONTHS) await openMonth(tx, month);
  });
  for (const known of oracle.reachable(city.rootId)) {
    if (known.level !== "city") known.months = new Set(MONTHS);
  }
}

function remember(
  oracle: Oracle,
  { cityId }: TestCity,
  id: number,
  parent: number | null,
  level: Level,
  name: string,
  months: readonly string[] = [],
): void {
  oracle.stations.set(id, {
    id,
    cityId,
    parent,
    level,
    name,
    closed: false,
    merged: null,
    months: new Set(months),
  });
}

/** Carries a command out in a random scope, and in the oracle when it was accepted. Out of reach must be not found. */
async function perform(step: Command, cities: TestCity[], oracle: Oracle): Promise<string> {
  const all = [...oracle.stations.values()];
  const usual = all.filter((known) =>
    step.do === "reopen"
      ? known.closed && known.merged === null
      : step.do !== "close" || known.level === "village",
  );
  const subject = one(step.likely && usual.length > 0 ? usual : all, step.on);
  const above = all.filter((known) => oracle.reaches(known.id, subject.id));
  const fitting = all.filter((known) => known.cityId === subject.cityId && fits(step.do, subject, known));
  const scope = one(step.likely ? above : all, step.likely && step.by % 2 === 0 ? 0 : step.by);
  const target = one(step.likely && fitting.length > 0 ? fitting : all, step.to);
  const on = DAYS[step.to % DAYS.length] ?? "";
  const city = cities.find((c) => c.cityId === scope.cityId) as TestCity;
  const version = await versionOf(subject.id);
  const reached = oracle.reaches(scope.id, subject.id);
  const bothReached = reached && oracle.reaches(scope.id, target.id);
  const run = <T>(fn: (tx: ScopedTx) => Promise<T>) => city.inScopeOf(scope.id, fn);

  switch (step.do) {
    case "create": {
      const [type] = allowedBelow(subject.level, "station")
        .toReversed()
        .filter((t) => t.kind === "station");
      const name = `新站${step.to}`;
      const outcome = await run((tx) =>
        createStation(tx, {
          ...(type ?? { level: "village", kind: "station" }),
          parentId: subject.id,
          code: freshCode(),
          name,
          openedOn: on,
          required: true,
          address: "",
          phone: "",
        }),
      );
      if (!outcome.ok) return refused(outcome.refusal, reached);
      expect(reached).toBe(true);
      const home = cities.find((c) => c.cityId === subject.cityId) as TestCity;
      const months = MONTHS.filter((month) => month >= on.slice(0, 7));
      remember(oracle, home, outcome.value.id, subject.id, outcome.value.level, name, months);
      return "ok";
    }
    case "rename": {
      const name = `改名${step.to}`;
      const outcome = await run((tx) => renameStation(tx, { stationId: subject.id, version, name, on }));
      if (!outcome.ok) return refused(outcome.refusal, reached);
      expect(reached).toBe(true);
      subject.name = name;
      return "ok";
    }
    case "facts": {
      const facts = {
        fullTime: step.to,
        partTime: 0,
        approvedPosts: 0,
        veteranSecretary: false,
        fiveHaves: true,
      };
      const outcome = await run((tx) => saveFacts(tx, { stationId: subject.id, validFrom: on, ...facts }));
      if (!outcome.ok) return refused(outcome.refusal, reached);
      expect(reached).toBe(true);
      return "ok";
    }
    case "close": {
      const outcome = await run((tx) => closeStation(tx, { stationId: subject.id, version, on }));
      if (!outcome.ok) return refused(outcome.refusal, reached);
      expect(reached && scope !== subject).toBe(true);
      subject.closed = true;
      return "ok";
    }
    case "reopen": {
      const outcome = await run((tx) =>
        reopenStation(tx, { stationId: subject.id, version, on: "2026-11-20" }),
      );
      if (!outcome.ok) return refused(outcome.refusal, reached);
      expect(reached && scope !== subject).toBe(true);
      subject.closed = false;
      subject.months.add("2026-11");
      return "ok";
    }
    case "move": {
      const outcome = await run((tx) =>
        moveStation(tx, { stationId: subject.id, version, parentId: target.id, on }),
      );
      if (!outcome.ok) return refused(outcome.refusal, bothReached);
      expect(bothReached && scope !== subject).toBe(true);
      subject.parent = target.id;
      return "ok";
    }
    case "merge": {
      const outcome = await run((tx) =>
        mergeStation(tx, { stationId: subject.id, version, intoId: target.id, on }),
      );
      if (!outcome.ok) return refused(outcome.refusal, bothReached);
      expect(bothReached && scope !== subject).toBe(true);
      for (const child of oracle.stations.values()) {
        if (child.parent === subject.id && !child.closed) child.parent = target.id;
      }
      Object.assign(subject, { parent: target.id, closed: true, merged: target.id });
      return "ok";
    }
    case "file": {
      const home = cities.find((c) => c.cityId === subject.cityId) as TestCity;
      const month = MONTHS[step.to % MONTHS.length] ?? addMonths(MONTHS[0] as (typeof MONTHS)[number], 0);
      const status = step.by % 3 === 0 ? "submitted" : "accepted";
      if (subject.months.has(month))
        await putReport(home, subject.id, month, { status, figures: [step.on % 9, 1] });
      return "ok";
    }
  }
}

function one(from: Known[], n: number): Known {
  return from[n % from.length] as Known;
}

function fits(what: Command["do"], subject: Known, target: Known): boolean {
  if (what === "merge") return target.level === subject.level && target !== subject;
  return allowedBelow(target.level, "station").some((type) => type.level === subject.level);
}

/** Out of reach must read as not there, and what is there must never read so. */
function refused(refusal: string, reached: boolean): string {
  expect(refusal === "not_found", refusal).toBe(!reached);
  return refusal;
}

async function versionOf(id: number): Promise<number> {
  const [row] = await superSql<{ version: number }[]>`select version from station where id = ${id}`;
  return row?.version ?? 0;
}

/** The whole database against the oracle: nothing changed but what should have. */
async function compareAll(cities: TestCity[], oracle: Oracle): Promise<void> {
  const ids = cities.map((city) => city.cityId);
  const rows = await superSql`
    select id, city_id as "cityId", path, parent_id as parent, name, closed_on is not null as closed, merged_into as merged
    from station where city_id = any(${ids}) order by id`;
  expect([...rows]).toEqual(oracle.rows());
  const reports = await superSql`
    select station_id as id, path, array_agg(period order by period) as months from monthly_report
    where city_id = any(${ids}) group by station_id, path order by station_id`;
  expect([...reports]).toEqual(
    [...oracle.stations.values()]
      .filter((known) => known.months.size > 0)
      .sort((a, b) => a.id - b.id)
      .map((known) => ({ id: known.id, path: oracle.path(known.id), months: [...known.months].sort() })),
  );
}

/** What the application's role sees and may change in one scope, table by table, against the oracle. */
async function compareScope(by: number, oracle: Oracle): Promise<void> {
  const all = [...oracle.stations.values()];
  const scopeOf = all[by % all.length] as Known;
  const scope = { cityId: scopeOf.cityId, path: oracle.path(scopeOf.id) };
  const mine = oracle.reachable(scopeOf.id);
  const ids = mine.map((known) => known.id).sort((a, b) => a - b);
  const reporting = mine.filter((known) => known.months.size > 0).map((known) => known.id);
  const foreign = all.find((known) => !oracle.reaches(scopeOf.id, known.id));

  const seen = await tryIn(app, scope, async (sql) => ({
    stations: (await sql`select id from station order by id`).map((row) => row.id),
    reports: (await sql`select distinct station_id from monthly_report order by 1`).map(
      (row) => row.station_id,
    ),
    rollups: (await sql`select count(*)::int as n from rollup where not path ^@ ${scope.path}`)[0]?.n,
    events: (await sql`select distinct station_id from station_event order by 1`).map(
      (row) => row.station_id,
    ),
    audits: (await sql`select count(*)::int as n from audit_log where not path ^@ ${scope.path}`)[0]?.n,
  }));
  expect(seen).toEqual({
    value: { stations: ids, reports: reporting.sort((a, b) => a - b), rollups: 0, events: ids, audits: 0 },
  });

  const changed = await tryIn(app, scope, async (sql) => ({
    all: (await sql`update station set address = 'x'`).count,
    foreign: foreign ? (await sql`update station set address = 'x' where id = ${foreign.id}`).count : 0,
    reports: (await sql`update monthly_report set nil = nil where period = ${MONTHS[1] ?? ""}`).count,
    deleted: (await sql`delete from station_facts`).count,
  }));
  const [facts] = await superSql<{ n: number }[]>`
    select count(*)::int as n from station_facts where station_id = any(${ids})`;
  expect(changed).toEqual({
    value: {
      all: ids.length,
      foreign: 0,
      reports: mine.filter((known) => known.months.has("2026-11")).length,
      deleted: facts?.n,
    },
  });
  if (!foreign) return;
  // A row of somebody else's, and one's own row given away.
  const place = { city: foreign.cityId, path: oracle.path(foreign.id), id: foreign.id };
  const inserted = await tryIn(
    app,
    scope,
    (sql) => sql`
    insert into station_facts (city_id, path, station_id, valid_from)
    values (${place.city}, ${place.path}, ${place.id}, '2020-01-01')`,
  );
  expect(inserted).toEqual({ refused: "42501" });
  const given = await tryIn(
    app,
    scope,
    (sql) => sql`
    update station set city_id = ${place.city}, path = ${place.path} where id = ${scopeOf.id}`,
  );
  expect(given).toEqual({ refused: "42501" });
}
