import { previewReopen, reopenStation } from "@muster/db/queries/stations/structure";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { confirmChange, loadChange, previewChange } from "~/features/stations/change.server";
import { DayField } from "~/features/stations/change-fields";
import { changeHandle, changeRoute } from "~/features/stations/change-page";
import { ChangeScreen, previewIn } from "~/features/stations/change-screen";
import { CloseForm } from "~/features/stations/forms";
import { read, write } from "~/server/route.server";
import { refusalIn } from "~/ui/form";

export const handle = changeHandle("reopen");

export const loader = read(changeRoute, (context) => loadChange(context, async () => null));

// A refused change leaves the page with the version that stands now.
export const shouldRevalidate = () => true;

export const action = write({
  ...changeRoute,
  intents: {
    preview: { form: CloseForm, run: (context) => previewChange(context, "reopen", previewReopen) },
    confirm: {
      form: CloseForm,
      run: async (context) => {
        const { station } = await confirmChange(context, reopenStation);
        return context.done(`/stations/${station.id}`, "stations:flash.reopened", { name: station.name });
      },
    },
  },
});

export default function ReopenStation() {
  const { station, today } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const preview = previewIn(data);
  const filling = { refused: refusalIn(data), entered: preview?.entered };
  const { t } = useTranslation(["stations"]);
  return (
    <ChangeScreen
      title={`${station.name} · ${t("change.title.reopen")}`}
      note={t("change.note.reopen")}
      station={station}
      refused={filling.refused}
      preview={preview}
      confirm={t("change.confirm.reopen")}
      labels={{ on: { label: t("form.on"), id: "on" } }}
    >
      <DayField {...filling} today={today} />
    </ChangeScreen>
  );
}
