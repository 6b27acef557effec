import { moveStation, previewMove } from "@muster/db/queries/stations/structure";
import { possibleParents } from "@muster/db/queries/stations/tree";
import { changeLoader, structureAction } from "~/features/stations/change.server";
import { changeHandle } from "~/features/stations/change-page";
import { MoveForm } from "~/features/stations/forms";
import { StationChange } from "~/features/stations/station-change";

export { shouldRevalidate } from "~/features/stations/change-page";

export const handle = changeHandle("move");

export const loader = changeLoader(async (tx, { level, kind, path, parentId }) => {
  const parents = await possibleParents(tx, { level, kind, except: path });
  return parents.filter((parent) => parent.id !== parentId);
});

export const action = structureAction("move", { form: MoveForm, preview: previewMove, command: moveStation });

export default function MoveStation() {
  return <StationChange kind="move" fields={["parentId", "on"]} />;
}
