/**
 * Lets a few in at a time and the others in the order they came. Pages that are worked on side by side in one thread all
 * end late: the first of eight waits for the work of eight. One after another the same work ends earlier on average for
 * all but the last, and fewer pages lie half finished in memory.
 *
 * Nobody waits longer than `patience`: behind pages that wait themselves, for a slow database, one goes in anyway.
 */
export class Turnstile {
  #inside = 0;
  readonly #waiting = new Set<() => void>();

  /**
   * @param places how many are let in at a time
   * @param patience milliseconds after which one goes in without a place
   */
  constructor(
    private readonly places: number,
    private readonly patience: number,
  ) {}

  /** Does `work` when its turn has come; its answer or error is the answer. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inside < this.places) this.#inside++;
    else await this.#turn();
    try {
      return await work();
    } finally {
      this.#inside--;
      // A Set keeps the order of arrival.
      const [first] = this.#waiting;
      if (this.#inside < this.places) first?.();
    }
  }

  /** Resolves with a place taken, in order, or without one to be had when patience has run out. */
  #turn(): Promise<void> {
    return new Promise((resolve) => {
      const enter = () => {
        clearTimeout(timer);
        this.#waiting.delete(enter);
        this.#inside++;
        resolve();
      };
      const timer = setTimeout(enter, this.patience);
      this.#waiting.add(enter);
    });
  }
}
