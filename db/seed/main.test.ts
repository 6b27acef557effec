import { period } from "@muster/domain/period";
import { testKeyring } from "@muster/secrets/keyring.fixture";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Pool } from "../client";
import { faultsOfAssistance } from "../doctor/assistance";
import { faultsOfPetitions } from "../doctor/petitions";
import { faultsOfVisits } from "../doctor/visits";
import { catalogueAt } from "../queries/catalogue";
import { registersOf } from "../queries/derivations";
import { rollupFaults } from "../queries/rollups";
import { systemCaller, withScope } from "../scope";
import { type TestDatabase, testDatabase } from "../testing/database";
import { seed } from "./main";

const now = new Date("2026-11-21T06:00:00Z");

describe("seeding the demo", () => {
  let database: TestDatabase;
  let superuser: Sql;
  const lines: string[] = [];
  const options = () => ({
    ...database,
    demo: true,
    now,
    keys: testKeyring,
    archives: "brief" as const,
    log: (line: string) => lines.push(line),
  });
  beforeAll(async () => {
    database = await testDatabase();
    superuser = postgres(database.superUrl, { max: 4, onnotice: () => {} });
    // Two starts at once: one lays the cities, the other waits and finds them.
    await Promise.all([seed(options()), seed(options())]);
  });
  afterAll(async () => {
    await superuser.end();
    await database.drop();
  });

  it("lays each city once, however many start at the same time", async () => {
    expect(lines).toHaveLength(2);
    const cities = await superuser`select name, demo from city order by code`;
    expect(cities).toMatchObject([
      { name: "云岭市", demo: true },
      { name: "星河市", demo: true },
    ]);
  });

  it("changes nothing at a second start", async () => {
    const before = await fingerprint(superuser);
    await seed({ ...options(), now: new Date("2027-03-01T00:00:00Z") });
    expect(await fingerprint(superuser)).toEqual(before);
  });

  it("stores roll-ups that agree with the reports, in both cities", async () => {
    const pool = new Pool({ url: database.appUrl, size: 1, statementTimeout: 0 });
    try {
      for (const { city_id } of await superuser`select city_id from city`) {
        const periods = await superuser`select distinct period from rollup where city_id = ${city_id}`;
        expect(periods).toHaveLength(13);
        const faults = await withScope(pool, systemCaller(Number(city_id), now), { readOnly: true }, (tx) =>
          rollupFaults(
            tx,
            periods.map((row) => period(row.period)),
          ),
        );
        expect(faults).toEqual([]);
      }
    } finally {
      await pool.end();
    }
  });

  it("files what the station facts, the archives and the findings say, so that no register differs", async () => {
    const pool = new Pool({ url: database.appUrl, size: 1 });
    const [city] = await superuser`select city_id from city where name = '云岭市'`;
    try {
      await withScope(pool, systemCaller(Number(city?.city_id), now), { readOnly: true }, async (tx) => {
        for (const month of [period("2025-11"), period("2026-05"), period("2026-10")]) {
          const rows = await tx.sql<{ id: number; figures: Record<string, number> }[]>`
            select station_id as id, jsonb_object_agg(code, value) as figures from figure
            where city_id = ${tx.scope.cityId} and period = ${month} and status = 'locked'
              and (code in ('B01', 'B02', 'B03', 'B05', 'B07', 'G01', 'G02', 'G03') or code like 'A%' and code <> 'A10' or code like 'C%' or code ~ '^D0[1-7]')
            group by station_id`;
          expect(rows.length).toBeGreaterThan(370);
          const registers = await registersOf(
            tx,
            rows.map(({ id }) => id),
            await catalogueAt(tx, month),
          );
          for (const { id, figures } of rows) {
            // Cases of assistance and pairs have tests of their own below.
            const register = Object.entries(registers.get(id) ?? {})
              .filter(([code]) => !/^[EH]/.test(code))
              .map(([code, { value }]) => [code, value]);
            // Of a station that nobody had inspected yet, or that has nobody, the registers say nothing.
            const said = Object.fromEntries(register);
            const silent = Object.keys(figures).filter((code) => /^[AG]/.test(code) && !(code in said));
            const before = Object.fromEntries(silent.map((code) => [code, 0]));
            expect([id, figures]).toEqual([id, { ...before, ...said }]);
          }
        }
      });
    } finally {
      await pool.end();
    }
  });

  it("files what the visits say in every month of both cities, the open one too", async () => {
    const pool = new Pool({ url: database.appUrl, size: 1 });
    try {
      for (const { city_id } of await superuser`select city_id from city`) {
        await withScope(pool, systemCaller(Number(city_id), now), { readOnly: true }, async (tx) => {
          const rows = await tx.sql<{ id: number; period: string; figures: Record<string, number> }[]>`
            select station_id as id, period, jsonb_object_agg(code, value) as figures from figure
            where city_id = ${tx.scope.cityId} and status in ('locked', 'accepted') and code like 'C%'
            group by station_id, period`;
          expect(new Set(rows.map((row) => row.period)).size).toBe(13);
          for (const month of new Set(rows.map((row) => row.period))) {
            const filed = rows.filter((row) => row.period === month);
            const ids = filed.map(({ id }) => id);
            const registers = await registersOf(tx, ids, await catalogueAt(tx, period(month)));
            for (const { id, figures } of filed) {
              const said = Object.entries(registers.get(id) ?? {}).filter(([code]) => code.startsWith("C"));
              expect([id, month, Object.fromEntries(said.map(([code, { value }]) => [code, value]))]).toEqual(
                [id, month, figures],
              );
            }
          }
          expect(await faultsOfVisits(tx)).toEqual([]);
        });
      }
    } finally {
      await pool.end();
    }
  });

  it("files what counter logs and petitions say in every month of both cities, the open one too", async () => {
    const pool = new Pool({ url: database.appUrl, size: 1 });
    try {
      for (const { city_id } of await superuser`select city_id from city`) {
        await withScope(pool, systemCaller(Number(city_id), now), { readOnly: true }, async (tx) => {
          const rows = await tx.sql<{ id: number; period: string; figures: Record<string, number> }[]>`
            select station_id as id, period, jsonb_object_agg(code, value) as figures from figure
            where city_id = ${tx.scope.cityId} and status in ('locked', 'accepted') and code ~ '^D0[1-7]'
            group by station_id, period`;
          expect(new Set(rows.map((row) => row.period)).size).toBe(13);
          for (const month of new Set(rows.map((row) => row.period))) {
            const filed = rows.filter((row) => row.period === month);
            const ids = filed.map(({ id }) => id);
            const registers = await registersOf(tx, ids, await catalogueAt(tx, period(month)));
            const other = filed.flatMap(({ id, figures }) =>
              Object.entries(figures)
                .map(([code, value]) => [code, value, registers.get(id)?.[code]?.value] as const)
                .filter(([, value, said]) => value !== said)
                .map(([code, value, said]) => `${id} ${month} ${code}: ${said} for ${value}`),
            );
            expect(other).toEqual([]);
          }
          expect(await faultsOfPetitions(tx)).toEqual([]);
        });
      }
    } finally {
      await pool.end();
    }
  });

  it("files what the cases of assistance say, and no aid where there is none, in both cities", async () => {
    const pool = new Pool({ url: database.appUrl, size: 1 });
    try {
      for (const { city_id } of await superuser`select city_id from city`) {
        await withScope(pool, systemCaller(Number(city_id), now), { readOnly: true }, async (tx) => {
          const rows = await tx.sql<{ id: number; period: string; figures: Record<string, number> }[]>`
            select station_id as id, period, jsonb_object_agg(code, value) as figures from figure
            where city_id = ${tx.scope.cityId} and status <> 'draft' and code between 'E01' and 'E04'
            group by station_id, period`;
          let compared = 0;
          for (const month of new Set(rows.map((row) => row.period))) {
            const filed = rows.filter((row) => row.period === month);
            const ids = filed.map(({ id }) => id);
            const registers = await registersOf(tx, ids, await catalogueAt(tx, period(month)));
            for (const { id, figures } of filed) {
              const said = Object.entries(registers.get(id) ?? {}).filter(([code]) => /^E0[1-4]$/.test(code));
              // Before its first application a station's register says nothing, and nobody has been helped.
              if (said.length === 0) {
                const without = Object.entries(figures).filter(([, value]) => value !== 0);
                expect([id, month, without]).toEqual([id, month, []]);
                continue;
              }
              compared += 1;
              expect([id, month, Object.fromEntries(said.map(([code, { value }]) => [code, value]))]).toEqual(
                [id, month, figures],
              );
            }
          }
          expect(compared).toBeGreaterThan(50);
          const [states] = await tx.sql<{ states: number }[]>`
            select count(distinct state)::int as states from assistance_case where city_id = ${tx.scope.cityId}`;
          expect(states?.states).toBeGreaterThan(8);
          expect(await faultsOfAssistance(tx)).toEqual([]);
        });
      }
    } finally {
      await pool.end();
    }
  });

  it("files as many pairs as have pairing cards, from the first of them on", async () => {
    const pool = new Pool({ url: database.appUrl, size: 1 });
    try {
      const [yunling] = await superuser`
        select city_id from station where kind = 'cadre_home' limit 1`;
      await withScope(pool, systemCaller(Number(yunling?.city_id), now), { readOnly: true }, async (tx) => {
        const rows = await tx.sql<{ id: number; period: string; value: number }[]>`
          select station_id as id, period, value::int as value from figure
          where city_id = ${tx.scope.cityId} and status <> 'draft' and code = 'H05' and value > 0`;
        const compared: [number, string, number][] = [];
        for (const month of new Set(rows.map((row) => row.period))) {
          const filed = rows.filter((row) => row.period === month);
          const ids = filed.map(({ id }) => id);
          const registers = await registersOf(tx, ids, await catalogueAt(tx, period(month)));
          for (const { id, value } of filed) {
            const said = registers.get(id)?.H05?.value;
            if (said === undefined) continue;
            compared.push([id, month, value]);
            expect([id, month, said]).toEqual([id, month, value]);
          }
        }
        // Seven service points, in ten of thirteen months.
        expect(compared.length).toBe(70);
      });
    } finally {
      await pool.end();
    }
  });

  it("gives every person an account and every account a role, but for the operator", async () => {
    const [lost] = await superuser`
      select count(*)::int as n from membership m left join app_user u on u.id = m.user_id
      where u.username is distinct from m.username or u.name is distinct from m.name`;
    expect(lost?.n).toBe(0);
    const without = await superuser`
      select username from app_user u where not exists (select from membership m where m.user_id = u.id)`;
    expect(without).toMatchObject([{ username: "operator" }]);
  });

  it("is the same on another machine on the same day", { timeout: 120_000 }, async () => {
    const other = await testDatabase();
    const there = postgres(other.superUrl, { max: 1, onnotice: () => {} });
    try {
      await seed({ ...options(), ...other, now: new Date("2026-11-21T15:59:00Z") });
      expect(await fingerprint(there)).toEqual(await fingerprint(superuser));
    } finally {
      await there.end();
      await other.drop();
    }
  });

  it("leaves nothing half when it is killed, and is whole after the next start", {
    timeout: 120_000,
  }, async () => {
    const other = await testDatabase();
    const there = postgres(other.superUrl, { max: 2, onnotice: () => {} });
    try {
      const seeding = seed({ ...options(), ...other });
      seeding.catch(() => {});
      await killWhileWriting(there);
      await expect(seeding).rejects.toThrow();
      const [cut] = await there`
        select (select count(*)::int from city) as cities, (select count(*)::int from monthly_report) as reports`;
      expect(cut).toEqual({ cities: 0, reports: 0 });
      await seed({ ...options(), ...other });
      expect(await story(there)).toEqual(await story(superuser));
    } finally {
      await there.end();
      await other.drop();
    }
  });

  it("refuses to give a demo role to somebody who has the username already", async () => {
    const other = await testDatabase();
    const there = postgres(other.superUrl, { max: 1, onnotice: () => {} });
    try {
      await there`
        insert into app_user (id, username, name, password_hash, password_changed_at, created_at)
        values (gen_random_uuid(), 'liuhe.head', '某人', 'x', now(), now())`;
      await expect(seed({ ...options(), ...other })).rejects.toThrow("liuhe.head");
      expect(await there`select from city`).toHaveLength(0);
    } finally {
      await there.end();
      await other.drop();
    }
  });

  it("lays nothing without the demo", async () => {
    const other = await testDatabase();
    const there = postgres(other.superUrl, { max: 1, onnotice: () => {} });
    try {
      await seed({ ...options(), ...other, demo: false });
      expect(await there`select from city union all select from app_user`).toHaveLength(0);
    } finally {
      await there.end();
      await other.drop();
    }
  });
});

/** Ends the seed's backends as soon as it has begun to write reports. */
async function killWhileWriting(sql: Sql): Promise<void> {
  for (;;) {
    const writing = await sql`
      select pid from pg_stat_activity
      where datname = current_database() and application_name = 'muster-seed'
        and query ~ 'insert into "(report_event|monthly_report|audit_log)"'`;
    if (writing.length > 0) {
      await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'muster-seed'`;
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const TABLES = [
  "city",
  "station",
  "station_facts",
  "station_premises",
  "membership",
  "app_user",
  "indicator",
  "check_rule",
  "deadline_rule",
  "staffing_rule",
  "monthly_report",
  "report_event",
  "rollup",
  "month_sign_off",
  "month_lock",
  "report_remark",
  "message",
  "staff",
  "staff_posts",
  "leading_group",
  "liaison_cover",
  "training",
  "training_attendance",
  "person",
  "person_category",
  "person_confirmation",
  "contact_rule",
  "visit",
  "visit_person",
  "visit_notice",
  "visit_duty",
  "audit_log",
];

/** What is sealed is another text at every sealing. */
const SEALED: Record<string, readonly string[]> = { person: ["id_number", "phone"], visit: ["content"] };

/** A hash of every table, without the numbers that the creation of a city makes by itself. */
async function fingerprint(sql: Sql): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const table of TABLES) {
    const [row] = await sql`
      select md5(coalesce(string_agg(line, chr(10) order by line), '')) as hash from (
        select case when to_jsonb(t) ->> 'action' = 'city.create' then '' else (to_jsonb(t) - ${[...(SEALED[table] ?? [])]}::text[])::text end as line
        from ${sql(table)} t) lines`;
    hashes[table] = row?.hash;
  }
  return hashes;
}

/** What was told, apart from numbers: after a kill the sequences go on where they were. */
async function story(sql: Sql) {
  return sql`
    select s.code, r.period, r.status, r.figures, r.warnings, r.on_time
    from monthly_report r join station s on s.city_id = r.city_id and s.id = r.station_id
    order by s.code, r.period`;
}
