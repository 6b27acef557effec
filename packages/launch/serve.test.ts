import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { runningEmbedded } from "@muster/db/embedded";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

// Whole servers are started here, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Stands for the application: says what it was given, and ends in the way that PLAN asks for. */
const SERVER = `
import { createServer } from "node:http";
const seen = Object.fromEntries(["DATABASE_URL", "AUTH_DATABASE_URL", "MIGRATE_DATABASE_URL", "PUBLIC_ORIGIN"]
  .map((name) => [name, process.env[name] ?? null]));
createServer((request, response) => response.end(JSON.stringify({ ...seen, pid: process.pid })))
  .listen(process.env.PORT, process.env.HOST);
if (process.env.PLAN === "die") setTimeout(() => process.exit(7), 1500);
process.on("SIGTERM", () => { if (process.env.PLAN !== "hang") process.exit(0); });
`;

let checkout: string;
let port: number;
const launched: ChildProcess[] = [];

/**
 * A checkout with the launcher and the database's code, but a server of the test's. One for all, so that its
 * cluster is made and migrated once; after each test nothing of it runs.
 */
beforeAll(() => {
  checkout = mkdtempSync(join(tmpdir(), "muster launch 试-"));
  chmodSync(checkout, 0o755);
  cpSync(join(ROOT, "packages/launch"), join(checkout, "packages/launch"), {
    recursive: true,
    filter: (path) => !path.includes("node_modules"),
  });
  writeFileSync(join(checkout, "package.json"), '{ "type": "module" }');
  symlinkSync(join(ROOT, "db"), join(checkout, "db"));
  layPackages();
  mkdirSync(join(checkout, "app/server"), { recursive: true });
  writeFileSync(join(checkout, "app/server/main.mjs"), SERVER);
});

beforeEach(async () => {
  port = await freePort();
});

afterEach(async () => {
  for (const child of launched.splice(0)) await end(child);
  await (await database())?.stop();
});

afterAll(() => rmSync(checkout, { recursive: true, force: true }));

/** The packages of this working copy, in a folder that the launcher takes for installed by npm. */
function layPackages(): void {
  writeFileSync(join(checkout, "package-lock.json"), "{}");
  mkdirSync(join(checkout, "node_modules"));
  for (const name of readdirSync(join(ROOT, "node_modules"))) {
    if (!name.startsWith("."))
      symlinkSync(join(ROOT, "node_modules", name), join(checkout, "node_modules", name));
  }
  writeFileSync(join(checkout, "node_modules/.package-lock.json"), "{}");
}

interface Launched {
  child: ChildProcess;
  /** Everything printed so far. */
  output(): string;
  /** Resolves when the address has been printed, or the launcher has ended. */
  settled: Promise<unknown>;
}

/** `npm run dev` without npm: the same road as `npm start`, less the build. */
function launch(env: Record<string, string> = {}): Launched {
  const { DATABASE_URL: _a, MUSTER_DATA: _b, npm_lifecycle_event: _c, ...inherited } = process.env;
  const child = spawn(process.execPath, [join(checkout, "packages/launch/dev.mjs")], {
    cwd: checkout,
    env: { ...inherited, PORT: String(port), MUSTER_DEMO: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  launched.push(child);
  let output = "";
  const settled = new Promise((resolve) => {
    child.once("exit", resolve);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text) => {
        output += text;
        if (output.includes("Ctrl-C")) resolve(undefined);
      });
    }
  });
  return { child, output: () => output, settled };
}

async function launchAndWait(env?: Record<string, string>): Promise<Launched> {
  const launcher = launch(env);
  await launcher.settled;
  return launcher;
}

async function exitCode(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

const database = () => runningEmbedded(join(checkout, ".data/pg"));

async function ask(): Promise<Record<string, string | null>> {
  return (await (await fetch(`http://127.0.0.1:${port}/`)).json()) as Record<string, string | null>;
}

async function serverIsGone(): Promise<boolean> {
  for (let tries = 0; tries < 40; tries++) {
    try {
      await ask();
    } catch {
      return true;
    }
    await sleep(50);
  }
  return false;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  await once(probe.close(), "close");
  return typeof address === "object" && address ? address.port : 0;
}

describe("starting", () => {
  it("hands the server the app's and the auth's logins, and never the owner's", async () => {
    const { output } = await launchAndWait();
    expect(output()).toContain(`http://127.0.0.1:${port}`);
    const seen = await ask();
    expect(seen.DATABASE_URL).toMatch(/^postgres:\/\/muster_app:/);
    expect(seen.AUTH_DATABASE_URL).toMatch(/^postgres:\/\/muster_auth:/);
    expect(seen.MIGRATE_DATABASE_URL).toBeNull();
    expect(seen.PUBLIC_ORIGIN).toBe(`http://127.0.0.1:${port}`);
  });

  it("says in a sentence that the port is in use, before it does anything", async () => {
    const squatter = createServer().listen(port, "127.0.0.1");
    await once(squatter, "listening");
    try {
      const { child, output } = await launchAndWait();
      expect(await exitCode(child)).toBe(1);
      expect(output()).toMatch(new RegExp(`Port ${port} on 127.0.0.1 is in use: .+\\.\\s*$`));
      expect(output()).not.toContain("[1/");
    } finally {
      squatter.close();
    }
  });

  it.each([
    [{ PORT: "80000" }, "PORT=80000 is no port."],
    [{ PUBLIC_ORIGIN: "muster.example.cn" }, "PUBLIC_ORIGIN=muster.example.cn is no address"],
  ])("says in a sentence that %o makes no sense, before it does anything", async (env, sentence) => {
    const { child, output } = await launchAndWait(env);
    expect(await exitCode(child)).toBe(1);
    expect(output()).toContain(sentence);
    expect(output()).not.toMatch(/\[1\/| {4}at /);
  });

  it("says in a sentence that the addresses name two databases, and touches neither", async () => {
    const { child, output } = await launchAndWait({
      DATABASE_URL: "postgres://muster_app:a@127.0.0.1:1/restored",
      MIGRATE_DATABASE_URL: "postgres://muster_deploy:b@127.0.0.1:1/muster",
    });
    expect(await exitCode(child)).toBe(1);
    expect(output()).toContain(
      'DATABASE_URL is at the database "restored" and MIGRATE_DATABASE_URL at "muster"',
    );
    expect(output()).not.toContain("    at ");
  });

  it("says in a sentence that another start uses the folder, and leaves that one alone", async () => {
    const first = await launchAndWait();
    const second = await launchAndWait({ PORT: String(await freePort()) });
    expect(await exitCode(second.child)).toBe(1);
    expect(second.output()).toContain(`is in use by process ${first.child.pid}: stop that one first.`);
    expect(second.output()).not.toContain("    at ");
    expect((await ask()).DATABASE_URL).toBeTruthy();
  });
});

describe("stopping", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("leaves nothing behind after %s", async (signal) => {
    const { child } = await launchAndWait();
    child.kill(signal);
    expect(await exitCode(child)).toBe(0);
    expect(await serverIsGone()).toBe(true);
    expect(await database()).toBeNull();
  });

  it("kills a server that does not stop at the second signal, and still stops the database", async () => {
    const { child, output } = await launchAndWait({ PLAN: "hang" });
    child.kill("SIGINT");
    while (!output().includes("Stopping")) await sleep(20);
    await sleep(300);
    expect(child.exitCode).toBeNull();
    child.kill("SIGINT");
    expect(await exitCode(child)).toBe(0);
    expect(await serverIsGone()).toBe(true);
    expect(await database()).toBeNull();
  });

  it("stops the database and ends with the server's code when the server ends by itself", async () => {
    const { child, output } = await launchAndWait({ PLAN: "die" });
    expect(await exitCode(child)).toBe(7);
    expect(output()).toContain("The server ended (7)");
    expect(await database()).toBeNull();
  });
});

describe("after the launcher was killed", () => {
  it("the server ends by itself, and the next start takes over the database", async () => {
    const { child } = await launchAndWait();
    await end(child);
    expect(await serverIsGone()).toBe(true);
    const orphan = await database();
    const { output } = await launchAndWait();
    expect(output()).toContain("Took over");
    expect((await database())?.pid).toBe(orphan?.pid);
  });
});
