import { materialsOf } from "@muster/db/queries/assistance/row";
import { typeOfCase } from "@muster/db/queries/assistance/types";
import { findStation } from "@muster/db/queries/stations/row";
import { localDate } from "@muster/domain/period";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { BringMessage, BringSheet } from "~/features/assistance/bring";
import { caseInScope } from "~/features/assistance/case.server";
import { CaseParams } from "~/features/assistance/forms";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { page } from "~/ui/page-handle";
import { PrintButton } from "~/ui/print-button";

export const handle = page<typeof loader>({
  i18n: ["assistance"],
  menu: "/assistance",
  title: (t) => t("assistance:bring.receiver"),
  crumbs: (t, { id, number }) => [
    { label: t("assistance:title"), to: "/assistance" },
    { label: number, to: `/assistance/${id}` },
    { label: t("assistance:case.checklist") },
  ],
});

/** The papers of one case: what is here, and what follows by when. */
export const loader = read(
  { authorization: { action: "read", subject: "Assistance" }, params: CaseParams },
  ({ scoped, params, actor, now, t }) =>
    scoped(async (tx) => {
      const row = await caseInScope(tx, params.caseId);
      const [type, materials, station] = await Promise.all([
        typeOfCase(tx, row.typeCode, row.typeFrom),
        materialsOf(tx, row.id),
        findStation(tx, row.stationId),
      ]);
      return {
        id: row.id,
        number: t("assistance:number", { station: row.stationName, year: row.year, number: row.number }),
        type,
        standing: Object.fromEntries(materials.map(({ code, ...at }) => [code, at])),
        counter: { name: row.stationName, address: station?.address ?? "", phone: station?.phone ?? "" },
        teller: actor.name,
        today: localDate(now),
      };
    }),
);

export default function CaseChecklist() {
  const { id, number, type, standing, counter, teller, today } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["assistance"]);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="mx-auto flex w-full max-w-sheet gap-2 print:hidden">
        <LinkButton to={`/assistance/${id}`}>{t("bring.back")}</LinkButton>
        <PrintButton />
      </div>
      <BringSheet
        model={type}
        counter={counter}
        teller={teller}
        today={today}
        standing={standing}
        number={number}
      />
      <div className="mx-auto w-full min-w-0 max-w-sheet">
        <BringMessage model={type} counter={counter} />
      </div>
    </div>
  );
}
