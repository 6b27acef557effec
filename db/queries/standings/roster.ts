import type { LocalDate } from "@muster/domain/period";
import type { ScopedTx } from "../../scope";
import { markChanges } from "../change-marks";
import { today } from "../stations/row";

/**
 * Counts of the rosters of some stations, or of all in scope, from the register itself: who serves today, who of them
 * was trained this year, and the posts of the latest approval. Nothing in the register lies in the future, so who
 * serves today is whose stretch has no end.
 */
function countsOf(tx: ScopedTx, stationIds: readonly number[] | null, year: number) {
  const { cityId } = tx.scope;
  const among = (column: string) =>
    stationIds === null
      ? tx.sql``
      : tx.sql`and ${tx.sql.unsafe(column)} = any(${stationIds as number[]}::bigint[])`;
  return tx.sql`
    select s.path, s.id as station_id, r.serving, r.full_time, r.part_time, r.concurrent, r.veterans, r.secretary,
      r.trained, p.posts
    from station s
    left join (
      select f.station_id, count(*) filter (where f.valid_to is null)::int as serving,
        count(*) filter (where f.valid_to is null and f.employment = 'full_time')::int as full_time,
        count(*) filter (where f.valid_to is null and f.employment = 'part_time')::int as part_time,
        count(*) filter (where f.valid_to is null and f.employment = 'concurrent')::int as concurrent,
        count(*) filter (where f.valid_to is null and f.veteran)::int as veterans,
        coalesce(bool_or(f.head and f.secretary and f.veteran) filter (where f.valid_to is null), false) as secretary,
        count(t.staff_id) filter (where f.valid_to is null)::int as trained
      from staff f
      left join (
        select distinct a.station_id, a.staff_id from training_attendance a
        where a.city_id = ${cityId} and a.attended and a.held_on >= ${`${year}-01-01`} ${among("a.station_id")}
      ) t on t.station_id = f.station_id and t.staff_id = f.staff_id
      where f.city_id = ${cityId} ${among("f.station_id")}
      group by f.station_id
    ) r on r.station_id = s.id
    left join (
      select distinct on (q.station_id) q.station_id, q.posts from staff_posts q
      where q.city_id = ${cityId} ${among("q.station_id")} order by q.station_id, q.valid_from desc
    ) p on p.station_id = s.id
    where s.city_id = ${cityId} and (r.station_id is not null or p.station_id is not null) ${among("s.id")}
    order by s.id`;
}

/**
 * Writes how the rosters of some stations stand, or of all in scope, after a change of the register and in its
 * transaction. Rows are taken in the order of stations, so that two who do so never wait for each other in a circle.
 * @param day in whose year trainings count
 */
export async function standByRoster(
  tx: ScopedTx,
  stationIds: readonly number[] | null,
  day: LocalDate = today(tx),
): Promise<void> {
  if (stationIds?.length === 0) return;
  const year = Number(day.slice(0, 4));
  await tx.sql`
    insert into station_standing (city_id, path, station_id, serving, full_time, part_time, concurrent, veterans,
      secretary, trained, posts, trained_year)
    select ${tx.scope.cityId}, c.path, c.station_id, c.serving, c.full_time, c.part_time, c.concurrent, c.veterans,
      c.secretary, c.trained, c.posts, case when c.serving is not null then ${year}::smallint end
    from (${countsOf(tx, stationIds, year)}) c
    on conflict (city_id, station_id) do update set serving = excluded.serving, full_time = excluded.full_time,
      part_time = excluded.part_time, concurrent = excluded.concurrent, veterans = excluded.veterans,
      secretary = excluded.secretary, trained = excluded.trained, posts = excluded.posts,
      trained_year = excluded.trained_year`;
  await markChanges(tx, "standing", stationIds);
}

/** Stations whose standing says something else than their roster. */
export async function rosterFaults(tx: ScopedTx): Promise<number[]> {
  const year = Number(today(tx).slice(0, 4));
  const rows = await tx.sql<{ id: number }[]>`
    select coalesce(c.station_id, t.station_id) as id
    from (${countsOf(tx, null, year)}) c
    full join (
      select * from station_standing where city_id = ${tx.scope.cityId} and (serving is not null or posts is not null)
    ) t on t.station_id = c.station_id
    where (c.serving, c.full_time, c.part_time, c.concurrent, c.veterans, c.secretary, c.trained, c.posts)
      is distinct from (t.serving, t.full_time, t.part_time, t.concurrent, t.veterans, t.secretary,
        case when t.trained_year < ${year} then 0 else t.trained end, t.posts)
    order by 1`;
  return rows.map(({ id }) => id);
}
