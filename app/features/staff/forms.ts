import { EDUCATIONS, EMPLOYMENTS, GROUP_ROLES } from "@muster/domain/staff";
import { z } from "zod";
import { Count, Day, line, Phone, StationNumber, StationParams, Ticked, Version } from "../stations/forms";

const Uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const Name = line(30).min(1);

export const StaffParams = StationParams.extend({ staffId: Uuid });
export const TrainingParams = StationParams.extend({ trainingId: Uuid });

/** What the roster is asked for; anything odd counts as not asked. */
export const RosterSearch = z.object({
  on: Day.optional().catch(undefined),
  q: z.string().trim().max(30).catch("").default(""),
  employment: z.enum(EMPLOYMENTS).optional().catch(undefined),
  below: z.literal("1").optional().catch(undefined),
});

export const StaffForm = z.object({
  name: Name,
  post: line(40).min(1),
  employment: z.enum(EMPLOYMENTS, "staff:error.employment"),
  head: Ticked,
  secretary: Ticked,
  veteran: Ticked,
  phone: Phone,
  education: z.enum(EDUCATIONS),
  validFrom: Day,
});

/** The same of a stretch of service that is there already. */
export const TermForm = StaffForm.extend({ id: Uuid, version: Version });
export const EndForm = z.object({ id: Uuid, version: Version, on: Day });

export const CoverForm = z.object({ from: Day, covered: z.array(StationNumber).max(600) });

export const PostsForm = z.object({ validFrom: Day, posts: Count, document: line(60), version: Version });
export const LeaderForm = z.object({
  name: Name,
  office: line(40).min(1),
  role: z.enum(GROUP_ROLES, "staff:error.role"),
  validFrom: Day,
});

const Hours = z
  .string()
  .trim()
  .regex(/^([1-9]|[1-9]\d|[1-4]\d\d|500)$/, "staff:error.hours")
  .transform(Number);
export const TrainingForm = z.object({
  subject: line(80).min(1),
  heldOn: Day,
  hours: Hours,
  batch: line(30),
});
export const EditTrainingForm = TrainingForm.extend({ version: Version });
export const CancelTrainingForm = z.object({ version: Version, reason: line(200).min(1) });
export const AttendanceForm = z.object({
  version: Version,
  below: StationNumber,
  present: z.array(Uuid).max(1000),
});

/** Trainings by year; whose staff an attendance list shows. */
export const YearSearch = z.object({
  year: z.coerce.number().int().min(2000).max(2099).optional().catch(undefined),
});
export const BelowSearch = z.object({ below: StationNumber.optional().catch(undefined) });

const Supposed = (most: number) => z.coerce.number().int().min(0).max(most).optional().catch(undefined);
/** A station's staffing as it would be with other numbers; an empty field counts as not asked. */
export const WhatIfSearch = z.preprocess(
  (search) => Object.fromEntries(Object.entries(search as object).filter(([, value]) => value !== "")),
  z.object({ people: Supposed(9_999_999), staff: Supposed(9_999) }),
);
