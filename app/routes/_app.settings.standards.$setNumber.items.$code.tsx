import { dropItem, putItem } from "@muster/db/queries/standards/edit";
import { readSet } from "@muster/db/queries/standards/read";
import { knownSources } from "@muster/db/queries/standards/sources";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { DropForm, ItemForm, itemOf, SetNumber, standardsEdited } from "~/features/standards/edit.server";
import { StandardItemForm } from "~/features/standards/item-form";
import { notFound } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { FormErrors, refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

export const handle = page<typeof loader>({
  i18n: ["standards"],
  title: (t, { item }) => t(item ? "standards:set.editItem" : "standards:set.addItem"),
  crumbs: (t, { setNumber, item }) => [
    { label: t("standards:set.title"), to: "/settings/standards" },
    { label: t("standards:set.version", { number: setNumber }), to: `/settings/standards/${setNumber}` },
    { label: item?.code ?? t("standards:set.addItem") },
  ],
});

const route = {
  authorization: { action: "update", subject: "Catalogue" },
  params: z.object({ setNumber: SetNumber, code: z.string().regex(/^([A-Z]\d{1,2}|new)$/) }),
} as const;

export const loader = read(route, ({ scoped, params: { setNumber, code } }) =>
  scoped(async (tx) => {
    const set = await readSet(tx, setNumber);
    const item = set?.items.find((each) => each.code === code) ?? null;
    // What is published is read on its page; there is nothing to edit.
    if (set?.status !== "draft" || (!item && code !== "new")) throw notFound();
    return { setNumber, version: set.version, item, sources: knownSources() };
  }),
);

export const action = write({
  ...route,
  intents: {
    save: {
      form: ItemForm,
      run: async ({ scoped, params: { setNumber, code }, form, done }) => {
        const added = code === "new";
        const item = itemOf(form, added ? form.code : code);
        const edit = { setNumber, version: form.version, item, added };
        standardsEdited(await scoped.write((tx) => putItem(tx, edit)));
        return done(`/settings/standards/${setNumber}`, "standards:set.saved");
      },
    },
    drop: {
      form: DropForm,
      run: async ({ scoped, params, form, done }) => {
        standardsEdited(await scoped.write((tx) => dropItem(tx, { ...params, ...form })));
        return done(`/settings/standards/${params.setNumber}`, "standards:set.dropped");
      },
    },
  },
});

export default function StandardItemRoute() {
  const { setNumber, version, item, sources } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation(["standards"]);
  return (
    <div className="grid max-w-4xl gap-4">
      <PageHeader title={t(item ? "set.editItem" : "set.addItem")} note={item?.code} />
      <Card>
        <StandardItemForm
          item={item}
          sources={sources}
          version={version}
          back={`/settings/standards/${setNumber}`}
          refused={refusalIn(answer, "save")}
        />
      </Card>
      {item && (
        <Card title={t("set.drop")}>
          <Form method="post" className="grid gap-3">
            <FormErrors refused={refusalIn(answer, "drop")} />
            <p className="m-0 text-ink-2">{t("set.dropNote")}</p>
            <input type="hidden" name="version" value={version} />
            <div>
              <SubmitButton intent="drop" tone="danger">
                {t("set.drop")}
              </SubmitButton>
            </div>
          </Form>
        </Card>
      )}
    </div>
  );
}
