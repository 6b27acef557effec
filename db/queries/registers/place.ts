import { type StationPath, subtreeEnd } from "@muster/domain/station";
import type { ScopedTx } from "../../scope";

/**
 * Where a list looks, as a condition on a column of paths: in the subtree of `path`, or in the whole scope. The policy
 * asks the scope of every row anyway, but by a setting whose value the planner does not know: told the range itself, it
 * finds a village's few rows by their path instead of walking through a city's in the order of the list.
 */
export function inPlace(tx: ScopedTx, column: `${string}.path`, path: StationPath = tx.scope.path) {
  const place = path === "/" ? tx.scope.path : path;
  return place === "/"
    ? tx.sql`true`
    : tx.sql`${tx.sql(column)} >= ${place} and ${tx.sql(column)} < ${subtreeEnd(place)}`;
}
