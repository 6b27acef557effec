import type { ScopedTx } from "../scope";

/** What is wrong with the archives of a city, in sentences. Numbers and names stay where they are. */
export async function faultsOfPeople({ sql, scope }: ScopedTx): Promise<string[]> {
  const { cityId } = scope;
  const twice = await sql<{ id: string }[]>`
    select distinct a.person_id as id from person a
    join person b on b.city_id = a.city_id and b.person_id = a.person_id and b.id > a.id
      and daterange(a.active_from, a.left_on) && daterange(b.active_from, b.left_on)
    where a.city_id = ${cityId} order by 1`;
  const astray = await sql<{ name: string; rows: number }[]>`
    select 'person_category' as name, count(*)::int as rows from person_category c
      join person p on p.city_id = c.city_id and p.id = c.record_id
      where c.city_id = ${cityId} and (c.station_id, c.path) is distinct from (p.station_id, p.path)
    union all
    select 'person_section', count(*)::int from person_section c
      join person p on p.city_id = c.city_id and p.id = c.record_id
      where c.city_id = ${cityId} and (c.station_id, c.path) is distinct from (p.station_id, p.path)
    union all
    select 'person_confirmation', count(*)::int from person_confirmation c
      join person p on p.city_id = c.city_id and p.id = c.record_id
      where c.city_id = ${cityId} and (c.station_id, c.path) is distinct from (p.station_id, p.path)`;
  const [complete] = await sql<{ rows: number }[]>`
    select count(*)::int as rows from person
    where city_id = ${cityId} and (completeness = 100) <> (complete_since is not null)`;
  const [confirmed] = await sql<{ rows: number }[]>`
    select count(*)::int as rows from person p
    where p.city_id = ${cityId} and p.confirmed_on is distinct from (
      select max(k.confirmed_on) from person_confirmation k where k.city_id = ${cityId} and k.record_id = p.id)`;
  const [held] = await sql<{ rows: number }[]>`
    select count(*)::int as rows from person p
    where p.city_id = ${cityId} and p.categories is distinct from array(
      select c.code collate "default" from person_category c
      where c.city_id = ${cityId} and c.record_id = p.id and c.valid_to is null order by c.code)`;
  const counted = (rows: number, what: string) => (rows > 0 ? [`${rows} records of people ${what}.`] : []);
  return [
    ...twice.map(({ id }) => `The person ${id} is in two archives at once.`),
    ...astray.flatMap(({ name, rows }) =>
      rows > 0 ? [`${rows} rows of ${name} do not stand where their person does.`] : [],
    ),
    ...counted(complete?.rows ?? 0, "are complete without a day since when"),
    ...counted(held?.rows ?? 0, "name other categories than those they hold"),
    ...counted(confirmed?.rows ?? 0, "give another day of confirmation than the latest one"),
  ];
}
