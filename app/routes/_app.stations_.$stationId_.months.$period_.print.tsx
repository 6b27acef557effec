import { reportPage } from "@muster/db/queries/report-page";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ReportAddress } from "~/features/api/addresses.server";
import { absenceRefusal, filingModel } from "~/features/figures/filing-model.server";
import { addressOf } from "~/features/figures/model";
import { OfficialForm } from "~/features/figures/official-form";
import { preparerOf } from "~/features/figures/preparer";
import { formatPeriod } from "~/i18n/format";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { page } from "~/ui/page-handle";
import { PrintButton } from "~/ui/print-button";

export const handle = page<typeof loader>({
  i18n: ["figures"],
  menu: "/months",
  title: (t, { model, title }) => `${t("figures:print.title")} ${title} ${model.stationName}`,
  crumbs: (t, { model, title }) => [
    { label: t("nav:months"), to: "/months" },
    { label: `${model.stationName} ${title}`, to: addressOf(model) },
    { label: t("common:print") },
  ],
});

export const loader = read(
  { authorization: { action: "read", subject: "MonthlyReport" }, params: ReportAddress },
  async ({ scoped, params, ability, actor, locale, now }) => {
    const answer = await scoped((tx) => reportPage(tx, params));
    if (!answer.found) throw absenceRefusal(answer.absence, params.period, locale);
    const { report, events } = answer.page;
    const decided = report.status === "accepted" || report.status === "locked";
    return {
      title: formatPeriod(params.period, locale),
      model: filingModel(answer.page, { ability, actor, locale, now }),
      people: {
        preparer: preparerOf(events),
        reviewer: decided ? report.decidedBy : null,
        head: report.submittedBy,
      },
    };
  },
);

export default function PrintRoute() {
  const { model, people } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["figures"]);
  return (
    <>
      <div className="mx-auto mb-3 flex max-w-sheet gap-2 print:hidden">
        <LinkButton to={addressOf(model)}>{t("summary.back")}</LinkButton>
        <PrintButton />
      </div>
      <OfficialForm model={model} people={people} />
    </>
  );
}
