import type { NoticeKind } from "@muster/domain/petition";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { PrintSheet } from "~/ui/print-sheet";
import { usePageTranslate } from "~/ui/use-page";
import { Entered } from "../staff/entered";
import { officeName } from "../stations/office";
import { numberOf, petitionersIn } from "./petition-words";

export interface NoticeModel {
  kind: NoticeKind;
  petition: {
    id: string;
    stationName: string;
    year: number;
    number: number;
    subject: string;
    people: number;
    receivedOn: string;
  };
  petitioner: string;
  by: string;
  made: { onDay: string; byName: string; body: string };
  days: number;
  dueOn: string;
}

/** Where the subject goes in a sentence. */
const SUBJECT = "\uFFFC";

/** A paper for the petitioner as an office prints, seals and hands it over. */
export function NoticeSheet({ model }: { model: NoticeModel }) {
  const { t } = useTranslation(["petitions"]);
  const translate = usePageTranslate();
  const f = useFormat();
  const { kind, petition, petitioner, by, made, days, dueOn } = model;
  const after = kind === "reply" || kind === "review" || kind === "final" ? kind : null;
  // What somebody wrote stands in the sentence as they wrote it, in whatever language the paper is.
  const [before, behind] = t(`notice.text.${kind}`, {
    subject: SUBJECT,
    received: f.date(petition.receivedOn),
    station: petition.stationName,
    count: days,
    due: f.date(dueOn),
  }).split(SUBJECT);
  return (
    <PrintSheet
      title={t(`notice.title.${kind}`)}
      facts={[
        { label: t("notice.number"), value: numberOf(petition, translate) },
        { label: t("notice.received"), value: f.date(petition.receivedOn) },
      ]}
      signatures={[
        { label: t("notice.signedBy"), name: <Entered>{made.byName}</Entered> },
        { label: t("notice.receivedBy") },
        { label: t("notice.receivedAt") },
      ]}
      seal={{
        label: `${officeName(by, translate)}${t("notice.seal")}`,
        date: t("notice.date", { date: f.date(made.onDay) }),
      }}
    >
      <div className="grid gap-3 leading-loose">
        <p className="m-0 font-semibold">
          {t("notice.salutation", { name: petitionersIn(petitioner, petition.people, translate) })}
        </p>
        <p className="m-0 indent-8">
          {before}
          <Entered>{petition.subject}</Entered>
          {behind}
        </p>
        {made.body && (
          <p className="m-0 whitespace-pre-line indent-8 [overflow-wrap:anywhere]">
            <Entered>{made.body}</Entered>
          </p>
        )}
        {after && <p className="m-0 indent-8">{t(`notice.after.${after}`, { count: days })}</p>}
      </div>
    </PrintSheet>
  );
}
