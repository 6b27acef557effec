import { mergeStation, previewMerge } from "@muster/db/queries/stations/structure";
import { possibleTargets } from "@muster/db/queries/stations/tree";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { confirmChange, loadChange, previewChange } from "~/features/stations/change.server";
import { DayField, StationField } from "~/features/stations/change-fields";
import { changeHandle, changeRoute } from "~/features/stations/change-page";
import { ChangeScreen, previewIn } from "~/features/stations/change-screen";
import { MergeForm } from "~/features/stations/forms";
import { read, write } from "~/server/route.server";
import { refusalIn } from "~/ui/form";
import { Notice } from "~/ui/notice";

export const handle = changeHandle("merge");

export const loader = read(changeRoute, (context) =>
  loadChange(context, async (tx, station) => {
    const found = await possibleTargets(tx, station);
    return found.map(({ id, name, ancestors }) => ({ id, name, ancestors }));
  }),
);

// A refused change leaves the page with the version that stands now.
export const shouldRevalidate = () => true;

export const action = write({
  ...changeRoute,
  intents: {
    preview: { form: MergeForm, run: (context) => previewChange(context, "merge", previewMerge) },
    confirm: {
      form: MergeForm,
      run: async (context) => {
        const { station, target } = await confirmChange(context, mergeStation);
        const names = { name: station.name, to: target?.name ?? "" };
        return context.done(`/stations/${station.id}`, "stations:flash.merged", names);
      },
    },
  },
});

export default function MergeStation() {
  const { station, today, choices } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const preview = previewIn(data);
  const filling = { refused: refusalIn(data), entered: preview?.entered };
  const { t } = useTranslation(["stations"]);
  return (
    <ChangeScreen
      title={`${station.name} · ${t("change.title.merge")}`}
      note={t("change.note.merge")}
      station={station}
      refused={filling.refused}
      preview={preview}
      confirm={t("change.confirm.merge")}
      danger
      labels={{
        intoId: { label: t("form.target"), id: "intoId" },
        on: { label: t("form.on"), id: "on" },
      }}
    >
      {choices.length === 0 && <Notice tone="warn">{t("form.noTarget")}</Notice>}
      <StationField
        {...filling}
        name="intoId"
        label={t("form.target")}
        placeholder={t("form.targetPick")}
        choices={choices}
      />
      <DayField {...filling} today={today} />
    </ChangeScreen>
  );
}
