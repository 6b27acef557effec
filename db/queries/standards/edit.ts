import { addDays, type LocalDate } from "@muster/domain/period";
import {
  fitsKind,
  type Grade,
  parseThreshold,
  problemsOfSet,
  type SetProblem,
  type StandardItem,
} from "@muster/domain/standard";
import { LEVELS } from "@muster/domain/station";
import { and, eq, sql } from "drizzle-orm";
import { standardGrade, standardItem, standardSetVersion } from "../../schema/standard";
import type { ScopedTx } from "../../scope";
import { loadStandards } from "../../seed/catalogue";
import { audit } from "../audit";
import { today } from "../stations/row";
import { contentOf, itemRow, type SetVersion, setVersions } from "./read";
import { knownSources } from "./sources";

/**
 * Changes of a city's standards. Only drafts change: a published version is what assessments are judged by. Needs
 * the city's scope.
 */

/** Why an edit was refused; nothing was written. */
export type StandardRefusal =
  /** Only the city's own scope changes its content. */
  | { kind: "forbidden" }
  | { kind: "not_found" }
  /** Somebody else changed the draft since the page was read. */
  | { kind: "conflict" }
  /** It is published: copy it and change the copy. */
  | { kind: "published" }
  /** `field` names what to correct, `problem` why. */
  | { kind: "invalid"; field: string; problem: "format" | "taken" | "early" | "threshold" | "source" }
  /** What is missing before it can judge anybody. */
  | { kind: "incomplete"; problems: SetProblem[] };

export type StandardOutcome<T = null> = { ok: true; value: T } | { ok: false; refusal: StandardRefusal };

const CODE = /^[A-Z]\d{1,2}$/;
const GRADE_CODE = /^[a-z][a-z0-9_]{0,19}$/;

/** Which draft the person saw. */
export interface DraftEdit {
  setNumber: number;
  version: number;
}

/** Copies a version into a new draft, for the next year; answers its number. Without a version, the service's first content. */
export async function copySet(
  tx: ScopedTx,
  { from, name }: { from: number | null; name: { zh: string; en: string } },
): Promise<StandardOutcome<number>> {
  if (tx.scope.path !== "/") return refuse({ kind: "forbidden" });
  await hold(tx);
  const versions = await setVersions(tx);
  if (from !== null && !versions.some((each) => each.setNumber === from))
    return refuse({ kind: "not_found" });
  const content = from === null ? loadStandards() : await contentOf(tx, from);
  const setNumber = Math.max(0, ...versions.map((each) => each.setNumber)) + 1;
  const set = { cityId: tx.scope.cityId, path: "/", setNumber };
  await tx.orm
    .insert(standardSetVersion)
    .values({ ...set, nameZh: name.zh, nameEn: name.en, status: "draft", copiedFrom: from });
  if (content.items.length > 0) {
    await tx.orm.insert(standardItem).values(content.items.map((item) => ({ ...set, ...itemRow(item) })));
  }
  if (content.grades.length > 0) {
    await tx.orm.insert(standardGrade).values(content.grades.map((grade) => gradeRow(set, grade)));
  }
  await note(tx, "standards.copy", setNumber, { after: { from, name } });
  return { ok: true, value: setNumber };
}

/** Changes an item of a draft, or adds one. */
export async function putItem(
  tx: ScopedTx,
  { item, added, ...edit }: DraftEdit & { item: Omit<StandardItem, "sort">; added: boolean },
): Promise<StandardOutcome> {
  const opened = await open(tx, edit);
  if (!opened.ok) return opened;
  const { items } = await contentOf(tx, edit.setNumber);
  const before = items.find(({ code }) => code === item.code);
  if (added && !CODE.test(item.code)) return invalid("code", "format");
  if (added && before) return invalid("code", "taken");
  if (!added && !before) return refuse({ kind: "not_found" });
  for (const level of LEVELS) {
    const text = item.thresholds[level];
    const threshold = text === null ? null : parseThreshold(text);
    if (text !== null && (!threshold || !fitsKind(threshold, item.kind))) return invalid(level, "threshold");
  }
  if (item.source !== null && !knownSources().includes(item.source)) return invalid("source", "source");
  const inDimension = items.filter(({ dimension }) => dimension === item.dimension).map(({ sort }) => sort);
  const last = Math.max(0, ...(inDimension.length > 0 ? inDimension : items.map(({ sort }) => sort)));
  const { code: _, ...columns } = itemRow({ ...item, sort: before?.sort ?? last + 1 });
  const set = { cityId: tx.scope.cityId, path: "/", setNumber: edit.setNumber };
  await tx.orm
    .insert(standardItem)
    .values({ ...set, code: item.code, ...columns })
    .onConflictDoUpdate({
      target: [standardItem.cityId, standardItem.setNumber, standardItem.code],
      set: columns,
    });
  await note(tx, added ? "standards.item.add" : "standards.item.edit", edit.setNumber, {
    before: before && words(before),
    after: words(item),
  });
  return finish(tx, edit.setNumber);
}

/** Takes an item out of a draft. The versions that have it keep it. */
export async function dropItem(
  tx: ScopedTx,
  { code, ...edit }: DraftEdit & { code: string },
): Promise<StandardOutcome> {
  const opened = await open(tx, edit);
  if (!opened.ok) return opened;
  const [gone] = await tx.orm
    .delete(standardItem)
    .where(
      and(
        eq(standardItem.cityId, tx.scope.cityId),
        eq(standardItem.setNumber, edit.setNumber),
        eq(standardItem.code, code),
      ),
    )
    .returning();
  if (!gone) return refuse({ kind: "not_found" });
  await note(tx, "standards.item.drop", edit.setNumber, {
    before: { code, name: { zh: gone.nameZh, en: gone.nameEn } },
  });
  return finish(tx, edit.setNumber);
}

/** Replaces the grades of a draft by these. */
export async function putGrades(
  tx: ScopedTx,
  { grades, ...edit }: DraftEdit & { grades: readonly Grade[] },
): Promise<StandardOutcome> {
  const opened = await open(tx, edit);
  if (!opened.ok) return opened;
  for (const [index, { code }] of grades.entries()) {
    if (!GRADE_CODE.test(code)) return invalid(`grade.${index}.name`, "format");
    if (grades.findIndex((each) => each.code === code) !== index)
      return invalid(`grade.${index}.name`, "taken");
  }
  const before = await contentOf(tx, edit.setNumber);
  const set = { cityId: tx.scope.cityId, path: "/", setNumber: edit.setNumber };
  await tx.orm
    .delete(standardGrade)
    .where(and(eq(standardGrade.cityId, set.cityId), eq(standardGrade.setNumber, edit.setNumber)));
  if (grades.length > 0)
    await tx.orm.insert(standardGrade).values(grades.map((grade) => gradeRow(set, grade)));
  const told = (all: readonly Grade[]) =>
    Object.fromEntries(all.map(({ name, minPoints }) => [name.zh, minPoints]));
  await note(tx, "standards.grades", edit.setNumber, {
    before: { grades: told(before.grades) },
    after: { grades: told(grades) },
  });
  return finish(tx, edit.setNumber);
}

/** The first day a new version may hold from: today, and after every published version's first day. */
export function firstPublishable(versions: readonly SetVersion[], day: LocalDate): LocalDate {
  const last = versions
    .map(({ validFrom }) => validFrom ?? "")
    .sort()
    .pop();
  return last && last >= day ? addDays(last, 1) : day;
}

/**
 * Publishes a draft: it is judged by from a day on, today at the earliest, and never changes again. Assessments that
 * have begun stay with the version they began with.
 */
export async function publishSet(
  tx: ScopedTx,
  { validFrom, ...edit }: DraftEdit & { validFrom: LocalDate },
): Promise<StandardOutcome> {
  const opened = await open(tx, edit);
  if (!opened.ok) return opened;
  if (validFrom < firstPublishable(await setVersions(tx), today(tx))) return invalid("validFrom", "early");
  const problems = problemsOfSet(await contentOf(tx, edit.setNumber));
  if (problems.length > 0) return refuse({ kind: "incomplete", problems });
  const { actor, now } = tx.caller;
  await tx.sql`
    update standard_set_version set status = 'published', valid_from = ${validFrom},
      published_at = ${now.toISOString()}, published_by = ${actor.name}, version = version + 1
    where city_id = ${tx.scope.cityId} and set_number = ${edit.setNumber} and status = 'draft'`;
  await note(tx, "standards.publish", edit.setNumber, { after: { validFrom } });
  return { ok: true, value: null };
}

/** Holds the city's row, so that edits come one after the other. */
async function hold(tx: ScopedTx): Promise<void> {
  await tx.sql`select from city where city_id = ${tx.scope.cityId} for update`;
}

async function open(tx: ScopedTx, { setNumber, version }: DraftEdit): Promise<StandardOutcome> {
  if (tx.scope.path !== "/") return refuse({ kind: "forbidden" });
  await hold(tx);
  const [row] = await tx.sql<{ status: string; version: number }[]>`
    select status, version from standard_set_version
    where city_id = ${tx.scope.cityId} and set_number = ${setNumber}`;
  if (!row) return refuse({ kind: "not_found" });
  if (row.status !== "draft") return refuse({ kind: "published" });
  return row.version === version ? { ok: true, value: null } : refuse({ kind: "conflict" });
}

async function finish(tx: ScopedTx, setNumber: number): Promise<StandardOutcome> {
  await tx.orm
    .update(standardSetVersion)
    .set({ version: sql`${standardSetVersion.version} + 1` })
    .where(and(eq(standardSetVersion.cityId, tx.scope.cityId), eq(standardSetVersion.setNumber, setNumber)));
  return { ok: true, value: null };
}

function gradeRow(set: { cityId: number; path: string; setNumber: number }, { name, ...grade }: Grade) {
  return { ...set, ...grade, nameZh: name.zh, nameEn: name.en };
}

function words({ code, name, thresholds, points, mandatory }: Omit<StandardItem, "sort">) {
  return { code, name, thresholds, points, mandatory };
}

async function note(
  tx: ScopedTx,
  action: string,
  setNumber: number,
  change: { before?: Record<string, unknown> | undefined; after?: Record<string, unknown> },
): Promise<void> {
  await audit(tx, {
    action,
    subject: "Standards",
    subjectId: String(setNumber),
    stationId: tx.caller.actor.stationId,
    path: "/",
    before: change.before ?? null,
    after: change.after ?? null,
  });
}

function refuse(refusal: StandardRefusal): { ok: false; refusal: StandardRefusal } {
  return { ok: false, refusal };
}

function invalid(field: string, problem: Extract<StandardRefusal, { kind: "invalid" }>["problem"]) {
  return refuse({ kind: "invalid", field, problem });
}
