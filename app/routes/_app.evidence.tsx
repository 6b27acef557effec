import { expiringPieces } from "@muster/db/queries/evidence/pieces";
import { expiryOn, REMIND_DAYS } from "@muster/domain/evidence";
import { localDate } from "@muster/domain/period";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { subjectInScope } from "~/features/evidence/access.server";
import { EvidenceCard } from "~/features/evidence/evidence-card";
import { ExpiringTable } from "~/features/evidence/expiring-table";
import { SubjectSearch, UploadForm } from "~/features/evidence/forms.server";
import { evidenceModel } from "~/features/evidence/model.server";
import { takeFile } from "~/features/evidence/take.server";
import { localized } from "~/features/figures/model";
import { useLocale } from "~/i18n/use-format";
import { badRequest } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

/** Without a subject: what expires soon. */
const Search = SubjectSearch.partial();

export const handle = page<typeof loader>({
  i18n: ["evidence"],
  menu: "/stations",
  title: (t) => t("evidence:title"),
  crumbs: (t, { place }) => [
    ...(place ? [{ label: place.name, to: place.page }] : []),
    { label: t(place ? "evidence:title" : "evidence:expiring.title") },
  ],
});

export const loader = read(
  { authorization: { action: "read", subject: "Evidence" }, search: Search },
  ({ scoped, search: { kind, id }, ...reader }) =>
    scoped(async (tx) => {
      if (kind && id) {
        const subject = { kind, id };
        const place = await subjectInScope(tx, subject, reader);
        const model = await evidenceModel(tx, subject, place, reader);
        const { name, what = null, page } = place;
        return { place: { name, what, page }, model, expiring: [] };
      }
      if (kind || id) throw badRequest();
      const today = localDate(reader.now);
      const pieces = await expiringPieces(tx, reader.actor.stationId);
      const expiring = pieces.map((piece) => ({ ...piece, expiry: expiryOn(piece.expiresOn, today) }));
      return { place: null, model: null, expiring };
    }),
);

export const action = write(
  {
    authorization: { action: "create", subject: "Evidence" },
    search: SubjectSearch,
    form: UploadForm,
    receives: true,
  },
  async ({ search, done, ...context }) => {
    const { repeated, page: back } = await takeFile({ ...context, subject: search });
    return repeated
      ? done(back, "evidence:flash.repeated")
      : done(back, "evidence:flash.added", { title: context.form.title });
  },
);

export default function Evidence() {
  const { place, model, expiring } = useLoaderData<typeof loader>();
  const refused = refusalIn(useActionData<typeof action>());
  const { t } = useTranslation(["evidence"]);
  const locale = useLocale();
  if (!place || !model) {
    return (
      <>
        <PageHeader title={t("expiring.title")} note={t("expiring.note", { count: REMIND_DAYS })} />
        <ExpiringTable pieces={expiring} />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={t("title")}
        note={t("note", {
          name: [place.name, ...(place.what ? [localized(place.what, locale)] : [])].join(" "),
        })}
      />
      <div className="max-w-4xl">
        <EvidenceCard model={model} refused={refused} />
      </div>
    </>
  );
}
