import { Overloaded } from "./errors.server";

/** At most `width` at work, at most `queue` waiting; more are refused with Overloaded. */
export function semaphore(width: number, queue: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = width;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else if (waiting.length >= queue) throw new Overloaded();
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await work();
    } finally {
      // The place goes straight to the next one in line, so that nobody slips in between.
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
