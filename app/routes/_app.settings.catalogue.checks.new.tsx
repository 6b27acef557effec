import { nextCode, putCheck } from "@muster/db/queries/catalogue-edit";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { catalogueHead } from "~/features/catalogue/catalogue-view.server";
import { CheckForm } from "~/features/catalogue/check-form";
import { edited } from "~/features/catalogue/edit-refusal.server";
import { NewCheckFields, ruleOf } from "~/features/catalogue/fields.server";
import { read, write } from "~/server/route.server";
import { Card } from "~/ui/card";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";

export const handle = page({
  i18n: ["settings"],
  title: (t) => t("settings:catalogue.addCheck"),
  crumbs: (t) => [
    { label: t("nav:settings"), to: "/settings" },
    { label: t("settings:catalogue.tab.checks"), to: "/settings/catalogue/checks" },
    { label: t("settings:catalogue.addCheck") },
  ],
});

const CREATE = { action: "create", subject: "Catalogue" } as const;

export const loader = read({ authorization: CREATE }, async ({ scoped, now }) => {
  const { catalogue, head } = await scoped((tx) => catalogueHead(tx, now));
  return { changeable: head.changeable, version: head.version, code: nextCode(catalogue.checks, "X") };
});

export const action = write(
  { authorization: CREATE, form: NewCheckFields },
  async ({ form, scoped, locale, done }) => {
    const edit = { version: form.version, from: form.from, code: form.code, rule: ruleOf(form), added: true };
    edited(await scoped.write((tx) => putCheck(tx, edit)), locale);
    return done(`/settings/catalogue/checks/${form.code}`, "settings:catalogue.added");
  },
);

const EMPTY = {
  severity: "soft",
  left: "",
  comparison: "<=",
  right: "",
  floor: 0,
  messageZh: "",
  messageEn: "",
};

export default function NewCheckRoute() {
  const { t } = useTranslation(["settings"]);
  const refused = refusalIn(useActionData<typeof action>());
  return (
    <Card level={1} title={t("catalogue.addCheck")} className="max-w-4xl">
      <CheckForm {...useLoaderData<typeof loader>()} values={EMPTY} refused={refused} />
    </Card>
  );
}
