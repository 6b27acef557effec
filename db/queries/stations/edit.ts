import { type LocalDate, periodOf } from "@muster/domain/period";
import { allowedBelow, childPath, type Kind, type Level } from "@muster/domain/station";
import type { Ancestor } from "../../schema/station";
import type { ScopedTx } from "../../scope";
import { searchText } from "../../seed/search-text";
import { audit, json } from "../audit";
import { applyBegin, applyEnd, type MonthChange, planBegin } from "./months";
import { done, refused, type StationOutcome } from "./outcome";
import { holdReports, renameInAncestors } from "./paths";
import { findStation, lockHierarchy, recordEvent, refuseDay, type StationRow, today } from "./row";

export interface NewStation {
  parentId: number;
  /** 12-digit statistical code, or the city's own for homes and service points. Taken once in a city. */
  code: string;
  name: string;
  level: Level;
  kind: Kind;
  openedOn: LocalDate;
  required: boolean;
  address: string;
  phone: string;
}

/** The line that a station adds to the ancestry of what stands below it. */
export function ancestryBelow(station: Pick<StationRow, "id" | "name" | "level" | "ancestors">): Ancestor[] {
  return [...station.ancestors, { id: station.id, name: station.name, level: station.level }];
}

async function mayStand(
  tx: ScopedTx,
  { parentId, level, kind, openedOn }: Pick<NewStation, "parentId" | "level" | "kind" | "openedOn">,
): Promise<StationOutcome<StationRow>> {
  const parent = await findStation(tx, parentId);
  if (!parent) return refused("not_found");
  if (parent.closedOn) return refused("parent_closed");
  const fits = allowedBelow(parent.level, parent.kind).some((c) => c.level === level && c.kind === kind);
  if (!fits) return refused("not_allowed_below");
  const wrongDay = refuseDay(tx, openedOn, parent.openSince);
  return wrongDay ?? done(parent);
}

/** Which open months the new station will have to file; or why it cannot be opened so. */
export async function previewCreate(
  tx: ScopedTx,
  input: NewStation,
): Promise<StationOutcome<{ months: MonthChange[] }>> {
  const parent = await mayStand(tx, input);
  if (!parent.ok) return parent;
  if (await codeTaken(tx, input.code, 0)) return refused("code_taken");
  const station = { id: 0, name: input.name, required: input.required };
  return done({ months: await planBegin(tx, station, parent.value.id, periodOf(input.openedOn)) });
}

/**
 * Opens a station below a parent in the caller's scope. It has to file every month from its opening that the city
 * has not locked and its parent has not signed off; earlier months stay as reported.
 */
export async function createStation(tx: ScopedTx, input: NewStation): Promise<StationOutcome<StationRow>> {
  await lockHierarchy(tx);
  const parent = await mayStand(tx, input);
  if (!parent.ok) return parent;
  const { cityId } = tx.scope;
  const [number] = await tx.sql<{ id: number }[]>`select nextval('station_number') as id`;
  if (!number) throw new Error("the sequence of station numbers gave nothing");
  const path = childPath(parent.value.path, number.id);
  const added = await tx.sql`
    insert into station (city_id, path, id, code, name, level, kind, parent_id, ancestors, required, opened_on,
      address, phone, search)
    values (${cityId}, ${path}, ${number.id}, ${input.code}, ${input.name}, ${input.level}, ${input.kind},
      ${parent.value.id}, ${json(ancestryBelow(parent.value))}::jsonb, ${input.required}, ${input.openedOn},
      ${input.address}, ${input.phone}, ${searchText(input.name, input.code)})
    on conflict (city_id, code) do nothing`;
  if (added.count === 0) return refused("code_taken");
  const station = await findStation(tx, number.id);
  if (!station) throw new Error(`station ${number.id} is not there after its insertion`);
  const { name, code, level, kind, openedOn } = station;
  await recordEvent(tx, station, "open", openedOn, { name, code, parent: lineOf(parent.value) });
  await audit(tx, {
    action: "station.create",
    ...about(station),
    after: { name, code, level, kind, openedOn, parentId: parent.value.id, required: station.required },
  });
  await applyBegin(tx, station, parent.value.id, periodOf(openedOn));
  return done(station);
}

export interface StationDetails {
  stationId: number;
  /** The version the form was opened with. */
  version: number;
  code: string;
  address: string;
  phone: string;
  /** From today on: a station not required files no report. */
  required: boolean;
}

/** Changes address, phone, code and whether the station is required. Its name and place have commands of their own. */
export async function editStation(tx: ScopedTx, input: StationDetails): Promise<StationOutcome<StationRow>> {
  await lockHierarchy(tx);
  const before = await findStation(tx, input.stationId);
  if (!before) return refused("not_found");
  if (await codeTaken(tx, input.code, before.id)) return refused("code_taken");
  const changed = await tx.sql`
    update station set code = ${input.code}, address = ${input.address}, phone = ${input.phone},
      required = ${input.required}, search = ${searchText(before.name, input.code)}, version = version + 1
    where city_id = ${tx.scope.cityId} and id = ${before.id} and version = ${input.version}`;
  if (changed.count === 0) return refused("changed_meanwhile");
  const pick = ({ code, address, phone, required }: StationDetails | StationRow) => ({
    code,
    address,
    phone,
    required,
  });
  await recordEvent(tx, before, "edit", today(tx), { before: pick(before), after: pick(input) });
  await audit(tx, { action: "station.edit", ...about(before), before: pick(before), after: pick(input) });
  const after = { ...before, ...pick(input), version: input.version + 1 };
  if (before.required && !input.required) {
    await holdReports(tx, before.path);
    await applyEnd(tx, after, periodOf(today(tx)));
  }
  if (!before.required && input.required && before.parentId && !before.closedOn)
    await applyBegin(tx, after, before.parentId, periodOf(today(tx)));
  return done(after);
}

async function codeTaken(tx: ScopedTx, code: string, exceptId: number): Promise<boolean> {
  const rows = await tx.sql`
    select from station where city_id = ${tx.scope.cityId} and code = ${code} and id <> ${exceptId}`;
  return rows.length > 0;
}

export interface StationFacts {
  validFrom: LocalDate;
  fullTime: number;
  partTime: number;
  approvedPosts: number;
  veteranSecretary: boolean;
  fiveHaves: boolean;
}

/** Facts that hold from a day on, in place of what was said for that day before. */
export async function saveFacts(
  tx: ScopedTx,
  { stationId, ...facts }: StationFacts & { stationId: number },
): Promise<StationOutcome<StationFacts>> {
  const station = await findStation(tx, stationId);
  if (!station) return refused("not_found");
  const wrongDay = refuseDay(tx, facts.validFrom, station.openedOn);
  if (wrongDay) return wrongDay;
  const [before] = await tx.sql<StationFacts[]>`
    select ${factsColumns(tx)} from station_facts f
    where f.city_id = ${tx.scope.cityId} and f.station_id = ${stationId} and f.valid_from <= ${facts.validFrom}
    order by f.valid_from desc limit 1`;
  await tx.sql`
    insert into station_facts (city_id, path, station_id, valid_from, full_time, part_time, approved_posts,
      veteran_secretary, five_haves)
    values (${tx.scope.cityId}, ${station.path}, ${stationId}, ${facts.validFrom}, ${facts.fullTime}, ${facts.partTime},
      ${facts.approvedPosts}, ${facts.veteranSecretary}, ${facts.fiveHaves})
    on conflict (city_id, station_id, valid_from) do update set full_time = excluded.full_time,
      part_time = excluded.part_time, approved_posts = excluded.approved_posts,
      veteran_secretary = excluded.veteran_secretary, five_haves = excluded.five_haves`;
  await audit(tx, {
    action: "station.facts",
    ...about(station),
    before: before ? { ...before } : null,
    after: { ...facts },
  });
  return done(facts);
}

/** The columns of StationFacts; `f` is station_facts. */
export function factsColumns(tx: ScopedTx) {
  return tx.sql`
    f.valid_from as "validFrom", f.full_time as "fullTime", f.part_time as "partTime",
    f.approved_posts as "approvedPosts", f.veteran_secretary as "veteranSecretary", f.five_haves as "fiveHaves"`;
}

export interface StationPremises {
  validFrom: LocalDate;
  /** Square metres. */
  area: number;
  rooms: number;
  /** Yuan a year. */
  yearlyFunds: number;
  disclosedOn: LocalDate | null;
}

/** Premises and money as they hold from a day on, in place of what was said for that day before. */
export async function savePremises(
  tx: ScopedTx,
  { stationId, ...premises }: StationPremises & { stationId: number },
): Promise<StationOutcome<StationPremises>> {
  const station = await findStation(tx, stationId);
  if (!station) return refused("not_found");
  const wrongDay = refuseDay(tx, premises.validFrom, station.openedOn);
  if (wrongDay) return wrongDay;
  // What was put up is put up: a day to come says nothing yet.
  if (premises.disclosedOn !== null && premises.disclosedOn > today(tx))
    return refused("disclosed_in_future");
  const before = (await premisesOf(tx, stationId)).find(({ validFrom }) => validFrom <= premises.validFrom);
  await tx.sql`
    insert into station_premises (city_id, path, station_id, valid_from, area, rooms, yearly_funds, disclosed_on)
    values (${tx.scope.cityId}, ${station.path}, ${stationId}, ${premises.validFrom}, ${premises.area},
      ${premises.rooms}, ${premises.yearlyFunds}, ${premises.disclosedOn})
    on conflict (city_id, station_id, valid_from) do update set area = excluded.area, rooms = excluded.rooms,
      yearly_funds = excluded.yearly_funds, disclosed_on = excluded.disclosed_on`;
  await audit(tx, {
    action: "station.premises",
    ...about(station),
    before: before ? { ...before } : null,
    after: { ...premises },
  });
  return done(premises);
}

/** A station's premises and money, the latest first. */
export async function premisesOf(tx: ScopedTx, stationId: number): Promise<StationPremises[]> {
  const rows = await tx.sql<StationPremises[]>`
    select valid_from as "validFrom", area, rooms, yearly_funds as "yearlyFunds", disclosed_on as "disclosedOn"
    from station_premises where city_id = ${tx.scope.cityId} and station_id = ${stationId}
    order by valid_from desc`;
  return [...rows];
}

export interface Rename {
  stationId: number;
  version: number;
  name: string;
  on: LocalDate;
}

/** What a new name touches. */
export interface RenamePlan {
  station: StationRow;
  /** Stations below, whose line of ancestors shows the new name. */
  below: number;
  /** Open invitations that name the station. */
  invitations: number;
}

/** Says what a new name touches, or why the station cannot have it. */
export async function previewRename(
  tx: ScopedTx,
  { stationId, name, on }: Omit<Rename, "version">,
): Promise<StationOutcome<RenamePlan>> {
  const station = await findStation(tx, stationId);
  if (!station) return refused("not_found");
  if (station.name === name) return refused("name_unchanged");
  const wrongDay = refuseDay(tx, on, station.openedOn);
  if (wrongDay) return wrongDay;
  const [counts] = await tx.sql<{ below: number; invitations: number }[]>`
    select (select count(*) from station where city_id = ${tx.scope.cityId} and path ^@ ${station.path}
        and id <> ${stationId})::int as below,
      (select count(*) from invitation where city_id = ${tx.scope.cityId} and station_id = ${stationId}
        and accepted_at is null and revoked_at is null)::int as invitations`;
  return done({ station, below: counts?.below ?? 0, invitations: counts?.invitations ?? 0 });
}

/** Renames a station from a day on. Reports, roll-ups and codes keep their number, so nothing else changes. */
export async function renameStation(tx: ScopedTx, input: Rename): Promise<StationOutcome<RenamePlan>> {
  await lockHierarchy(tx);
  const plan = await previewRename(tx, input);
  if (!plan.ok) return plan;
  const { station } = plan.value;
  const changed = await tx.sql`
    update station set name = ${input.name}, search = ${searchText(input.name, station.code)}, version = version + 1
    where city_id = ${tx.scope.cityId} and id = ${station.id} and version = ${input.version}`;
  if (changed.count === 0) return refused("changed_meanwhile");
  await renameInAncestors(tx, station, input.name);
  await tx.sql`
    update invitation set station_name = ${input.name} where city_id = ${tx.scope.cityId}
      and station_id = ${station.id} and accepted_at is null and revoked_at is null`;
  await recordEvent(tx, station, "rename", input.on, { from: station.name, to: input.name });
  await audit(tx, {
    action: "station.rename",
    ...about(station),
    before: { name: station.name },
    after: { name: input.name, on: input.on },
  });
  return plan;
}

/** The subject of an audit entry on a station. */
export function about(station: { id: number; path: string }) {
  return { subject: "Station", subjectId: String(station.id), stationId: station.id, path: station.path };
}

/** A station as the history names it. */
export function lineOf(station: { id: number; name: string }): { id: number; name: string } {
  return { id: station.id, name: station.name };
}
