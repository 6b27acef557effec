import type { FindingRow } from "@muster/db/queries/findings/read";
import { daysOver } from "@muster/domain/inspection";
import type { LocalDate } from "@muster/domain/period";

/** A finding as lists show it. */
export type FindingLine = ReturnType<typeof lineOf>;

/** A finding for a list, with how many days it is past its date today. */
export function lineOf(row: FindingRow, today: LocalDate) {
  const { id, stationId, stationName, ancestors, itemCode, itemZh, itemEn, body, severity, state } = row;
  const { openedOn, dueOn, endedOn, byStationName } = row;
  return {
    ...{ id, stationId, stationName, itemCode, itemZh, itemEn, body, severity, state },
    ...{ openedOn, dueOn, endedOn, byStationName },
    parentName: ancestors.at(-1)?.name ?? "",
    over: daysOver({ openedOn, dueOn, endedOn }, today),
  };
}
