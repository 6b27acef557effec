import { childrenOf } from "@muster/db/queries/month-steps";
import { monthsProgress } from "@muster/db/queries/report-page";
import { redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { PeriodText } from "~/features/api/addresses.server";
import { addressOf } from "~/features/figures/model";
import { MonthMeter, MonthState } from "~/features/figures/month-list";
import { MonthStations } from "~/features/figures/month-stations";
import { formatPeriod } from "~/i18n/format";
import { notFound } from "~/server/errors.server";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

export const handle = page<typeof loader>({
  i18n: ["months", "figures"],
  title: (t, { title }) => t("figures:title", { period: title }),
  crumbs: (t, { title }) => [{ label: t("nav:months"), to: "/months" }, { label: title }],
});

export const loader = read(
  {
    authorization: { action: "read", subject: "MonthlyReport" },
    params: z.object({ period: PeriodText }),
  },
  async ({ scoped, params, actor, locale, may }) => {
    const { stationId } = actor;
    const { period } = params;
    // Whoever manages no stations has one report a month, and that is the page.
    if (actor.level === "village") throw redirect(addressOf({ stationId, period }));
    const [below, children] = await scoped((tx) =>
      Promise.all([monthsProgress(tx, stationId, 240), childrenOf(tx, stationId, period)]),
    );
    const month = below.find((each) => each.period === period);
    if (!month) throw notFound("months:notOpen", { params: { period: formatPeriod(period, locale) } });
    return {
      title: formatPeriod(period, locale),
      month,
      own: actor.level === "city" ? null : addressOf({ stationId, period }),
      mayReview: may("return", "MonthlyReport", { stationId: 0, reviewerId: stationId }),
      children: children.map(
        ({ stationId: id, name, status, dueOn, submittedAt, onTime, warnings, excused }) => ({
          stationId: id,
          name,
          status,
          dueOn,
          submittedAt,
          onTime,
          warnings,
          excused,
        }),
      ),
    };
  },
);

export default function MonthRoute() {
  const { title, month, own, mayReview, children } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["months", "figures"]);
  return (
    <>
      <PageHeader title={t("figures:title", { period: title })} note={<MonthState month={month} />}>
        {own && <LinkButton to={own}>{t("below.own")}</LinkButton>}
        {mayReview && (
          <LinkButton to={`/review?period=${month.period}`} tone="primary">
            {t("below.review")}
          </LinkButton>
        )}
      </PageHeader>
      <Card title={t("below.title")} className="mb-4">
        <MonthMeter month={month} />
      </Card>
      <MonthStations stations={children} period={month.period} mayReview={mayReview} />
    </>
  );
}
