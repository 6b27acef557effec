/** What the station itself answers for a month, in the order of the statement's values. */
export const STATION_FIGURES = [
  "station.required",
  "station.open",
  "station.five_haves",
  "station.full_time",
  "station.veteran_secretary",
] as const;

const SERVES = "f.valid_from <= :last and (f.valid_to is null or f.valid_to > :last)";

/**
 * Facts of the station on the last day of the month. Where a roster was kept by that day it says who serves, and a
 * checked assessment says from its day on whether the Five Haves are met; before, what was entered by hand does, so
 * that no earlier month changes. A station whose facts were never entered says nothing: 0 would be a claim.
 */
export const STATION_STATEMENT = `
  select s.id, array[
      s.required::int,
      (s.opened_on <= :last and (s.closed_on is null or s.closed_on > :last)
        and not s.closed_spans @> :last::date)::int,
      coalesce(v.met, f.five_haves)::int,
      coalesce(r.full_time, f.full_time),
      coalesce(r.veteran_secretary, f.veteran_secretary)::int
    ]::bigint[], null::bigint[]
  from station s
  left join lateral (
    select f.five_haves, f.full_time, f.veteran_secretary from station_facts f
    where f.city_id = :city and f.station_id = s.id and f.valid_from <= :last
    order by f.valid_from desc limit 1
  ) f on true
  left join lateral (
    select (count(*) filter (where f.employment = 'full_time' and ${SERVES})) as full_time,
      coalesce(bool_or(f.head and f.secretary and f.veteran and ${SERVES}), false) as veteran_secretary
    from staff f where f.city_id = :city and f.station_id = s.id and f.valid_from <= :last
    having count(*) > 0
  ) r on true
  left join lateral (
    select v.met from (
      select checked_on as day, checked_five_haves as met, year, round, 0 as stage from assessment
      where city_id = :city and station_id = s.id and checked_on <= :last
      union all
      select spot_checked_on, spot_five_haves, year, round, 1 from assessment
      where city_id = :city and station_id = s.id and spot_checked_on <= :last) v
    order by v.day desc, v.year desc, v.round desc, v.stage desc limit 1
  ) v on true
  where s.city_id = :city and s.id = any(:stations)`;
