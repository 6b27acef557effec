import type { ScopedTx } from "../scope";

/** What is wrong with the register of visits of a city, in sentences. */
export async function faultsOfVisits({ sql, scope }: ScopedTx): Promise<string[]> {
  const { cityId } = scope;
  const [rows] = await sql<{ unlike: number; astray: number; few: number; notices: number; plans: number }[]>`
    select
      (select count(*)::int from visit_person vp join visit v on v.city_id = vp.city_id and v.id = vp.visit_id
       where vp.city_id = ${cityId} and (vp.station_id, vp.held_on, vp.channel, vp.occasion, vp.gift, vp.counts)
         is distinct from (v.station_id, v.held_on, v.channel, v.occasion, v.gift, v.void_on is null)) as unlike,
      (select count(*)::int from visit_person vp join person p on p.city_id = vp.city_id and p.id = vp.record_id
       where vp.city_id = ${cityId} and vp.station_id <> p.station_id and not p.path ^@ vp.path
         and not exists (select from station_event e where e.city_id = vp.city_id and e.station_id = p.station_id
           and e.kind = 'move')) as astray,
      (select count(*)::int from visit v where v.city_id = ${cityId} and v.people is distinct from (
        select count(*)::int from visit_person vp where vp.city_id = v.city_id and vp.visit_id = v.id)) as few,
      (select count(*)::int from visit_notice n join visit v on v.city_id = n.city_id and v.id = n.met_by
       where n.city_id = ${cityId} and (v.void_on is not null or v.held_on <> n.met_on)) as notices,
      (select count(*)::int from visit_plan_person pp join visit v on v.city_id = pp.city_id and v.id = pp.visit_id
       where pp.city_id = ${cityId} and v.void_on is not null) as plans`;
  const counted = (count: number | undefined, what: string) => (count ? [`${count} ${what}.`] : []);
  return [
    ...counted(rows?.unlike, "people of visits say otherwise than their visit"),
    ...counted(
      rows?.astray,
      "people of visits stand neither in the archive of the visiting station nor below it",
    ),
    ...counted(rows?.few, "visits count other people than they have"),
    ...counted(rows?.notices, "notices were answered by a visit that does not count, or on another day"),
    ...counted(rows?.plans, "people of plans were visited by a visit that does not count"),
  ];
}
