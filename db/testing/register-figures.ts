import type { Period } from "@muster/domain/period";
import { ask, together } from "../queries/registers/statement";
import type { ScopedTx } from "../scope";

/** What one register's statement says of a station's month, by the names of its figures; undefined when nothing. */
export async function registerFigures(
  tx: ScopedTx,
  { names, statement }: { names: readonly string[]; statement: string },
  stationId: number,
  period: Period,
): Promise<Record<string, number | null> | undefined> {
  const [row] = await ask(tx, together([statement]), [stationId], period);
  return row && Object.fromEntries(names.map((name, i) => [name, row.values[i] ?? null]));
}
