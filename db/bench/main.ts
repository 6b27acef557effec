import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { localDate, periodOf } from "@muster/domain/period";
import { Pool } from "../client";
import { rollupFaults } from "../queries/rollups";
import { systemCaller, withScope } from "../scope";
import { layArchives } from "./archives";
import { type BenchCity, type CityShape, layCity } from "./city";
import { largeAndSmall, totals, withAndWithoutPolicies } from "./dashboards";
import { type BenchDatabase, freshDatabase, settle } from "./database";
import { withEffort } from "./effort";
import type { Rate } from "./measure";
import { measurePages, type PageRate } from "./pages";
import { startServer } from "./server";
import { acceptMonth, submitMonth, together } from "./steps";
import { type Target, Verdicts } from "./verdicts";
import { layVisits, logVisits, readLists } from "./visits";

/** Sizes of a run. */
interface Size {
  villages: number;
  towns: number;
  small: { villages: number; towns: number };
  districts: number;
  months: number;
  openMonths: number;
  repetitions: number;
  pageSeconds: number;
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
};
const QUICK: Size = {
  ...FULL,
  villages: 281,
  towns: 15,
  small: { villages: 38, towns: 2 },
  months: 13,
  openMonths: 3,
  repetitions: 60,
  pageSeconds: 2,
};

/** Connections that file and accept, and that read pages. */
const WRITERS = 16;
const READERS = 8;

/** What the service has promised on two cores, client and database on the same machine. */
const TARGETS = {
  submissions: { name: "submissions per second", atLeast: 500 },
  submissionP95: { name: "submission, 95th percentile, ms", atMost: 50 },
  acceptances: { name: "acceptances per second", atLeast: 200 },
  policies: { name: "queries with / without row-level security", atMost: 1.15 },
  growth: { name: "queries of the large / the small city", atMost: 1.3 },
  pages: { name: "slowest dashboard page, 95th percentile, ms", atMost: 80 },
  visits: { name: "visits logged per second", atLeast: 300 },
  visitLists: { name: "list of 200,000 visits, 95th percentile, ms", atMost: 100 },
  memory: { name: "server memory at the end, MB", atMost: 400 },
} satisfies Record<string, Target>;

async function main(): Promise<void> {
  const options = process.argv.slice(2);
  const unknown = options.filter((option) => option !== "--quick" && option !== "--no-pages");
  if (unknown.length > 0)
    throw new Error(`Usage: npm run bench -- [--quick] [--no-pages], not ${unknown.join(" ")}`);
  const size = options.includes("--quick") ? QUICK : FULL;
  const database = await freshDatabase();
  const pool = new Pool({
    url: database.appUrl,
    size: WRITERS,
    statementTimeout: 0,
    patience: 600_000,
    name: "bench",
  });
  try {
    const verdicts = new Verdicts();
    const { large, small, seeding } = await layCities(pool, database, size);
    const steps = await measureSteps(pool, database, large, verdicts);
    const queries = await measureQueries(database, large, small, size, verdicts);
    const pages = options.includes("--no-pages")
      ? null
      : await measureServer(database, large, size, verdicts);
    const registers = await measureRegisters(pool, database, large);
    // Last, so that what it lays weighs on nothing that was measured before.
    const visits = await measureVisits(pool, database, large, verdicts);
    verdicts.print();
    write({
      machine: machine(database),
      size,
      seeding,
      steps,
      queries,
      pages,
      registers,
      visits,
      verdicts: verdicts.all,
    });
    process.exitCode = verdicts.missed.length === 0 ? 0 : 1;
  } finally {
    await pool.end();
  }
}

async function layCities(pool: Pool, database: BenchDatabase, size: Size) {
  const began = performance.now();
  const current = periodOf(localDate(new Date()));
  const shape = { districts: size.districts, months: size.months, openMonths: size.openMonths, current };
  const lay = (city: Omit<CityShape, keyof typeof shape>) =>
    layCity(pool, { ...city, ...shape }, () => settle(database.superUrl));
  const small = await lay({ code: "998100000000", name: "小城", ...size.small });
  const large = await lay({ code: "998200000000", name: "大城", villages: size.villages, towns: size.towns });
  await settle(database.superUrl);
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(
    `laid ${size.villages} and ${size.small.villages} villages with ${size.months} months in ${seconds} s`,
  );
  return { large, small, seeding: { seconds } };
}

async function measureSteps(pool: Pool, database: BenchDatabase, city: BenchCity, verdicts: Verdicts) {
  const counted = async (work: () => Promise<Rate>) => {
    const { result, effort } = await withEffort(database.pid, (rate: Rate) => rate.operations, work);
    return { ...result, ...effort };
  };
  const submissions = [];
  const acceptances = [];
  const plain = city.open.slice(0, -1);
  for (const month of plain) {
    submissions.push(await counted(() => submitMonth(pool, city, month, WRITERS)));
    acceptances.push(await counted(() => acceptMonth(pool, city, month, WRITERS)));
  }
  const rates = {
    submission: together(submissions),
    acceptance: together(acceptances),
  };
  console.log(
    `\nSteps at ${WRITERS} connections, each a transaction with its checks, event, audit entry and roll-ups`,
  );
  console.table(rates);
  const faults = await withScope(pool, systemCaller(city.cityId, new Date()), { readOnly: true }, (tx) =>
    rollupFaults(tx, city.open),
  );
  if (faults.length > 0) throw new Error(`${faults.length} roll-ups differ from their reports.`);
  verdicts.judge(TARGETS.submissions, rates.submission.perSecond);
  verdicts.judge(TARGETS.submissionP95, rates.submission.p95);
  verdicts.judge(TARGETS.acceptances, rates.acceptance.perSecond);
  await settle(database.superUrl);
  return rates;
}

/** Submissions of the last month, with archives, visits, a counter log, petitions and cases behind its figures. */
async function measureRegisters(pool: Pool, database: BenchDatabase, city: BenchCity) {
  const last = city.open.at(-1);
  if (!last) throw new Error("there is an open month");
  await withScope(pool, systemCaller(city.cityId, new Date()), { readOnly: false }, (tx) =>
    layArchives(tx, last),
  );
  await settle(database.superUrl);
  const { result, effort } = await withEffort(
    database.pid,
    (rate: Rate) => rate.operations,
    () => submitMonth(pool, city, last, WRITERS),
  );
  const rate = { ...result, ...effort };
  console.log(`\nThe same submission where all registers are in use, at ${WRITERS} connections`);
  console.table({ submission: rate });
  return rate;
}

async function measureQueries(
  database: BenchDatabase,
  large: BenchCity,
  small: BenchCity,
  { repetitions }: Size,
  verdicts: Verdicts,
) {
  // A fresh connection each: one that has filed thousands of reports carries their plans and caches along.
  const under = new Pool({ url: database.appUrl, size: 1, name: "bench" });
  const past = new Pool({ url: database.superUrl, size: 1, name: "bench" });
  try {
    const policies = await withAndWithoutPolicies(under, past, large, repetitions);
    const growth = await largeAndSmall(under, large, small, repetitions);
    console.log("\nDashboard queries, ms, under row-level security (a) and past it (b)");
    console.table([...policies, ...totals(policies)]);
    console.log("\nDashboard queries, ms, in the large city (a) and the small one (b)");
    console.table([...growth, ...totals(growth)]);
    verdicts.judge(TARGETS.policies, Math.max(...totals(policies).map((c) => c.ratio)));
    verdicts.judge(TARGETS.growth, Math.max(...totals(growth).map((c) => c.ratio)));
    return { policies, growth };
  } finally {
    await Promise.all([under.end(), past.end()]);
  }
}

async function measureVisits(pool: Pool, database: BenchDatabase, city: BenchCity, verdicts: Verdicts) {
  await layVisits(pool, city);
  await settle(database.superUrl);
  const logging = await logVisits(pool, city, WRITERS);
  const lists = await readLists(pool, city);
  console.log(`\nVisits to three people each at ${WRITERS} connections, and pages of their list`);
  console.table({ logging, lists });
  verdicts.judge(TARGETS.visits, logging.perSecond);
  verdicts.judge(TARGETS.visitLists, lists.p95);
  return { logging, lists };
}

async function measureServer(
  database: BenchDatabase,
  city: BenchCity,
  { pageSeconds }: Size,
  verdicts: Verdicts,
): Promise<{ pages: PageRate[]; memory: number }> {
  const server = await startServer(database);
  const auth = new Pool({ url: database.authUrl, size: 1, name: "bench" });
  try {
    const pages = await measurePages(server, auth, city, {
      postmaster: database.pid,
      connections: READERS,
      seconds: pageSeconds,
    });
    const memory = server.memory();
    console.log(`\nDashboard pages rendered on the server, ${READERS} connections, ms`);
    console.table(pages);
    verdicts.judge(TARGETS.pages, Math.max(...pages.map((page) => page.p95)));
    verdicts.judge(TARGETS.memory, memory);
    const failures = pages.reduce((sum, page) => sum + page.failures, 0);
    if (failures > 0) throw new Error(`${failures} requests for pages failed.`);
    return { pages, memory };
  } finally {
    await auth.end();
    await server.stop();
  }
}

function machine({ version, settings }: BenchDatabase) {
  const [cpu] = cpus();
  return {
    cores: cpus().length,
    cpu: cpu?.model ?? "",
    memoryGB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    postgres: version,
    settings,
  };
}

function write(results: Record<string, unknown>): void {
  const at = new Date();
  const folder = new URL("../../bench-results/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  const name = `${at.toISOString().replace(/[:.]/g, "-")}.json`;
  writeFileSync(new URL(name, folder), `${JSON.stringify({ at: at.toISOString(), ...results }, null, 2)}\n`);
  console.log(`\nbench-results/${name}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
