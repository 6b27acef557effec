import type { ScopedTx } from "../scope";
import { json } from "./audit";

/** An answer as it was given. */
export interface KeptAnswer {
  status: number;
  body: unknown;
  etag: string | null;
}

export type Remembered =
  | { kind: "new" }
  | { kind: "answered"; answer: KeptAnswer }
  /** The key was used for another request. */
  | { kind: "other_request" };

/**
 * Looks a key of this person up and holds it until the end of the transaction: a retry that arrives while the
 * first request is still at work waits, then finds its answer. `hash` identifies method, address and body.
 */
export async function recallAnswer(tx: ScopedTx, key: string, hash: string): Promise<Remembered> {
  const { cityId } = tx.scope;
  const { userId } = tx.caller.actor;
  await tx.sql`select pg_advisory_xact_lock(hashtextextended(${`${userId} ${key}`}, ${cityId}))`;
  const [row] = await tx.sql<(KeptAnswer & { requestHash: string })[]>`
    select request_hash as "requestHash", status, body, etag from idempotency_key
    where city_id = ${cityId} and user_id = ${userId} and key = ${key}`;
  if (!row) return { kind: "new" };
  if (row.requestHash !== hash) return { kind: "other_request" };
  return { kind: "answered", answer: { status: row.status, body: row.body, etag: row.etag } };
}

/** Keeps the answer in the transaction that did the work: both are there afterwards, or neither. */
export function keepAnswer(tx: ScopedTx, key: string, hash: string, answer: KeptAnswer): void {
  const { actor, now } = tx.caller;
  tx.atCommit(
    () => tx.sql`
      insert into idempotency_key (city_id, path, user_id, key, request_hash, status, body, etag, at)
      values (${tx.scope.cityId}, ${actor.path}, ${actor.userId}, ${key}, ${hash}, ${answer.status},
        ${json(answer.body)}::jsonb, ${answer.etag}, ${now.toISOString()})`,
  );
}

/** Forgets answers older than an instant in the whole scope; answers how many. */
export async function forgetAnswers(tx: ScopedTx, before: Date): Promise<number> {
  const gone = await tx.sql`
    delete from idempotency_key where city_id = ${tx.scope.cityId} and at < ${before.toISOString()}`;
  return gone.count;
}
