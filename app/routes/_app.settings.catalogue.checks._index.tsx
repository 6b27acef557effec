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
  i18n: ["settings"],
  title: (t) => t("settings:catalogue.tab.checks"),
  crumbs: (t) => [
    { label: t("nav:settings"), to: "/settings" },
    { label: t("settings:catalogue.title"), to: "/settings/catalogue" },
    { label: t("settings:catalogue.tab.checks") },
  ],
});

export const loader = read(
  { authorization: { action: "read", subject: "Catalogue" }, search: AtMonth },
  async ({ scoped, search, now, may, locale }) => {
    const { catalogue, head } = await scoped((tx) => catalogueHead(tx, now, search.at));
    return {
      head,
      mayEdit: may("update", "Catalogue"),
      checks: catalogue
        .at(head.at)
        .checks.map((check) => ({ ...check, message: localized(check.message, locale) })),
    };
  },
);

export default function ChecksRoute() {
  const { head, mayEdit, checks } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["settings"]);
  const add = (
    <LinkButton to="/settings/catalogue/checks/new" tone="primary">
      {t("catalogue.addCheck")}
    </LinkButton>
  );
  return (
    <CatalogueFrame head={head} mayEdit={mayEdit} actions={mayEdit && add}>
      <Card flush>
        <Table
          caption={t("catalogue.tab.checks")}
          rows={checks}
          rowKey={(check) => check.code}
          grow
          columns={[
            {
              id: "code",
              header: t("catalogue.field.code"),
              tight: true,
              rowHeader: true,
              cell: (check) => (
                <Link
                  to={`/settings/catalogue/checks/${check.code}`}
                  className="inline-flex min-h-target items-center font-semibold"
                >
                  {check.code}
                </Link>
              ),
            },
            {
              id: "severity",
              header: t("catalogue.field.severity"),
              tight: true,
              cell: (check) => (
                <Tag tone={check.severity === "hard" ? "bad" : "warn"}>
                  {t(`catalogue.severity.${check.severity}`)}
                </Tag>
              ),
            },
            { id: "message", header: t("catalogue.column.message"), cell: (check) => check.message },
            {
              id: "rule",
              header: t("catalogue.column.rule"),
              wide: true,
              cell: (check) => (
                <code className="font-mono text-sm">
                  {check.left} {check.comparison} {check.right}
                </code>
              ),
            },
            {
              id: "valid",
              header: t("catalogue.column.valid"),
              wide: true,
              tight: true,
              cell: (check) => <Validity stretch={check} current={head.current} />,
            },
          ]}
        />
      </Card>
    </CatalogueFrame>
  );
}
