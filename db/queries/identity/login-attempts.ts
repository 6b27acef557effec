import type { AuthTx } from "../../scope";

/**
 * Failed logins, slowed more and more. A row of rate_limit holds how often its key failed and when that is
 * forgotten, REMEMBERED after the last attempt, which therefore can be told from it.
 *
 * Counting and refusing are one statement per key: attempts sent at the same moment are counted one after the
 * other, and none of them passes unseen. (A library that reads first and blocks later lets a burst through.)
 */
export interface AttemptRule {
  key: string;
  /** Attempts before the first delay. */
  free: number;
  /** Seconds of the first delay; each further failure doubles it, up to LONGEST_DELAY. */
  delay: number;
}

/** Seconds: a quarter of an hour slows a guesser to 96 tries a day and locks nobody out for good. */
export const LONGEST_DELAY = 15 * 60;
/** Seconds after which a key that has been left alone starts anew. */
const REMEMBERED = 24 * 60 * 60;

/** Too many failures under one of the keys. Rolls the transaction back, so that the attempt counts nowhere. */
export class SlowDown extends Error {
  override name = "SlowDown";

  constructor(readonly seconds: number) {
    super(`wait ${seconds} s`);
  }
}

/** A failure that is worth telling of: which one it was under its key, and the delay it brings. */
export interface ThrottleStep {
  attempts: number;
  /** Seconds. */
  wait: number;
}

/**
 * Whether the n-th failure in a row is one to tell of: the first, the one that begins the delays, and each time
 * their number has doubled since. However long somebody goes on guessing, the log grows by the logarithm of it.
 */
export function throttleStep(
  { free, delay }: Omit<AttemptRule, "key">,
  attempts: number,
): ThrottleStep | null {
  const times = attempts / free;
  const told = attempts === 1 || (times >= 1 && Number.isInteger(Math.log2(times)));
  if (!told) return null;
  const wait = attempts < free ? 0 : Math.min(LONGEST_DELAY, delay * 2 ** (attempts - free));
  return { attempts, wait };
}

/**
 * Counts an attempt against every rule, before its password is looked at. Throws SlowDown where a delay still
 * runs: such an attempt is not counted, so that knocking at a closed door does not keep it closed. Answers how many
 * stand under each key now.
 */
export async function countAttempt(
  tx: AuthTx,
  rules: readonly AttemptRule[],
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  const at = tx.now.toISOString();
  // In the order of keys: two logins with the same keys wait for each other and never in a circle.
  for (const rule of [...rules].sort((a, b) => (a.key < b.key ? -1 : 1))) {
    const { key, free, delay } = rule;
    const [counted] = await tx.sql<{ points: number }[]>`
      insert into rate_limit as r (key, points, expire)
      values (${key}, 1, ${at}::timestamptz + make_interval(secs => ${REMEMBERED}))
      on conflict (key) do update set
        points = case when r.expire <= ${at} then 1 else r.points + 1 end,
        expire = excluded.expire
      where r.expire <= ${at}
        or r.expire - make_interval(secs => ${REMEMBERED}) + make_interval(secs =>
          case when r.points < ${free} then 0
               else least(${LONGEST_DELAY}, ${delay} * power(2, least(r.points - ${free}, 20))) end) <= ${at}
      returning points`;
    if (!counted) throw new SlowDown(await secondsLeft(tx, rule));
    counts.set(key, counted.points);
  }
  return counts;
}

async function secondsLeft(tx: AuthTx, { key, free, delay }: AttemptRule): Promise<number> {
  const [row] = await tx.sql<{ points: number; last: string }[]>`
    select points, expire - make_interval(secs => ${REMEMBERED}) as last from rate_limit where key = ${key}`;
  if (!row) return 1;
  const whole = Math.min(LONGEST_DELAY, delay * 2 ** Math.min(row.points - free, 20));
  return Math.max(1, Math.ceil(whole - (tx.now.getTime() - new Date(row.last).getTime()) / 1000));
}

/** Forgets the failures of a key, after a login that succeeded. */
export async function forgetAttempts(tx: AuthTx, key: string): Promise<void> {
  await tx.sql`delete from rate_limit where key = ${key}`;
}

/** Takes back one attempt that succeeded, where others share the key: their failures stay counted. */
export async function uncountAttempt(tx: AuthTx, key: string): Promise<void> {
  await tx.sql`update rate_limit set points = points - 1 where key = ${key} and points > 0`;
}

/** Remembers under a key until an instant, e.g. a device that has signed in before. */
export async function remember(tx: AuthTx, key: string, until: Date): Promise<void> {
  await tx.sql`
    insert into rate_limit (key, points, expire) values (${key}, 0, ${until.toISOString()})
    on conflict (key) do update set expire = excluded.expire`;
}

/** Whether a key is remembered. */
export async function isRemembered(tx: AuthTx, key: string): Promise<boolean> {
  const [row] = await tx.sql`
    select 1 from rate_limit where key = ${key} and points = 0 and expire > ${tx.now.toISOString()}`;
  return row !== undefined;
}

/** Forgets what is past; answers how many rows. */
export async function deleteExpiredAttempts(tx: AuthTx): Promise<number> {
  const gone = await tx.sql`delete from rate_limit where expire <= ${tx.now.toISOString()}`;
  return gone.count;
}
