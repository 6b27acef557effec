import { SUBJECT_KINDS } from "@muster/domain/evidence";
import { parseDay } from "@muster/domain/period";
import { z } from "zod";
import { ReceivedFile } from "~/server/upload.server";

/** The subject in an address: `?kind=station&id=1042`. */
export const SubjectSearch = z.object({ kind: z.enum(SUBJECT_KINDS), id: z.string().max(60) });

const line = (maximum: number, message: string) =>
  z
    .string(message)
    .trim()
    .min(1, message)
    .max(maximum, message)
    .refine((text) => !/\p{Cc}/u.test(text), "field.characters");

const Version = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);

export const UploadForm = z.object({
  title: line(60, "evidence:error.title"),
  expiresOn: z
    .string()
    .trim()
    .refine((text) => text === "" || parseDay(text) !== null, "evidence:error.day")
    .transform((text) => text || null)
    .optional()
    .default(null),
  file: z
    .instanceof(ReceivedFile, { message: "evidence:file.empty" })
    .refine((file) => file.size > 0, "evidence:file.empty")
    .refine((file) => !file.tooLarge, "evidence:file.too_large"),
});

export const EditForm = UploadForm.omit({ file: true }).extend({ version: Version });

export const PieceParams = z.object({ evidenceId: z.uuid() });

export const RemoveForm = z.object({
  version: Version,
  reason: line(200, "evidence:error.reason"),
});
