import { expect } from "vitest";
import { changesBelow } from "../queries/change-marks";
import type { Marked } from "../schema/standing";
import type { ScopedTx } from "../scope";

/**
 * Makes a change and expects that it says so in its own transaction, when it was made: a dashboard goes on showing what it
 * kept until then.
 * @param inCity reads in the scope of the whole city
 */
export async function marked<T extends { ok: boolean }>(
  register: Marked,
  inCity: (read: (tx: ScopedTx) => Promise<string>) => Promise<string>,
  change: () => Promise<T>,
): Promise<T> {
  const marks = () => inCity((tx) => changesBelow(tx, "/", register));
  const before = await marks();
  const outcome = await change();
  if (outcome.ok) expect(await marks()).not.toBe(before);
  return outcome;
}
