import { addDays, type LocalDate } from "@muster/domain/period";
import { type Purpose, phoneDigits } from "@muster/domain/person";
import {
  decidesOwnRequest,
  everOfSides,
  LIMIT_BOUNDS,
  limitsOn,
  MOST_REPRESENTATIVES,
  type PetitionAction,
  type PetitionChannel,
  type PetitionState,
  petitionSides,
  petitionStep,
  reviewOpenUntil,
} from "@muster/domain/petition";
import type { Keyring } from "@muster/secrets/keyring";
import { newId, type ScopedTx } from "../../scope";
import { audit } from "../audit";
import { carryOn, inArchive } from "../reception/log";
import { type CounterOutcome, type CounterRefusal, done, refused } from "../reception/outcome";
import { type Petitioner, sealPetitioner } from "../reception/sealed";
import { offered } from "../reception/topics";
import { holdStation } from "../staff/row";
import { type StationRow, today } from "../stations/row";
import { limitsOf } from "./limits";
import { findPetition, leadersOf, type PetitionRow, petitionersOf, reviewing } from "./read";

/** What the form of a new petition says. */
export interface NewPetition {
  channel: PetitionChannel;
  topic: string;
  subject: string;
  body: string;
  receivedOn: LocalDate;
  /** How many petition together. */
  people: number;
  /** Who petitions, or speaks for the others; the first one receives the papers. */
  petitioners: readonly Omit<Petitioner, "place">[];
  backlog: boolean;
  /** Days for handling that the assigning authority has set; null where the city's limits hold. */
  ownDays: number | null;
  receptionId: string | null;
  requestKey: string;
}

/** How long ago a petition may have come in: those already in hand are entered when a station begins. */
const MOST_DAYS_AGO = 3 * 366;

/** Registers a petition at the caller's own station. `repeated` when the same form was sent before. */
export async function registerPetition(
  tx: ScopedTx,
  keys: Keyring,
  said: NewPetition,
): Promise<CounterOutcome<{ id: string; repeated: boolean }>> {
  const { cityId } = tx.scope;
  const { actor } = tx.caller;
  const station = await holdStation(tx, actor.stationId);
  if (!station) return refused("not_found");
  if (station.closedOn !== null) return refused("station_closed");
  const on = today(tx);
  const wrong = await wrongIn(tx, said, on);
  if (wrong) return refused(wrong);
  const id = newId();
  const year = Number(on.slice(0, 4));
  const added = await tx.sql`
    insert into petition (city_id, path, id, station_id, year, number, channel, topic, subject, body, people, backlog,
      own_days, reception_id, state, received_on, registered_on, request_key, by_name)
    select ${cityId}, ${station.path}, ${id}, ${station.id}, ${year}, coalesce(max(number), 0) + 1, ${said.channel},
      ${said.topic}, ${said.subject.trim()}, ${said.body.trim()}, ${said.people}, ${said.backlog}, ${said.ownDays},
      ${said.receptionId}, 'registered', ${said.receivedOn}, ${on}, ${said.requestKey}, ${actor.name}
    from petition where city_id = ${cityId} and station_id = ${station.id} and year = ${year}
    on conflict do nothing`;
  if (added.count === 0) return alreadyThere(tx, said, station.id);
  for (const [place, petitioner] of said.petitioners.entries()) {
    const row = sealPetitioner(keys, cityId, id, {
      ...petitioner,
      place,
      name: petitioner.name.trim(),
      phone: phoneDigits(petitioner.phone),
      address: petitioner.address.trim(),
    });
    await tx.sql`
      insert into petition_petitioner (city_id, path, station_id, petition_id, place, record_id, name, phone, address)
      values (${cityId}, ${station.path}, ${station.id}, ${id}, ${place}, ${row.recordId}, ${row.name}, ${row.phone},
        ${row.address})`;
  }
  if (said.receptionId !== null) await carryOn(tx, said.receptionId);
  await record(
    tx,
    { id, station },
    { action: "register", from: null, to: "registered", onDay: on, body: "" },
  );
  await audit(tx, {
    action: "petition.register",
    ...about(station, id),
    after: {
      on: said.receivedOn,
      comesBy: said.channel,
      petitionState: "registered",
      backlog: said.backlog,
      people: said.people,
    },
  });
  return done({ id, repeated: false });
}

async function wrongIn(tx: ScopedTx, said: NewPetition, on: LocalDate): Promise<CounterRefusal | null> {
  if (said.receivedOn > on) return "day_in_future";
  if (said.receivedOn < addDays(on, -MOST_DAYS_AGO)) return "day_too_early";
  if (said.subject.trim() === "" || said.body.trim() === "") return "no_text";
  if (said.petitioners.length === 0 || said.petitioners.some(({ name }) => name.trim() === ""))
    return "no_petitioner";
  if (said.petitioners.length > MOST_REPRESENTATIVES) return "too_many_petitioners";
  if (said.people < said.petitioners.length) return "too_few_people";
  if (said.ownDays !== null && !(said.ownDays >= LIMIT_BOUNDS.least && said.ownDays <= LIMIT_BOUNDS.most))
    return "too_many_days";
  if (!(await offered(tx, said.topic))) return "unknown_topic";
  for (const { recordId } of said.petitioners)
    if (recordId !== null && !(await inArchive(tx, recordId))) return "unknown_person";
  if (said.receptionId !== null) {
    const [entry] = await tx.sql`
      select from reception where city_id = ${tx.scope.cityId} and id = ${said.receptionId}
        and station_id = ${tx.caller.actor.stationId}`;
    if (!entry) return "not_found";
  }
  return null;
}

/** The petition that the same form, or the same entry of the counter log, made before. */
async function alreadyThere(
  tx: ScopedTx,
  { requestKey, receptionId }: NewPetition,
  stationId: number,
): Promise<CounterOutcome<{ id: string; repeated: boolean }>> {
  const [row] = await tx.sql<{ id: string }[]>`
    select id from petition where city_id = ${tx.scope.cityId} and station_id = ${stationId}
      and (request_key = ${requestKey} or reception_id = ${receptionId}::uuid)`;
  return row ? done({ id: row.id, repeated: true }) : refused("conflict");
}

export interface PetitionWrite {
  id: string;
  /** The version the page was read with. */
  version: number;
  action: PetitionAction;
  /** What was done, decided or found, or why. */
  text: string;
  /** The day it happened; today when nothing is said. */
  on?: LocalDate | null;
  /** Days asked for. */
  days?: number;
  /** Who leads the case. */
  leaderId?: string;
  /** Whether it is a dispute of long standing. */
  backlog?: boolean;
}

/** Steps that say something: without words they say nothing. */
const SPEAKING: readonly PetitionAction[] = [
  "refer",
  "refuse",
  "withdraw",
  "record",
  "ask_time",
  "deny_time",
  "reply",
  "follow_up",
  "ask_review",
  "answer_review",
  "ask_final",
  "answer_final",
  "urge",
];

/** Takes one step on a petition, or says why not: the side, four eyes, the state, the words, the day, in this order. */
export async function stepPetition(
  tx: ScopedTx,
  input: PetitionWrite,
): Promise<CounterOutcome<{ state: PetitionState; version: number }>> {
  const row = await findPetition(tx, input.id);
  if (!row) return refused("not_found");
  // A move that comes at the same moment is waited for: the story is written where the station stands.
  const station = await holdStation(tx, row.stationId);
  if (!station) return refused("not_found");
  const { actor } = tx.caller;
  const { action } = input;
  const sides = petitionSides(actor, { ...row, path: station.path, ...reviewing(row) });
  if (!everOfSides(action, sides)) return refused("forbidden");
  if (decidesOwnRequest(action, actor, row)) return refused("own_request");
  const step = petitionStep(action, row.state, sides);
  if (!step || row.version !== input.version) return refused("conflict");
  const text = input.text.trim();
  if (text === "" && SPEAKING.includes(action)) return refused("no_text");
  const limits = await limitsOf(tx);
  const onDay = input.on ?? today(tx);
  const last = lastDayOf(row);
  if (onDay > today(tx)) return refused("day_in_future");
  if (onDay < last) return refused("day_before_last");
  const { sql } = tx;
  const set = [sql`state = ${step.to}`, sql`version = version + 1`];
  let days: number | null = null;
  const before: Record<string, unknown> = { petitionState: row.state };
  const after: Record<string, unknown> = { petitionState: step.to, on: onDay };
  switch (action) {
    case "accept":
      set.push(sql`accepted_on = ${onDay}`);
      break;
    case "lead": {
      const leader = (await leadersOf(tx, row.stationId)).find(({ userId }) => userId === input.leaderId);
      if (!leader) return refused("unknown_leader");
      set.push(sql`leader_id = ${leader.userId}`, sql`leader_name = ${leader.name}`);
      break;
    }
    case "flag":
      set.push(sql`backlog = ${input.backlog ?? false}`);
      before.backlog = row.backlog;
      after.backlog = input.backlog ?? false;
      break;
    case "ask_time": {
      days = input.days ?? 0;
      if (row.extendedDays > 0) return refused("already_extended");
      const most = limitsOn(limits, row.acceptedOn ?? onDay).extend;
      if (!Number.isInteger(days) || days < 1 || days > most) return refused("too_many_days");
      set.push(sql`time_asked_days = ${days}`, sql`time_asked_by_id = ${actor.userId}`);
      after.days = days;
      break;
    }
    case "grant_time":
    case "deny_time":
      if (row.timeAskedDays === null) return refused("nothing_asked");
      days = row.timeAskedDays;
      set.push(sql`time_asked_days = null`, sql`time_asked_by_id = null`);
      if (action === "grant_time") {
        set.push(sql`extended_days = ${days}`, sql`extended_on = ${today(tx)}`);
        after.days = days;
      }
      break;
    case "reply":
      set.push(sql`closed_on = ${onDay}`, sql`time_asked_days = null`, sql`time_asked_by_id = null`);
      break;
    case "withdraw":
      if (row.acceptedOn !== null) set.push(sql`closed_on = ${onDay}`);
      set.push(sql`time_asked_days = null`, sql`time_asked_by_id = null`);
      break;
    case "ask_review":
    case "ask_final": {
      const until = reviewOpenUntil(row, limits);
      if (until === null || onDay > until) return refused("too_late_to_ask");
      set.push(action === "ask_review" ? sql`review_asked_on = ${onDay}` : sql`final_asked_on = ${onDay}`);
      break;
    }
    case "answer_review":
      set.push(sql`review_answered_on = ${onDay}`);
      break;
    case "answer_final":
      set.push(sql`final_answered_on = ${onDay}`);
      break;
    case "refer":
    case "refuse":
    case "record":
    case "follow_up":
    case "archive":
    case "urge":
      break;
  }
  const moved = await sql`
    update petition set ${set.reduce((all, one) => sql`${all}, ${one}`)}
    where city_id = ${tx.scope.cityId} and id = ${row.id} and state = ${step.from} and version = ${input.version}
    returning id`;
  if (moved.count === 0) return refused("conflict");
  await record(
    tx,
    { id: row.id, station },
    { action, from: step.from, to: step.to, onDay, body: text, days },
  );
  await audit(tx, { action: `petition.${action}`, ...about(station, row.id), before, after });
  return done({ state: step.to, version: row.version + 1 });
}

/** The day of the last step that moved the petition; what is told of it happened on that day or later. */
function lastDayOf(row: PetitionRow): LocalDate {
  const days = [
    row.receivedOn,
    row.acceptedOn,
    row.closedOn,
    row.reviewAskedOn,
    row.reviewAnsweredOn,
    row.finalAskedOn,
    row.finalAnsweredOn,
  ];
  return days.reduce<LocalDate>(
    (latest, day) => (day !== null && day > latest ? day : latest),
    row.receivedOn,
  );
}

/** Writes down that somebody looks at telephones and addresses, and why. Only then are they opened. */
export async function revealPetitioners(
  tx: ScopedTx,
  keys: Keyring,
  { id, purpose }: { id: string; purpose: Purpose },
): Promise<CounterOutcome<Petitioner[]>> {
  const row = await findPetition(tx, id);
  if (!row) return refused("not_found");
  await audit(tx, {
    action: "petition.reveal",
    ...about({ id: row.stationId, path: row.path }, id),
    after: { purpose },
  });
  return done(await petitionersOf(tx, keys, id));
}

function record(
  tx: ScopedTx,
  { id, station }: { id: string; station: StationRow },
  event: {
    action: "register" | PetitionAction;
    from: PetitionState | null;
    to: PetitionState;
    onDay: LocalDate;
    body: string;
    days?: number | null;
  },
) {
  const { actor, now } = tx.caller;
  return tx.sql`
    insert into petition_event (city_id, path, id, station_id, petition_id, action, from_state, to_state, on_day, days,
      at, by_id, by_name, by_station_name, body)
    values (${tx.scope.cityId}, ${station.path}, ${newId()}, ${station.id}, ${id}, ${event.action}, ${event.from},
      ${event.to}, ${event.onDay}, ${event.days ?? null}, ${now.toISOString()}, ${actor.userId}, ${actor.name},
      ${actor.stationName}, ${event.body})`;
}

function about(station: { id: number; path: string }, id: string) {
  return { subject: "Petition", subjectId: id, stationId: station.id, path: station.path };
}
