import type { ConcernedRow, InspectionLine } from "@muster/db/queries/inspections/read";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Entered } from "~/features/staff/entered";
import { useFormat } from "~/i18n/use-format";
import { EmptyState } from "~/ui/empty-state";
import { Table } from "~/ui/table";
import { Tag } from "~/ui/tag";
import { usePageTranslate } from "~/ui/use-page";
import { numberOf } from "./inspection-words";
import { INSPECTION_TONES } from "./labels";

/** From when to when, without the year. */
function useDates() {
  const { t } = useTranslation(["inspections"]);
  const f = useFormat();
  return (row: { startsOn: string; endsOn: string }) =>
    t("dates", { from: f.day(row.startsOn), to: f.day(row.endsOn) });
}

/** How far an inspection is, and whether its stations were told. */
export function StateTags({ state, unannounced }: Pick<InspectionLine, "state" | "unannounced">) {
  const { t } = useTranslation(["inspections"]);
  return (
    <span className="flex flex-wrap gap-1">
      <Tag tone={INSPECTION_TONES[state]}>{t(`state.${state}`)}</Tag>
      {unannounced && (
        <Tag tone="warn" plain>
          {t("page.unannounced")}
        </Tag>
      )}
    </span>
  );
}

/** The inspections that concern the reader's station. */
export function OwnInspections({ rows }: { rows: readonly Omit<ConcernedRow, "circular" | "visitNote">[] }) {
  const { t } = useTranslation(["inspections"]);
  const f = useFormat();
  const dates = useDates();
  return (
    <Table
      caption={t("list.own")}
      rows={rows}
      rowKey={({ inspectionId }) => inspectionId}
      grow
      stacked
      empty={<EmptyState title={t("list.empty")}>{t("list.emptyHint")}</EmptyState>}
      columns={[
        {
          id: "theme",
          header: t("column.theme"),
          rowHeader: true,
          cell: (row) => (
            <Link to={row.inspectionId} className="inline-flex min-h-target items-center">
              <Entered>{row.theme}</Entered>
            </Link>
          ),
        },
        { id: "by", header: t("column.by"), cell: ({ byStationName }) => byStationName },
        { id: "dates", header: t("column.dates"), wide: true, cell: (row) => dates(row) },
        {
          id: "visited",
          header: t("column.visited"),
          tight: true,
          cell: ({ visitedOn }) => (visitedOn ? f.date(visitedOn) : t("page.notVisited")),
        },
        {
          id: "state",
          header: t("column.state"),
          tight: true,
          cell: (row) => <StateTags {...row} />,
        },
      ]}
    />
  );
}

/** The inspections of the reader's station and of those below, with how far they are. */
export function InspectionsBelow({
  rows,
}: {
  rows: readonly Omit<InspectionLine, "draw" | "circular" | "note">[];
}) {
  const { t } = useTranslation(["inspections"]);
  const translate = usePageTranslate();
  const f = useFormat();
  const dates = useDates();
  return (
    <Table
      caption={t("list.below")}
      rows={rows}
      rowKey={({ id }) => id}
      stacked
      empty={<EmptyState title={t("list.empty")}>{t("list.emptyHint")}</EmptyState>}
      columns={[
        {
          id: "theme",
          header: t("column.theme"),
          rowHeader: true,
          cell: (row) => (
            <span className="grid">
              <Link to={row.id} className="inline-flex min-h-target items-center">
                <Entered>{row.theme}</Entered>
              </Link>
              <span className="text-sm text-ink-3">
                {numberOf({ station: row.stationName, year: row.year, number: row.number }, translate)}
              </span>
            </span>
          ),
        },
        { id: "dates", header: t("column.dates"), wide: true, cell: (row) => dates(row) },
        {
          id: "state",
          header: t("column.state"),
          tight: true,
          cell: (row) => <StateTags {...row} />,
        },
        {
          id: "progress",
          header: t("column.progress"),
          numeric: true,
          cell: ({ visited, stations }) => `${f.integer(visited)}/${f.integer(stations)}`,
        },
        {
          id: "findings",
          header: t("column.findings"),
          numeric: true,
          cell: ({ findings }) => f.integer(findings),
        },
        {
          id: "unsettled",
          header: t("column.unsettled"),
          numeric: true,
          cell: ({ unsettled }) => f.integer(unsettled),
        },
      ]}
    />
  );
}
