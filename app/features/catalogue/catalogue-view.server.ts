import { type CityCatalogue, cityCatalogue } from "@muster/db/queries/catalogue";
import { firstChangeable } from "@muster/db/queries/catalogue-edit";
import { addMonths, localDate, type Period, parsePeriod, periodOf } from "@muster/domain/period";
import { z } from "zod";
import type { Tx } from "~/server/database.server";

/** `?at=2026-12` shows the content of that month; anything else is the current month's. */
export const AtMonth = z.object({ at: z.string().optional().catch(undefined) });

export interface CatalogueHead {
  at: Period;
  current: Period;
  /** The first month a change may hold from. */
  changeable: Period;
  version: number;
  /** Months to look at: where something changes, and the current one. */
  months: Period[];
}

/** The city's catalogue with what every page of it shows. */
export async function catalogueHead(
  tx: Tx,
  now: Date,
  asked?: string,
): Promise<{ catalogue: CityCatalogue; head: CatalogueHead }> {
  const catalogue = await cityCatalogue(tx);
  const current = periodOf(localDate(now));
  const at = parsePeriod(asked) ?? current;
  const { indicators, checks, deadlines, staffing } = catalogue;
  const all = [...indicators, ...checks, ...deadlines, ...staffing];
  const turns = all.flatMap((item) => [
    item.validFrom,
    ...("validTo" in item && item.validTo !== null ? [addMonths(item.validTo, 1)] : []),
  ]);
  const months = [...new Set([current, at, ...turns])].sort();
  return {
    catalogue,
    head: { at, current, changeable: firstChangeable(now), version: catalogue.version, months },
  };
}
