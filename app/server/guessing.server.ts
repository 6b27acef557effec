import {
  type AttemptRule,
  countAttempt,
  forgetAttempts,
  SlowDown,
} from "@muster/db/queries/identity/login-attempts";
import type { AuthTx } from "@muster/db/scope";
import { withAuth } from "./database.server";
import { Refusal } from "./errors.server";

/** Free attempts and first delay (seconds) for what one person's password is tried against. */
export const BY_PERSON = { free: 5, delay: 2 };

/**
 * Counts an attempt and runs `fn`, which gets the counts by key, in the same transaction; 429 with the time to wait
 * while a delay runs.
 */
export async function counted<T>(
  now: Date,
  rules: (tx: AuthTx) => Promise<AttemptRule[]>,
  fn: (tx: AuthTx, counts: ReadonlyMap<string, number>) => Promise<T>,
): Promise<T> {
  try {
    return await withAuth(now, async (tx) => fn(tx, await countAttempt(tx, await rules(tx))));
  } catch (error) {
    throw error instanceof SlowDown ? slowDown(error.seconds) : error;
  }
}

/** Counts an attempt under a key, asks `fn`, and forgets the failures when it answers something. */
export async function slowGuessing<T>(
  key: string,
  now: Date,
  fn: () => Promise<T | null>,
): Promise<T | null> {
  await counted(
    now,
    async () => [{ key, ...BY_PERSON }],
    async () => {},
  );
  const answer = await fn();
  if (answer !== null) await withAuth(now, (tx) => forgetAttempts(tx, key));
  return answer;
}

function slowDown(seconds: number): Refusal {
  const minutes = Math.ceil(seconds / 60);
  return new Refusal(429, seconds < 90 ? "login:errors.slowSeconds" : "login:errors.slowMinutes", {
    params: { seconds, minutes },
    headers: { "Retry-After": String(seconds) },
  });
}
