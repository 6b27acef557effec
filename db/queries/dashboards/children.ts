import type { ScopedTx } from "../../scope";
import { inFormOrder, type NamedStation, type Place } from "./place";

/** The stations that stand below a place today, in the order of a form; for choosing one. */
export async function childrenOf(tx: ScopedTx, place: Place): Promise<NamedStation[]> {
  if (place.leaf) return [];
  const rows = await tx.sql<NamedStation[]>`
    select id, name, level, kind, path, sort from station
    where city_id = ${tx.scope.cityId} and parent_id = ${place.id} and closed_on is null`;
  return [...rows].sort(inFormOrder);
}
