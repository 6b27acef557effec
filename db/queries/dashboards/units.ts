import type { Period } from "@muster/domain/period";
import { type Staffing, staffing, staffingBasis, staffingOfCity } from "@muster/domain/staffing";
import type { PeriodRange } from "@muster/domain/timespan";
import type { ScopedTx } from "../../scope";
import type { CityCatalogue } from "../catalogue";
import { staffingRules } from "../staff/rule";
import type { Place } from "./place";
import { type Grounds, sumsOfChildren } from "./sums";

/** How one station stood to the staffing rule of one month. */
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

/**
 * Full-time staff against what the month's rule asks for (A01, B05), by month, for the station and for each child:
 * a town or home by its own staff against its subtree (or what else the rule says), a village by its own of both, a city or district as the sum
 * over the towns and homes below it. Months in which nothing is in force are left out; what a station did not
 * report is null. Reads one row per town and month, never one per village, unless by today's boundaries.
 */
export async function staffingOf(
  tx: ScopedTx,
  catalogue: CityCatalogue,
  place: Place,
  query: PeriodRange & Grounds,
): Promise<StaffingAnswer> {
  if (place.leaf) return { place: await ownStaffing(tx, catalogue, place, query), children: [] };
  const managed = place.level === "town";
  const [units, villages] = await Promise.all([
    unitsOf(tx, catalogue, place, query),
    managed ? ownStaffing(tx, catalogue, place, query) : [],
  ]);
  return {
    place: addedUp(units, place.id),
    children: managed
      ? villages.filter(({ own }) => !own)
      : units.filter(({ stationId }) => stationId !== place.id),
  };
}

/** Stations added up month by month, in the order in which the months came. */
function addedUp(stations: readonly StaffingMonth[], stationId: number): StaffingMonth[] {
  const months = new Map<Period, Staffing[]>();
  for (const station of stations) {
    const month = months.get(station.period);
    if (month) month.push(station);
    else months.set(station.period, [station]);
  }
  return [...months].map(([period, members]) => ({
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
  return sums.flatMap(({ stationId, period, own, figures }) => {
    if (!figures) return [];
    const rule = catalogue.at(period).staffing;
    const judged = staffingBasis(rule, place.leaf ? place.level : "village") === "report" ? null : rule;
    const counted = staffing(figures.A01 ?? null, figures.B05 ?? null, judged);
    return [{ stationId, period, own: own && !place.leaf, ...counted }];
  });
}

type Sums = Pick<Staffing, "beneficiaries" | "fullTime" | "required" | "shortfall">;

/**
 * Towns and homes below the place (or the place itself), added up by the child they belong to. The rule is applied
 * to each town before adding, as domain's staffing and staffingOfCity do: a property test holds the two together.
 */
async function unitsOf(
  tx: ScopedTx,
  catalogue: CityCatalogue,
  place: Place,
  query: PeriodRange & Grounds,
): Promise<StaffingMonth[]> {
  const slots = { people: slotOf(catalogue, "A01"), staff: slotOf(catalogue, "B05") };
  const { people, staff } = slots;
  if (people === null || staff === null) return [];
  const units =
    query.boundaries === "today"
      ? unitsToday(tx, place, query, people, staff)
      : unitsReported(tx, place, query, people, staff, slotOf(catalogue, "B05M"));
  // Materialized: sorting and adding up would carry the towns' whole arrays of figures along otherwise.
  const rows = await tx.sql<(Sums & { stationId: number; period: Period })[]>`
    with rule as (${staffingRules(tx, catalogue, query)}), unit as materialized (${units}), judged as (
      select unit.*, case when rule.town <> 'report'
        then ceil(unit.beneficiaries / rule.per_worker::numeric)::bigint end as required
      from unit join rule on rule.period = unit.period
    )
    select child_id as "stationId", period, sum(beneficiaries)::bigint as beneficiaries,
      sum(full_time)::bigint as "fullTime", sum(required)::bigint as required,
      sum(case when full_time is not null then greatest(0, required - full_time) end)::bigint as shortfall
    from judged group by child_id, period order by period`;
  return rows.map((row) => ({
    ...row,
    own: false,
    perWorker: row.beneficiaries === null || !row.fullTime ? null : row.beneficiaries / row.fullTime,
  }));
}

/** The slot of a code is the same in every month. */
function slotOf(catalogue: CityCatalogue, code: string): number | null {
  return catalogue.indicators.find((indicator) => indicator.code === code)?.slot ?? null;
}

/** The child of the place that a path below it belongs to; the place itself for its own. */
function childIn(tx: ScopedTx, path: string, root: ReturnType<ScopedTx["sql"]>, place: Place) {
  return tx.sql`coalesce(nullif(split_part(substr(${tx.sql.unsafe(path)}, length(${root}) + 1), '/', 1), ''),
    ${String(place.id)})::bigint`;
}

function unitsReported(
  tx: ScopedTx,
  place: Place,
  { from, to, basis }: PeriodRange & Grounds,
  people: number,
  staff: number,
  managers: number | null,
) {
  const { cityId } = tx.scope;
  const sums = tx.sql.unsafe(basis === "accepted" ? "u.accepted" : "u.provisional");
  const settled = basis === "accepted" ? ["accepted", "locked"] : ["accepted", "locked", "submitted"];
  const own = (slot: number) => tx.sql`
    (select (case when r.status = any(${settled}) then r.figures else r.accepted_figures end)[${slot + 1}::int]
      from monthly_report r where r.city_id = ${cityId} and r.station_id = u.station_id and r.period = u.period
        and r.expected)`;
  // A town's roll-up holds its own staff as B05M. Only where that is 0 does the own report have to say whether
  // nobody works there or nothing was reported.
  return tx.sql`
    select ${childIn(tx, "u.reported_path", tx.sql`s.reported_path`, place)} as child_id, u.period,
      case when rule.town = 'own' then ${own(people)} else (${sums})[${people + 1}::int] end as beneficiaries,
      case when (${sums})[${(managers ?? staff) + 1}::int] > 0 and ${managers !== null}
        then (${sums})[${(managers ?? staff) + 1}::int] else ${own(staff)} end as full_time
    from rollup s
    join rule on rule.period = s.period
    join rollup u on u.city_id = s.city_id and u.period = s.period and u.level = 'town'
      and u.reported_path >= s.reported_path and u.reported_path < s.reported_path || chr(1114111)
    where s.city_id = ${cityId} and u.city_id = ${cityId} and s.station_id = ${place.id}
      and s.period between ${from} and ${to}
      and (u.accepted_count > 0 or (${basis === "provisional"} and u.filed > 0))`;
}

function unitsToday(
  tx: ScopedTx,
  place: Place,
  { from, to, basis }: PeriodRange & Grounds,
  people: number,
  staff: number,
) {
  const settled = basis === "accepted" ? ["accepted", "locked"] : ["accepted", "locked", "submitted"];
  const { cityId } = tx.scope;
  return tx.sql`
    select ${childIn(tx, "f.unit_path", tx.sql`${place.path}::text`, place)} as child_id, f.period,
      (sum(f.figures[${people + 1}::int]) filter (where f.level = 'town' or rule.town <> 'own'))::bigint as beneficiaries,
      max(case when f.level = 'town' then f.figures[${staff + 1}::int] end) as full_time
    from (
      select r.period, r.level,
        case r.level when 'village' then regexp_replace(r.path, '[0-9]+/$', '') else r.path end as unit_path,
        case when r.status = any(${settled}) then r.figures else r.accepted_figures end as figures
      from monthly_report r
      where r.city_id = ${cityId} and r.path >= ${place.path} and r.path < ${place.path} || chr(1114111)
        and r.period between ${from} and ${to} and r.expected
    ) f
    join station s on s.city_id = ${cityId} and s.path = f.unit_path and s.level = 'town'
    join rule on rule.period = f.period
    where f.figures is not null
    group by f.unit_path, f.period`;
}
