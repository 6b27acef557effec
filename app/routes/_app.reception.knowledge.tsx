import { listKnowledge, publishKnowledge, withdrawKnowledge } from "@muster/db/queries/reception/knowledge";
import { topicsOf } from "@muster/db/queries/reception/topics";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { PublishForm, TopicCode, WithdrawForm } from "~/features/reception/forms";
import { KnowledgeCard } from "~/features/reception/knowledge-card";
import { namedTopics, odd } from "~/features/reception/list-view.server";
import { PublishFields } from "~/features/reception/publish";
import { settled } from "~/features/reception/refusal.server";
import { pageBy } from "~/features/registers/list-page.server";
import { ListSearch } from "~/features/registers/search";
import { useFormat } from "~/i18n/use-format";
import { read, write } from "~/server/route.server";
import { EmptyState } from "~/ui/empty-state";
import { Field } from "~/ui/field";
import { refusalIn } from "~/ui/form";
import { Select } from "~/ui/input";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { Pagination } from "~/ui/pagination";
import { SearchBox } from "~/ui/search-box";
import { FilterBar } from "~/ui/toolbar";

export const handle = page<typeof loader>({
  i18n: ["reception"],
  menu: "/reception",
  title: (t) => t("reception:knowledge.title"),
  crumbs: (t) => [
    { label: t("reception:title"), to: "/reception" },
    { label: t("reception:knowledge.title") },
  ],
});

export const loader = read(
  {
    authorization: { action: "read", subject: "Knowledge" },
    search: ListSearch.extend({ q: odd(z.string().trim().max(60)), topic: odd(TopicCode) }),
  },
  ({ scoped, search, url, actor, may, locale }) =>
    scoped(async (tx) => {
      const { q, topic } = search;
      const list = await pageBy(
        { url, search, most: Number.MAX_SAFE_INTEGER, by: { publishedOn: "day", id: "id" } },
        (page) => listKnowledge(tx, { ...(q ? { q } : {}), ...(topic ? { topic } : {}), ...page }),
      );
      const own = may("remove", "Knowledge", { stationId: actor.stationId });
      return {
        page: {
          ...list,
          lines: list.lines.map(({ topicZh, topicEn, ...line }) => ({
            ...line,
            topicName: locale === "zh-CN" ? topicZh : topicEn,
            mine: own && line.stationId === actor.stationId,
          })),
        },
        q: q ?? "",
        topic: topic ?? "",
        topics: namedTopics(await topicsOf(tx), locale).filter(({ retired }) => !retired),
        logs: may("create", "Reception", { stationId: actor.stationId, path: actor.path }),
        mayPublish: may("create", "Knowledge", { stationId: actor.stationId }),
      };
    }),
);

const HERE = "/reception/knowledge";

export const action = write({
  authorization: { action: "read", subject: "Knowledge" },
  intents: {
    publish: {
      authorization: { action: "create", subject: "Knowledge" },
      form: PublishForm,
      run: async ({ scoped, form, done }) => {
        const { topic, knowledgeQuestion: question, knowledgeAnswer: answer } = form;
        const outcome = await scoped.write((tx) =>
          publishKnowledge(tx, { topic, question, answer, receptionId: null }),
        );
        settled(outcome, Object.keys(form));
        return done(HERE, "reception:flash.published");
      },
    },
    withdraw: {
      authorization: { action: "remove", subject: "Knowledge" },
      form: WithdrawForm,
      run: async ({ scoped, form, done }) => {
        settled(await scoped.write((tx) => withdrawKnowledge(tx, form)));
        return done(HERE, "reception:flash.withdrawn");
      },
    },
  },
});

export default function Knowledge() {
  const { page: list, q, topic, topics, logs, mayPublish } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["reception"]);
  const f = useFormat();
  const refused = refusalIn(data, "publish");
  return (
    <>
      <PageHeader title={t("knowledge.title")} note={t("knowledge.note")} />
      <div className="grid max-w-4xl gap-4">
        <FilterBar label={t("knowledge.search")}>
          <SearchBox key={q} label={t("knowledge.search")} defaultValue={q} />
          <Field id="filter-topic" label={t("filter.topic")}>
            {(control) => (
              <Select
                {...control}
                key={topic}
                name="topic"
                placeholder={t("filter.all")}
                defaultValue={topic}
                options={topics.map(({ code, name }) => ({ value: code, label: name }))}
              />
            )}
          </Field>
        </FilterBar>
        {list.lines.length === 0 && (
          <EmptyState title={t("knowledge.empty")}>{t("knowledge.emptyHint")}</EmptyState>
        )}
        {list.lines.map((line) => (
          <KnowledgeCard key={line.id} line={line} logs={logs} />
        ))}
        {list.lines.length > 0 && (
          <Pagination
            previous={list.previous}
            next={list.next}
            summary={t("knowledge.count", { count: list.total, number: f.integer(list.total) })}
          />
        )}
        {mayPublish && (
          <details
            open={refused !== null}
            className="rounded-lg border border-line bg-surface px-4 py-2 print:hidden"
          >
            <summary className="flex min-h-target cursor-pointer items-center font-semibold">
              {t("knowledge.add")}
            </summary>
            <PublishFields refused={refused} topics={topics} topic="" question="" answer="" />
          </details>
        )}
      </div>
    </>
  );
}
