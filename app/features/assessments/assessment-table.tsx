import type { AssessmentLine } from "@muster/db/queries/assessments/read";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { EmptyState } from "~/ui/empty-state";
import { Table } from "~/ui/table";
import { Tag } from "~/ui/tag";
import { FiveTag } from "./five-tag";
import { STATUS_TONES, yearSlug } from "./model";

/** How far the stations below one are with a year's assessments, and those below them. */
export function AssessmentTable({ rows, year }: { rows: readonly AssessmentLine[]; year: number }) {
  const { t } = useTranslation(["standards"]);
  const f = useFormat();
  const below = rows.some((row) => row.below.stations > 0);
  return (
    <Table
      caption={t("list.title")}
      rows={rows}
      rowKey={(row) => row.stationId}
      empty={<EmptyState title={t("list.empty")} />}
      columns={[
        {
          id: "station",
          header: t("column.station"),
          rowHeader: true,
          cell: (row) => (
            <Link
              to={
                row.round === null
                  ? `/stations/${row.stationId}/assessments`
                  : `/stations/${row.stationId}/assessments/${yearSlug({ year, round: row.round })}`
              }
              className="inline-flex min-h-target items-center font-semibold"
            >
              {row.name}
            </Link>
          ),
        },
        {
          id: "status",
          header: t("column.status"),
          cell: (row) => (
            <Tag tone={STATUS_TONES[row.status ?? "none"]}>{t(`status.${row.status ?? "none"}`)}</Tag>
          ),
        },
        {
          id: "points",
          header: t("column.points"),
          numeric: true,
          cell: (row) => f.decimal(row.points),
        },
        {
          id: "five",
          header: t("column.five"),
          cell: ({ fiveHaves }) => <FiveTag fiveHaves={fiveHaves} />,
        },
        ...(below
          ? [
              {
                id: "below",
                header: t("column.below"),
                cell: (row: AssessmentLine) =>
                  row.below.stations === 0 ? (
                    "—"
                  ) : (
                    <Link
                      to={`/assessments?year=${year}&station=${row.stationId}`}
                      className="inline-flex min-h-target items-center tabular-nums"
                    >
                      {row.below.checked} / {row.below.submitted} / {row.below.stations}
                      <span className="sr-only">{t("list.below")}</span>
                    </Link>
                  ),
              },
              {
                id: "met",
                header: t("column.met"),
                numeric: true,
                wide: true,
                cell: (row: AssessmentLine) => f.integer(row.below.met),
              },
            ]
          : []),
      ]}
    />
  );
}
