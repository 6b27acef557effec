import {
  addDays,
  addMonths,
  firstDay,
  type LocalDate,
  localDate,
  type Period,
  partsOf,
  periodOf,
  periodsBetween,
} from "@muster/domain/period";

/** Closed months of the demo, before the current one. */
export const CLOSED_MONTHS = 12;
/** Place of the current month in the window of 13. */
export const CURRENT = 12;

/** Days from the first of the following month between which all of a month's filing happens. */
const OPENS = -5;
const CLOSES = 9.75;

/**
 * The months of the demo as seen on one day. Everything follows from the day, not from the hour: two machines
 * that start on the same day show the same.
 */
export class Calendar {
  readonly today: LocalDate;
  /** Twelve closed months and the current one. */
  readonly periods: readonly Period[];

  constructor(now: Date) {
    this.today = localDate(now);
    const current = periodOf(this.today);
    this.periods = periodsBetween(addMonths(current, -CLOSED_MONTHS), current);
  }

  period(index: number): Period {
    const found = this.periods[index];
    if (!found) throw new RangeError(`no month ${index} in the demo`);
    return found;
  }

  /** Day from which the month's facts hold. */
  firstDay(index: number): LocalDate {
    return firstDay(this.period(index));
  }

  /**
   * The instant `day` days after the first of the month that follows (day 3 at noon is 2.5, the day before the
   * month ends -1). Nothing happens in the future: in the current month, and in the last one before the tenth,
   * the same story is told in the days that have passed.
   */
  instant(index: number, day: number): Date {
    const following = midnight(firstDay(addMonths(this.period(index), 1)));
    const from = index === CURRENT ? midnight(this.firstDay(CURRENT)) + HOUR * 8 : following + OPENS * DAY;
    const usualEnd = following + CLOSES * DAY;
    const today = midnight(this.today);
    // On the first of a month its own story takes the first minute.
    const end = Math.max(Math.min(usualEnd, today), Math.min(from, today) + MINUTE);
    const start = Math.min(from, end - MINUTE);
    const share = (day - OPENS) / (CLOSES - OPENS);
    return new Date(Math.round(start + share * (end - start)));
  }

  /** A day from today on. */
  ahead(days: number): LocalDate {
    return addDays(this.today, days);
  }

  /** How much of a year's festival visits fall into the month. */
  festival(index: number): number {
    const { year, month } = partsOf(this.period(index));
    const spring = SPRING_FESTIVAL_VISITS[year] ?? 2;
    if (month === spring) return 1;
    return { 7: 0.35, 8: 0.8, 9: 0.45, 10: 0.4 }[month] ?? 0;
  }
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function midnight(day: LocalDate): number {
  return Date.parse(`${day}T00:00:00+08:00`);
}

/** The month in which a year's Spring Festival visits are made: the ten days before the festival. */
const SPRING_FESTIVAL_VISITS: Record<number, number> = {
  2024: 2,
  2025: 1,
  2026: 2,
  2027: 1,
  2028: 1,
  2029: 2,
  2030: 1,
  2031: 1,
  2032: 2,
  2033: 1,
  2034: 2,
  2035: 1,
};
