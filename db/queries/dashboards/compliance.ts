import { firstDay, type LocalDate, lastDay, type Period } from "@muster/domain/period";
import { FIVE_HAVES, type Grade, type StandardItem } from "@muster/domain/standard";
import type { Level } from "@muster/domain/station";
import type { ScopedTx } from "../../scope";
import { today } from "../stations/row";
import { childOf, type Place } from "./place";
import { versionOf } from "./versions";

/** One of the Five Haves. */
export type Have = (typeof FIVE_HAVES)[number];

/** Stations that must be assessed and are alike in all of this, counted together. */
export interface StandingGroup {
  /** The child of the place they belong to; the place itself for its own station. */
  child: number;
  level: Level;
  /** Version of the standards their verdict was given by, and the grade; null for those without a verdict. */
  setNumber: number | null;
  grade: string | null;
  /** How many must be assessed, have a verified verdict, and meet the Five Haves by it. */
  required: number;
  verified: number;
  meeting: number;
  /** How many do not pass each dimension. */
  lacking: Record<Have, number>;
}

/** Stations of an open standing in the subtree of a place; the city's own station is not assessed by anybody. */
function assessable(tx: ScopedTx, place: Place) {
  return tx.sql`s.city_id = ${tx.scope.cityId} and s.path >= ${place.path} and s.path < ${place.path} || chr(1114111)
    and s.closed_on is null and s.required and s.level <> 'city'`;
}

/** How often an item of the standards fails. */
export interface ItemCount {
  item: StandardItem;
  /** Stations that were judged by it and did not pass. */
  missed: number;
  /** Stations that were judged by it. */
  judged: number;
}

/** How the stations of a subtree stand to the standards today, each by its verified assessment in force. */
export interface Compliance {
  groups: StandingGroup[];
  /** In the order of the standards; an item keeps its code over the versions, its name is that of the latest here. */
  items: ItemCount[];
  /** Of the versions by which somebody was judged, the highest first. */
  grades: Grade[];
}

type Counted = Omit<StandingGroup, "lacking"> & Record<Have, number>;

/** The standing `t` of a station `s` stands where the station does: both are read in the order of their paths. */
function standingOf(tx: ScopedTx) {
  return tx.sql`t.city_id = s.city_id and t.path = s.path`;
}

/** Counts the standings of a subtree. */
export async function complianceOf(tx: ScopedTx, place: Place): Promise<Compliance> {
  const lacking = FIVE_HAVES.map(
    (have) => `count(*) filter (where not t.five_haves and '${have}' = any(t.lacking))::int as ${have}`,
  );
  const [rows, items] = await Promise.all([
    tx.sql<Counted[]>`
      select ${childOf(tx, "s.path", place)} as child, s.level, t.set_number as "setNumber", t.grade,
        count(*)::int as required, count(t.five_haves)::int as verified,
        count(*) filter (where t.five_haves)::int as meeting, ${tx.sql.unsafe(lacking.join(", "))}
      from station s
      left join station_standing t on ${standingOf(tx)} and t.five_haves is not null
      where ${assessable(tx, place)}
      group by 1, 2, 3, 4`,
    tx.sql<{ code: string; missed: number; exempt: number }[]>`
      select x.code, count(*) filter (where x.missed)::int as missed,
        count(*) filter (where not x.missed)::int as exempt
      from station s
      join station_standing t on ${standingOf(tx)} and (t.missed <> '{}' or t.exempt <> '{}')
      cross join lateral (
        select unnest(t.missed) as code, true as missed union all select unnest(t.exempt), false) x
      where ${assessable(tx, place)}
      group by x.code`,
  ]);
  const groups = rows.map(({ organization, establishment, staff, funding, support, ...group }) => ({
    ...group,
    lacking: { organization, establishment, staff, funding, support },
  }));
  const numbers = new Set(groups.flatMap(({ setNumber }) => setNumber ?? []));
  const sets = await Promise.all(
    [...numbers].sort((a, b) => a - b).map(async (number) => ({ number, set: await versionOf(tx, number) })),
  );
  const counts = new Map<string, ItemCount>();
  for (const { number, set } of sets) {
    const ofSet = groups.filter(({ setNumber }) => setNumber === number);
    for (const item of set.items) {
      const asked = ofSet.filter(({ level }) => item.thresholds[level] !== null);
      const judged = asked.reduce((sum, { verified }) => sum + verified, counts.get(item.code)?.judged ?? 0);
      counts.set(item.code, { item, judged, missed: 0 });
    }
  }
  for (const { code, missed, exempt } of items) {
    const count = counts.get(code);
    if (count) Object.assign(count, { missed, judged: count.judged - exempt });
  }
  const grades = new Map(sets.flatMap(({ set }) => set.grades.map((grade) => [grade.code, grade] as const)));
  return {
    groups,
    items: [...counts.values()]
      .filter(({ judged }) => judged > 0)
      .sort((a, b) => a.item.sort - b.item.sort || (a.item.code < b.item.code ? -1 : 1)),
    grades: [...grades.values()].sort((a, b) => b.minPoints - a.minPoints),
  };
}

/** A station that does not meet the Five Haves by its verdict in force. */
export interface FailingStation {
  id: number;
  name: string;
  level: Level;
  /** The station above it, where it is in the reader's sight. */
  parentName: string | null;
  year: number;
  round: number;
  /** Mandatory items that do not pass. */
  failing: string[];
  failingSince: LocalDate;
  /** Who leads it by its roster; null where nobody does. */
  head: string | null;
  /**
   * Findings of these items that are not settled, those among them put right and waiting to be looked at, those past
   * their day, and the next day due. What else was found at the station mends none of them.
   */
  findings: number;
  answered: number;
  overdue: number;
  dueOn: LocalDate | null;
}

/** Most that one page lists; the counts beside the list are complete. */
export const MOST_FAILING = 40;

/** The stations of a subtree that fail, those that have failed longest first; `most` of them, or all. */
export async function failingStations(
  tx: ScopedTx,
  place: Place,
  most: number | null = MOST_FAILING,
): Promise<FailingStation[]> {
  const { cityId } = tx.scope;
  const rows = await tx.sql<FailingStation[]>`
    with failing as (
      select t.station_id, t.year, t.round, t.failing, t.failing_since, s.name, s.level, s.parent_id
      from station_standing t
      join station s on s.city_id = t.city_id and s.id = t.station_id
      where t.city_id = ${cityId} and t.path >= ${place.path} and t.path < ${place.path} || chr(1114111)
        and not t.five_haves and ${assessable(tx, place)}
      order by t.failing_since, t.station_id limit ${most}
    )
    select f.station_id as id, f.name, f.level, p.name as "parentName", f.year, f.round, f.failing,
      f.failing_since as "failingSince", h.name as head, d.findings, d.answered, d.overdue, d."dueOn"
    from failing f
    left join station p on p.city_id = ${cityId} and p.id = f.parent_id
    left join lateral (
      select h.name from staff h where h.city_id = ${cityId} and h.station_id = f.station_id and h.head
        and h.valid_to is null limit 1
    ) h on true
    cross join lateral (
      select count(*)::int as findings, count(*) filter (where d.state = 'answered')::int as answered,
        count(*) filter (where d.due_on < ${today(tx)})::int as overdue,
        min(d.due_on) as "dueOn"
      from finding d where d.city_id = ${cityId} and d.station_id = f.station_id
        and d.item_code = any(f.failing) and d.state in ('open', 'answered', 'returned')
    ) d
    order by f.failing_since, f.station_id`;
  return [...rows];
}

/** How far the findings below a child of a place are. */
export interface Rectification {
  child: number;
  /** Waiting to be put right, for the first time or again. */
  open: number;
  /** Put right, waiting to be looked at. */
  answered: number;
  /** Of those that are not settled, past their day. */
  overdue: number;
  /** Closed in the months asked for. */
  closed: number;
}

/** Findings of a subtree that are not settled, and those closed in some months, by the child they belong to. */
export async function rectifications(
  tx: ScopedTx,
  place: Place,
  { from, to }: { from: Period; to: Period },
): Promise<Rectification[]> {
  const rows = await tx.sql<Rectification[]>`
    select ${childOf(tx, "d.path", place)} as child,
      count(*) filter (where d.state in ('open', 'returned'))::int as open,
      count(*) filter (where d.state = 'answered')::int as answered,
      count(*) filter (where d.ended_on is null and d.due_on < ${today(tx)})::int as overdue,
      count(*) filter (where d.state = 'closed')::int as closed
    from finding d
    where d.city_id = ${tx.scope.cityId} and d.path >= ${place.path} and d.path < ${place.path} || chr(1114111)
      and (d.state in ('open', 'answered', 'returned')
        or d.state = 'closed' and d.ended_on between ${firstDay(from)} and ${lastDay(to)})
    group by 1`;
  return [...rows];
}

/** A station that does not pass an item by its verdict in force. */
export interface MissingStation {
  id: number;
  name: string;
  level: Level;
  parentName: string | null;
  year: number;
  round: number;
  verifiedOn: LocalDate;
}

/** The stations of a subtree that do not pass an item today, in the order of their paths; `most` of them, or all. */
export async function stationsMissing(
  tx: ScopedTx,
  place: Place,
  code: string,
  most: number | null = MOST_FAILING,
): Promise<MissingStation[]> {
  const rows = await tx.sql<MissingStation[]>`
    select s.id, s.name, s.level, p.name as "parentName", t.year, t.round, t.verified_on as "verifiedOn"
    from station s
    join station_standing t on ${standingOf(tx)} and ${code} = any(t.missed)
    left join station p on p.city_id = s.city_id and p.id = s.parent_id
    where ${assessable(tx, place)}
    order by s.path limit ${most}`;
  return [...rows];
}
