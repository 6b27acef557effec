import { SECTIONS, UNITS } from "@muster/domain/indicator";
import { type Period, parsePeriod } from "@muster/domain/period";
import { STAFFING_BASES } from "@muster/domain/staffing";
import { KINDS } from "@muster/domain/station";
import { z } from "zod";

const Month = z.string().transform((text, context): Period => {
  const period = parsePeriod(text.trim());
  if (period) return period;
  context.addIssue({ code: "custom", message: "settings:catalogue.problem.month" });
  return z.NEVER;
});

/** Which catalogue the person saw, and from which month the change holds. */
export const EditFields = z.object({ version: z.coerce.number().int().min(0), from: Month });

const Text = (longest: number) => z.string().trim().min(1).max(longest);

export const WordsFields = EditFields.extend({
  nameZh: Text(40),
  nameEn: Text(80),
  definitionZh: Text(500),
  definitionEn: Text(1000),
});

export const NewIndicatorFields = WordsFields.extend({
  code: z.string().trim().toUpperCase(),
  section: z.enum(SECTIONS),
  unit: z.enum(UNITS).exclude(["percent"]),
  acrossTime: z.enum(["sum", "last"]),
  kinds: z.array(z.enum(KINDS)),
});

export const CheckFields = EditFields.extend({
  severity: z.enum(["hard", "soft"]),
  left: z.string().max(300),
  comparison: z.string().trim().min(1).max(40),
  right: z.string().max(300),
  floor: z.coerce.number().int().min(0).max(1_000_000),
  messageZh: Text(80),
  messageEn: Text(160),
});

export const NewCheckFields = CheckFields.extend({ code: z.string().trim().toUpperCase() });

const Day = z.coerce.number().int().min(1).max(28);
export const DeadlineFields = EditFields.extend({
  villageDay: Day,
  townDay: Day,
  lockDay: Day,
  submitFromDay: Day,
});

const Basis = z.enum(STAFFING_BASES);
export const StaffingFields = EditFields.extend({
  perWorker: z
    .string()
    .trim()
    .regex(/^\d{1,4}$/, "settings:catalogue.problem.per_worker")
    .transform(Number),
  village: Basis.exclude(["subtree"]),
  town: Basis,
  district: Basis,
});

/** The words of an indicator's form in both languages. */
export function wordsOf(form: {
  nameZh: string;
  nameEn: string;
  definitionZh: string;
  definitionEn: string;
}) {
  return {
    name: { zh: form.nameZh, en: form.nameEn },
    definition: { zh: form.definitionZh, en: form.definitionEn },
  };
}

/** A check's form as the rule it stands for. */
export function ruleOf(form: z.output<typeof CheckFields>) {
  const { severity, left, comparison, right, floor, messageZh, messageEn } = form;
  return { severity, left, comparison, right, floor, message: { zh: messageZh, en: messageEn } };
}
