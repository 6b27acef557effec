import { editStation } from "@muster/db/queries/stations/edit";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { admitted } from "~/features/stations/access.server";
import { DetailsForm, STATISTICAL, StationParams } from "~/features/stations/forms";
import { settled } from "~/features/stations/refusal.server";
import { DetailFields } from "~/features/stations/station-fields";
import { StationForm } from "~/features/stations/station-form";
import { unprocessable } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";

const route = { authorization: { action: "update", subject: "Station" }, params: StationParams } as const;

export const handle = page<typeof loader>({
  i18n: ["stations"],
  title: (t) => t("stations:edit.title"),
  crumbs: (t, { station }) => [
    { label: t("nav:stations"), to: "/stations" },
    { label: station.name, to: `/stations/${station.id}` },
    { label: t("stations:edit.title") },
  ],
});

export const loader = read(route, ({ scoped, params, demand }) =>
  scoped(async (tx) => {
    const station = await admitted(tx, params.stationId, { demand }, "update");
    const { id, name, version, kind, code, address, phone, required } = station;
    return { station: { id, name, version, kind, code, address, phone, required } };
  }),
);

// After a conflict the form carries the version that stands now.
export const shouldRevalidate = () => true;

export const action = write(
  { ...route, form: DetailsForm },
  async ({ scoped, params: { stationId }, form, demand, locale, done }) => {
    const outcome = await scoped.write(async (tx) => {
      const { kind } = await admitted(tx, stationId, { demand }, "update");
      if (kind === "station" && !STATISTICAL.test(form.code)) {
        const fields = { code: "stations:error.code12" };
        throw unprocessable("unprocessable", { params: { count: 1 }, fields });
      }
      return editStation(tx, { stationId, ...form });
    });
    settled(outcome, locale, Object.keys(form));
    return done(`/stations/${stationId}`, "stations:flash.edited");
  },
);

export default function EditStation() {
  const { station } = useLoaderData<typeof loader>();
  const refused = refusalIn(useActionData<typeof action>());
  const { t } = useTranslation(["stations"]);
  const { code, address, phone, required } = station;
  const labels = ["code", "address", "phone"] as const;
  return (
    <StationForm
      station={station}
      title={t("edit.title")}
      note={t("edit.note")}
      refused={refused}
      labels={Object.fromEntries(labels.map((name) => [name, t(`form.${name}`)]))}
    >
      <input type="hidden" name="version" value={station.version} />
      <DetailFields
        refused={refused}
        current={{ code, address, phone, required: required ? "on" : "" }}
        ownCode={station.kind !== "station"}
        existing
      />
    </StationForm>
  );
}
