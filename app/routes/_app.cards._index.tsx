import { cardShare, listCards, MOST_CARDS } from "@muster/db/queries/cards/read";
import { viewsOf } from "@muster/db/queries/registers/views";
import { findStation } from "@muster/db/queries/stations/row";
import { localDate, type Period } from "@muster/domain/period";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { CardSearch, ChosenCards } from "~/features/cards/forms";
import { useCardColumns, useCardFilters } from "~/features/cards/list-view";
import { listPage, PAGE } from "~/features/registers/list-page.server";
import { RegisterList } from "~/features/registers/register-list";
import type { Edge } from "~/features/registers/search";
import { useFormat } from "~/i18n/use-format";
import { notFound } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { LinkButton, SubmitButton } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { refusalIn } from "~/ui/form";
import { KeyNumber, KeyNumbers } from "~/ui/key-number";
import { Notice } from "~/ui/notice";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

export const handle = page<typeof loader>({
  i18n: ["cards", "people", "registers"],
  menu: "/people",
  title: (t) => t("cards:title"),
  crumbs: (t) => [{ label: t("people:title"), to: "/people" }, { label: t("cards:title") }],
});

/** An edge as the query takes it; one that holds no serial counts as none. */
function cursorOf(edge: Edge | undefined): { year: number; number: number } | null {
  const [year, number] = (edge ?? []).map(Number);
  return Number.isInteger(year) && Number.isInteger(number)
    ? { year: Math.min(year ?? 0, 9999), number: Math.min(number ?? 0, 2_000_000_000) }
    : null;
}

export const loader = read(
  { authorization: { action: "read", subject: "Person" }, search: CardSearch },
  ({ scoped, search, url, actor, may, now }) =>
    scoped(async (tx) => {
      const { kind, standing, unprinted, own, figure, period } = search;
      const station = await findStation(tx, search.station ?? actor.stationId);
      if (!station) throw notFound();
      const filter = {
        ...(own ? { stationId: station.id } : { path: station.path }),
        ...(figure && period ? { counted: { figure, period } } : {}),
        ...(kind ? { kind } : {}),
        ...(standing ? { standing } : {}),
        unprinted: unprinted === "1",
      };
      const here = { stationId: actor.stationId, path: actor.path };
      return {
        page: await listPage(
          { url, after: search.after, before: search.before, most: MOST_CARDS },
          (edge) => {
            const [after, before] = [cursorOf(edge.after), cursorOf(edge.before)];
            return listCards(tx, {
              filter,
              limit: PAGE,
              ...(after ? { after } : {}),
              ...(before ? { before } : {}),
            });
          },
          ({ year, number }) => [String(year), String(number)],
        ),
        views: await viewsOf(tx, "cards"),
        share: await cardShare(tx, station.path),
        station: station.name,
        counted: filter.counted ?? null,
        today: localDate(now),
        rights: { print: may("reveal", "Person", here), settings: may("update", "Person", here) },
      };
    }),
);

export const action = write({
  authorization: { action: "reveal", subject: "Person" },
  intents: {
    print: {
      form: ChosenCards,
      run: async ({ form, done }) =>
        done(`/cards/print?${new URLSearchParams(form.ids.map((id) => ["ids", id]))}`),
    },
  },
});

export default function Cards() {
  const { page: list, views, share, station, counted, today, rights } = useLoaderData<typeof loader>();
  const refused = refusalIn(useActionData<typeof action>(), "print");
  const { t } = useTranslation(["cards"]);
  const f = useFormat();
  const columns = useCardColumns(today);
  const filters = useCardFilters();
  const { people, holders } = share;
  return (
    <>
      <PageHeader title={t("title")} note={t("note", { name: station })}>
        {rights.settings && <LinkButton to="/cards/settings">{t("action.settings")}</LinkButton>}
        <LinkButton to="/people" tone="primary">
          {t("list.toPeople")}
        </LinkButton>
      </PageHeader>
      <KeyNumbers>
        <KeyNumber
          label={t("share.label")}
          value={f.integer(holders)}
          note={t("share.note", { percent: f.percent(people > 0 ? holders / people : null) })}
        />
      </KeyNumbers>
      {counted && (
        <Notice className="mb-4">
          {t("list.counted", { period: f.period(counted.period as Period), figure: t("figure.paired") })}
        </Notice>
      )}
      <RegisterList
        register="cards"
        caption={t("list.caption")}
        columns={columns}
        filters={filters}
        page={list}
        views={views}
        rowKey={({ id }) => id}
        bulk={
          rights.print
            ? {
                label: ({ name, kind }) => t("list.select", { name, kind: t(`kind.${kind}`) }),
                disabled: ({ state }) => state !== "issued",
                note: t("list.bulkNote"),
                refused,
                actions: (
                  <SubmitButton intent="print" tone="plain">
                    {t("list.print")}
                  </SubmitButton>
                ),
              }
            : undefined
        }
        empty={<EmptyState title={t("list.empty")}>{t("list.emptyHint")}</EmptyState>}
      />
    </>
  );
}
