// @ts-check
import { readFileSync } from "node:fs";

/**
 * @typedef {object} Count
 * @property {number} passed
 * @property {number} failed
 */

/** Adds up checks and tests, prints a line for each part and the output of what failed. */
export class Tally {
  passed = 0;
  failed = 0;

  /**
   * @param {string} title
   * @param {Count} count
   * @param {{ seconds: number, output?: string }} details
   */
  add(title, { passed, failed }, { seconds, output = "" }) {
    this.passed += passed;
    this.failed += failed;
    const counts = passed + failed > 1 ? `  ${passed} passed, ${failed} failed` : "";
    console.log(`${failed > 0 ? "✗" : "✓"} ${title}${counts}  ${seconds.toFixed(1)} s`);
    if (failed > 0 && output) console.log(`\n${output.trimEnd()}\n`);
  }

  /** The closing line. */
  toString() {
    return `${this.passed} passed, ${this.failed} failed`;
  }
}

/**
 * The counts of a vitest run from its JSON report. A run that failed without a failing test (a file that
 * cannot be loaded, an error outside of any test, no test at all) counts as one failure.
 * @param {string} report path of the report
 * @param {number} code vitest's exit code
 * @returns {Count}
 */
export function countVitest(report, code) {
  const json = readReport(report);
  const passed = Number(json?.numPassedTests ?? 0);
  const failed = Number(json?.numFailedTests ?? 0) + filesWithoutTests(json);
  return { passed, failed: atLeastOne(failed, code) };
}

/**
 * The counts of a Playwright run from its JSON report; a test that passed at a second try has passed.
 * @param {string} report path of the report
 * @param {number} code Playwright's exit code
 * @returns {Count}
 */
export function countPlaywright(report, code) {
  const json = readReport(report);
  const passed = Number(json?.stats?.expected ?? 0) + Number(json?.stats?.flaky ?? 0);
  const failed = Number(json?.stats?.unexpected ?? 0) + Number(json?.errors?.length ?? 0);
  return { passed, failed: atLeastOne(failed, code) };
}

/**
 * @param {number} failed
 * @param {number} code
 */
function atLeastOne(failed, code) {
  return failed === 0 && code !== 0 ? 1 : failed;
}

/** @param {any} json */
function filesWithoutTests(json) {
  /** @type {{ status: string, assertionResults: unknown[] }[]} */
  const files = json?.testResults ?? [];
  return files.filter(({ status, assertionResults }) => status === "failed" && assertionResults.length === 0)
    .length;
}

/**
 * @param {string} path
 * @returns {any} null when the run ended before it wrote one
 */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}
