/** What can be measured by itself, in the order in which it runs: what lays much comes after what it would weigh on. */
export const PARTS = [
  "steps",
  "queries",
  "pages",
  "registers",
  "people",
  "visits",
  "cases",
  "import",
] as const;
export type Part = (typeof PARTS)[number];

/** Sizes of a run. */
export interface Size {
  villages: number;
  towns: number;
  small: { villages: number; towns: number };
  districts: number;
  months: number;
  openMonths: number;
  repetitions: number;
  pageSeconds: number;
  /** People of the large city's archives, and the visits to them that years have left. */
  people: number;
  visits: number;
  /** Entries of the counter log; a third as many petitions and cases. */
  entries: number;
  /** People of one file. */
  imported: number;
}

/**
 * The small city has ten times fewer villages and towns, but as many districts, and towns of the same size: a page
 * shows as many rows, and what differs is how much stands behind them.
 */
const FULL: Size = {
  villages: 2812,
  towns: 150,
  small: { villages: 281, towns: 15 },
  districts: 11,
  months: 36,
  openMonths: 3,
  repetitions: 150,
  pageSeconds: 6,
  people: 200_000,
  visits: 200_000,
  entries: 150_000,
  imported: 5_000,
};
const QUICK: Size = {
  ...FULL,
  villages: 281,
  towns: 15,
  small: { villages: 38, towns: 2 },
  months: 13,
  repetitions: 60,
  pageSeconds: 2,
  people: 20_000,
  visits: 20_000,
  entries: 15_000,
  imported: 500,
};

/** A year is what the pages of cases show; nothing else of the reported months is asked by the parts that need few. */
const FEW_MONTHS = 12;
const REPORTED: readonly Part[] = ["steps", "queries", "pages", "registers"];

/** What a command line asks for. Throws with the usage when it asks for anything else. */
export function readOptions(argv: readonly string[]): { size: Size; parts: ReadonlySet<Part> } {
  const usage = () =>
    new Error(
      `Usage: npm run bench -- [--quick] [--no-pages] [--only ${PARTS.join(",")}], not ${argv.join(" ")}`,
    );
  let quick = false;
  let parts: Part[] = [...PARTS];
  for (let i = 0; i < argv.length; i++) {
    const option = argv[i];
    if (option === "--quick") quick = true;
    else if (option === "--no-pages") parts = parts.filter((part) => part !== "pages");
    else if (option === "--only") {
      const asked = (argv[++i] ?? "").split(",");
      if (!asked.every((name) => (PARTS as readonly string[]).includes(name))) throw usage();
      parts = PARTS.filter((part) => asked.includes(part));
    } else throw usage();
  }
  const full = quick ? QUICK : FULL;
  const months = parts.some((part) => REPORTED.includes(part)) ? full.months : FEW_MONTHS;
  return { size: { ...full, months }, parts: new Set(parts) };
}
