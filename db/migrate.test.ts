import { randomBytes } from "node:crypto";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migrate, migrationsCurrent } from "./migrate";
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
