import {
  everTheirs,
  type FindingAction,
  type FindingSeverity,
  type FindingState,
  findingSides,
  findingStep,
  inspectionStep,
  judgesOwnAnswer,
  MOST_DAYS_TO_RECTIFY,
  usualDue,
} from "@muster/domain/inspection";
import { addDays, type LocalDate } from "@muster/domain/period";
import { within } from "@muster/domain/station";
import { newId, type ScopedTx } from "../../scope";
import { audit } from "../audit";
import { markChanges } from "../change-marks";
import { tell } from "../messages";
import { holdStation } from "../staff/row";
import { type StationRow, today } from "../stations/row";
import { done, type InspectionOutcome, refused } from "./outcome";
import { type FindingRow, findFinding, servesAt } from "./read";

/** What the finding is about: an item of the standards with its names of today, or anything in words. */
export interface FoundItem {
  code: string | null;
  zh: string;
  en: string;
}

export interface NewFinding {
  stationId: number;
  item: FoundItem;
  body: string;
  severity: FindingSeverity;
  /** The usual day of its severity when null. */
  dueOn: LocalDate | null;
  /** The inspection it was found in, which has to be under way and to concern the station. */
  inspectionId?: string;
  /** The assessment it comes out of. A second press of the same button finds the first one's. */
  assessment?: { year: number; round: number };
}

/** Records what was found at a station below one's own. `repeated` when an assessment's item has its finding already. */
export async function raiseFinding(
  tx: ScopedTx,
  input: NewFinding,
): Promise<InspectionOutcome<{ id: string; repeated: boolean }>> {
  const { actor } = tx.caller;
  const station = await holdStation(tx, input.stationId);
  if (!station) return refused("not_found");
  if (actor.stationId === station.id || !within(actor.path, station.path)) return refused("forbidden");
  if (await servesAt(tx, actor.userId, station.id)) return refused("forbidden");
  if (station.closedOn !== null) return refused("station_closed");
  const body = input.body.trim();
  if (body === "") return refused("no_text");
  const on = today(tx);
  const dueOn = input.dueOn ?? usualDue(input.severity, on);
  const wrong = wrongDue(dueOn, on);
  if (wrong) return refused(wrong);
  if (input.inspectionId !== undefined && !(await mayRecordIn(tx, input.inspectionId, station))) {
    return refused("conflict");
  }
  const { cityId } = tx.scope;
  if (input.assessment) {
    const [known] = await tx.sql<{ id: string }[]>`
      select id from finding where city_id = ${cityId} and station_id = ${station.id}
        and assessment_year = ${input.assessment.year} and assessment_round = ${input.assessment.round}
        and item_code = ${input.item.code} and ended_on is null`;
    if (known) return done({ id: known.id, repeated: true });
  }
  const id = newId();
  await tx.sql`
    insert into finding (city_id, path, id, station_id, by_station_id, by_station_name, inspection_id,
      assessment_year, assessment_round, item_code, item_zh, item_en, body, severity, state, opened_on, opened_by,
      opened_by_id, due_on)
    values (${cityId}, ${station.path}, ${id}, ${station.id}, ${actor.stationId}, ${actor.stationName},
      ${input.inspectionId ?? null}, ${input.assessment?.year ?? null}, ${input.assessment?.round ?? null},
      ${input.item.code}, ${input.item.zh}, ${input.item.en}, ${body}, ${input.severity}, 'open', ${on},
      ${actor.name}, ${actor.userId}, ${dueOn})`;
  if (input.inspectionId !== undefined) {
    // Whoever finds something was there.
    await tx.sql`
      update inspection_station set visited_on = ${on}, visited_by = ${actor.name}
      where city_id = ${cityId} and inspection_id = ${input.inspectionId} and station_id = ${station.id}
        and visited_on is null`;
  }
  await record(tx, { id, station }, { action: "raise", from: null, to: "open", dueOn, body });
  await tell(tx, { stationId: station.id, path: station.path }, "finding", {
    step: "raise",
    findingId: id,
    dueOn,
  });
  await audit(tx, {
    action: "finding.raise",
    ...about(station, id),
    after: {
      name: body.slice(0, 60),
      findingSeverity: input.severity,
      dueOn,
      item: input.item.code ?? undefined,
    },
  });
  return done({ id, repeated: false });
}

export interface FindingWrite {
  id: string;
  /** The version the page was read with. */
  version: number;
  action: FindingAction;
  /** Measures, what was seen, or why. */
  text: string;
  /** The new date of an extension, and of what is sent back. */
  dueOn?: LocalDate | null;
}

/** Takes one step on a finding, or says why not: the side, four eyes, the state, the words, the date, in this order. */
export async function stepFinding(tx: ScopedTx, input: FindingWrite): Promise<InspectionOutcome<FindingRow>> {
  const row = await findFinding(tx, input.id);
  if (!row) return refused("not_found");
  // A move that comes at the same moment is waited for: the story is written where the station stands.
  const station = await holdStation(tx, row.stationId);
  if (!station) return refused("not_found");
  const { actor } = tx.caller;
  const serves = await servesAt(tx, actor.userId, row.stationId);
  const sides = findingSides(actor, { ...row, path: station.path }, serves);
  if (!everTheirs(input.action, sides)) return refused("forbidden");
  if (judgesOwnAnswer(input.action, actor, row)) return refused("own_answer");
  const step = findingStep(input.action, row.state, sides);
  if (!step || row.version !== input.version) return refused("conflict");
  const text = input.text.trim();
  if (text === "") return refused("no_text");
  const on = today(tx);
  let { dueOn } = row;
  if (step.action === "extend" || step.action === "send_back") {
    dueOn = input.dueOn ?? (step.action === "send_back" ? usualDue(row.severity, on) : row.dueOn);
    const wrong = wrongDue(dueOn, on);
    if (wrong) return refused(wrong);
    if (step.action === "extend" && dueOn <= row.dueOn) return refused("due_not_later");
  }
  const answers = step.action === "answer";
  const ends = step.to === "closed" || step.to === "withdrawn";
  const moved = await tx.sql`
    update finding set state = ${step.to}, version = version + 1, due_on = ${dueOn},
      answered_at = case when ${answers} then ${tx.caller.now.toISOString()}::timestamptz else answered_at end,
      answered_by = case when ${answers} then ${actor.name}::text else answered_by end,
      answered_by_id = case when ${answers} then ${actor.userId}::uuid else answered_by_id end,
      ended_on = ${ends ? on : null}
    where city_id = ${tx.scope.cityId} and id = ${row.id} and state = ${step.from} and version = ${input.version}
    returning id`;
  if (moved.count === 0) return refused("conflict");
  await record(
    tx,
    { id: row.id, station },
    { action: step.action, from: step.from, to: step.to, dueOn, body: text },
  );
  if (!answers) {
    const to = { stationId: station.id, path: station.path };
    await tell(tx, to, "finding", { step: step.action, findingId: row.id, dueOn });
  }
  await audit(tx, {
    action: `finding.${step.action}`,
    ...about(station, row.id),
    before: { name: row.body.slice(0, 60), findingState: row.state, dueOn: row.dueOn },
    after: { name: row.body.slice(0, 60), findingState: step.to, dueOn, reason: text.slice(0, 200) },
  });
  return done({ ...row, state: step.to, dueOn, version: row.version + 1 });
}

function wrongDue(dueOn: LocalDate, on: LocalDate): "due_in_past" | "due_too_late" | null {
  if (dueOn < on) return "due_in_past";
  return dueOn > addDays(on, MOST_DAYS_TO_RECTIFY) ? "due_too_late" : null;
}

/** The inspection is the actor's station's, under way, and concerns this station. */
async function mayRecordIn(tx: ScopedTx, inspectionId: string, station: StationRow): Promise<boolean> {
  const { cityId } = tx.scope;
  const [found] = await tx.sql<{ state: "planned" | "under_way" | "concluded" | "called_off" }[]>`
    select i.state from inspection i
    join inspection_station c on c.city_id = ${cityId} and c.inspection_id = i.id and c.station_id = ${station.id}
    where i.city_id = ${cityId} and i.id = ${inspectionId} and i.station_id = ${tx.caller.actor.stationId}
    for share of i`;
  return found !== undefined && inspectionStep("visit", found.state) !== null;
}

async function record(
  tx: ScopedTx,
  { id, station }: { id: string; station: StationRow },
  event: {
    action: "raise" | FindingAction;
    from: FindingState | null;
    to: FindingState;
    dueOn: LocalDate;
    body: string;
  },
): Promise<void> {
  const { actor, now } = tx.caller;
  await tx.sql`
    insert into finding_event (city_id, path, id, station_id, finding_id, action, from_state, to_state, due_on, on_day,
      at, by_id, by_name, by_station_name, body)
    values (${tx.scope.cityId}, ${station.path}, ${newId()}, ${station.id}, ${id}, ${event.action}, ${event.from},
      ${event.to}, ${event.dueOn}, ${today(tx)}, ${now.toISOString()}, ${actor.userId}, ${actor.name},
      ${actor.stationName}, ${event.body})`;
  await markChanges(tx, "findings", [station.id]);
}

function about(station: StationRow, id: string) {
  return { subject: "Finding", subjectId: id, stationId: station.id, path: station.path };
}
