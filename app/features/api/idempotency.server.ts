import { createHash } from "node:crypto";
import { keepAnswer, recallAnswer } from "@muster/db/queries/idempotency";
import { json } from "~/server/api.server";
import type { Tx } from "~/server/database.server";
import { badRequest, unprocessable } from "~/server/errors.server";

/** What a write answers: JSON with a status and, for a report, its version. */
export interface Answer {
  status: number;
  body: unknown;
  etag: string | null;
}

const KEY = /^[\x21-\x7e]{1,200}$/;

/**
 * Runs a write once per Idempotency-Key of a person: a retry gets the first answer again, also when the first try
 * was cut off before its answer arrived. The same key with another request is refused. A refused write leaves no
 * trace, so it may be tried again with the same key. Without the header the write simply runs.
 */
export async function once(
  tx: Tx,
  request: Request,
  body: unknown,
  run: () => Promise<Answer>,
): Promise<Answer> {
  const key = request.headers.get("Idempotency-Key");
  if (key === null) return run();
  if (!KEY.test(key)) throw badRequest("api:errors.idempotencyKey");
  const hash = createHash("sha256")
    .update(`${request.method} ${new URL(request.url).pathname}\n${JSON.stringify(body)}`)
    .digest("hex");
  const remembered = await recallAnswer(tx, key, hash);
  if (remembered.kind === "answered") return remembered.answer;
  if (remembered.kind === "other_request") throw unprocessable("api:errors.keyReused");
  const answer = await run();
  keepAnswer(tx, key, hash, answer);
  return answer;
}

/** An answer as a response. */
export function respond({ status, body, etag }: Answer): Response {
  return json(body, { status, headers: etag === null ? {} : { ETag: etag } });
}
