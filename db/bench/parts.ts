import { Pool } from "../client";
import { rollupFaults } from "../queries/rollups";
import { systemCaller, withScope } from "../scope";
import { layArchives } from "./archives";
import { layCases, readCases } from "./cases";
import type { BenchCity } from "./city";
import { largeAndSmall, totals, withAndWithoutPolicies } from "./dashboards";
import { type BenchDatabase, settle } from "./database";
import { withEffort } from "./effort";
import { importFile } from "./imports";
import { closedLoop, type Rate } from "./measure";
import type { Part, Size } from "./options";
import { DASHBOARDS, measurePages, type PageRate, type Reader } from "./pages";
import { type Loop, readPeople } from "./people";
import type { BenchServer } from "./server";
import { acceptMonth, submitMonth, together } from "./steps";
import type { Target, Verdicts } from "./verdicts";
import { layVisits, logVisits, readVisits } from "./visits";

/** Connections that file and accept, and that read pages. */
export const WRITERS = 16;
const READERS = 8;

/** What the service has promised on two cores, client and database on the same machine. */
const TARGETS = {
  submissions: { name: "submissions per second", atLeast: 500 },
  submissionP95: { name: "submission, 95th percentile, ms", atMost: 50 },
  acceptances: { name: "acceptances per second", atLeast: 200 },
  policies: { name: "queries with / without row-level security", atMost: 1.15 },
  growth: { name: "queries of the large / the small city", atMost: 1.3 },
  pages: { name: "slowest dashboard page of reports, 95th percentile, ms", atMost: 80 },
  recordPages: { name: "slowest dashboard page of records, 95th percentile, ms", atMost: 100 },
  visits: { name: "visits logged per second", atLeast: 300 },
  visitLists: { name: "slowest list of visits, 95th percentile, ms", atMost: 100 },
  peopleLists: { name: "slowest list of people, 95th percentile, ms", atMost: 100 },
  peopleSearches: { name: "slowest search for people, 95th percentile, ms", atMost: 150 },
  caseLists: { name: "slowest list of petitions, entries or cases, 95th percentile, ms", atMost: 100 },
  casePages: { name: "slowest dashboard page of cases, 95th percentile, ms", atMost: 100 },
  imported: { name: "import of a file of people, s", atMost: 60 },
  memory: { name: "server memory at the end, MB", atMost: 400 },
} satisfies Record<string, Target>;

/** The built application, and people who may sign in to it. */
export interface Serving {
  server: BenchServer;
  readers: Reader[];
}

/** Dashboards that ask the rosters and verdicts of all stations besides their reports. */
const OF_RECORDS = ["/dashboard/staffing", "/dashboard/compliance"];

/** What every part works with. */
export interface Run {
  pool: Pool;
  database: BenchDatabase;
  large: BenchCity;
  small: BenchCity;
  size: Size;
  verdicts: Verdicts;
  /** Null when no part asks the application. */
  serving: Serving | null;
}

/** How each part is measured; what it answers goes into the results. */
export const MEASURES: Record<Part, (run: Run) => Promise<unknown>> = {
  steps: measureSteps,
  queries: measureQueries,
  pages: measureServer,
  registers: measureRegisters,
  people: measurePeople,
  visits: measureVisits,
  cases: measureCases,
  import: measureImport,
};
async function measureSteps({ pool, database, large: city, verdicts }: Run) {
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
async function measureRegisters({ pool, database, large: city }: Run) {
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

async function measureQueries({ database, large, small, size: { repetitions }, verdicts }: Run) {
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

async function measurePeople({ pool, database, large, size, verdicts }: Run) {
  const { lists, searches } = await readPeople(pool, large, asking(READERS, database), size.repetitions);
  console.log(`\nPages of ${size.people} people at ${READERS} connections, ms`);
  console.table([...lists, ...searches]);
  verdicts.judge(TARGETS.peopleLists, slowest(lists));
  verdicts.judge(TARGETS.peopleSearches, slowest(searches));
  return { lists, searches };
}

async function measureVisits({ pool, database, large, size, verdicts }: Run) {
  await layVisits(pool, large, size.visits);
  await settle(database.superUrl);
  const { result, effort } = await withEffort(
    database.pid,
    (rate: Rate) => rate.operations,
    () => logVisits(pool, large, WRITERS),
  );
  const logging = { ...result, ...effort };
  const lists = await readVisits(pool, large, asking(READERS, database), size.repetitions);
  console.log(`\nVisits to three people each at ${WRITERS} connections`);
  console.table({ logging });
  console.log(`\nPages of ${size.visits} visits at ${READERS} connections, ms`);
  console.table(lists);
  verdicts.judge(TARGETS.visits, logging.perSecond);
  verdicts.judge(TARGETS.visitLists, slowest(lists));
  return { logging, lists };
}

async function measureCases({ pool, database, large, size, verdicts, serving }: Run) {
  await layCases(pool, large, size.entries);
  await settle(database.superUrl);
  const lists = await readCases(pool, large, asking(READERS, database), size.repetitions);
  console.log(`\nPages of the ledgers at ${READERS} connections, ms`);
  console.table(lists);
  verdicts.judge(TARGETS.caseLists, slowest(lists));
  const { server, readers } = served(serving);
  const pages = await measurePages(server, readers, large, {
    pages: ["/dashboard/assistance"],
    postmaster: database.pid,
    connections: READERS,
    seconds: size.pageSeconds,
  });
  console.log(`\nWhat cases say, rendered on the server, ${READERS} connections, ms`);
  console.table(pages);
  verdicts.judge(TARGETS.casePages, slowest(pages));
  return { lists, pages };
}

async function measureImport({ large, size, verdicts, serving }: Run) {
  const { server, readers } = served(serving);
  const reader = readers.find(({ scope }) => scope === "town");
  if (!reader) throw new Error("the head of a town imports");
  const times = await importFile(server, reader, large, size.imported);
  console.log("\nA file of people, uploaded, looked at and confirmed through the server, s");
  console.table({ import: times });
  verdicts.judge(TARGETS.imported, times.total);
  return times;
}

/** Runs operations at so many connections, with what they took of the processors. */
function asking(connections: number, { pid }: BenchDatabase): Loop {
  return async (operations) => {
    const { result, effort } = await withEffort(
      pid,
      (rate: Rate) => rate.operations,
      () => closedLoop(connections, operations),
    );
    return { ...result, ...effort };
  };
}

/** The worst of several lists: whoever opens that one waits so long. */
function slowest(rates: readonly Rate[]): number {
  return Math.max(...rates.map(({ p95 }) => p95));
}

async function measureServer({
  database,
  large,
  size: { pageSeconds },
  verdicts,
  serving,
}: Run): Promise<{ pages: PageRate[]; memory: number }> {
  const { server, readers } = served(serving);
  const pages = await measurePages(server, readers, large, {
    pages: DASHBOARDS,
    postmaster: database.pid,
    connections: READERS,
    seconds: pageSeconds,
  });
  const memory = server.memory();
  console.log(`\nDashboard pages rendered on the server, ${READERS} connections, ms`);
  console.table(pages);
  const ofRecords = pages.filter(({ page }) => OF_RECORDS.includes(page));
  verdicts.judge(TARGETS.pages, slowest(pages.filter((page) => !ofRecords.includes(page))));
  verdicts.judge(TARGETS.recordPages, slowest(ofRecords));
  verdicts.judge(TARGETS.memory, memory);
  const failures = pages.reduce((sum, page) => sum + page.failures, 0);
  if (failures > 0) throw new Error(`${failures} requests for pages failed.`);
  return { pages, memory };
}

function served(serving: Serving | null): Serving {
  if (!serving) throw new Error("the application was not started for this part");
  return serving;
}
