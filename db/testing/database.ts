import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { localDate } from "@muster/domain/period";
import { testKeyring } from "@muster/secrets/keyring.fixture";
import postgres, { type Sql } from "postgres";
import { lives, markOf } from "../cluster/processes";
import { type DatabaseUrls, startEmbedded } from "../embedded";
import { migrate, migrationsFolder } from "../migrate";
import { type MusterRole, ROLE_ATTRIBUTES } from "../roles";

/** A migrated database of a test's own. */
export interface TestDatabase extends DatabaseUrls {
  /** The superuser in this database: sees past every policy, may end backends. */
  superUrl: string;
  name: string;
  /** Removes the database, ending whatever is still connected to it. */
  drop(): Promise<void>;
}

/** The keys that open a demo database's archives, as a server is given them. */
export { TEST_KEYS } from "@muster/secrets/keyring.fixture";

/** Settings of a cluster that nobody minds losing. */
export const THROWAWAY_SETTINGS: Record<string, string> = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum: "off",
  max_wal_size: "4GB",
  max_connections: "300",
};

const PASSWORD = "muster-test";
const TEMPLATE_LOCK = 73_051_951;
/** Other working copies and earlier migrations may still be under test on a shared cluster. */
const TEMPLATES_KEPT = 4;
const HOST = createHash("sha256").update(hostname()).digest("hex").slice(0, 6);

/**
 * A fresh database with every migration applied and no rows, a clone of a template that is built once
 * per state of `db/migrations`. The server is the one of TEST_DATABASE_SUPER_URL (a superuser of an
 * ordinary PostgreSQL 15 to 18), else an embedded one under `.data/test-pg` that keeps running and is
 * shared by all tests of this working copy. A test that forgets `drop` is cleaned up after by a later one.
 */
export async function testDatabase(migrations = migrationsFolder()): Promise<TestDatabase> {
  return cloneOf({
    name: templateName([migrations]),
    fill: (urls) => migrate(urls, migrations),
  });
}

/**
 * The same with the two demo cities in it, as they are on the day of `now`: seeded once per day and state of the
 * code that seeds, then cloned.
 */
export async function demoDatabase(now: Date): Promise<TestDatabase> {
  const migrations = migrationsFolder();
  const seeds = join(dirname(migrations), "seed");
  return cloneOf({
    name: templateName([migrations, seeds], localDate(now)),
    fill: async (urls) => {
      await migrate(urls, migrations);
      // Here and not above: the many tests that need no demo do not load what makes it.
      const { seed } = await import("../seed/main");
      await seed({ ...urls, demo: true, now, keys: testKeyring, archives: "brief" as const, log: () => {} });
    },
  });
}

/** A database that others are clones of. */
interface Template {
  name: string;
  fill: (urls: DatabaseUrls) => Promise<void>;
}

async function cloneOf(template: Template): Promise<TestDatabase> {
  const serverUrl = await testServer();
  const admin = postgres(serverUrl, { max: 1, onnotice: () => {} });
  try {
    const name = await cloneTemplate(admin, serverUrl, template);
    return { ...urlsOf(serverUrl, name), name, drop: () => drop(serverUrl, name) };
  } finally {
    await admin.end({ timeout: 5 });
  }
}

let server: Promise<string> | undefined;

/** The superuser's URL of the test server, found or started once per process. */
export function testServer(): Promise<string> {
  server ??= findServer();
  return server;
}

async function findServer(): Promise<string> {
  const given = process.env.TEST_DATABASE_SUPER_URL;
  const url = given ?? (await sharedServer());
  await dropAbandoned(url);
  return url;
}

async function sharedServer(): Promise<string> {
  const { superUrl } = await startEmbedded({
    dataDir: fileURLToPath(new URL("../../.data/test-pg", import.meta.url)),
    settings: THROWAWAY_SETTINGS,
    use: "share",
  });
  return superUrl;
}

async function cloneTemplate(admin: Sql, serverUrl: string, template: Template): Promise<string> {
  const name = `muster_test_${HOST}_${process.pid}_${markOf(process.pid).started}_${randomBytes(4).toString("hex")}`;
  if (!(await exists(admin, template.name))) await buildTemplate(admin, serverUrl, template);
  // Measured: 30 ms either way without fsync; with it wal_log takes 250 to 340 ms, file_copy 330 to 390.
  await admin`
    create database ${admin(name)} owner muster_owner template ${admin(template.name)} strategy wal_log`;
  return name;
}

/** One process builds; the others wait at the lock and find it built. */
async function buildTemplate(admin: Sql, serverUrl: string, { name, fill }: Template): Promise<void> {
  await admin`select pg_advisory_lock(${TEMPLATE_LOCK})`;
  try {
    if (await exists(admin, name)) return;
    await ensureTestRoles(admin);
    const unfinished = `${name}_unfinished`;
    await admin`drop database if exists ${admin(unfinished)} with (force)`;
    await admin`create database ${admin(unfinished)} owner muster_owner`;
    await fill(urlsOf(serverUrl, unfinished));
    await admin`alter database ${admin(unfinished)} rename to ${admin(name)}`;
    await dropOldTemplates(admin);
  } finally {
    await admin`select pg_advisory_unlock(${TEMPLATE_LOCK})`;
  }
}

async function ensureTestRoles(admin: Sql): Promise<void> {
  for (const role of Object.keys(ROLE_ATTRIBUTES) as MusterRole[]) {
    const [there] = await admin`select 1 from pg_roles where rolname = ${role}`;
    const what = there ? "alter" : "create";
    await admin.unsafe(`${what} role ${role} login ${ROLE_ATTRIBUTES[role]} password '${PASSWORD}'`);
  }
}

async function dropOldTemplates(admin: Sql): Promise<void> {
  const old = await admin<{ datname: string }[]>`
    select datname from pg_database where datname ^@ 'muster_tpl_' and not datname ~ 'unfinished'
    order by oid desc offset ${TEMPLATES_KEPT}`;
  for (const { datname } of old) await admin`drop database if exists ${admin(datname)} with (force)`;
}

/** Databases of processes of this machine that have ended without dropping them. */
async function dropAbandoned(serverUrl: string): Promise<void> {
  const admin = postgres(serverUrl, { max: 1, onnotice: () => {} });
  try {
    const clones = await admin<{ datname: string }[]>`
      select datname from pg_database where datname ^@ ${`muster_test_${HOST}_`}`;
    for (const { datname } of clones) {
      const [pid, started] = datname.split("_").slice(3);
      if (lives({ pid: Number(pid), started: started ?? "" })) continue;
      await admin`drop database if exists ${admin(datname)} with (force)`;
    }
  } finally {
    await admin.end({ timeout: 5 });
  }
}

async function drop(serverUrl: string, name: string): Promise<void> {
  const admin = postgres(serverUrl, { max: 1, onnotice: () => {} });
  try {
    await admin`drop database if exists ${admin(name)} with (force)`;
  } finally {
    await admin.end({ timeout: 5 });
  }
}

async function exists(admin: Sql, database: string): Promise<boolean> {
  return (await admin`select 1 from pg_database where datname = ${database}`).length > 0;
}

function templateName(folders: readonly string[], day = ""): string {
  const hash = createHash("sha256").update(day);
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length))
      .sort()
      .map((file) => ({ file, text: readFileSync(join(folder, file)) })),
  );
  for (const { file, text } of files) hash.update(file).update(text);
  return `muster_tpl_${hash.digest("hex").slice(0, 16)}`;
}

function urlsOf(serverUrl: string, database: string): DatabaseUrls & { superUrl: string } {
  const as = (role?: MusterRole) => {
    const url = new URL(serverUrl);
    url.pathname = `/${database}`;
    if (role) {
      url.username = role;
      url.password = PASSWORD;
    }
    return url.href;
  };
  return {
    superUrl: as(),
    ownerUrl: as("muster_owner"),
    appUrl: as("muster_app"),
    authUrl: as("muster_auth"),
  };
}
