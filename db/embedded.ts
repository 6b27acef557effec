import { existsSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { binariesFor } from "./cluster/binaries";
import { withLock } from "./cluster/lock";
import { clusterIn, existingPlace, newPlace, type Place } from "./cluster/place";
import {
  findPostmaster,
  initCluster,
  type Postmaster,
  startPostmaster,
  stopPostmaster,
} from "./cluster/postmaster";
import { lives, markOf, type ProcessMark } from "./cluster/processes";
import { type Credentials, credentialsIn, readState, writeState } from "./cluster/state";
import { type MusterRole, quoteLiteral, ROLE_ATTRIBUTES } from "./roles";

/** Connection URLs of one database, one per role. */
export interface DatabaseUrls {
  /** muster_owner: owns the tables, for migrations. */
  ownerUrl: string;
  /** muster_app: the application, under row-level security. */
  appUrl: string;
  /** muster_auth: sessions, login and memberships. */
  authUrl: string;
}

/** A running embedded PostgreSQL server. */
export interface EmbeddedServer extends DatabaseUrls {
  /** The superuser, for administration and tests only. */
  superUrl: string;
  /** The folder in use, which may differ from the one asked for. */
  dataDir: string;
  port: number;
  pid: number;
  /** Whether it was running already, left behind by a process that was killed or shared by others. */
  tookOver: boolean;
  /** Whether another living process holds it; then `stop` leaves it running. */
  borrowed: boolean;
  /** Stops the server and waits until it has ended. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Folder of the cluster, made when missing. */
  dataDir: string;
  log?: (line: string) => void;
  /** Server settings beside or instead of the defaults, for example `{ fsync: "off" }`. */
  settings?: Record<string, string>;
  /** Name of the database, default `muster`. */
  database?: string;
  /**
   * `own` (default): this process holds the server; refused while another living process does.
   * `borrow`: use the server of another living process, else hold one.
   * `share`: nobody holds it; it keeps running when this process ends, for any number of others.
   */
  use?: "own" | "borrow" | "share";
}

/** Another living process holds the cluster. */
export class EmbeddedInUseError extends Error {
  constructor(folder: string, holder: ProcessMark) {
    super(`The database in ${folder} is in use by process ${holder.pid}: stop that one first.`);
    this.name = "EmbeddedInUseError";
  }
}

const SETTINGS: Record<string, string> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "128MB",
  timezone: "Asia/Shanghai",
  log_timezone: "Asia/Shanghai",
  log_min_messages: "warning",
  password_encryption: "scram-sha-256",
};

/** One process at a time looks, makes and starts; a first start with initdb takes a few seconds. */
const TURN_MS = 120_000;

/**
 * Starts the embedded PostgreSQL of a folder, or takes over the one that runs there, and sees that the
 * database and its roles exist. Works as root and as an ordinary user. Throws EmbeddedInUseError when
 * another living process holds it, or an Error whose message names what is wrong in one sentence.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const log = options.log ?? (() => {});
  const place = existingPlace(options.dataDir) ?? newPlace(options.dataDir, log);
  return withLock(join(place.folder, "start.lock"), TURN_MS, () => startInPlace(place, options, log));
}

/** The server that runs on a folder's cluster and answers with our credentials, or null. */
export async function runningEmbedded(dataDir: string, database = "muster"): Promise<EmbeddedServer | null> {
  const place = existingPlace(dataDir);
  const postmaster = place && (await findPostmaster(place));
  if (!place || !postmaster) return null;
  const credentials = credentialsIn(place.folder);
  if (!(await answers(place, postmaster, credentials))) return null;
  const borrowed = livingHolder(place) !== null;
  return describe(place, postmaster, credentials, { database, tookOver: true, borrowed });
}

/**
 * Removes a folder's cluster with everything in it, stopping its server first. Throws EmbeddedInUseError
 * while another living process holds it.
 */
export async function destroyEmbedded(dataDir: string): Promise<void> {
  const place = existingPlace(dataDir);
  if (!place) return;
  await withLock(join(place.folder, "start.lock"), TURN_MS, async () => {
    const found = await findPostmaster(place);
    const holder = found && livingHolder(place);
    if (holder) throw new EmbeddedInUseError(place.folder, holder);
    if (found) await stopPostmaster(found.pid);
    rmSync(clusterIn(place.folder), { recursive: true, force: true });
  });
  rmSync(place.folder, { recursive: true, force: true });
}

async function startInPlace(
  place: Place,
  options: EmbeddedOptions,
  log: (line: string) => void,
): Promise<EmbeddedServer> {
  const database = options.database ?? "muster";
  const credentials = credentialsIn(place.folder);
  const found = await findUsable(place, credentials, log);
  const holder = found && livingHolder(place);
  if (holder && options.use !== "borrow") throw new EmbeddedInUseError(place.folder, holder);
  const postmaster = found ?? (await startFresh(place, credentials, options, log));
  if (!holder) {
    writeState(place.folder, {
      port: postmaster.port,
      holder: options.use === "share" ? null : markOf(process.pid),
    });
  }
  const server = describe(place, postmaster, credentials, {
    database,
    tookOver: found !== null,
    borrowed: holder !== null,
  });
  await prepareDatabase(server.superUrl, credentials, database);
  return server;
}

/** A server on our cluster that does not answer to us is of no use and in the way: it is stopped. */
async function findUsable(
  place: Place,
  credentials: Credentials,
  log: (line: string) => void,
): Promise<Postmaster | null> {
  const found = await findPostmaster(place);
  if (!found || (await answers(place, found, credentials))) return found;
  log(`PostgreSQL (process ${found.pid}) on ${place.folder} does not answer and is stopped`);
  await stopPostmaster(found.pid);
  return null;
}

async function startFresh(
  place: Place,
  credentials: Credentials,
  options: EmbeddedOptions,
  log: (line: string) => void,
): Promise<Postmaster> {
  const binaries = binariesFor(place.account, place.folder, log);
  if (!existsSync(clusterIn(place.folder))) {
    await initCluster(place, binaries, credentials.postgres, options.settings?.fsync !== "off");
  }
  return startPostmaster(
    place,
    binaries,
    { ...SETTINGS, ...options.settings },
    readState(place.folder)?.port,
  );
}

function livingHolder(place: Place): ProcessMark | null {
  const holder = readState(place.folder)?.holder;
  return holder && holder.pid !== process.pid && lives(holder) ? holder : null;
}

async function answers(place: Place, postmaster: Postmaster, credentials: Credentials): Promise<boolean> {
  const url = urlOf("postgres", credentials, postmaster.port, "postgres");
  const sql = postgres(url, { max: 1, connect_timeout: 10 });
  try {
    const [row] = await sql<{ folder: string }[]>`select current_setting('data_directory') as folder`;
    return row !== undefined && realpathSync(row.folder) === realpathSync(clusterIn(place.folder));
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Idempotent, at every start: a process killed between initdb and here left a cluster without them. */
async function prepareDatabase(superUrl: string, credentials: Credentials, database: string): Promise<void> {
  const sql = postgres(superUrl, { max: 1, onnotice: () => {} });
  try {
    const existing = await sql<{ rolname: string }[]>`select rolname from pg_roles`;
    for (const role of Object.keys(ROLE_ATTRIBUTES) as MusterRole[]) {
      if (existing.some(({ rolname }) => rolname === role)) continue;
      await sql.unsafe(
        `create role ${role} login ${ROLE_ATTRIBUTES[role]} password ${quoteLiteral(credentials[role])}`,
      );
    }
    const [there] = await sql`select 1 from pg_database where datname = ${database}`;
    if (!there) await sql`create database ${sql(database)} owner muster_owner`;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function describe(
  place: Place,
  postmaster: Postmaster,
  credentials: Credentials,
  { database, tookOver, borrowed }: { database: string; tookOver: boolean; borrowed: boolean },
): EmbeddedServer {
  const url = (role: keyof Credentials, name: string) => urlOf(role, credentials, postmaster.port, name);
  return {
    superUrl: url("postgres", "postgres"),
    ownerUrl: url("muster_owner", database),
    appUrl: url("muster_app", database),
    authUrl: url("muster_auth", database),
    dataDir: place.folder,
    port: postmaster.port,
    pid: postmaster.pid,
    tookOver,
    borrowed,
    stop: async () => {
      if (!borrowed) await stopPostmaster(postmaster.pid);
    },
  };
}

function urlOf(role: keyof Credentials, credentials: Credentials, port: number, database: string): string {
  return `postgres://${role}:${credentials[role]}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}
