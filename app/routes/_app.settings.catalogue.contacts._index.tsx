import { cityCategories } from "@muster/db/queries/people/row";
import { contactRules, rulesAt } from "@muster/db/queries/visits/rules";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { CatalogueFrame } from "~/features/catalogue/catalogue-frame";
import { AtMonth, catalogueHead } from "~/features/catalogue/catalogue-view.server";
import { Validity } from "~/features/catalogue/validity";
import { namedCategories } from "~/features/people/list-view.server";
import { useAsks, useWhom } from "~/features/visits/rule-view";
import { useLocale } from "~/i18n/use-format";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { page } from "~/ui/page-handle";
import { Table } from "~/ui/table";

export const handle = page({
  i18n: ["settings", "visits"],
  title: (t) => t("settings:catalogue.tab.contacts"),
  crumbs: (t) => [
    { label: t("nav:settings"), to: "/settings" },
    { label: t("settings:catalogue.title"), to: "/settings/catalogue" },
    { label: t("settings:catalogue.tab.contacts") },
  ],
});

export const loader = read(
  { authorization: { action: "read", subject: "Catalogue" }, search: AtMonth },
  ({ scoped, search, now, may, locale }) =>
    scoped(async (tx) => {
      const { head } = await catalogueHead(tx, now, search.at);
      const rules = await contactRules(tx);
      const months = [...new Set([...head.months, ...rules.map(({ validFrom }) => validFrom)])].sort();
      const shown = rulesAt(rules, head.at);
      // What is only planned is seen today, too: it can still be changed.
      const planned = rules.filter(
        ({ code, validFrom }) => validFrom > head.at && !shown.some((rule) => rule.code === code),
      );
      return {
        head: { ...head, months },
        mayEdit: may("update", "Catalogue"),
        rules: [...shown, ...planned],
        categories: namedCategories(await cityCategories(tx), locale),
      };
    }),
);

export default function ContactRules() {
  const { head, mayEdit, rules, categories } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["visits"]);
  const locale = useLocale();
  const whom = useWhom(categories);
  const asks = useAsks();
  return (
    <CatalogueFrame
      head={head}
      mayEdit={mayEdit}
      actions={
        mayEdit && (
          <LinkButton to="/settings/catalogue/contacts/new" tone="primary">
            {t("rule.add")}
          </LinkButton>
        )
      }
    >
      <Card flush>
        <Table
          caption={t("rule.caption")}
          rows={rules}
          rowKey={({ code, validFrom }) => `${code} ${validFrom}`}
          stacked
          empty={<EmptyState title={t("rule.empty")} />}
          columns={[
            {
              id: "name",
              header: t("rule.name"),
              rowHeader: true,
              cell: ({ code, name }) => {
                const text = `${code} ${locale === "zh-CN" ? name.zh : name.en}`;
                return mayEdit ? (
                  <Link
                    to={`/settings/catalogue/contacts/${code}`}
                    className="inline-flex min-h-target items-center"
                  >
                    {text}
                  </Link>
                ) : (
                  text
                );
              },
            },
            { id: "who", header: t("rule.who"), cell: (rule) => whom(rule) },
            { id: "asks", header: t("rule.every"), cell: (rule) => asks(rule) },
            {
              id: "valid",
              header: t("rule.from"),
              cell: (rule) => <Validity stretch={rule} current={head.current} />,
            },
          ]}
        />
      </Card>
    </CatalogueFrame>
  );
}
