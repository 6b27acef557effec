import { type AuditFilter, auditNames, type searchAudit } from "@muster/db/queries/audit-search";
import { cityCatalogue } from "@muster/db/queries/catalogue";
import { addDays, type LocalDate, parseDay } from "@muster/domain/period";
import { z } from "zod";
import type { Locale, Translate } from "~/i18n/locales";
import type { Tx } from "~/server/database.server";
import { type AuditWords, referencesIn } from "./audit-words.server";

/** What actions are about: the first part of their names. */
export const ACTION_GROUPS = [
  "report",
  "month",
  "station",
  "membership",
  "invitation",
  "account",
  "session",
  "token",
  "catalogue",
  "city",
  "staff",
  "training",
  "assessment",
  "standards",
  "evidence",
  "inspection",
  "finding",
  "person",
  "card",
  "visit",
  "reception",
  "knowledge",
  "topic",
  "petition",
  "assistance",
  "dashboard",
  "audit",
  "view",
] as const;

const Text = z.string().trim().max(100).optional().catch(undefined);
const Day = z
  .string()
  .transform((text) => parseDay(text))
  .nullish()
  .catch(null);

/** The filters of the log, the same for the page and for its file. */
export const AuditSearch = z.object({
  from: Day,
  to: Day,
  station: z.coerce
    .number()
    .int()
    .positive()
    .max(2 ** 53)
    .optional()
    .catch(undefined),
  person: Text,
  action: z.enum(ACTION_GROUPS).optional().catch(undefined),
  q: Text,
  cursor: z.string().max(200).optional().catch(undefined),
});

/** The query's filter for what the address asks. */
export function filterOf(search: z.output<typeof AuditSearch>, limit: number): AuditFilter {
  const { from, to, station, ...rest } = search;
  return {
    ...rest,
    from: from ? shanghaiMidnight(from) : undefined,
    // The last day counts as a whole.
    to: to ? shanghaiMidnight(addDays(to, 1)) : undefined,
    stationId: station,
    limit,
  };
}

/** The names and words that entries need, looked up in the reader's scope. */
export async function wordsFor(
  tx: Tx,
  entries: Awaited<ReturnType<typeof searchAudit>>["items"],
  { t, locale }: { t: Translate; locale: Locale },
): Promise<AuditWords> {
  const names = await auditNames(tx, referencesIn(entries));
  const { indicators } = await cityCatalogue(tx);
  return { t, locale, names, indicators };
}

/** The first instant of a day where the stations are. */
export function shanghaiMidnight(day: LocalDate): Date {
  return new Date(`${day}T00:00:00+08:00`);
}
