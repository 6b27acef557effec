import type { StandardSet } from "@muster/domain/standard";
import type { ScopedTx } from "../../scope";
import { contentOf } from "../standards/read";

/** Versions by city and number. Only versions that judge are asked for, and those never change. */
const versions = new Map<string, StandardSet>();
const MOST_VERSIONS = 200;

/** What a version of the standards that somebody was judged by holds. */
export async function versionOf(tx: ScopedTx, setNumber: number): Promise<StandardSet> {
  const key = `${tx.scope.cityId}/${setNumber}`;
  const known = versions.get(key);
  if (known) return known;
  const set = await contentOf(tx, setNumber);
  if (versions.size >= MOST_VERSIONS) versions.clear();
  versions.set(key, set);
  return set;
}
