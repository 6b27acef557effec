import { catalogueAt } from "@muster/db/queries/catalogue";
import { localDate, periodOf } from "@muster/domain/period";
import { z } from "zod";
import { PeriodText } from "~/features/api/addresses.server";
import { api } from "~/server/api.server";

const Query = z.object({ period: PeriodText.optional() });

/** The catalogue in force in a month; this month by default. */
export const loader = api({ authorization: "signed-in", search: Query }, async ({ scoped, search, now }) => {
  const period = search.period ?? periodOf(localDate(now));
  const { indicators, checks, deadlines } = await scoped((tx) => catalogueAt(tx, period));
  return {
    period,
    items: indicators
      .filter((indicator) => !indicator.hidden)
      .map(({ code, section, name, definition, unit, kind, source, acrossTime, validFrom, validTo }) => ({
        code,
        section,
        name,
        definition,
        unit,
        kind,
        source,
        acrossTime,
        validFrom,
        validTo,
      })),
    checks: checks.map(({ code, severity, left, comparison, right, message }) => ({
      code,
      severity,
      left,
      comparison,
      right,
      message,
    })),
    deadlines,
    next: null,
  };
});
