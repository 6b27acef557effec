import type { Period } from "@muster/domain/period";
import { type Staffing, staffing, staffingOfCity } from "@muster/domain/staffing";
import type { Kind } from "@muster/domain/station";
import type { PeriodRange } from "@muster/domain/timespan";
import type { ScopedTx } from "../../scope";
import type { CityCatalogue } from "../catalogue";
import type { Place } from "./place";
import { type Grounds, sumsOfChildren } from "./sums";

/** How one station stood to the 1:500 rule in one month. */
export interface StaffingMonth extends Staffing {
  stationId: number;
  period: Period;
  /** The station's own report among those of its villages. */
  own: boolean;
}

export interface StaffingAnswer {
  /** The station itself by month, oldest first. */
  place: StaffingMonth[];
  /** The stations directly below by month. */
  children: StaffingMonth[];
}

export interface StaffingQuery extends PeriodRange, Grounds {
  stationId: number;
}

/** A managing station that serves people: a town or a home, with everything below it. */
interface Unit {
  stationId: number;
  /** The child of the place that the unit belongs to; the place itself for its own. */
  childId: number;
  kind: Kind;
  period: Period;
  beneficiaries: number | null;
  fullTime: number | null;
}

/**
 * Full-time staff against one per 500 beneficiaries (A01, B05), by month, for the station and for each child:
 * a town or home by its own staff against its subtree, a village by its own of both, a city or district as the sum
 * over the towns and homes below it. Months in which nothing is in force are left out; what a station did not
 * report is null. Reads one row per town and month, never one per village, unless by today's boundaries.
 */
export async function staffingOf(
  tx: ScopedTx,
  catalogue: CityCatalogue,
  place: Place,
  query: PeriodRange & Grounds,
): Promise<StaffingAnswer> {
  if (place.leaf) {
    const own = await ownStaffing(tx, catalogue, place, query);
    return { place: own, children: [] };
  }
  const units = await unitsOf(tx, catalogue, place, query);
  if (place.level === "town") {
    const children = await ownStaffing(tx, catalogue, place, query);
    return {
      place: units.map((unit) => ({ ...judged(unit), own: false })),
      children: children.filter((month) => !month.own),
    };
  }
  return {
    place: summed(units, () => place.id),
    children: summed(
      units.filter((unit) => unit.childId !== place.id),
      (unit) => unit.childId,
    ),
  };
}

function judged({ stationId, period, beneficiaries, fullTime }: Unit): StaffingMonth {
  return { stationId, period, own: false, ...staffing(beneficiaries, fullTime) };
}

/** Units added up by month and station, in the order in which they came. */
function summed(units: readonly Unit[], stationOf: (unit: Unit) => number): StaffingMonth[] {
  const groups = new Map<string, { stationId: number; period: Period; members: Staffing[] }>();
  for (const unit of units) {
    const stationId = stationOf(unit);
    const key = `${unit.period} ${stationId}`;
    const group = groups.get(key) ?? { stationId, period: unit.period, members: [] };
    group.members.push(staffing(unit.beneficiaries, unit.fullTime));
    groups.set(key, group);
  }
  return [...groups.values()].map(({ stationId, period, members }) => ({
    stationId,
    period,
    own: false,
    ...staffingOfCity(members),
  }));
}

/** Villages, each by its own figures, and the place's own report among them. */
async function ownStaffing(
  tx: ScopedTx,
  catalogue: CityCatalogue,
  place: Place,
  query: PeriodRange & Grounds,
): Promise<StaffingMonth[]> {
  const sums = await sumsOfChildren(tx, catalogue, place, { ...query, codes: ["A01", "B05"] });
  return sums.flatMap(({ stationId, period, own, figures }) =>
    figures
      ? [
          {
            stationId,
            period,
            own: own && !place.leaf,
            ...staffing(figures.A01 ?? null, figures.B05 ?? null),
          },
        ]
      : [],
  );
}

/** Every town and home below the place, or the place itself, with its people and its own staff, by month. */
async function unitsOf(
  tx: ScopedTx,
  catalogue: CityCatalogue,
  place: Place,
  query: PeriodRange & Grounds,
): Promise<Unit[]> {
  const people = slotOf(catalogue, "A01");
  const staff = slotOf(catalogue, "B05");
  if (people === null || staff === null) return [];
  return query.boundaries === "today"
    ? unitsToday(tx, place, query, people, staff)
    : unitsReported(tx, place, query, people, staff);
}

/** The slot of a code is the same in every month. */
function slotOf(catalogue: CityCatalogue, code: string): number | null {
  return catalogue.indicators.find((indicator) => indicator.code === code)?.slot ?? null;
}

async function unitsReported(
  tx: ScopedTx,
  place: Place,
  { from, to, basis }: PeriodRange & Grounds,
  people: number,
  staff: number,
): Promise<Unit[]> {
  const { cityId } = tx.scope;
  const sum = tx.sql.unsafe(basis === "accepted" ? "u.accepted" : "u.provisional");
  const inForce =
    basis === "accepted"
      ? tx.sql`case when r.status in ('accepted', 'locked') then r.figures else r.accepted_figures end`
      : tx.sql`case when r.status in ('accepted', 'locked', 'submitted') then r.figures else r.accepted_figures end`;
  const rows = await tx.sql<Unit[]>`
    select u.station_id as "stationId", u.kind, u.period, (${sum})[${people + 1}::int] as beneficiaries,
      case when r.expected then (${inForce})[${staff + 1}::int] end as "fullTime",
      coalesce(nullif(split_part(substr(u.reported_path, length(s.reported_path) + 1), '/', 1), ''),
        ${String(place.id)})::bigint as "childId"
    from rollup s
    join rollup u on u.city_id = s.city_id and u.period = s.period and u.level = 'town'
      and u.reported_path >= s.reported_path and u.reported_path < s.reported_path || chr(1114111)
    left join monthly_report r on r.city_id = u.city_id and r.station_id = u.station_id and r.period = u.period
    where s.city_id = ${cityId} and u.city_id = ${cityId} and s.station_id = ${place.id}
      and s.period between ${from} and ${to}
      and (u.accepted_count > 0 or (${basis === "provisional"} and u.filed > 0))
    order by u.period`;
  return [...rows];
}

async function unitsToday(
  tx: ScopedTx,
  place: Place,
  { from, to, basis }: PeriodRange & Grounds,
  people: number,
  staff: number,
): Promise<Unit[]> {
  const settled = basis === "accepted" ? ["accepted", "locked"] : ["accepted", "locked", "submitted"];
  const rows = await tx.sql<Unit[]>`
    with filed as (
      select r.period, r.level,
        case r.level when 'village' then regexp_replace(r.path, '[0-9]+/$', '') else r.path end as unit_path,
        case when r.status = any(${settled}) then r.figures else r.accepted_figures end as figures
      from monthly_report r
      where r.city_id = ${tx.scope.cityId} and r.path >= ${place.path} and r.path < ${place.path} || chr(1114111)
        and r.period between ${from} and ${to} and r.expected
    ), unit as (
      select period, unit_path, sum(figures[${people + 1}::int])::bigint as beneficiaries,
        max(case when level = 'town' then figures[${staff + 1}::int] end) as full_time
      from filed where figures is not null group by period, unit_path
    )
    select s.id as "stationId", s.kind, u.period, u.beneficiaries, u.full_time as "fullTime",
      coalesce(nullif(split_part(substr(u.unit_path, ${place.path.length + 1}::int), '/', 1), ''),
        ${String(place.id)})::bigint as "childId"
    from unit u
    join station s on s.city_id = ${tx.scope.cityId} and s.path = u.unit_path and s.level = 'town'
    order by u.period`;
  return [...rows];
}
