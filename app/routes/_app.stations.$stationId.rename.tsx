import { previewRename, renameStation } from "@muster/db/queries/stations/edit";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { admitted } from "~/features/stations/access.server";
import { confirmChange, loadChange, previewOf } from "~/features/stations/change.server";
import { DayField, NameField } from "~/features/stations/change-fields";
import { changeHandle, changeRoute } from "~/features/stations/change-page";
import { ChangeScreen, previewIn } from "~/features/stations/change-screen";
import { RenameForm } from "~/features/stations/forms";
import { settled } from "~/features/stations/refusal.server";
import { read, write } from "~/server/route.server";
import { refusalIn } from "~/ui/form";

export const handle = changeHandle("rename");

export const loader = read(changeRoute, (context) => loadChange(context, async () => null));

// A refused change leaves the page with the version that stands now.
export const shouldRevalidate = () => true;

export const action = write({
  ...changeRoute,
  intents: {
    preview: {
      form: RenameForm,
      run: async (context) => {
        const { scoped, params, form, locale } = context;
        const plan = await scoped(async (tx) => {
          await admitted(tx, params.stationId, context, "manage_structure");
          return previewRename(tx, { ...form, stationId: params.stationId });
        });
        const { station, below, invitations } = settled(plan, locale, Object.keys(form));
        const lines = [
          { key: "belowNames" as const, count: below, names: [] },
          { key: "renamedInvitations" as const, count: invitations, names: [] },
        ];
        const effects = { lines: lines.filter((line) => line.count > 0), months: [] };
        return previewOf(context, "rename", effects, { name: station.name, from: "", to: form.name });
      },
    },
    confirm: {
      form: RenameForm,
      run: async (context) => {
        const { id, name } = await confirmChange(context, renameStation);
        return context.done(`/stations/${id}`, "stations:flash.renamed", { name });
      },
    },
  },
});

export default function RenameStation() {
  const { station, today } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const preview = previewIn(data);
  const filling = { refused: refusalIn(data), entered: preview?.entered };
  const { t } = useTranslation(["stations"]);
  return (
    <ChangeScreen
      title={`${station.name} · ${t("change.title.rename")}`}
      note={t("change.note.rename")}
      station={station}
      refused={filling.refused}
      preview={preview}
      confirm={t("change.confirm.rename")}
      labels={{ name: { label: t("form.newName"), id: "name" }, on: { label: t("form.on"), id: "on" } }}
    >
      <NameField {...filling} current={station.name} />
      <DayField {...filling} today={today} />
    </ChangeScreen>
  );
}
