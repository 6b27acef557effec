import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, statSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { type Account, accountForServer, canWorkIn, isRoot } from "./account";

/** Where a cluster lies and whom it belongs to. */
export interface Place {
  /** Holds `cluster`, the credentials, the state file and the server's log. */
  folder: string;
  account: Account;
}

/** The PostgreSQL data directory of a place. */
export function clusterIn(folder: string): string {
  return join(folder, "cluster");
}

/** The place where a cluster asked for at `dataDir` already lies, or null. */
export function existingPlace(dataDir: string): Place | null {
  for (const folder of candidates(dataDir)) {
    if (!existsSync(clusterIn(folder))) continue;
    const { uid, gid } = statSync(clusterIn(folder));
    // The cluster's owner stays its account, even when a better one has appeared since.
    return { folder, account: isRoot() && uid !== 0 ? { uid, gid } : null };
  }
  return null;
}

/**
 * The place for a new cluster: `dataDir`, or when the server's account cannot work there (a checkout in
 * a closed home folder, a read-only one) a folder named after it elsewhere, said in one line through `log`.
 */
export function newPlace(dataDir: string, log: (line: string) => void): Place {
  const account = accountForServer();
  for (const folder of candidates(dataDir)) {
    if (!prepare(folder, account)) continue;
    if (folder !== resolve(dataDir)) {
      log(`The database lies in ${folder}: the server's account cannot work in ${dataDir}`);
    }
    return { folder, account };
  }
  throw new Error(`No folder for the database: tried ${candidates(dataDir).join(", ")}.`);
}

/** The folders that may hold the cluster asked for at `dataDir`, in the order of preference. */
function candidates(dataDir: string): string[] {
  const asked = resolve(dataDir);
  const name = `muster-${createHash("sha256").update(asked).digest("hex").slice(0, 12)}`;
  const own = isRoot() ? "/var/lib" : (process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"));
  return [asked, join(own, name), join(tmpdir(), name)];
}

function prepare(folder: string, account: Account): boolean {
  try {
    const first = mkdirSync(folder, { recursive: true, mode: 0o700 });
    // In a shared temporary folder somebody else could have laid the folder before us.
    if (process.getuid && statSync(folder).uid !== process.getuid()) return false;
    if (account) letThrough(folder, first ?? folder);
    return canWorkIn(folder, account);
  } catch {
    return false;
  }
}

/**
 * Root's folders, from `first` down to `folder`, are open to passers-by who know a name inside, as the server's
 * account must get through. By chmod, as a umask of 077 would take it away from mkdir.
 */
function letThrough(folder: string, first: string): void {
  chmodSync(folder, 0o711);
  if (folder !== first) letThrough(dirname(folder), first);
}
