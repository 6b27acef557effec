import { inForce } from "@muster/domain/indicator";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { CatalogueFrame } from "~/features/catalogue/catalogue-frame";
import { AtMonth, catalogueHead } from "~/features/catalogue/catalogue-view.server";
import { Validity } from "~/features/catalogue/validity";
import { localized } from "~/features/figures/model";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { page } from "~/ui/page-handle";
import { Table } from "~/ui/table";
import { Tag } from "~/ui/tag";

export const handle = page({
  i18n: ["settings", "figures"],
  title: (t) => t("settings:catalogue.title"),
  crumbs: (t) => [{ label: t("nav:settings"), to: "/settings" }, { label: t("settings:catalogue.title") }],
});

export const loader = read(
  { authorization: { action: "read", subject: "Catalogue" }, search: AtMonth },
  async ({ scoped, search, now, may, locale }) => {
    const { catalogue, head } = await scoped((tx) => catalogueHead(tx, now, search.at));
    const shown = catalogue.indicators.filter((each) => inForce(each, head.at) && !each.hidden);
    return {
      head,
      mayEdit: may("update", "Catalogue"),
      sections: [...new Set(shown.map(({ section }) => section))].map((section) => ({
        section,
        rows: shown
          .filter((each) => each.section === section)
          .map((each) => ({
            code: each.code,
            name: localized(each.name, locale),
            definition: localized(each.definition, locale),
            unit: each.unit,
            source: each.kind === "figure" ? (each.derivation ? "derived" : "manual") : each.kind,
            own: each.own,
            validFrom: each.validFrom,
            validTo: each.validTo,
          })),
      })),
    };
  },
);

export default function CatalogueRoute() {
  const { head, mayEdit, sections } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["settings", "figures"]);
  const add = (
    <LinkButton to="/settings/catalogue/indicators/new" tone="primary">
      {t("catalogue.addIndicator")}
    </LinkButton>
  );
  return (
    <CatalogueFrame head={head} mayEdit={mayEdit} actions={mayEdit && add}>
      {sections.map(({ section, rows }) => (
        <Card key={section} title={t(`figures:section.${section}`)} flush className="mb-4">
          <Table
            caption={t(`figures:section.${section}`)}
            rows={rows}
            rowKey={(row) => row.code}
            grow
            columns={[
              { id: "code", header: t("catalogue.field.code"), tight: true, cell: (row) => row.code },
              {
                id: "name",
                header: t("catalogue.column.name"),
                rowHeader: true,
                cell: (row) => (
                  <>
                    <Link
                      to={`/settings/catalogue/indicators/${row.code}`}
                      className="inline-flex min-h-target items-center font-semibold"
                    >
                      {row.name}
                    </Link>
                    {row.own && (
                      <Tag tone="info" plain className="ml-2">
                        {t("catalogue.own")}
                      </Tag>
                    )}
                    <span className="block text-sm text-ink-2 lg:hidden">{row.definition}</span>
                  </>
                ),
              },
              {
                id: "definition",
                header: t("catalogue.column.definition"),
                wide: true,
                cell: (row) => row.definition,
              },
              {
                id: "unit",
                header: t("catalogue.field.unit"),
                tight: true,
                cell: (row) => t(`figures:unit.${row.unit}`),
              },
              {
                id: "source",
                header: t("catalogue.column.source"),
                tight: true,
                wide: true,
                cell: (row) => t(`catalogue.source.${row.source as "manual"}`),
              },
              {
                id: "valid",
                header: t("catalogue.column.valid"),
                wide: true,
                tight: true,
                cell: (row) => <Validity stretch={row} current={head.current} />,
              },
            ]}
          />
        </Card>
      ))}
    </CatalogueFrame>
  );
}
