import { addTraining } from "@muster/db/queries/staff/trainings";
import { localDate } from "@muster/domain/period";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { headOf, stationToWrite } from "~/features/staff/access.server";
import { TrainingForm } from "~/features/staff/forms";
import { settled } from "~/features/staff/refusal.server";
import { TrainingFields } from "~/features/staff/training-fields";
import { StationParams } from "~/features/stations/forms";
import { read, write } from "~/server/route.server";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

const route = { authorization: { action: "update", subject: "Staff" }, params: StationParams } as const;

export const handle = page<typeof loader>({
  i18n: ["staff"],
  title: (t) => t("staff:trainings.add"),
  crumbs: (t, { station }) => [
    { label: station.name, to: `/stations/${station.id}` },
    { label: t("staff:trainings.title"), to: `/stations/${station.id}/trainings` },
    { label: t("staff:trainings.add") },
  ],
});

export const loader = read(route, ({ scoped, params, now, demand }) =>
  scoped(async (tx) => ({
    station: headOf(await stationToWrite(tx, params.stationId, { demand })),
    today: localDate(now),
  })),
);

export const action = write(
  { ...route, form: TrainingForm },
  async ({ scoped, params: { stationId }, form, demand, locale, done }) => {
    const outcome = await scoped.write(async (tx) => {
      await stationToWrite(tx, stationId, { demand });
      return addTraining(tx, { stationId, ...form });
    });
    const { id } = settled(outcome, locale, Object.keys(form));
    return done(`/stations/${stationId}/trainings/${id}`, "staff:flash.trainingAdded");
  },
);

export default function NewTraining() {
  const { station, today } = useLoaderData<typeof loader>();
  const refused = refusalIn(useActionData<typeof action>());
  const { t } = useTranslation(["staff", "common"]);
  return (
    <>
      <PageHeader title={`${station.name} · ${t("trainings.add")}`} note={t("trainings.addNote")} />
      <Card className="max-w-4xl">
        <Form method="post" className="grid gap-4" noValidate>
          <TrainingFields refused={refused} today={today} />
          <div className="flex flex-wrap gap-2">
            <SubmitButton>{t("common:save")}</SubmitButton>
            <LinkButton to={`/stations/${station.id}/trainings`}>{t("common:cancel")}</LinkButton>
          </div>
        </Form>
      </Card>
    </>
  );
}
