import { firstPetitioners, listPetitions, petitionSums } from "@muster/db/queries/petitions/read";
import { topicsOf } from "@muster/db/queries/reception/topics";
import { countedUpTo } from "@muster/db/queries/registers/counted";
import { viewsOf } from "@muster/db/queries/registers/views";
import { localDate, type Period } from "@muster/domain/period";
import { NEAR_DAYS } from "@muster/domain/petition";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { PetitionNumbers, usePetitionColumns, usePetitionFilters } from "~/features/petitions/ledger";
import { filterOf, PetitionSearch, shownPetition } from "~/features/petitions/ledger.server";
import { namedTopics } from "~/features/reception/list-view.server";
import { pageBy } from "~/features/registers/list-page.server";
import { placeAsked } from "~/features/registers/place.server";
import { RegisterList } from "~/features/registers/register-list";
import { useFormat } from "~/i18n/use-format";
import { keyring } from "~/server/keys.server";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { Notice } from "~/ui/notice";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { PrintButton } from "~/ui/print-button";

export const handle = page<typeof loader>({
  i18n: ["petitions", "registers"],
  title: (t) => t("petitions:title"),
  crumbs: (t) => [{ label: t("petitions:title") }],
});

/** Years one may ask for. */
const YEARS = 4;

export const loader = read(
  { authorization: { action: "read", subject: "Petition" }, search: PetitionSearch },
  ({ scoped, search, url, actor, may, now, locale }) =>
    scoped(async (tx) => {
      const place = await placeAsked(tx, search.station, actor);
      const filter = filterOf(search, place, actor.stationId);
      const today = localDate(now);
      const list = await pageBy(
        { url, search, most: countedUpTo(filter), by: { receivedOn: "day", id: "id" } },
        (page) => listPetitions(tx, { filter, ...page }),
      );
      const [names, sums, topics, views] = await Promise.all([
        firstPetitioners(
          tx,
          keyring(),
          list.lines.map(({ id }) => id),
        ),
        petitionSums(tx, { path: place.path, near: NEAR_DAYS }),
        topicsOf(tx),
        viewsOf(tx, "petitions"),
      ]);
      const year = Number(today.slice(0, 4));
      return {
        page: {
          ...list,
          lines: list.lines.map((row) => shownPetition(row, names.get(row.id) ?? "", locale)),
        },
        counted: filter.counted ?? null,
        sums,
        topics: namedTopics(topics, locale),
        years: Array.from({ length: YEARS }, (_, i) => year - i),
        views,
        today,
        station: place.name,
        rights: {
          create: may("create", "Petition", { stationId: actor.stationId, path: actor.path }),
          export: may("export", "Petition", { stationId: actor.stationId, path: actor.path }),
        },
      };
    }),
);

export default function Petitions() {
  const {
    page: list,
    counted,
    sums,
    topics,
    years,
    views,
    today,
    station,
    rights,
  } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["petitions"]);
  const f = useFormat();
  const [asked] = useSearchParams();
  const columns = usePetitionColumns(today);
  const filters = usePetitionFilters(topics, years);
  return (
    <>
      <PageHeader title={t("title")} note={t("note", { name: station })}>
        <PrintButton />
        {rights.export && (
          <LinkButton to={`/petitions/export?${asked}`} reloadDocument>
            {t("action.export")}
          </LinkButton>
        )}
        {rights.create && (
          <LinkButton to="/petitions/new" tone="primary">
            {t("action.new")}
          </LinkButton>
        )}
      </PageHeader>
      <PetitionNumbers {...sums} />
      {counted && (
        <Notice className="mb-3">
          {t("list.counted", {
            period: f.period(counted.period as Period),
            figure: t(`figure.${counted.figure.slice("petitions.".length) as "open"}`),
          })}
        </Notice>
      )}
      <RegisterList
        register="petitions"
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
