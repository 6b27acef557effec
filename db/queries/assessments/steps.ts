import {
  type AssessmentAction,
  type AssessmentStep,
  assessmentSides,
  assessmentStep,
  type ItemValue,
  type Values,
} from "@muster/domain/assessment";
import { expiryOn, itemSubject } from "@muster/domain/evidence";
import type { LocalDate } from "@muster/domain/period";
import { itemsFor } from "@muster/domain/standard";
import type { ScopedTx } from "../../scope";
import { audit, json } from "../audit";
import { type Piece, piecesBySubject } from "../evidence/read";
import type { Measure } from "../standards/measure";
import { type FullSet, readSet, setInForce } from "../standards/read";
import { measuresOf } from "../standards/sources";
import { standByAssessments } from "../standings/compliance";
import { findStation, type StationRow, today } from "../stations/row";
import {
  type AssessmentKey,
  type AssessmentRow,
  assessmentsOf,
  type EvidenceState,
  evidenceState,
  readAssessment,
  type SaidByCode,
  saidIn,
  valuesUpTo,
  verdictUpTo,
} from "./read";

/** Why a step was refused; nothing was written. */
export type AssessmentRefusal =
  /** Not there, or not in the caller's scope: the same answer. */
  | { kind: "not_found" }
  /** There, but this side may not take the step: nobody verifies their own station. */
  | { kind: "forbidden" }
  /** Somebody else changed it first, or its state no longer allows the step. */
  | { kind: "conflict" }
  /**
   * A mark as not applicable, or a value other than the record's, without its reason; by item code. `unproven` are
   * those of them that say yes to an item asking for evidence, with none that holds.
   */
  | { kind: "reasons"; codes: string[]; unproven: string[] }
  /** A return without a reason. */
  | { kind: "no_reason" }
  /** The city has no standards in force, or the station is closed. */
  | { kind: "not_open" }
  /** The last round is not decided yet: there is nothing to assess anew. */
  | { kind: "round_open" };

export type AssessmentOutcome =
  | { ok: true; value: AssessmentRow }
  | { ok: false; refusal: AssessmentRefusal };

/** An assessment with everything its page shows. */
export interface AssessmentPage {
  station: StationRow;
  row: AssessmentRow;
  set: FullSet;
  said: SaidByCode;
  /** What the records say today, by item code; an assessment that is decided shows what they said then. */
  measures: Record<string, Measure>;
  /** What shows something of each item, by item code. */
  pieces: Record<string, Piece[]>;
  evidence: EvidenceState;
}

/** An assessment without what was said in it: whose it is, how it stands and what it is judged by. */
type AssessmentHead = Pick<AssessmentPage, "station" | "row" | "set">;

/**
 * An assessment's head, or why there is none. One that was never touched reads as a draft of version 0, judged by the
 * standards in force today. The city's own station has nobody above to check it and is not assessed.
 */
export async function assessmentHead(
  tx: ScopedTx,
  key: AssessmentKey,
): Promise<{ ok: true; value: AssessmentHead } | { ok: false; refusal: AssessmentRefusal }> {
  const station = await findStation(tx, key.stationId);
  if (!station || station.level === "city") return refuse({ kind: "not_found" });
  const stored = await readAssessment(tx, key);
  const set = stored ? await readSet(tx, stored.setNumber) : await setInForce(tx, today(tx));
  if (!stored && !(await mayBegin(tx, key))) return refuse({ kind: "not_found" });
  if (!set) return refuse({ kind: "not_open" });
  return { ok: true, value: { station, row: stored ?? untouched(key, station, set), set } };
}

/** An assessment with everything its page shows, or why there is none. */
export async function assessmentPage(
  tx: ScopedTx,
  key: AssessmentKey,
): Promise<{ ok: true; value: AssessmentPage } | { ok: false; refusal: AssessmentRefusal }> {
  const head = await assessmentHead(tx, key);
  if (!head.ok) return head;
  const { station, row, set } = head.value;
  const said = row.version === 0 ? {} : await saidIn(tx, key);
  const [records, pieces, { open, decided }] = await Promise.all([
    measuresOf(tx, [station], today(tx)),
    piecesIn(tx, head.value),
    evidenceState(tx, row),
  ]);
  const evidence = { open: open && station.closedOn === null, decided };
  const known = records.get(station.id) ?? {};
  const measures = Object.fromEntries(
    itemsFor(set, row.level).flatMap((item) => {
      const shown = item.kind === "evidence" ? provenBy(pieces[item.code] ?? [], today(tx)) : null;
      // Without a piece a register may still answer; where none does, nothing shows it.
      const measure = shown?.value === 1 ? shown : ((item.source ? known[item.source] : undefined) ?? shown);
      return measure ? [[item.code, measure]] : [];
    }),
  );
  return { ok: true, value: { ...head.value, said, measures, pieces, evidence } };
}

/** The pieces of evidence of an assessment, by item code. */
async function piecesIn(
  tx: ScopedTx,
  { station, row, set }: AssessmentHead,
): Promise<Record<string, Piece[]>> {
  const ids = new Map(itemsFor(set, row.level).map(({ code }) => [itemSubject({ ...row, code }).id, code]));
  const found = await piecesBySubject(tx, station.id, "assessment_item", [...ids.keys()]);
  return Object.fromEntries([...found].map(([id, pieces]) => [ids.get(id) ?? "", pieces]));
}

/** An item that asks for evidence is proven by a piece that has not expired. */
function provenBy(pieces: readonly Piece[], day: LocalDate): Measure {
  const valid = pieces.filter(({ expiresOn }) => expiryOn(expiresOn, day) !== "expired").length;
  return { value: valid > 0 ? 1 : 0, count: valid, origin: { kind: "evidence" } };
}

/** The year's round may begin in its year; a further one needs the round before it decided. */
async function mayBegin(tx: ScopedTx, { stationId, year, round }: AssessmentKey): Promise<boolean> {
  if (year !== Number(today(tx).slice(0, 4))) return false;
  if (round === 1) return true;
  const before = await readAssessment(tx, { stationId, year, round: round - 1 });
  return before?.status === "checked" || before?.status === "spot_checked";
}

function untouched(key: AssessmentKey, station: StationRow, set: FullSet): AssessmentRow {
  return {
    ...key,
    path: station.path,
    setNumber: set.setNumber,
    level: station.level,
    status: "draft",
    version: 0,
    submittedAt: null,
    submittedBy: null,
    returnReason: null,
    checkedAt: null,
    checkedBy: null,
    checkedOn: null,
    checkedFiveHaves: null,
    spotCheckedAt: null,
    spotCheckedBy: null,
    spotCheckedOn: null,
    points: null,
    fiveHaves: null,
    grade: null,
  };
}

/** The number of the next round of a year, or null while the last one is not decided. */
export async function nextRound(tx: ScopedTx, stationId: number, year: number): Promise<number | null> {
  const [last] = (await assessmentsOf(tx, stationId)).filter((each) => each.year === year);
  if (!last) return 1;
  return last.status === "checked" || last.status === "spot_checked" ? last.round + 1 : null;
}

export interface AssessmentWrite extends AssessmentKey {
  /** The version the page was read with; 0 for one never touched. */
  version: number;
  action: AssessmentAction;
  /** What the writing side says, by item code; items left out are taken away from that side. */
  values: Readonly<Record<string, ItemValue>>;
  /** Why it goes back, for `return`. */
  reason?: string;
}

/**
 * Takes one step on an assessment: writes what the side says and moves the state, or says why not. A step that
 * decides (submit, check, spot check) asks for a reason beside every item that does not apply and every value other
 * than the records', evidence included; a check starts from what the station said, a spot check from what the parent said.
 */
export async function takeStep(tx: ScopedTx, input: AssessmentWrite): Promise<AssessmentOutcome> {
  const page = await assessmentPage(tx, input);
  if (!page.ok) return page;
  const { station, row, set, said, measures } = page.value;
  const sides = assessmentSides(tx.caller.actor, { stationId: station.id, parentId: station.parentId });
  const step = assessmentStep(input.action, row.status, sides);
  if (!step) {
    // Of a step that belongs to this side in another state, somebody was faster.
    const ever = (["draft", "self_submitted", "returned", "checked", "spot_checked"] as const).some(
      (from) => assessmentStep(input.action, from, sides) !== null,
    );
    return refuse({ kind: ever ? "conflict" : "forbidden" });
  }
  if (row.version !== input.version) return refuse({ kind: "conflict" });
  if (step.action === "return" && !input.reason?.trim()) return refuse({ kind: "no_reason" });
  const items = itemsFor(set, row.level);
  const told = Object.fromEntries(
    items.flatMap(({ code }) => {
      const value = input.values[code];
      return value && (value.value !== null || value.notApplicable || value.remark.trim() !== "")
        ? [[code, { ...value, remark: value.remark.trim() }]]
        : [];
    }),
  ) as Record<string, ItemValue>;
  if (step.action === "check") agree(told, valuesUpTo(said, "self"));
  if (step.stage !== null && decides(step)) {
    const bare = items.filter(({ code }) => {
      const value = told[code];
      if (value?.remark !== "") return false;
      const measured = measures[code]?.value;
      const differs = value.value !== null && measured !== undefined && measured !== value.value;
      return value.notApplicable || (step.stage === "self" && differs);
    });
    if (bare.length > 0) {
      const unproven = bare.filter(({ code, kind }) => kind === "evidence" && told[code]?.value === 1);
      const codesOf = (chosen: typeof bare) => chosen.map(({ code }) => code);
      return refuse({ kind: "reasons", codes: codesOf(bare), unproven: codesOf(unproven) });
    }
  }
  const written = await writeRow(tx, row, step, input.reason);
  if (!written) return refuse({ kind: "conflict" });
  const { stage } = step;
  if (stage !== null) {
    await writeValues(tx, row, stage, told, (code) => measures[code]?.value ?? null);
    const now = tx.caller.now.toISOString();
    const { name } = tx.caller.actor;
    const after: SaidByCode = {};
    for (const { code } of items) {
      const { [stage]: _, ...others } = said[code] ?? {};
      const mine = told[code];
      after[code] = mine
        ? { ...others, [stage]: { ...mine, measured: null, at: now, byName: name } }
        : others;
    }
    await writeVerdict(tx, row, step, verdictUpTo(set, row.level, after, stage));
    if (step.action === "check" || step.action === "spot_check") await standByAssessments(tx, [station.id]);
  }
  const current = await readAssessment(tx, input);
  if (!current) throw new Error(`the assessment ${row.stationId}/${row.year} is not there after its step`);
  await audit(tx, {
    action: `assessment.${step.action}`,
    subject: "Assessment",
    subjectId: `${station.id}/${row.year}/${row.round}`,
    stationId: station.id,
    path: station.path,
    before: row.version === 0 ? null : { status: row.status },
    after: {
      status: current.status,
      ...(decides(step) ? { points: current.points, fiveHaves: current.fiveHaves } : {}),
      ...(step.action === "return" ? { reason: input.reason?.trim() } : {}),
    },
  });
  return { ok: true, value: current };
}

/** What the parent says nothing else about is checked as the station said it. */
function agree(told: Record<string, ItemValue>, selfSaid: Values): void {
  for (const [code, value] of Object.entries(selfSaid)) {
    const mine = told[code];
    if (!value || (mine && (mine.value !== null || mine.notApplicable))) continue;
    told[code] = { ...value, remark: mine?.remark || (value.notApplicable ? value.remark : "") };
  }
}

function decides({ action }: AssessmentStep): boolean {
  return action === "submit" || action === "check" || action === "spot_check";
}

/** Moves the state, if it still is what was read; false when somebody was faster. */
async function writeRow(
  tx: ScopedTx,
  row: AssessmentRow,
  step: AssessmentStep,
  reason: string | undefined,
): Promise<boolean> {
  const { cityId } = tx.scope;
  const now = tx.caller.now.toISOString();
  const { name } = tx.caller.actor;
  if (row.version === 0) {
    const begun = await tx.sql`
      insert into assessment (city_id, path, station_id, year, round, set_number, level, status, version)
      values (${cityId}, ${row.path}, ${row.stationId}, ${row.year}, ${row.round}, ${row.setNumber}, ${row.level},
        ${row.status}, 0)
      on conflict (city_id, station_id, year, round) do nothing`;
    if (begun.count === 0) return false;
  }
  const at = (action: AssessmentAction) => step.action === action;
  const moved = await tx.sql`
    update assessment set status = ${step.to}, version = version + 1,
      submitted_at = case when ${at("submit")} then ${now}::timestamptz else submitted_at end,
      submitted_by = case when ${at("submit")} then ${name}::text else submitted_by end,
      return_reason = case when ${at("return")} then ${reason?.trim() ?? null}::text
        when ${at("submit")} then null else return_reason end,
      checked_at = case when ${at("check")} then ${now}::timestamptz else checked_at end,
      checked_by = case when ${at("check")} then ${name}::text else checked_by end,
      spot_checked_at = case when ${at("spot_check")} then ${now}::timestamptz else spot_checked_at end,
      spot_checked_by = case when ${at("spot_check")} then ${name}::text else spot_checked_by end
    where city_id = ${cityId} and station_id = ${row.stationId} and year = ${row.year} and round = ${row.round}
      and status = ${row.status} and version = ${row.version}`;
  return moved.count === 1;
}

/** Writes what one side says; what it said before and says no more is emptied, never deleted. */
async function writeValues(
  tx: ScopedTx,
  row: AssessmentRow,
  stage: string,
  told: Readonly<Record<string, ItemValue>>,
  measuredOf: (code: string) => number | null,
): Promise<void> {
  const { actor, now } = tx.caller;
  const rows = Object.entries(told).map(([code, value]) => ({
    code,
    value: value.notApplicable ? null : value.value,
    not_applicable: value.notApplicable,
    remark: value.remark,
    measured: measuredOf(code),
  }));
  await tx.sql`
    update assessment_value set value = null, not_applicable = false, remark = ''
    where city_id = ${tx.scope.cityId} and station_id = ${row.stationId} and year = ${row.year}
      and round = ${row.round} and stage = ${stage} and not code = any(${Object.keys(told)})`;
  await tx.sql`
    insert into assessment_value (city_id, path, station_id, year, round, code, stage, value, not_applicable, remark,
      measured, at, by_name)
    select ${tx.scope.cityId}, ${row.path}, ${row.stationId}, ${row.year}, ${row.round}, v.code, ${stage}, v.value,
      v.not_applicable, v.remark, v.measured, ${now.toISOString()}::timestamptz, ${actor.name}
    from json_to_recordset(${json(rows)}::text::json)
      as v(code text, value float8, not_applicable boolean, remark text, measured float8)
    on conflict (city_id, station_id, year, round, code, stage) do update set value = excluded.value,
      not_applicable = excluded.not_applicable, remark = excluded.remark, measured = excluded.measured,
      at = excluded.at, by_name = excluded.by_name
    where (assessment_value.value, assessment_value.not_applicable, assessment_value.remark)
      is distinct from (excluded.value, excluded.not_applicable, excluded.remark)`;
}

async function writeVerdict(
  tx: ScopedTx,
  row: AssessmentRow,
  { action }: AssessmentStep,
  { points, fiveHaves, grade }: { points: number; fiveHaves: boolean; grade: string | null },
): Promise<void> {
  // What the parent or the city has begun to write is no verdict before it is decided.
  if (action === "check_save" || action === "spot_save") return;
  await tx.sql`
    update assessment set points = ${points}, five_haves = ${fiveHaves}, grade = ${grade},
      checked_on = case when ${action === "check"} then ${today(tx)}::date else checked_on end,
      checked_five_haves = case when ${action === "check"} then ${fiveHaves} else checked_five_haves end,
      spot_checked_on = case when ${action === "spot_check"} then ${today(tx)}::date else spot_checked_on end,
      spot_five_haves = case when ${action === "spot_check"} then ${fiveHaves} else spot_five_haves end
    where city_id = ${tx.scope.cityId} and station_id = ${row.stationId} and year = ${row.year}
      and round = ${row.round}`;
}

function refuse(refusal: AssessmentRefusal): { ok: false; refusal: AssessmentRefusal } {
  return { ok: false, refusal };
}
