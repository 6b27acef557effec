// @ts-check
// `npm test [-- static|unit|e2e]`: everything that must hold, counted; the last line is `N passed, N failed`.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { NO_BROWSER, provideBrowser } from "./browser.mjs";
import { buildIfChanged, turbo } from "./build.mjs";
import { DATA, fromTypeScript } from "./database.mjs";
import { installPackages } from "./install.mjs";
import { Lifetime } from "./lifetime.mjs";
import { checkNode, Failure, installed, ROOT, report, run } from "./steps.mjs";
import { countPlaywright, countVitest, Tally } from "./tally.mjs";

const REPORTS = join(ROOT, ".cache/tests");
const PARTS = ["static", "unit", "e2e"];

const lifetime = new Lifetime({ signalled: 130 });
const tally = new Tally();
try {
  await testAll(partsFrom(process.argv.slice(2)));
} catch (error) {
  if (!lifetime.ending) report(error);
  tally.failed += 1;
}
if (!lifetime.ending) console.log(`\n${tally}`);
await lifetime.end(tally.failed > 0 ? 1 : 0);

/** @param {string[]} args */
function partsFrom(args) {
  const unknown = args.find((arg) => !PARTS.includes(arg));
  if (unknown) throw new Failure(`There is no part "${unknown}", only ${PARTS.join(", ")}.`);
  return new Set(args.length > 0 ? args : PARTS);
}

/** @param {Set<string>} parts */
async function testAll(parts) {
  checkNode();
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  await installPackages();
  // Installing a browser waits for the network: it runs beside everything that does not need one.
  const browser = parts.has("e2e") ? provideBrowser((line) => console.log(`  ${line}`)) : null;
  // The static checks leave a core idle half of the time, and need nothing of what the tests need.
  const checked = parts.has("static") ? checkStatically() : null;
  // Every part needs it: the tests of the application ask the built server.
  await checkBuild();
  if (parts.has("unit") || parts.has("e2e")) {
    const env = {
      ...process.env,
      NO_COLOR: "1",
      FORCE_COLOR: undefined,
      TEST_DATABASE_SUPER_URL: await testServer(),
    };
    if (parts.has("unit")) await testUnits(env);
    await checked;
    if (browser) await testInBrowser(env, await browser);
  }
  await checked;
}

/** The type check takes as long as all the others together: it has a core of its own. */
async function checkStatically() {
  const [command, args, options] = turbo("typecheck");
  await Promise.all([
    check("类型 Types", command, [...args, "--concurrency=1"], options),
    checkStyleAndStructure(),
  ]);
}

async function checkStyleAndStructure() {
  await check("风格 Lint", installed("biome"), ["check", ".", "--colors=off"]);
  const folders = ["app", "db", "packages", "e2e"];
  await check("结构 Imports", installed("depcruise"), ["--config", ".dependency-cruiser.cjs", ...folders]);
  await check("未用 Unused code and packages", installed("knip"), ["--no-progress"]);
}

async function checkBuild() {
  const stopwatch = startStopwatch();
  try {
    await buildIfChanged();
    tally.add("构建 Build", { passed: 1, failed: 0 }, { seconds: stopwatch() });
  } catch (error) {
    const output = error instanceof Failure ? error.output : String(error);
    tally.add("构建 Build", { passed: 0, failed: 1 }, { seconds: stopwatch(), output });
  }
}

/**
 * One program that passes or fails.
 * @param {string} title
 * @param {string} command
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
async function check(title, command, args, options) {
  const stopwatch = startStopwatch();
  const { code, output } = await run(command, args, options);
  tally.add(
    title,
    { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 },
    { seconds: stopwatch(), output },
  );
}

/**
 * The superuser's URL of TEST_DATABASE_SUPER_URL, or of a cluster made for this run and removed after it.
 * @returns {Promise<string>}
 */
async function testServer() {
  if (process.env.TEST_DATABASE_SUPER_URL) return process.env.TEST_DATABASE_SUPER_URL;
  const { destroyEmbedded, startEmbedded } = await fromTypeScript(() => import("@muster/db/embedded"));
  const { THROWAWAY_SETTINGS } = await fromTypeScript(() => import("@muster/db/testing/database"));
  const dataDir = join(DATA, "npm-test-pg");
  const server = await lifetime.hold(
    async () => {
      // What a killed run left behind.
      await destroyEmbedded(dataDir);
      return startEmbedded({ dataDir, settings: THROWAWAY_SETTINGS });
    },
    async (started) => {
      await started.stop();
      await destroyEmbedded(dataDir);
    },
  );
  return server.superUrl;
}

/** @param {NodeJS.ProcessEnv} env */
async function testUnits(env) {
  const stopwatch = startStopwatch();
  const json = join(REPORTS, "vitest.json");
  const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${json}`];
  const { code, output } = await run(installed("vitest"), args, { env });
  tally.add("单元与数据库 Unit and database tests", countVitest(json, code), {
    seconds: stopwatch(),
    output,
  });
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string | null} browser
 */
async function testInBrowser(env, browser) {
  const title = "浏览器 Browser tests";
  const stopwatch = startStopwatch();
  if (!browser) {
    tally.add(title, { passed: 0, failed: 1 }, { seconds: stopwatch(), output: NO_BROWSER });
    return;
  }
  const json = join(REPORTS, "playwright.json");
  const args = ["test", "-c", "e2e/playwright.config.ts", "--reporter=line,json"];
  const { code, output } = await run(installed("playwright"), args, {
    env: { ...env, MUSTER_CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: json },
  });
  tally.add(title, countPlaywright(json, code), { seconds: stopwatch(), output });
}

/** @returns {() => number} the seconds since */
function startStopwatch() {
  const began = performance.now();
  return () => (performance.now() - began) / 1000;
}
