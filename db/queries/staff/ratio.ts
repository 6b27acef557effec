import { addMonths, type Period, periodOf } from "@muster/domain/period";
import { type StaffingRule, type StaffReserve, staffingBasis } from "@muster/domain/staffing";
import { LEVELS, subtreeEnd } from "@muster/domain/station";
import type { ScopedTx } from "../../scope";
import { catalogueAt } from "../catalogue";
import { registersOf } from "../derivations";
import { type StationRow, today } from "../stations/row";
import { staffMeasures } from "./measures";
import { rosterOn } from "./row";

/** A station under the staffing rule: its beneficiaries at the end of a month, its full-time staff today. */
export interface RatioUnit {
  id: number;
  name: string;
  beneficiaries: number | null;
  fullTime: number | null;
}

/** What explains a station's staffing. */
export interface RatioGround {
  /** The last month that has ended: whose beneficiaries count. */
  period: Period;
  /** The rule in force today. */
  rule: StaffingRule;
  own: RatioUnit;
  reserve: StaffReserve;
  /** Names of the stations directly below. */
  names: { id: number; name: string }[];
  /** Towns and homes of the reader's city, for its total; empty for who sees less than the city. */
  units: RatioUnit[];
}

/**
 * The numbers behind a station's staffing. Beneficiaries are A01 of the last month that has ended, by the basis of
 * today's rule: of a village, and of whom the rule measures by their own people, the own report; else the roll-up of
 * everything filed. Staff is what the roster says today. Until an archive is kept, A01 is what stations reported.
 */
export async function ratioGround(tx: ScopedTx, station: StationRow): Promise<RatioGround> {
  const { cityId, path: scope } = tx.scope;
  const period = addMonths(periodOf(today(tx)), -1);
  const catalogue = await catalogueAt(tx, period);
  const slot = catalogue.byCode.get("A01")?.slot;
  if (slot === null || slot === undefined) throw new Error("the catalogue has no slot for A01");
  const now = await catalogueAt(tx, periodOf(today(tx)));
  const byOwn = LEVELS.filter((level) => level === "village" || staffingBasis(now.staffing, level) === "own");
  const rows = await tx.sql<
    { id: number; name: string; level: string; parent: number | null; people: number | null }[]
  >`
    select s.id, s.name, s.level, s.parent_id as parent,
      case when s.level = any(${byOwn})
        then (select r.figures[${slot + 1}::int] from monthly_report r
          where r.city_id = ${cityId} and r.station_id = s.id and r.period = ${period} and r.round > 0)
        else (select u.provisional[${slot + 1}::int] from rollup u
          where u.city_id = ${cityId} and u.station_id = s.id and u.period = ${period}) end::bigint as people
    from station s
    where s.city_id = ${cityId} and s.closed_on is null and (
      s.id = ${station.id} or s.parent_id = ${station.id}
      or (${scope === "/"} and s.level = 'town' and s.path >= '/' and s.path < ${subtreeEnd("/")}))
    order by s.sort, s.id`;
  const counted = rows.filter(({ id, level }) => id === station.id || level === "town").map(({ id }) => id);
  const [registers, measures, roster] = await Promise.all([
    registersOf(tx, counted, now),
    staffMeasures(tx, [station.id], today(tx)),
    rosterOn(tx, station.id, today(tx)),
  ]);
  const unitOf = (row: (typeof rows)[number]): RatioUnit => ({
    id: row.id,
    name: row.name,
    beneficiaries: row.people,
    fullTime: registers.get(row.id)?.B05?.value ?? null,
  });
  const own = rows.find(({ id }) => id === station.id);
  const below = rows.filter(({ parent }) => parent === station.id);
  return {
    period,
    rule: now.staffing,
    own: own ? unitOf(own) : { id: station.id, name: station.name, beneficiaries: null, fullTime: null },
    reserve: {
      approvedPosts: measures.get(station.id)?.approvedPosts ?? null,
      otherStaff: roster.filter(({ employment }) => employment !== "full_time").length,
      below: below.map(({ id, people }) => ({ id, beneficiaries: people ?? 0 })),
    },
    names: below.map(({ id, name }) => ({ id, name })),
    units: rows.filter(({ level }) => scope === "/" && level === "town").map(unitOf),
  };
}
