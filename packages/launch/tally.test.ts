import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { countPlaywright, countVitest } from "./tally.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "muster-tally-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function reportOf(json: unknown): string {
  const path = join(folder, "report.json");
  writeFileSync(path, JSON.stringify(json));
  return path;
}

describe("counting vitest's tests", () => {
  it("takes its numbers", () => {
    const report = reportOf({ numPassedTests: 7, numFailedTests: 2, testResults: [] });
    expect(countVitest(report, 1)).toEqual({ passed: 7, failed: 2 });
  });

  it("counts a file that cannot be loaded, in which no test failed, as a failure", () => {
    const testResults = [
      { status: "failed", assertionResults: [] },
      { status: "passed", assertionResults: [{}] },
    ];
    expect(countVitest(reportOf({ numPassedTests: 1, numFailedTests: 0, testResults }), 1)).toEqual({
      passed: 1,
      failed: 1,
    });
  });

  it("counts a run that failed outside of every test, or left no report, as a failure", () => {
    const report = reportOf({ numPassedTests: 7, numFailedTests: 0, testResults: [] });
    expect(countVitest(report, 1)).toEqual({ passed: 7, failed: 1 });
    expect(countVitest(join(folder, "none.json"), 137)).toEqual({ passed: 0, failed: 1 });
  });
});

describe("counting Playwright's tests", () => {
  it("counts a flaky one as passed and an error outside of every test as failed", () => {
    const report = reportOf({ stats: { expected: 5, flaky: 1, unexpected: 2, skipped: 3 }, errors: [{}] });
    expect(countPlaywright(report, 1)).toEqual({ passed: 6, failed: 3 });
  });
});
