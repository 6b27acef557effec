import { allTypes, typesIn } from "@muster/db/queries/assistance/types";
import { localDate, periodOf } from "@muster/domain/period";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { BringList } from "~/features/assistance/bring";
import { useLocale } from "~/i18n/use-format";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

export const handle = page<typeof loader>({
  i18n: ["assistance"],
  menu: "/assistance",
  title: (t) => t("assistance:checklists.title"),
  crumbs: (t) => [
    { label: t("assistance:title"), to: "/assistance" },
    { label: t("assistance:checklists.title") },
  ],
});

export const loader = read({ authorization: { action: "read", subject: "Assistance" } }, ({ scoped, now }) =>
  scoped(async (tx) => ({ types: typesIn(await allTypes(tx), periodOf(localDate(now))) })),
);

export default function Checklists() {
  const { types } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["assistance"]);
  const locale = useLocale();
  return (
    <>
      <PageHeader title={t("checklists.title")} note={t("bring.once")} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        {types.map((type) => (
          <Card
            key={type.code}
            title={locale === "zh-CN" ? type.name.zh : type.name.en}
            aside={
              <LinkButton to={`/assistance/checklists/${type.code}`} size="small">
                {t("bring.print")}
              </LinkButton>
            }
          >
            <BringList model={type} />
          </Card>
        ))}
      </div>
    </>
  );
}
