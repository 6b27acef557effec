import { addIndicator, nextCode } from "@muster/db/queries/catalogue-edit";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { catalogueHead } from "~/features/catalogue/catalogue-view.server";
import { edited } from "~/features/catalogue/edit-refusal.server";
import { NewIndicatorFields, wordsOf } from "~/features/catalogue/fields.server";
import { NewIndicatorForm } from "~/features/catalogue/indicator-form";
import { read, write } from "~/server/route.server";
import { Card } from "~/ui/card";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";

export const handle = page({
  i18n: ["settings", "figures"],
  title: (t) => t("settings:catalogue.addIndicator"),
  crumbs: (t) => [
    { label: t("nav:settings"), to: "/settings" },
    { label: t("settings:catalogue.title"), to: "/settings/catalogue" },
    { label: t("settings:catalogue.addIndicator") },
  ],
});

const CREATE = { action: "create", subject: "Catalogue" } as const;

export const loader = read({ authorization: CREATE }, async ({ scoped, now }) => {
  const { catalogue, head } = await scoped((tx) => catalogueHead(tx, now));
  return { changeable: head.changeable, version: head.version, code: nextCode(catalogue.indicators, "Z") };
});

export const action = write(
  { authorization: CREATE, form: NewIndicatorFields },
  async ({ form: { version, from, kinds, ...form }, scoped, locale, done }) => {
    const added = { ...form, ...wordsOf(form), kinds: kinds.length > 0 ? kinds : null };
    edited(await scoped.write((tx) => addIndicator(tx, { version, from, added })), locale);
    return done(`/settings/catalogue/indicators/${form.code}`, "settings:catalogue.added");
  },
);

export default function NewIndicatorRoute() {
  const { t } = useTranslation(["settings"]);
  return (
    <Card level={1} title={t("catalogue.addIndicator")} className="max-w-4xl">
      <NewIndicatorForm
        {...useLoaderData<typeof loader>()}
        refused={refusalIn(useActionData<typeof action>())}
      />
    </Card>
  );
}
