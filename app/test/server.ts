import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestDatabase } from "@muster/db/testing/database";
import type { Subject } from "@muster/domain/evidence";
import { TEST_KEYS } from "@muster/secrets/keyring.fixture";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The built server as a process of its own, on a free port of the loopback address. */
export interface TestServer {
  origin: string;
  /** Where it keeps files; gone after its end. */
  files: string;
  process: ChildProcess;
  /** What it wrote so far. */
  output(): string;
  /** SIGTERM, then waits for its end. */
  stop(): Promise<number | null>;
  /** SIGKILL, then waits for its end. */
  kill(): Promise<void>;
}

/**
 * Starts `build/` on a test database and waits until it is ready. `npm run build` comes first.
 * Throws with what the server wrote when it ends before that.
 */
export async function startServer(
  database: Pick<TestDatabase, "appUrl" | "authUrl">,
  env: Record<string, string> = {},
): Promise<TestServer> {
  if (!existsSync(`${ROOT}build/server/index.js`))
    throw new Error("there is no build: run `npm run build` first");
  const port = env.PORT ?? String(await freePort());
  const origin = `http://127.0.0.1:${port}`;
  const files = await mkdtemp(join(tmpdir(), "muster-test-files-"));
  const child = spawn(process.execPath, ["app/server/main.mjs"], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: database.appUrl,
      AUTH_DATABASE_URL: database.authUrl,
      HOST: "127.0.0.1",
      PORT: port,
      PUBLIC_ORIGIN: origin,
      LOG_LEVEL: "warn",
      MUSTER_FILES: files,
      ...TEST_KEYS,
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let written = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      written = (written + chunk.toString()).slice(-200_000);
    });
  }
  const ended = once(child, "exit").then(() => rm(files, { recursive: true, force: true }));
  const server: TestServer = {
    origin,
    files,
    process: child,
    output: () => written,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGTERM");
        await ended;
      }
      return child.exitCode;
    },
    async kill() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGKILL");
        await ended;
      }
    },
  };
  await ready(server);
  return server;
}

async function ready(server: TestServer): Promise<void> {
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    if (server.process.exitCode !== null) throw new Error(`the server ended:\n${server.output()}`);
    try {
      const answer = await fetch(`${server.origin}/readyz`);
      if (answer.ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await server.kill();
  throw new Error(`the server was not ready in 30 s:\n${server.output()}`);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

/** Signs in through the login form and answers with the cookie; throws when the login is refused. */
export async function signIn(server: TestServer, username: string, password: string): Promise<string> {
  const answer = await fetch(`${server.origin}/login`, {
    method: "POST",
    redirect: "manual",
    headers: { Origin: server.origin, "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ username, password }),
  });
  const cookie = answer.headers.getSetCookie().map((line) => line.split(";", 1)[0] ?? "");
  if (answer.status >= 400 || cookie.length === 0) {
    throw new Error(`login of ${username} was answered ${answer.status}`);
  }
  return cookie.join("; ");
}

/** Sends a file to the evidence of a station, as the page's own script does. */
export function sendEvidence(
  server: Pick<TestServer, "origin">,
  cookie: string,
  stationId: number,
  bytes: Uint8Array,
  {
    title = "门牌照片",
    name = "a.jpg",
    expiresOn = "",
    subject = { kind: "station", id: String(stationId) } as Subject,
  } = {},
): Promise<Response> {
  const form = new FormData();
  form.append("title", title);
  form.append("expiresOn", expiresOn);
  form.append("file", new Blob([bytes as BlobPart]), name);
  return fetch(`${server.origin}/evidence/send?kind=${subject.kind}&id=${subject.id}`, {
    method: "POST",
    redirect: "manual",
    headers: { Origin: server.origin, Cookie: cookie, Accept: "application/json" },
    body: form,
  });
}
