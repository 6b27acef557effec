import type { Period } from "@muster/domain/period";
import type { StaffingRule } from "@muster/domain/staffing";
import type { Level } from "@muster/domain/station";
import type { ScopedTx } from "../../scope";
import type { CityCatalogue } from "../catalogue";
import { today } from "../stations/row";
import { childOf, type Place } from "./place";
import { type Grounds, inForce } from "./sums";

/** Posts and people of all open stations that belong to a child of a place. */
export interface StaffGroup {
  /** The child they belong to; the place itself for its own station. */
  child: number;
  stations: number;
  /** Stations that keep a roster. */
  rosters: number;
  serving: number;
  fullTime: number;
  partTime: number;
  concurrent: number;
  /** Approved posts of the stations that have an approval; null where none has. */
  posts: number | null;
  /** Of these the posts of stations that keep a roster, and those that a full-time worker fills. */
  comparable: number;
  filled: number;
  /** Of those serving, who were trained this year. */
  trained: number;
  /** Village stations with a roster, those of them with a full-time worker, and those led by a veteran secretary. */
  villages: number;
  manned: number;
  secretaries: number;
}

/** The rosters of a subtree as they stand today, summed by the child they belong to. */
export async function staffGroups(tx: ScopedTx, place: Place): Promise<StaffGroup[]> {
  const year = Number(today(tx).slice(0, 4));
  const rows = await tx.sql<StaffGroup[]>`
    select ${childOf(tx, "s.path", place)} as child, count(*)::int as stations, count(t.serving)::int as rosters,
      coalesce(sum(t.serving), 0)::int as serving, coalesce(sum(t.full_time), 0)::int as "fullTime",
      coalesce(sum(t.part_time), 0)::int as "partTime", coalesce(sum(t.concurrent), 0)::int as concurrent,
      sum(t.posts)::int as posts, coalesce(sum(t.posts) filter (where t.full_time is not null), 0)::int as comparable,
      coalesce(sum(least(t.full_time, t.posts)) filter (where t.full_time is not null and t.posts is not null), 0)::int
        as filled,
      coalesce(sum(t.trained) filter (where t.trained_year = ${year}), 0)::int as trained,
      count(t.serving) filter (where v.village)::int as villages,
      count(*) filter (where v.village and t.full_time > 0)::int as manned,
      count(*) filter (where v.village and t.secretary)::int as secretaries
    from station s
    cross join lateral (select s.level = 'village' and s.kind = 'station' as village) v
    left join station_standing t on t.city_id = s.city_id and t.path = s.path
      and (t.serving is not null or t.posts is not null)
    where s.city_id = ${tx.scope.cityId} and s.path >= ${place.path} and s.path < ${place.path} || chr(1114111)
      and s.closed_on is null
    group by 1`;
  return [...rows];
}

/** A station to which the staffing rule applies by itself: a town or home, or a village. */
export interface StaffUnit {
  id: number;
  name: string;
  level: Level;
  path: string;
  sort: number;
  parentName: string | null;
  /** A01 of the month; null where nothing is in force. */
  beneficiaries: number | null;
  /** Of the roster, today; null where none is kept. */
  fullTime: number | null;
  /** Part-time and concurrent staff. */
  others: number;
  posts: number | null;
}

/**
 * The stations the rule applies to: of a city or district its towns and homes, of a town itself and its villages, of a
 * village itself. People are those of a month, of a town those of its subtree or its own as the rule says; staff is
 * today's. One row per town, never one per village of a city.
 */
export async function staffUnits(
  tx: ScopedTx,
  catalogue: CityCatalogue,
  place: Place,
  { period, rule, ...grounds }: Grounds & { period: Period; rule: StaffingRule },
): Promise<StaffUnit[]> {
  const slot = catalogue.indicators.find(({ code }) => code === "A01")?.slot ?? null;
  if (slot === null) return [];
  const { cityId } = tx.scope;
  const own = place.leaf || place.level === "town";
  const people = grounds.boundaries === "today" ? peopleToday : peopleReported;
  const rows = await tx.sql<StaffUnit[]>`
    select s.id, s.name, s.level, s.path, s.sort, u.name as "parentName", p.people as beneficiaries, t.full_time as "fullTime",
      coalesce(t.part_time + t.concurrent, 0) as others, t.posts
    from station s
    left join station u on u.city_id = s.city_id and u.id = s.parent_id
    left join station_standing t on t.city_id = s.city_id and t.path = s.path
      and (t.serving is not null or t.posts is not null)
    left join (${people(tx, place, { period, basis: grounds.basis, slot: slot + 1, townsOwn: rule.town === "own" })}) p on p.path = s.path
    where s.city_id = ${cityId} and s.path >= ${place.path} and s.path < ${place.path} || chr(1114111)
      and s.closed_on is null and ${own ? tx.sql`s.level in ('town', 'village')` : tx.sql`s.level = 'town'`}
    order by s.sort, s.id`;
  return [...rows];
}

interface PeopleQuery {
  period: Period;
  basis: Grounds["basis"];
  /** Place of A01 in the figures, from 1. */
  slot: number;
  /** Towns are measured by the people of their own report. */
  townsOwn: boolean;
}

/** Own figures of villages, where they are units themselves, or of towns. */
function ownPeople(
  tx: ScopedTx,
  place: Place,
  { period, basis, slot }: PeopleQuery,
  levels: readonly Level[],
) {
  return tx.sql`
    select r.path, (${tx.sql.unsafe(inForce(basis))})[${slot}::int] as people from monthly_report r
    where r.city_id = ${tx.scope.cityId} and r.period = ${period} and r.expected
      and r.level = any(${levels as Level[]}) and ${place.leaf ? tx.sql`r.station_id = ${place.id}` : tx.sql`r.path >= ${place.path} and r.path < ${place.path} || chr(1114111)`}`;
}

function peopleReported(tx: ScopedTx, place: Place, query: PeopleQuery) {
  const { basis, period, slot, townsOwn } = query;
  if (place.leaf) return ownPeople(tx, place, query, ["village"]);
  const villages = place.level === "town";
  if (townsOwn) return ownPeople(tx, place, query, villages ? ["town", "village"] : ["town"]);
  const sums = tx.sql.unsafe(basis === "accepted" ? "u.accepted" : "u.provisional");
  const towns = tx.sql`
    select u.path, (${sums})[${slot}::int] as people from rollup u
    where u.city_id = ${tx.scope.cityId} and u.period = ${period} and u.level = 'town'
      and u.path >= ${place.path} and u.path < ${place.path} || chr(1114111)
      and (u.accepted_count > 0 or (${basis === "provisional"} and u.filed > 0))`;
  return villages ? tx.sql`${towns} union all ${ownPeople(tx, place, query, ["village"])}` : towns;
}

/** Towns are summed from the reports by where their stations stand today. */
function peopleToday(tx: ScopedTx, place: Place, query: PeopleQuery) {
  if (place.leaf || query.townsOwn) return peopleReported(tx, place, query);
  const { basis, period, slot } = query;
  const towns = tx.sql`
    select f.path, sum(f.people)::bigint as people from (
      select case r.level when 'village' then regexp_replace(r.path, '[0-9]+/$', '') else r.path end as path,
        (${tx.sql.unsafe(inForce(basis))})[${slot}::int] as people
      from monthly_report r
      where r.city_id = ${tx.scope.cityId} and r.path >= ${place.path} and r.path < ${place.path} || chr(1114111)
        and r.period = ${period} and r.expected) f
    group by f.path`;
  return place.level === "town"
    ? tx.sql`${towns} union all ${ownPeople(tx, place, query, ["village"])}`
    : towns;
}
