import { staffMeasures } from "@muster/db/queries/staff/measures";
import { trainedOf, trainingsOf } from "@muster/db/queries/staff/trainings";
import { localDate } from "@muster/domain/period";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { headOf, stationOf } from "~/features/staff/access.server";
import { YearSearch } from "~/features/staff/forms";
import { HeldTrainings, TrainedPeople, TrainingsElsewhere } from "~/features/staff/training-tables";
import { StationParams } from "~/features/stations/forms";
import { useFormat } from "~/i18n/use-format";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { Tabs } from "~/ui/tabs";

export const handle = page<typeof loader>({
  i18n: ["staff"],
  title: (t, { station }) => `${station.name} · ${t("staff:trainings.title")}`,
  crumbs: (t, { station }) => [
    { label: station.name, to: `/stations/${station.id}` },
    { label: t("staff:title"), to: `/stations/${station.id}/staff` },
    { label: t("staff:trainings.title") },
  ],
});

/** Years that can be looked at, from the current one back. */
const YEARS = 3;

export const loader = read(
  { authorization: { action: "read", subject: "Staff" }, params: StationParams, search: YearSearch },
  ({ scoped, params, search, now, may }) =>
    scoped(async (tx) => {
      const row = await stationOf(tx, params.stationId);
      const today = localDate(now);
      const current = Number(today.slice(0, 4));
      const year = search.year ?? current;
      const day = year >= current ? today : `${year}-12-31`;
      const [held, trained, measures] = await Promise.all([
        trainingsOf(tx, row.id, year),
        trainedOf(tx, row.id, day),
        staffMeasures(tx, [row.id], day),
      ]);
      const own = new Set(held.map(({ id }) => id));
      return {
        station: headOf(row),
        year,
        years: Array.from({ length: YEARS }, (_, i) => current - i),
        held,
        people: trained.people,
        elsewhere: trained.elsewhere.filter(({ trainingId }) => !own.has(trainingId)),
        share: measures.get(row.id)?.trainedShare ?? null,
        update: may("update", "Staff", { stationId: row.id }) && row.closedOn === null,
      };
    }),
);

export default function Trainings() {
  const { station, year, years, held, people, elsewhere, share, update } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["staff"]);
  const f = useFormat();
  return (
    <>
      <PageHeader
        title={`${station.name} · ${t("trainings.title")}`}
        note={t("trainings.share", { year, share: share === null ? "—" : f.percent(share / 100) })}
      >
        {update && (
          <LinkButton to="new" tone="primary">
            {t("trainings.add")}
          </LinkButton>
        )}
      </PageHeader>
      <Tabs
        label={t("trainings.years")}
        items={years.map((each) => ({ to: `?year=${each}`, label: String(each), current: each === year }))}
      />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid min-w-0 gap-4">
          <Card title={t("trainings.held")} flush>
            <HeldTrainings rows={held} />
          </Card>
          {elsewhere.length > 0 && (
            <Card title={t("trainings.elsewhere")} flush>
              <TrainingsElsewhere rows={elsewhere} />
            </Card>
          )}
        </div>
        <Card title={t("trainings.people")} flush>
          <TrainedPeople rows={people} />
        </Card>
      </div>
    </>
  );
}
