import type { PetitionFilter, PetitionRow } from "@muster/db/queries/petitions/read";
import { type Period, parsePeriod } from "@muster/domain/period";
import { PETITION_STATES } from "@muster/domain/petition";
import { REGISTERS } from "@muster/domain/register";
import { z } from "zod";
import type { Locale } from "~/i18n/locales";
import { TopicCode, Uuid } from "../reception/forms";
import { odd } from "../reception/list-view.server";
import { ListSearch } from "../registers/search";
import { StationNumber } from "../stations/forms";

/** What the ledger is asked for; anything odd counts as not asked. */
export const PetitionSearch = ListSearch.extend({
  state: odd(z.enum(["running", "settled", ...PETITION_STATES])),
  topic: odd(TopicCode),
  mark: odd(z.enum(["overdue", "late", "backlog", "joint"])),
  year: odd(z.coerce.number().int().min(2000).max(2099)),
  station: odd(StationNumber),
  own: odd(z.literal("1")),
  person: odd(Uuid),
  view: odd(z.enum(["review", "climbed"])),
  figure: odd(z.enum(REGISTERS.petitions.figures)),
  period: odd(
    z
      .string()
      .refine((text) => parsePeriod(text) !== null)
      .transform((text) => text as Period),
  ),
});

/** A search as the query takes it. @param place the station asked for, or the reader's own */
export function filterOf(
  search: z.output<typeof PetitionSearch>,
  place: { id: number; path: string },
  asking: number,
): PetitionFilter {
  const { state, topic, mark, year, person, view, figure, period, own } = search;
  return {
    ...(own ? { stationId: place.id } : { path: place.path }),
    ...(state ? { state } : {}),
    ...(topic ? { topic } : {}),
    ...(mark ? { [mark]: true } : {}),
    ...(year ? { year } : {}),
    ...(person ? { recordId: person } : {}),
    ...(view === "review" ? { reviewOf: asking } : {}),
    ...(view === "climbed" ? { climbedTo: asking } : {}),
    ...(figure && period ? { counted: { figure, period } } : {}),
  };
}

/** A row as the ledger shows it. */
export function shownPetition(row: PetitionRow, petitioner: string, locale: Locale) {
  const { ancestors: _ancestors, body: _body, timeAskedById: _asked, topicZh, topicEn, ...shown } = row;
  return { ...shown, petitioner, topicName: locale === "zh-CN" ? topicZh : topicEn };
}
export type ShownPetition = ReturnType<typeof shownPetition>;
