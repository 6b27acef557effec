import { randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migrate, migrationsCurrent, migrationsFolder } from "./migrate";
import { type TestDatabase, testDatabase } from "./testing/database";

let template: TestDatabase;
let admin: Sql;
const names: string[] = [];
const roles: string[] = [];

beforeAll(async () => {
  // Its roles and their passwords are what the databases below use.
  template = await testDatabase();
  admin = postgres(template.superUrl, { max: 1, onnotice: () => {} });
});

afterAll(async () => {
  for (const name of names) await admin`drop database if exists ${admin(name)} with (force)`;
  for (const role of roles) await admin`drop role ${admin(role)}`;
  await admin.end();
  await template.drop();
});

/** A database without any table, owned by `owner`, and the URLs of the roles in it. */
async function emptyDatabase(owner = "muster_owner") {
  const name = `${template.name}_${names.length}`;
  names.push(name);
  await admin`create database ${admin(name)} owner ${admin(owner)}`;
  const inIt = (url: string) => url.replace(template.name, name);
  return {
    superUrl: inIt(template.superUrl),
    ownerUrl: inIt(template.ownerUrl),
    appUrl: inIt(template.appUrl),
    authUrl: inIt(template.authUrl),
  };
}

/** A login that is nothing but a login. */
async function plainLogin(): Promise<string> {
  const role = `plain_${randomBytes(4).toString("hex")}`;
  roles.push(role);
  await admin.unsafe(`create role ${role} login password 'plain'`);
  return role;
}

function as(role: string, url: string): string {
  const other = new URL(url);
  other.username = role;
  other.password = "plain";
  return other.href;
}

async function using<T>(url: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

const ownersOfTables = (sql: Sql) =>
  sql`select distinct tableowner from pg_tables where schemaname in ('public', 'drizzle')`;

describe("migrating", () => {
  it.each(["superUrl", "ownerUrl"] as const)(
    "gives the tables to muster_owner when %s logs in",
    async (login) => {
      const urls = await emptyDatabase();
      await migrate({ ...urls, ownerUrl: urls[login] });
      expect(await using(urls.superUrl, ownersOfTables)).toEqual([{ tableowner: "muster_owner" }]);
    },
  );

  it("can be repeated, and done by two at once", async () => {
    const urls = await emptyDatabase();
    await Promise.all([migrate(urls), migrate(urls)]);
    await migrate(urls);
    expect(await using(urls.appUrl, (sql) => migrationsCurrent(sql))).toBe(true);
  });

  it("serves a member of muster_owner that owns the database", async () => {
    const role = await plainLogin();
    await admin.unsafe(`grant muster_owner to ${role}`);
    const urls = await emptyDatabase(role);
    await migrate({ ...urls, ownerUrl: as(role, urls.ownerUrl) });
    expect(await using(urls.superUrl, ownersOfTables)).toEqual([{ tableowner: "muster_owner" }]);
  });
});

describe("a login that may not migrate", () => {
  it("is refused with the statement that would let it", async () => {
    const role = await plainLogin();
    const urls = await emptyDatabase();
    await expect(migrate({ ...urls, ownerUrl: as(role, urls.ownerUrl) })).rejects.toThrow(
      `grant muster_owner to "${role}";`,
    );
  });

  it("is refused where muster_owner may not make tables", async () => {
    const role = await plainLogin();
    await admin.unsafe(`grant muster_owner to ${role}`);
    const urls = await emptyDatabase("postgres");
    await expect(migrate({ ...urls, ownerUrl: as(role, urls.ownerUrl) })).rejects.toThrow(
      /grant create on database ".+" to muster_owner;/,
    );
  });

  it("is not even tried when DATABASE_URL is a superuser's", async () => {
    const urls = await emptyDatabase();
    await expect(migrate({ ...urls, appUrl: urls.superUrl })).rejects.toThrow(
      "DATABASE_URL must log in as muster_app",
    );
  });
});

describe("whether the migrations are current", () => {
  it("is answered no on an empty database, yes after migrating, to the app and to the auth", async () => {
    const urls = await emptyDatabase();
    for (const url of [urls.appUrl, urls.authUrl]) {
      expect(await using(url, (sql) => migrationsCurrent(sql))).toBe(false);
    }
    await migrate(urls);
    for (const url of [urls.appUrl, urls.authUrl]) {
      expect(await using(url, (sql) => migrationsCurrent(sql))).toBe(true);
    }
  });

  it("is answered no when one is missing, and yes when the database is ahead", async () => {
    const urls = await emptyDatabase();
    await migrate(urls);
    await using(urls.ownerUrl, async (sql) => {
      await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of a later version', 0)`;
      expect(await migrationsCurrent(sql)).toBe(true);
      await sql`delete from drizzle.__drizzle_migrations
        where id = (select max(id) from drizzle.__drizzle_migrations where hash <> 'of a later version')`;
      expect(await migrationsCurrent(sql)).toBe(false);
    });
  });
});

describe("a test's database", () => {
  it("is its own: what one writes the other does not see", async () => {
    const other = await testDatabase();
    try {
      await using(template.ownerUrl, (sql) => sql`create table only_here (id int)`);
      const there = (sql: Sql) => sql`select to_regclass('only_here') as it`;
      expect(await using(other.ownerUrl, there)).toEqual([{ it: null }]);
      expect(await using(template.ownerUrl, there)).toEqual([{ it: "only_here" }]);
    } finally {
      await other.drop();
    }
  });
});

/** The migrations before one of them, as a database stood that never had it. */
async function migrateUpTo(urls: Parameters<typeof migrate>[0], before: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "migrations-"));
  try {
    cpSync(migrationsFolder(), folder, { recursive: true });
    const journal = join(folder, "meta/_journal.json");
    const all = JSON.parse(readFileSync(journal, "utf8")) as { entries: { tag: string }[] };
    const entries = all.entries.slice(
      0,
      all.entries.findIndex(({ tag }) => tag === before),
    );
    writeFileSync(journal, JSON.stringify({ ...all, entries }));
    await migrate(urls, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("what was stored before", () => {
  it("keeps the time a reopened station was closed, in every city", async () => {
    const urls = await emptyDatabase();
    await migrateUpTo(urls, "0004_closed_spans");
    await using(urls.superUrl, async (sql) => {
      for (const city of [11, 12]) {
        await sql`insert into station (city_id, path, id, code, name, level, opened_on, search)
          values (${city}, '/', ${city}, '1', '市', 'city', '2010-01-01', ''),
            (${city}, '/7/', ${city + 100}, '7', '镇', 'town', '2010-01-01', '')`;
        await sql`insert into station_event (city_id, path, id, station_id, kind, effective_on, details, at, by_name)
          values (${city}, '/7/', gen_random_uuid(), ${city + 100}, 'reopen', '2024-03-01', '{"closedOn":"2024-01-15"}', now(), ''),
            (${city}, '/7/', gen_random_uuid(), ${city + 100}, 'reopen', '2025-06-01', '{"closedOn":"2025-05-01"}', now(), '')`;
      }
    });
    await migrate(urls);
    const spans = await using(
      urls.superUrl,
      (sql) =>
        sql`select city_id::int as city, closed_spans::text as spans from station where id > 100 order by city_id`,
    );
    const both = "{[2024-01-15,2024-03-01),[2025-05-01,2025-06-01)}";
    expect(spans).toEqual([
      { city: 11, spans: both },
      { city: 12, spans: both },
    ]);
    const held = await using(
      urls.superUrl,
      (sql) =>
        sql`select bool_and(relforcerowsecurity) as held from pg_class where relname in ('station', 'station_event')`,
    );
    expect(held).toEqual([{ held: true }]);
  });
});
