import { spawn } from "node:child_process";
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { handOver, runAs } from "./account";
import { program } from "./binaries";
import { clusterIn, type Place } from "./place";
import { commandOf, pidLives } from "./processes";

const POLL_MS = 25;
const START_MS = 60_000;
const STOP_MS = 60_000;
/** A server that lost a race for its port, or whose predecessor's processes are still ending, is tried again. */
const START_TRIES = 5;

/** A PostgreSQL server process of a place. */
export interface Postmaster {
  pid: number;
  port: number;
}

/**
 * Makes the cluster of a place. It is made beside and renamed when complete, so a process killed
 * half-way leaves no half cluster; its remains are removed first.
 */
export async function initCluster(
  place: Place,
  binaries: string,
  password: string,
  durable: boolean,
): Promise<void> {
  for (const name of readdirSync(place.folder)) {
    if (name.startsWith("init-")) rmSync(join(place.folder, name), { recursive: true, force: true });
  }
  const workshop = mkdtempSync(join(place.folder, "init-"));
  handOver(workshop, place.account);
  const passwordFile = join(workshop, "password");
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  handOver(passwordFile, place.account);
  const cluster = join(workshop, "cluster");
  await runInitdb(place, binaries, [
    ...["-D", cluster, "--username=postgres", `--pwfile=${passwordFile}`, "--auth=scram-sha-256"],
    // PostgreSQL's own C.UTF-8: the same on every operating system, whatever locales it has.
    ...["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
    ...(durable ? [] : ["--no-sync"]),
  ]);
  renameSync(cluster, clusterIn(place.folder));
  rmSync(workshop, { recursive: true, force: true });
}

function runInitdb(place: Place, binaries: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program(binaries, "initdb"), args, {
      ...runAs(place.account),
      env: serverEnvironment(),
      stdio: ["ignore", "ignore", "pipe"],
    });
    let complaint = "";
    child.stderr.on("data", (chunk) => {
      complaint += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`initdb failed (${code}): ${complaint.trim()}`));
    });
  });
}

/** Starts the server of a place on a free port and waits until it accepts connections. */
export async function startPostmaster(
  place: Place,
  binaries: string,
  settings: Record<string, string>,
  wantedPort: number | undefined,
): Promise<Postmaster> {
  for (let attempt = 1; ; attempt++) {
    const port = attempt === 1 && wantedPort && (await isFree(wantedPort)) ? wantedPort : await freePort();
    try {
      return await launch(place, binaries, { ...settings, port: String(port) });
    } catch (error) {
      if (attempt === START_TRIES) throw error;
      await sleep(200 * attempt);
    }
  }
}

async function launch(place: Place, binaries: string, settings: Record<string, string>): Promise<Postmaster> {
  const logFile = join(place.folder, "server.log");
  const log = openSync(logFile, "w", 0o600);
  const child = spawn(
    program(binaries, "postgres"),
    [
      "-D",
      clusterIn(place.folder),
      ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    // Detached: Ctrl-C in the terminal reaches every process of the group, and the database must outlive
    // the server that writes to it. Its holder stops it.
    { ...runAs(place.account), env: serverEnvironment(), stdio: ["ignore", log, log], detached: true },
  );
  closeSync(log);
  child.unref();
  let ended: string | undefined;
  child.on("error", (error) => {
    ended = error.message;
  });
  child.on("exit", (code, signal) => {
    ended = `ended with ${signal ?? code}`;
  });
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    if (ended !== undefined) throw new Error(`PostgreSQL did not start (${ended}): ${lastLines(logFile)}`);
    const lock = readLockFile(place);
    if (lock && lock.pid === child.pid && lock.ready) return { pid: lock.pid, port: lock.port };
    await sleep(POLL_MS);
  }
  child.kill("SIGQUIT");
  throw new Error(`PostgreSQL was not ready after ${START_MS / 1000} s: ${lastLines(logFile)}`);
}

/**
 * The server that runs on a place's cluster, or null. A postmaster.pid left behind by a killed server
 * or a switched-off machine is removed: its number may by now belong to a stranger.
 */
export async function findPostmaster(place: Place): Promise<Postmaster | null> {
  const deadline = Date.now() + START_MS;
  for (;;) {
    const lock = readLockFile(place);
    if (!lock) return null;
    if (!pidLives(lock.pid) || !isServerOf(lock.pid, place)) {
      rmSync(lockFile(place), { force: true });
      return null;
    }
    if (lock.ready) return { pid: lock.pid, port: lock.port };
    // It is starting, recovering or stopping; all of these end.
    if (Date.now() > deadline) return { pid: lock.pid, port: lock.port };
    await sleep(POLL_MS);
  }
}

/** Stops a server: open transactions are rolled back, the data is written; waits until it has ended. */
export async function stopPostmaster(pid: number): Promise<void> {
  if (await signalAndWait(pid, "SIGINT", STOP_MS)) return;
  if (await signalAndWait(pid, "SIGQUIT", 10_000)) return;
  throw new Error(`PostgreSQL (process ${pid}) does not stop.`);
}

async function signalAndWait(pid: number, signal: NodeJS.Signals, waitMs: number): Promise<boolean> {
  try {
    process.kill(pid, signal);
  } catch {
    return !pidLives(pid);
  }
  const deadline = Date.now() + waitMs;
  while (pidLives(pid)) {
    if (Date.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}

function isServerOf(pid: number, place: Place): boolean {
  return commandOf(pid).includes(clusterIn(place.folder));
}

function lockFile(place: Place): string {
  return join(clusterIn(place.folder), "postmaster.pid");
}

/** postmaster.pid by its lines: 1 the process, 4 the port, 8 the state. */
function readLockFile(place: Place): { pid: number; port: number; ready: boolean } | null {
  let lines: string[];
  try {
    lines = readFileSync(lockFile(place), "utf8").split("\n");
  } catch {
    return null;
  }
  return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
}

/** The caller's PG* and LC_* variables would change where the server looks and how it answers. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP, NODE_ENV } = process.env;
  return { PATH, SystemRoot, TEMP, NODE_ENV, LC_ALL: "C" };
}

function lastLines(file: string): string {
  return readFileSync(file, "utf8").trim().split("\n").slice(-5).join(" | ");
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer().once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
