import { findPerson } from "@muster/db/queries/people/row";
import { countedUpTo } from "@muster/db/queries/registers/counted";
import { viewsOf } from "@muster/db/queries/registers/views";
import { findStation } from "@muster/db/queries/stations/row";
import { visitTotals } from "@muster/db/queries/visits/figures";
import { listVisits } from "@muster/db/queries/visits/list";
import { addMonths, firstDay, lastDay, localDate, periodOf, periodsBetween } from "@muster/domain/period";
import { redirect } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { pageBy } from "~/features/registers/list-page.server";
import { RegisterList } from "~/features/registers/register-list";
import { filterOf, VisitSearch } from "~/features/visits/list-view.server";
import { useVisitColumns, useVisitFilters, VisitNumbers } from "~/features/visits/visit-list";
import { VisitsTabs } from "~/features/visits/visits-tabs";
import { useFormat } from "~/i18n/use-format";
import { notFound } from "~/server/errors.server";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { Notice } from "~/ui/notice";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

export const handle = page({
  i18n: ["visits", "registers"],
  title: (t) => t("visits:title"),
  crumbs: (t) => [{ label: t("visits:title") }],
});

/** Months that the list can be narrowed to. */
const MONTHS_BACK = 23;

export const loader = read(
  { authorization: { action: "read", subject: "Visit" }, search: VisitSearch },
  ({ scoped, search, url, actor, may, now }) => {
    // Who is due has a page of its own, also as it stood at the end of a month.
    if (search.figure === "visits.overdue") throw redirect(`/visits/due${url.search}`);
    return scoped(async (tx) => {
      const station = search.station ? await findStation(tx, search.station) : null;
      const person = search.person ? await findPerson(tx, search.person) : null;
      if ((search.station && !station) || (search.person && !person)) throw notFound();
      const filter = filterOf(search, station, person?.personId ?? null);
      const list = await pageBy(
        { url, search, most: countedUpTo(filter), by: { heldOn: "day", id: "id" } },
        (page) => listVisits(tx, { filter, ...page }),
      );
      const today = localDate(now);
      const current = periodOf(today);
      const month = filter.counted?.period ?? filter.month ?? current;
      const here = { stationId: actor.stationId, path: actor.path };
      return {
        // What was said of a visit stays sealed here.
        page: { ...list, lines: list.lines.map((line) => ({ ...line, content: null })) },
        counted: filter.counted ?? null,
        person: person && { id: person.id, name: person.name },
        months: periodsBetween(addMonths(current, -MONTHS_BACK), current).reverse(),
        month,
        totals: await visitTotals(tx, station?.path ?? tx.scope.path, {
          from: firstDay(month),
          to: lastDay(month),
        }),
        views: await viewsOf(tx, "visits"),
        station: station?.name ?? actor.stationName,
        today,
        rights: { create: may("create", "Visit", here), export: may("export", "Visit", here) },
      };
    });
  },
);

export default function Visits() {
  const model = useLoaderData<typeof loader>();
  const { page: list, counted, person, months, month, totals, views, station, today, rights } = model;
  const { t } = useTranslation(["visits"]);
  const f = useFormat();
  const [asked] = useSearchParams();
  const columns = useVisitColumns(today);
  const filters = useVisitFilters(months);
  return (
    <>
      <PageHeader title={t("title")} note={t("note", { name: station })}>
        {rights.export && (
          <LinkButton to={`/visits/export?${asked}`} reloadDocument>
            {t("action.export")}
          </LinkButton>
        )}
        {rights.create && (
          <LinkButton to="/visits/new" tone="primary">
            {t("action.new")}
          </LinkButton>
        )}
      </PageHeader>
      <VisitsTabs />
      {!person && <VisitNumbers totals={totals} month={month} />}
      {person && <Notice className="mb-3">{t("list.ofPerson", { name: person.name })}</Notice>}
      {counted && (
        <Notice className="mb-3">
          {t("list.counted", {
            period: f.period(counted.period),
            figure: t(`figure.${counted.figure.slice("visits.".length) as "made"}`),
          })}
        </Notice>
      )}
      <RegisterList
        register="visits"
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
