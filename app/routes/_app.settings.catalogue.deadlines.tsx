import { dropDeadlines, putDeadlines } from "@muster/db/queries/catalogue-edit";
import { useActionData, useLoaderData } from "@remix-run/react";
import { CatalogueFrame } from "~/features/catalogue/catalogue-frame";
import { AtMonth, catalogueHead } from "~/features/catalogue/catalogue-view.server";
import { DeadlinePage } from "~/features/catalogue/deadline-page";
import { edited } from "~/features/catalogue/edit-refusal.server";
import { DeadlineFields, EditFields } from "~/features/catalogue/fields.server";
import { read, write } from "~/server/route.server";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";

export const handle = page({
  i18n: ["settings"],
  title: (t) => t("settings:catalogue.tab.deadlines"),
  crumbs: (t) => [
    { label: t("nav:settings"), to: "/settings" },
    { label: t("settings:catalogue.title"), to: "/settings/catalogue" },
    { label: t("settings:catalogue.tab.deadlines") },
  ],
});

export const loader = read(
  { authorization: { action: "read", subject: "Catalogue" }, search: AtMonth },
  async ({ scoped, search, now, may }) => {
    const { catalogue, head } = await scoped((tx) => catalogueHead(tx, now, search.at));
    return {
      head,
      mayEdit: may("update", "Catalogue"),
      inForce: catalogue.at(head.at).deadlines,
      rules: [...catalogue.deadlines].sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1)),
    };
  },
);

export const action = write({
  authorization: { action: "update", subject: "Catalogue" },
  intents: {
    save: {
      form: DeadlineFields,
      run: async ({ form: { version, from, ...days }, scoped, locale, done }) => {
        edited(await scoped.write((tx) => putDeadlines(tx, { version, from, days })), locale);
        return done("/settings/catalogue/deadlines", "settings:catalogue.saved");
      },
    },
    drop: {
      form: EditFields,
      run: async ({ form, scoped, locale, done }) => {
        edited(await scoped.write((tx) => dropDeadlines(tx, form)), locale);
        return done("/settings/catalogue/deadlines", "settings:catalogue.dropped");
      },
    },
  },
});

export default function DeadlinesRoute() {
  const { head, mayEdit, ...rest } = useLoaderData<typeof loader>();
  return (
    <CatalogueFrame head={head} mayEdit={mayEdit}>
      <DeadlinePage
        {...rest}
        head={head}
        mayEdit={mayEdit}
        refused={refusalIn(useActionData<typeof action>())}
      />
    </CatalogueFrame>
  );
}
