/** A calendar month, `YYYY-MM`. Text order is time order. */
export type Period = string & { readonly __period: unique symbol };

/** A calendar day in the city's time zone, `YYYY-MM-DD`. Text order is time order. */
export type LocalDate = string;

/** All cities of the service live in one time zone; a month begins at its midnight. */
export const TIME_ZONE = "Asia/Shanghai";

const PERIOD = /^(20\d{2})-(0[1-9]|1[0-2])$/;

/** Reads `YYYY-MM` (years 2000 to 2099); anything else is null. */
export function parsePeriod(text: unknown): Period | null {
  return typeof text === "string" && PERIOD.test(text) ? (text as Period) : null;
}

/** A period from a trusted literal; throws RangeError on anything but `YYYY-MM`. */
export function period(text: string): Period {
  const parsed = parsePeriod(text);
  if (!parsed) throw new RangeError(`not a period: ${text}`);
  return parsed;
}

/** The day of an instant in the city's time zone. */
export function localDate(instant: Date): LocalDate {
  // China has had no daylight saving since 1991: a fixed offset of 8 hours is exact.
  return new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** The month a day lies in. */
export function periodOf(day: LocalDate): Period {
  return period(day.slice(0, 7));
}

/** Year and month (1 to 12) of a period. */
export function partsOf(p: Period): { year: number; month: number } {
  return { year: Number(p.slice(0, 4)), month: Number(p.slice(5, 7)) };
}

/** The period `months` after (or, negative, before) `p`. */
export function addMonths(p: Period, months: number): Period {
  const { year, month } = partsOf(p);
  const index = year * 12 + (month - 1) + months;
  return period(`${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`);
}

/** Every period from `from` to `to`, both included; empty when `from` is later. */
export function periodsBetween(from: Period, to: Period): Period[] {
  const all: Period[] = [];
  for (let p = from; p <= to; p = addMonths(p, 1)) all.push(p);
  return all;
}

/** Number of months from `from` to `to`: 0 for the same month. */
export function monthsFrom(from: Period, to: Period): number {
  const a = partsOf(from);
  const b = partsOf(to);
  return (b.year - a.year) * 12 + (b.month - a.month);
}

/** First day of a period. */
export function firstDay(p: Period): LocalDate {
  return `${p}-01`;
}

/** Last day of a period. */
export function lastDay(p: Period): LocalDate {
  return addDays(firstDay(addMonths(p, 1)), -1);
}

/** The day `days` after (or before) `day`. */
export function addDays(day: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysFrom(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Reads `YYYY-MM-DD` if that day exists; anything else is null. */
export function parseDay(text: unknown): LocalDate | null {
  if (typeof text !== "string" || !DAY.test(text)) return null;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text ? null : text;
}

/** The days of a month that have come by `today`: all of them, once it is over. Inclusive. */
export function countedDays(period: Period, today: LocalDate): { from: LocalDate; to: LocalDate } {
  const last = lastDay(period);
  return { from: firstDay(period), to: last < today ? last : today };
}
