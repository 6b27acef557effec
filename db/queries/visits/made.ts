import { MADE_UP_WITHIN } from "@muster/domain/festival";
import type { LocalDate } from "@muster/domain/period";
import { type StationPath, subtreeEnd } from "@muster/domain/station";
import type { ScopedTx } from "../../scope";
import { conditionOn } from "../registers/statement";
import { MOST_ASKED, peopleBelow } from "./due";
import { ACTIVE, CODES, concernedBy, DUE_TABLES, FEASTS, IN_FORCE, SINCE } from "./due-sql";

const YEAR = "date_trunc('year', :until::date)::date";

/** A column for each kind of contact that a rule of intervals may ask for. */
const KINDS = ["any", "visit", "phone", "checkup"] as const;

/**
 * The contacts of the year that were asked for, up to the day `:until`, of the people in the archive on that day.
 * `asked` has a row for each: with `made` when somebody went. Of a rule of intervals a contact was asked for when it was due by the
 * end of the month in which it came, or is overdue; more than one in a month is one. A festival was asked for when its
 * day has passed, a notice when it was answered in the year or is overdue.
 */
const MADE_TABLES = `${DUE_TABLES},
  contact as (
    select coalesce(q.merged_into, q.id) as record_id,
      case when vp.held_on < ${YEAR} then 0 else extract(month from vp.held_on)::int end as n,
      max(vp.held_on) as any_on,
      max(vp.held_on) filter (where vp.channel = 'visit') as visit_on,
      max(vp.held_on) filter (where vp.channel = 'phone') as phone_on,
      max(vp.held_on) filter (where vp.channel = 'checkup') as checkup_on
    from began join visit_person vp on vp.city_id = :city and vp.station_id = began.id
    join person q on q.city_id = :city and q.id = vp.record_id and q.station_id = vp.station_id
    where vp.counts and vp.held_on <= :until and vp.held_on > ${YEAR} - 370
    group by 1, 2),
  month as (
    select n, least(:until::date, (${YEAR} + make_interval(months => n) - interval '1 day')::date) as ends
    from generate_series(0, extract(month from :until::date)::int) n),
  latest as materialized (
    select r.record_id, m.n, m.ends,
      ${KINDS.map((kind) => `max(k.${kind}_on) over before as ${kind}_before, max(k.${kind}_on) over so_far as ${kind}_on`).join(",\n      ")}
    from (select distinct record_id from contact) r cross join month m
    left join contact k on k.record_id = r.record_id and k.n = m.n
    window so_far as (partition by r.record_id order by m.n),
      before as (partition by r.record_id order by m.n rows between unbounded preceding and 1 preceding)),
  member as materialized (
    select p.id, p.station_id, p.active_from, p.born_on, p.living_alone, p.empty_nest, p.care_need, p.hardship,
      began.began, h.codes
    from began join person p on p.city_id = :city and p.station_id = began.id and ${ACTIVE}
    cross join lateral (${CODES}) h),
  feast_rule as (
    select r.*, f.on_day, f.on_day - r.days as opens, ${SINCE} as since
    from contact_rule r join (values ${FEASTS}) f(every, on_day) on f.every = r.every
    where ${IN_FORCE} and f.on_day >= ${YEAR} and f.on_day < :until),
  asked as (
    select true as made
    from member p join rule r on r.gap is not null and ${concernedBy(":until", "p.codes")}
    join latest l on l.record_id = p.id and l.n > 0
    cross join lateral (select
      case r.asked ${KINDS.slice(1)
        .map((kind) => `when '${kind}' then l.${kind}_before`)
        .join(" ")} else l.any_before end as before_on,
      case r.asked ${KINDS.slice(1)
        .map((kind) => `when '${kind}' then l.${kind}_on`)
        .join(" ")} else l.any_on end as on_day) c
    cross join lateral (select greatest(c.before_on, p.began, p.active_from, r.since) as day) base
    where c.on_day > base.day and (base.day + r.gap)::date <= l.ends
    union all
    select exists (
      select from visit_person vp join person q on q.city_id = :city and q.id = vp.record_id
      where vp.city_id = :city and vp.record_id in (
          select o.id from person o where o.city_id = :city and (o.id = p.id or o.merged_into = p.id))
        and vp.station_id = p.station_id and vp.counts
        and vp.occasion = 'festival' and (r.asked <> 'visit' or vp.channel = 'visit')
        and vp.held_on between r.opens and least(:until::date, r.on_day + ${MADE_UP_WITHIN}))
    from member p join feast_rule r on ${concernedBy(":until", "p.codes")}
    where p.active_from < r.on_day and p.began <= r.opens and r.since <= r.on_day
    union all
    select true from began join visit_notice n on n.city_id = :city and n.station_id = began.id
    where n.met_on between ${YEAR} and :until
    union all
    select false from due where due.due_on < :until and (due.every like 'P%' or due.notice_id is not null))`;

/** How many contacts a year asked for up to a day, and how many of them were made. */
export interface ContactsMade {
  asked: number;
  made: number;
}

/**
 * What the contact rules and notices asked of the stations of a subtree in a year up to a day, and what of it was done. Null where
 * more people live than one query should go through.
 */
export async function contactsMade(
  tx: ScopedTx,
  path: StationPath,
  day: LocalDate,
): Promise<ContactsMade | null> {
  if ((await peopleBelow(tx, path)) > MOST_ASKED) return null;
  const { cityId } = tx.scope;
  const [row] = await tx.sql<ContactsMade[]>`
    with place as (
      select s.id from station s where s.city_id = ${cityId} and s.path >= ${path} and s.path < ${subtreeEnd(path)}),
    ${conditionOn(tx, MADE_TABLES, day)}
    select count(*)::int as asked, (count(*) filter (where made))::int as made from asked`;
  return row ?? { asked: 0, made: 0 };
}
