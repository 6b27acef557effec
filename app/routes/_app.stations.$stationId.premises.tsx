import { premisesOf, savePremises } from "@muster/db/queries/stations/edit";
import { localDate } from "@muster/domain/period";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { admitted } from "~/features/stations/access.server";
import { PremisesForm, StationParams } from "~/features/stations/forms";
import { PREMISES_NUMBERS, PremisesFields } from "~/features/stations/premises-fields";
import { settled } from "~/features/stations/refusal.server";
import { StationForm } from "~/features/stations/station-form";
import { read, write } from "~/server/route.server";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";

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
  const { t } = useTranslation(["stations"]);
  const start = Object.fromEntries(
    Object.entries(current ?? {}).map(([name, value]) => [name, value === null ? "" : String(value)]),
  );
  const labels = ["validFrom", ...PREMISES_NUMBERS, "disclosedOn"] as const;
  return (
    <StationForm
      station={station}
      title={t("premises.title")}
      note={t("premises.note")}
      refused={refused}
      labels={Object.fromEntries(labels.map((name) => [name, t(`premises.${name}`)]))}
    >
      <PremisesFields refused={refused} current={start} today={today} />
    </StationForm>
  );
}
