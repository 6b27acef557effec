import { listCities } from "@muster/db/queries/cities";
import { filesOfRows } from "@muster/db/queries/evidence/pieces";
import { systemCaller, withScope } from "@muster/db/scope";
import { type Examination, Examiner } from "@muster/files/examiner";
import { type FileStore, openStore, placeFrom } from "@muster/files/store";
import { type Expected, sweepFiles } from "@muster/files/sweep";
import { pools, withAuth } from "./database.server";
import { Refusal } from "./errors.server";
import { log } from "./log.server";
import { describe } from "./report.server";
import { semaphore } from "./semaphore.server";
import { onStop } from "./stop.server";

// One of each per process, also when the development server reloads this module.
const kept = globalThis as { musterFiles?: { store: FileStore; examiner: Examiner } };

function files() {
  if (!kept.musterFiles) {
    const examiner = new Examiner();
    kept.musterFiles = { store: openStore(placeFrom(process.env)), examiner };
    onStop("examiner", async () => examiner.stop());
  }
  return kept.musterFiles;
}

/** One file is looked into at a time; beyond a handful waiting, a phone had better try again. */
const inTurn = semaphore(1, 24);

/** Looks into a received file; throws Overloaded when too many wait. */
export function examine(path: string): Promise<Examination> {
  return inTurn(() => files().examiner.examine(path));
}

/**
 * The place of files, where a failure becomes a 503: nothing is wrong with what was asked, and trying again helps.
 */
export const fileStore: Pick<FileStore, "put" | "get" | "remove"> = {
  put: (key, bytes) => orAway(files().store.put(key, bytes)),
  get: (key) => orAway(files().store.get(key)),
  remove: (key) => orAway(files().store.remove(key)),
};

async function orAway<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    log().error({ error: describe(error) }, "the place of files does not answer");
    throw new Refusal(503, "filesAway", { headers: { "Retry-After": "10" } });
  }
}

/**
 * Compares files and rows once after the start: what failed uploads left is taken away, what is missing is named in
 * the log. `npm run doctor` does the same and says it to a person.
 */
export async function sweepOnce(now: Date): Promise<void> {
  const cities = (await withAuth(now, listCities)).map(({ cityId }) => cityId);
  const expected: Expected[] = [];
  for (const cityId of cities) {
    expected.push(
      ...(await withScope(pools().app, systemCaller(cityId, now), { readOnly: true }, filesOfRows)),
    );
  }
  const { orphans, removed, missing } = await sweepFiles(files().store, { expected, cities, now });
  if (orphans.length > 0) log().warn({ orphans: orphans.length, removed }, "files without a row");
  if (missing.length > 0) log().error({ missing: missing.slice(0, 20) }, "evidence without its file");
}
