/** A promise: a measured number on the right side of another. */
export type Target = { name: string; atLeast: number } | { name: string; atMost: number };

export interface Verdict {
  target: string;
  promised: string;
  measured: number;
  /** Above 1 is better than promised. */
  margin: number;
  met: boolean;
}

/** What was measured against what was promised. */
export class Verdicts {
  readonly all: Verdict[] = [];

  judge(target: Target, measured: number): void {
    const least = "atLeast" in target;
    const bound = least ? target.atLeast : target.atMost;
    const margin = Math.round((least ? measured / bound : bound / measured) * 100) / 100;
    this.all.push({
      target: target.name,
      promised: `${least ? "at least" : "at most"} ${bound}`,
      measured,
      margin,
      met: least ? measured >= bound : measured <= bound,
    });
  }

  get missed(): Verdict[] {
    return this.all.filter(({ met }) => !met);
  }

  print(): void {
    console.log("\nPromised and measured");
    console.table(this.all);
  }
}
