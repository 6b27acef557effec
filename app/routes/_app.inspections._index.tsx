import { mayAny } from "@muster/access/ability";
import { concerning, listInspections } from "@muster/db/queries/inspections/read";
import { INSPECTION_STATES } from "@muster/domain/inspection";
import { useLoaderData, useLocation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ListSearch } from "~/features/inspections/forms";
import { InspectionsBelow, OwnInspections } from "~/features/inspections/inspection-lists";
import { pageLinks } from "~/features/inspections/page-links";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { Select } from "~/ui/input";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { Pagination } from "~/ui/pagination";
import { FilterBar } from "~/ui/toolbar";

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
  const { search } = useLocation();
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
            <OwnInspections rows={own} />
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
              <InspectionsBelow rows={below.rows} />
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
