import { mergeStation, previewMerge } from "@muster/db/queries/stations/structure";
import { possibleTargets } from "@muster/db/queries/stations/tree";
import { changeLoader, structureAction } from "~/features/stations/change.server";
import { changeHandle } from "~/features/stations/change-page";
import { MergeForm } from "~/features/stations/forms";
import { StationChange } from "~/features/stations/station-change";

export { shouldRevalidate } from "~/features/stations/change-page";

export const handle = changeHandle("merge");

export const loader = changeLoader(possibleTargets);

export const action = structureAction("merge", {
  form: MergeForm,
  preview: previewMerge,
  command: mergeStation,
});

export default function MergeStation() {
  return <StationChange kind="merge" fields={["intoId", "on"]} />;
}
