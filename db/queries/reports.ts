import type { Violation } from "@muster/domain/check";
import { runChecks, unansweredViolations } from "@muster/domain/checks";
import { type FiguresByCode, toCodes, toSlots, withComputed } from "@muster/domain/indicator";
import { nilFigures } from "@muster/domain/nil";
import { findOutliers } from "@muster/domain/outlier";
import { addDays, addMonths, type LocalDate, localDate, type Period, parseDay } from "@muster/domain/period";
import type { ScopedTx } from "../scope";
import { catalogueAt, type PeriodCatalogue } from "./catalogue";
import { type Register, registersOf } from "./derivations";
import { tell } from "./messages";
import { done, type Outcome, refused, type StepRefusal } from "./outcome";
import { type PastFigures, type Report, readHistory, readReport } from "./report-row";
import { applyStep, refusalOf, today } from "./report-step";

export interface ReportAddress {
  stationId: number;
  period: Period;
}

/** What a filer may change. Codes that are absent keep their value; null clears one. */
export interface FilerInput {
  figures?: FiguresByCode;
  /** Notes by indicator code; an empty text removes one. */
  notes?: Record<string, string>;
  /** Reasons for soft checks, by `K16` or `K16:C01`; an empty text removes one. */
  reasons?: Record<string, string>;
}

/**
 * Saves a draft of the caller's own report. `version` is the one the input was made on; another one now is a
 * conflict that carries what stands, and nothing is lost on either side.
 */
export async function saveReport(
  tx: ScopedTx,
  address: ReportAddress,
  version: number,
  input: FilerInput,
): Promise<Outcome<Report>> {
  const opened = await open(tx, address, "save", version);
  if (!opened.ok) return opened;
  const { report, catalogue } = opened.value;
  return applyStep(tx, report, fill(report, catalogue, input), { action: "save" }, catalogue);
}

export interface Submission extends FilerInput {
  /** The version the filer saw; null to submit whatever stands. */
  version: number | null;
  /** The filer said that nothing happened this month. */
  confirmNil?: boolean;
}

/**
 * Submits the caller's own report to the station it reports to: merges the last input, runs every check against
 * last month and the registers, and refuses with all violations when a hard one fails or a soft one lacks its
 * reason. The first submission decides timeliness.
 */
export async function submitReport(
  tx: ScopedTx,
  address: ReportAddress,
  submission: Submission,
): Promise<Outcome<Report>> {
  const opened = await open(tx, address, "submit", submission.version);
  if (!opened.ok) return opened;
  const { report, catalogue } = opened.value;
  const [history, registers] = await Promise.all([
    readHistory(tx, address.stationId, address.period),
    registersOf(tx, [address.stationId], catalogue),
  ]);
  const register = registers.get(address.stationId) ?? {};
  const previous = previousFigures(catalogue, history);

  let filled = fill(report, catalogue, submission);
  const nil = submission.confirmNil
    ? nilReport(catalogue, { ...report, ...filled }, { register, previous })
    : null;
  if (nil) filled = { ...filled, ...fill({ ...report, ...filled }, catalogue, { figures: nil }) };
  const draft = { ...report, ...filled };
  if (!draft.figures.some((value) => value !== null)) return refused({ kind: "empty" });

  const violations = checkReport(catalogue, draft, { history, register });
  const unanswered = unansweredViolations(violations, {
    reasons: draft.reasons,
    confirmNil: submission.confirmNil ?? false,
  });
  if (unanswered.length > 0) return refused({ kind: "violations", violations, unanswered });

  const { actor, now } = tx.caller;
  return applyStep(
    tx,
    report,
    {
      ...filled,
      status: "submitted",
      round: report.round + 1,
      remarks: withRegister(draft.remarks, register),
      reasons: occurred(draft.reasons, violations),
      nil: nil !== null,
      warnings: violations.length,
      firstFiledAt: report.firstFiledAt ?? now.toISOString(),
      onTime: report.onTime ?? localDate(now) <= report.dueOn,
      submittedAt: now.toISOString(),
      submittedBy: actor.name,
      submittedById: actor.userId,
      returnDueOn: null,
    },
    { action: "submit", keepFigures: true },
    catalogue,
  );
}

/**
 * Returns single figures of a child's report with a reason each, to be corrected by a day from today to two
 * months ahead. The station is told.
 */
export async function returnReport(
  tx: ScopedTx,
  address: ReportAddress,
  input: { figures: Record<string, string>; dueOn: LocalDate; version?: number },
): Promise<Outcome<Report>> {
  const opened = await open(tx, address, "return", input.version ?? null);
  if (!opened.ok) return opened;
  const { report, catalogue } = opened.value;
  const problem = returnProblem(input, catalogue, today(tx));
  if (problem) return refused(problem);
  const remarks = { ...report.remarks };
  for (const [code, reason] of Object.entries(input.figures)) {
    remarks[code] = { ...remarks[code], returned: reason.trim() };
  }
  const { actor, now } = tx.caller;
  const outcome = await applyStep(
    tx,
    report,
    {
      status: "returned",
      remarks,
      returnDueOn: input.dueOn,
      decidedAt: now.toISOString(),
      decidedBy: actor.name,
      // An unlocking holds until the amendment is settled, so that the correction can still come.
      unlockedUntil: laterOf(report.unlockedUntil, input.dueOn),
    },
    { action: "return", returned: input.figures },
    catalogue,
  );
  if (outcome.ok) {
    await tell(tx, report, "returned", { figures: Object.keys(input.figures).length, dueOn: input.dueOn });
  }
  return outcome;
}

/** Accepts a child's report. Four eyes: never one's own, whatever roles a person holds. */
export async function acceptReport(
  tx: ScopedTx,
  address: ReportAddress,
  input: { version?: number; reason?: string } = {},
): Promise<Outcome<Report>> {
  const opened = await open(tx, address, "accept", input.version ?? null);
  if (!opened.ok) return opened;
  const { report, catalogue } = opened.value;
  const { actor, now } = tx.caller;
  if (report.submittedById === actor.userId) return refused({ kind: "forbidden" });
  return applyStep(
    tx,
    report,
    {
      // In a locked month an accepted amendment closes the unlocking: it is locked again at once.
      status: report.monthLocked ? "locked" : "accepted",
      acceptedFigures: null,
      remarks: withoutReturned(report.remarks),
      unlockedUntil: null,
      decidedAt: now.toISOString(),
      decidedBy: actor.name,
    },
    { action: "accept", reason: input.reason },
    catalogue,
  );
}

/** Opens an accepted or unlocked report for correction; the accepted figures stay in force until the new are. */
export async function amendReport(
  tx: ScopedTx,
  address: ReportAddress,
  input: { reason?: string; version?: number } = {},
): Promise<Outcome<Report>> {
  const opened = await open(tx, address, "amend", input.version ?? null);
  if (!opened.ok) return opened;
  const { report, catalogue } = opened.value;
  const outcome = await applyStep(
    tx,
    report,
    { status: "amending", acceptedFigures: report.figures },
    { action: "amend", reason: input.reason },
    catalogue,
  );
  if (outcome.ok && tx.caller.actor.stationId !== report.stationId) await tell(tx, report, "amend", {});
  return outcome;
}

/** Gives an amendment up: the figures last accepted stand again. */
export async function cancelAmendment(tx: ScopedTx, address: ReportAddress): Promise<Outcome<Report>> {
  const opened = await open(tx, address, "cancel", null);
  if (!opened.ok) return opened;
  const { report, catalogue } = opened.value;
  return applyStep(
    tx,
    report,
    {
      status: report.monthLocked ? "locked" : "accepted",
      figures: report.acceptedFigures ?? report.figures,
      acceptedFigures: null,
      unlockedUntil: null,
    },
    { action: "cancel" },
    catalogue,
  );
}

/** Every check on a report as it would be filed now, outliers included: also for the page, while typing stands. */
export function checkReport(
  catalogue: PeriodCatalogue,
  report: Pick<Report, "figures" | "level" | "kind">,
  records: { history: readonly PastFigures[]; register: Register },
): Violation[] {
  const figures = toCodes(catalogue.indicators, report.figures);
  const violations = runChecks({
    indicators: catalogue.indicators,
    rules: catalogue.checks,
    figures,
    previous: previousFigures(catalogue, records.history),
    register: records.register,
    station: report,
  });
  const history = records.history.map((past) => ({
    period: past.period,
    figures: toCodes(catalogue.indicators, past.figures),
  }));
  const { indicators, period: at } = catalogue;
  return [...violations, ...findOutliers({ indicators, at, figures, history, violations })];
}

/** Figures of the month before by code, or null when it was never filed. */
export function previousFigures(
  catalogue: PeriodCatalogue,
  history: readonly PastFigures[],
): FiguresByCode | null {
  const previous = history.find((past) => past.period === addMonths(catalogue.period, -1));
  return previous ? toCodes(catalogue.indicators, previous.figures) : null;
}

async function open(
  tx: ScopedTx,
  { stationId, period }: ReportAddress,
  action: Parameters<typeof refusalOf>[1],
  version: number | null,
): Promise<Outcome<{ report: Report; catalogue: PeriodCatalogue }>> {
  const [report, catalogue] = await Promise.all([readReport(tx, stationId, period), catalogueAt(tx, period)]);
  if (!report) return refused({ kind: "not_found" });
  const refusal = refusalOf(tx, action, report, catalogue);
  if (refusal?.kind === "forbidden") return refused(refusal);
  // A stale version is told as a conflict even when the step is closed meanwhile: it shows what stands now.
  if (version !== null && version !== report.version) return refused({ kind: "conflict", current: report });
  return refusal ? refused(refusal) : done({ report, catalogue });
}

function fill(
  report: Report,
  catalogue: PeriodCatalogue,
  input: FilerInput,
): Pick<Report, "figures" | "remarks" | "reasons"> {
  const filed = { ...toCodes(catalogue.indicators, report.figures), ...input.figures };
  return {
    figures: toSlots(catalogue.indicators, withComputed(catalogue.indicators, filed, report), report.figures),
    remarks: withNotes(report.remarks, input.notes),
    reasons: merged(report.reasons, input.reasons),
  };
}

/** The figures of a nil report; null when something did happen, and then the confirmation means nothing. */
function nilReport(
  catalogue: PeriodCatalogue,
  report: Pick<Report, "figures" | "kind">,
  known: { register: Register; previous: FiguresByCode | null },
): FiguresByCode | null {
  const all = nilFigures(catalogue.indicators, toCodes(catalogue.indicators, report.figures), report, known);
  if (!all) return null;
  const filed = catalogue.indicators.filter((indicator) => indicator.kind === "figure");
  return Object.fromEntries(filed.map(({ code }) => [code, all[code] ?? null]));
}

function withNotes(remarks: Report["remarks"], notes: Record<string, string> = {}): Report["remarks"] {
  const all = { ...remarks };
  for (const [code, note] of Object.entries(notes)) {
    const { note: _, ...rest } = all[code] ?? {};
    all[code] = note.trim() ? { ...rest, note: note.trim() } : rest;
  }
  return all;
}

function withRegister(remarks: Report["remarks"], register: Register): Report["remarks"] {
  const all = { ...remarks };
  for (const [code, { value, count }] of Object.entries(register)) {
    all[code] = { ...all[code], register: { value, count } };
  }
  return all;
}

function withoutReturned(remarks: Report["remarks"]): Report["remarks"] {
  return Object.fromEntries(Object.entries(remarks).map(([code, { returned: _, ...rest }]) => [code, rest]));
}

function merged(reasons: Record<string, string>, given: Record<string, string> = {}): Record<string, string> {
  const all = { ...reasons };
  for (const [key, reason] of Object.entries(given)) {
    if (reason.trim()) all[key] = reason.trim();
    else delete all[key];
  }
  return all;
}

/** Reasons for checks that did occur; others are dropped. */
function occurred(reasons: Record<string, string>, violations: readonly Violation[]): Record<string, string> {
  const keys = new Set(
    violations.flatMap((v) => [v.check, ...v.indicators.map((code) => `${v.check}:${code}`)]),
  );
  return Object.fromEntries(Object.entries(reasons).filter(([key]) => keys.has(key)));
}

function returnProblem(
  { figures, dueOn }: { figures: Record<string, string>; dueOn: LocalDate },
  catalogue: PeriodCatalogue,
  day: LocalDate,
): StepRefusal | null {
  const codes = Object.keys(figures);
  if (codes.length === 0) return { kind: "invalid", field: "figures", problem: "none" };
  for (const code of codes) {
    if (!catalogue.byCode.has(code)) return { kind: "invalid", field: code, problem: "unknown" };
    if (!figures[code]?.trim()) return { kind: "invalid", field: code, problem: "reason" };
  }
  if (!parseDay(dueOn) || dueOn < day || dueOn > addDays(day, 62)) {
    return { kind: "invalid", field: "dueOn", problem: "date" };
  }
  return null;
}

function laterOf(unlocked: LocalDate | null, dueOn: LocalDate): LocalDate | null {
  return unlocked === null ? null : unlocked > dueOn ? unlocked : dueOn;
}
