import { putCheck, retireCheck } from "@muster/db/queries/catalogue-edit";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { catalogueHead } from "~/features/catalogue/catalogue-view.server";
import { CheckPage } from "~/features/catalogue/check-page";
import { edited } from "~/features/catalogue/edit-refusal.server";
import { CheckFields, EditFields, ruleOf } from "~/features/catalogue/fields.server";
import { notFound } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";

export const handle = page<typeof loader>({
  i18n: ["settings"],
  title: (t, { code }) => t("settings:catalogue.check", { code }),
  crumbs: (t, { code }) => [
    { label: t("nav:settings"), to: "/settings" },
    { label: t("settings:catalogue.tab.checks"), to: "/settings/catalogue/checks" },
    { label: code },
  ],
});

const Params = z.object({ code: z.string().regex(/^[A-Z]\d{2}$/) });

export const loader = read(
  { authorization: { action: "read", subject: "Catalogue" }, params: Params },
  async ({ scoped, params, now, may }) => {
    const { catalogue, head } = await scoped((tx) => catalogueHead(tx, now));
    const stretches = catalogue.checks
      .filter(({ code }) => code === params.code)
      .sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
    if (stretches.length === 0) throw notFound();
    return { head, code: params.code, mayEdit: may("update", "Catalogue"), stretches };
  },
);

export const action = write({
  authorization: { action: "update", subject: "Catalogue" },
  params: Params,
  intents: {
    edit: {
      form: CheckFields,
      run: async ({ form, params, scoped, locale, done }) => {
        const edit = {
          version: form.version,
          from: form.from,
          code: params.code,
          rule: ruleOf(form),
          added: false,
        };
        edited(await scoped.write((tx) => putCheck(tx, edit)), locale);
        return done(`/settings/catalogue/checks/${params.code}`, "settings:catalogue.saved");
      },
    },
    retire: {
      form: EditFields,
      run: async ({ form, params, scoped, locale, done }) => {
        edited(await scoped.write((tx) => retireCheck(tx, { ...form, code: params.code })), locale);
        return done("/settings/catalogue/checks", "settings:catalogue.retired");
      },
    },
  },
});

export default function CheckRoute() {
  return (
    <CheckPage {...useLoaderData<typeof loader>()} refused={refusalIn(useActionData<typeof action>())} />
  );
}
