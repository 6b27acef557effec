import type { LocalDate } from "@muster/domain/period";
import { within } from "@muster/domain/station";
import { newId, type ScopedTx } from "../../scope";
import { audit, json } from "../audit";
import { standByRoster } from "../standings/roster";
import { findStation, today } from "../stations/row";
import { done, refused, type StaffOutcome } from "./outcome";
import { aboutStaff } from "./roster";
import { openFor, type RosterLine, rostersBelow } from "./row";

export interface TrainingDetails {
  subject: string;
  heldOn: LocalDate;
  /** Class hours. */
  hours: number;
  batch: string;
}

/** A training as its station keeps it. */
export interface Training extends TrainingDetails {
  id: string;
  stationId: number;
  /** Why it does not count; null while it does. */
  cancelledReason: string | null;
  /** Who attended, as far as the reader may see. */
  attended: number;
  version: number;
}

/** A training that some of a station's own people attended, whoever held it. */
export interface AttendedTraining extends TrainingDetails {
  trainingId: string;
  people: number;
}

function trainingColumns(tx: ScopedTx) {
  return tx.sql`
    t.id, t.station_id as "stationId", t.subject, t.held_on as "heldOn", t.hours, t.batch,
    t.cancelled_reason as "cancelledReason", t.version,
    (select count(*)::int from training_attendance a
     where a.city_id = t.city_id and a.training_id = t.id and a.attended) as attended`;
}

/** The trainings a station held in a year, the latest first. */
export async function trainingsOf(tx: ScopedTx, stationId: number, year: number): Promise<Training[]> {
  const rows = await tx.sql<Training[]>`
    select ${trainingColumns(tx)} from training t
    where t.city_id = ${tx.scope.cityId} and t.station_id = ${stationId}
      and t.held_on between ${`${year}-01-01`} and ${`${year}-12-31`}
    order by t.held_on desc, t.id desc`;
  return [...rows];
}

/** A training of a station, or null when it is not there or not the caller's. */
export async function findTraining(tx: ScopedTx, stationId: number, id: string): Promise<Training | null> {
  const [row] = await tx.sql<Training[]>`
    select ${trainingColumns(tx)} from training t
    where t.city_id = ${tx.scope.cityId} and t.station_id = ${stationId} and t.id = ${id}`;
  return row ?? null;
}

/** A person on the roster and what they attended in a year, up to a day. */
export interface TrainedPerson {
  staffId: string;
  name: string;
  post: string;
  times: number;
  hours: number;
}

/** What each of a station's staff of a day attended that calendar year. */
export async function trainedOf(
  tx: ScopedTx,
  stationId: number,
  day: LocalDate,
): Promise<{ people: TrainedPerson[]; elsewhere: AttendedTraining[] }> {
  const { cityId } = tx.scope;
  const year = `${day.slice(0, 4)}-01-01`;
  const people = await tx.sql<TrainedPerson[]>`
    select f.staff_id as "staffId", f.name, f.post, count(a.training_id)::int as times,
      coalesce(sum(a.hours), 0)::int as hours
    from staff f
    left join training_attendance a on a.city_id = f.city_id and a.station_id = f.station_id
      and a.staff_id = f.staff_id and a.attended and a.held_on between ${year} and ${day}
    where f.city_id = ${cityId} and f.station_id = ${stationId}
      and f.valid_from <= ${day} and (f.valid_to is null or f.valid_to > ${day})
    group by f.staff_id, f.name, f.post, f.head, f.employment
    order by f.head desc, f.name`;
  const elsewhere = await tx.sql<AttendedTraining[]>`
    select a.training_id as "trainingId", a.subject, a.held_on as "heldOn", a.hours, '' as batch,
      count(*)::int as people
    from training_attendance a
    where a.city_id = ${cityId} and a.station_id = ${stationId} and a.attended
      and a.held_on between ${year} and ${day}
    group by 1, 2, 3, 4 order by 3 desc, 1`;
  return { people: [...people], elsewhere: [...elsewhere] };
}

/** Enters a training that was held. */
export async function addTraining(
  tx: ScopedTx,
  { stationId, subject, heldOn, hours, batch }: TrainingDetails & { stationId: number },
): Promise<StaffOutcome<{ id: string }>> {
  const open = await openFor(tx, stationId, heldOn);
  if (!open.ok) return open;
  const id = newId();
  await tx.sql`
    insert into training (city_id, path, id, station_id, subject, held_on, hours, batch, created_at)
    values (${tx.scope.cityId}, ${open.value.path}, ${id}, ${stationId}, ${subject}, ${heldOn}, ${hours}, ${batch},
      ${tx.caller.now.toISOString()})`;
  await audit(tx, {
    action: "training.add",
    ...about(open.value, id),
    after: { name: subject, heldOn, hours, batch },
  });
  return done({ id });
}

type Address = { stationId: number; id: string; version: number };

/** Puts right what was entered of a training; what its attendants carry of it follows. */
export async function editTraining(
  tx: ScopedTx,
  { stationId, id, version, ...next }: TrainingDetails & Address,
): Promise<StaffOutcome<{ id: string }>> {
  const open = await openFor(tx, stationId, next.heldOn);
  if (!open.ok) return open;
  const before = await findTraining(tx, stationId, id);
  if (!before) return refused("not_found");
  if (before.cancelledReason !== null) return refused("cancelled");
  const { cityId } = tx.scope;
  const changed = await tx.sql`
    update training set subject = ${next.subject}, held_on = ${next.heldOn}, hours = ${next.hours},
      batch = ${next.batch}, version = version + 1
    where city_id = ${cityId} and station_id = ${stationId} and id = ${id} and version = ${version}`;
  if (changed.count === 0) return refused("changed_meanwhile");
  await tx.sql`
    update training_attendance set subject = ${next.subject}, held_on = ${next.heldOn}, hours = ${next.hours}
    where city_id = ${cityId} and training_id = ${id}`;
  await standByRoster(tx, await stationsOf(tx, id));
  await audit(tx, {
    action: "training.edit",
    ...about(open.value, id),
    before: { name: before.subject, heldOn: before.heldOn, hours: before.hours, batch: before.batch },
    after: { name: next.subject, heldOn: next.heldOn, hours: next.hours, batch: next.batch },
  });
  return done({ id });
}

/** Says that a training does not count, and why. It stays in the register. */
export async function cancelTraining(
  tx: ScopedTx,
  { stationId, id, version, reason }: Address & { reason: string },
): Promise<StaffOutcome<{ id: string }>> {
  const open = await openFor(tx, stationId, today(tx));
  if (!open.ok) return open;
  const before = await findTraining(tx, stationId, id);
  if (!before) return refused("not_found");
  if (before.cancelledReason !== null) return refused("cancelled");
  const { cityId } = tx.scope;
  const changed = await tx.sql`
    update training set cancelled_reason = ${reason}, version = version + 1
    where city_id = ${cityId} and station_id = ${stationId} and id = ${id} and version = ${version}`;
  if (changed.count === 0) return refused("changed_meanwhile");
  await tx.sql`
    update training_attendance set attended = false where city_id = ${cityId} and training_id = ${id}`;
  await standByRoster(tx, await stationsOf(tx, id));
  await audit(tx, {
    action: "training.cancel",
    ...about(open.value, id),
    before: { name: before.subject, attended: before.attended },
    after: { name: before.subject, reason },
  });
  return done({ id });
}

/** Most people on one page of attendance: the staff of a large town's villages. */
export const MOST_ATTENDANTS = 600;

/** Somebody who served on the day of a training, and whether they attended. */
export interface Attendant
  extends Pick<RosterLine, "staffId" | "stationId" | "stationName" | "name" | "post"> {
  attended: boolean;
}

/** Who served below a station on the day of a training: its own staff and that of its subtree. */
export async function attendantsOf(
  tx: ScopedTx,
  training: Pick<Training, "id" | "heldOn">,
  belowId: number,
): Promise<Attendant[]> {
  const below = await findStation(tx, belowId);
  if (!below) return [];
  const roster = await rostersBelow(tx, below.path, training.heldOn, MOST_ATTENDANTS);
  const rows = await tx.sql<{ staffId: string; stationId: number }[]>`
    select staff_id as "staffId", station_id as "stationId" from training_attendance
    where city_id = ${tx.scope.cityId} and training_id = ${training.id} and attended`;
  const attended = new Set(rows.map(({ staffId, stationId }) => `${stationId} ${staffId}`));
  return roster.map(({ staffId, stationId, stationName, name, post }) => ({
    staffId,
    stationId,
    stationName,
    name,
    post,
    attended: attended.has(`${stationId} ${staffId}`),
  }));
}

/**
 * Says who of the staff below a station attended; the others below it did not, and nobody elsewhere is touched.
 * @param belowId a station of the subtree of the one that held the training
 */
export async function saveAttendance(
  tx: ScopedTx,
  input: Address & { belowId: number; staffIds: readonly string[] },
): Promise<StaffOutcome<{ attended: number }>> {
  const { stationId, id, version, belowId } = input;
  const open = await openFor(tx, stationId, today(tx));
  if (!open.ok) return open;
  const [training, below] = [await findTraining(tx, stationId, id), await findStation(tx, belowId)];
  if (!training || !below || !within(open.value.path, below.path)) return refused("not_found");
  if (training.cancelledReason !== null) return refused("cancelled");
  const listed = await attendantsOf(tx, training, belowId);
  const present = new Set(input.staffIds);
  const known = new Set(listed.map(({ staffId }) => staffId));
  if ([...present].some((staffId) => !known.has(staffId))) return refused("not_on_roster");
  const { cityId } = tx.scope;
  const changed = await tx.sql`
    update training set version = version + 1
    where city_id = ${cityId} and station_id = ${stationId} and id = ${id} and version = ${version}`;
  if (changed.count === 0) return refused("changed_meanwhile");
  const differing = listed.filter(({ staffId, attended }) => attended !== present.has(staffId));
  const rows = differing.map((person) => ({ ...person, attended: present.has(person.staffId) }));
  await tx.sql`
    insert into training_attendance (city_id, path, station_id, training_id, staff_id, subject, held_on, hours, attended)
    select ${cityId}, s.path, s.id, ${id}, n."staffId", ${training.subject}, ${training.heldOn}::date, ${training.hours}::int,
      n.attended
    from jsonb_to_recordset(${json(rows)}::jsonb) as n("staffId" uuid, "stationId" bigint, attended boolean)
    join station s on s.city_id = ${cityId} and s.id = n."stationId"
    on conflict (city_id, station_id, training_id, staff_id) do update set attended = excluded.attended`;
  await standByRoster(tx, [...new Set(rows.map((row) => row.stationId))]);
  const names = (attended: boolean) => rows.filter((row) => row.attended === attended).map((row) => row.name);
  await audit(tx, {
    action: "training.attendance",
    ...about(open.value, id),
    before: { name: training.subject, attended: listed.filter((person) => person.attended).length },
    after: {
      name: training.subject,
      attended: present.size,
      joined: names(true).slice(0, 50),
      struck: names(false).slice(0, 50),
    },
  });
  return done({ attended: present.size });
}

/** The stations whose people attended a training, or were taken off its list. */
async function stationsOf(tx: ScopedTx, trainingId: string): Promise<number[]> {
  const rows = await tx.sql<{ id: number }[]>`
    select distinct station_id as id from training_attendance
    where city_id = ${tx.scope.cityId} and training_id = ${trainingId}`;
  return rows.map(({ id }) => id);
}

function about(station: { id: number; path: string }, id: string) {
  return { ...aboutStaff(station, id), subject: "Training" };
}
