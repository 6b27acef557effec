import {
  FINDING_FIGURES,
  FINDING_SEVERITIES,
  FINDING_STATES,
  INSPECTION_STATES,
} from "@muster/domain/inspection";
import { parseDay, parsePeriod } from "@muster/domain/period";
import { LEVELS } from "@muster/domain/station";
import { z } from "zod";
import { Day, line, StationNumber, Version } from "../stations/forms";

const Uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

export const InspectionParams = z.object({ inspectionId: Uuid });
export const VisitParams = InspectionParams.extend({ stationId: StationNumber });
export const FindingParams = z.object({ findingId: Uuid });

/** Several lines of text; a line break is the only control sign that a paragraph has. */
const paragraph = (maximum: number) =>
  z
    .string()
    .trim()
    .max(maximum)
    .refine((text) => !/[^\P{Cc}\r\n\t]/u.test(text), "field.characters")
    .transform((text) => text.replace(/\r\n?/g, "\n"));
const Words = paragraph(1000).refine((text) => text !== "", "inspections:error.text");
/** A day, or nothing. */
const DayOrNone = z
  .string()
  .trim()
  .refine((text) => text === "" || parseDay(text) !== null, "stations:error.day")
  .transform((text) => text || null)
  .default(null);
const Theme = line(60).refine((text) => text !== "", "inspections:error.theme");

export const PlanForm = z
  .object({
    theme: Theme,
    note: paragraph(500),
    startsOn: Day,
    endsOn: Day,
    unannounced: z.literal("on").optional(),
    codes: z.array(z.string().max(12)).max(100).default([]),
    words: paragraph(1000),
    method: z.enum(["chosen", "drawn"]),
    stations: z.array(StationNumber).max(3000).default([]),
    within: StationNumber,
    level: z.enum(LEVELS),
    size: z.string().trim().max(4),
    inspectors: z.array(Uuid).max(50).default([]),
  })
  .refine(
    ({ method, size }) =>
      method === "chosen" || (/^\d{1,3}$/.test(size) && Number(size) >= 1 && Number(size) <= 500),
    {
      path: ["size"],
      message: "inspections:error.size",
    },
  );

export const EditForm = z.object({
  version: Version,
  theme: Theme,
  note: paragraph(500),
  startsOn: Day,
  endsOn: Day,
});
export const BeginForm = z.object({ version: Version });
export const ConcludeForm = z.object({ version: Version, circular: Words });
export const CallOffForm = z.object({
  version: Version,
  reason: line(200).refine((t) => t !== "", "inspections:error.text"),
});
export const VisitForm = z.object({ seen: Words });

const Severity = z.enum(FINDING_SEVERITIES, "inspections:error.severity");
/** A finding at a station: the item is its place in the inspection, or a code of the standards; empty is another. */
export const RaiseForm = z.object({
  item: z.string().max(12).default(""),
  body: Words,
  severity: Severity,
  dueOn: DayOrNone,
});

export const AnswerForm = z.object({ version: Version, measures: Words });
export const JudgeForm = z.object({ version: Version, seen: Words, newDue: DayOrNone });
export const ExtendForm = z.object({ version: Version, reason: Words, extendTo: Day });
export const WithdrawForm = z.object({ version: Version, why: Words });
export const UrgeForm = z.object({ version: Version, urge: Words });

const Page = z.coerce.number().int().min(1).max(9999).catch(1).default(1);
export const ListSearch = z.object({
  state: z.enum(INSPECTION_STATES).optional().catch(undefined),
  page: Page,
});

/** What the ledger is asked for; anything odd counts as not asked. */
export const LedgerSearch = z.object({
  state: z
    .enum(["all", ...FINDING_STATES])
    .optional()
    .catch(undefined),
  station: StationNumber.optional().catch(undefined),
  severity: z.enum(FINDING_SEVERITIES).optional().catch(undefined),
  overdue: z.literal("1").optional().catch(undefined),
  item: z
    .string()
    .regex(/^[0-9A-Za-z-]{1,12}$/)
    .optional()
    .catch(undefined),
  figure: z
    .string()
    .transform((name) => name.replace(/^findings\./, ""))
    .pipe(z.enum(FINDING_FIGURES))
    .optional()
    .catch(undefined),
  own: z.literal("1").optional().catch(undefined),
  period: z
    .string()
    .optional()
    .catch(undefined)
    .transform((text) => parsePeriod(text) ?? undefined),
  view: z.enum(["climbed", "waiting"]).optional().catch(undefined),
  page: Page,
});
export const NewSearch = z.object({ station: StationNumber });
