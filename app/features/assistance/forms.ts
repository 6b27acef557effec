import { APPLICANTS, CASE_STATES, MOST_FEN, REFUSAL_REASONS } from "@muster/domain/assistance";
import { parseDay, parsePeriod } from "@muster/domain/period";
import { AGE_BAND_NAMES } from "@muster/domain/person";
import { REGISTERS } from "@muster/domain/register";
import { z } from "zod";
import { ListSearch } from "../registers/search";
import { line, StationNumber, Ticked, Version } from "../stations/forms";

const Uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const TypeCode = z.string().regex(/^[a-z][a-z0-9_]{0,19}$/);
const odd = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

export const CaseParams = z.object({ caseId: Uuid });
export const TypeParams = z.object({ type: TypeCode });

/** Money as people type it, in fen: `3000`, `3,000.50`, full-width digits. */
const money = (error: string) =>
  z
    .string()
    .transform((text) => text.normalize("NFKC").replace(/[\s,]/g, ""))
    .refine((text) => /^\d{1,8}(\.\d{1,2})?$/.test(text), error)
    .transform((text) => Math.round(Number(text) * 100));
const Money = money("assistance:error.money").refine(
  (fen) => fen > 0 && fen <= MOST_FEN,
  "assistance:refusal.no_amount",
);
/** The same where nothing is nothing. */
const MoneyOrZero = z.preprocess(
  (text) => (typeof text === "string" && text.trim() === "" ? "0" : text),
  money("assistance:error.money"),
);
/** The same where nothing says nothing. */
const MoneyOrNone = z.preprocess(
  (text) => (typeof text === "string" && text.trim() === "" ? null : text),
  money("assistance:error.money").nullable(),
);
/** Several lines of text. */
const paragraph = (maximum: number) =>
  z
    .string()
    .trim()
    .max(maximum)
    .refine((text) => !/[^\P{Cc}\r\n\t]/u.test(text), "field.characters")
    .transform((text) => text.replace(/\r\n?/g, "\n"));
const Words = paragraph(1000);
const SomeWords = Words.refine((text) => text !== "", "assistance:error.text");
const DayOrNone = z
  .string()
  .trim()
  .refine((text) => text === "" || parseDay(text) !== null, "stations:error.day")
  .transform((text) => text || null)
  .default(null);

/** The steps of a new application, in its address: the kind, then the person; the entry of the log it comes out of. */
export const NewSearch = z.object({ type: odd(TypeCode), person: odd(Uuid), reception: odd(Uuid) });
export const FindForm = z.object({ q: line(20).min(1) });
export const ApplyForm = z.object({
  person: Uuid,
  type: TypeCode,
  key: Uuid,
  reception: z.preprocess((value) => value || null, Uuid.nullable()),
  appliedBy: z.enum(APPLICANTS, "assistance:error.applicant"),
  reason: SomeWords,
  size: z
    .string()
    .trim()
    .regex(/^([1-9]|[12]\d|30)$/, "assistance:error.count")
    .transform(Number),
  income: MoneyOrNone,
  pension: MoneyOrZero,
  asked: Money,
  received: z.array(TypeCode).max(30).default([]),
  missingBy: DayOrNone,
  despite: Ticked,
});

export const MaterialsForm = z.object({
  version: Version,
  received: z.array(TypeCode).max(30).default([]),
  missingBy: DayOrNone,
});
export const SpokenForm = z.object({ version: Version, text: SomeWords });
export const SilentForm = z.object({ version: Version, text: Words });
export const GrantForm = z.object({ version: Version, text: Words, amount: Money });
export const PayForm = z.object({ version: Version, text: Words, paidOn: DayOrNone });
export const RefuseForm = z.object({
  version: Version,
  text: SomeWords,
  reason: z.enum(REFUSAL_REASONS, "assistance:error.reason"),
});

const Month = z.string().refine((text) => parsePeriod(text) !== null);
/** What the ledger is asked for; anything odd counts as not asked. */
export const LedgerSearch = ListSearch.extend({
  station: odd(StationNumber),
  own: odd(z.literal("1")),
  state: odd(z.enum(CASE_STATES)),
  stage: odd(z.enum(["open", "overdue", "ended"])),
  type: odd(TypeCode),
  category: odd(z.string().regex(/^\w{1,20}$/)),
  age: odd(z.enum(AGE_BAND_NAMES as [(typeof AGE_BAND_NAMES)[number]])),
  refusal: odd(z.enum(REFUSAL_REASONS)),
  person: odd(Uuid),
  /** Whether the months below are those of the application or of the payment. */
  by: odd(z.enum(["applied", "paid"])),
  from: odd(Month),
  to: odd(Month),
  figure: odd(z.enum(REGISTERS.assistance.figures)),
  period: odd(Month),
});

const Days = z
  .string()
  .trim()
  .regex(/^\d{1,2}$/, "assistance:error.days")
  .transform(Number);
const Text = (longest: number) => z.string().trim().min(1).max(longest);
/** A kind of assistance as its form has it: papers a line each, `code | 中文 | English`. */
export const TypeFields = z.object({
  version: z.coerce.number().int().min(0),
  from: z.string().trim(),
  nameZh: Text(30),
  nameEn: Text(60),
  countsIn: z.enum(["E02", "E03"]),
  payFirst: Ticked,
  publicityDays: Days,
  yearlyLimit: z.preprocess(
    (text) => (typeof text === "string" && text.trim() === "" ? null : text),
    Money.nullable(),
  ),
  repeatMonths: Days,
  verify: Days,
  review: Days,
  approval: Days,
  payment: Days,
  followUp: Days,
  materials: paragraph(3000)
    .transform((text) =>
      text
        .split("\n")
        .map((each) => each.trim())
        .filter(Boolean)
        .map((each) => each.split(/[|｜]/).map((part) => part.trim())),
    )
    .refine((lines) => lines.every((parts) => parts.length === 3), "assistance:error.materials")
    .transform((lines) => lines.map(([code = "", zh = "", en = ""]) => ({ code, zh, en }))),
});
export const NewTypeFields = TypeFields.extend({ code: z.string().trim().max(20) });

export const BudgetForm = z.object({
  station: StationNumber,
  year: z
    .string()
    .regex(/^20\d\d$/)
    .transform(Number),
  version: Version,
  amount: MoneyOrZero,
});
export const BudgetSearch = z.object({ year: odd(z.string().regex(/^20\d\d$/)) });
