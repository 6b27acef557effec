// @ts-check
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { installed, mustRun, ROOT } from "./steps.mjs";

const STAMP = join(ROOT, ".cache/built");
/** Where the build's sources lie; what only tests and tools read is left out below. */
const FOLDERS = ["app", "db", "packages"];
const SKIPPED = /^(node_modules|\..*|bench|testing|launch|.*\.test\.tsx?)$/;

/**
 * Builds the application unless the last build was of the same sources and lockfile.
 * @returns {Promise<string | undefined>} a word for the progress line when there was nothing to do
 */
export async function buildIfChanged() {
  const sources = hashOfSources();
  const built = existsSync(STAMP) && readFileSync(STAMP, "utf8") === sources;
  if (built && existsSync(join(ROOT, "build/server")) && existsSync(join(ROOT, "build/client"))) {
    return "未变 unchanged";
  }
  await mustRun("构建失败 The build failed.", ...turbo("build"));
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, sources);
  return undefined;
}

/**
 * The command line of a turbo task.
 * @param {string} task
 * @returns {[string, string[], { env: NodeJS.ProcessEnv }]}
 */
export function turbo(task) {
  const args = ["run", task, "--output-logs=errors-only", "--ui=stream"];
  return [
    installed("turbo"),
    args,
    { env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" } },
  ];
}

function hashOfSources() {
  const hash = createHash("sha256").update(process.version);
  const inRoot = readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(json|js|ts|cjs)$/.test(entry.name))
    .map((entry) => entry.name);
  for (const path of [...inRoot, ...FOLDERS.flatMap(filesUnder)].sort()) {
    hash.update(`\n${path}\n`).update(readFileSync(join(ROOT, path)));
  }
  return hash.digest("hex");
}

/**
 * @param {string} folder relative to the root
 * @returns {string[]}
 */
function filesUnder(folder) {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (SKIPPED.test(entry.name)) return [];
    if (entry.isDirectory()) return filesUnder(path);
    return entry.isFile() ? [path] : [];
  });
}
