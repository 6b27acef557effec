import type { Period } from "@muster/domain/period";
import type { MessageKind } from "../schema/report";
import { newId, type ScopedTx } from "../scope";
import { json } from "./audit";

/** Leaves a message at a station; a report's carries its month. */
export async function tell(
  tx: ScopedTx,
  to: { stationId: number; path: string; period?: Period },
  kind: MessageKind,
  params: Record<string, string | number>,
): Promise<void> {
  const { actor, now } = tx.caller;
  await tx.sql`
    insert into message (city_id, path, id, station_id, kind, period, params, at, by_name)
    values (${tx.scope.cityId}, ${to.path}, ${newId()}, ${to.stationId}, ${kind}, ${to.period ?? null},
      ${json(params)}::jsonb, ${now.toISOString()}, ${actor.name})`;
}
