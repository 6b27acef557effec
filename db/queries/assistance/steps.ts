import {
  barredBy,
  type CaseAction,
  type CaseState,
  caseSides,
  caseStep,
  dueOf,
  everTakes,
  limitLeft,
  MOST_FEN,
  publicityOver,
  publicUntil,
  type RefusalReason,
  SPEAKING,
} from "@muster/domain/assistance";
import { caseSubject } from "@muster/domain/evidence";
import { addDays, daysFrom, type LocalDate } from "@muster/domain/period";
import type { Keyring } from "@muster/secrets/keyring";
import type { ScopedTx } from "../../scope";
import { audit } from "../audit";
import { holdStation } from "../staff/row";
import { type StationRow, today } from "../stations/row";
import { MOST_DAYS_TO_FOLLOW, recordCase } from "./apply";
import { type CaseOutcome, done, type Refused, refused } from "./outcome";
import { type CaseRow, eventsOf, findCase, grantedIn, materialsOf } from "./row";
import { type AssistanceType, typeOfCase } from "./types";

export interface CaseWrite {
  id: string;
  /** The version the page was read with. */
  version: number;
  action: CaseAction;
  text: string;
  /** Granted by an approval or an advance, in fen. */
  amount?: number | null;
  /** The day the money was paid; today when null. */
  paidOn?: LocalDate | null;
  reason?: RefusalReason | null;
}

/**
 * Takes one step on a case, or says why not: the seat, the state, four eyes, the words, what the step itself asks for,
 * in this order.
 */
export async function stepCase(
  tx: ScopedTx,
  keys: Keyring,
  input: CaseWrite,
): Promise<CaseOutcome<{ id: string; state: CaseState }>> {
  const row = await findCase(tx, input.id);
  if (!row) return refused("not_found");
  // A move that comes at the same moment is waited for: the story is written where the station stands.
  const station = await holdStation(tx, row.stationId);
  if (!station) return refused("not_found");
  if (station.parentId === null) return refused("no_reviewer");
  const { actor } = tx.caller;
  const who = {
    role: actor.role,
    sides: caseSides(actor, { stationId: station.id, reviewerId: station.parentId }),
  };
  if (!everTakes(input.action, who)) return refused("forbidden");
  const kind = await typeOfCase(tx, row.typeCode, row.typeFrom);
  const step = caseStep(input.action, row.state, who, kind.publicityDays);
  if (!step || row.version !== input.version) return refused("conflict");
  const barred = barredBy(step, actor.userId, await eventsOf(tx, row.id));
  if (barred) return refused("own_step", { by: barred });
  const text = input.text.trim();
  if (text === "" && SPEAKING.includes(input.action)) return refused("no_text");
  if (input.action === "refuse" && !input.reason) return refused("no_reason");
  const asks = await demandsOf(tx, row, kind, input);
  if (!asks.ok) return asks;
  const { amount, paidOn } = asks.value;
  const on = today(tx);
  const published = step.to === "publicity";
  const refuses = input.action === "refuse";
  const moved = await tx.sql`
    update assistance_case set state = ${step.to}, state_since = ${on}, due_on = ${dueOf(step.to, on, kind)},
      version = version + 1,
      approved = case when ${amount !== null} then ${amount}::bigint else approved end,
      paid = case when ${paidOn !== null} then coalesce(${amount}::bigint, approved) else paid end,
      paid_on = case when ${paidOn !== null} then ${paidOn}::date else paid_on end,
      public_from = case when ${published} then ${on}::date else public_from end,
      public_until = case when ${published} then ${publicUntil(on, kind.publicityDays)}::date else public_until end,
      refusal = case when ${refuses} then ${input.reason ?? null}::text
        when ${input.action === "reopen"} then null else refusal end
    where city_id = ${tx.scope.cityId} and id = ${row.id} and state = ${step.from} and version = ${input.version}
    returning id`;
  if (moved.count === 0) return refused("conflict");
  const money = amount ?? (paidOn === null ? null : row.approved);
  await recordCase(tx, keys, {
    caseId: row.id,
    station,
    action: step.action,
    from: step.from,
    to: step.to,
    waited: Math.max(0, daysFrom(row.stateSince, on)),
    amount: money,
    remark: text,
  });
  await audit(tx, {
    action: `assistance.${step.action}`,
    ...aboutCase(row, station),
    before: { caseState: row.state },
    after: {
      caseState: step.to,
      ...(money === null ? {} : { amount: money }),
      ...(paidOn === null ? {} : { paidOn }),
      ...(refuses ? { refusal: input.reason } : {}),
    },
  });
  return done({ id: row.id, state: step.to });
}

/** What a step asks of the case and of its form: papers, photos, days, money. */
async function demandsOf(
  tx: ScopedTx,
  row: CaseRow,
  kind: AssistanceType,
  input: CaseWrite,
): Promise<CaseOutcome<{ amount: number | null; paidOn: LocalDate | null }>> {
  const on = today(tx);
  const nothing = done({ amount: null, paidOn: null });
  switch (input.action) {
    case "verify":
      return (await photosOf(tx, row.id)) > 0 ? nothing : refused("no_photo");
    case "pass": {
      // What was promised may still come; what is past its day has to be there.
      const late = (await materialsOf(tx, row.id)).some(
        ({ receivedOn, dueOn }) => receivedOn === null && (dueOn === null || dueOn < on),
      );
      return late ? refused("materials_missing") : nothing;
    }
    case "clear":
      return publicityOver(row.publicUntil, on) ? nothing : refused("publicity_running");
    case "complete":
      return (await papersMissing(tx, row.id)) ? refused("materials_missing") : nothing;
    case "approve": {
      if (await papersMissing(tx, row.id)) return refused("materials_missing");
      return granted(tx, row, kind, input.amount ?? null, null);
    }
    case "advance":
      return granted(tx, row, kind, input.amount ?? null, on);
    case "pay": {
      const paidOn = input.paidOn ?? on;
      if (paidOn > on) return refused("paid_in_future");
      if (paidOn < row.stateSince) return refused("paid_before_approval");
      return done({ amount: null, paidOn });
    }
    default:
      return nothing;
  }
}

/** An amount within what is left of the person's yearly limit. Two grants to one person come one after the other. */
async function granted(
  tx: ScopedTx,
  row: CaseRow,
  kind: AssistanceType,
  amount: number | null,
  paidOn: LocalDate | null,
): Promise<CaseOutcome<{ amount: number; paidOn: LocalDate | null }>> {
  if (amount === null || !(amount > 0 && amount <= MOST_FEN)) return refused("no_amount");
  await tx.sql`select pg_advisory_xact_lock(hashtextextended(${row.personId}, ${tx.scope.cityId}))`;
  const year = Number(today(tx).slice(0, 4));
  const before = await grantedIn(tx, {
    personId: row.personId,
    typeCode: row.typeCode,
    year,
    except: row.id,
  });
  const left = limitLeft(kind.yearlyLimit, before);
  if (left !== null && amount > left) return overLimit(left);
  return done({ amount, paidOn });
}

function overLimit(left: number): Refused {
  return refused("over_limit", { params: { left: left / 100 } });
}

async function photosOf(tx: ScopedTx, id: string): Promise<number> {
  const { kind, id: subject } = caseSubject(id);
  const [row] = await tx.sql<{ photos: number }[]>`
    select count(*)::int as photos from evidence where city_id = ${tx.scope.cityId} and subject_kind = ${kind}
      and subject_id = ${subject} and kind = 'image' and removed_at is null`;
  return row?.photos ?? 0;
}

async function papersMissing(tx: ScopedTx, id: string): Promise<boolean> {
  return (await materialsOf(tx, id)).some(({ receivedOn }) => receivedOn === null);
}

/** States in which papers are still taken. */
export const TAKES_PAPERS: readonly CaseState[] = [
  "verify",
  "second_check",
  "review",
  "publicity",
  "approval",
  "advance",
  "papers",
];

/** Ticks the papers that are there, and says by when the others follow. */
export async function tickMaterials(
  tx: ScopedTx,
  {
    id,
    version,
    received,
    missingBy,
  }: { id: string; version: number; received: readonly string[]; missingBy: LocalDate | null },
): Promise<CaseOutcome<{ id: string }>> {
  const row = await findCase(tx, id);
  if (!row) return refused("not_found");
  const station = await holdStation(tx, row.stationId);
  if (!station) return refused("not_found");
  if (!TAKES_PAPERS.includes(row.state) || row.version !== version) return refused("conflict");
  const on = today(tx);
  const known = await materialsOf(tx, id);
  const missing = known.filter(({ code }) => !received.includes(code));
  if (missing.length > 0) {
    if (missingBy === null) return refused("no_date");
    if (missingBy < on) return refused("date_in_past");
    if (missingBy > addDays(on, MOST_DAYS_TO_FOLLOW)) return refused("date_too_late");
  }
  const { cityId } = tx.scope;
  const moved = await tx.sql`
    update assistance_case set version = version + 1
    where city_id = ${cityId} and id = ${id} and version = ${version} and state = ${row.state} returning id`;
  if (moved.count === 0) return refused("conflict");
  const ticked = [...received];
  await tx.sql`
    update assistance_material set
      received_on = case when code = any(${ticked}) then coalesce(received_on, ${on}::date) end,
      due_on = case when code = any(${ticked}) then null else ${missingBy}::date end
    where city_id = ${cityId} and case_id = ${id}`;
  await audit(tx, {
    action: "assistance.materials",
    ...aboutCase(row, station),
    before: { missing: known.filter(({ receivedOn }) => receivedOn === null).length },
    after: { missing: missing.length, dueOn: missing.length > 0 ? missingBy : null },
  });
  return done({ id });
}

/** The subject of an audit entry on a case. Whom it is for stands in none. */
function aboutCase(row: Pick<CaseRow, "id">, station: Pick<StationRow, "id" | "path">) {
  return { subject: "Assistance", subjectId: row.id, stationId: station.id, path: station.path };
}
