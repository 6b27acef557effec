import { mayAny } from "@muster/access/ability";
import { concerning, listInspections } from "@muster/db/queries/inspections/read";
import { INSPECTION_STATES } from "@muster/domain/inspection";
import { Link, useLoaderData, useLocation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ListSearch } from "~/features/inspections/forms";
import { numberOf } from "~/features/inspections/inspection-words";
import { INSPECTION_TONES } from "~/features/inspections/labels";
import { pageLinks } from "~/features/inspections/page-links";
import { Entered } from "~/features/staff/entered";
import { useFormat } from "~/i18n/use-format";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { Field } from "~/ui/field";
import { Select } from "~/ui/input";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { Pagination } from "~/ui/pagination";
import { Table } from "~/ui/table";
import { Tag } from "~/ui/tag";
import { FilterBar } from "~/ui/toolbar";
import { usePageTranslate } from "~/ui/use-page";

export const handle = page<typeof loader>({
  i18n: ["inspections"],
  title: (t) => t("inspections:title"),
  crumbs: (t) => [{ label: t("inspections:title") }],
});

const PER_PAGE = 30;

export const loader = read(
  { authorization: { action: "read", subject: "Inspection" }, search: ListSearch },
  ({ scoped, search, actor, ability, may }) =>
    scoped(async (tx) => {
      const { state, page: pageNumber } = search;
      const runs = mayAny(ability, "create", "Finding") || actor.path === "/";
      const [below, own] = await Promise.all([
        runs
          ? listInspections(tx, {
              ...(state ? { state } : {}),
              limit: PER_PAGE,
              offset: (pageNumber - 1) * PER_PAGE,
            })
          : null,
        concerning(tx, actor.stationId),
      ]);
      return {
        below: below && {
          ...below,
          rows: below.rows.map(({ draw: _, circular: __, note: ___, ...row }) => row),
        },
        own: own.map(({ circular, visitNote: _, ...row }) => ({ ...row, published: circular !== null })),
        plans: may("create", "Inspection", { stationId: actor.stationId }),
        state: state ?? "",
        pageNumber,
        perPage: PER_PAGE,
      };
    }),
);

export default function Inspections() {
  const { below, own, plans, state, pageNumber, perPage } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["inspections"]);
  const translate = usePageTranslate();
  const f = useFormat();
  const { search } = useLocation();
  const dates = (row: { startsOn: string; endsOn: string }) =>
    t("dates", { from: f.day(row.startsOn), to: f.day(row.endsOn) });
  return (
    <>
      <PageHeader title={t("title")} note={t("note")}>
        <LinkButton to="/findings">{t("list.toFindings")}</LinkButton>
        {plans && (
          <LinkButton to="new" tone="primary">
            {t("list.new")}
          </LinkButton>
        )}
      </PageHeader>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {(own.length > 0 || !below) && (
          <Card title={t("list.own")} flush>
            <Table
              caption={t("list.own")}
              rows={own}
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
                { id: "dates", header: t("column.dates"), wide: true, cell: dates },
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
                  cell: (row) => <Tag tone={INSPECTION_TONES[row.state]}>{t(`state.${row.state}`)}</Tag>,
                },
              ]}
            />
          </Card>
        )}
        {below && (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
            <FilterBar label={t("list.filter")}>
              <Field id="state" label={t("list.state")}>
                {(control) => (
                  <Select
                    {...control}
                    name="state"
                    key={state}
                    defaultValue={state}
                    placeholder={t("list.all")}
                    options={INSPECTION_STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
                  />
                )}
              </Field>
            </FilterBar>
            <Card title={t("list.below")} flush>
              <Table
                caption={t("list.below")}
                rows={below.rows}
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
                          {numberOf(
                            { station: row.stationName, year: row.year, number: row.number },
                            translate,
                          )}
                        </span>
                      </span>
                    ),
                  },
                  { id: "dates", header: t("column.dates"), wide: true, cell: dates },
                  {
                    id: "state",
                    header: t("column.state"),
                    tight: true,
                    cell: (row) => <Tag tone={INSPECTION_TONES[row.state]}>{t(`state.${row.state}`)}</Tag>,
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
              {below.total > perPage && (
                <Pagination
                  {...pageLinks(search, pageNumber, perPage, below.total)}
                  summary={t("list.range", {
                    from: (pageNumber - 1) * perPage + 1,
                    to: Math.min(pageNumber * perPage, below.total),
                    total: below.total,
                  })}
                />
              )}
            </Card>
          </div>
        )}
      </div>
    </>
  );
}
