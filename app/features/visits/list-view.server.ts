import { type CountedVisits, VISIT_FIGURES } from "@muster/db/queries/visits/figures";
import type { VisitFilter } from "@muster/db/queries/visits/list";
import { parsePeriod } from "@muster/domain/period";
import { CHANNELS, OCCASIONS } from "@muster/domain/visit";
import { z } from "zod";
import { ListSearch } from "../registers/search";
import { StationNumber } from "../stations/forms";
import { Uuid } from "./forms";

const odd = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const Month = z.string().refine((text) => parsePeriod(text) !== null);

/** What the list of visits is asked for; anything odd counts as not asked. */
export const VisitSearch = ListSearch.extend({
  channel: odd(z.enum(CHANNELS)),
  occasion: odd(z.enum(OCCASIONS)),
  month: odd(Month),
  follow: odd(z.enum(["open", "late"])),
  state: odd(z.enum(["all"])),
  station: odd(StationNumber),
  own: odd(z.literal("1")),
  person: odd(Uuid),
  figure: odd(z.enum(VISIT_FIGURES as [(typeof VISIT_FIGURES)[number]])),
  period: odd(Month),
});

/** A search as the query takes it, with the station and the human being asked for. */
export function filterOf(
  search: z.output<typeof VisitSearch>,
  station: { id: number; path: string } | null,
  personId: string | null,
): VisitFilter {
  const { channel, occasion, follow, state, figure } = search;
  const [month, period] = [parsePeriod(search.month), parsePeriod(search.period)];
  return {
    ...(station ? (search.own ? { stationId: station.id } : { path: station.path }) : {}),
    ...(personId ? { personId } : {}),
    ...(channel ? { channel } : {}),
    ...(occasion ? { occasion } : {}),
    ...(month ? { month } : {}),
    ...(follow ? { follow } : {}),
    ...(state === "all" ? { void: true } : {}),
    ...(figure && figure !== "visits.overdue" && period
      ? { counted: { figure: figure satisfies CountedVisits, period } }
      : {}),
  };
}
