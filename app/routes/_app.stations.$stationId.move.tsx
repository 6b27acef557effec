import { moveStation, previewMove } from "@muster/db/queries/stations/structure";
import { possibleParents } from "@muster/db/queries/stations/tree";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { confirmChange, loadChange, previewChange } from "~/features/stations/change.server";
import { DayField, StationField } from "~/features/stations/change-fields";
import { changeHandle, changeRoute } from "~/features/stations/change-page";
import { ChangeScreen, previewIn } from "~/features/stations/change-screen";
import { MoveForm } from "~/features/stations/forms";
import { read, write } from "~/server/route.server";
import { refusalIn } from "~/ui/form";
import { Notice } from "~/ui/notice";

export const handle = changeHandle("move");

export const loader = read(changeRoute, (context) =>
  loadChange(context, async (tx, station) => {
    const found = await possibleParents(tx, {
      level: station.level,
      kind: station.kind,
      except: station.path,
    });
    return found
      .filter((parent) => parent.id !== station.parentId)
      .map(({ id, name, ancestors }) => ({ id, name, ancestors }));
  }),
);

// A refused change leaves the page with the version that stands now.
export const shouldRevalidate = () => true;

export const action = write({
  ...changeRoute,
  intents: {
    preview: { form: MoveForm, run: (context) => previewChange(context, "move", previewMove) },
    confirm: {
      form: MoveForm,
      run: async (context) => {
        const { station, target } = await confirmChange(context, moveStation);
        const names = { name: station.name, to: target?.name ?? "" };
        return context.done(`/stations/${station.id}`, "stations:flash.moved", names);
      },
    },
  },
});

export default function MoveStation() {
  const { station, today, choices } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const preview = previewIn(data);
  const filling = { refused: refusalIn(data), entered: preview?.entered };
  const { t } = useTranslation(["stations"]);
  return (
    <ChangeScreen
      title={`${station.name} · ${t("change.title.move")}`}
      note={t("change.note.move")}
      station={station}
      refused={filling.refused}
      preview={preview}
      confirm={t("change.confirm.move")}
      labels={{
        parentId: { label: t("form.parent"), id: "parentId" },
        on: { label: t("form.on"), id: "on" },
      }}
    >
      {choices.length === 0 && <Notice tone="warn">{t("form.noTarget")}</Notice>}
      <StationField
        {...filling}
        name="parentId"
        label={t("form.parent")}
        placeholder={t("form.parentPick")}
        choices={choices}
      />
      <DayField {...filling} today={today} />
    </ChangeScreen>
  );
}
