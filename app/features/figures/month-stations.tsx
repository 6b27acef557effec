import type { Status } from "@muster/domain/workflow";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "~/i18n/format";
import { useFormat } from "~/i18n/use-format";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { Table } from "~/ui/table";
import { addressOf } from "./model";
import { StatusTag } from "./status-tag";

export interface MonthStation {
  stationId: number;
  name: string;
  status: Status;
  dueOn: string;
  submittedAt: string | null;
  onTime: boolean | null;
  warnings: number;
  excused: string | null;
}

/** The stations that report here in one month; each opens its report. */
export function MonthStations({
  stations,
  period,
  mayReview,
}: {
  stations: readonly MonthStation[];
  period: string;
  mayReview: boolean;
}) {
  const { t } = useTranslation(["months"]);
  const f = useFormat();
  const to = (stationId: number) =>
    mayReview ? `/review/${stationId}/${period}` : addressOf({ stationId, period });
  return (
    <Card title={t("stations.title", { count: stations.length })} flush>
      <Table
        caption={t("stations.title", { count: stations.length })}
        rows={stations}
        rowKey={(station) => station.stationId}
        grow
        columns={[
          {
            id: "name",
            header: t("column.station"),
            rowHeader: true,
            cell: (station) => (
              <Link to={to(station.stationId)} className="inline-flex min-h-target items-center">
                {station.name}
              </Link>
            ),
          },
          {
            id: "status",
            header: t("column.status"),
            cell: (station) => (
              <>
                <StatusTag status={station.status} />
                {station.excused && <span className="block text-sm text-ink-3">{station.excused}</span>}
              </>
            ),
          },
          { id: "due", header: t("column.due"), wide: true, cell: (station) => f.date(station.dueOn) },
          {
            id: "submitted",
            header: t("column.submitted"),
            wide: true,
            cell: (station) => (
              <>
                {station.submittedAt ? formatDateTime(station.submittedAt) : "—"}
                {station.onTime === false && <span className="ml-2 text-bad">{t("own.late")}</span>}
              </>
            ),
          },
          {
            id: "warnings",
            header: t("column.warnings"),
            numeric: true,
            wide: true,
            cell: (station) => (station.warnings > 0 ? station.warnings : "—"),
          },
        ]}
        empty={<EmptyState title={t("below.empty")} />}
      />
    </Card>
  );
}
