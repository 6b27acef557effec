import type { LocalDate } from "@muster/domain/period";
import type { Education, Employment } from "@muster/domain/staff";
import { type StationPath, subtreeEnd } from "@muster/domain/station";
import type { ScopedTx } from "../../scope";
import { findStation, type StationRow, today } from "../stations/row";
import { done, refused, type StaffOutcome } from "./outcome";

/** What is known of a member of the staff from a day on. */
export interface StaffDetails {
  name: string;
  post: string;
  employment: Employment;
  /** Leads the station. */
  head: boolean;
  /** Secretary of the Party branch. */
  secretary: boolean;
  veteran: boolean;
  phone: string;
  education: Education;
}

/** One stretch of somebody's service at a station. */
export interface StaffTerm extends StaffDetails {
  id: string;
  stationId: number;
  staffId: string;
  path: StationPath;
  validFrom: LocalDate;
  /** First day on which it no longer holds; null while it does. */
  validTo: LocalDate | null;
  version: number;
}

/** The columns of StaffTerm; `f` is staff. */
export function staffColumns(tx: ScopedTx) {
  return tx.sql`
    f.id, f.station_id as "stationId", f.staff_id as "staffId", f.path, f.name, f.post, f.employment, f.head,
    f.secretary, f.veteran, f.phone, f.education, f.valid_from as "validFrom", f.valid_to as "validTo", f.version`;
}

/** Whether row `alias` of a dated table holds on a day. */
export function holdsOn(tx: ScopedTx, alias: string, day: LocalDate) {
  const row = tx.sql(alias);
  return tx.sql`(${row}.valid_from <= ${day} and (${row}.valid_to is null or ${row}.valid_to > ${day}))`;
}

/** The heads of a station first, then full-time staff, then the others by name. */
export function staffOrder(tx: ScopedTx) {
  return tx.sql`f.head desc,
    case f.employment when 'full_time' then 0 when 'part_time' then 1 else 2 end, f.name, f.staff_id`;
}

/** Who serves at one station on a day. */
export async function rosterOn(tx: ScopedTx, stationId: number, day: LocalDate): Promise<StaffTerm[]> {
  const rows = await tx.sql<StaffTerm[]>`
    select ${staffColumns(tx)} from staff f
    where f.city_id = ${tx.scope.cityId} and f.station_id = ${stationId} and ${holdsOn(tx, "f", day)}
    order by ${staffOrder(tx)}`;
  return [...rows];
}

/** A line of the rosters of a subtree. */
export interface RosterLine extends StaffTerm {
  stationName: string;
}

/** Who serves in the subtree of a path on a day, at most `limit` of them, station by station. */
export async function rostersBelow(
  tx: ScopedTx,
  path: StationPath,
  day: LocalDate,
  limit: number,
): Promise<RosterLine[]> {
  const rows = await tx.sql<RosterLine[]>`
    select ${staffColumns(tx)}, s.name as "stationName" from staff f
    join station s on s.city_id = f.city_id and s.id = f.station_id
    where f.city_id = ${tx.scope.cityId} and f.path >= ${path} and f.path < ${subtreeEnd(path)}
      and ${holdsOn(tx, "f", day)}
    order by length(s.path) - length(replace(s.path, '/', '')), s.sort, s.id, ${staffOrder(tx)}
    limit ${limit}`;
  return [...rows];
}

/** Everything that is known of one person at a station, latest first; empty when they are not there. */
export async function termsOf(tx: ScopedTx, stationId: number, staffId: string): Promise<StaffTerm[]> {
  const rows = await tx.sql<StaffTerm[]>`
    select ${staffColumns(tx)} from staff f
    where f.city_id = ${tx.scope.cityId} and f.station_id = ${stationId} and f.staff_id = ${staffId}
    order by f.valid_from desc`;
  return [...rows];
}

/**
 * The station whose register is to be changed, held so that two who write at the same moment see each other's rows.
 */
export async function holdStation(tx: ScopedTx, stationId: number): Promise<StationRow | null> {
  await tx.sql`
    select from station where city_id = ${tx.scope.cityId} and id = ${stationId} for no key update`;
  return findStation(tx, stationId);
}

/** A station that may be written about on a day. */
export async function openFor(
  tx: ScopedTx,
  stationId: number,
  on: LocalDate,
): Promise<StaffOutcome<StationRow>> {
  const station = await holdStation(tx, stationId);
  if (!station) return refused("not_found");
  if (on > today(tx)) return refused("date_in_future");
  if (on < station.openedOn) return refused("date_before_opening", { openedOn: station.openedOn });
  if (station.closedOn && on >= station.closedOn) return refused("station_closed");
  return done(station);
}
