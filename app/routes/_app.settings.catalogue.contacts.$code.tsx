import { cityCategories } from "@muster/db/queries/people/row";
import {
  contactRules,
  nextRuleCode,
  putContactRule,
  type RuleWords,
  retireContactRule,
  rulesAt,
} from "@muster/db/queries/visits/rules";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { catalogueHead } from "~/features/catalogue/catalogue-view.server";
import { edited } from "~/features/catalogue/edit-refusal.server";
import { EditFields } from "~/features/catalogue/fields.server";
import { RetireForm } from "~/features/catalogue/retire-form";
import { namedCategories } from "~/features/people/list-view.server";
import { RuleFields, ruleOf } from "~/features/visits/rule-fields.server";
import { RuleForm } from "~/features/visits/rule-view";
import { notFound } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { Card } from "~/ui/card";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

const route = {
  authorization: { action: "update", subject: "Catalogue" },
  params: z.object({ code: z.string().regex(/^(new|[A-Z]\d{1,2})$/) }),
} as const;

export const handle = page<typeof loader>({
  i18n: ["settings", "visits"],
  title: (t, { code, added }) => (added ? t("visits:rule.add") : `${t("visits:rule.title")} ${code}`),
  crumbs: (t, { code, added }) => [
    { label: t("nav:settings"), to: "/settings" },
    { label: t("settings:catalogue.tab.contacts"), to: "/settings/catalogue/contacts" },
    { label: added ? t("visits:rule.add") : code },
  ],
});

const EMPTY: RuleWords = {
  name: { zh: "", en: "" },
  everyone: false,
  categories: [],
  fromAge: null,
  concerns: [],
  every: "P3M",
  asked: "visit",
  days: 0,
};

export const loader = read(route, ({ scoped, params: { code: asked }, now, locale }) =>
  scoped(async (tx) => {
    const { head } = await catalogueHead(tx, now);
    const rules = await contactRules(tx);
    const added = asked === "new";
    const own = rules.filter(({ code }) => code === asked);
    // As it will be when the first change could hold.
    const rule = rulesAt(own, head.changeable)[0] ?? own.at(-1);
    if (!added && !rule) throw notFound();
    return {
      added,
      code: added ? nextRuleCode(rules) : asked,
      rule: rule ?? EMPTY,
      holds: rulesAt(own, head.changeable).length > 0,
      changeable: head.changeable,
      version: head.version,
      categories: namedCategories(await cityCategories(tx), locale),
    };
  }),
);

const LIST = "/settings/catalogue/contacts";

export const action = write({
  ...route,
  intents: {
    save: {
      form: RuleFields,
      run: async ({ scoped, params: { code: asked }, form, locale, done }) => {
        const outcome = await scoped.write(async (tx) => {
          const code = asked === "new" ? nextRuleCode(await contactRules(tx)) : asked;
          return putContactRule(tx, { version: form.version, from: form.from, code, rule: ruleOf(form) });
        });
        edited(outcome, locale);
        return done(LIST, "settings:catalogue.saved");
      },
    },
    retire: {
      form: EditFields,
      run: async ({ scoped, params: { code }, form, locale, done }) => {
        edited(await scoped.write((tx) => retireContactRule(tx, { ...form, code })), locale);
        return done(LIST, "settings:catalogue.retired");
      },
    },
  },
});

export default function ContactRule() {
  const { added, code, rule, holds, changeable, version, categories } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["visits"]);
  return (
    <>
      <PageHeader title={added ? t("rule.add") : `${t("rule.title")} ${code}`} note={t("rule.note")} />
      <div className="grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-4">
        <Card>
          <RuleForm
            rule={rule}
            categories={categories}
            changeable={changeable}
            version={version}
            refused={refusalIn(data, "save")}
          />
        </Card>
        {holds && (
          <Card title={t("rule.retire")}>
            <RetireForm
              intent="retire"
              refused={refusalIn(data, "retire")}
              changeable={changeable}
              version={version}
            />
          </Card>
        )}
      </div>
    </>
  );
}
