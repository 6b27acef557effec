import { findStation } from "@muster/db/queries/stations/row";
import { listStations } from "@muster/db/queries/stations/tree";
import { dueByStation, dueList } from "@muster/db/queries/visits/due";
import { assignDuty, dutyWorkers, workersAt } from "@muster/db/queries/visits/workers";
import { localDate, type Period, parsePeriod } from "@muster/domain/period";
import { subtreeEnd } from "@muster/domain/station";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { StationNumber } from "~/features/stations/forms";
import { stationToLog } from "~/features/visits/access.server";
import { DueFilters, DueStations, DueTable } from "~/features/visits/due-table";
import { AssignForm, Uuid } from "~/features/visits/forms";
import { settled } from "~/features/visits/refusal.server";
import { VisitsTabs } from "~/features/visits/visits-tabs";
import { useFormat } from "~/i18n/use-format";
import { notFound } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { PrintButton } from "~/ui/print-button";

export const handle = page({
  i18n: ["visits"],
  menu: "/visits",
  title: (t) => t("visits:due.title"),
  crumbs: (t) => [{ label: t("visits:title"), to: "/visits" }, { label: t("visits:due.title") }],
});

const odd = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const Asked = z.object({
  station: odd(StationNumber),
  worker: odd(Uuid),
  state: odd(z.enum(["overdue"])),
  period: odd(
    z
      .string()
      .transform((text) => parsePeriod(text))
      .pipe(z.custom<Period>((value) => value !== null)),
  ),
  own: odd(z.literal("1")),
});
const MOST_STATIONS = 300;

export const loader = read(
  { authorization: { action: "read", subject: "Visit" }, search: Asked },
  ({ scoped, search, actor, may, now }) =>
    scoped(async (tx) => {
      const station = await findStation(tx, search.station ?? actor.stationId);
      if (!station) throw notFound();
      const here = { stationId: station.id, path: station.path };
      const due = await dueList(tx, {
        path: station.path,
        ...(search.worker ? { workerId: search.worker } : {}),
        overdue: search.state === "overdue",
        ...(search.period ? { figure: { period: search.period, own: search.own === "1" } } : {}),
      });
      const wide = station.level !== "village";
      const keeps = may("update", "Visit", here);
      return {
        due,
        period: search.period ?? null,
        station: { id: station.id, name: station.name },
        stations: wide ? await dueByStation(tx, station.path) : null,
        below:
          actor.level === "village"
            ? []
            : (await listStations(tx, { parentId: actor.stationId, limit: MOST_STATIONS })).lines.map(
                ({ id, name }) => ({ id, name }),
              ),
        own: { id: actor.stationId, name: actor.stationName },
        assignees: await dutyWorkers(tx, station.path, subtreeEnd(station.path)),
        // People are given to workers of their own station.
        workers: keeps ? await workersAt(tx, station.id) : [],
        logs: (due?.lines ?? [])
          .filter((line) => may("create", "Visit", { stationId: line.stationId, path: line.path }))
          .map(({ recordId }) => recordId),
        creates: may("create", "Visit", here),
        today: localDate(now),
      };
    }),
);

export const action = write(
  { authorization: { action: "update", subject: "Visit" }, form: AssignForm },
  async ({ scoped, form: { station, records, worker }, demand, locale, done }) => {
    const outcome = await scoped.write(async (tx) => {
      await stationToLog(tx, station, { demand });
      return assignDuty(tx, { stationId: station, records, workerId: worker });
    });
    const { count } = settled(outcome, locale, ["records", "worker"]);
    return done(`/visits/due?station=${station}`, "visits:flash.assigned", { count });
  },
);

export default function DueVisits() {
  const model = useLoaderData<typeof loader>();
  const { due, period, station, creates } = model;
  // How many stand open today says nothing of a month that is asked for.
  const stations = period ? null : model.stations;
  const f = useFormat();
  const refused = refusalIn(useActionData<typeof action>());
  const { t } = useTranslation(["visits"]);
  return (
    <>
      <PageHeader
        title={t("due.title")}
        note={
          period
            ? t("due.figureNote", { name: station.name, period: f.period(period) })
            : t("due.note", { name: station.name })
        }
      >
        <PrintButton />
        {creates && (
          <LinkButton to={`/visits/new?station=${station.id}`} tone="primary">
            {t("action.new")}
          </LinkButton>
        )}
      </PageHeader>
      <VisitsTabs />
      <DueFilters {...model} />
      {due === null ? (
        <EmptyState title={t("due.tooMany")}>{t("due.tooManyHint")}</EmptyState>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <DueTable {...model} due={due} refused={refused} />
          {stations && stations.length > 0 && <DueStations stations={stations} here={station.id} />}
        </div>
      )}
    </>
  );
}
