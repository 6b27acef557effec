import { FLAGS, type PeopleFilter } from "@muster/db/queries/people/list";
import type { Category } from "@muster/db/queries/people/row";
import { parsePeriod } from "@muster/domain/period";
import { AGE_CHOICES, CATEGORY_GROUPS } from "@muster/domain/person";
import { REGISTERS } from "@muster/domain/register";
import { z } from "zod";
import type { Locale } from "~/i18n/locales";
import { ListSearch } from "../registers/search";
import { StationNumber } from "../stations/forms";

const odd = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** What the list of people is asked for; anything odd counts as not asked. */
export const PeopleSearch = ListSearch.extend({
  // A number of somebody never stands in an address: it is searched for by a form.
  q: odd(
    z
      .string()
      .trim()
      .max(30)
      .refine((text) => !LONG_NUMBER.test(text)),
  ),
  category: odd(z.string().regex(/^\w{1,20}$/)),
  age: odd(z.enum(AGE_CHOICES)),
  flag: odd(z.enum(FLAGS)),
  state: odd(z.enum(["active", "left", "any"])),
  archive: odd(z.enum(["open", "due", "incomplete", "complete"])),
  station: odd(StationNumber),
  own: odd(z.literal("1")),
  /** How old the people are, also of a whole city. */
  ages: odd(z.literal("1")),
  figure: odd(z.enum(REGISTERS.people.figures)),
  period: odd(z.string().refine((text) => parsePeriod(text) !== null)),
});

/** Parameters of our own making, which may have some digits: a station, a month, the edge of a page. */
const OWN = new Set(["station", "period", "after", "before"]);

/** More digits than the last four of a number. */
export const LONG_NUMBER = /(\d[\s-]*){5,}/;

/** The address of the list without the numbers somebody has put into it; null when there are none. */
export function withoutNumbers(url: URL): string | null {
  const kept = [...url.searchParams].filter(
    ([name, value]) => !(OWN.has(name) ? /\d{11}/ : LONG_NUMBER).test(value),
  );
  if (kept.length === url.searchParams.size) return null;
  return kept.length > 0 ? `/people?${new URLSearchParams(kept)}` : "/people";
}

/** A search as the query takes it, with the station asked for. */
export function filterOf(
  search: z.output<typeof PeopleSearch>,
  station: { id: number; path: string } | null,
): PeopleFilter {
  const { q, category, age, flag, state, archive, figure } = search;
  const period = parsePeriod(search.period);
  const group = CATEGORY_GROUPS.find((name) => name === category);
  return {
    ...(station ? (search.own ? { stationId: station.id } : { path: station.path }) : {}),
    ...(q ? { q } : {}),
    ...(group ? { group } : category ? { category } : {}),
    ...(age ? { age } : {}),
    ...(flag ? { flag } : {}),
    ...(archive ? { archive } : {}),
    state: state ?? "active",
    ...(figure && period ? { counted: { figure, period } } : {}),
  };
}

/** The city's categories in the reader's language. */
export function namedCategories(
  categories: readonly Category[],
  locale: Locale,
): { code: string; name: string; group: string }[] {
  return categories.map(({ code, nameZh, nameEn, group }) => ({
    code,
    name: locale === "zh-CN" ? nameZh : nameEn,
    group,
  }));
}
