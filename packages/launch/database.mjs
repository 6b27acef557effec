// @ts-check
import { join, resolve } from "node:path";
import { Failure, ROOT, run } from "./steps.mjs";

/** The folder of the embedded database and the uploads. */
export const DATA = resolve(ROOT, process.env.MUSTER_DATA || ".data");

/** The progress line of `openDatabase`. */
export const OPENING = process.env.DATABASE_URL
  ? "数据库 Using DATABASE_URL"
  : "启动数据库 Starting PostgreSQL";

/**
 * @typedef {object} Database a database to serve from
 * @property {boolean} embedded whether it is ours, rather than DATABASE_URL's
 * @property {boolean} borrowed whether another process of ours serves from it at this moment
 * @property {Record<string, string>} env DATABASE_URL, AUTH_DATABASE_URL and, where known, MIGRATE_DATABASE_URL
 * @property {() => Promise<void>} stop
 */

/**
 * The database of DATABASE_URL, or the embedded one, started.
 * @param {{ use: "own" | "borrow", log: (line: string) => void }} options see `use` of startEmbedded
 * @returns {Promise<Database>}
 */
export async function openDatabase({ use, log }) {
  const { DATABASE_URL, AUTH_DATABASE_URL, MIGRATE_DATABASE_URL } = process.env;
  if (!DATABASE_URL) return openEmbedded({ dataDir: join(DATA, "pg"), use, log });
  checkAddresses(DATABASE_URL, { AUTH_DATABASE_URL, MIGRATE_DATABASE_URL });
  const { authUrlFrom } = await fromTypeScript(() => import("@muster/db/roles"));
  return {
    embedded: false,
    borrowed: false,
    env: {
      DATABASE_URL,
      AUTH_DATABASE_URL: authUrlFrom(DATABASE_URL, AUTH_DATABASE_URL),
      ...(MIGRATE_DATABASE_URL ? { MIGRATE_DATABASE_URL } : {}),
    },
    stop: async () => {},
  };
}

/**
 * Someone who turns to a restored database and forgets one of the variables would migrate the other one. The host
 * may differ: a pooler for the application, the server itself for migrations.
 * @param {string} databaseUrl
 * @param {Record<string, string | undefined>} others
 */
function checkAddresses(databaseUrl, others) {
  for (const [name, url] of Object.entries({ DATABASE_URL: databaseUrl, ...others })) {
    if (!url) continue;
    if (!URL.canParse(url)) {
      throw new Failure(`${name} is no address such as postgres://muster_app:password@host:5432/muster.`);
    }
    const [here, there] = [databaseUrl, url].map((address) => new URL(address).pathname.slice(1));
    if (here === there) continue;
    throw new Failure(
      `数据库不一致 DATABASE_URL is at the database "${here}" and ${name} at "${there}": they must be one.`,
    );
  }
}

/**
 * @param {import("@muster/db/embedded").EmbeddedOptions} options
 * @returns {Promise<Database>}
 */
export async function openEmbedded(options) {
  const { startEmbedded } = await fromTypeScript(() => import("@muster/db/embedded"));
  const server = await startEmbedded(options).catch((error) => {
    throw new Failure(error instanceof Error ? error.message : String(error));
  });
  if (server.tookOver && !server.borrowed) {
    options.log?.("接管了上次留下的数据库进程 Took over the database left running by a killed process");
  }
  return {
    embedded: true,
    borrowed: server.borrowed,
    env: {
      DATABASE_URL: server.appUrl,
      AUTH_DATABASE_URL: server.authUrl,
      MIGRATE_DATABASE_URL: server.ownerUrl,
    },
    stop: () => server.stop(),
  };
}

/**
 * Whether the demo cities are laid: MUSTER_DEMO, by default only in the embedded database.
 * @param {Database} database
 */
export function wantsDemo(database) {
  return process.env.MUSTER_DEMO ? process.env.MUSTER_DEMO === "1" : database.embedded;
}

/**
 * Migrates and seeds.
 * @param {Database} database
 * @param {{ demo: boolean, log: (line: string) => void }} options
 */
export async function setUp(database, { demo, log }) {
  const { code, errors } = await run(...typescript("db/setup.ts", []), {
    env: { ...process.env, ...database.env, MUSTER_DEMO: demo ? "1" : "0" },
    onLine: log,
  });
  if (code !== 0) throw new Failure(`数据库未就绪 The database could not be made ready: ${errors.trim()}`);
}

/**
 * The command line that runs a TypeScript file.
 * @param {string} file relative to the root
 * @param {readonly string[]} args
 * @returns {[string, string[]]}
 */
export function typescript(file, args) {
  return [process.execPath, ["--import", "tsx", join(ROOT, file), ...args]];
}

let registered = false;

/**
 * Imports TypeScript into this process. Only possible once the packages are installed, hence late.
 * @template T
 * @param {() => Promise<T>} load
 * @returns {Promise<T>}
 */
export async function fromTypeScript(load) {
  if (!registered) {
    const { register } = await import("tsx/esm/api");
    register();
    registered = true;
  }
  return load();
}
