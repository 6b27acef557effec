import { setTimeout as sleep } from "node:timers/promises";
import type { Scope } from "@muster/domain/actor";
import { period } from "@muster/domain/period";
import { within } from "@muster/domain/station";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Overloaded, Pool, TransactionLost } from "./client";
import { openMonth } from "./queries/months";
import { newId, type ScopedTx, withScope } from "./scope";
import { type TestDatabase, testDatabase } from "./testing/database";
import { callerAt, layCity } from "./testing/hierarchy";

/** How long the killer goes on. 30 seconds is what must hold; longer finds rarer things. */
const SECONDS = Number(process.env.MUSTER_STRESS_SECONDS ?? 30);
const WORKERS = 16;
const KILL_EVERY_MS = 50;
const LONGEST_MS = 5_000;
const NOW = new Date("2026-11-21T09:00:00+08:00");
const MONTH = period("2026-11");

let db: TestDatabase;
let superSql: Sql;
let app: Pool;
const scopes: { caller: Parameters<typeof withScope>[1]; place: Scope & { stationId: number } }[] = [];
const unhandled: unknown[] = [];
const note = (error: unknown) => unhandled.push(error);

beforeAll(async () => {
  process.on("unhandledRejection", note);
  process.on("uncaughtException", note);
  db = await testDatabase();
  superSql = postgres(db.superUrl, { max: 1, onnotice: () => {} });
  app = new Pool({ url: db.appUrl, size: WORKERS });
  for (let c = 0; c < 2; c += 1) {
    const city = await layCity(app, NOW);
    const ids = [city.rootId];
    for (let t = 0; t < 3; t += 1) {
      const town = await city.add(city.rootId, "town", `第${t}镇`);
      ids.push(town);
      for (let v = 0; v < 4; v += 1) ids.push(await city.add(town, "village", `第${t}-${v}村`));
    }
    await city.inCity((tx) => openMonth(tx, MONTH));
    for (const id of ids) {
      const station = await city.station(id);
      scopes.push({
        caller: callerAt(station, city.cityId, NOW),
        place: { cityId: city.cityId, path: station.path, stationId: id },
      });
    }
  }
});

afterAll(async () => {
  process.off("unhandledRejection", note);
  process.off("uncaughtException", note);
  await Promise.all([superSql.end(), app.end()]);
  await db.drop();
});

/** What the workers found. */
interface Tally {
  done: number;
  lost: number;
  overloaded: number;
  /** Rows of another scope that somebody saw, and statements that ran in another scope. */
  crossed: string[];
  /** Errors that nobody may get to see. */
  strange: string[];
  slow: number[];
  /** Numbers of the write operations whose transaction was answered as committed. */
  committed: Set<string>;
}

test(`no transaction reaches into another while backends die for ${SECONDS} s`, {
  timeout: (SECONDS + 60) * 1000,
}, async () => {
  const until = Date.now() + SECONDS * 1000;
  const tally: Tally = {
    done: 0,
    lost: 0,
    overloaded: 0,
    crossed: [],
    strange: [],
    slow: [],
    committed: new Set(),
  };
  const [killed] = await Promise.all([
    kill(until),
    ...Array.from({ length: WORKERS }, () => work(until, tally)),
  ]);

  expect(tally.crossed).toEqual([]);
  expect(tally.strange).toEqual([]);
  expect(tally.slow).toEqual([]);
  expect(unhandled).toEqual([]);
  await expectWhole(tally);
  // A walk in the park would prove nothing.
  expect(killed).toBeGreaterThan(SECONDS * 5);
  expect(tally.lost).toBeGreaterThan(SECONDS);
  expect(tally.done).toBeGreaterThan(SECONDS * 100);
  console.info(
    `${killed} backends killed: ${tally.done} transactions done, ${tally.lost} lost, ${tally.overloaded} refused`,
  );
});

/** Ends a random backend of the application, again and again. */
async function kill(until: number): Promise<number> {
  let killed = 0;
  while (Date.now() < until) {
    const ended = await superSql`
      select pg_terminate_backend(pid) from (
        select pid from pg_stat_activity where datname = ${db.name} and usename = 'muster_app'
        order by random() limit 1) victim`;
    killed += ended.length;
    await sleep(KILL_EVERY_MS);
  }
  return killed;
}

async function work(until: number, tally: Tally): Promise<void> {
  while (Date.now() < until) {
    const scope = scopes[Math.floor(Math.random() * scopes.length)];
    if (!scope) throw new Error("there are no scopes");
    const operation = newId();
    const writes = Math.random() < 0.6;
    const started = Date.now();
    try {
      await withScope(app, scope.caller, { readOnly: !writes }, (tx) =>
        writes ? write(tx, scope.place, operation, tally) : read(tx, scope.place, tally),
      );
      tally.done += 1;
      if (writes) tally.committed.add(operation);
    } catch (error) {
      if (error instanceof TransactionLost) tally.lost += 1;
      else if (error instanceof Overloaded) tally.overloaded += 1;
      else tally.strange.push(String(error));
    }
    const took = Date.now() - started;
    if (took > LONGEST_MS) tally.slow.push(took);
  }
}

/** Between two statements other transactions begin: only then could one land inside another. */
const pause = () => sleep(Math.random() * 8);

async function checkScope(tx: ScopedTx, place: Scope, tally: Tally): Promise<void> {
  const [at] = await tx.sql<{ city: string; path: string }[]>`
    select current_setting('app.city_id', true) as city, current_setting('app.scope_path', true) as path`;
  if (at?.city !== String(place.cityId) || at.path !== place.path) {
    tally.crossed.push(`${place.cityId} ${place.path} ran in ${at?.city} ${at?.path}`);
  }
}

async function read(tx: ScopedTx, place: Scope, tally: Tally): Promise<void> {
  for (const table of ["station", "monthly_report", "message", "rollup"]) {
    const rows = await tx.sql<Scope[]>`select city_id as "cityId", path from ${tx.sql(table)} limit 200`;
    for (const row of rows) {
      if (row.cityId !== place.cityId || !within(place.path, row.path))
        tally.crossed.push(`${place.cityId} ${place.path} reads ${table} of ${row.cityId} ${row.path}`);
    }
    await pause();
  }
  await checkScope(tx, place, tally);
}

/** Two rows that belong together, and a step on the scope's own report, in one transaction. */
async function write(
  tx: ScopedTx,
  place: Scope & { stationId: number },
  operation: string,
  tally: Tally,
): Promise<void> {
  const mark = JSON.stringify({ operation, path: place.path, city: place.cityId });
  const say = () => tx.sql`
    insert into message (city_id, path, id, station_id, kind, params, at, by_name)
    values (${place.cityId}, ${place.path}, ${newId()}, ${place.stationId}, 'remark', ${mark}::jsonb, now(), 'x')`;
  await say();
  await pause();
  await tx.sql`
    update monthly_report set version = version + 1, updated_by = ${place.path}
    where city_id = ${place.cityId} and station_id = ${place.stationId} and period = ${MONTH}`;
  await pause();
  await checkScope(tx, place, tally);
  await say();
}

/** Every mark lies where its writer stood, and in twos: whole transactions or none. */
async function expectWhole({ committed }: Tally): Promise<void> {
  const marks = await superSql<{ operation: string; rows: number; displaced: number }[]>`
    select params->>'operation' as operation, count(*)::int as rows,
      (count(*) filter (where params->>'path' <> path or (params->>'city')::bigint <> city_id))::int as displaced
    from message group by 1`;
  expect(marks.filter((mark) => mark.rows !== 2 || mark.displaced > 0)).toEqual([]);
  const there = new Set(marks.map((mark) => mark.operation));
  expect([...committed].filter((operation) => !there.has(operation))).toEqual([]);
  const reports = await superSql`
    select station_id from monthly_report where updated_by is not null and updated_by <> path`;
  expect([...reports]).toEqual([]);
}
