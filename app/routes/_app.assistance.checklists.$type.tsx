import { allTypes, typesIn } from "@muster/db/queries/assistance/types";
import { findStation } from "@muster/db/queries/stations/row";
import { localDate, periodOf } from "@muster/domain/period";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { BringMessage, BringSheet } from "~/features/assistance/bring";
import { TypeParams } from "~/features/assistance/forms";
import { notFound } from "~/server/errors.server";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { page } from "~/ui/page-handle";
import { PrintButton } from "~/ui/print-button";

export const handle = page<typeof loader>({
  i18n: ["assistance"],
  menu: "/assistance",
  title: (t, { title }) => t("assistance:bring.title", { type: title }),
  crumbs: (t, { title }) => [
    { label: t("assistance:title"), to: "/assistance" },
    { label: t("assistance:checklists.title"), to: "/assistance/checklists" },
    { label: title },
  ],
});

export const loader = read(
  { authorization: { action: "read", subject: "Assistance" }, params: TypeParams },
  ({ scoped, params, actor, now, locale }) =>
    scoped(async (tx) => {
      const today = localDate(now);
      const [types, station] = await Promise.all([allTypes(tx), findStation(tx, actor.stationId)]);
      const type = typesIn(types, periodOf(today)).find(({ code }) => code === params.type);
      if (!type) throw notFound();
      return {
        type,
        title: locale === "zh-CN" ? type.name.zh : type.name.en,
        counter: {
          name: actor.stationName,
          address: station?.address ?? "",
          phone: station?.phone ?? "",
        },
        teller: actor.name,
        today,
      };
    }),
);

export default function Checklist() {
  const { type, counter, teller, today } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["assistance"]);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="mx-auto flex w-full max-w-sheet gap-2 print:hidden">
        <LinkButton to="/assistance/checklists">{t("bring.back")}</LinkButton>
        <PrintButton />
      </div>
      <BringSheet model={type} counter={counter} teller={teller} today={today} />
      <div className="mx-auto w-full max-w-sheet">
        <BringMessage model={type} counter={counter} />
      </div>
    </div>
  );
}
