import { casesCountedUpTo, listCases } from "@muster/db/queries/assistance/list";
import { allTypes } from "@muster/db/queries/assistance/types";
import { cityCategories, findPerson } from "@muster/db/queries/people/row";
import { viewsOf } from "@muster/db/queries/registers/views";
import { findStation } from "@muster/db/queries/stations/row";
import { localDate, type Period } from "@muster/domain/period";
import { Link, useLoaderData, useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useCaseColumns, useCaseFilters } from "~/features/assistance/case-list";
import { LedgerSearch } from "~/features/assistance/forms";
import { filterOf, namedTypes } from "~/features/assistance/list-view.server";
import { namedCategories } from "~/features/people/list-view.server";
import { pageBy } from "~/features/registers/list-page.server";
import { RegisterList } from "~/features/registers/register-list";
import { useFormat } from "~/i18n/use-format";
import { notFound } from "~/server/errors.server";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { Notice } from "~/ui/notice";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

export const handle = page<typeof loader>({
  i18n: ["assistance", "people", "registers"],
  title: (t) => t("assistance:title"),
  crumbs: (t) => [{ label: t("assistance:title") }],
});

export const loader = read(
  { authorization: { action: "read", subject: "Assistance" }, search: LedgerSearch },
  ({ scoped, search, url, actor, may, now, locale }) =>
    scoped(async (tx) => {
      const [station, person, types, categories, views] = await Promise.all([
        search.station ? findStation(tx, search.station) : null,
        search.person ? findPerson(tx, search.person) : null,
        allTypes(tx),
        cityCategories(tx),
        viewsOf(tx, "assistance"),
      ]);
      if ((search.station && !station) || (search.person && !person)) throw notFound();
      const filter = filterOf(search, { station, ...(person ? { personId: person.personId } : {}) });
      const list = await pageBy(
        { url, search, most: casesCountedUpTo(filter), by: { appliedOn: "day", id: "id" } },
        (page) => listCases(tx, { filter, ...page }),
      );
      const here = { stationId: actor.stationId, path: actor.path };
      return {
        page: list,
        types: namedTypes(types, locale),
        categories: namedCategories(categories, locale),
        views,
        station: station?.name ?? actor.stationName,
        person: person && { name: person.name },
        counted: filter.counted ?? null,
        range: filter.paid
          ? { by: "paid" as const, ...filter.paid }
          : filter.applied
            ? { by: "applied" as const, ...filter.applied }
            : null,
        today: localDate(now),
        creates: may("create", "Assistance", here),
      };
    }),
);

export default function Ledger() {
  const model = useLoaderData<typeof loader>();
  const { page: list, types, categories, views, station, person, counted, range, today, creates } = model;
  const { t } = useTranslation(["assistance"]);
  const f = useFormat();
  const [asked] = useSearchParams();
  const columns = useCaseColumns(types, today);
  const filters = useCaseFilters(types, categories);
  const special = counted
    ? t("list.counted", {
        period: f.period(counted.period as Period),
        figure: t(`figure.${counted.figure.slice("assistance.".length) as "applied"}`),
      })
    : range
      ? t(range.by === "paid" ? "list.paidIn" : "list.appliedIn", {
          from: f.period(range.from as Period),
          to: f.period(range.to as Period),
        })
      : person
        ? t("list.of", { name: person.name })
        : null;
  return (
    <>
      <PageHeader title={t("title")} note={t("note", { name: station })}>
        <LinkButton to="/assistance/checklists">{t("list.checklists")}</LinkButton>
        <LinkButton to="/assistance/publicity">{t("list.publicity")}</LinkButton>
        <LinkButton to={`/assistance/export?${asked}`} reloadDocument>
          {t("list.export")}
        </LinkButton>
        {creates && (
          <LinkButton to="/assistance/new" tone="primary">
            {t("list.new")}
          </LinkButton>
        )}
      </PageHeader>
      {special && (
        <Notice className="mb-3" title={special}>
          <Link to="/assistance" className="inline-flex min-h-target items-center print:hidden">
            {t("list.clear")}
          </Link>
        </Notice>
      )}
      <RegisterList
        register="assistance"
        caption={t("list.caption")}
        columns={columns}
        filters={filters}
        page={list}
        views={views}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t("list.empty")}>{t("list.emptyHint")}</EmptyState>}
      />
    </>
  );
}
