import type { Rectification } from "@muster/db/queries/dashboards/compliance";
import type { Ground } from "./ground.server";
import type { Panel, Row } from "./model";
import { type Below, fromRecords, total } from "./records.server";

const PARTS = ["open", "answered", "overdue", "closed"] as const;

/** Findings by station below, each opening its ledger: what waits, what is late, what was closed in these months. */
export function rectificationPanel(ground: Ground, stations: readonly Below<Rectification>[]): Panel {
  const { t } = ground.reader;
  return {
    id: "compliance-findings",
    side: "right",
    title: t("dashboards:findings.title"),
    note: fromRecords(ground),
    head: t("dashboards:head.station"),
    columns: PARTS.map((part) => ({ label: t(`dashboards:findings.${part}`), format: "count" })),
    rows: stations.map((station): Row => {
      const sums = total(station.groups, PARTS);
      return {
        to: `/findings?station=${station.id}`,
        name: station.name,
        cells: PARTS.map((part) => sums[part]),
        ...(sums.overdue > 0
          ? { tone: "bad", verdict: t("dashboards:findings.late", { count: sums.overdue }) }
          : sums.open + sums.answered > 0
            ? { tone: "warn", verdict: t("dashboards:findings.running") }
            : { tone: "good", verdict: t("dashboards:findings.done") }),
      };
    }),
    verdict: t("dashboards:head.verdict"),
    empty: t("dashboards:findings.none"),
  };
}
