import {
  type AssistanceRules,
  type CountedIn,
  type Material,
  MOST_FEN,
  MOST_MATERIALS,
  PUBLICITY_DAYS,
  REPEAT_MONTHS,
  STEP_DAYS,
} from "@muster/domain/assistance";
import type { Localized } from "@muster/domain/indicator";
import { addMonths, type Period, period } from "@muster/domain/period";
import { and, asc, eq, gte } from "drizzle-orm";
import { assistanceType } from "../../schema/assistance";
import type { ScopedTx } from "../../scope";
import { type Edit, type EditOutcome, finishEdit, openEdit, refuseEdit } from "../catalogue-edit";

/** A kind of assistance in one stretch of its validity. */
export interface AssistanceType extends AssistanceRules {
  code: string;
  name: Localized;
  countsIn: CountedIn;
  validFrom: Period;
  /** Last month it can be applied for; null while it can. */
  validTo: Period | null;
  sort: number;
}

/** What a city says of a kind of assistance. */
export type TypeWords = Omit<AssistanceType, "code" | "validFrom" | "validTo" | "sort">;

/** A kind as its row. */
export function typeRow(
  cityId: number,
  code: string,
  validFrom: Period,
  { name, days, materials, ...rest }: TypeWords & { sort: number },
): typeof assistanceType.$inferInsert {
  return {
    cityId,
    path: "/",
    code,
    validFrom,
    nameZh: name.zh,
    nameEn: name.en,
    verifyDays: days.verify,
    reviewDays: days.review,
    approvalDays: days.approval,
    paymentDays: days.payment,
    followUpDays: days.followUp,
    materials: [...materials],
    ...rest,
  };
}

function typeOf(row: typeof assistanceType.$inferSelect): AssistanceType {
  return {
    code: row.code,
    name: { zh: row.nameZh, en: row.nameEn },
    countsIn: row.countsIn,
    payFirst: row.payFirst,
    publicityDays: row.publicityDays,
    yearlyLimit: row.yearlyLimit,
    repeatMonths: row.repeatMonths,
    days: {
      verify: row.verifyDays,
      review: row.reviewDays,
      approval: row.approvalDays,
      payment: row.paymentDays,
      followUp: row.followUpDays,
    },
    materials: row.materials,
    validFrom: period(row.validFrom),
    validTo: row.validTo === null ? null : period(row.validTo),
    sort: row.sort,
  };
}

/** Every stretch of every kind the city ever granted, in its order. */
export async function allTypes(tx: ScopedTx): Promise<AssistanceType[]> {
  const rows = await tx.orm
    .select()
    .from(assistanceType)
    .where(eq(assistanceType.cityId, tx.scope.cityId))
    .orderBy(asc(assistanceType.sort), asc(assistanceType.validFrom));
  return rows.map(typeOf);
}

/** The kinds that can be applied for in a month. */
export function typesIn(types: readonly AssistanceType[], month: Period): AssistanceType[] {
  return types.filter(
    ({ validFrom, validTo }) => validFrom <= month && (validTo === null || validTo >= month),
  );
}

/** The rules a case was filed under. */
export async function typeOfCase(tx: ScopedTx, code: string, validFrom: string): Promise<AssistanceType> {
  const [row] = await tx.orm
    .select()
    .from(assistanceType)
    .where(and(ofCode(tx, code), eq(assistanceType.validFrom, validFrom)));
  if (!row) throw new Error(`no assistance ${code} from ${validFrom}`);
  return typeOf(row);
}

/** Changes a kind of assistance from a month on. Cases that were filed keep the rules they were filed under. */
export async function putType(
  tx: ScopedTx,
  { code, words, ...edit }: Edit & { code: string; words: TypeWords },
): Promise<EditOutcome> {
  const opened = await openEdit(tx, edit);
  if (!opened.ok) return opened;
  const stretches = (await allTypes(tx)).filter((each) => each.code === code);
  const before = typesIn(stretches, edit.from)[0];
  if (!before) return refuseEdit({ kind: "not_found" });
  const field = problemOf(words);
  if (field) return refuseEdit({ kind: "invalid", ...field });
  const { cityId } = tx.scope;
  const row = typeRow(cityId, code, edit.from, { ...words, sort: before.sort });
  if (before.validFrom === edit.from) {
    await tx.orm
      .update(assistanceType)
      .set({ ...row, validTo: before.validTo })
      .where(and(ofCode(tx, code), eq(assistanceType.validFrom, edit.from)));
  } else {
    await endBefore(tx, code, before.validFrom, edit.from);
    await tx.orm.insert(assistanceType).values({ ...row, validTo: before.validTo });
  }
  return finishEdit(tx, "assistance.edit", code, {
    before: inLog(before),
    after: { from: edit.from, ...inLog(words) },
  });
}

/** Adds a kind of the city's own from a month on. A code is given once. */
export async function addType(
  tx: ScopedTx,
  { code, words, ...edit }: Edit & { code: string; words: TypeWords },
): Promise<EditOutcome> {
  const opened = await openEdit(tx, edit);
  if (!opened.ok) return opened;
  const types = await allTypes(tx);
  if (!CODE.test(code)) return refuseEdit({ kind: "invalid", field: "code", problem: "assistance_code" });
  if (types.some((each) => each.code === code))
    return refuseEdit({ kind: "invalid", field: "code", problem: "taken" });
  const field = problemOf(words);
  if (field) return refuseEdit({ kind: "invalid", ...field });
  const sort = Math.max(0, ...types.map((each) => each.sort)) + 10;
  await tx.orm.insert(assistanceType).values(typeRow(tx.scope.cityId, code, edit.from, { ...words, sort }));
  return finishEdit(tx, "assistance.add", code, { after: { from: edit.from, ...inLog(words) } });
}

/** From a month on nobody applies for this kind any more; what was planned for later falls away. */
export async function retireType(
  tx: ScopedTx,
  { code, ...edit }: Edit & { code: string },
): Promise<EditOutcome> {
  const opened = await openEdit(tx, edit);
  if (!opened.ok) return opened;
  const stretches = (await allTypes(tx)).filter((each) => each.code === code);
  if (typesIn(stretches, edit.from).length === 0) return refuseEdit({ kind: "not_found" });
  await tx.orm.delete(assistanceType).where(and(ofCode(tx, code), gte(assistanceType.validFrom, edit.from)));
  const last = stretches.filter(({ validFrom }) => validFrom < edit.from).at(-1);
  if (last) await endBefore(tx, code, last.validFrom, edit.from);
  return finishEdit(tx, "assistance.retire", code, { after: { from: edit.from } });
}

/** Takes back what was planned for a month that has not begun; the stretch before it holds on. */
export async function dropType(
  tx: ScopedTx,
  { code, ...edit }: Edit & { code: string },
): Promise<EditOutcome> {
  const opened = await openEdit(tx, edit);
  if (!opened.ok) return opened;
  const [gone] = await tx.orm
    .delete(assistanceType)
    .where(and(ofCode(tx, code), eq(assistanceType.validFrom, edit.from)))
    .returning();
  if (!gone) return refuseEdit({ kind: "not_found" });
  const before = (await allTypes(tx))
    .filter((each) => each.code === code && each.validFrom < edit.from)
    .at(-1);
  if (before) {
    await tx.orm
      .update(assistanceType)
      .set({ validTo: gone.validTo })
      .where(and(ofCode(tx, code), eq(assistanceType.validFrom, before.validFrom)));
  }
  return finishEdit(tx, "assistance.drop", code, { before: { from: edit.from, ...inLog(typeOf(gone)) } });
}

const CODE = /^[a-z][a-z0-9_]{0,19}$/;

function ofCode(tx: ScopedTx, code: string) {
  return and(eq(assistanceType.cityId, tx.scope.cityId), eq(assistanceType.code, code));
}

async function endBefore(tx: ScopedTx, code: string, validFrom: Period, next: Period): Promise<void> {
  await tx.orm
    .update(assistanceType)
    .set({ validTo: addMonths(next, -1) })
    .where(and(ofCode(tx, code), eq(assistanceType.validFrom, validFrom)));
}

/** The first thing that is wrong with a kind, as a field and why. */
function problemOf(words: TypeWords): { field: string; problem: string } | null {
  const { name, publicityDays, yearlyLimit, repeatMonths, days, materials } = words;
  if (name.zh.trim() === "") return { field: "nameZh", problem: "empty" };
  if (name.en.trim() === "") return { field: "nameEn", problem: "empty" };
  type Bounds = { least: number; most: number };
  const numbers: [string, number, Bounds][] = [
    ["publicityDays", publicityDays, PUBLICITY_DAYS],
    ["repeatMonths", repeatMonths, REPEAT_MONTHS],
    ["verify", days.verify, STEP_DAYS],
    ["review", days.review, STEP_DAYS],
    ["approval", days.approval, STEP_DAYS],
    ["payment", days.payment, STEP_DAYS],
    ["followUp", days.followUp, STEP_DAYS],
    ...(yearlyLimit === null
      ? []
      : [["yearlyLimit", yearlyLimit, { least: 1, most: MOST_FEN }] satisfies [string, number, Bounds]]),
  ];
  for (const [field, value, { least, most }] of numbers) {
    if (!Number.isInteger(value) || value < least || value > most)
      return { field, problem: "assistance_range" };
  }
  return materialsProblem(materials);
}

function materialsProblem(materials: readonly Material[]): { field: string; problem: string } | null {
  if (materials.length === 0) return { field: "materials", problem: "empty" };
  if (materials.length > MOST_MATERIALS) return { field: "materials", problem: "assistance_papers" };
  const codes = new Set(materials.map(({ code }) => code));
  if (codes.size < materials.length) return { field: "materials", problem: "assistance_papers" };
  const odd = materials.some(({ code, zh, en }) => !CODE.test(code) || zh.trim() === "" || en.trim() === "");
  return odd ? { field: "materials", problem: "assistance_papers" } : null;
}

function inLog({ name, publicityDays, yearlyLimit, repeatMonths, materials }: TypeWords) {
  return {
    name: name.zh,
    publicityDays,
    yearlyLimit,
    repeatMonths,
    materials: materials.map(({ zh }) => zh),
  };
}
