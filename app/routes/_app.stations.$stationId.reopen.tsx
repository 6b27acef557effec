import { previewReopen, reopenStation } from "@muster/db/queries/stations/structure";
import { changeLoader, structureAction } from "~/features/stations/change.server";
import { changeHandle } from "~/features/stations/change-page";
import { DayForm } from "~/features/stations/forms";
import { StationChange } from "~/features/stations/station-change";

export { shouldRevalidate } from "~/features/stations/change-page";

export const handle = changeHandle("reopen");

export const loader = changeLoader();

export const action = structureAction("reopen", {
  form: DayForm,
  preview: previewReopen,
  command: reopenStation,
});

export default function ReopenStation() {
  return <StationChange kind="reopen" fields={["on"]} />;
}
