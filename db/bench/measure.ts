/** How long each of many operations took, and how many were done in a second. */
export interface Rate {
  operations: number;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/**
 * Runs every operation, `connections` at a time: whoever is done takes the next. Throws the first error: a rate
 * with failures in it says nothing.
 */
export async function closedLoop(
  connections: number,
  operations: readonly (() => Promise<void>)[],
): Promise<Rate> {
  const times: number[] = [];
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (!failed) {
      const operation = operations[next++];
      if (!operation) return;
      const began = performance.now();
      await operation().catch((error: unknown) => {
        failed = true;
        throw error;
      });
      times.push(performance.now() - began);
    }
  };
  const began = performance.now();
  // All of them end before an error is told, so that nothing runs on behind its back.
  const ends = await Promise.allSettled(Array.from({ length: connections }, worker));
  const seconds = (performance.now() - began) / 1000;
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return { operations: times.length, perSecond: round(times.length / seconds), ...percentiles(times) };
}

/** Percentiles of times in milliseconds. */
export function percentiles(times: readonly number[]): Pick<Rate, "p50" | "p95" | "p99" | "max"> {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: round(sorted.at(-1) ?? 0) };
}

/**
 * Two operations measured in turns, so that whatever else the machine does falls on both alike. The order changes
 * every time: the second of a pair finds warmer caches. Answers the 10th percentile of each, because slower runs
 * measure who else wanted the core.
 */
export async function sideBySide(
  times: number,
  a: () => Promise<unknown>,
  b: () => Promise<unknown>,
): Promise<{ a: number; b: number; ratio: number }> {
  const taken: { a: number[]; b: number[] } = { a: [], b: [] };
  const run = async (which: "a" | "b") => {
    const began = performance.now();
    await (which === "a" ? a() : b());
    taken[which].push(performance.now() - began);
  };
  for (let i = -5; i < times; i++) {
    if (i === 0) taken.a = [];
    if (i === 0) taken.b = [];
    for (const which of i % 2 === 0 ? (["a", "b"] as const) : (["b", "a"] as const)) await run(which);
  }
  const undisturbed = (list: readonly number[]) =>
    round([...list].sort((x, y) => x - y)[Math.floor(list.length / 10)] ?? 0);
  const [x, y] = [undisturbed(taken.a), undisturbed(taken.b)];
  return { a: x, b: y, ratio: round(y === 0 ? 0 : x / y) };
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
