import { editIndicator, restoreIndicator, retireIndicator } from "@muster/db/queries/catalogue-edit";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { catalogueHead } from "~/features/catalogue/catalogue-view.server";
import { edited } from "~/features/catalogue/edit-refusal.server";
import { EditFields, WordsFields, wordsOf } from "~/features/catalogue/fields.server";
import { IndicatorPage } from "~/features/catalogue/indicator-page";
import { localized } from "~/features/figures/model";
import { notFound } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";

export const handle = page<typeof loader>({
  i18n: ["settings", "figures"],
  title: (_t, { title }) => title,
  crumbs: (t, { title }) => [
    { label: t("nav:settings"), to: "/settings" },
    { label: t("settings:catalogue.title"), to: "/settings/catalogue" },
    { label: title },
  ],
});

const Params = z.object({ code: z.string().regex(/^[A-Z][A-Z0-9]{1,7}$/) });

export const loader = read(
  { authorization: { action: "read", subject: "Catalogue" }, params: Params },
  async ({ scoped, params, now, may, locale }) => {
    const { catalogue, head } = await scoped((tx) => catalogueHead(tx, now));
    const stretches = catalogue.indicators.filter(({ code, hidden }) => code === params.code && !hidden);
    const last = stretches[stretches.length - 1];
    if (!last) throw notFound();
    const checks = catalogue.at(head.current).checks.filter(({ left, right }) => {
      return new RegExp(`\\b${params.code}\\b`).test(`${left} ${right}`);
    });
    return {
      head,
      title: `${last.code} ${localized(last.name, locale)}`,
      mayEdit: may("update", "Catalogue"),
      stretches,
      checks: checks.map(({ code, message }) => ({ code, message: localized(message, locale) })),
    };
  },
);

const EDIT = { action: "update", subject: "Catalogue" } as const;

export const action = write({
  authorization: EDIT,
  params: Params,
  intents: {
    edit: {
      form: WordsFields,
      run: async ({ form: { version, from, ...form }, params, scoped, locale, done }) => {
        const words = wordsOf(form);
        edited(
          await scoped.write((tx) => editIndicator(tx, { version, from, code: params.code, words })),
          locale,
        );
        return done(`/settings/catalogue/indicators/${params.code}`, "settings:catalogue.saved");
      },
    },
    retire: {
      form: EditFields,
      run: async ({ form, params, scoped, locale, done }) => {
        edited(await scoped.write((tx) => retireIndicator(tx, { ...form, code: params.code })), locale);
        return done("/settings/catalogue", "settings:catalogue.retired");
      },
    },
    restore: {
      form: EditFields,
      run: async ({ form, params, scoped, locale, done }) => {
        edited(await scoped.write((tx) => restoreIndicator(tx, { ...form, code: params.code })), locale);
        return done(`/settings/catalogue/indicators/${params.code}`, "settings:catalogue.restored");
      },
    },
  },
});

export default function IndicatorRoute() {
  return (
    <IndicatorPage {...useLoaderData<typeof loader>()} refused={refusalIn(useActionData<typeof action>())} />
  );
}
