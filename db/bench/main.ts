import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { localDate, periodOf } from "@muster/domain/period";
import { Pool } from "../client";
import { type BenchCity, type CityShape, layCity } from "./city";
import { type BenchDatabase, freshDatabase, settle } from "./database";
import { type Part, readOptions, type Size } from "./options";
import { makeReaders } from "./pages";
import { MEASURES, type Run, type Serving, WRITERS } from "./parts";
import { layPeople } from "./people";
import { startServer } from "./server";
import { Verdicts } from "./verdicts";

/** Parts that ask the built application. */
const SERVED: readonly Part[] = ["pages", "cases", "import"];
/** Parts that need a city's archives to be full. */
const ARCHIVED: readonly Part[] = ["people", "visits", "cases"];

async function main(): Promise<void> {
  const { size, parts } = readOptions(process.argv.slice(2));
  const database = await freshDatabase();
  const pool = new Pool({
    url: database.appUrl,
    size: WRITERS,
    statementTimeout: 0,
    patience: 600_000,
    name: "bench",
  });
  let serving: Serving | null = null;
  try {
    const verdicts = new Verdicts();
    const { large, small, seeding } = await layCities(pool, database, size);
    // It looks into what is sealed as it starts: before anything is laid that only looks so.
    if (SERVED.some((part) => parts.has(part))) serving = await serve(database, large);
    const run: Run = { pool, database, large, small, size, verdicts, serving };
    const results: Record<string, unknown> = {};
    let archived = false;
    for (const part of parts) {
      if (!archived && ARCHIVED.includes(part)) {
        await layPeople(pool, large, size.people);
        await settle(database.superUrl);
        archived = true;
      }
      results[part] = await MEASURES[part](run);
    }
    verdicts.print();
    write({ machine: machine(database), size, seeding, ...results, verdicts: verdicts.all });
    process.exitCode = verdicts.missed.length === 0 ? 0 : 1;
  } finally {
    await serving?.server.stop();
    await pool.end();
  }
}

async function serve(database: BenchDatabase, city: BenchCity): Promise<Serving> {
  const auth = new Pool({ url: database.authUrl, size: 1, name: "bench" });
  try {
    const readers = await makeReaders(auth, city);
    return { server: await startServer(database), readers };
  } finally {
    await auth.end();
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
