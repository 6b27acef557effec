import { redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { CaseParams } from "~/features/assistance/forms";
import { RefusalSheet } from "~/features/assistance/refusal-sheet";
import { refusalModel } from "~/features/assistance/refusal-sheet.server";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { page } from "~/ui/page-handle";
import { PrintButton } from "~/ui/print-button";

export const handle = page<typeof loader>({
  i18n: ["assistance"],
  menu: "/assistance",
  title: (t, { kind }) => t(`assistance:refused.title.${kind}`),
  crumbs: (t, { id, number, kind }) => [
    { label: t("assistance:title"), to: "/assistance" },
    { label: number, to: `/assistance/${id}` },
    { label: t(`assistance:refused.title.${kind}`) },
  ],
});

/** The paper that tells an applicant why not, and what can be done; a case that was never refused has none. */
export const loader = read(
  { authorization: { action: "read", subject: "Assistance" }, params: CaseParams },
  async ({ scoped, params, locale }) => {
    const model = await scoped((tx) => refusalModel(tx, params.caseId, locale));
    if (!model) throw redirect(`/assistance/${params.caseId}`);
    return model;
  },
);

export default function Refusal() {
  const model = useLoaderData<typeof loader>();
  const { t } = useTranslation(["assistance"]);
  return (
    <div className="grid gap-4">
      <div className="mx-auto flex w-full max-w-sheet gap-2 print:hidden">
        <LinkButton to={`/assistance/${model.id}`}>{t("bring.back")}</LinkButton>
        <PrintButton />
      </div>
      <RefusalSheet model={model} />
    </div>
  );
}
