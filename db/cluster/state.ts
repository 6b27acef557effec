import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ProcessMark } from "./processes";

/** The passwords of the cluster's roles; kept beside the cluster, readable by its starter only. */
export interface Credentials {
  postgres: string;
  muster_owner: string;
  muster_app: string;
  muster_auth: string;
}

/** A started server: what another process needs to find it and to know whose it is. */
export interface ServerState {
  port: number;
  /** The process that stops the server when it ends; null for a server that nobody holds. */
  holder: ProcessMark | null;
}

/** The credentials kept in a folder; new random ones are written when there are none. */
export function credentialsIn(folder: string): Credentials {
  const path = join(folder, "credentials.json");
  if (!existsSync(path)) {
    const password = () => randomBytes(18).toString("base64url");
    writePrivately(path, {
      postgres: password(),
      muster_owner: password(),
      muster_app: password(),
      muster_auth: password(),
    } satisfies Credentials);
  }
  return JSON.parse(readFileSync(path, "utf8")) as Credentials;
}

/** The state of the last server started in a folder, or null; it outlives the server, for the port's sake. */
export function readState(folder: string): ServerState | null {
  try {
    return JSON.parse(readFileSync(statePath(folder), "utf8")) as ServerState;
  } catch {
    return null;
  }
}

export function writeState(folder: string, state: ServerState): void {
  writePrivately(statePath(folder), state);
}

function statePath(folder: string): string {
  return join(folder, "server.json");
}

/** Through a second name, so that a process killed here leaves the old file or the new one, never half. */
function writePrivately(path: string, value: unknown): void {
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, path);
}
