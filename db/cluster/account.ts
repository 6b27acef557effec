import { execFileSync, spawnSync } from "node:child_process";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";

/** The operating system's account that the server runs under; null: the account of this process. */
export type Account = { uid: number; gid: number } | null;

const OWN_ACCOUNT = "muster-db";

/**
 * The account for a new cluster. PostgreSQL refuses to run as root, so root lends it an unprivileged
 * account: `postgres` where Debian made it, else one of our own, else `nobody`.
 */
export function accountForServer(): Account {
  if (!isRoot()) return null;
  const existing = lookUp("postgres") ?? lookUp(OWN_ACCOUNT);
  if (existing) return existing;
  spawnSync("/usr/sbin/useradd", ["--system", "--no-create-home", "--shell", "/bin/false", OWN_ACCOUNT]);
  return lookUp(OWN_ACCOUNT) ?? lookUp("nobody") ?? { uid: 65534, gid: 65534 };
}

/** Options for spawn and spawnSync that run a program under the account. */
export function runAs(account: Account): { cwd: string; uid?: number; gid?: number } {
  // The working folder of the caller may be closed to the account; PostgreSQL wants a readable one.
  return account ? { cwd: "/", ...account } : { cwd: "/" };
}

/** Gives a path made by this process to the account. */
export function handOver(path: string, account: Account): void {
  if (account) chownSync(path, account.uid, account.gid);
}

/** Whether the account can reach `folder` and own a folder of its own inside it. */
export function canWorkIn(folder: string, account: Account): boolean {
  let probe: string | undefined;
  try {
    probe = mkdtempSync(join(folder, "probe-"));
    handOver(probe, account);
    if (process.platform === "win32") return true;
    return spawnSync("/bin/sh", ["-c", 'cd "$1" && : > file', "sh", probe], runAs(account)).status === 0;
  } catch {
    return false;
  } finally {
    if (probe) rmSync(probe, { recursive: true, force: true });
  }
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function lookUp(name: string): Account {
  try {
    const id = (flag: string) =>
      Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
    const account = { uid: id("-u"), gid: id("-g") };
    return account.uid > 0 ? account : null;
  } catch {
    return null;
  }
}
