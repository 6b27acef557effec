import { inForce } from "@muster/domain/indicator";
import { addMonths, type Period, period } from "@muster/domain/period";
import { type ContactRule, faultOfRule } from "@muster/domain/visit";
import { and, asc, eq } from "drizzle-orm";
import { contactRule } from "../../schema/visit";
import type { ScopedTx } from "../../scope";
import { type Edit, type EditOutcome, finishEdit, openEdit, refuseEdit } from "../catalogue-edit";

/** Everything a city ever said of contacts, by its order and the month from which it holds. */
export async function contactRules(tx: ScopedTx): Promise<(ContactRule & { sort: number })[]> {
  const rows = await tx.orm
    .select()
    .from(contactRule)
    .where(eq(contactRule.cityId, tx.scope.cityId))
    .orderBy(asc(contactRule.sort), asc(contactRule.code), asc(contactRule.validFrom));
  return rows.map(({ cityId: _, path: __, nameZh, nameEn, validFrom, validTo, ...rest }) => ({
    ...rest,
    name: { zh: nameZh, en: nameEn },
    validFrom: period(validFrom),
    validTo: validTo === null ? null : period(validTo),
  }));
}

/** The rules of a month. */
export function rulesAt<R extends Pick<ContactRule, "validFrom" | "validTo">>(
  rules: readonly R[],
  at: Period,
): R[] {
  return rules.filter((rule) => inForce(rule, at));
}

/** What a rule says, without when it holds. */
export type RuleWords = Omit<ContactRule, "code" | "validFrom" | "validTo">;

const CODE = /^[A-Z]\d{1,2}$/;

/** The next free code for a rule of the city's own. */
export function nextRuleCode(rules: readonly { code: string }[]): string {
  const taken = new Set(rules.map(({ code }) => code));
  for (let n = 1; n < 100; n++) if (!taken.has(`W${n}`)) return `W${n}`;
  return "";
}

/**
 * Says what a rule is from a month on: a new one, a new wording of one that holds, or of one planned for that month.
 * How long somebody has waited goes on counting over a change of words.
 */
export async function putContactRule(
  tx: ScopedTx,
  { code, rule, ...edit }: Edit & { code: string; rule: RuleWords },
): Promise<EditOutcome> {
  const opened = await openEdit(tx, edit);
  if (!opened.ok) return opened;
  if (!CODE.test(code)) return refuseEdit({ kind: "not_found" });
  const fault = faultOfRule(rule);
  if (fault) return refuseEdit({ kind: "invalid", ...fault });
  const { cityId } = tx.scope;
  const rules = await contactRules(tx);
  const own = rules.filter((each) => each.code === code);
  const before = own.find((each) => inForce(each, edit.from));
  const here = and(eq(contactRule.cityId, cityId), eq(contactRule.code, code));
  const { name, categories, concerns, ...rest } = rule;
  const columns = {
    ...rest,
    categories: [...categories],
    concerns: [...concerns],
    nameZh: name.zh.trim(),
    nameEn: name.en.trim(),
  };
  if (before && before.validFrom === edit.from) {
    await tx.orm
      .update(contactRule)
      .set(columns)
      .where(and(here, eq(contactRule.validFrom, edit.from)));
  } else {
    if (before) {
      await tx.orm
        .update(contactRule)
        .set({ validTo: addMonths(edit.from, -1) })
        .where(and(here, eq(contactRule.validFrom, before.validFrom)));
    }
    const sort = own[0]?.sort ?? Math.max(0, ...rules.map((each) => each.sort)) + 10;
    await tx.orm
      .insert(contactRule)
      .values({
        cityId,
        path: "/",
        code,
        validFrom: edit.from,
        validTo: before?.validTo ?? null,
        sort,
        ...columns,
      })
      .onConflictDoUpdate({
        target: [contactRule.cityId, contactRule.code, contactRule.validFrom],
        set: columns,
      });
  }
  return finishEdit(tx, "contact_rule.edit", code, {
    before: before && inLog(before),
    after: { from: edit.from, ...inLog(rule) },
  });
}

/** A rule holds no longer from a month on; one that was only planned is dropped. */
export async function retireContactRule(
  tx: ScopedTx,
  { code, ...edit }: Edit & { code: string },
): Promise<EditOutcome> {
  const opened = await openEdit(tx, edit);
  if (!opened.ok) return opened;
  const before = (await contactRules(tx)).find((each) => each.code === code && inForce(each, edit.from));
  if (!before) return refuseEdit({ kind: "not_found" });
  const row = and(
    eq(contactRule.cityId, tx.scope.cityId),
    eq(contactRule.code, code),
    eq(contactRule.validFrom, before.validFrom),
  );
  if (before.validFrom >= edit.from) await tx.orm.delete(contactRule).where(row);
  else
    await tx.orm
      .update(contactRule)
      .set({ validTo: addMonths(edit.from, -1) })
      .where(row);
  return finishEdit(tx, "contact_rule.retire", code, { before: inLog(before), after: { from: edit.from } });
}

function inLog({ name, everyone, categories, fromAge, concerns, every, asked, days }: RuleWords) {
  return {
    name,
    every,
    asked,
    ...(days > 0 ? { days } : {}),
    ...(everyone ? { everyone } : {}),
    ...(categories.length > 0 ? { categories: [...categories] } : {}),
    ...(fromAge === null ? {} : { fromAge }),
    ...(concerns.length > 0 ? { concerns: [...concerns] } : {}),
  };
}
