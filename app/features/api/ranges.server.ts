import { localDate, monthsFrom, type Period, periodOf } from "@muster/domain/period";
import { z } from "zod";
import { badRequest } from "~/server/errors.server";
import { PeriodText, StationId } from "./addresses.server";

const BY = ["total", "month", "child", "child-month"] as const;

/** Longest range one call answers, in months. */
const MOST_MONTHS = 60;

export const RollupSearch = z.object({
  station: StationId.optional(),
  from: PeriodText.optional(),
  to: PeriodText.optional(),
  by: z.enum(BY).default("total"),
  basis: z.enum(["accepted", "provisional"]).default("accepted"),
  boundaries: z.enum(["reported", "today"]).default("reported"),
});

export const CompletenessSearch = z.object({
  station: StationId.optional(),
  from: PeriodText.optional(),
  to: PeriodText.optional(),
  by: z.enum(BY).default("month"),
});

/** The months asked for: the current one by default; 400 when they run backwards or are too many. */
export function rangeOf(
  search: { from?: Period | undefined; to?: Period | undefined },
  now: Date,
): { from: Period; to: Period } {
  const to = search.to ?? search.from ?? periodOf(localDate(now));
  const from = search.from ?? to;
  if (from > to || monthsFrom(from, to) >= MOST_MONTHS) throw badRequest("api:errors.range");
  return { from, to };
}
