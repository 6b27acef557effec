import { ASKED, CONCERNS, type ContactRule, EVERY, kindOfRule } from "@muster/domain/visit";
import { z } from "zod";
import { EditFields } from "../catalogue/fields.server";
import { Ticked } from "../stations/forms";

export const RuleFields = EditFields.extend({
  nameZh: z.string().trim().max(60),
  nameEn: z.string().trim().max(120),
  every: z.enum(EVERY),
  asked: z.enum(ASKED),
  days: z
    .string()
    .trim()
    .regex(/^\d{0,2}$/, "settings:catalogue.problem.days")
    .transform(Number),
  everyone: Ticked,
  categories: z.array(z.string().regex(/^\w{1,20}$/)).max(100),
  concerns: z.array(z.enum(CONCERNS)),
  fromAge: z
    .string()
    .trim()
    .regex(/^\d{0,3}$/, "settings:catalogue.problem.age")
    .transform((text) => (text === "" ? null : Number(text))),
});

/** A rule's form as the rule it stands for; days that its kind does not have are not kept. */
export function ruleOf(
  form: z.output<typeof RuleFields>,
): Omit<ContactRule, "code" | "validFrom" | "validTo"> {
  const { nameZh, nameEn, every, asked, days, everyone, categories, concerns, fromAge } = form;
  return {
    name: { zh: nameZh, en: nameEn },
    every,
    asked,
    days: kindOfRule(every).kind === "interval" ? 0 : days,
    everyone,
    // Whoever is concerned anyway needs no mark.
    categories: everyone ? [] : categories,
    concerns: everyone ? [] : concerns,
    fromAge: everyone ? null : fromAge,
  };
}
