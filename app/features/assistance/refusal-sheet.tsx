import type { SerializeFrom } from "@remix-run/node";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { PrintSheet } from "~/ui/print-sheet";
import { usePageTranslate } from "~/ui/use-page";
import { Entered } from "../staff/entered";
import { officeName } from "../stations/office";
import type { refusalModel } from "./refusal-sheet.server";

type Model = SerializeFrom<NonNullable<Awaited<ReturnType<typeof refusalModel>>>>;

/** The decision as an office hands it over: the reasons in writing, and the way to a review. */
export function RefusalSheet({ model }: { model: Model }) {
  const { t } = useTranslation(["assistance"]);
  const translate = usePageTranslate();
  const f = useFormat();
  const { kind, number, personName, appliedOn, typeName, refusal, stationName, city, by, byName, on, words } =
    model;
  return (
    <PrintSheet
      title={t(`refused.title.${kind}`)}
      facts={[
        { label: t("column.number"), value: number },
        { label: t("column.appliedOn"), value: f.date(appliedOn) },
      ]}
      signatures={[
        { label: t("refused.signedBy"), name: <Entered>{byName}</Entered> },
        { label: t("refused.receivedBy") },
        { label: t("refused.receivedAt") },
      ]}
      seal={{ label: `${officeName(by, translate)}${t("bring.seal")}`, date: f.date(on) }}
    >
      <div className="grid gap-3 leading-loose">
        <p className="m-0 font-semibold">
          <Entered>{personName}</Entered>
          {t("refused.salutation")}
        </p>
        <p className="m-0 indent-8">
          {t(`refused.text.${kind}`, { type: typeName, day: f.date(appliedOn) })}
          {refusal && t("refused.because", { reason: t(`reason.${refusal}`) })}
        </p>
        {words && (
          <p className="m-0 whitespace-pre-line indent-8 [overflow-wrap:anywhere]">
            <Entered>{words}</Entered>
          </p>
        )}
        <p className="m-0 indent-8">
          {t(`refused.after.${kind}`, {
            station: officeName(stationName, translate),
            city: officeName(city, translate),
          })}
        </p>
      </div>
    </PrintSheet>
  );
}
