import type { ScopedTx } from "../../scope";
import type { Place } from "./place";

/**
 * Lets the statements of this transaction be planned for the place at hand, if it is a wide one. A prepared statement
 * soon gets one plan for all places, made for a range of paths that nobody knows: PostgreSQL takes it for a handful of
 * stations, which is right for a town. For a city it walks an index three thousand times where reading two indexes
 * beside each other takes a third (7.6 ms and 2.8 ms in the benchmark's city); planning anew costs 0.2 ms a statement.
 * To be sent along with the statement before those it is meant for.
 */
export async function planForWidth(tx: ScopedTx, { level }: Pick<Place, "level">): Promise<void> {
  if (level === "city" || level === "district") await tx.sql`set local plan_cache_mode = force_custom_plan`;
}
