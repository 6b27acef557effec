import { viewsOf } from "@muster/db/queries/registers/views";
import { listStaff, MOST_STAFF_COUNTED, staffNumbers } from "@muster/db/queries/staff/list";
import { findStation } from "@muster/db/queries/stations/row";
import { listStations } from "@muster/db/queries/stations/tree";
import { localDate } from "@muster/domain/period";
import { Form, useLoaderData, useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { listPage, PAGE } from "~/features/registers/list-page.server";
import { RegisterList } from "~/features/registers/register-list";
import { StaffSearch, staffEdge } from "~/features/staff/list-view.server";
import { StaffNumberCards, useStaffColumns, useStaffFilters } from "~/features/staff/staff-list";
import { notFound } from "~/server/errors.server";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { SearchBox } from "~/ui/search-box";

export const handle = page({
  i18n: ["staff", "registers"],
  title: (t) => t("staff:list.title"),
  crumbs: (t) => [{ label: t("staff:list.title") }],
});

/** Stations directly below that the list can be narrowed to. */
const MOST_CHOICES = 300;

export const loader = read(
  { authorization: { action: "read", subject: "Staff" }, search: StaffSearch },
  ({ scoped, search, url, actor, now, may }) =>
    scoped(async (tx) => {
      const station = await findStation(tx, search.station ?? actor.stationId);
      if (!station) throw notFound();
      const { q, employment, mark } = search;
      const place = { path: station.path, on: localDate(now) };
      const filter = { ...place, ...(q && { q }), ...(employment && { employment }), ...(mark && { mark }) };
      const list = await listPage(
        { url, after: search.after, before: search.before, most: MOST_STAFF_COUNTED },
        ({ after, before }) => {
          const [behind, ahead] = [staffEdge(after), staffEdge(before)];
          return listStaff(tx, {
            filter,
            limit: PAGE,
            ...(behind && { after: behind }),
            ...(ahead && { before: ahead }),
          });
        },
        ({ path, name, id }) => [path, name, id],
      );
      const below =
        actor.level === "village"
          ? []
          : (await listStations(tx, { parentId: actor.stationId, limit: MOST_CHOICES })).lines;
      return {
        page: list,
        q: q ?? "",
        station: { id: station.id, name: station.name },
        stations: below.map(({ id, name }) => ({ id, name })),
        numbers: await staffNumbers(tx, place),
        views: await viewsOf(tx, "staff"),
        exports: may("export", "Staff", { stationId: station.id }),
      };
    }),
);

/** Who serves at the reader's station and those below it. */
export default function StaffRoute() {
  const { page: list, q, station, stations, numbers, views, exports } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["staff"]);
  const columns = useStaffColumns();
  const filters = useStaffFilters(stations);
  return (
    <>
      <PageHeader title={t("list.title")} note={t("list.note", { station: station.name })}>
        {exports && (
          <LinkButton to={`/stations/${station.id}/staff/export?below=1`} reloadDocument>
            {t("action.export")}
          </LinkButton>
        )}
        <LinkButton to={`/stations/${station.id}/staff`} tone="primary">
          {t("list.own")}
        </LinkButton>
      </PageHeader>
      <StaffNumberCards numbers={numbers} />
      <RegisterList
        register="staff"
        caption={t("list.title")}
        columns={columns}
        filters={filters}
        page={list}
        views={views}
        rowKey={({ id }) => id}
        search={<SearchStaff q={q} />}
        empty={<EmptyState title={t("roster.empty")}>{t("roster.emptyHint")}</EmptyState>}
      />
    </>
  );
}

/** Looks for a name or a post within what the filters leave. */
function SearchStaff({ q }: { q: string }) {
  const { t } = useTranslation(["staff"]);
  const [asked] = useSearchParams();
  return (
    <search className="block print:hidden">
      <Form method="get" aria-label={t("list.search")}>
        {[...asked]
          .filter(([name]) => !["q", "after", "before"].includes(name))
          .map(([name, value]) => (
            <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
          ))}
        <SearchBox key={q} label={t("list.search")} defaultValue={q} />
      </Form>
    </search>
  );
}
