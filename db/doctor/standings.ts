import type { Pool } from "../client";
import { complianceFaults, standByAssessments } from "../queries/standings/compliance";
import { rosterFaults, standByRoster } from "../queries/standings/roster";
import { type Caller, type ScopedTx, withScope } from "../scope";

/** What is wrong with the stored standings of a city's stations, in sentences. */
export async function faultsOfStandings(tx: ScopedTx): Promise<string[]> {
  return [
    ...(await complianceFaults(tx)).map(
      (id) => `The standing of station ${id} differs from its verified assessments.`,
    ),
    ...(await rosterFaults(tx)).map((id) => `The standing of station ${id} differs from its roster.`),
  ];
}

/** Recomputes the standings of a city from its assessments and rosters. */
export async function fixStandings(pool: Pool, caller: Caller): Promise<void> {
  await withScope(pool, caller, { readOnly: false }, async (tx) => {
    await standByRoster(tx, null);
    await standByAssessments(tx, null);
  });
}
