import { allTypes, typesIn } from "@muster/db/queries/assistance/types";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { chainOf } from "~/features/assistance/labels";
import { CatalogueFrame } from "~/features/catalogue/catalogue-frame";
import { AtMonth, catalogueHead } from "~/features/catalogue/catalogue-view.server";
import { useFormat, useLocale } from "~/i18n/use-format";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { DescriptionList } from "~/ui/description-list";
import { page } from "~/ui/page-handle";

export const handle = page({
  i18n: ["settings", "assistance"],
  title: (t) => t("settings:catalogue.tab.assistance"),
  crumbs: (t) => [
    { label: t("nav:settings"), to: "/settings" },
    { label: t("settings:catalogue.title"), to: "/settings/catalogue" },
    { label: t("settings:catalogue.tab.assistance") },
  ],
});

export const loader = read(
  { authorization: { action: "read", subject: "Catalogue" }, search: AtMonth },
  ({ scoped, search, now, may }) =>
    scoped(async (tx) => {
      const { head } = await catalogueHead(tx, now, search.at);
      const types = await allTypes(tx);
      const turns = types.map(({ validFrom }) => validFrom);
      return {
        head: { ...head, months: [...new Set([...head.months, ...turns])].sort() },
        types: typesIn(types, head.at),
        mayEdit: may("update", "Catalogue"),
      };
    }),
);

export default function Types() {
  const { head, types, mayEdit } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["assistance", "settings"]);
  const f = useFormat();
  const locale = useLocale();
  return (
    <CatalogueFrame
      head={head}
      mayEdit={mayEdit}
      actions={
        <>
          {mayEdit && (
            <LinkButton to="/settings/catalogue/assistance/budgets">{t("budgets.title")}</LinkButton>
          )}
          {mayEdit && (
            <LinkButton to="/settings/catalogue/assistance/new" tone="primary">
              {t("types.add")}
            </LinkButton>
          )}
        </>
      }
    >
      <p className="m-0 mb-3 text-ink-3">{t("types.note")}</p>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        {types.map((type) => {
          const name = locale === "zh-CN" ? type.name.zh : type.name.en;
          return (
            <Card
              key={type.code}
              title={name}
              aside={
                mayEdit && (
                  <Link
                    to={`/settings/catalogue/assistance/${type.code}`}
                    aria-label={t("types.edit", { name })}
                    className="inline-flex min-h-target items-center"
                  >
                    {t("settings:catalogue.edit")}
                  </Link>
                )
              }
            >
              <DescriptionList
                columns={1}
                items={[
                  {
                    term: t("types.column.countsIn"),
                    value: `${type.countsIn} ${t(`countsIn.${type.countsIn}`)}`,
                  },
                  { term: t("bring.chain"), value: t(`chain.${chainOf(type)}`) },
                  {
                    term: t("types.column.publicity"),
                    value:
                      type.publicityDays > 0
                        ? t("types.publicityText", { count: type.publicityDays })
                        : t("types.noPublicity"),
                  },
                  {
                    term: t("types.column.limit"),
                    value:
                      type.yearlyLimit === null
                        ? t("new.noLimit")
                        : t("types.limitText", { amount: f.money(type.yearlyLimit) }),
                  },
                  { term: t("types.column.days"), value: t("types.daysText", type.days) },
                  {
                    term: t("types.column.materials"),
                    value: type.materials.map(({ zh, en }) => (locale === "zh-CN" ? zh : en)).join(t("join")),
                  },
                ]}
              />
            </Card>
          );
        })}
      </div>
    </CatalogueFrame>
  );
}
