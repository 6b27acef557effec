import type { LocalDate } from "@muster/domain/period";
import { overlap } from "@muster/domain/staff";
import { newId, type ScopedTx } from "../../scope";
import { audit } from "../audit";
import { standByRoster } from "../standings/roster";
import type { StationRow } from "../stations/row";
import { today } from "../stations/row";
import { done, refused, type StaffOutcome } from "./outcome";
import { holdStation, openFor, type StaffDetails, type StaffTerm, staffColumns, termsOf } from "./row";

/** The subject of an audit entry on a station's staff. */
export function aboutStaff(station: Pick<StationRow, "id" | "path">, staffId: string) {
  return { subject: "Staff", subjectId: staffId, stationId: station.id, path: station.path };
}

const KEYS = ["name", "post", "employment", "head", "secretary", "veteran", "phone", "education"] as const;

function detailsOf(row: StaffDetails): StaffDetails {
  return Object.fromEntries(KEYS.map((key) => [key, row[key]])) as unknown as StaffDetails;
}

/** A person who takes up service at a station on a day. Refused while another leads it, or the same person serves. */
export async function addStaff(
  tx: ScopedTx,
  { stationId, validFrom, ...details }: StaffDetails & { stationId: number; validFrom: LocalDate },
): Promise<StaffOutcome<{ staffId: string }>> {
  const open = await openFor(tx, stationId, validFrom);
  if (!open.ok) return open;
  const staffId = newId();
  const term = { ...detailsOf(details), stationId, staffId, validFrom, validTo: null };
  const clash = await clashOf(tx, term);
  if (clash) return clash;
  await insertTerm(tx, open.value, term);
  await standByRoster(tx, [stationId]);
  await audit(tx, {
    action: "staff.add",
    ...aboutStaff(open.value, staffId),
    after: { ...detailsOf(details), validFrom },
  });
  return done({ staffId });
}

export interface StaffCorrection extends StaffDetails {
  stationId: number;
  /** The stretch that is corrected. */
  id: string;
  version: number;
  validFrom: LocalDate;
}

/**
 * Puts right what was entered wrongly: what is said now has held since that stretch began. Refused when another
 * stretch of the same person would be covered.
 */
export async function correctStaff(
  tx: ScopedTx,
  { stationId, id, version, validFrom, ...details }: StaffCorrection,
): Promise<StaffOutcome<StaffTerm>> {
  const open = await openFor(tx, stationId, validFrom);
  if (!open.ok) return open;
  const term = await findTerm(tx, stationId, id);
  if (!term) return refused("not_found");
  if (term.validTo !== null && validFrom >= term.validTo) return refused("date_before_beginning");
  const next = { ...term, ...detailsOf(details), validFrom };
  const others = (await termsOf(tx, stationId, term.staffId)).filter((other) => other.id !== id);
  if (others.some((other) => overlap(other, next))) return refused("date_before_beginning");
  const clash = await clashOf(tx, next);
  if (clash) return clash;
  const changed = await tx.sql`
    update staff set name = ${next.name}, post = ${next.post}, employment = ${next.employment}, head = ${next.head},
      secretary = ${next.secretary}, veteran = ${next.veteran}, phone = ${next.phone},
      education = ${next.education}, valid_from = ${validFrom}, version = version + 1
    where city_id = ${tx.scope.cityId} and station_id = ${stationId} and id = ${id} and version = ${version}`;
  if (changed.count === 0) return refused("changed_meanwhile");
  await standByRoster(tx, [stationId]);
  await audit(tx, {
    action: "staff.correct",
    ...aboutStaff(open.value, term.staffId),
    before: { ...detailsOf(term), validFrom: term.validFrom },
    after: { ...detailsOf(next), validFrom },
  });
  return done({ ...next, version: version + 1 });
}

/** Something that changes on a day: what held before stays in the register and is asked for earlier days. */
export async function changeStaff(
  tx: ScopedTx,
  { stationId, id, version, validFrom: on, ...details }: StaffCorrection,
): Promise<StaffOutcome<StaffTerm>> {
  const open = await openFor(tx, stationId, on);
  if (!open.ok) return open;
  const term = await findTerm(tx, stationId, id);
  if (!term) return refused("not_found");
  if (term.validTo !== null) return refused("ended");
  if (on <= term.validFrom) return refused("date_before_beginning");
  const next = { ...term, ...detailsOf(details), validFrom: on };
  if (KEYS.every((key) => next[key] === term[key])) return refused("unchanged");
  const clash = await clashOf(tx, next);
  if (clash) return clash;
  const ended = await endTerm(tx, term, on, version);
  if (!ended) return refused("changed_meanwhile");
  await insertTerm(tx, open.value, next);
  await standByRoster(tx, [stationId]);
  await audit(tx, {
    action: "staff.change",
    ...aboutStaff(open.value, term.staffId),
    before: { ...detailsOf(term), validFrom: term.validFrom },
    after: { ...detailsOf(next), validFrom: on },
  });
  return done({ ...next, version: 1 });
}

/** Ends somebody's service: `on` is the first day on which they no longer serve. Their liaison work ends with it. */
export async function endStaff(
  tx: ScopedTx,
  { stationId, id, version, on }: { stationId: number; id: string; version: number; on: LocalDate },
): Promise<StaffOutcome<StaffTerm>> {
  // A station that was closed has people whose service ends too.
  const station = await holdStation(tx, stationId);
  if (!station) return refused("not_found");
  const term = await findTerm(tx, stationId, id);
  if (!term) return refused("not_found");
  if (on > today(tx)) return refused("date_in_future");
  if (term.validTo !== null) return refused("ended");
  if (on <= term.validFrom) return refused("date_before_beginning");
  if (!(await endTerm(tx, term, on, version))) return refused("changed_meanwhile");
  await tx.sql`
    update liaison_cover set valid_to = greatest(valid_from, ${on}::date)
    where city_id = ${tx.scope.cityId} and station_id = ${stationId} and staff_id = ${term.staffId}
      and valid_to is null`;
  await standByRoster(tx, [stationId]);
  await audit(tx, {
    action: "staff.end",
    ...aboutStaff(station, term.staffId),
    before: { name: term.name, post: term.post, validFrom: term.validFrom },
    after: { name: term.name, validTo: on },
  });
  return done({ ...term, validTo: on, version: version + 1 });
}

async function findTerm(tx: ScopedTx, stationId: number, id: string): Promise<StaffTerm | null> {
  const [row] = await tx.sql<StaffTerm[]>`
    select ${staffColumns(tx)} from staff f
    where f.city_id = ${tx.scope.cityId} and f.station_id = ${stationId} and f.id = ${id}`;
  return row ?? null;
}

async function endTerm(tx: ScopedTx, term: StaffTerm, on: LocalDate, version: number): Promise<boolean> {
  const ended = await tx.sql`
    update staff set valid_to = ${on}, version = version + 1
    where city_id = ${tx.scope.cityId} and station_id = ${term.stationId} and id = ${term.id}
      and version = ${version} and valid_to is null`;
  return ended.count === 1;
}

type NewTerm = StaffDetails & Pick<StaffTerm, "staffId" | "validFrom" | "validTo">;

async function insertTerm(tx: ScopedTx, station: StationRow, term: NewTerm): Promise<void> {
  await tx.sql`
    insert into staff (city_id, path, id, station_id, staff_id, name, post, employment, head, secretary, veteran, phone,
      education, valid_from, valid_to)
    values (${tx.scope.cityId}, ${station.path}, ${newId()}, ${station.id}, ${term.staffId}, ${term.name}, ${term.post},
      ${term.employment}, ${term.head}, ${term.secretary}, ${term.veteran}, ${term.phone}, ${term.education},
      ${term.validFrom}, ${term.validTo})`;
}

/** Why a stretch does not go together with those of other people at the station, which is held. */
async function clashOf(
  tx: ScopedTx,
  term: StaffDetails & Pick<StaffTerm, "stationId" | "staffId" | "validFrom" | "validTo">,
): Promise<Extract<StaffOutcome<never>, { ok: false }> | null> {
  const others = await tx.sql<Pick<StaffTerm, "name" | "phone" | "head" | "validFrom" | "validTo">[]>`
    select f.name, f.phone, f.head, f.valid_from as "validFrom", f.valid_to as "validTo" from staff f
    where f.city_id = ${tx.scope.cityId} and f.station_id = ${term.stationId} and f.staff_id <> ${term.staffId}
      and (f.valid_to is null or f.valid_to > ${term.validFrom})`;
  const meets = others.filter((other) => overlap(other, term));
  const head = term.head && meets.find((other) => other.head);
  if (head) return refused("head_taken", { name: head.name });
  const same = meets.some((other) => other.name === term.name && other.phone === term.phone);
  return same ? refused("already_serving") : null;
}
