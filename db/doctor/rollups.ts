import { type Period, period } from "@muster/domain/period";
import type { Pool } from "../client";
import { type RollupFault, recomputeRollups, rollupFaults } from "../queries/rollups";
import { type Caller, type ScopedTx, withScope } from "../scope";

/** Months of a city that have roll-ups, earliest first. */
export async function monthsOf({ sql, scope }: ScopedTx): Promise<Period[]> {
  const rows = await sql<{ period: string }[]>`
    select distinct period from rollup where city_id = ${scope.cityId} order by period`;
  return rows.map((row) => period(row.period));
}

/** What is wrong with the stored roll-ups of a month, in sentences. */
export async function faultsOfRollups(tx: ScopedTx, month: Period): Promise<string[]> {
  const faults = await rollupFaults(tx, [month]);
  return faults.map((fault) => `The roll-up of station ${fault.stationId} for ${month} ${different(fault)}.`);
}

function different({ column, stored, recomputed }: RollupFault): string {
  if (!Array.isArray(stored) || !Array.isArray(recomputed)) {
    return `says ${column} ${stored} where its reports say ${recomputed}`;
  }
  const slots = Array.from({ length: Math.max(stored.length, recomputed.length) }, (_, slot) => slot);
  const wrong = slots.filter((slot) => (stored[slot] ?? 0) !== (recomputed[slot] ?? 0));
  const [first] = wrong;
  if (first === undefined) return `differs from its reports in ${column}`;
  const more = wrong.length > 1 ? ` and ${wrong.length - 1} more slots` : "";
  return `says ${column} ${stored[first] ?? 0} in slot ${first} where its reports say ${recomputed[first] ?? 0}${more}`;
}

/**
 * Recomputes a month's roll-ups. The rows are locked first, from the bottom up as rollup_apply takes them: a step
 * that is under way waits and adds its difference to the recomputed sums.
 */
export async function fixRollups(pool: Pool, caller: Caller, month: Period): Promise<void> {
  await withScope(pool, caller, { readOnly: false }, async (tx) => {
    await tx.sql`
      select from rollup where city_id = ${tx.scope.cityId} and period = ${month}
      order by length(reported_path) - length(replace(reported_path, '/', '')) desc, reported_path for update`;
    await recomputeRollups(tx, [month]);
  });
}
