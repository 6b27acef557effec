import { closeStation, previewClose } from "@muster/db/queries/stations/structure";
import { changeLoader, structureAction } from "~/features/stations/change.server";
import { changeHandle } from "~/features/stations/change-page";
import { DayForm } from "~/features/stations/forms";
import { StationChange } from "~/features/stations/station-change";

export { shouldRevalidate } from "~/features/stations/change-page";

export const handle = changeHandle("close");

export const loader = changeLoader();

export const action = structureAction("close", {
  form: DayForm,
  preview: previewClose,
  command: closeStation,
});

export default function CloseStation() {
  return <StationChange kind="close" fields={["on"]} />;
}
