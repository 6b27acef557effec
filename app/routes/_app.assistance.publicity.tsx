import { publicCases } from "@muster/db/queries/assistance/list";
import { allTypes } from "@muster/db/queries/assistance/types";
import { findStation } from "@muster/db/queries/stations/row";
import { maskName, publicityOver } from "@muster/domain/assistance";
import { localDate } from "@muster/domain/period";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { namedTypes } from "~/features/assistance/list-view.server";
import { officeName } from "~/features/stations/office";
import { useFormat } from "~/i18n/use-format";
import { read } from "~/server/route.server";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { PrintButton } from "~/ui/print-button";
import { PrintSheet } from "~/ui/print-sheet";
import { usePageTranslate } from "~/ui/use-page";

export const handle = page<typeof loader>({
  i18n: ["assistance"],
  menu: "/assistance",
  title: (t) => t("assistance:publicity.title"),
  crumbs: (t) => [
    { label: t("assistance:title"), to: "/assistance" },
    { label: t("assistance:publicity.title") },
  ],
});

/** Names leave the server masked: what hangs out says nothing more. */
export const loader = read(
  { authorization: { action: "read", subject: "Assistance" } },
  ({ scoped, actor, now, locale }) =>
    scoped(async (tx) => {
      const [cases, types, station] = await Promise.all([
        publicCases(tx, actor.path),
        allTypes(tx),
        findStation(tx, actor.stationId),
      ]);
      const today = localDate(now);
      const nameOf = new Map(namedTypes(types, locale).map(({ code, name }) => [code, name]));
      return {
        station: actor.stationName,
        phone: station?.phone ?? "",
        today,
        lines: cases.map(({ personName, typeCode, publicUntil, ...rest }) => ({
          ...rest,
          name: maskName(personName),
          kind: nameOf.get(typeCode) ?? "",
          publicUntil,
          over: publicityOver(publicUntil, today),
        })),
      };
    }),
);

export default function Publicity() {
  const { station, phone, lines, today } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["assistance"]);
  const f = useFormat();
  const translate = usePageTranslate();
  return (
    <>
      <div className="print:hidden">
        <PageHeader title={t("publicity.title")} note={t("publicity.note")}>
          <PrintButton />
        </PageHeader>
      </div>
      {lines.length === 0 ? (
        <Card flush>
          <EmptyState title={t("publicity.empty")}>{t("publicity.emptyHint")}</EmptyState>
        </Card>
      ) : (
        <PrintSheet
          title={t("publicity.notice", { station })}
          facts={phone ? [{ label: t("publicity.phone"), value: phone }] : []}
          signatures={[]}
          seal={{ label: `${officeName(station, translate)}${t("publicity.seal")}`, date: f.date(today) }}
        >
          <p className="m-0 mb-3 indent-8">{t("publicity.text")}</p>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("publicity.person")}</th>
                <th scope="col">{t("publicity.station")}</th>
                <th scope="col">{t("publicity.kind")}</th>
                <th scope="col">{t("publicity.days")}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={line.id}>
                  <td lang="zh-CN">{line.name}</td>
                  <td lang="zh-CN">{line.stationName}</td>
                  <td>{line.kind}</td>
                  <td>
                    {t("field.span", { from: f.date(line.publicFrom), to: f.date(line.publicUntil) })}
                    {line.over && ` (${t("publicity.over")})`}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </PrintSheet>
      )}
    </>
  );
}
