import { monthsProgress, ownMonths } from "@muster/db/queries/report-page";
import { daysFrom, localDate } from "@muster/domain/period";
import { dueDayOf, isOwed, standingOf } from "@muster/domain/standing";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { OwedMonths, OwnMonths, ProgressMonths } from "~/features/figures/month-list";
import { read } from "~/server/route.server";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

export const handle = page({
  i18n: ["months", "figures"],
  title: (t) => t("months:title"),
  crumbs: (t) => [{ label: t("nav:months") }],
});

export const loader = read(
  { authorization: { action: "read", subject: "MonthlyReport" } },
  async ({ scoped, actor, may, now }) => {
    const { stationId } = actor;
    const [own, below] = await scoped((tx) =>
      Promise.all([ownMonths(tx, stationId), monthsProgress(tx, stationId)]),
    );
    const today = localDate(now);
    return {
      stationId,
      files: actor.level !== "city",
      manages: actor.level !== "village",
      own: own.map((month) => ({
        ...month,
        due: dueDayOf(month, today),
        daysLeft: daysFrom(today, dueDayOf(month, today)),
        standing: standingOf(month, today),
        owed: isOwed(month, today) && may("fill", "MonthlyReport", { stationId, reviewerId: 0 }),
      })),
      below,
      mayReview: may("return", "MonthlyReport", { stationId: 0, reviewerId: stationId }),
    };
  },
);

export default function MonthsRoute() {
  const { stationId, files, manages, own, below, mayReview } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["months"]);
  return (
    <>
      <PageHeader title={t("title")} note={t(manages ? "noteManaging" : "note")} />
      {files && <OwedMonths stationId={stationId} months={own} />}
      {manages && <ProgressMonths months={below} mayReview={mayReview} />}
      {files && <OwnMonths stationId={stationId} months={own} />}
    </>
  );
}
