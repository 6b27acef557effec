import type { ReportEvent } from "@muster/db/queries/report-page";
import type { ReportAction } from "@muster/domain/workflow";

/** A step as the history shows it; saves of one person in a row are one entry. */
export interface HistoryEntry {
  id: string;
  action: ReportAction;
  version: number;
  round: number;
  at: string;
  byName: string;
  byRole: string;
  /** Before and after, by code. For a submission: against the submission before it. */
  changes: Record<string, [number | null, number | null]>;
  returned: Record<string, string>;
  reason: string | null;
}

/** The life of a report, latest first. */
export function historyOf(
  events: readonly ReportEvent[],
  indicators: readonly { code: string; slot: number | null; kind: string }[],
): HistoryEntry[] {
  const entries: HistoryEntry[] = [];
  let submitted: readonly (number | null)[] | null = null;
  for (const event of events) {
    const last = entries[entries.length - 1];
    if (event.action === "save" && last?.action === "save" && last.byName === event.byName) {
      last.changes = merged(last.changes, event.changes ?? {});
      Object.assign(last, { version: event.version, at: event.at });
      continue;
    }
    let changes = event.changes ?? {};
    if (event.action === "submit" && event.figures) {
      // The first submission changes nothing that a reviewer has seen.
      changes = submitted ? differences(submitted, event.figures, indicators) : {};
      submitted = event.figures;
    }
    entries.push({
      id: event.id,
      action: event.action,
      version: event.version,
      round: event.round,
      at: event.at,
      byName: event.byName,
      byRole: event.byRole,
      changes,
      returned: event.returned ?? {},
      reason: event.reason,
    });
  }
  return entries
    .filter((entry) => entry.action !== "save" || Object.keys(entry.changes).length > 0)
    .reverse();
}

type Changes = HistoryEntry["changes"];

/** Two changes one after the other as one; a figure that came back to where it was is no change. */
function merged(first: Changes, second: Changes): Changes {
  const all: Changes = { ...first };
  for (const [code, [before, after]] of Object.entries(second)) {
    const from = first[code] ? first[code][0] : before;
    if (from === after) delete all[code];
    else all[code] = [from, after];
  }
  return all;
}

function differences(
  before: readonly (number | null)[],
  after: readonly (number | null)[],
  indicators: readonly { code: string; slot: number | null; kind: string }[],
): Changes {
  const changes: Changes = {};
  for (const { code, slot, kind } of indicators) {
    if (slot === null || kind !== "figure") continue;
    const [from, to] = [before[slot] ?? null, after[slot] ?? null];
    if (from !== to) changes[code] = [from, to];
  }
  return changes;
}
