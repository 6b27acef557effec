import { FESTIVALS, type Festival } from "./festival";
import { addDays, type LocalDate, type Period } from "./period";

/** How somebody was reached. Only a `visit` counts in the report; a rule may ask for any of them. */
export const CHANNELS = ["visit", "phone", "message", "office", "checkup"] as const;
export type Channel = (typeof CHANNELS)[number];

/** Why somebody was visited. The first four are what contact rules ask for. */
export const OCCASIONS = ["festival", "hospital", "death", "hardship", "routine"] as const;
export type Occasion = (typeof OCCASIONS)[number];

/** What happened to somebody that must be answered with a visit. */
export const EVENTS = ["hospital", "death", "hardship"] as const;
export type ContactEvent = (typeof EVENTS)[number];

/** Most people of one visit: a gathering at the station, not a whole village. */
export const MOST_VISITED = 60;
/** Most money or value of gifts for one person, in fen. */
export const MOST_GIFT = 10_000_000;
/** A visit may be entered so many days after it was made. */
export const ENTERED_WITHIN = 400;
/** The family of somebody who died is visited within so many days of the death. */
export const MOURNING_DAYS = 90;
/** How far ahead a list of what is due looks. */
export const DUE_SOON_DAYS = 7;

/** How often a rule asks: an interval since the last contact, a festival, or an event. */
export const INTERVALS = ["P1W", "P1M", "P3M", "P6M", "P1Y"] as const;
export type Interval = (typeof INTERVALS)[number];
export type Every = Interval | `festival_${Festival}` | `event_${ContactEvent}`;
export const EVERY: readonly Every[] = [
  ...INTERVALS,
  ...FESTIVALS.map((festival): Every => `festival_${festival}`),
  ...EVENTS.map((event): Every => `event_${event}`),
];

/** What a rule asks for: a home visit, a telephone call, a check-up, or contact of any kind. */
export const ASKED = ["visit", "phone", "checkup", "any"] as const;
export type Asked = (typeof ASKED)[number];

/** Marks by which a rule may concern somebody whatever their category. */
export const CONCERNS = ["livingAlone", "emptyNest", "careNeed", "hardship"] as const;
export type Concern = (typeof CONCERNS)[number];

/** Whom a contact rule concerns: everyone, or whoever any one of these holds for. */
export interface Concerned {
  everyone: boolean;
  /** Codes of categories. */
  categories: readonly string[];
  /** From this year of life on; null for no matter. */
  fromAge: number | null;
  concerns: readonly Concern[];
}

/** A contact rule, as it holds from a month on. */
export interface ContactRule extends Concerned {
  code: string;
  name: { zh: string; en: string };
  every: Every;
  asked: Asked;
  /** Of a festival: so many days before it the visits begin. Of an event: within so many days. Otherwise 0. */
  days: number;
  validFrom: Period;
  /** The last month in which it holds; null for no end. */
  validTo: Period | null;
}

/** Days that a rule may give: a festival's visits do not begin earlier, an event's do not come later. */
export const RULE_DAYS = { least: 1, most: 60 } as const;

/** What kind of rule this is, with what it refers to. */
export function kindOfRule(
  every: Every,
):
  | { kind: "interval"; interval: Interval }
  | { kind: "festival"; festival: Festival }
  | { kind: "event"; event: ContactEvent } {
  const [kind, what] = every.split("_");
  if (kind === "festival") return { kind, festival: what as Festival };
  if (kind === "event") return { kind, event: what as ContactEvent };
  return { kind: "interval", interval: every as Interval };
}

/** What is wrong with a rule, and in which field. */
export type RuleFault = { field: "who" | "fromAge" | "days" | "nameZh" | "nameEn"; problem: string };

/** Whether a rule says something that can be asked for; null when it does. */
export function faultOfRule({
  everyone,
  categories,
  fromAge,
  concerns,
  every,
  days,
  name,
}: Omit<ContactRule, "code" | "validFrom" | "validTo">): RuleFault | null {
  if (name.zh.trim() === "") return { field: "nameZh", problem: "empty" };
  if (name.en.trim() === "") return { field: "nameEn", problem: "empty" };
  if (!everyone && categories.length === 0 && fromAge === null && concerns.length === 0)
    return { field: "who", problem: "nobody" };
  if (fromAge !== null && (fromAge < 1 || fromAge > 120)) return { field: "fromAge", problem: "age" };
  const timed = kindOfRule(every).kind !== "interval";
  if (timed && (days < RULE_DAYS.least || days > RULE_DAYS.most)) return { field: "days", problem: "days" };
  return null;
}

/** By when an event of this day is to be answered. */
export function answeredBy(on: LocalDate, days: number): LocalDate {
  return addDays(on, days);
}
