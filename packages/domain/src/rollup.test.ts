import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Contribution,
  contributionOf,
  difference,
  NO_CONTRIBUTION,
  type ReportState,
  sumOf,
} from "./rollup";
import { STATUSES, type Status, TRANSITIONS } from "./workflow";

const anyFigures = fc.array(fc.option(fc.integer({ min: 0, max: 1_000_000 })), { maxLength: 6 });
const anyReport: fc.Arbitrary<ReportState> = fc.record({
  status: fc.constantFrom(...STATUSES),
  figures: anyFigures,
  acceptedFigures: fc.option(anyFigures),
  expected: fc.boolean(),
  onTime: fc.option(fc.boolean()),
});

function report(status: Status, over: Partial<ReportState> = {}): ReportState {
  return { status, figures: [5, null], acceptedFigures: null, expected: true, onTime: null, ...over };
}

/** The same contribution without trailing slots that add nothing. */
function trimmed(contribution: Contribution): Contribution {
  const trim = (figures: readonly (number | null)[]) => {
    const all = figures.map((value) => (value ?? 0) + 0);
    while (all.length > 0 && all[all.length - 1] === 0) all.pop();
    return all;
  };
  return {
    ...contribution,
    acceptedFigures: trim(contribution.acceptedFigures),
    provisionalFigures: trim(contribution.provisionalFigures),
  };
}

describe("what a report adds to its ancestors", () => {
  it("counts it in exactly one place: filed, returned or missing", () => {
    fc.assert(
      fc.property(anyReport, (any) => {
        const { filed, returned, missing, expected, accepted, onTime } = contributionOf(any);
        expect(filed + returned + missing).toBe(expected);
        expect(accepted).toBeLessThanOrEqual(expected);
        expect(onTime).toBeLessThanOrEqual(expected);
      }),
    );
  });

  it("is nothing when the station was not expected to report", () => {
    fc.assert(
      fc.property(anyReport, (any) => {
        expect(contributionOf({ ...any, expected: false })).toEqual(NO_CONTRIBUTION);
      }),
    );
  });

  it("is provisional while it waits for review, and in force once accepted", () => {
    expect(contributionOf(report("draft"))).toMatchObject({
      acceptedFigures: [],
      provisionalFigures: [],
      missing: 1,
    });
    expect(contributionOf(report("submitted"))).toMatchObject({
      acceptedFigures: [],
      provisionalFigures: [5, null],
      filed: 1,
      accepted: 0,
    });
    expect(contributionOf(report("returned"))).toMatchObject({
      provisionalFigures: [],
      returned: 1,
      filed: 0,
    });
    for (const status of ["accepted", "locked"] as const)
      expect(contributionOf(report(status))).toMatchObject({
        acceptedFigures: [5, null],
        provisionalFigures: [5, null],
        accepted: 1,
      });
  });

  it("keeps the accepted figures in force while an amendment is on its way", () => {
    const amended = { figures: [9], acceptedFigures: [5] };
    expect(contributionOf(report("amending", amended))).toMatchObject({
      acceptedFigures: [5],
      provisionalFigures: [5],
      filed: 1,
      accepted: 1,
    });
    expect(contributionOf(report("submitted", amended))).toMatchObject({
      acceptedFigures: [5],
      provisionalFigures: [9],
      filed: 1,
      accepted: 1,
    });
    expect(contributionOf(report("returned", amended))).toMatchObject({
      acceptedFigures: [5],
      provisionalFigures: [5],
      returned: 1,
      accepted: 1,
    });
  });
});

describe("a roll-up", () => {
  it("plus the difference of a step is the sum over the reports after it", () => {
    fc.assert(
      fc.property(fc.array(anyReport), anyReport, anyReport, (others, before, after) => {
        const rest = others.map(contributionOf);
        const [was, is] = [contributionOf(before), contributionOf(after)];
        const moved = sumOf([sumOf([...rest, was]), difference(is, was)]);
        expect(trimmed(moved)).toEqual(trimmed(sumOf([...rest, is])));
      }),
    );
  });

  it("stays true over whole histories of steps, step by step", () => {
    const anySteps = fc.array(fc.tuple(fc.nat(4), fc.nat(100), anyFigures), { maxLength: 40 });
    fc.assert(
      fc.property(anySteps, (steps) => {
        const reports = Array.from({ length: 5 }, () => report("draft", { figures: [] }));
        let stored = sumOf(reports.map(contributionOf));
        for (const [which, choice, figures] of steps) {
          const before = reports[which];
          if (!before) continue;
          const possible = TRANSITIONS.filter(({ from }) => from === before.status);
          const step = possible[choice % possible.length];
          if (!step) continue;
          const after: ReportState = {
            ...before,
            status: step.to,
            figures: step.action === "save" || step.action === "submit" ? figures : before.figures,
            acceptedFigures:
              step.action === "amend"
                ? before.figures
                : step.action === "accept"
                  ? null
                  : before.acceptedFigures,
          };
          reports[which] = after;
          stored = sumOf([stored, difference(contributionOf(after), contributionOf(before))]);
          expect(trimmed(stored)).toEqual(trimmed(sumOf(reports.map(contributionOf))));
        }
      }),
    );
  });

  it("does not depend on the order of the reports, nor on how they are grouped by town", () => {
    fc.assert(
      fc.property(fc.array(anyReport, { maxLength: 12 }), fc.nat(12), (reports, cut) => {
        const all = reports.map(contributionOf);
        const whole = trimmed(sumOf(all));
        expect(trimmed(sumOf([...all].reverse()))).toEqual(whole);
        expect(trimmed(sumOf([sumOf(all.slice(0, cut)), sumOf(all.slice(cut))]))).toEqual(whole);
      }),
    );
  });

  it("does not change when nothing did", () => {
    fc.assert(
      fc.property(anyReport, (any) => {
        const contribution = contributionOf(any);
        expect(trimmed(difference(contribution, contribution))).toEqual(NO_CONTRIBUTION);
      }),
    );
    expect(sumOf([])).toEqual(NO_CONTRIBUTION);
  });

  it("leaves the contributions it adds up as they are", () => {
    const frozen = Object.freeze(contributionOf(report("accepted")));
    sumOf([frozen, frozen]);
    expect(NO_CONTRIBUTION.expected).toBe(0);
    expect(frozen.acceptedFigures).toEqual([5, null]);
  });
});
