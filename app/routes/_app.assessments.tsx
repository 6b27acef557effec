import { assessedYears, assessmentLines } from "@muster/db/queries/assessments/read";
import { findStation } from "@muster/db/queries/stations/row";
import { localDate } from "@muster/domain/period";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { STATUS_TONES, yearSlug } from "~/features/assessments/model";
import { StationNumber } from "~/features/stations/forms";
import { useFormat } from "~/i18n/use-format";
import { notFound } from "~/server/errors.server";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { Field } from "~/ui/field";
import { Select } from "~/ui/input";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { Table } from "~/ui/table";
import { Tag } from "~/ui/tag";
import { FilterBar } from "~/ui/toolbar";

export const handle = page<typeof loader>({
  i18n: ["standards"],
  title: (t) => t("standards:list.title"),
  crumbs: (t, { station, own }) => [
    { label: t("standards:list.title"), to: "/assessments" },
    ...(station.id === own ? [] : [{ label: station.name }]),
  ],
});

const STATES = ["none", "draft", "returned", "self_submitted", "checked", "spot_checked"] as const;

/** What the list is asked for; anything odd counts as not asked. */
const Search = z.object({
  year: z.coerce.number().int().min(2000).max(2099).optional().catch(undefined),
  status: z.enum(STATES).optional().catch(undefined),
  station: StationNumber.optional().catch(undefined),
});

export const loader = read(
  { authorization: { action: "remark", subject: "Remark" }, search: Search },
  ({ scoped, search, actor, now }) =>
    scoped(async (tx) => {
      const station = await findStation(tx, search.station ?? actor.stationId);
      if (!station) throw notFound();
      const thisYear = Number(localDate(now).slice(0, 4));
      const years = await assessedYears(tx);
      const year = search.year ?? years[0] ?? thisYear;
      const all = await assessmentLines(tx, station.id, year);
      const of = (...states: (string | null)[]) => all.filter(({ status }) => states.includes(status)).length;
      return {
        own: actor.stationId,
        station: { id: station.id, name: station.name, level: station.level },
        year,
        years: [...new Set([year, thisYear, ...years])].sort((a, b) => b - a),
        status: search.status ?? "",
        rows: all.filter(({ status }) => !search.status || (status ?? "none") === search.status),
        sums: {
          stations: all.length,
          checked: of("checked", "spot_checked"),
          waiting: of("self_submitted"),
          owing: of(null, "draft", "returned"),
        },
      };
    }),
);

export default function AssessmentList() {
  const { own, station, year, years, status, rows, sums } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["standards"]);
  const f = useFormat();
  const below = rows.some((row) => row.below.stations > 0);
  return (
    <>
      <PageHeader title={t("list.title")} note={t("list.note", { station: station.name })}>
        {station.id === own && station.level !== "city" && (
          <LinkButton to={`/stations/${own}/assessments`}>{t("list.own")}</LinkButton>
        )}
      </PageHeader>
      <div className="mb-3">
        <FilterBar label={t("list.title")} keep={["station"]}>
          <Field label={t("list.year")} id="year">
            {(control) => (
              <Select
                {...control}
                name="year"
                key={year}
                defaultValue={String(year)}
                options={years.map((each) => ({
                  value: String(each),
                  label: t("list.yearOf", { year: each }),
                }))}
              />
            )}
          </Field>
          <Field label={t("list.status")} id="status">
            {(control) => (
              <Select
                {...control}
                name="status"
                key={status}
                defaultValue={status}
                placeholder={t("list.all")}
                options={STATES.map((value) => ({ value, label: t(`status.${value}`) }))}
              />
            )}
          </Field>
        </FilterBar>
      </div>
      <p className="m-0 mb-2 text-ink-2">{t("list.sum", sums)}</p>
      <Card flush>
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
              cell: ({ fiveHaves }) =>
                fiveHaves === null ? (
                  "—"
                ) : (
                  <Tag tone={fiveHaves ? "good" : "bad"}>{t(fiveHaves ? "five.yes" : "five.no")}</Tag>
                ),
            },
            ...(below
              ? [
                  {
                    id: "below",
                    header: t("column.below"),
                    cell: (row: (typeof rows)[number]) =>
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
                    cell: (row: (typeof rows)[number]) => f.integer(row.below.met),
                  },
                ]
              : []),
          ]}
        />
      </Card>
    </>
  );
}
