import { MADE_UP_WITHIN } from "@muster/domain/festival";
import { springFestival } from "./festivals";

/** Years for which the queries know the festivals. */
const YEARS = Array.from({ length: 61 }, (_, i) => 2020 + i);

/** The festivals of those years, as rows of a VALUES. */
export const FEASTS = YEARS.flatMap((year) => [
  `('festival_spring', date '${springFestival(year)}')`,
  `('festival_army', date '${year}-08-01')`,
  `('festival_national', date '${year}-10-01')`,
]).join(", ");

/** Whether record `p` is in the archive on the day. */
export const ACTIVE = "p.active_from <= :until and (p.left_on is null or p.left_on > :until)";

/** Whether category `c` of a record holds on the day that `on` names. */
function held(on: ":until" | ":last"): string {
  return `c.valid_from <= ${on} and (c.valid_to is null or c.valid_to > ${on})`;
}

/**
 * Whether a rule of contact_rule, `r`, concerns record `p` on the day that `on` names. `codes` is an array of the
 * categories that `p` holds, where the query has them at hand; by itself it looks them up.
 */
export function concernedBy(on: ":until" | ":last", codes?: string): string {
  const holds = codes
    ? `r.categories && ${codes}`
    : `r.categories <> '{}' and exists (
      select from person_category c
      where c.city_id = :city and c.record_id = p.id and c.code = any(r.categories) and ${held(on)})`;
  return `(r.everyone
    or p.born_on <= (${on}::date - make_interval(years => r.from_age))::date
    or (p.living_alone and 'livingAlone' = any(r.concerns))
    or (p.empty_nest and 'emptyNest' = any(r.concerns))
    or (p.care_need and 'careNeed' = any(r.concerns))
    or (p.hardship and 'hardship' = any(r.concerns))
    or (${holds}))`;
}

/** The first day of the month in which rule `r` came into force, with what it was before. */
export const SINCE =
  "((select min(o.valid_from) from contact_rule o where o.city_id = :city and o.code = r.code) || '-01')::date";

/** Whether rule `r` is in force on the day `:until`. */
export const IN_FORCE = `r.city_id = :city and r.valid_from <= left(:until::date::text, 7)
      and (r.valid_to is null or r.valid_to >= left(:until::date::text, 7))`;

/** The codes of the categories that record `p` holds on the day `:until`. */
export const CODES = `select array_agg(c.code::text) as codes from person_category c
      where c.city_id = :city and c.record_id = p.id and ${held(":until")}`;

/**
 * What is due to whom on the day `:until`, over the names of registers/statement.ts, as tables for a WITH that begins
 * with `place(id)`, the stations that are asked about. One row of `due` per person and rule, and per open notice:
 * `due_on` may lie ahead. A rule counts from the latest of: the last contact of the kind it asks for, the station's
 * first record, the person's arrival, the month in which the rule came into force; so that nobody is late on the day a
 * station begins. Of periodic contacts those of the person's own station count, which is what that station sees; a
 * notice is answered by whoever went. Everything is one pass over the stations' people and a year of their contacts, however many rules
 * there are.
 */
export const DUE_TABLES = `
  began as materialized (
    select id, began from (
      select place.id, least(
        (select v.held_on from visit v
         where v.city_id = :city and v.station_id = place.id and v.void_on is null order by v.held_on limit 1),
        (select n.happened_on from visit_notice n
         where n.city_id = :city and n.station_id = place.id order by n.happened_on limit 1)) as began
      from place) b
    where began <= :until),
  feast as (
    select f.every, f.on_day from (values ${FEASTS}) f(every, on_day)
    where f.on_day between :until::date - ${MADE_UP_WITHIN} and :until::date + 60),
  rule as materialized (
    select r.code, r.every, r.asked, r.everyone, r.categories, r.from_age, r.concerns,
      feast.on_day as feast, feast.on_day - r.days as opens,
      ${SINCE} as since,
      case r.every when 'P1W' then interval '7 days' when 'P1M' then interval '1 month'
        when 'P3M' then interval '3 months' when 'P6M' then interval '6 months' when 'P1Y' then interval '1 year' end
        as gap
    from contact_rule r left join feast on feast.every = r.every
    where ${IN_FORCE} and (r.every like 'P%' or feast.on_day is not null)),
  reached as (
    select coalesce(q.merged_into, q.id) as record_id,
      max(vp.held_on) as any_on,
      max(vp.held_on) filter (where vp.channel = 'visit') as visit_on,
      max(vp.held_on) filter (where vp.channel = 'phone') as phone_on,
      max(vp.held_on) filter (where vp.channel = 'checkup') as checkup_on,
      max(vp.held_on) filter (where vp.occasion = 'festival' and vp.channel = 'visit') as feast_visit_on,
      max(vp.held_on) filter (where vp.occasion = 'festival') as feast_on
    from began join visit_person vp on vp.city_id = :city and vp.station_id = began.id
    join person q on q.city_id = :city and q.id = vp.record_id and q.station_id = vp.station_id
    where vp.counts and vp.held_on <= :until and vp.held_on > :until::date - 370
    group by 1),
  due as (
    select p.id, p.person_id, p.station_id, r.code, r.every, l.last_on,
      coalesce(r.feast, (greatest(l.last_on, began.began, p.active_from, r.since) + r.gap)::date) as due_on,
      null::uuid as notice_id
    from began
    join person p on p.city_id = :city and p.station_id = began.id and ${ACTIVE}
    cross join lateral (${CODES}) h
    join rule r on ${concernedBy(":until", "h.codes")}
    left join reached on reached.record_id = p.id
    cross join lateral (select case
      when r.feast is not null then case r.asked when 'visit' then reached.feast_visit_on else reached.feast_on end
      when r.asked = 'visit' then reached.visit_on when r.asked = 'phone' then reached.phone_on
      when r.asked = 'checkup' then reached.checkup_on else reached.any_on end as last_on) l
    where r.feast is null or (p.active_from < r.feast and began.began <= r.opens and r.since <= r.feast
      and r.opens <= :until and (l.last_on is null or l.last_on < r.opens))
    union all
    select p.id, p.person_id, n.station_id, null, 'event_' || n.event, null, n.due_on, n.id
    from began
    join visit_notice n on n.city_id = :city and n.station_id = began.id and n.happened_on <= :until
      and (n.met_on is null or n.met_on > :until) and (n.ended_on is null or n.ended_on > :until)
    join person p on p.city_id = :city and p.id = n.record_id
      and p.active_from <= :until and (p.left_on is null or p.left_on > :until or p.way_out = 'died'))`;
