import type { ReportEvent } from "@muster/db/queries/report-page";

/** Who filled the report in: whoever saved figures last, else whoever submitted it. */
export function preparerOf(events: readonly Pick<ReportEvent, "action" | "byName">[]): string | null {
  const newestFirst = [...events].reverse();
  const save = newestFirst.find((event) => event.action === "save");
  return (save ?? newestFirst.find((event) => event.action === "submit"))?.byName ?? null;
}
