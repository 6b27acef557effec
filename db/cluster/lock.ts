import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { lives, markOf, type ProcessMark } from "./processes";

const RETRY_MS = 50;
/** Breaking a dead process's lock takes microseconds; a breaker's own file older than this is dead too. */
const BREAKING_MS = 5_000;

/**
 * Runs `work` while holding a lock file, so that processes on one folder take turns. A lock left by a
 * process that died is broken. Waits up to `waitMs` milliseconds, then throws with the holder's number.
 */
export async function withLock<T>(path: string, waitMs: number, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + waitMs;
  while (!take(path)) {
    breakIfDead(path);
    if (Date.now() > deadline) {
      throw new Error(`Process ${holderOf(path)?.pid ?? "?"} has held ${path} for ${waitMs / 1000} s.`);
    }
    await sleep(RETRY_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function take(path: string): boolean {
  try {
    writeFileSync(path, JSON.stringify(markOf(process.pid)), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function holderOf(path: string): ProcessMark | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as ProcessMark;
  } catch {
    return null;
  }
}

/**
 * Two waiters may both see a dead holder; without the second file the slower one would remove the lock
 * that the faster one has just taken.
 */
function breakIfDead(path: string): void {
  if (!isDead(path)) return;
  const breaking = `${path}.breaking`;
  if (!take(breaking)) {
    if (ageMs(breaking) > BREAKING_MS) rmSync(breaking, { force: true });
    return;
  }
  try {
    if (isDead(path)) rmSync(path, { force: true });
  } finally {
    rmSync(breaking, { force: true });
  }
}

function isDead(path: string): boolean {
  const holder = holderOf(path);
  // A lock without a readable holder is either being written this instant or was cut short by a crash.
  return holder ? !lives(holder) : ageMs(path) > BREAKING_MS;
}

function ageMs(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}
