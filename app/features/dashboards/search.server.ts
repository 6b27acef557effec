import { z } from "zod";
import { PeriodText, StationId } from "~/features/api/addresses.server";

/** A field left empty in a form is one not asked for. */
function optional<S extends z.ZodType>(schema: S) {
  return z.preprocess((value) => (value === "" ? undefined : value), schema.optional());
}

/** What every dashboard's address may say. A value that makes no sense is a 400; what is left out has a default. */
export const DashboardSearch = z.object({
  station: optional(StationId),
  from: optional(PeriodText),
  to: optional(PeriodText),
  basis: optional(z.enum(["accepted", "provisional"])),
  boundaries: optional(z.enum(["reported", "today"])),
  indicator: optional(z.string().regex(/^[A-Z][A-Z0-9]{1,15}$/)),
  item: optional(z.string().regex(/^[A-Z]\d{1,2}$/)),
  show: optional(z.enum(["missing", "returned"])),
  screen: optional(z.enum(["1", "0"])),
});
export type DashboardSearch = z.output<typeof DashboardSearch>;
