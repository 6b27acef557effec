import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type LocalDate, localDate, parseDay } from "@muster/domain/period";
import { Pool } from "./client";
import { importStations } from "./queries/stations/import";
import { type ImportError, readImportFile } from "./queries/stations/import-file";
import { authUrlFrom } from "./roles";
import { systemCaller, withAuth, withScope } from "./scope";

const USAGE = "npm run import -- stations FILE.csv --city CODE [--opened YYYY-MM-DD]";
const SHOWN_ERRORS = 50;

interface Order {
  file: string;
  cityCode: string;
  openedOn: LocalDate;
}

/** Reads the command line. Throws one sentence with the usage when it is not understood. */
export function orderOf(args: readonly string[], now: Date): Order {
  const options = new Map<string, string>();
  const rest: string[] = [];
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? "";
    if (arg === "--city" || arg === "--opened") options.set(arg, args[++i] ?? "");
    else rest.push(arg);
  }
  const [what, file, ...more] = rest;
  const cityCode = options.get("--city");
  if (what !== "stations" || !file || more.length > 0 || !cityCode) throw new Error(`Usage: ${USAGE}`);
  // Without a day: from this month on, so that no earlier month expects reports of stations new to the service.
  const openedOn = parseDay(options.get("--opened") ?? `${localDate(now).slice(0, 7)}-01`);
  if (!openedOn || openedOn > localDate(now))
    throw new Error(`--opened is not a day up to today. Usage: ${USAGE}`);
  return { file, cityCode, openedOn };
}

/** Imports a hierarchy from a file into a city; answers the lines to print and the exit code. */
export async function runImport(
  pools: { app: Pool; auth: Pool },
  bytes: Uint8Array,
  { cityCode, openedOn }: Omit<Order, "file">,
  now: Date,
): Promise<{ code: number; lines: string[] }> {
  const cityId = await withAuth(pools.auth, now, async ({ sql }) => {
    const [row] = await sql<{ city_id: number }[]>`select city_id from city where code = ${cityCode}`;
    return row?.city_id;
  });
  if (cityId === undefined) return { code: 1, lines: [`There is no city with the code ${cityCode}.`] };
  const file = readImportFile(bytes);
  const outcome = await withScope(pools.app, systemCaller(cityId, now, "import"), { readOnly: false }, (tx) =>
    importStations(tx, file, { openedOn }),
  );
  if (!outcome.ok) {
    const { errors } = outcome.plan;
    const more = errors.length - SHOWN_ERRORS;
    return {
      code: 1,
      lines: [
        ...errors.slice(0, SHOWN_ERRORS).map(lineOf),
        ...(more > 0 ? [`... and ${more} more`] : []),
        `Nothing was imported: ${errors.length} rows are faulty.`,
      ],
    };
  }
  const { created, renamed, unchanged, months } = outcome.value;
  const expecting = months.length > 0 ? `; reports expected for ${months.join(", ")}` : "";
  return { code: 0, lines: [`${created} new, ${renamed} renamed, ${unchanged} unchanged${expecting}`] };
}

function lineOf({ line, code, problem, params }: ImportError): string {
  const where = line > 0 ? `line ${line}${code ? ` (${code})` : ""}` : "file";
  const details = Object.entries(params ?? {}).map(([name, value]) => `${name} ${value}`);
  return `${where}: ${problem.replaceAll("_", " ")}${details.length > 0 ? `, ${details.join(", ")}` : ""}`;
}

async function main(): Promise<void> {
  const now = new Date();
  const { file, ...order } = orderOf(process.argv.slice(2), now);
  const { DATABASE_URL, AUTH_DATABASE_URL } = process.env;
  if (!DATABASE_URL) throw new Error("DATABASE_URL is not set.");
  const bytes = readFileSync(file);
  const pools = {
    app: new Pool({ url: DATABASE_URL, size: 1, name: "muster-import", statementTimeout: 60_000 }),
    auth: new Pool({ url: authUrlFrom(DATABASE_URL, AUTH_DATABASE_URL), size: 1, name: "muster-import" }),
  };
  try {
    const { code, lines } = await runImport(pools, bytes, order, now);
    for (const line of lines) (code === 0 ? console.log : console.error)(line);
    process.exitCode = code;
  } finally {
    await Promise.all([pools.app.end(), pools.auth.end()]);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  });
}
