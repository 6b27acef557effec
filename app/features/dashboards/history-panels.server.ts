import type { MissingStation } from "@muster/db/queries/dashboards/compliance";
import type { VerdictHistory } from "@muster/db/queries/dashboards/verdicts";
import type { Period } from "@muster/domain/period";
import { FIVE_HAVES, type StandardItem } from "@muster/domain/standard";
import { yearSlug } from "~/features/assessments/model";
import { formatDate } from "~/i18n/format";

import type { Ground } from "./ground.server";
import { byWeight, ITEM_PANEL, itemLink, itemName } from "./items.server";
import type { Panel, Row } from "./model";
import { monthColumns, trendPanel } from "./panels.server";
import { fromRecords, percent } from "./records.server";

/** An item that up to one station in ten does not pass is a warning, more is bad. */
const WARN_UP_TO = 10;

/** The five dimensions month by month: of the stations verified by a month's end, the share that passed each. */
export function dimensionHistoryPanel(ground: Ground, { months }: VerdictHistory): Panel {
  const { t } = ground.reader;
  const at = new Map(months.map((month) => [month.period, month]));
  return trendPanel(
    ground,
    {
      id: "compliance-dimension-history",
      side: "left",
      title: t("dashboards:compliance.dimensionHistory"),
      note: t("dashboards:compliance.atMonthsEnd"),
    },
    [
      ...FIVE_HAVES.map((have) => ({
        label: t(`standards:dimension.${have}`),
        format: "percent" as const,
        at: (period: Period) => {
          const month = at.get(period);
          return month ? percent(month.verified - month.lacking[have], month.verified) : null;
        },
      })),
      {
        label: t("dashboards:compliance.verified"),
        format: "count",
        at: (period) => at.get(period)?.verified || null,
      },
      {
        label: t("dashboards:compliance.meeting"),
        format: "count",
        at: (period) => (at.get(period)?.verified ? (at.get(period)?.meeting ?? null) : null),
      },
    ],
    { marks: "line", columns: FIVE_HAVES.map((_, i) => i) },
  );
}

/** The items that failed somewhere in the range by month, in the order of itemsPanel: most of the last month first. */
export function itemHistoryPanel(ground: Ground, { months: verdicts, items }: VerdictHistory): Panel {
  const { t } = ground.reader;
  const shares = items
    .map(({ item, months }) => ({ item, cells: months.map(({ missed, judged }) => percent(missed, judged)) }))
    .sort((a, b) => (b.cells.at(-1) ?? -1) - (a.cells.at(-1) ?? -1));
  return {
    id: "compliance-item-history",
    side: "right",
    title: t("dashboards:compliance.itemHistory"),
    note: t("dashboards:compliance.atMonthsEnd"),
    head: t("dashboards:compliance.item"),
    columns: monthColumns(ground, "percent"),
    rows: byWeight(ground, shares).map(
      (row): Row =>
        "heading" in row
          ? row
          : { ...itemLink(ground, row.item), name: itemName(ground, row.item), cells: row.cells },
    ),
    picture: { kind: "heat", good: 0, warn: WARN_UP_TO, low: true, top: 100 },
    empty: t(
      verdicts.some(({ verified }) => verified > 0)
        ? "dashboards:compliance.noneMissed"
        : "dashboards:compliance.noneVerified",
    ),
  };
}

/** The stations that do not pass an item today, each opening the assessment that says so. */
export function missingPanel(
  ground: Ground,
  item: StandardItem,
  missed: number,
  stations: readonly MissingStation[],
): Panel {
  const { t, locale } = ground.reader;
  return {
    id: ITEM_PANEL,
    side: "full",
    title: t("dashboards:compliance.missing", { item: itemName(ground, item) }),
    note:
      missed > stations.length
        ? t("dashboards:compliance.missingCut", { count: stations.length, all: missed })
        : fromRecords(ground),
    head: t("dashboards:head.station"),
    columns: [
      { label: t("dashboards:compliance.level"), format: "text" },
      { label: t("dashboards:compliance.parent"), format: "text" },
      { label: t("dashboards:compliance.verifiedOn"), format: "text" },
    ],
    rows: stations.map(
      ({ id, name, level, parentName, year, round, verifiedOn }): Row => ({
        to: `/stations/${id}/assessments/${yearSlug({ year, round })}#item-${item.code}`,
        name,
        cells: [t(`standards:level.${level}`), parentName, formatDate(verifiedOn, locale)],
      }),
    ),
    empty: t("dashboards:compliance.noneMissing"),
  };
}
