import type { LocalDate } from "@muster/domain/period";
import { type StaffCounts, type StaffMeasures, staffMeasuresOf } from "@muster/domain/staff";
import type { ScopedTx } from "../../scope";
import { stoodOn } from "../stations/row";
import { holdsOn } from "./row";

/**
 * What the standards ask of the staff of some stations on a day: standards O2, O4, E2, E3 and S2 to S5. Stations
 * outside the scope are absent. Where no number of posts was entered with its paper, the station's facts answer.
 */
export async function staffMeasures(
  tx: ScopedTx,
  stationIds: readonly number[],
  day: LocalDate,
): Promise<Map<number, StaffMeasures>> {
  const { cityId } = tx.scope;
  const rows = await tx.sql<(StaffCounts & { id: number })[]>`
    select s.id, r.known, r.serving, r."fullTime", r.veterans, r.trained, r.heads,
      coalesce(p.posts, k.posts) as "approvedPosts", c.below, c.covered, g.chairs
    from station s
    cross join lateral (
      select count(*) > 0 as known,
        count(*) filter (where serves)::int as serving,
        count(*) filter (where serves and employment = 'full_time')::int as "fullTime",
        count(*) filter (where serves and veteran)::int as veterans,
        count(*) filter (where serves and head)::int as heads,
        count(*) filter (where serves and exists (
          select from training_attendance a
          where a.city_id = ${cityId} and a.station_id = s.id and a.staff_id = t.staff_id and a.attended
            and a.held_on between date_trunc('year', ${day}::date)::date and ${day}))::int as trained
      from (
        select f.*, ${holdsOn(tx, "f", day)} as serves from staff f
        where f.city_id = ${cityId} and f.station_id = s.id and f.valid_from <= ${day}) t
    ) r
    left join lateral (
      select q.posts from staff_posts q
      where q.city_id = ${cityId} and q.station_id = s.id and q.valid_from <= ${day}
      order by q.valid_from desc limit 1
    ) p on true
    left join lateral (
      select q.approved_posts as posts from station_facts q
      where q.city_id = ${cityId} and q.station_id = s.id and q.valid_from <= ${day}
      order by q.valid_from desc limit 1
    ) k on true
    cross join lateral (select s.id as parent) o
    cross join lateral (
      select count(*)::int as below, count(*) filter (where exists (
          select from liaison_cover l
          where l.city_id = ${cityId} and l.station_id = o.parent and l.covered_id = s.id
            and ${holdsOn(tx, "l", day)}))::int as covered
      from station s
      where s.city_id = ${cityId} and s.parent_id = o.parent and ${stoodOn(tx, day)}
    ) c
    cross join lateral (
      select case when count(*) > 0
        then (count(*) filter (where l.role = 'chair' and ${holdsOn(tx, "l", day)}))::int end as chairs
      from leading_group l
      where l.city_id = ${cityId} and l.station_id = s.id and l.valid_from <= ${day}
    ) g
    where s.city_id = ${cityId} and s.id = any(${stationIds as number[]})`;
  return new Map(rows.map(({ id, ...counts }) => [id, staffMeasuresOf(counts)]));
}
