import { listReceptions, receptionTodos } from "@muster/db/queries/reception/list";
import { topicsOf } from "@muster/db/queries/reception/topics";
import { countedUpTo } from "@muster/db/queries/registers/counted";
import { viewsOf } from "@muster/db/queries/registers/views";
import { addMonths, localDate, type Period, periodOf } from "@muster/domain/period";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { filterOf, namedTopics, ReceptionSearch, shownEntry } from "~/features/reception/list-view.server";
import {
  ReceptionNumbers,
  useReceptionColumns,
  useReceptionFilters,
} from "~/features/reception/reception-list";
import { pageBy } from "~/features/registers/list-page.server";
import { placeAsked } from "~/features/registers/place.server";
import { RegisterList } from "~/features/registers/register-list";
import { WordSearch } from "~/features/registers/word-search";
import { useFormat } from "~/i18n/use-format";
import { keyring } from "~/server/keys.server";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { Notice } from "~/ui/notice";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

export const handle = page<typeof loader>({
  i18n: ["reception", "registers"],
  title: (t) => t("reception:title"),
  crumbs: (t) => [{ label: t("reception:title") }],
});

/** Months one may ask for: the last thirteen. */
const MONTHS = 13;

export const loader = read(
  { authorization: { action: "read", subject: "Reception" }, search: ReceptionSearch },
  ({ scoped, search, url, actor, may, now, locale }) =>
    scoped(async (tx) => {
      const keys = keyring();
      const place = await placeAsked(tx, search.station, actor);
      const filter = filterOf(search, place, actor.stationId);
      const current = periodOf(localDate(now));
      const count = async (figure: "reception.walk_ins" | "reception.answered") =>
        (
          await listReceptions(tx, {
            filter: { path: place.path, counted: { figure, period: current } },
            limit: 0,
          })
        ).total;
      const list = await pageBy(
        { url, search, most: countedUpTo(filter), by: { day: "day", id: "id" } },
        (page) => listReceptions(tx, { filter, ...page }),
      );
      const [topics, views, todos, walkIns, answered, open] = await Promise.all([
        topicsOf(tx),
        viewsOf(tx, "reception"),
        receptionTodos(tx, place.id),
        count("reception.walk_ins"),
        count("reception.answered"),
        listReceptions(tx, { filter: { path: place.path, state: "open" }, limit: 0 }),
      ]);
      return {
        page: { ...list, lines: list.lines.map((row) => shownEntry(row, keys, tx.scope.cityId, locale)) },
        counted: filter.counted ?? null,
        topics: namedTopics(topics, locale),
        months: Array.from({ length: MONTHS }, (_, i) => addMonths(current, -i)),
        month: current,
        views,
        numbers: { walkIns, answered, open: open.total, overdue: todos.own.overdue },
        station: place.name,
        rights: {
          create: may("create", "Reception", { stationId: actor.stationId, path: actor.path }),
          export: may("export", "Reception", { stationId: actor.stationId, path: actor.path }),
        },
      };
    }),
);

export default function Receptions() {
  const {
    page: list,
    counted,
    topics,
    months,
    month,
    views,
    numbers,
    station,
    rights,
  } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["reception"]);
  const f = useFormat();
  const [asked] = useSearchParams();
  const columns = useReceptionColumns();
  const filters = useReceptionFilters(topics, months);
  return (
    <>
      <PageHeader title={t("title")} note={t("note", { name: station })}>
        <LinkButton to="/reception/knowledge">{t("action.knowledge")}</LinkButton>
        {rights.export && (
          <LinkButton to={`/reception/export?${asked}`} reloadDocument>
            {t("action.export")}
          </LinkButton>
        )}
        {rights.create && (
          <LinkButton to="/reception/new" tone="primary">
            {t("action.new")}
          </LinkButton>
        )}
      </PageHeader>
      <ReceptionNumbers {...numbers} month={month} />
      {counted && (
        <Notice className="mb-3">
          {t("list.counted", {
            period: f.period(counted.period as Period),
            figure: t(`figure.${counted.figure.slice("reception.".length) as "walk_ins"}`),
          })}
        </Notice>
      )}
      <RegisterList
        register="reception"
        caption={t("list.caption")}
        columns={columns}
        filters={filters}
        page={list}
        views={views}
        search={<WordSearch label={t("list.search")} hint={t("list.searchHint")} />}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t("list.empty")}>{t("list.emptyHint")}</EmptyState>}
      />
    </>
  );
}
