import { saveFacts } from "@muster/db/queries/stations/edit";
import { stationPage } from "@muster/db/queries/stations/page";
import { localDate } from "@muster/domain/period";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { admitted } from "~/features/stations/access.server";
import { FactsForm, StationParams } from "~/features/stations/forms";
import { settled } from "~/features/stations/refusal.server";
import { FactFields } from "~/features/stations/station-fields";
import { StationForm } from "~/features/stations/station-form";
import { read, write } from "~/server/route.server";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";

const route = { authorization: { action: "update", subject: "Station" }, params: StationParams } as const;

export const handle = page<typeof loader>({
  i18n: ["stations"],
  title: (t) => t("stations:facts.title"),
  crumbs: (t, { station }) => [
    { label: t("nav:stations"), to: "/stations" },
    { label: station.name, to: `/stations/${station.id}` },
    { label: t("stations:facts.title") },
  ],
});

export const loader = read(route, ({ scoped, params, now, demand }) =>
  scoped(async (tx) => {
    const { id, name } = await admitted(tx, params.stationId, { demand }, "update");
    const facts = (await stationPage(tx, id))?.facts ?? null;
    return { station: { id, name }, facts, today: localDate(now) };
  }),
);

export const action = write(
  { ...route, form: FactsForm },
  async ({ scoped, params: { stationId }, form, demand, locale, done }) => {
    const outcome = await scoped.write(async (tx) => {
      await admitted(tx, stationId, { demand }, "update");
      return saveFacts(tx, { stationId, ...form });
    });
    settled(outcome, locale, Object.keys(form));
    return done(`/stations/${stationId}`, "stations:flash.facts");
  },
);

export default function StationFacts() {
  const { station, facts, today } = useLoaderData<typeof loader>();
  const refused = refusalIn(useActionData<typeof action>());
  const { t } = useTranslation(["stations"]);
  const current = Object.fromEntries(
    Object.entries(facts ?? {}).map(([name, value]) => [name, value === true ? "on" : String(value)]),
  );
  const labels = ["validFrom", "fullTime", "partTime", "approvedPosts"] as const;
  return (
    <StationForm
      station={station}
      title={t("facts.title")}
      note={t("facts.note")}
      refused={refused}
      labels={Object.fromEntries(labels.map((name) => [name, t(`facts.${name}`)]))}
    >
      <FactFields refused={refused} current={current} today={today} />
    </StationForm>
  );
}
