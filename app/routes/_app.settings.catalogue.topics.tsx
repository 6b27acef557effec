import { addTopic, editTopic, topicsOf } from "@muster/db/queries/reception/topics";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { CatalogueTabs } from "~/features/catalogue/catalogue-frame";
import { EditTopicForm, NewTopicForm } from "~/features/reception/forms";
import { settled } from "~/features/reception/refusal.server";
import { TopicList } from "~/features/reception/topic-list";
import { read, write } from "~/server/route.server";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

export const handle = page({
  i18n: ["reception", "settings"],
  title: (t) => t("reception:topics.title"),
  crumbs: (t) => [
    { label: t("nav:settings"), to: "/settings" },
    { label: t("settings:catalogue.title"), to: "/settings/catalogue" },
    { label: t("reception:topics.title") },
  ],
});

export const loader = read(
  { authorization: { action: "read", subject: "Catalogue" } },
  async ({ scoped, may }) => ({ topics: await scoped(topicsOf), mayEdit: may("update", "Catalogue") }),
);

const HERE = "/settings/catalogue/topics";

export const action = write({
  authorization: { action: "update", subject: "Catalogue" },
  intents: {
    add: {
      form: NewTopicForm,
      run: async ({ scoped, form, done }) => {
        settled(await scoped.write((tx) => addTopic(tx, form)), Object.keys(form));
        return done(HERE, "reception:topics.added");
      },
    },
    edit: {
      form: EditTopicForm,
      run: async ({ scoped, form, done }) => {
        settled(await scoped.write((tx) => editTopic(tx, form)), Object.keys(form));
        return done(HERE, "reception:topics.saved");
      },
    },
  },
});

export default function Topics() {
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["reception"]);
  return (
    <>
      <PageHeader title={t("topics.title")} note={t("topics.note")} />
      <CatalogueTabs query="" />
      <TopicList {...useLoaderData<typeof loader>()} data={data} />
    </>
  );
}
