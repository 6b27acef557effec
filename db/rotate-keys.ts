import { fileURLToPath } from "node:url";
import { addKey, openKeyring } from "@muster/secrets/key-place";
import type { Keyring } from "@muster/secrets/keyring";
import { Pool } from "./client";
import { resealBatch, sealedOtherwise } from "./queries/sealed";
import { authUrlFrom } from "./roles";
import { type Caller, systemCaller, withAuth, withScope } from "./scope";

const BATCH = 500;

export interface RotateOptions {
  appUrl: string;
  authUrl: string;
  /** Where the keys are kept: MUSTER_KEYS and MUSTER_INDEX_KEY, or MUSTER_KEY_FILE, MUSTER_DATA. */
  keys: Readonly<Record<string, string | undefined>>;
  now?: Date;
  log: (line: string) => void;
}

/**
 * Seals all personal data with a new key, batch by batch while the service runs. Ended half way, the next run goes on
 * with the key that seals already instead of adding another. Keys are never removed: backups need the old ones.
 * Answers how many rows it sealed. Throws what the keys or the database say.
 */
export async function rotateKeys({
  appUrl,
  authUrl,
  keys,
  now = new Date(),
  log,
}: RotateOptions): Promise<number> {
  const app = new Pool({ url: appUrl, size: 1, name: "muster-rotate", statementTimeout: 0 });
  const auth = new Pool({ url: authUrl, size: 1, name: "muster-rotate" });
  try {
    const cities = await withAuth(
      auth,
      now,
      ({ sql }) => sql<{ id: number; name: string }[]>`select city_id as id, name from city order by city_id`,
    );
    const callers = cities.map(({ id, name }) => ({ name, caller: systemCaller(id, now, "rotate-keys") }));
    let ring = openKeyring(keys);
    const old = await restOf(app, callers, ring.current);
    // In the environment the operator has added the key already.
    if (old === 0 && !keys.MUSTER_KEYS) {
      const version = addKey(keys);
      ring = openKeyring(keys);
      log(`新密钥 New key: version ${version}`);
    }
    let sealed = 0;
    for (const { name, caller } of callers) {
      const rows = await resealCity(app, caller, ring);
      if (rows > 0) log(`${name}: ${rows}`);
      sealed += rows;
    }
    return sealed;
  } finally {
    await Promise.all([app.end(), auth.end()]);
  }
}

async function restOf(app: Pool, cities: readonly { caller: Caller }[], version: number): Promise<number> {
  let rest = 0;
  for (const { caller } of cities)
    rest += await withScope(app, caller, { readOnly: true }, (tx) => sealedOtherwise(tx, version));
  return rest;
}

async function resealCity(app: Pool, caller: Caller, ring: Keyring): Promise<number> {
  let sealed = 0;
  for (;;) {
    const rows = await withScope(app, caller, { readOnly: false }, (tx) => resealBatch(tx, ring, BATCH));
    if (rows === 0) return sealed;
    sealed += rows;
  }
}

async function main(): Promise<void> {
  const { DATABASE_URL, AUTH_DATABASE_URL } = process.env;
  if (!DATABASE_URL) throw new Error("DATABASE_URL is not set.");
  const sealed = await rotateKeys({
    appUrl: DATABASE_URL,
    authUrl: authUrlFrom(DATABASE_URL, AUTH_DATABASE_URL),
    keys: process.env,
    log: (line) => console.log(line),
  });
  console.log(`✓ 已重新加密 Sealed anew: ${sealed}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
