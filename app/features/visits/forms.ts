import { FESTIVALS } from "@muster/domain/festival";
import { CHANNELS, EVENTS, MOST_GIFT, MOST_VISITED, OCCASIONS } from "@muster/domain/visit";
import { z } from "zod";
import { Day, line, StationNumber, Version } from "../stations/forms";

export const Uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const Records = z.array(Uuid).max(500);

/** Several lines of text, as they are written on a phone. */
const Words = z
  .string()
  .trim()
  .max(500)
  .refine((text) => !/[^\P{Cc}\n\r\t]/u.test(text), "field.characters")
  .optional()
  .default("");

/** Whole yuan as they are typed; kept in fen. */
const Gift = z
  .string()
  .trim()
  .regex(/^\d{0,6}$/, "visits:error.gift")
  .transform((text) => Number(text) * 100)
  .refine((fen) => fen <= MOST_GIFT, "visits:error.gift")
  .optional()
  .default(0);

const OptionalDay = z
  .preprocess((value) => (value === "" ? undefined : value), Day.optional())
  .transform((value) => value ?? null);

export const NewVisitForm = z.object({
  id: Uuid,
  station: StationNumber,
  plan: z.preprocess((value) => value || undefined, Uuid.optional()).transform((value) => value ?? null),
  records: z.array(Uuid, "visits:error.who").min(1, "visits:error.who").max(MOST_VISITED),
  heldOn: Day,
  channel: z.enum(CHANNELS),
  occasion: z.enum(OCCASIONS),
  worker: z.string().regex(/^[0-9a-f-]{36}$/, "visits:error.worker"),
  gift: Gift,
  place: line(60).optional().default(""),
  found: Words,
  followUp: line(100).optional().default(""),
  followOn: OptionalDay,
});

const Typed = z.string().max(500).optional();

/** What a search for people brings along: whatever has been typed so far, right or not. */
export const FindForm = z.object({
  q: line(30).optional().default(""),
  station: StationNumber,
  records: Records.optional().default([]),
  id: Typed,
  plan: Typed,
  heldOn: Typed,
  channel: Typed,
  occasion: Typed,
  worker: Typed,
  gift: Typed,
  place: Typed,
  found: Typed,
  followUp: Typed,
  followOn: Typed,
});

export const VisitParams = z.object({ visitId: Uuid });
export const CloseForm = z.object({ version: Version });
export const VoidForm = z.object({ version: Version, reason: line(100).min(1) });

export const AssignForm = z.object({
  station: StationNumber,
  records: Records.min(1, "visits:error.someone"),
  worker: z.string().regex(/^[0-9a-f-]{36}$/, "visits:error.worker"),
});

export const PersonParams = z.object({ personId: Uuid });
export const NoticeForm = z.object({ event: z.enum(EVENTS), on: Day });
export const EndNoticeForm = z.object({ notice: Uuid, reason: line(100).min(1) });

export const PlanParams = z.object({ planId: Uuid });
export const NewPlanForm = z.object({ festival: z.enum(FESTIVALS), gift: Gift });
export const PlanPeopleForm = z.object({ records: Records.min(1, "visits:error.someone") });
export const PlanAssignForm = PlanPeopleForm.extend({
  worker: z.string().regex(/^[0-9a-f-]{36}$/, "visits:error.worker"),
});
/** One tap: the key makes that two taps are one visit. */
export const PlanLogForm = z.object({ id: Uuid, record: Uuid });
export const PlanFindForm = z.object({ q: line(30).min(1) });
