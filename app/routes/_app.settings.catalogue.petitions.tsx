import { limitsOf, putLimits } from "@muster/db/queries/petitions/limits";
import { localDate } from "@muster/domain/period";
import { limitsOn } from "@muster/domain/petition";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { CatalogueTabs } from "~/features/catalogue/catalogue-frame";
import { LimitsForm } from "~/features/petitions/forms";
import { LimitsPage } from "~/features/petitions/limits-page";
import { settled } from "~/features/reception/refusal.server";
import { read, write } from "~/server/route.server";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

export const handle = page({
  i18n: ["petitions", "settings"],
  title: (t) => t("petitions:limits.title"),
  crumbs: (t) => [
    { label: t("nav:settings"), to: "/settings" },
    { label: t("settings:catalogue.title"), to: "/settings/catalogue" },
    { label: t("petitions:limits.title") },
  ],
});

export const loader = read(
  { authorization: { action: "read", subject: "Catalogue" } },
  async ({ scoped, now, may }) => {
    const limits = await scoped(limitsOf);
    const today = localDate(now);
    return { limits, inForce: limitsOn(limits, today), mayEdit: may("update", "Catalogue"), today };
  },
);

export const action = write(
  { authorization: { action: "update", subject: "Catalogue" }, form: LimitsForm },
  async ({ scoped, form, done }) => {
    settled(await scoped.write((tx) => putLimits(tx, form)), Object.keys(form));
    return done("/settings/catalogue/petitions", "petitions:flash.limits");
  },
);

export default function PetitionLimitsRoute() {
  const model = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["petitions"]);
  return (
    <>
      <PageHeader title={t("limits.title")} note={t("limits.note")} />
      <CatalogueTabs query="" />
      <LimitsPage {...model} refused={refusalIn(data)} />
    </>
  );
}
