// @ts-check
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { mustRun, ROOT } from "./steps.mjs";

const LOCKFILE = join(ROOT, "package-lock.json");
const STAMP = join(ROOT, "node_modules/.muster-installed");
/** There while npm is at work: an install that was cut short leaves packages that npm takes for whole. */
const UNFINISHED = join(ROOT, ".cache/installing");
/** npm's own record of what it installed, written last. */
const NPM_RECORD = join(ROOT, "node_modules/.package-lock.json");

/**
 * Installs the packages of package-lock.json unless they are there.
 * @returns {Promise<string | undefined>} a word for the progress line when there was nothing to do
 */
export async function installPackages() {
  const lock = createHash("sha256").update(readFileSync(LOCKFILE)).digest("hex");
  if (isInstalled(lock)) return "已就绪 ready";
  if (existsSync(UNFINISHED)) removePackages();
  mkdirSync(dirname(UNFINISHED), { recursive: true });
  writeFileSync(UNFINISHED, "");
  // Not `npm ci`: it refuses a lockfile that lacks other platforms' binaries, which is all that a lockfile made
  // against a partial mirror of the registry can be. `--no-save` leaves the lockfile alone just as well.
  const [command, args] = npm([
    "install",
    "--no-save",
    "--include=dev",
    "--include=optional",
    "--no-audit",
    "--no-fund",
  ]);
  await mustRun("npm install 失败 failed: is the npm registry reachable?", command, args);
  writeFileSync(STAMP, lock);
  rmSync(UNFINISHED);
  return undefined;
}

function removePackages() {
  const workspaces = [
    "app",
    "db",
    "e2e",
    ...readdirSync(join(ROOT, "packages")).map((name) => `packages/${name}`),
  ];
  for (const folder of ["", ...workspaces]) {
    rmSync(join(ROOT, folder, "node_modules"), { recursive: true, force: true });
  }
}

/**
 * By our own stamp, or, where somebody ran npm by hand, by npm's record being younger than the lockfile.
 * @param {string} lock
 */
function isInstalled(lock) {
  if (existsSync(UNFINISHED)) return false;
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === lock) return true;
  return existsSync(NPM_RECORD) && statSync(NPM_RECORD).mtimeMs >= statSync(LOCKFILE).mtimeMs;
}

/**
 * The npm that runs us, which need not be the one on the PATH.
 * @param {string[]} args
 * @returns {[string, string[]]}
 */
function npm(args) {
  const script = process.env.npm_execpath;
  return script?.endsWith(".js") ? [process.execPath, [script, ...args]] : ["npm", args];
}
