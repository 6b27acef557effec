import { premisesOf, savePremises } from "@muster/db/queries/stations/edit";
import { localDate } from "@muster/domain/period";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { admitted } from "~/features/stations/access.server";
import { PremisesForm, StationParams } from "~/features/stations/forms";
import { PREMISES_NUMBERS, PremisesFields } from "~/features/stations/premises-fields";
import { settled } from "~/features/stations/refusal.server";
import { read, write } from "~/server/route.server";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { FormErrors, refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

const route = { authorization: { action: "update", subject: "Station" }, params: StationParams } as const;

export const handle = page<typeof loader>({
  i18n: ["stations"],
  title: (t) => t("stations:premises.title"),
  crumbs: (t, { station }) => [
    { label: t("nav:stations"), to: "/stations" },
    { label: station.name, to: `/stations/${station.id}` },
    { label: t("stations:premises.title") },
  ],
});

export const loader = read(route, ({ scoped, params, now, demand }) =>
  scoped(async (tx) => {
    const { id, name } = await admitted(tx, params.stationId, { demand }, "update");
    const today = localDate(now);
    const current = (await premisesOf(tx, id)).find(({ validFrom }) => validFrom <= today);
    return { station: { id, name }, current: current ?? null, today };
  }),
);

export const action = write(
  { ...route, form: PremisesForm },
  async ({ scoped, params: { stationId }, form, demand, locale, done }) => {
    const outcome = await scoped.write(async (tx) => {
      await admitted(tx, stationId, { demand }, "update");
      return savePremises(tx, { stationId, ...form });
    });
    settled(outcome, locale, Object.keys(form));
    return done(`/stations/${stationId}`, "stations:flash.premises");
  },
);

export default function PremisesRoute() {
  const { station, current, today } = useLoaderData<typeof loader>();
  const refused = refusalIn(useActionData<typeof action>());
  const { t } = useTranslation(["stations", "common"]);
  const start = Object.fromEntries(
    Object.entries(current ?? {}).map(([name, value]) => [name, value === null ? "" : String(value)]),
  );
  const labels = ["validFrom", ...PREMISES_NUMBERS, "disclosedOn"] as const;
  return (
    <>
      <PageHeader title={`${station.name} · ${t("premises.title")}`} note={t("premises.note")} />
      <Card className="max-w-4xl">
        <Form method="post" className="grid gap-4" noValidate>
          <FormErrors
            refused={refused}
            fields={Object.fromEntries(
              labels.map((name) => [name, { label: t(`premises.${name}`), id: name }]),
            )}
          />
          <PremisesFields refused={refused} current={start} today={today} />
          <div className="flex flex-wrap gap-2">
            <SubmitButton>{t("common:save")}</SubmitButton>
            <LinkButton to={`/stations/${station.id}`}>{t("common:cancel")}</LinkButton>
          </div>
        </Form>
      </Card>
    </>
  );
}
