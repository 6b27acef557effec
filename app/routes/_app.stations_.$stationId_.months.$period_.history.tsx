import { reportPage } from "@muster/db/queries/report-page";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ReportAddress } from "~/features/api/addresses.server";
import { absenceRefusal } from "~/features/figures/filing-model.server";
import { historyOf } from "~/features/figures/history";
import { HistoryList } from "~/features/figures/history-list";
import { addressOf, localized } from "~/features/figures/model";
import { formatPeriod } from "~/i18n/format";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

export const handle = page<typeof loader>({
  i18n: ["figures"],
  menu: "/months",
  title: (t, { station, title }) => `${t("figures:event.title")} ${title} ${station}`,
  crumbs: (t, { station, title, address }) => [
    { label: t("nav:months"), to: "/months" },
    { label: `${station} ${title}`, to: address },
    { label: t("figures:event.title") },
  ],
});

export const loader = read(
  { authorization: { action: "read", subject: "MonthlyReport" }, params: ReportAddress },
  async ({ scoped, params, locale }) => {
    const answer = await scoped((tx) => reportPage(tx, params));
    if (!answer.found) throw absenceRefusal(answer.absence, params.period, locale);
    const { events, catalogue, station } = answer.page;
    return {
      station: station.name,
      title: formatPeriod(params.period, locale),
      address: addressOf(params),
      entries: historyOf(events, catalogue.indicators),
      names: Object.fromEntries(
        catalogue.indicators.map(({ code, name, unit }) => [code, { name: localized(name, locale), unit }]),
      ),
    };
  },
);

export default function HistoryRoute() {
  const { station, title, address, entries, names } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["figures"]);
  return (
    <>
      <PageHeader title={`${title} · ${t("event.title")}`} note={station}>
        <LinkButton to={address}>{t("summary.back")}</LinkButton>
      </PageHeader>
      <Card className="max-w-4xl">
        {entries.length > 0 ? (
          <HistoryList entries={entries} names={names} />
        ) : (
          <EmptyState title={t("event.empty")} />
        )}
      </Card>
    </>
  );
}
