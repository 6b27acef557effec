import type { ScopedTx } from "../scope";

/** What is wrong with the cases of assistance of a city, in sentences. Whom they are for stays where it is. */
export async function faultsOfAssistance({ sql, scope }: ScopedTx): Promise<string[]> {
  const { cityId } = scope;
  const stories = await sql<{ id: string }[]>`
    select c.id from assistance_case c
    left join lateral (select to_state from assistance_event e
      where e.city_id = ${cityId} and e.case_id = c.id order by e.id desc limit 1) e on true
    where c.city_id = ${cityId} and e.to_state is distinct from c.state order by 1`;
  const chains = await sql<{ id: string }[]>`
    select distinct case_id as id from (
      select case_id, from_state, lag(to_state) over (partition by case_id order by id) as before
      from assistance_event where city_id = ${cityId}) e
    where from_state is distinct from before order by 1`;
  const eyes = await sql<{ id: string }[]>`
    select distinct d.case_id as id from assistance_event d
    join assistance_event e on e.city_id = ${cityId} and e.case_id = d.case_id and e.by_id = d.by_id and e.id < d.id
    where d.city_id = ${cityId} and ((d.action in ('pass', 'approve') and e.action = 'verify')
      or (d.action = 'approve' and e.action = 'pass') or (d.action = 'pay' and e.action = 'approve')
      or (d.action = 'confirm' and e.action in ('advance', 'complete')))
    order by 1`;
  const money = await sql<{ id: string }[]>`
    select id from assistance_case where city_id = ${cityId} and paid is distinct from
      case when state in ('papers', 'confirmation', 'follow_up', 'closed') then approved end order by 1`;
  const astray = await sql<{ id: string }[]>`
    select c.id from assistance_case c join person p on p.city_id = ${cityId} and p.id = c.record_id
    where c.city_id = ${cityId} and (p.station_id <> c.station_id or p.person_id <> c.person_id) order by 1`;
  return [
    ...stories.map(({ id }) => `Case of assistance ${id} stands otherwise than its story ends.`),
    ...chains.map(({ id }) => `Case of assistance ${id} left a state it was not in.`),
    ...eyes.map(({ id }) => `Case of assistance ${id} was decided by somebody an earlier step bars.`),
    ...money.map(({ id }) => `Case of assistance ${id} was paid otherwise than it was approved.`),
    ...astray.map(({ id }) => `Case of assistance ${id} stands elsewhere than its person did.`),
  ];
}
