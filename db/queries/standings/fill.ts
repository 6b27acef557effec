import type { Pool } from "../../client";
import { systemCaller, withAuth, withScope } from "../../scope";
import { standByAssessments } from "./compliance";
import { standByRoster } from "./roster";

/**
 * Writes the standings of cities that keep records and have none yet, or no verdicts: those of a version that did not
 * keep them.
 * Answers how many cities there were.
 */
export async function fillStandings(app: Pool, auth: Pool, now: Date): Promise<number> {
  const cities = await withAuth(
    auth,
    now,
    ({ sql }) => sql<{ id: number }[]>`select city_id as id from city`,
  );
  let filled = 0;
  for (const { id } of cities) {
    filled += await withScope(app, systemCaller(id, now, "setup"), { readOnly: false }, async (tx) => {
      const [row] = await tx.sql<{ wanting: boolean }[]>`
        select not exists (select from station_standing where city_id = ${id}) and (
            exists (select from staff where city_id = ${id}) or exists (select from staff_posts where city_id = ${id}))
          or not exists (select from station_verdict where city_id = ${id})
            and exists (select from assessment where city_id = ${id} and checked_on is not null) as wanting`;
      if (!row?.wanting) return 0;
      await standByRoster(tx, null);
      await standByAssessments(tx, null);
      return 1;
    });
  }
  return filled;
}
