import type { ScopedTx } from "../scope";

/** What is wrong with the inspections and findings of a city, in sentences. */
export async function faultsOfInspections({ sql, scope }: ScopedTx): Promise<string[]> {
  const { cityId } = scope;
  const stories = await sql<{ id: string }[]>`
    select f.id from finding f
    left join lateral (select to_state, due_on from finding_event e
      where e.city_id = ${cityId} and e.finding_id = f.id order by e.id desc limit 1) e on true
    where f.city_id = ${cityId} and (e.to_state, e.due_on) is distinct from (f.state, f.due_on) order by 1`;
  const judged = await sql<{ id: string }[]>`
    select distinct finding_id as id from (
      select finding_id, action, by_id,
        lag(by_id) over (partition by finding_id order by id) as before_id,
        lag(action) over (partition by finding_id order by id) as before
      from finding_event where city_id = ${cityId} and action in ('answer', 'close', 'send_back')) e
    where action in ('close', 'send_back') and (before is distinct from 'answer' or before_id = by_id) order by 1`;
  const upward = await sql<{ id: string }[]>`
    select id from finding where city_id = ${cityId} and by_station_id = station_id order by 1`;
  // A station that has moved away since is out of the inspecting station's sight, and so is its row.
  const copies = await sql<{ theme: string; rows: number }[]>`
    select i.theme, count(*)::int as rows from inspection i
    join inspection_station c on c.city_id = ${cityId} and c.inspection_id = i.id
    where i.city_id = ${cityId} and starts_with(c.path, i.path)
      and (c.state, c.theme, c.starts_on, c.ends_on, c.circular, c.by_station_id, c.year, c.number,
        c.unannounced)
        is distinct from (i.state, i.theme, i.starts_on, i.ends_on, i.circular, i.station_id, i.year, i.number,
          i.unannounced)
    group by i.id, i.theme order by 1`;
  const strays = await sql<{ id: string }[]>`
    select f.id from finding f where f.city_id = ${cityId} and f.inspection_id is not null and not exists (
      select from inspection_station c where c.city_id = ${cityId} and c.inspection_id = f.inspection_id
        and c.station_id = f.station_id and c.visited_on <= f.opened_on) order by 1`;
  return [
    ...stories.map(({ id }) => `Finding ${id} stands otherwise than its story ends.`),
    ...judged.map(({ id }) => `Finding ${id} was judged by whoever answered it, or without an answer.`),
    ...upward.map(({ id }) => `Finding ${id} was raised by its own station.`),
    ...copies.map(
      ({ theme, rows }) => `${rows} stations of the inspection ${theme} were told otherwise than it stands.`,
    ),
    ...strays.map(({ id }) => `Finding ${id} names an inspection that had not been at its station.`),
  ];
}
