import type { Period } from "@muster/domain/period";
import type { SerializeFrom } from "@remix-run/node";
import { useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { RegisterList } from "~/features/registers/register-list";
import { useFormat } from "~/i18n/use-format";
import { LinkButton, SubmitButton } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { refusalIn } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import type { peopleModel } from "./people.server";
import { PeopleNumbers, PeopleSearchForm, usePeopleColumns, usePeopleFilters } from "./people-list";

type PeopleModel = SerializeFrom<Awaited<ReturnType<typeof peopleModel>>>;

/** The list of people as a page. @param data what an action answered */
export function PeoplePage({ model, data }: { model: PeopleModel; data: unknown }) {
  const { page: list, q, counted, categories, views, summary, cards, station, today, rights } = model;
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
