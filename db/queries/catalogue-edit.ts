import type { CheckRule } from "@muster/domain/check";
import { problemsOfRule, type RuleProblem } from "@muster/domain/checks";
import type { DeadlineRule } from "@muster/domain/deadline";
import {
  type AcrossTime,
  type Indicator,
  inForce,
  type Localized,
  type Section,
  type Unit,
} from "@muster/domain/indicator";
import { addMonths, localDate, type Period, periodOf } from "@muster/domain/period";
import { PER_WORKER, type StaffingRule } from "@muster/domain/staffing";
import type { Kind } from "@muster/domain/station";
import { and, eq, gte, inArray, sql } from "drizzle-orm";
import { checkRule, deadlineRule, indicator, indicatorSlot, staffingRule } from "../schema/catalogue";
import type { ScopedTx } from "../scope";
import { audit } from "./audit";
import { type CityCatalogue, cityCatalogue, touchCatalogue } from "./catalogue";

/**
 * Changes of a city's content. One rule holds for all of it: a change takes effect from a month that has not begun,
 * so that no report under way, and none that was filed, ever changes its meaning. Due days already given to the
 * reports of an open month stay as they are. Needs the city's scope.
 */

export type EditRefusal =
  /** Only the city's own scope changes its content. */
  | { kind: "forbidden" }
  | { kind: "not_found" }
  /** Somebody else changed the catalogue since the page was read. */
  | { kind: "conflict" }
  /** `field` names what to correct, `problem` why: `past`, `taken`, `format`, `empty`, `order`, `range`, `not_retired`. */
  | { kind: "invalid"; field: string; problem: string }
  /** What a check's text does not say rightly. */
  | { kind: "rule"; problems: RuleProblem[] }
  /** Still used by these checks, ratios and computed figures. */
  | { kind: "referenced"; by: string[] };

export type EditOutcome = { ok: true } | { ok: false; refusal: EditRefusal };

/** Which catalogue the person saw, and from which month the change holds. */
export interface Edit {
  version: number;
  from: Period;
}

export interface IndicatorWords {
  name: Localized;
  definition: Localized;
}

export interface NewIndicator extends IndicatorWords {
  code: string;
  section: Section;
  unit: Exclude<Unit, "percent">;
  acrossTime: Extract<AcrossTime, "sum" | "last">;
  /** Kinds of station that are asked; null for all. */
  kinds: Kind[] | null;
}

export type CheckWords = Omit<CheckRule, "code" | "validFrom" | "validTo">;

const CODE = /^[A-Z]\d{2}$/;

/** The first month whose content may still be changed: the one after the current. */
export function firstChangeable(now: Date): Period {
  return addMonths(periodOf(localDate(now)), 1);
}

/** The next free code for an indicator (`Z01`) or a check (`X01`) of the city's own. */
export function nextCode(taken: readonly { code: string }[], letter: "Z" | "X"): string {
  const codes = new Set(taken.map(({ code }) => code));
  for (let n = 1; n < 100; n++) {
    const code = `${letter}${String(n).padStart(2, "0")}`;
    if (!codes.has(code)) return code;
  }
  return "";
}

/** Changes what an indicator is called and how it is defined from a month on. Its slot, unit and kind never change. */
export async function editIndicator(
  tx: ScopedTx,
  { code, words, ...edit }: Edit & { code: string; words: IndicatorWords },
): Promise<EditOutcome> {
  const opened = await openEdit(tx, edit);
  if (!opened.ok) return opened;
  const before = opened.catalogue.at(edit.from).byCode.get(code);
  if (!before) return refuseEdit({ kind: "not_found" });
  const problem = wordsProblem(words);
  if (problem) return refuseEdit(problem);
  const columns = {
    nameZh: words.name.zh.trim(),
    nameEn: words.name.en.trim(),
    definitionZh: words.definition.zh.trim(),
    definitionEn: words.definition.en.trim(),
  };
  const here = and(eq(indicator.cityId, tx.scope.cityId), eq(indicator.code, code));
  const [row] = await tx.orm
    .select()
    .from(indicator)
    .where(and(here, eq(indicator.validFrom, before.validFrom)));
  if (!row) return refuseEdit({ kind: "not_found" });
  if (before.validFrom === edit.from) {
    await tx.orm
      .update(indicator)
      .set(columns)
      .where(and(here, eq(indicator.validFrom, edit.from)));
  } else {
    await tx.orm
      .update(indicator)
      .set({ validTo: addMonths(edit.from, -1) })
      .where(and(here, eq(indicator.validFrom, before.validFrom)));
    await tx.orm.insert(indicator).values({ ...row, ...columns, validFrom: edit.from });
  }
  return finishEdit(tx, "indicator.edit", code, {
    before: { name: before.name, definition: before.definition },
    after: { from: edit.from, ...words },
  });
}

/** Adds an indicator of the city's own from a month on. Its slot is the next one and never anybody else's. */
export async function addIndicator(
  tx: ScopedTx,
  { added, ...edit }: Edit & { added: NewIndicator },
): Promise<EditOutcome> {
  const opened = await openEdit(tx, edit);
  if (!opened.ok) return opened;
  const { indicators } = opened.catalogue;
  if (!CODE.test(added.code)) return refuseEdit({ kind: "invalid", field: "code", problem: "format" });
  if (indicators.some(({ code }) => code === added.code)) {
    return refuseEdit({ kind: "invalid", field: "code", problem: "taken" });
  }
  const problem = wordsProblem(added);
  if (problem) return refuseEdit(problem);
  const root = { cityId: tx.scope.cityId, path: "/" };
  const [highest] = await tx.orm
    .select({ slot: sql<number>`coalesce(max(${indicatorSlot.slot}), -1)::int` })
    .from(indicatorSlot)
    .where(eq(indicatorSlot.cityId, root.cityId));
  const slot = (highest?.slot ?? -1) + 1;
  // A code that once had a slot keeps it for ever: the unique index refuses a second.
  const [kept] = await tx.orm
    .insert(indicatorSlot)
    .values({ ...root, slot, code: added.code })
    .onConflictDoNothing()
    .returning({ slot: indicatorSlot.slot });
  if (!kept) return refuseEdit({ kind: "invalid", field: "code", problem: "taken" });
  const inSection = indicators.filter(({ section }) => section === added.section).map(({ sort }) => sort);
  await tx.orm.insert(indicator).values({
    ...root,
    code: added.code,
    validFrom: edit.from,
    slot,
    section: added.section,
    nameZh: added.name.zh.trim(),
    nameEn: added.name.en.trim(),
    definitionZh: added.definition.zh.trim(),
    definitionEn: added.definition.en.trim(),
    unit: added.unit,
    kind: "figure",
    source: "manual",
    acrossTime: added.acrossTime,
    kinds: added.kinds,
    own: true,
    sort: Math.max(0, ...inSection) + 1,
  });
  return finishEdit(tx, "indicator.add", added.code, { after: { from: edit.from, slot, ...added } });
}

/** Takes an indicator out from a month on. Past months keep it; its slot is never given away. */
export async function retireIndicator(
  tx: ScopedTx,
  { code, ...edit }: Edit & { code: string },
): Promise<EditOutcome> {
  const opened = await openEdit(tx, edit);
  if (!opened.ok) return opened;
  const before = opened.catalogue.at(edit.from).byCode.get(code);
  if (!before) return refuseEdit({ kind: "not_found" });
  const by = usersOf(code, opened.catalogue, edit.from);
  if (by.length > 0) return refuseEdit({ kind: "referenced", by });
  const here = and(eq(indicator.cityId, tx.scope.cityId), eq(indicator.code, code));
  // Changes planned for later fall away with it.
  await tx.orm.delete(indicator).where(and(here, gte(indicator.validFrom, edit.from)));
  await tx.orm
    .update(indicator)
    .set({ validTo: addMonths(edit.from, -1) })
    .where(and(here, eq(indicator.validFrom, before.validFrom)));
  return finishEdit(tx, "indicator.retire", code, { after: { from: edit.from } });
}

/** Brings a retired indicator back from a month on, as it last was. */
export async function restoreIndicator(
  tx: ScopedTx,
  { code, ...edit }: Edit & { code: string },
): Promise<EditOutcome> {
  const opened = await openEdit(tx, edit);
  if (!opened.ok) return opened;
  const last = opened.catalogue.indicators
    .filter((each) => each.code === code)
    .sort(byStart)
    .pop();
  if (!last) return refuseEdit({ kind: "not_found" });
  if (last.validTo === null || last.validTo >= edit.from) {
    return refuseEdit({ kind: "invalid", field: "from", problem: "not_retired" });
  }
  const here = and(
    eq(indicator.cityId, tx.scope.cityId),
    eq(indicator.code, code),
    eq(indicator.validFrom, last.validFrom),
  );
  if (addMonths(last.validTo, 1) === edit.from) {
    await tx.orm.update(indicator).set({ validTo: null }).where(here);
  } else {
    const [row] = await tx.orm.select().from(indicator).where(here);
    if (!row) return refuseEdit({ kind: "not_found" });
    await tx.orm.insert(indicator).values({ ...row, validFrom: edit.from, validTo: null });
  }
  return finishEdit(tx, "indicator.restore", code, { after: { from: edit.from } });
}

/** Changes a check, or adds one of the city's own, from a month on. Its sides may only speak of that month's figures. */
export async function putCheck(
  tx: ScopedTx,
  { code, rule, added, ...edit }: Edit & { code: string; rule: CheckWords; added: boolean },
): Promise<EditOutcome> {
  const opened = await openEdit(tx, edit);
  if (!opened.ok) return opened;
  const { catalogue } = opened;
  const before = catalogue.at(edit.from).checks.find((each) => each.code === code);
  if (added && !CODE.test(code)) return refuseEdit({ kind: "invalid", field: "code", problem: "format" });
  if (added && catalogue.checks.some((each) => each.code === code)) {
    return refuseEdit({ kind: "invalid", field: "code", problem: "taken" });
  }
  if (!added && !before) return refuseEdit({ kind: "not_found" });
  const problem = ruleProblem(rule, catalogue, edit.from);
  if (problem) return refuseEdit(problem);
  const columns = {
    severity: rule.severity,
    left: rule.left.trim(),
    comparison: rule.comparison.trim(),
    right: rule.right.trim(),
    messageZh: rule.message.zh.trim(),
    messageEn: rule.message.en.trim(),
    floor: rule.floor,
  };
  const here = and(eq(checkRule.cityId, tx.scope.cityId), eq(checkRule.code, code));
  if (!before) {
    const [{ sort } = { sort: 0 }] = await tx.orm
      .select({ sort: sql<number>`coalesce(max(${checkRule.sort}), 0)::int` })
      .from(checkRule)
      .where(eq(checkRule.cityId, tx.scope.cityId));
    const root = { cityId: tx.scope.cityId, path: "/" };
    await tx.orm
      .insert(checkRule)
      .values({ ...root, ...columns, code, validFrom: edit.from, sort: sort + 10 });
  } else if (before.validFrom === edit.from) {
    await tx.orm
      .update(checkRule)
      .set(columns)
      .where(and(here, eq(checkRule.validFrom, edit.from)));
  } else {
    const [row] = await tx.orm
      .update(checkRule)
      .set({ validTo: addMonths(edit.from, -1) })
      .where(and(here, eq(checkRule.validFrom, before.validFrom)))
      .returning();
    if (!row) return refuseEdit({ kind: "not_found" });
    await tx.orm
      .insert(checkRule)
      .values({ ...row, ...columns, validFrom: edit.from, validTo: before.validTo });
  }
  return finishEdit(tx, added ? "check.add" : "check.edit", code, {
    before: before && { ...before },
    after: { from: edit.from, ...rule },
  });
}

/** Takes a check out from a month on. */
export async function retireCheck(
  tx: ScopedTx,
  { code, ...edit }: Edit & { code: string },
): Promise<EditOutcome> {
  const opened = await openEdit(tx, edit);
  if (!opened.ok) return opened;
  const before = opened.catalogue.at(edit.from).checks.find((each) => each.code === code);
  if (!before) return refuseEdit({ kind: "not_found" });
  const here = and(eq(checkRule.cityId, tx.scope.cityId), eq(checkRule.code, code));
  await tx.orm.delete(checkRule).where(and(here, gte(checkRule.validFrom, edit.from)));
  await tx.orm
    .update(checkRule)
    .set({ validTo: addMonths(edit.from, -1) })
    .where(and(here, eq(checkRule.validFrom, before.validFrom)));
  return finishEdit(tx, "check.retire", code, { before: { ...before }, after: { from: edit.from } });
}

/** Sets the due days from a month on; a change planned for the same month is replaced. */
export async function putDeadlines(
  tx: ScopedTx,
  { days, ...edit }: Edit & { days: Omit<DeadlineRule, "validFrom"> },
): Promise<EditOutcome> {
  const opened = await openEdit(tx, edit);
  if (!opened.ok) return opened;
  for (const [field, day] of Object.entries(days)) {
    if (!Number.isInteger(day) || day < 1 || day > 28)
      return refuseEdit({ kind: "invalid", field, problem: "range" });
  }
  if (days.townDay < days.villageDay)
    return refuseEdit({ kind: "invalid", field: "townDay", problem: "order" });
  if (days.lockDay < days.townDay) return refuseEdit({ kind: "invalid", field: "lockDay", problem: "order" });
  const before = opened.catalogue.at(edit.from).deadlines;
  await tx.orm
    .insert(deadlineRule)
    .values({ cityId: tx.scope.cityId, path: "/", validFrom: edit.from, ...days })
    .onConflictDoUpdate({ target: [deadlineRule.cityId, deadlineRule.validFrom], set: days });
  return finishEdit(tx, "deadlines.edit", edit.from, {
    before: { ...before },
    after: { from: edit.from, ...days },
  });
}

/** Drops planned due days of a month that has not begun; the ones before them hold on. */
export async function dropDeadlines(tx: ScopedTx, edit: Edit): Promise<EditOutcome> {
  const opened = await openEdit(tx, edit);
  if (!opened.ok) return opened;
  const gone = await tx.orm
    .delete(deadlineRule)
    .where(and(eq(deadlineRule.cityId, tx.scope.cityId), inArray(deadlineRule.validFrom, [edit.from])))
    .returning();
  if (gone.length === 0) return refuseEdit({ kind: "not_found" });
  return finishEdit(tx, "deadlines.drop", edit.from, { before: { ...gone[0] } });
}

/** Sets the staffing rule from a month on; a change planned for the same month is replaced. */
export async function putStaffingRule(
  tx: ScopedTx,
  { rule, ...edit }: Edit & { rule: Omit<StaffingRule, "validFrom"> },
): Promise<EditOutcome> {
  const opened = await openEdit(tx, edit);
  if (!opened.ok) return opened;
  const { perWorker } = rule;
  if (!Number.isInteger(perWorker) || perWorker < PER_WORKER.least || perWorker > PER_WORKER.most)
    return refuseEdit({ kind: "invalid", field: "perWorker", problem: "per_worker" });
  const before = opened.catalogue.at(edit.from).staffing;
  await tx.orm
    .insert(staffingRule)
    .values({ cityId: tx.scope.cityId, path: "/", validFrom: edit.from, ...rule })
    .onConflictDoUpdate({ target: [staffingRule.cityId, staffingRule.validFrom], set: rule });
  return finishEdit(tx, "staffing.edit", edit.from, {
    before: ruleInLog(before),
    after: { from: edit.from, ...ruleInLog(rule) },
  });
}

/** Drops a planned staffing rule of a month that has not begun; the one before it holds on. */
export async function dropStaffingRule(tx: ScopedTx, edit: Edit): Promise<EditOutcome> {
  const opened = await openEdit(tx, edit);
  if (!opened.ok) return opened;
  const [gone] = await tx.orm
    .delete(staffingRule)
    .where(and(eq(staffingRule.cityId, tx.scope.cityId), eq(staffingRule.validFrom, edit.from)))
    .returning();
  if (!gone) return refuseEdit({ kind: "not_found" });
  return finishEdit(tx, "staffing.drop", edit.from, { before: { from: edit.from, ...ruleInLog(gone) } });
}

function ruleInLog({ perWorker, village, town, district }: Omit<StaffingRule, "validFrom">) {
  return { perWorker, villageBasis: village, townBasis: town, districtBasis: district };
}

type Opened = { ok: true; catalogue: CityCatalogue } | { ok: false; refusal: EditRefusal };

/** Holds the city's row, so that edits come one after the other, and asks what every edit has to satisfy. */
export async function openEdit(tx: ScopedTx, { version, from }: Edit): Promise<Opened> {
  const { cityId, path } = tx.scope;
  if (path !== "/") return refuseEdit({ kind: "forbidden" });
  const [row] = await tx.sql<{ catalogue_version: number }[]>`
    select catalogue_version from city where city_id = ${cityId} for update`;
  if (!row) return refuseEdit({ kind: "not_found" });
  if (row.catalogue_version !== version) return refuseEdit({ kind: "conflict" });
  if (from < firstChangeable(tx.caller.now))
    return refuseEdit({ kind: "invalid", field: "from", problem: "past" });
  const catalogue = await cityCatalogue(tx);
  return { ok: true, catalogue };
}

/** Publishes an edit: every server reads the content again, and the log says what changed. */
export async function finishEdit(
  tx: ScopedTx,
  action: string,
  subjectId: string,
  change: { before?: Record<string, unknown> | undefined; after?: Record<string, unknown> },
): Promise<EditOutcome> {
  await touchCatalogue(tx);
  await audit(tx, {
    action: `catalogue.${action}`,
    subject: "Catalogue",
    subjectId,
    stationId: tx.caller.actor.stationId,
    path: "/",
    before: change.before ?? null,
    after: change.after ?? null,
  });
  return { ok: true };
}

export function refuseEdit(refusal: EditRefusal): { ok: false; refusal: EditRefusal } {
  return { ok: false, refusal };
}

function wordsProblem({ name, definition }: IndicatorWords): EditRefusal | null {
  const texts = {
    nameZh: [name.zh, 40],
    nameEn: [name.en, 80],
    definitionZh: [definition.zh, 500],
    definitionEn: [definition.en, 1000],
  } as const;
  for (const [field, [text, longest]] of Object.entries(texts)) {
    if (text.trim() === "") return { kind: "invalid", field, problem: "empty" };
    if (text.length > longest) return { kind: "invalid", field, problem: "long" };
  }
  return null;
}

function ruleProblem(rule: CheckWords, catalogue: CityCatalogue, from: Period): EditRefusal | null {
  if (rule.message.zh.trim() === "") return { kind: "invalid", field: "messageZh", problem: "empty" };
  if (rule.message.en.trim() === "") return { kind: "invalid", field: "messageEn", problem: "empty" };
  const codes = new Set(
    catalogue
      .at(from)
      .indicators.filter(({ slot }) => slot !== null)
      .map(({ code }) => code),
  );
  const problems = problemsOfRule(rule, codes);
  return problems.length > 0 ? { kind: "rule", problems } : null;
}

/** What would break without an indicator from a month on. */
function usersOf(code: string, catalogue: CityCatalogue, from: Period): string[] {
  const later = <T extends { validFrom: Period; validTo: Period | null }>(items: readonly T[]) =>
    items.filter((item) => inForce(item, from) || item.validFrom > from);
  const named = new RegExp(`\\b${code}\\b`);
  const checks = later(catalogue.checks).filter(({ left, right }) => named.test(`${left} ${right}`));
  const figures = later(catalogue.indicators).filter(
    (each) => each.code !== code && JSON.stringify([each.formula, each.ratio]).includes(`"${code}"`),
  );
  return [...new Set([...checks, ...figures].map((each) => each.code))];
}

function byStart(a: Indicator, b: Indicator): number {
  return a.validFrom < b.validFrom ? -1 : 1;
}
