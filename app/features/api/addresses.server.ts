import { type Period, parsePeriod } from "@muster/domain/period";
import { z } from "zod";

/** A station's number in an address. */
export const StationId = z
  .string()
  .regex(/^[1-9]\d{0,15}$/)
  .transform(Number)
  .refine(Number.isSafeInteger);

/** A month in an address or query, `YYYY-MM`. */
export const PeriodText = z.string().transform((text, context): Period => {
  const period = parsePeriod(text);
  if (period) return period;
  context.addIssue({ code: "custom", message: "not a period" });
  return z.NEVER;
});

export const ReportAddress = z.object({ stationId: StationId, period: PeriodText });

/** A page of a list: at most 500 items, from an opaque cursor. */
export const PageOfList = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z
    .string()
    .regex(/^[\w-]{1,40}$/)
    .optional(),
});

/** The offset a cursor stands for; a cursor of another list or age is the beginning. */
export function offsetOf(cursor: string | undefined): number {
  const offset = cursor ? Number(Buffer.from(cursor, "base64url").toString("utf8")) : 0;
  return Number.isSafeInteger(offset) && offset >= 0 && offset <= 1_000_000 ? offset : 0;
}

/** The cursor of the next page, or null at the end. */
export function cursorAfter(offset: number, given: number, total: number): string | null {
  const next = offset + given;
  return given > 0 && next < total ? Buffer.from(String(next), "utf8").toString("base64url") : null;
}
