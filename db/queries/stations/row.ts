import { type LocalDate, localDate } from "@muster/domain/period";
import type { Kind, Level, StationPath } from "@muster/domain/station";
import type { Ancestor } from "../../schema/station";
import { newId, type ScopedTx } from "../../scope";
import { json } from "../audit";
import { refused, type StationOutcome } from "./outcome";

/** A station as it stands today. */
export interface StationRow {
  id: number;
  code: string;
  name: string;
  level: Level;
  kind: Kind;
  path: StationPath;
  parentId: number | null;
  /** From the city down to the parent. */
  ancestors: Ancestor[];
  required: boolean;
  openedOn: LocalDate;
  closedOn: LocalDate | null;
  /** Its opening, or the last reopening. */
  openSince: LocalDate;
  mergedInto: number | null;
  address: string;
  phone: string;
  version: number;
}

export type StationEventKind = "open" | "close" | "reopen" | "rename" | "move" | "merge" | "edit";

/** The day of the request in the city. */
export function today(tx: ScopedTx): LocalDate {
  return localDate(tx.caller.now);
}

/** The columns of StationRow; `s` is the station. */
export function stationColumns(tx: ScopedTx) {
  return tx.sql`
    s.id, s.code, s.name, s.level, s.kind, s.path, s.parent_id as "parentId", s.ancestors, s.required,
    s.opened_on as "openedOn", s.closed_on as "closedOn", ${openSince(tx)} as "openSince", s.merged_into as "mergedInto", s.address, s.phone, s.version`;
}

/** Since when station `s` has been standing, or stood when it was closed. */
export function openSince(tx: ScopedTx) {
  return tx.sql`coalesce(upper(s.closed_spans), s.opened_on)`;
}

/** Whether station `s` stood on a day, past closures that ended included. */
export function stoodOn(tx: ScopedTx, day: LocalDate) {
  return tx.sql`(s.opened_on <= ${day} and (s.closed_on is null or s.closed_on > ${day})
    and not s.closed_spans @> ${day}::date)`;
}

/** A station in scope, or null: not there and not yours are the same. */
export async function findStation(tx: ScopedTx, id: number): Promise<StationRow | null> {
  const [row] = await tx.sql<StationRow[]>`
    select ${stationColumns(tx)} from station s where s.city_id = ${tx.scope.cityId} and s.id = ${id}`;
  return row ?? null;
}

/**
 * One change of the hierarchy at a time in a city: two moves that pass each other's checks could otherwise make a
 * cycle, and take the same roll-ups in opposite order. Held until the end of the transaction.
 */
export async function lockHierarchy(tx: ScopedTx): Promise<void> {
  await tx.sql`select pg_advisory_xact_lock(hashtextextended('hierarchy', ${tx.scope.cityId}))`;
}

/** Refuses a day that has not come, or one before `since`: a station's opening or, where it has to stand, openSince. */
export function refuseDay(
  tx: ScopedTx,
  on: LocalDate,
  since: LocalDate,
): Extract<StationOutcome<never>, { ok: false }> | null {
  if (on > today(tx)) return refused("date_in_future");
  if (on < since) return refused("date_before_opening", { openedOn: since });
  return null;
}

/** Writes what happened to a station into its history, dated by the day it took effect. */
export async function recordEvent(
  tx: ScopedTx,
  station: { id: number; path: string },
  kind: StationEventKind,
  effectiveOn: LocalDate,
  details: Record<string, unknown>,
): Promise<void> {
  await tx.sql`
    insert into station_event (city_id, path, id, station_id, kind, effective_on, details, at, by_name)
    values (${tx.scope.cityId}, ${station.path}, ${newId()}, ${station.id}, ${kind}, ${effectiveOn},
      ${json(details)}::jsonb, ${tx.caller.now.toISOString()}, ${tx.caller.actor.name})`;
}
