import { cardShare } from "@muster/db/queries/cards/read";
import { confirmPeople } from "@muster/db/queries/people/archive";
import { findByNumber, listPeople, MOST_COUNTED, summaryOf } from "@muster/db/queries/people/list";
import { cityCategories, findPerson, maskedBasics } from "@muster/db/queries/people/row";
import { viewsOf } from "@muster/db/queries/registers/views";
import { findStation } from "@muster/db/queries/stations/row";
import { localDate, type Period } from "@muster/domain/period";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ChosenPeople } from "~/features/cards/forms";
import { placeOf } from "~/features/people/access.server";
import { BulkForm, FindForm } from "~/features/people/forms";
import {
  filterOf,
  LONG_NUMBER,
  namedCategories,
  PeopleSearch,
  withoutNumbers,
} from "~/features/people/list-view.server";
import {
  PeopleNumbers,
  PeopleSearchForm,
  usePeopleColumns,
  usePeopleFilters,
} from "~/features/people/people-list";
import { listPage, PAGE } from "~/features/registers/list-page.server";
import { RegisterList } from "~/features/registers/register-list";
import { viewAddress } from "~/features/registers/views.server";
import { useFormat } from "~/i18n/use-format";
import { notFound, unprocessable } from "~/server/errors.server";
import { keyring } from "~/server/keys.server";
import { read, write } from "~/server/route.server";
import { LinkButton, SubmitButton } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { refusalIn } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

export const handle = page<typeof loader>({
  i18n: ["people", "registers", "cards"],
  title: (t) => t("people:title"),
  crumbs: (t) => [{ label: t("people:title") }],
});

export const loader = read(
  { authorization: { action: "read", subject: "Person" }, search: PeopleSearch },
  ({ scoped, search, url, actor, may, now, locale }) => {
    const clean = withoutNumbers(url);
    if (clean) throw redirect(clean);
    return scoped(async (tx) => {
      const keys = keyring();
      const station = search.station ? await findStation(tx, search.station) : null;
      if (search.station && !station) throw notFound();
      const filter = filterOf(search, station);
      const list = await listPage(
        { url, after: search.after, before: search.before, most: MOST_COUNTED },
        ({ after, before }) =>
          listPeople(tx, keys, {
            filter,
            limit: PAGE,
            ...(after ? { after: { pinyin: after[0] ?? "", id: after[1] ?? "" } } : {}),
            ...(before ? { before: { pinyin: before[0] ?? "", id: before[1] ?? "" } } : {}),
          }),
        ({ pinyin, id }) => [pinyin, id],
      );
      const summary = await summaryOf(tx, station?.path ?? tx.scope.path);
      return {
        page: {
          ...list,
          lines: list.lines.map((line) => ({
            ...line,
            ...maskedBasics(keys, tx.scope.cityId, line),
            mine: may("update", "Person", placeOf(line)) && line.leftOn === null,
          })),
        },
        q: search.q ?? "",
        counted: filter.counted ?? null,
        categories: namedCategories(await cityCategories(tx), locale),
        views: await viewsOf(tx, "people"),
        summary,
        // Of more people than the summary counts, nobody waits for it.
        cards: summary && (await cardShare(tx, station?.path ?? tx.scope.path)),
        station: station?.name ?? actor.stationName,
        today: localDate(now),
        rights: {
          create: may("create", "Person", { stationId: actor.stationId, path: actor.path }),
          import: may("import", "Person", { stationId: actor.stationId, path: actor.path }),
          export: may("export", "Person", { stationId: actor.stationId, path: actor.path }),
          transfers: may("accept", "Transfer", { stationId: actor.stationId, path: actor.path }),
        },
      };
    });
  },
);

export const action = write({
  authorization: { action: "read", subject: "Person" },
  intents: {
    find: {
      form: FindForm,
      run: async ({ scoped, form, done }) => {
        const search = new URLSearchParams(form.query);
        for (const name of ["q", "after", "before", "index"]) search.delete(name);
        if (LONG_NUMBER.test(form.q)) {
          const id = await scoped((tx) => findByNumber(tx, keyring(), form.q));
          if (!id)
            throw unprocessable("unprocessable", {
              params: { count: 1 },
              fields: { q: "people:search.none" },
            });
          return done(`/people/${id}`);
        }
        if (form.q !== "") search.set("q", form.q);
        return done(viewAddress("people", String(search)));
      },
    },
    cards: {
      authorization: { action: "update", subject: "Person" },
      form: ChosenPeople,
      run: async ({ form, done }) =>
        done(`/cards/new?${new URLSearchParams(form.ids.map((id) => ["ids", id]))}`),
    },
    confirm: {
      authorization: { action: "update", subject: "Person" },
      form: BulkForm,
      run: async ({ scoped, form, may, done }) => {
        const count = await scoped.write(async (tx) => {
          const mine: string[] = [];
          for (const id of form.ids) {
            const row = await findPerson(tx, id);
            if (row && may("update", "Person", placeOf(row))) mine.push(id);
          }
          return confirmPeople(tx, mine);
        });
        return done("/people", "people:flash.confirmed", { count });
      },
    },
  },
});

export default function People() {
  const {
    page: list,
    q,
    counted,
    categories,
    views,
    summary,
    cards,
    station,
    today,
    rights,
  } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["people", "cards"]);
  const f = useFormat();
  const columns = usePeopleColumns(categories, today);
  const filters = usePeopleFilters(categories);
  const mine = new Set(list.lines.filter((line) => line.mine).map(({ id }) => id));
  return (
    <>
      <PageHeader title={t("title")} note={t("note", { name: station })}>
        <LinkButton to="/cards">{t("cards:title")}</LinkButton>
        {rights.transfers && <LinkButton to="/people/transfers">{t("action.transfers")}</LinkButton>}
        {rights.import && <LinkButton to="/people/import">{t("action.import")}</LinkButton>}
        {rights.export && <Export />}
        {rights.create && (
          <LinkButton to="/people/new" tone="primary">
            {t("action.new")}
          </LinkButton>
        )}
      </PageHeader>
      <PeopleNumbers summary={summary} cards={cards} today={today} />
      {counted && (
        <Notice className="mb-3">
          {t("list.counted", {
            period: f.period(counted.period as Period),
            figure: t(`figure.${counted.figure.slice("people.".length) as "active"}`),
          })}
        </Notice>
      )}
      <RegisterList
        register="people"
        caption={t("list.caption")}
        columns={columns}
        filters={filters}
        page={list}
        views={views}
        rowKey={({ id }) => id}
        search={<PeopleSearchForm q={q} refused={refusalIn(data, "find")} />}
        bulk={
          mine.size > 0
            ? {
                label: ({ name }) => t("list.select", { name }),
                disabled: ({ id }) => !mine.has(id),
                note: t("list.bulkNote"),
                refused: refusalIn(data, "confirm") ?? refusalIn(data, "cards"),
                actions: (
                  <>
                    <SubmitButton intent="cards" tone="plain">
                      {t("cards:action.issue")}
                    </SubmitButton>
                    <SubmitButton intent="confirm" tone="plain">
                      {t("list.confirm")}
                    </SubmitButton>
                  </>
                ),
              }
            : undefined
        }
        empty={<EmptyState title={t("list.empty")}>{t("list.emptyHint")}</EmptyState>}
      />
    </>
  );
}

/** The file of exactly what is on screen. */
function Export() {
  const { t } = useTranslation(["people"]);
  const [asked] = useSearchParams();
  return (
    <LinkButton to={`/people/export?${asked}`} reloadDocument>
      {t("action.export")}
    </LinkButton>
  );
}
