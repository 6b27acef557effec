import { assessedYears, assessmentLines } from "@muster/db/queries/assessments/read";
import { findStation } from "@muster/db/queries/stations/row";
import { localDate } from "@muster/domain/period";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { AssessmentTable } from "~/features/assessments/assessment-table";
import { StationNumber } from "~/features/stations/forms";
import { notFound } from "~/server/errors.server";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { Select } from "~/ui/input";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { FilterBar } from "~/ui/toolbar";

export const handle = page<typeof loader>({
  i18n: ["standards"],
  title: (t) => t("standards:list.title"),
  crumbs: (t, { station, own }) => [
    { label: t("standards:list.title"), to: "/assessments" },
    ...(station.id === own ? [] : [{ label: station.name }]),
  ],
});

const STATES = ["none", "draft", "returned", "self_submitted", "checked", "spot_checked"] as const;

/** What the list is asked for; anything odd counts as not asked. */
const Search = z.object({
  year: z.coerce.number().int().min(2000).max(2099).optional().catch(undefined),
  status: z.enum(STATES).optional().catch(undefined),
  station: StationNumber.optional().catch(undefined),
});

export const loader = read(
  { authorization: { action: "remark", subject: "Remark" }, search: Search },
  ({ scoped, search, actor, now }) =>
    scoped(async (tx) => {
      const station = await findStation(tx, search.station ?? actor.stationId);
      if (!station) throw notFound();
      const thisYear = Number(localDate(now).slice(0, 4));
      const years = await assessedYears(tx);
      const year = search.year ?? years[0] ?? thisYear;
      const all = await assessmentLines(tx, station.id, year);
      const of = (...states: (string | null)[]) => all.filter(({ status }) => states.includes(status)).length;
      return {
        own: actor.stationId,
        station: { id: station.id, name: station.name, level: station.level },
        year,
        years: [...new Set([year, thisYear, ...years])].sort((a, b) => b - a),
        status: search.status ?? "",
        rows: all.filter(({ status }) => !search.status || (status ?? "none") === search.status),
        sums: {
          stations: all.length,
          checked: of("checked", "spot_checked"),
          waiting: of("self_submitted"),
          owing: of(null, "draft", "returned"),
        },
      };
    }),
);

export default function AssessmentList() {
  const { own, station, year, years, status, rows, sums } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["standards"]);
  return (
    <>
      <PageHeader title={t("list.title")} note={t("list.note", { station: station.name })}>
        {station.id === own && station.level !== "city" && (
          <LinkButton to={`/stations/${own}/assessments`}>{t("list.own")}</LinkButton>
        )}
      </PageHeader>
      <div className="mb-3">
        <FilterBar label={t("list.title")} keep={["station"]}>
          <Field label={t("list.year")} id="year">
            {(control) => (
              <Select
                {...control}
                name="year"
                key={year}
                defaultValue={String(year)}
                options={years.map((each) => ({
                  value: String(each),
                  label: t("list.yearOf", { year: each }),
                }))}
              />
            )}
          </Field>
          <Field label={t("list.status")} id="status">
            {(control) => (
              <Select
                {...control}
                name="status"
                key={status}
                defaultValue={status}
                placeholder={t("list.all")}
                options={STATES.map((value) => ({ value, label: t(`status.${value}`) }))}
              />
            )}
          </Field>
        </FilterBar>
      </div>
      <p className="m-0 mb-2 text-ink-2">{t("list.sum", sums)}</p>
      <Card flush>
        <AssessmentTable rows={rows} year={year} />
      </Card>
    </>
  );
}
