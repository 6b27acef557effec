import { fileURLToPath } from "node:url";
import { type FileStore, openStore, placeFrom } from "@muster/files/store";
import { openKeyring } from "@muster/secrets/key-place";
import type { Keyring } from "@muster/secrets/keyring";
import postgres from "postgres";
import { Pool } from "./client";
import { migrate, migrationsCurrent } from "./migrate";
import { fillStandings } from "./queries/standings/fill";
import { authUrlFrom } from "./roles";
import { seed } from "./seed/main";

export interface SetUpOptions {
  appUrl: string;
  authUrl: string;
  /** Without it nothing is changed: the database must have been migrated by its owner. */
  ownerUrl?: string | undefined;
  /** Whether to lay the two fictional cities. */
  demo: boolean;
  log: (line: string) => void;
  /** The keys of personal data, opened or made when the demo is laid. */
  keys: () => Keyring;
  /** Where the demo's photos are laid; without it there are none. */
  files?: FileStore | undefined;
}

/**
 * Makes a database ready to serve: migrations, the catalogue, and the demo cities when asked for. Safe to
 * repeat. Throws one sentence when the database cannot be reached or lacks migrations that only its
 * owner may run.
 */
export async function setUp({ ownerUrl, ...options }: SetUpOptions): Promise<void> {
  if (!ownerUrl) {
    await refuseUnlessCurrent(options.appUrl);
    options.log("MIGRATE_DATABASE_URL 未设置,数据库保持原样 The database is current and is left as it is");
    return;
  }
  await migrate({ ...options, ownerUrl });
  await seed({ ...options, ownerUrl });
  await fill(options);
}

async function fill({ appUrl, authUrl, log }: Omit<SetUpOptions, "ownerUrl">): Promise<void> {
  const app = new Pool({ url: appUrl, size: 1, statementTimeout: 0, name: "muster-setup" });
  const auth = new Pool({ url: authUrl, size: 1, statementTimeout: 0, name: "muster-setup" });
  try {
    const cities = await fillStandings(app, auth, new Date());
    if (cities > 0) log(`已按考评与花名册补记各站现状 Counted how the stations of ${cities} cities stand`);
  } finally {
    await Promise.all([app.end(), auth.end()]);
  }
}

async function refuseUnlessCurrent(appUrl: string): Promise<void> {
  const sql = postgres(appUrl, { max: 1, onnotice: () => {} });
  try {
    if (await migrationsCurrent(sql)) return;
  } finally {
    await sql.end({ timeout: 5 });
  }
  throw new Error(
    "The database lacks migrations of this version: set MIGRATE_DATABASE_URL to its owner's login and start again.",
  );
}

/** PostgreSQL's own words; drizzle wraps them into the text of the failing statement. */
function reason(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reason).join("; ");
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message || String(error);
}

async function main(): Promise<void> {
  const { DATABASE_URL, AUTH_DATABASE_URL, MIGRATE_DATABASE_URL, MUSTER_DEMO } = process.env;
  if (!DATABASE_URL) throw new Error("DATABASE_URL is not set.");
  await setUp({
    appUrl: DATABASE_URL,
    authUrl: authUrlFrom(DATABASE_URL, AUTH_DATABASE_URL),
    ownerUrl: MIGRATE_DATABASE_URL,
    demo: MUSTER_DEMO === "1",
    keys: () => openKeyring(process.env),
    files: openStore(placeFrom(process.env)),
    log: (line) => console.log(line),
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    console.error(reason(error));
    process.exitCode = 1;
  });
}
