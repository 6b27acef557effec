import type { ScopedTx } from "../../scope";
import { audit } from "../audit";

/** Whose list is taken out as a file: the first part of the action's name, and what the entry is about. */
const SUBJECTS = {
  person: "Person",
  visit: "Visit",
  reception: "Reception",
  petition: "Petition",
  assistance: "Assistance",
  finding: "Finding",
  staff: "Staff",
  audit: "AuditLog",
  dashboard: "Dashboard",
} as const;

/** What of an address is no filter. */
const NO_FILTERS = new Set([
  "ages",
  ...["after", "before", "cols", "template", "station", "period"],
  // The page of a list, and what a dashboard is taken out as.
  ...["page", "format", "table", "screen"],
]);

/**
 * Writes down that somebody took a list out of the service as a file: which register or dashboard, how many rows, of
 * which station and month, and by which filters. What was typed into a search stands in no entry: only that one was.
 */
export async function noteExport(
  tx: ScopedTx,
  {
    register,
    search,
    rows,
    board,
  }: {
    register: keyof typeof SUBJECTS;
    /** The address as it was read. */
    search: Readonly<Record<string, unknown>> & {
      station?: number | undefined;
      period?: string | undefined;
    };
    rows: number;
    /** Which of the dashboards. */
    board?: string;
  },
): Promise<void> {
  const { stationId, path } = tx.caller.actor;
  const asked = Object.entries(search).filter(
    ([name, value]) => value !== undefined && value !== null && !NO_FILTERS.has(name),
  );
  await audit(tx, {
    action: `${register}.export`,
    subject: SUBJECTS[register],
    subjectId: String(stationId),
    stationId,
    path,
    after: {
      rows,
      ...(search.station ? { exportOf: search.station } : {}),
      ...(search.period ? { period: search.period } : {}),
      ...(board ? { board } : {}),
      ...(asked.length > 0 ? { filteredBy: asked.map(([name]) => name).sort() } : {}),
    },
  });
}
