import { OPEN_STATES } from "@muster/domain/assistance";
import { addDays, type LocalDate } from "@muster/domain/period";
import type { Purpose } from "@muster/domain/person";
import { phoneDigits } from "@muster/domain/person";
import type { PetitionState } from "@muster/domain/petition";
import {
  everOnSide,
  MOST_DAYS_BACK,
  type ReceptionAction,
  type ReceptionChannel,
  type ReceptionOutcome,
  type ReceptionPurpose,
  type ReceptionState,
  receptionSide,
  receptionStep,
  UNANSWERED,
} from "@muster/domain/reception";
import type { StationPath } from "@muster/domain/station";
import type { Keyring } from "@muster/secrets/keyring";
import type { Ancestor } from "../../schema/station";
import { newId, type ScopedTx } from "../../scope";
import { audit } from "../audit";
import { holdStation } from "../staff/row";
import { type StationRow, today } from "../stations/row";
import { type CounterOutcome, done, refused } from "./outcome";
import { openVisitor, sealVisitor } from "./sealed";
import { offered } from "./topics";

/** An entry of the counter log with what its page needs; the visitor is sealed. */
export interface ReceptionRow {
  id: string;
  stationId: number;
  stationName: string;
  path: StationPath;
  ancestors: Ancestor[];
  day: LocalDate;
  channel: ReceptionChannel;
  purpose: ReceptionPurpose;
  topic: string;
  topicZh: string;
  topicEn: string;
  recordId: string | null;
  /** Name of somebody of the archive, where the caller sees the record. */
  recordName: string | null;
  visitor: Uint8Array | null;
  visitorPhone: Uint8Array | null;
  question: string;
  answer: string;
  state: ReceptionState;
  dueOn: LocalDate | null;
  askedStationId: number | null;
  askedStationName: string | null;
  passedAt: string | null;
  passedBy: string | null;
  reply: string;
  repliedAt: string | null;
  repliedBy: string | null;
  answeredOn: LocalDate | null;
  answeredBy: string | null;
  struckReason: string | null;
  byName: string;
  createdAt: string;
  /** The petition or the case of assistance it became, and what was published of it. */
  petitionId: string | null;
  caseId: string | null;
  /** The day on which the earlier of them was made; null while there is none. */
  carriedOn: LocalDate | null;
  /** Whether one of them is still in hand. */
  inHand: boolean;
  knowledgeId: string | null;
  version: number;
}

/**
 * The columns of ReceptionRow; `r` is reception, `s` its station.
 * @param recordName the name of who stands in the archive; of `p`, where that is joined
 */
export function receptionColumns(tx: ScopedTx, recordName = tx.sql`p.name`) {
  const { cityId } = tx.scope;
  return tx.sql`
    r.id, r.station_id as "stationId", s.name as "stationName", r.path, s.ancestors, r.day, r.channel, r.purpose,
    r.topic, t.name_zh as "topicZh", t.name_en as "topicEn", r.record_id as "recordId", ${recordName} as "recordName",
    r.visitor, r.visitor_phone as "visitorPhone", r.question, r.answer, r.state, r.due_on as "dueOn",
    r.asked_station_id as "askedStationId", r.asked_station_name as "askedStationName", r.passed_at as "passedAt",
    r.passed_by as "passedBy", r.reply, r.replied_at as "repliedAt", r.replied_by as "repliedBy",
    r.answered_on as "answeredOn", r.answered_by as "answeredBy", r.struck_reason as "struckReason",
    r.by_name as "byName", r.created_at as "createdAt",
    q.id as "petitionId", a.id as "caseId", least(q.registered_on, a.applied_on) as "carriedOn",
    coalesce(q.state in (${tx.sql.unsafe(PETITIONS_IN_HAND)}), false)
      or coalesce(a.state in (${tx.sql.unsafe(CASES_IN_HAND)}), false) as "inHand",
    (select k.id from knowledge k
     where k.city_id = ${cityId} and k.reception_id = r.id and k.withdrawn_on is null) as "knowledgeId",
    r.version`;
}

/** What the columns are read from: entries with station and topic, and what carries them on. */
export function joinedTo(tx: ScopedTx) {
  const { cityId } = tx.scope;
  return tx.sql`
    join station s on s.city_id = ${cityId} and s.id = r.station_id
    join consultation_topic t on t.city_id = ${cityId} and t.code = r.topic
    left join lateral (select q.id, q.state, q.registered_on from petition q
      where q.city_id = ${cityId} and q.reception_id = r.id limit 1) q on true
    left join lateral (select a.id, a.state, a.applied_on from assistance_case a
      where a.city_id = ${cityId} and a.reception_id = r.id limit 1) a on true`;
}

const quoted = (states: readonly string[]) => states.map((state) => `'${state}'`).join(", ");
/** A petition whose reply is out, and a case that has ended, settle the entry they came out of. */
const PETITIONS_IN_HAND = quoted(["registered", "accepted"] satisfies PetitionState[]);
const CASES_IN_HAND = quoted(OPEN_STATES);

/** Entry `r` was carried on, and the petition or the case of it is still in hand. */
export function stillCarried({ sql, scope: { cityId } }: ScopedTx) {
  return sql`(r.state = 'carried' and (
    exists (select from petition q where q.city_id = ${cityId} and q.reception_id = r.id
      and q.state in (${sql.unsafe(PETITIONS_IN_HAND)}))
    or exists (select from assistance_case a where a.city_id = ${cityId} and a.reception_id = r.id
      and a.state in (${sql.unsafe(CASES_IN_HAND)}))))`;
}

/**
 * An entry of which a petition or a case of assistance was just made has nothing left to do at the counter: it is
 * settled together with what carries it on. One that was settled before stays as it was, and so does its month.
 */
export async function carryOn(tx: ScopedTx, id: string): Promise<void> {
  const { cityId } = tx.scope;
  const [entry] = await tx.sql<
    { stationId: number; path: string; state: ReceptionState; dueOn: LocalDate | null }[]
  >`
    select station_id as "stationId", path, state, due_on as "dueOn" from reception
    where city_id = ${cityId} and id = ${id} for no key update`;
  if (!entry || !(UNANSWERED as readonly ReceptionState[]).includes(entry.state)) return;
  await tx.sql`
    update reception set state = 'carried', due_on = null, version = version + 1
    where city_id = ${cityId} and id = ${id}`;
  await audit(tx, {
    action: "reception.carry",
    ...about({ id, ...entry }),
    before: { receptionState: entry.state, dueOn: entry.dueOn },
    after: { receptionState: "carried", dueOn: null },
  });
}

/** An entry in scope, or null. */
export async function findReception(tx: ScopedTx, id: string): Promise<ReceptionRow | null> {
  const [row] = await tx.sql<ReceptionRow[]>`
    select ${receptionColumns(tx)} from reception r ${joinedTo(tx)}
    left join person p on p.city_id = ${tx.scope.cityId} and p.id = r.record_id
    where r.city_id = ${tx.scope.cityId} and r.id = ${id}`;
  return row ?? null;
}

/** What the form of a new entry says. */
export interface NewReception {
  day: LocalDate;
  channel: ReceptionChannel;
  purpose: ReceptionPurpose;
  topic: string;
  /** Somebody of an archive in scope; then `visitor` and `phone` are not kept. */
  recordId: string | null;
  visitor: string;
  phone: string;
  question: string;
  answer: string;
  outcome: ReceptionOutcome;
  /** By when it is to be done; a week from now when nothing is said. */
  dueOn: LocalDate | null;
  /** Made with the form, so that sending it twice makes one entry. */
  requestKey: string;
}

/** Days that something for later has when nobody says more. */
const DAYS_TO_DO = 7;

/** Enters somebody into the log of the caller's own station. `repeated` when the same form was sent before. */
export async function logReception(
  tx: ScopedTx,
  keys: Keyring,
  said: NewReception,
): Promise<CounterOutcome<{ id: string; state: ReceptionState; repeated: boolean }>> {
  const { cityId } = tx.scope;
  const { actor, now } = tx.caller;
  const station = await holdStation(tx, actor.stationId);
  if (!station) return refused("not_found");
  if (station.closedOn !== null) return refused("station_closed");
  const on = today(tx);
  const { day, outcome } = said;
  if (day > on) return refused("day_in_future");
  if (day < addDays(on, -MOST_DAYS_BACK) || day < station.openedOn) return refused("day_too_early");
  const question = said.question.trim();
  const answer = said.answer.trim();
  if (question === "") return refused("no_text");
  if (outcome === "answered" && said.purpose === "question" && answer === "") return refused("no_answer");
  if (!(await offered(tx, said.topic))) return refused("unknown_topic");
  if (said.recordId !== null && !(await inArchive(tx, said.recordId))) return refused("unknown_person");
  const asked = outcome === "passed_up" ? above(station) : null;
  if (outcome === "passed_up" && !asked) return refused("nobody_above");
  const dueOn = outcome === "to_do" ? (said.dueOn ?? addDays(on, DAYS_TO_DO)) : null;
  if (dueOn !== null && dueOn < on) return refused("due_in_past");
  const id = newId();
  const visitor =
    said.recordId === null
      ? sealVisitor(keys, cityId, id, { name: said.visitor.trim(), phone: phoneDigits(said.phone) })
      : { visitor: null, visitorPhone: null };
  const answered = outcome === "answered";
  const added = await tx.sql`
    insert into reception (city_id, path, id, station_id, day, channel, purpose, topic, record_id, visitor,
      visitor_phone, question, answer, state, due_on, asked_station_id, asked_station_name, passed_at, passed_by,
      answered_on, answered_by, request_key, by_id, by_name, created_at)
    values (${cityId}, ${station.path}, ${id}, ${station.id}, ${day}, ${said.channel}, ${said.purpose}, ${said.topic},
      ${said.recordId}, ${visitor.visitor}, ${visitor.visitorPhone}, ${question}, ${answer}, ${outcome}, ${dueOn},
      ${asked?.id ?? null}, ${asked?.name ?? null}, ${asked ? now.toISOString() : null}, ${asked ? actor.name : null},
      ${answered ? day : null}, ${answered ? actor.name : null}, ${said.requestKey}, ${actor.userId}, ${actor.name},
      ${now.toISOString()})
    on conflict (city_id, station_id, request_key) do nothing`;
  if (added.count === 0) {
    const [first] = await tx.sql<{ id: string; state: ReceptionState }[]>`
      select id, state from reception
      where city_id = ${cityId} and station_id = ${station.id} and request_key = ${said.requestKey}`;
    return first ? done({ ...first, repeated: true }) : refused("conflict");
  }
  await audit(tx, {
    action: "reception.log",
    ...about({ id, stationId: station.id, path: station.path }),
    after: { on: day, comesBy: said.channel, receptionPurpose: said.purpose, receptionState: outcome, dueOn },
  });
  return done({ id, state: outcome, repeated: false });
}

export interface ReceptionWrite {
  id: string;
  /** The version the page was read with. */
  version: number;
  action: ReceptionAction;
  /** The answer, the reply, or why. */
  text: string;
  /** By when, of what is opened again or taken back. */
  dueOn?: LocalDate | null;
}

/** Takes one step on an entry, or says why not. */
export async function stepReception(
  tx: ScopedTx,
  input: ReceptionWrite,
): Promise<CounterOutcome<{ state: ReceptionState }>> {
  const row = await findReception(tx, input.id);
  if (!row) return refused("not_found");
  const station = await holdStation(tx, row.stationId);
  if (!station) return refused("not_found");
  const { actor, now } = tx.caller;
  const side = receptionSide(actor, row);
  const { action } = input;
  if (!everOnSide(action, side)) return refused("forbidden");
  const step = receptionStep(action, row.state, side);
  if (!step || row.version !== input.version) return refused("conflict");
  const text = input.text.trim();
  if ((action === "answer" || action === "reply") && text === "") return refused("no_answer");
  if ((action === "reopen" || action === "strike") && text === "") return refused("no_text");
  const on = today(tx);
  const asked = action === "pass_up" ? above(station) : action === "pass_on" ? beyond(row) : null;
  if ((action === "pass_up" || action === "pass_on") && !asked) return refused("nobody_above");
  const open = step.to === "to_do";
  const dueOn = open ? (input.dueOn ?? addDays(on, DAYS_TO_DO)) : null;
  if (dueOn !== null && dueOn < on) return refused("due_in_past");
  const ends = step.to === "answered";
  const replies = action === "reply";
  const at = now.toISOString();
  const { sql } = tx;
  const moved = await sql`
    update reception set state = ${step.to}, version = version + 1, due_on = ${dueOn},
      answer = case when ${action === "answer"} then ${text} else answer end,
      answered_on = ${ends ? on : null}, answered_by = ${ends ? actor.name : null},
      asked_station_id = case when ${asked !== null} then ${asked?.id ?? null}::bigint else asked_station_id end,
      asked_station_name = case when ${asked !== null} then ${asked?.name ?? null}::text else asked_station_name end,
      passed_at = case when ${asked !== null} then ${at}::timestamptz else passed_at end,
      passed_by = case when ${asked !== null} then ${actor.name}::text else passed_by end,
      reply = case when ${replies} then ${text} else reply end,
      replied_at = case when ${replies} then ${at}::timestamptz else replied_at end,
      replied_by = case when ${replies} then ${actor.name}::text else replied_by end,
      struck_reason = ${action === "strike" ? text : null}
    where city_id = ${tx.scope.cityId} and id = ${row.id} and state = ${step.from} and version = ${input.version}
    returning id`;
  if (moved.count === 0) return refused("conflict");
  await audit(tx, {
    action: `reception.${action}`,
    ...about({ id: row.id, stationId: station.id, path: station.path }),
    before: { receptionState: row.state, dueOn: row.dueOn },
    after: { receptionState: step.to, dueOn },
  });
  return done({ state: step.to });
}

/** Writes down that somebody looks at a visitor's telephone, and why. Only then is it opened. */
export async function revealVisitor(
  tx: ScopedTx,
  keys: Keyring,
  { id, purpose }: { id: string; purpose: Purpose },
): Promise<CounterOutcome<{ phone: string }>> {
  const row = await findReception(tx, id);
  if (!row) return refused("not_found");
  await audit(tx, { action: "reception.reveal", ...about(row), after: { purpose } });
  return done({ phone: openVisitor(keys, tx.scope.cityId, row).phone });
}

/** Whether somebody is in an archive that the caller sees. */
export async function inArchive(tx: ScopedTx, recordId: string): Promise<boolean> {
  const [row] = await tx.sql`select from person where city_id = ${tx.scope.cityId} and id = ${recordId}`;
  return row !== undefined;
}

/** The station above one, by name: its row lies beyond the caller's sight. */
function above(station: StationRow): { id: number; name: string } | null {
  return station.ancestors.at(-1) ?? null;
}

/** The station above the one that was asked. */
function beyond(row: ReceptionRow): { id: number; name: string } | null {
  const at = row.ancestors.findIndex(({ id }) => id === row.askedStationId);
  return at > 0 ? (row.ancestors[at - 1] ?? null) : null;
}

function about(row: { id: string; stationId: number; path: string }) {
  return { subject: "Reception", subjectId: row.id, stationId: row.stationId, path: row.path };
}

/** The only active record of this name at the caller's station, or else in their scope; null for none and for several. */
export async function recordNamed(tx: ScopedTx, name: string): Promise<string | null> {
  const rows = await tx.sql<{ id: string; here: boolean }[]>`
    select id, station_id = ${tx.caller.actor.stationId} as here from person
    where city_id = ${tx.scope.cityId} and name = ${name} and left_on is null
    order by station_id = ${tx.caller.actor.stationId} desc limit 3`;
  const here = rows.filter((row) => row.here);
  const known = here.length > 0 ? here : rows;
  return known.length === 1 ? (known[0]?.id ?? null) : null;
}
