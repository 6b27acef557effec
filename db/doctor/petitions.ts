import type { ScopedTx } from "../scope";

/** What is wrong with the counter log and the petitions of a city, in sentences. */
export async function faultsOfPetitions({ sql, scope }: ScopedTx): Promise<string[]> {
  const { cityId } = scope;
  const stories = await sql<{ id: string }[]>`
    select p.id from petition p
    left join lateral (select to_state from petition_event e
      where e.city_id = ${cityId} and e.petition_id = p.id order by e.id desc limit 1) e on true
    where p.city_id = ${cityId} and e.to_state is distinct from p.state order by 1`;
  const decided = await sql<{ id: string }[]>`
    select distinct petition_id as id from (
      select petition_id, action, by_id,
        lag(by_id) over (partition by petition_id order by id) as asked_by
      from petition_event
      where city_id = ${cityId} and action in ('ask_time', 'grant_time', 'deny_time')) e
    where action <> 'ask_time' and (asked_by is null or asked_by = by_id) order by 1`;
  const nobody = await sql<{ id: string }[]>`
    select p.id from petition p where p.city_id = ${cityId} and not exists (
      select from petition_petitioner w where w.city_id = ${cityId} and w.petition_id = p.id and w.place = 0)
    order by 1`;
  const nowhere = await sql<{ id: string }[]>`
    select r.id from reception r where r.city_id = ${cityId} and r.state = 'carried'
      and not exists (select from petition p where p.city_id = ${cityId} and p.reception_id = r.id)
      and not exists (select from assistance_case c where c.city_id = ${cityId} and c.reception_id = r.id)
    order by 1`;
  return [
    ...stories.map(({ id }) => `Petition ${id} stands otherwise than its story ends.`),
    ...decided.map(({ id }) => `More time for petition ${id} was decided by whoever asked for it.`),
    ...nobody.map(({ id }) => `Petition ${id} has nobody who petitions.`),
    ...nowhere.map(({ id }) => `Entry ${id} of the counter log is carried on by no petition and no case.`),
  ];
}
