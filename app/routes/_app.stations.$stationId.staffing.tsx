import { ratioGround } from "@muster/db/queries/staff/ratio";
import { gapClosing, staffing, staffingBasis, staffingOfCity } from "@muster/domain/staffing";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { headOf, stationOf } from "~/features/staff/access.server";
import { WhatIfSearch } from "~/features/staff/forms";
import { ClosingCard, RatioNumbers, UnitsCard, WhatIfCard } from "~/features/staff/ratio-cards";
import { StationParams } from "~/features/stations/forms";
import { useFormat } from "~/i18n/use-format";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { Notice } from "~/ui/notice";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

export const handle = page<typeof loader>({
  i18n: ["staff"],
  title: (t, { station }) => `${station.name} · ${t("staff:ratio.title")}`,
  crumbs: (t, { station }) => [
    { label: station.name, to: `/stations/${station.id}` },
    { label: t("staff:title"), to: `/stations/${station.id}/staff` },
    { label: t("staff:ratio.title") },
  ],
});

export const loader = read(
  { authorization: { action: "read", subject: "Staff" }, params: StationParams, search: WhatIfSearch },
  ({ scoped, params, search }) =>
    scoped(async (tx) => {
      const row = await stationOf(tx, params.stationId);
      const { period, rule, own, reserve, names, units } = await ratioGround(tx, row);
      const city = row.level === "city";
      const basis = staffingBasis(rule, row.level);
      const judged = basis === "report" ? null : rule;
      const unitRule = rule.town === "report" ? null : rule;
      const all = units.map((unit) => ({
        ...unit,
        ...staffing(unit.beneficiaries, unit.fullTime, unitRule),
      }));
      const now = city ? staffingOfCity(all) : staffing(own.beneficiaries, own.fullTime, judged);
      const asked = judged !== null && (search.people !== undefined || search.staff !== undefined);
      const supposed = asked
        ? staffing(search.people ?? own.beneficiaries, search.staff ?? own.fullTime, judged)
        : null;
      const closing = city ? null : gapClosing(supposed ?? now, reserve, rule);
      const name = new Map(names.map((each) => [each.id, each.name]));
      const counts = all.some(({ id }) => id === row.id);
      return {
        station: headOf(row),
        period,
        rule: { perWorker: rule.perWorker, validFrom: rule.validFrom, basis },
        now,
        supposed,
        closing: closing && { ...closing, regroup: closing.regroup.map((id) => name.get(id) ?? "") },
        counts,
        total:
          counts && supposed
            ? {
                now: staffingOfCity(all),
                supposed: staffingOfCity(all.map((unit) => (unit.id === row.id ? supposed : unit))),
              }
            : null,
        units: city ? all : [],
      };
    }),
);

export default function Ratio() {
  const { station, period, rule, now, supposed, closing, counts, total, units } =
    useLoaderData<typeof loader>();
  const { t } = useTranslation(["staff"]);
  const f = useFormat();
  const city = station.level === "city";
  const own = station.level === "village" || rule.basis === "own";
  const scope = t(own ? "ratio.scopeOwn" : "ratio.scopeSubtree");
  const basis = city ? t("ratio.cityNote") : t("ratio.basis", { period: f.period(period), scope });
  const asks = t("ratio.note", { people: rule.perWorker, from: f.period(rule.validFrom) });
  return (
    <>
      <PageHeader title={`${station.name} · ${t("ratio.title")}`} note={`${asks} ${basis}`}>
        <LinkButton to={`/stations/${station.id}/staff`}>{t("title")}</LinkButton>
      </PageHeader>
      <RatioNumbers state={supposed ?? now} supposed={supposed !== null} />
      {city ? (
        <UnitsCard units={units} />
      ) : rule.basis === "report" ? (
        <Notice title={t("ratio.reportOnly")} />
      ) : (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <ClosingCard state={supposed ?? now} closing={closing} manages={!own} perWorker={rule.perWorker} />
          <WhatIfCard stationId={station.id} now={now} supposed={supposed} counts={counts} total={total} />
        </div>
      )}
    </>
  );
}
