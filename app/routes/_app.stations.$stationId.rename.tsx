import { previewRename, renameStation } from "@muster/db/queries/stations/edit";
import { changeLoader, renameAction } from "~/features/stations/change.server";
import { changeHandle } from "~/features/stations/change-page";
import { RenameForm } from "~/features/stations/forms";
import { StationChange } from "~/features/stations/station-change";

export { shouldRevalidate } from "~/features/stations/change-page";

export const handle = changeHandle("rename");

export const loader = changeLoader();

export const action = renameAction({ form: RenameForm, preview: previewRename, command: renameStation });

export default function RenameStation() {
  return <StationChange kind="rename" fields={["name", "on"]} />;
}
