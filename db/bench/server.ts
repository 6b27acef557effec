import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { DatabaseUrls } from "../embedded";
import { KEY_VARIABLES } from "./keys";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** As `npm start` starts the server. */
const NODE_FLAGS: string[] = JSON.parse(readFileSync(`${ROOT}packages/launch/node-flags.json`, "utf8")).flags;

/** The built application, serving the benchmark's database. */
export interface BenchServer {
  origin: string;
  pid: number;
  /** Resident memory in megabytes. */
  memory(): number;
  stop(): Promise<void>;
}

/** Builds the application, if its sources changed, and starts it as a process of its own. */
export async function startServer({ appUrl, authUrl }: DatabaseUrls): Promise<BenchServer> {
  await build();
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const { MIGRATE_DATABASE_URL: _owner, ...inherited } = process.env;
  const child = spawn(process.execPath, [...NODE_FLAGS, "app/server/main.mjs"], {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...inherited,
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      PORT: String(port),
      PUBLIC_ORIGIN: origin,
      DATABASE_URL: appUrl,
      AUTH_DATABASE_URL: authUrl,
      MUSTER_DEMO: "0",
      ...KEY_VARIABLES,
      LOG_LEVEL: "error",
    },
  });
  // Whatever ends the benchmark ends its server.
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  try {
    await ready(child, origin);
  } catch (error) {
    kill();
    throw error;
  }
  return {
    origin,
    pid: child.pid ?? 0,
    memory: () => residentMegabytes(child),
    stop: async () => {
      process.off("exit", kill);
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}

async function build(): Promise<void> {
  const child = spawn("npm", ["run", "build"], { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
  const [code] = await once(child, "exit");
  if (code !== 0 || !existsSync(`${ROOT}/build/server/index.js`))
    throw new Error("The build failed: run npm run build.");
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await once(probe.listen(0, "127.0.0.1"), "listening");
  const address = probe.address();
  await once(probe.close(), "close");
  if (address === null || typeof address === "string") throw new Error("no port is free");
  return address.port;
}

async function ready(child: ChildProcess, origin: string): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(200)) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}.`);
    const answer = await fetch(`${origin}/readyz`).catch(() => null);
    if (answer?.ok) return;
  }
  throw new Error("The server was not ready within a minute.");
}

function residentMegabytes({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
}

/** Signs in as a browser does and answers the session's cookie. */
export async function signIn(origin: string, username: string, password: string): Promise<string> {
  const answer = await fetch(`${origin}/login`, {
    method: "POST",
    redirect: "manual",
    headers: { Origin: origin, "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ username, password }).toString(),
  });
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
  if (answer.status >= 400 || cookies.length === 0)
    throw new Error(`${username} could not sign in: ${answer.status}.`);
  return cookies.join("; ");
}
