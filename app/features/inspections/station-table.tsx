import type { InspectedStation } from "@muster/db/queries/inspections/read";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Entered } from "~/features/staff/entered";
import { useFormat } from "~/i18n/use-format";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Table } from "~/ui/table";
import { Tag } from "~/ui/tag";

interface Props {
  stations: readonly InspectedStation[];
  inspectionId: string;
  /** The reader goes there and records. */
  visits: boolean;
}

/** The stations an inspection concerns, those still to be visited first. */
export function StationTable({ stations, inspectionId, visits }: Props) {
  const { t } = useTranslation(["inspections"]);
  const f = useFormat();
  const visited = stations.filter(({ visitedOn }) => visitedOn !== null).length;
  return (
    <Card
      title={t("page.stations")}
      aside={
        <span className="text-sm text-ink-3">{t("page.progress", { visited, count: stations.length })}</span>
      }
      flush
    >
      <Table
        caption={t("page.stations")}
        rows={stations}
        rowKey={({ stationId }) => stationId}
        stacked
        columns={[
          {
            id: "station",
            header: t("column.station"),
            rowHeader: true,
            cell: ({ stationId, name, parentName }) => (
              <span className="grid min-w-20">
                <Link
                  to={
                    visits ? `/inspections/${inspectionId}/stations/${stationId}` : `/stations/${stationId}`
                  }
                  className="inline-flex min-h-target items-center"
                >
                  {name}
                </Link>
                <span className="text-sm text-ink-3">{parentName}</span>
              </span>
            ),
          },
          {
            id: "visited",
            header: t("column.visited"),
            tight: true,
            cell: ({ visitedOn, visitedBy }) =>
              visitedOn ? (
                <span className="grid">
                  {f.date(visitedOn)}
                  <span className="text-sm text-ink-3">
                    <Entered>{visitedBy}</Entered>
                  </span>
                </span>
              ) : (
                <Tag>{t("page.notVisited")}</Tag>
              ),
          },
          {
            id: "note",
            header: t("column.note"),
            wide: true,
            cell: ({ visitNote }) => (visitNote ? <Entered>{visitNote}</Entered> : "—"),
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
          ...(visits
            ? [
                {
                  id: "visit",
                  header: <span className="sr-only">{t("page.visit")}</span>,
                  tight: true,
                  cell: ({ stationId, name, visitedOn }: InspectedStation) => (
                    <LinkButton
                      to={`/inspections/${inspectionId}/stations/${stationId}`}
                      size="small"
                      aria-label={`${t(visitedOn ? "page.record" : "page.visit")} ${name}`}
                    >
                      {t(visitedOn ? "page.record" : "page.visit")}
                    </LinkButton>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}
