import { FESTIVALS, type Festival, MADE_UP_WITHIN } from "@muster/domain/festival";
import { daysFrom, type LocalDate } from "@muster/domain/period";
import { Lunar } from "lunar-typescript";

/** One festival of one year. */
export interface FestivalDay {
  festival: Festival;
  on: LocalDate;
}

/**
 * The first day of the Chinese year that begins in a year of ours. From tables, not from the runtime's own Chinese
 * calendar, which places it a day late in some years.
 */
export function springFestival(year: number): LocalDate {
  return Lunar.fromYmd(year, 1, 1).getSolar().toYmd();
}

/** The day of a festival in a year. */
export function festivalOn(festival: Festival, year: number): LocalDate {
  if (festival === "spring") return springFestival(year);
  return festival === "army" ? `${year}-08-01` : `${year}-10-01`;
}

/** The festival of its kind that a day belongs to: one that can still be made up for, else the next. */
export function festivalAround(festival: Festival, day: LocalDate): LocalDate {
  const year = Number(day.slice(0, 4));
  const on = festivalOn(festival, year);
  return daysFrom(on, day) <= MADE_UP_WITHIN ? on : festivalOn(festival, year + 1);
}

/** The festivals around a day, the nearest first; one that is being made up for stands before those to come. */
export function festivalsAround(day: LocalDate): FestivalDay[] {
  return FESTIVALS.map((festival) => ({ festival, on: festivalAround(festival, day) })).sort((a, b) =>
    a.on < b.on ? -1 : 1,
  );
}
