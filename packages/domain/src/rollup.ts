import type { Figures } from "./indicator";
import type { Status } from "./workflow";

/** What a roll-up needs to know of one report. */
export interface ReportState {
  status: Status;
  figures: Figures;
  /** The figures last accepted, while a newer version is on its way; null otherwise. */
  acceptedFigures: Figures | null;
  expected: boolean;
  /** The first submission came by the deadline; null before it. */
  onTime: boolean | null;
}

/** How many reports stand where. `filed + returned + missing = expected`. */
export interface Coverage {
  expected: number;
  filed: number;
  accepted: number;
  returned: number;
  missing: number;
  onTime: number;
}

/** What one report adds to each of its ancestors' roll-ups. */
export interface Contribution extends Coverage {
  acceptedFigures: Figures;
  provisionalFigures: Figures;
}

export const NO_CONTRIBUTION: Contribution = {
  acceptedFigures: [],
  provisionalFigures: [],
  expected: 0,
  filed: 0,
  accepted: 0,
  returned: 0,
  missing: 0,
  onTime: 0,
};

/**
 * A report's contribution. Accepted figures stay in force while an amendment is on its way;
 * provisional is accepted plus what waits for review.
 */
export function contributionOf(report: ReportState): Contribution {
  if (!report.expected) return NO_CONTRIBUTION;
  const settled = report.status === "accepted" || report.status === "locked";
  const accepted = settled ? report.figures : report.acceptedFigures;
  const provisional = report.status === "submitted" ? report.figures : accepted;
  return {
    acceptedFigures: accepted ?? [],
    provisionalFigures: provisional ?? [],
    expected: 1,
    filed: settled || report.status === "submitted" || report.status === "amending" ? 1 : 0,
    accepted: accepted ? 1 : 0,
    returned: report.status === "returned" ? 1 : 0,
    missing: report.status === "draft" ? 1 : 0,
    onTime: report.onTime ? 1 : 0,
  };
}

/** `after - before`, slot by slot and count by count: what a transition adds to each ancestor. */
export function difference(after: Contribution, before: Contribution): Contribution {
  return {
    acceptedFigures: minus(after.acceptedFigures, before.acceptedFigures),
    provisionalFigures: minus(after.provisionalFigures, before.provisionalFigures),
    expected: after.expected - before.expected,
    filed: after.filed - before.filed,
    accepted: after.accepted - before.accepted,
    returned: after.returned - before.returned,
    missing: after.missing - before.missing,
    onTime: after.onTime - before.onTime,
  };
}

/** Slot by slot `a - b`; a missing figure counts nothing. */
function minus(a: Figures, b: Figures): number[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => (a[i] ?? 0) - (b[i] ?? 0));
}

/** The sum of contributions: what `doctor` compares the stored roll-ups with. */
export function sumOf(contributions: Iterable<Contribution>): Contribution {
  const total = { ...NO_CONTRIBUTION };
  let accepted: number[] = [];
  let provisional: number[] = [];
  for (const c of contributions) {
    accepted = plus(accepted, c.acceptedFigures);
    provisional = plus(provisional, c.provisionalFigures);
    total.expected += c.expected;
    total.filed += c.filed;
    total.accepted += c.accepted;
    total.returned += c.returned;
    total.missing += c.missing;
    total.onTime += c.onTime;
  }
  return { ...total, acceptedFigures: accepted, provisionalFigures: provisional };
}

function plus(a: Figures, b: Figures): number[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => (a[i] ?? 0) + (b[i] ?? 0));
}
