import { createStation, previewCreate } from "@muster/db/queries/stations/edit";
import { localDate } from "@muster/domain/period";
import { allowedBelow } from "@muster/domain/station";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { admittedParent } from "~/features/stations/access.server";
import { ChangeScreen, previewIn } from "~/features/stations/change-screen";
import { CreateForm, StationParams } from "~/features/stations/forms";
import { newStationOf, previewOfNew } from "~/features/stations/new-station.server";
import { settled } from "~/features/stations/refusal.server";
import { DetailFields, NewFields } from "~/features/stations/station-fields";
import { read, write } from "~/server/route.server";
import { refusalIn } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { page } from "~/ui/page-handle";

const route = { authorization: { action: "create", subject: "Station" }, params: StationParams } as const;

export const handle = page<typeof loader>({
  i18n: ["stations"],
  title: (t) => t("stations:create.title"),
  crumbs: (t, { parent }) => [
    { label: t("nav:stations"), to: "/stations" },
    { label: parent.name, to: `/stations/${parent.id}` },
    { label: t("stations:create.title") },
  ],
});

export const loader = read(route, ({ scoped, params, now, demand }) =>
  scoped(async (tx) => {
    const parent = await admittedParent(tx, params.stationId, { demand });
    const { id, name, version, level, kind, closedOn } = parent;
    return {
      parent: { id, name, version },
      types: closedOn ? [] : allowedBelow(level, kind),
      today: localDate(now),
    };
  }),
);

export const action = write({
  ...route,
  intents: {
    preview: {
      form: CreateForm,
      run: async (context) => {
        const { scoped, params, form, demand, locale } = context;
        const input = newStationOf(params.stationId, form);
        return scoped(async (tx) => {
          const parent = await admittedParent(tx, params.stationId, { demand });
          const { months } = settled(await previewCreate(tx, input), locale, Object.keys(form));
          return previewOfNew(context.t, form, parent.name, months);
        });
      },
    },
    confirm: {
      form: CreateForm,
      run: async ({ scoped, params, form, demand, locale, done }) => {
        const input = newStationOf(params.stationId, form);
        const outcome = await scoped.write(async (tx) => {
          await admittedParent(tx, params.stationId, { demand });
          return createStation(tx, input);
        });
        const { id, name } = settled(outcome, locale, Object.keys(form));
        return done(`/stations/${id}`, "stations:flash.created", { name });
      },
    },
  },
});

export default function NewStation() {
  const { parent, types, today } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const preview = previewIn(data);
  const refused = refusalIn(data);
  const { t } = useTranslation(["stations"]);
  const current: Record<string, string> = preview?.entered ?? { required: "on" };
  const labels = ["name", "code", "openedOn", "address", "phone"] as const;
  return (
    <ChangeScreen
      title={t("create.title")}
      note={t("create.note", { parent: parent.name })}
      station={parent}
      refused={refused}
      preview={preview}
      confirm={t("create.confirm")}
      labels={Object.fromEntries(labels.map((name) => [name, { label: t(`form.${name}`), id: name }]))}
    >
      {types.length === 0 && <Notice tone="warn">{t("create.impossible")}</Notice>}
      <NewFields refused={refused} current={current} today={today} types={types} />
      <DetailFields
        refused={refused}
        current={current}
        ownCode={types.some(({ kind }) => kind !== "station")}
        existing={false}
      />
    </ChangeScreen>
  );
}
