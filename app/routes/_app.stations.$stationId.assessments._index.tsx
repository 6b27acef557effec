import { assessmentsOf } from "@muster/db/queries/assessments/read";
import { nextRound } from "@muster/db/queries/assessments/steps";
import { setInForce } from "@muster/db/queries/standards/read";
import { findStation } from "@muster/db/queries/stations/row";
import { localDate } from "@muster/domain/period";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { FiveTag } from "~/features/assessments/five-tag";
import { STATUS_TONES, yearSlug } from "~/features/assessments/model";
import { StationParams } from "~/features/stations/forms";
import { useFormat } from "~/i18n/use-format";
import { notFound } from "~/server/errors.server";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { Table } from "~/ui/table";
import { Tag } from "~/ui/tag";

export const handle = page<typeof loader>({
  i18n: ["standards"],
  title: (t) => t("standards:station.title"),
  crumbs: (t, { station }) => [
    { label: t("nav:stations"), to: "/stations" },
    { label: station.name, to: `/stations/${station.id}` },
    { label: t("standards:station.title") },
  ],
});

export const loader = read(
  { authorization: { action: "read", subject: "Assessment" }, params: StationParams },
  ({ scoped, params, now, may }) =>
    scoped(async (tx) => {
      const station = await findStation(tx, params.stationId);
      if (!station || station.level === "city") throw notFound();
      const { id: stationId, name, parentId } = station;
      const year = Number(localDate(now).slice(0, 4));
      const fills = may("fill", "Assessment", { stationId, reviewerId: parentId ?? 0 });
      const open = fills && (await setInForce(tx, localDate(now))) !== null;
      const round = open ? await nextRound(tx, stationId, year) : null;
      return {
        station: { id: stationId, name },
        rows: await assessmentsOf(tx, stationId),
        begin: round === null ? null : { year, round },
      };
    }),
);

export default function StationAssessments() {
  const { station, rows, begin } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["standards"]);
  const f = useFormat();
  return (
    <>
      <PageHeader title={`${station.name} · ${t("station.title")}`} note={t("note")}>
        {begin && (
          <LinkButton to={yearSlug(begin)} tone={begin.round === 1 ? "primary" : "plain"}>
            {begin.round === 1 ? t("station.begin", { year: begin.year }) : t("station.again")}
          </LinkButton>
        )}
      </PageHeader>
      <Card flush>
        <Table
          caption={t("station.title")}
          rows={rows}
          rowKey={yearSlug}
          grow
          stacked
          empty={<EmptyState title={t("station.empty")}>{t("station.emptyHint")}</EmptyState>}
          columns={[
            {
              id: "year",
              header: t("column.year"),
              rowHeader: true,
              cell: (row) => (
                <Link to={yearSlug(row)} className="inline-flex min-h-target items-center font-semibold">
                  {row.round === 1
                    ? t("page.title", { year: row.year })
                    : t("page.round", { year: row.year, round: row.round })}
                </Link>
              ),
            },
            {
              id: "status",
              header: t("column.status"),
              cell: ({ status }) => <Tag tone={STATUS_TONES[status]}>{t(`status.${status}`)}</Tag>,
            },
            {
              id: "points",
              header: t("column.points"),
              numeric: true,
              cell: ({ points }) => f.decimal(points),
            },
            {
              id: "five",
              header: t("column.five"),
              cell: ({ fiveHaves }) => <FiveTag fiveHaves={fiveHaves} />,
            },
          ]}
        />
      </Card>
    </>
  );
}
