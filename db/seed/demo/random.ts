import { v7 as uuidv7 } from "uuid";

/**
 * Random numbers that are the same on every machine: sfc32, seeded by a text. Each station and month has a
 * generator of its own, so that a change to one leaves the others as they were.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d = 1;

  constructor(key: string) {
    const seed = hashes(key);
    this.a = seed();
    this.b = seed();
    this.c = seed();
    for (let i = 0; i < 12; i++) this.next();
  }

  /** A number in [0, 1). */
  next(): number {
    const t = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + t) | 0;
    return (t >>> 0) / 4_294_967_296;
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new RangeError("nothing to pick from");
    return item;
  }

  shuffled<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, order: this.next() }))
      .sort((x, y) => x.order - y.order)
      .map(({ item }) => item);
  }

  /** How often something happens whose mean is `mean` (Knuth; means here stay small). */
  count(mean: number): number {
    const limit = Math.exp(-mean);
    let product = this.next();
    let events = 0;
    while (product > limit) {
      product *= this.next();
      events++;
    }
    return events;
  }

  /** `total` units dealt out one by one, a weight of 0 receiving none: the shares add up exactly. */
  deal(total: number, weights: readonly number[]): number[] {
    const ends: number[] = [];
    let sum = 0;
    for (const weight of weights) {
      sum += weight;
      ends.push(sum);
    }
    const shares = weights.map(() => 0);
    for (let unit = 0; unit < total; unit++) {
      const at = this.next() * sum;
      const index = ends.findIndex((end) => end > at);
      shares[index] = (shares[index] ?? 0) + 1;
    }
    return shares;
  }

  /** A UUIDv7 of that instant. */
  id(at: Date): string {
    const random = Uint8Array.from({ length: 16 }, () => this.int(0, 255));
    return uuidv7({ msecs: at.getTime(), random, seq: this.int(0, 0x7fffffff) });
  }
}

/** Well-mixed 32-bit numbers from a text (xmur3). */
function hashes(text: string): () => number {
  let h = 1_779_033_703 ^ text.length;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 3_432_918_353);
    h = (h << 13) | (h >>> 19);
  }
  return () => {
    h = Math.imul(h ^ (h >>> 16), 2_246_822_507);
    h = Math.imul(h ^ (h >>> 13), 3_266_489_909);
    h ^= h >>> 16;
    return h | 0;
  };
}
