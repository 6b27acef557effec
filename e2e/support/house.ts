import { type ChildProcess, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Pool } from "@muster/db/client";
import { examine } from "@muster/db/doctor";
import { findLogin } from "@muster/db/queries/identity/accounts";
import { insertSession } from "@muster/db/queries/identity/sessions";
import { withAuth } from "@muster/db/scope";
import { demoDatabase, TEST_KEYS, type TestDatabase } from "@muster/db/testing/database";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const DAY_MS = 86_400_000;

/** The built server on a clone of the demo cities: nobody else's tests change what it shows. */
export interface House {
  origin: string;
  /** Cookie value of a fresh session, written as a row: only the login's own test goes through the form. */
  signIn(username: string): Promise<string>;
  /** Lets days pass: from here on it is noon of this day, `YYYY-MM-DD`. Who was signed in has to sign in again. */
  turnTo(day: string): Promise<void>;
  /** What the doctor finds wrong: nothing, whatever a test did. */
  faults(): Promise<string[]>;
  /** What the server wrote at level "warn" and above. */
  output(): string;
  close(): Promise<void>;
}

/** Clones the demo and starts the server on it. */
export async function openHouse(): Promise<House> {
  const database = await demoDatabase(new Date());
  const auth = new Pool({ url: database.authUrl, size: 1, name: "e2e" });
  const origin = `http://127.0.0.1:${await freePort()}`;
  const files = await mkdtemp(join(tmpdir(), "muster-e2e-files-"));
  let noon: Date | null = null;
  let server = start(database, origin, files, noon);
  const house: House = {
    origin,
    output: () => server.output(),
    signIn: (username) => insertSessionFor(auth, username, noon ?? new Date()),
    async turnTo(day) {
      const next = new Date(`${day}T12:00:00+08:00`);
      if (noon?.getTime() === next.getTime()) return;
      await end(server.child);
      noon = next;
      server = start(database, origin, files, noon);
      await untilReady(server.child, origin, server.output);
    },
    faults: async () =>
      (await examine({ appUrl: database.appUrl, authUrl: database.authUrl, recount: false })).faults,
    async close() {
      await end(server.child);
      await auth.end();
      await database.drop();
      await rm(files, { recursive: true, force: true });
      await rm(`${files}-keys.json`, { force: true });
    },
  };
  await untilReady(server.child, origin, server.output).catch(async (error) => {
    await house.close();
    throw error;
  });
  return house;
}

function start(database: TestDatabase, origin: string, files: string, fixed: Date | null) {
  const child = spawn(
    process.execPath,
    // Ends with this process, also when it is killed.
    ["--import", `file://${ROOT}packages/launch/end-with-launcher.mjs`, "app/server/main.mjs"],
    {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      env: {
        ...process.env,
        NODE_ENV: "production",
        DATABASE_URL: database.appUrl,
        AUTH_DATABASE_URL: database.authUrl,
        HOST: "127.0.0.1",
        PORT: new URL(origin).port,
        PUBLIC_ORIGIN: origin,
        MUSTER_DEMO: "1",
        MUSTER_FILES: files,
        ...TEST_KEYS,
        LOG_LEVEL: "warn",
        ...(fixed ? { MUSTER_NOW: fixed.toISOString() } : {}),
      },
    },
  );
  let written = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      written = (written + chunk.toString()).slice(-50_000);
    });
  }
  return { child, output: () => written };
}

async function untilReady(child: ChildProcess, origin: string, output: () => string): Promise<void> {
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`the server ended:\n${output()}`);
    const answer = await fetch(`${origin}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await pause(50);
  }
  throw new Error(`the server was not ready in 30 s:\n${output()}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";

async function insertSessionFor(auth: Pool, username: string, createdAt: Date): Promise<string> {
  const id = [...randomBytes(40)].map((byte) => LETTERS[byte % LETTERS.length]).join("");
  await withAuth(auth, createdAt, async (tx) => {
    const account = await findLogin(tx, username);
    if (!account) throw new Error(`the demo has no ${username}`);
    await insertSession(tx, {
      idHash: createHash("sha256").update(id).digest(),
      userId: account.id,
      cityId: account.acting?.cityId ?? null,
      membershipId: account.acting?.membershipId ?? null,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + DAY_MS),
      userAgent: "Muster e2e",
      ip: "127.0.0.1",
    });
  });
  return id;
}
