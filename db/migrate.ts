import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres, { type Sql } from "postgres";
import { ensureRoles } from "./roles";

/** Any fixed number that nothing else in the database locks on: two starts at once migrate one after the other. */
const MIGRATION_LOCK = 73_051_950;

export interface MigrationUrls {
  /** A login that is muster_owner, a member of it, or allowed to create it. */
  ownerUrl: string;
  /** muster_app's login. */
  appUrl: string;
  /** muster_auth's login, default: the app's with the user replaced. */
  authUrl?: string;
}

/**
 * Brings a database to the newest migration: roles first, then the tables, which muster_owner owns
 * whoever logs in. Safe to run at any time and by several processes at once. Throws what PostgreSQL
 * says of a failing statement; a failed run leaves the database as it was.
 */
export async function migrate(urls: MigrationUrls, folder = migrationsFolder()): Promise<void> {
  const sql = postgres(urls.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await ensureRoles(sql, urls);
    await sql`set role muster_owner`;
    await runMigrations(drizzle(sql), { migrationsFolder: folder });
    await letRolesSeeMigrations(sql);
  } finally {
    // Ending the connection also ends the lock.
    await sql.end({ timeout: 5 });
  }
}

/**
 * Whether every migration of this version has been applied; a database newer than the program counts
 * as current. Works as any of the roles; false on a database never migrated.
 */
export async function migrationsCurrent(sql: Sql, folder = migrationsFolder()): Promise<boolean> {
  const [table] = await sql<{ there: boolean }[]>`
    select to_regclass('drizzle.__drizzle_migrations') is not null as there`;
  if (!table?.there) return false;
  const applied = await sql<{ hash: string }[]>`select hash from drizzle.__drizzle_migrations`;
  const hashes = new Set(applied.map(({ hash }) => hash));
  return readMigrationFiles({ migrationsFolder: folder }).every(({ hash }) => hashes.has(hash));
}

/** `db/migrations`, also when this file has been bundled into the server's build. */
export function migrationsFolder(): string {
  let from = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    for (const folder of [join(from, "migrations"), join(from, "db/migrations")]) {
      if (existsSync(join(folder, "meta/_journal.json"))) return folder;
    }
    if (from === dirname(from)) throw new Error("There is no db/migrations/meta/_journal.json.");
    from = dirname(from);
  }
}

async function letRolesSeeMigrations(sql: Sql): Promise<void> {
  await sql`grant usage on schema drizzle to muster_app, muster_auth`;
  await sql`grant select on drizzle.__drizzle_migrations to muster_app, muster_auth`;
}
