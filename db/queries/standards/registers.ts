import { CONTACT_CARDS } from "@muster/domain/card";
import { asValue } from "@muster/domain/standard";
import { subtreeEnd } from "@muster/domain/station";
import { holdsOn } from "../staff/row";
import { contactsMade } from "../visits/made";
import type { Measured, Source } from "./measure";

/**
 * S6: people whom a station itself reached in the twelve months up to the day without an occasion that called for it
 * (日常联系), whatever the way, each human being once; for each of those who serve there by the roster, or by the station's
 * facts where no roster is kept. Absent before the station's first visit, and where nobody is known to serve.
 */
export const CONTACTS_SOURCE: Source = {
  names: ["visits.contacts"],
  async load(tx, stations, day) {
    const { cityId } = tx.scope;
    const rows = await tx.sql<{ id: number; people: number; workers: number }[]>`
      select s.id, c.people, coalesce(r.serving, k.workers) as workers
      from station s
      cross join lateral (
        select count(distinct coalesce(m.person_id, p.person_id))::int as people
        from visit_person vp join person p on p.city_id = ${cityId} and p.id = vp.record_id
        left join person m on m.city_id = ${cityId} and m.id = p.merged_into
        where vp.city_id = ${cityId} and vp.station_id = s.id and vp.counts and vp.occasion = 'routine'
          and vp.held_on <= ${day} and vp.held_on > ${day}::date - interval '1 year') c
      cross join lateral (
        select case when count(*) > 0 then (count(*) filter (where ${holdsOn(tx, "f", day)}))::int end as serving
        from staff f where f.city_id = ${cityId} and f.station_id = s.id and f.valid_from <= ${day}) r
      left join lateral (
        select q.full_time + q.part_time as workers from station_facts q
        where q.city_id = ${cityId} and q.station_id = s.id and q.valid_from <= ${day}
        order by q.valid_from desc limit 1) k on true
      where s.city_id = ${cityId} and s.id = any(${stations.map(({ id }) => id)})
        and coalesce(r.serving, k.workers) > 0
        and exists (select from visit v where v.city_id = ${cityId} and v.station_id = s.id and v.void_on is null
          and v.held_on <= ${day})`;
    return new Map(
      rows.map(({ id, people, workers }) => [
        id,
        {
          "visits.contacts": {
            value: asValue(people / workers),
            count: people,
            origin: { kind: "contacts" as const },
          },
        },
      ]),
    );
  },
};

/** X3: of what the contact rules and notices asked of the station and those below this year, the share that was done. */
export const DUE_SOURCE: Source = {
  names: ["visits.made"],
  load: (tx, stations, day) =>
    ofSubtrees(stations, async ({ path }) => {
      const contacts = await contactsMade(tx, path, day);
      if (!contacts || contacts.asked === 0) return null;
      const { asked, made } = contacts;
      const value = asValue((100 * made) / asked);
      return { "visits.made": { value, count: asked, origin: { kind: "due" as const } } };
    }),
};

/** G9: of the people in the archives of the station and those below, those who had a contact card in force. */
export const CARDS_SOURCE: Source = {
  names: ["cards.contact"],
  load: (tx, stations, day) =>
    ofSubtrees(stations, async ({ path }) => {
      const { cityId } = tx.scope;
      const active = tx.sql`p.active_from <= ${day} and (p.left_on is null or p.left_on > ${day})`;
      const [row] = await tx.sql<{ people: number; holders: number; used: boolean }[]>`
        with made as materialized (
          select c.record_id, (c.ended_on is null or c.ended_on > ${day}) and c.valid_until >= ${day} as valid
          from card c where c.city_id = ${cityId} and c.path >= ${path} and c.path < ${subtreeEnd(path)}
            and c.kind = any(${[...CONTACT_CARDS]}) and c.issued_on <= ${day})
        select exists (select from made) as used,
          (select count(*) from person p where p.city_id = ${cityId} and p.path >= ${path}
            and p.path < ${subtreeEnd(path)} and ${active})::int as people,
          (select count(distinct made.record_id) from made
            join person p on p.city_id = ${cityId} and p.id = made.record_id and ${active}
            where made.valid)::int as holders`;
      if (!row?.used || row.people === 0) return null;
      const value = asValue((100 * row.holders) / row.people);
      return { "cards.contact": { value, count: row.holders, origin: { kind: "cards" as const } } };
    }),
};

/** Asks of each station with everything below it; those about which nothing is known are left out. */
async function ofSubtrees<M>(
  stations: readonly Measured[],
  ask: (station: Measured) => Promise<M | null>,
): Promise<Map<number, M>> {
  const known = new Map<number, M>();
  for (const station of stations) {
    const measure = await ask(station);
    if (measure) known.set(station.id, measure);
  }
  return known;
}
