import {
  attendantsOf,
  cancelTraining,
  editTraining,
  findTraining,
  saveAttendance,
} from "@muster/db/queries/staff/trainings";
import { listStations } from "@muster/db/queries/stations/tree";
import { localDate } from "@muster/domain/period";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { headOf, stationOf, stationToWrite } from "~/features/staff/access.server";
import { AttendanceCard } from "~/features/staff/attendance-card";
import { Entered } from "~/features/staff/entered";
import {
  AttendanceForm,
  BelowSearch,
  CancelTrainingForm,
  EditTrainingForm,
  TrainingParams,
} from "~/features/staff/forms";
import { settled } from "~/features/staff/refusal.server";
import { TrainingForms } from "~/features/staff/training-forms";
import { useFormat } from "~/i18n/use-format";
import { notFound } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { Notice } from "~/ui/notice";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

export const handle = page<typeof loader>({
  i18n: ["staff"],
  title: (t) => t("staff:trainings.one"),
  crumbs: (t, { station }) => [
    { label: station.name, to: `/stations/${station.id}` },
    { label: t("staff:trainings.title"), to: `/stations/${station.id}/trainings` },
    { label: t("staff:trainings.one") },
  ],
});

const MOST_PLACES = 300;

export const loader = read(
  { authorization: { action: "read", subject: "Staff" }, params: TrainingParams, search: BelowSearch },
  ({ scoped, params, search, now, may }) =>
    scoped(async (tx) => {
      const row = await stationOf(tx, params.stationId);
      const training = await findTraining(tx, row.id, params.trainingId);
      if (!training) throw notFound();
      // A city has thousands of people: they are listed town by town.
      const towns =
        row.level === "city" || row.level === "district"
          ? (await listStations(tx, { parentId: row.id, limit: MOST_PLACES })).lines
          : [];
      const below = search.below ?? towns[0]?.id ?? row.id;
      return {
        station: headOf(row),
        training,
        today: localDate(now),
        places: towns.map(({ id, name }) => ({ id, name })),
        below,
        people: await attendantsOf(tx, training, below),
        update: may("update", "Staff", { stationId: row.id }) && training.cancelledReason === null,
      };
    }),
);

const route = { authorization: { action: "update", subject: "Staff" }, params: TrainingParams } as const;

export const action = write({
  ...route,
  intents: {
    attendance: {
      form: AttendanceForm,
      run: async ({ scoped, params: { stationId, trainingId: id }, form, demand, locale, done }) => {
        const { version, below: belowId, present: staffIds } = form;
        const outcome = await scoped.write(async (tx) => {
          await stationToWrite(tx, stationId, { demand });
          return saveAttendance(tx, { stationId, id, version, belowId, staffIds });
        });
        const { attended } = settled(outcome, locale, Object.keys(form));
        return done(`/stations/${stationId}/trainings/${id}?below=${belowId}`, "staff:flash.attendance", {
          count: attended,
        });
      },
    },
    edit: {
      form: EditTrainingForm,
      run: async ({ scoped, params: { stationId, trainingId: id }, form, demand, locale, done }) => {
        const outcome = await scoped.write(async (tx) => {
          await stationToWrite(tx, stationId, { demand });
          return editTraining(tx, { stationId, id, ...form });
        });
        settled(outcome, locale, Object.keys(form));
        return done(`/stations/${stationId}/trainings/${id}`, "staff:flash.trainingChanged");
      },
    },
    cancel: {
      form: CancelTrainingForm,
      run: async ({ scoped, params: { stationId, trainingId: id }, form, demand, locale, done }) => {
        const outcome = await scoped.write(async (tx) => {
          await stationToWrite(tx, stationId, { demand });
          return cancelTraining(tx, { stationId, id, ...form });
        });
        settled(outcome, locale, Object.keys(form));
        return done(`/stations/${stationId}/trainings`, "staff:flash.trainingCancelled");
      },
    },
  },
});

export default function TrainingPage() {
  const { station, training, today, places, below, people, update } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["staff"]);
  const f = useFormat();
  const said = [
    station.name,
    f.date(training.heldOn),
    t("trainings.hoursCount", { count: training.hours }),
    t("trainings.attendedCount", { count: training.attended }),
  ];
  return (
    <>
      <PageHeader
        title={<Entered>{training.subject}</Entered>}
        note={
          <>
            {said.join(" · ")} <Entered>{training.batch}</Entered>
          </>
        }
      />
      <div className="grid gap-4">
        {training.cancelledReason !== null && (
          <Notice tone="warn" title={t("trainings.cancelled")}>
            <Entered>{training.cancelledReason}</Entered>
          </Notice>
        )}
        <AttendanceCard
          key={below}
          data={data}
          version={training.version}
          people={people}
          places={places}
          below={below}
          update={update}
        />
        {update && <TrainingForms data={data} training={training} today={today} />}
      </div>
    </>
  );
}
