import { resolve } from "node:path";
import postgres from "postgres";
import { type DatabaseUrls, runningEmbedded } from "../embedded";
import { migrate } from "../migrate";

const NAME = "muster_bench";

/** A database of the benchmark's own, made anew on the embedded server that `npm run bench` has started. */
export interface BenchDatabase extends DatabaseUrls {
  superUrl: string;
  /** Process of the server. */
  pid: number;
  version: string;
  /** Settings that a benchmark is worthless without. */
  settings: Record<string, string>;
}

/** Drops what an earlier run left, and migrates. Throws when the benchmark's server is not running. */
export async function freshDatabase(): Promise<BenchDatabase> {
  const server = await runningEmbedded(resolve(process.env.MUSTER_DATA ?? ".data", "bench-pg"));
  if (!server) throw new Error("The benchmark's PostgreSQL is not running: start this with npm run bench.");
  const inBench = (url: string) => Object.assign(new URL(url), { pathname: `/${NAME}` }).href;
  const admin = postgres(server.superUrl, { max: 1, onnotice: () => {} });
  try {
    await admin`drop database if exists ${admin(NAME)} with (force)`;
    await admin`create database ${admin(NAME)} owner muster_owner`;
    const urls = {
      ownerUrl: inBench(server.ownerUrl),
      appUrl: inBench(server.appUrl),
      authUrl: inBench(server.authUrl),
      superUrl: inBench(server.superUrl),
    };
    await migrate(urls);
    const rows = await admin<{ name: string; setting: string; unit: string | null }[]>`
      select name, setting, unit from pg_settings
      where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers', 'max_wal_size')`;
    const [version] = await admin<{ server_version: string }[]>`show server_version`;
    const settings = Object.fromEntries(
      rows.map((row) => [row.name, `${row.setting}${row.unit ? ` x ${row.unit}` : ""}`]),
    );
    if (settings.fsync !== "on") throw new Error("The benchmark's PostgreSQL runs without fsync.");
    return { ...urls, pid: server.pid, version: version?.server_version ?? "", settings };
  } finally {
    await admin.end({ timeout: 5 });
  }
}

/** Gathers statistics and writes everything to disk, so that no measurement pays for the one before. */
export async function settle(superUrl: string): Promise<void> {
  const sql = postgres(superUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`vacuum (analyze)`;
    await sql`checkpoint`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}
