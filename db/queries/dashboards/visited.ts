import { firstDay, lastDay, type Period } from "@muster/domain/period";
import { subtreeEnd } from "@muster/domain/station";
import type { PeriodRange } from "@muster/domain/timespan";
import type { ScopedTx } from "../../scope";
import { COUNTED_VISIT } from "../visits/figures";
import { childOf, type Place } from "./place";

/** How many people were visited; `child` null for the whole place, `period` null for the whole range. */
export interface Visited {
  child: number | null;
  period: Period | null;
  people: number;
}

/**
 * People visited below a place (C02), counted again for the place and each child of it, for each month and for the
 * range: whoever was visited twice, or by two stations, is one person. Empty where nothing was logged in the range.
 */
export async function peopleVisited(
  tx: ScopedTx,
  place: Pick<Place, "id" | "path">,
  { from, to }: PeriodRange,
): Promise<Visited[]> {
  const { cityId } = tx.scope;
  const counts = tx.sql.unsafe(COUNTED_VISIT);
  const rows = await tx.sql<Visited[]>`
    select child, period, count(distinct person)::int as people from (
      select ${childOf(tx, "vp.path", place)} as child, to_char(vp.held_on, 'YYYY-MM') as period,
        coalesce(m.person_id, p.person_id) as person
      from visit_person vp
      join person p on p.city_id = ${cityId} and p.id = vp.record_id
      left join person m on m.city_id = ${cityId} and m.id = p.merged_into
      where vp.city_id = ${cityId} and vp.path >= ${place.path} and vp.path < ${subtreeEnd(place.path)}
        and ${counts} and vp.held_on between ${firstDay(from)} and ${lastDay(to)}) v
    group by grouping sets ((child, period), (child), (period), ())
    having count(*) > 0`;
  return [...rows];
}
