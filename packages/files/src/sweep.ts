import { type FileStore, readKey, thumbnailKey } from "./store";

/** A row's word on its file. */
export interface Expected {
  key: string;
  /** An image has a thumbnail beside it. */
  thumbnail: boolean;
}

/** What a sweep of the place of files found. */
export interface Sweep {
  /** Files of known cities that no row names and that are older than a day. */
  orphans: string[];
  /** Of these, the ones taken away. */
  removed: number;
  /** Keys that a row names and that are not there. */
  missing: string[];
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Up to here so many orphans are leftovers of failed uploads; beyond, also against what is expected, another database's. */
const FEW = 50;

/**
 * Compares files with rows. An upload writes its file first and its row after it, so what is younger than a day may
 * still get one. When more than a few files, and more than a tenth of all, belong to no row, the database is likely
 * not the one these files belong to (a restored copy, a wrong address): then they are reported and kept.
 */
export async function sweepFiles(
  store: FileStore,
  { expected, cities, now }: { expected: readonly Expected[]; cities: readonly number[]; now: Date },
): Promise<Sweep> {
  const known = new Set(expected.map(({ key }) => key));
  const ours = new Set(cities);
  const there = new Set(await store.keys());
  const orphans = [...there].filter((key) => {
    const read = readKey(key);
    if (!read || !ours.has(read.cityId) || known.has(read.file)) return false;
    return now.getTime() - read.writtenAt.getTime() > DAY_MS;
  });
  const missing: string[] = [];
  for (const { key, thumbnail } of expected) {
    for (const wanted of thumbnail ? [key, thumbnailKey(key)] : [key]) {
      // Written after the listing was made, or missing: the store knows.
      if (!there.has(wanted) && !(await store.has(wanted))) missing.push(wanted);
    }
  }
  const suspicious = orphans.length > FEW && orphans.length > there.size / 10;
  if (!suspicious) for (const key of orphans) await store.remove(key);
  return { orphans, removed: suspicious ? 0 : orphans.length, missing };
}
