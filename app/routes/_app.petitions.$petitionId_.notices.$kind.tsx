import { limitsOf } from "@muster/db/queries/petitions/limits";
import { findPetition, petitionEvents, petitionersOf, reviewing } from "@muster/db/queries/petitions/read";
import { addDays } from "@muster/domain/period";
import { limitsOn, NOTICES } from "@muster/domain/petition";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { NoticeParams } from "~/features/petitions/forms";
import { NoticeSheet } from "~/features/petitions/notice-sheet";
import { numberOf } from "~/features/petitions/petition-words";
import { notFound } from "~/server/errors.server";
import { keyring } from "~/server/keys.server";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { page } from "~/ui/page-handle";
import { PrintButton } from "~/ui/print-button";

export const handle = page<typeof loader>({
  i18n: ["petitions"],
  menu: "/petitions",
  title: (t, { kind }) => t(`petitions:notice.title.${kind}`),
  crumbs: (t, { petition, kind }) => [
    { label: t("petitions:title"), to: "/petitions" },
    { label: numberOf(petition, t), to: `/petitions/${petition.id}` },
    { label: t(`petitions:notice.title.${kind}`) },
  ],
});

/** A paper as the step that made it has it; 404 before that step. */
export const loader = read(
  { authorization: { action: "read", subject: "Petition" }, params: NoticeParams },
  ({ scoped, params: { petitionId, kind } }) =>
    scoped(async (tx) => {
      const row = await findPetition(tx, petitionId);
      if (!row) throw notFound();
      const [events, petitioners, limits] = await Promise.all([
        petitionEvents(tx, petitionId),
        petitionersOf(tx, keyring(), petitionId),
        limitsOf(tx),
      ]);
      const made = events.find(({ action }) => action === NOTICES[kind]);
      if (!made) throw notFound();
      const accepted = row.acceptedOn ?? made.onDay;
      const handling = row.ownDays ?? limitsOn(limits, accepted).handle;
      const extended = kind === "extension" ? (made.days ?? 0) : 0;
      // More time is granted from above, and told by the station that handles the petition.
      const handler =
        kind === "extension"
          ? (row.leaderName ?? events.find(({ action }) => action === "ask_time")?.byName ?? "")
          : made.byName;
      const { id, stationName, year, number, subject, people, receivedOn } = row;
      const { reviewerId, finalId } = reviewing(row);
      const nameOf = (station: number) =>
        row.ancestors.find((above) => above.id === station)?.name ?? stationName;
      return {
        kind,
        petition: { id, stationName, year, number, subject, people, receivedOn },
        petitioner: petitioners[0]?.name ?? "",
        /** Whose paper it is: the handling station's, or that of the one that reviewed. */
        by: kind === "review" ? nameOf(reviewerId) : kind === "final" ? nameOf(finalId) : stationName,
        made: { onDay: made.onDay, byName: handler, body: made.body },
        days:
          kind === "extension"
            ? extended
            : kind === "acceptance"
              ? handling
              : limitsOn(limits, made.onDay).ask,
        dueOn: addDays(accepted, handling + extended),
      };
    }),
);

export default function NoticePage() {
  const model = useLoaderData<typeof loader>();
  const { t } = useTranslation(["petitions"]);
  return (
    <>
      <div className="mx-auto mb-3 flex max-w-sheet gap-2 print:hidden">
        <LinkButton to={`/petitions/${model.petition.id}`}>{t("notice.back")}</LinkButton>
        <PrintButton />
      </div>
      <NoticeSheet model={model} />
    </>
  );
}
