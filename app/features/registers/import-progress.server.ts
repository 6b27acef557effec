/** How far a confirmed file is. */
export interface Progress {
  done: number;
  total: number;
}

/**
 * Files that this server is taking in right now, by who sent them and the number their form was made with. It is a
 * courtesy to who waits and no record: what counts is one transaction, and where nobody knows of a run (another server
 * took it, or it is over) the page simply waits on.
 */
const runs = new Map<string, Progress>();

const keyOf = (userId: string, run: string) => `${userId} ${run}`;

/** Follows a run to its end, whichever it is. `work` tells how many rows are written. */
export async function followed<T>(
  { userId, run, total }: { userId: string; run: string; total: number },
  work: (onTaken: (done: number) => void) => Promise<T>,
): Promise<T> {
  const progress: Progress = { done: 0, total };
  const key = keyOf(userId, run);
  runs.set(key, progress);
  try {
    return await work((done) => {
      progress.done = done;
    });
  } finally {
    runs.delete(key);
  }
}

/** How far a run of this person is; null when this server knows of none. */
export function progressOf(userId: string, run: string): Progress | null {
  return runs.get(keyOf(userId, run)) ?? null;
}
