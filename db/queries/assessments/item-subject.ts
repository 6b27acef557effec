import type { AssessedItem } from "@muster/domain/evidence";
import type { Localized } from "@muster/domain/indicator";
import { itemsFor } from "@muster/domain/standard";
import type { ScopedTx } from "../../scope";
import { evidenceState } from "./read";
import { assessmentHead } from "./steps";

/**
 * An item of an assessment as a subject of evidence, at the place of its station; null where no such item is asked.
 * It takes more until the assessment is spot-checked or a later round has begun, and what it shows stays from the
 * submission on: a check rests on it.
 */
export async function findItemSubject<Place extends { name: string; open: boolean }>(
  tx: ScopedTx,
  item: AssessedItem,
  place: Place,
): Promise<(Place & { page: string; what: Localized; decided: boolean }) | null> {
  const head = await assessmentHead(tx, item);
  if (!head.ok) return null;
  const { row, set } = head.value;
  const asked = itemsFor(set, row.level).find(({ code }) => code === item.code);
  if (!asked) return null;
  const { stationId, year, round, code } = item;
  const { open, decided } = await evidenceState(tx, row);
  return {
    ...place,
    name: `${place.name} · ${year}${round > 1 ? `-${round}` : ""} · ${code}`,
    what: asked.name,
    page: `/stations/${stationId}/assessments/${year}${round > 1 ? `-${round}` : ""}#item-${code}`,
    open: place.open && open,
    decided,
  };
}
