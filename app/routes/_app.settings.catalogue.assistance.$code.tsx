import {
  addType,
  allTypes,
  dropType,
  putType,
  retireType,
  typesIn,
} from "@muster/db/queries/assistance/types";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { NewTypeFields, TypeFields } from "~/features/assistance/forms";
import { TypeForm } from "~/features/assistance/type-form";
import { editOf } from "~/features/assistance/types.server";
import { catalogueHead } from "~/features/catalogue/catalogue-view.server";
import { edited } from "~/features/catalogue/edit-refusal.server";
import { EditFields } from "~/features/catalogue/fields.server";
import { FromField } from "~/features/catalogue/from-field";
import { RuleHistory } from "~/features/catalogue/rule-history";
import { useFormat } from "~/i18n/use-format";
import { notFound } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { FormErrors, refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

/** `new` is the form of a kind that is not there yet. */
const route = {
  authorization: { action: "update", subject: "Catalogue" },
  params: z.object({ code: z.string().regex(/^[a-z][a-z0-9_]{0,19}$/) }),
} as const;
const LIST = "/settings/catalogue/assistance";

export const handle = page<typeof loader>({
  i18n: ["settings", "assistance"],
  title: (t, { title }) => title ?? t("assistance:types.addTitle"),
  crumbs: (t, { title }) => [
    { label: t("nav:settings"), to: "/settings" },
    { label: t("settings:catalogue.title"), to: "/settings/catalogue" },
    { label: t("settings:catalogue.tab.assistance"), to: LIST },
    { label: title ?? t("assistance:types.addTitle") },
  ],
});

export const loader = read(route, ({ scoped, params, now, locale }) =>
  scoped(async (tx) => {
    const { head } = await catalogueHead(tx, now);
    const adding = params.code === "new";
    const stretches = adding ? [] : (await allTypes(tx)).filter(({ code }) => code === params.code);
    const type = typesIn(stretches, head.changeable)[0] ?? stretches.at(-1) ?? null;
    if (!adding && !type) throw notFound();
    return {
      head,
      type,
      /** It can still be applied for in the first month that may be changed. */
      runs: typesIn(stretches, head.changeable).length > 0,
      title: type && (locale === "zh-CN" ? type.name.zh : type.name.en),
      history: [...stretches].reverse(),
    };
  }),
);

export const action = write({
  ...route,
  intents: {
    save: {
      form: TypeFields,
      run: async ({ form, params, scoped, locale, done }) => {
        edited(await scoped.write((tx) => putType(tx, { code: params.code, ...editOf(form) })), locale);
        return done(LIST, "settings:catalogue.saved");
      },
    },
    add: {
      form: NewTypeFields,
      run: async ({ form: { code, ...form }, scoped, locale, done }) => {
        edited(await scoped.write((tx) => addType(tx, { code, ...editOf(form) })), locale);
        return done(LIST, "settings:catalogue.saved");
      },
    },
    retire: {
      form: EditFields,
      run: async ({ form, params, scoped, locale, done }) => {
        edited(await scoped.write((tx) => retireType(tx, { code: params.code, ...form })), locale);
        return done(LIST, "settings:catalogue.saved");
      },
    },
    drop: {
      form: EditFields,
      run: async ({ form, params, scoped, locale, done }) => {
        edited(await scoped.write((tx) => dropType(tx, { code: params.code, ...form })), locale);
        return done(LIST, "settings:catalogue.dropped");
      },
    },
  },
});

export default function TypePage() {
  const { head, type, runs, title, history } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["assistance", "settings"]);
  const f = useFormat();
  const intent = type ? "save" : "add";
  const retiring = refusalIn(data, "retire");
  return (
    <>
      <PageHeader title={title ?? t("types.addTitle")} note={t("types.note")} />
      <div className="grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-4">
        {(runs || !type) && (
          <Card title={type ? t("types.edit", { name: title }) : t("types.addTitle")}>
            <TypeForm type={type} head={head} refused={refusalIn(data, intent)} intent={intent} />
          </Card>
        )}
        {type && (
          <RuleHistory
            title={t("types.history")}
            rules={history}
            line={(rule) =>
              [
                t("bring.count", { count: rule.materials.length }),
                rule.publicityDays > 0
                  ? t("types.publicityText", { count: rule.publicityDays })
                  : t("types.noPublicity"),
                t("types.daysText", rule.days),
                ...(rule.validTo ? [t("types.ended", { period: f.period(rule.validTo) })] : []),
              ].join(" · ")
            }
            head={head}
            mayEdit
            refused={refusalIn(data)}
          />
        )}
        {type && runs && (
          <Card title={t("types.retireTitle")}>
            <Form method="post" className="grid gap-3" noValidate>
              <FormErrors refused={retiring} />
              <p className="m-0 text-ink-2">{t("types.retireHint")}</p>
              <FromField id="retire-from" refused={retiring} {...head} />
              <div>
                <SubmitButton intent="retire" tone="danger">
                  {t("types.retireDo")}
                </SubmitButton>
              </div>
            </Form>
          </Card>
        )}
      </div>
    </>
  );
}
