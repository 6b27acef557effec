import {
  type Applicant,
  type AssistanceRules,
  type CaseState,
  dueOf,
  firstState,
  MOST_FEN,
} from "@muster/domain/assistance";
import { addDays, addMonths, firstDay, type LocalDate, periodOf } from "@muster/domain/period";
import { ageOn } from "@muster/domain/person";
import { within } from "@muster/domain/station";
import type { Keyring } from "@muster/secrets/keyring";
import { newId, type ScopedTx } from "../../scope";
import { audit } from "../audit";
import { markChanges } from "../change-marks";
import { findPerson } from "../people/row";
import { carryOn } from "../reception/log";
import { holdStation } from "../staff/row";
import { type StationRow, today } from "../stations/row";
import { type CaseOutcome, done, refused } from "./outcome";
import { type CaseDetails, casesOfPerson, sealDetails, sealRemark } from "./row";
import { allTypes, typesIn } from "./types";

/** Longest time for which papers may follow. */
export const MOST_DAYS_TO_FOLLOW = 60;

export interface NewCase extends CaseDetails {
  recordId: string;
  typeCode: string;
  appliedBy: Applicant;
  /** In fen. */
  asked: number;
  /** Papers that were brought, by code. */
  received: readonly string[];
  /** By when the missing ones follow. */
  missingBy: LocalDate | null;
  /** Whoever files it knows of an earlier case of the same cause. */
  despiteEarlier: boolean;
  /** The entry of the counter log it comes out of; null for any other. */
  receptionId: string | null;
  /** Made by the form: a second tap finds the first one's case. */
  requestKey: string;
}

/**
 * Files an application for somebody of one's own archive or one below. `repeated` when the same form came before, or
 * when the entry of the counter log it comes out of became a case already.
 * The same cause within the kind's limit period is refused until it is said to be known.
 */
export async function fileCase(
  tx: ScopedTx,
  keys: Keyring,
  input: NewCase,
): Promise<CaseOutcome<{ id: string; repeated: boolean }>> {
  const { cityId } = tx.scope;
  const { actor } = tx.caller;
  const person = await findPerson(tx, input.recordId);
  if (!person) return refused("not_found");
  const station = await holdStation(tx, person.stationId);
  if (!station || !within(actor.path, station.path)) return refused("not_found");
  const [known] = await tx.sql<{ id: string }[]>`
    select id from assistance_case where city_id = ${cityId}
      and (request_key = ${input.requestKey} or reception_id = ${input.receptionId}::uuid)`;
  if (known) return done({ id: known.id, repeated: true });
  if (person.leftOn !== null) return refused("left");
  if (station.closedOn !== null) return refused("station_closed");
  if (station.parentId === null) return refused("no_reviewer");
  if (input.receptionId !== null && !(await logged(tx, input.receptionId))) return refused("not_found");
  const on = today(tx);
  const kind = typesIn(await allTypes(tx), periodOf(on)).find(({ code }) => code === input.typeCode);
  if (!kind) return refused("unknown_type");
  if (input.reason.trim() === "") return refused("no_text");
  if (!(input.asked > 0 && input.asked <= MOST_FEN)) return refused("no_amount");
  const missing = kind.materials.filter(({ code }) => !input.received.includes(code));
  const missingBy = missing.length === 0 ? null : (input.missingBy ?? papersBy(kind, on));
  if (missing.length > 0) {
    if (missingBy === null) return refused("no_date");
    if (missingBy < on) return refused("date_in_past");
    if (missingBy > addDays(on, MOST_DAYS_TO_FOLLOW)) return refused("date_too_late");
  }
  if (!input.despiteEarlier) {
    const since = repeatSince(kind.repeatMonths, on);
    const earlier = (await casesOfPerson(tx, person.personId)).some(
      (each) => each.typeCode === kind.code && each.appliedOn >= since && !GONE.includes(each.state),
    );
    if (earlier) return refused("same_cause");
  }
  const id = newId();
  const year = Number(on.slice(0, 4));
  const state = firstState(kind);
  const [category] = await tx.sql<{ code: string }[]>`
    select min(code) as code from person_category where city_id = ${cityId} and record_id = ${person.id}
      and valid_from <= ${on} and (valid_to is null or valid_to > ${on})`;
  const key = { cityId, path: station.path, stationId: station.id };
  await tx.sql`
    insert into assistance_case (city_id, path, station_id, id, year, number, record_id, person_id, age, category,
      type_code, type_from, counts_in, applied_on, applied_by, details, asked, state, state_since, due_on, reception_id, request_key)
    select ${cityId}, ${station.path}, ${station.id}, ${id}, ${year}, coalesce(max(k.number), 0) + 1, ${person.id},
      ${person.personId}, ${ageOn(person.bornOn, on)}, ${category?.code ?? null}, ${kind.code}, ${kind.validFrom},
      ${kind.countsIn}, ${on}::date, ${input.appliedBy},
      ${sealDetails(keys, cityId, id, { reason: input.reason.trim(), household: input.household })}, ${input.asked},
      ${state}, ${on}::date, ${dueOf(state, on, kind)}::date, ${input.receptionId}::uuid,
      ${input.requestKey}::uuid
    from assistance_case k
    where k.city_id = ${cityId} and k.station_id = ${station.id} and k.year = ${year}`;
  for (const [sort, { code }] of kind.materials.entries()) {
    const received = input.received.includes(code);
    await tx.sql`
      insert into assistance_material (city_id, path, station_id, case_id, code, sort, received_on, due_on)
      values (${cityId}, ${key.path}, ${key.stationId}, ${id}, ${code}, ${sort}, ${received ? on : null},
        ${received ? null : missingBy})`;
  }
  if (input.receptionId !== null) await carryOn(tx, input.receptionId);
  await recordCase(tx, keys, { caseId: id, station, action: "apply", from: null, to: state, waited: 0 });
  await audit(tx, {
    action: "assistance.apply",
    subject: "Assistance",
    subjectId: id,
    stationId: station.id,
    path: station.path,
    after: {
      caseState: state,
      assistanceType: kind.name.zh,
      askedFor: input.asked,
      missing: missing.length,
    },
  });
  return done({ id, repeated: false });
}

/** Whether an entry of the counter log is in scope and was not struck out. Held, so that it becomes one case. */
async function logged(tx: ScopedTx, id: string): Promise<boolean> {
  const [row] = await tx.sql`
    select from reception where city_id = ${tx.scope.cityId} and id = ${id} and state <> 'void' for no key update`;
  return row !== undefined;
}

const GONE: readonly CaseState[] = ["withdrawn", "refused", "upheld"];

/** Applications from this day on are of the same limit period. */
export function repeatSince(months: number, on: LocalDate): LocalDate {
  const month = addMonths(periodOf(on), -months);
  // Nothing is repeated within no months.
  return months === 0 ? addDays(on, 1) : firstDay(month).slice(0, 8) + on.slice(8);
}

/** Emergency aid comes without papers; an ordinary application says when they come. */
function papersBy({ payFirst, days }: Pick<AssistanceRules, "payFirst" | "days">, on: LocalDate) {
  return payFirst ? addDays(on, days.verify) : null;
}

/** Writes a step into a case's story. */
export async function recordCase(
  tx: ScopedTx,
  keys: Keyring,
  step: {
    caseId: string;
    station: Pick<StationRow, "id" | "path">;
    action: string;
    from: CaseState | null;
    to: CaseState;
    waited: number;
    amount?: number | null;
    remark?: string;
  },
): Promise<void> {
  const { cityId } = tx.scope;
  const { actor, now } = tx.caller;
  const id = newId();
  const remark = sealRemark(keys, cityId, { caseId: step.caseId, id, remark: step.remark ?? "" });
  await tx.sql`
    insert into assistance_event (city_id, path, station_id, case_id, id, action, from_state, to_state, on_day, waited,
      at, by_id, by_name, by_station_name, amount, remark)
    values (${cityId}, ${step.station.path}, ${step.station.id}, ${step.caseId}, ${id}, ${step.action}, ${step.from},
      ${step.to}, ${today(tx)}, ${step.waited}, ${now.toISOString()}, ${actor.userId}, ${actor.name},
      ${actor.stationName}, ${step.amount ?? null}, ${remark})`;
  await markChanges(tx, "cases", [step.station.id]);
}
