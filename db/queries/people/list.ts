import type { LocalDate, Period } from "@muster/domain/period";
import {
  AGE_BAND_NAMES,
  type AgeBand,
  birthsOf,
  type CategoryGroup,
  phoneDigits,
} from "@muster/domain/person";
import { type StationPath, subtreeEnd } from "@muster/domain/station";
import type { Keyring } from "@muster/secrets/keyring";
import type { ScopedTx } from "../../scope";
import { inPlace } from "../registers/place";
import { conditionOf } from "../registers/statement";
import { today } from "../stations/row";
import { activeOn, PEOPLE_CONDITIONS, type PeopleFigure } from "./figures";
import { idIndexOf, type PersonRow, personColumns } from "./row";

export const FLAGS = ["living_alone", "empty_nest", "card", "plaque"] as const;
export type Flag = (typeof FLAGS)[number];

/** What a list of people asks for; what is left out does not matter. */
export interface PeopleFilter {
  /** A station with everything below it. */
  path?: StationPath;
  /** This station alone. */
  stationId?: number;
  /** A name or its beginning, pinyin or initials, or the last four signs of an ID number. */
  q?: string;
  category?: string;
  group?: CategoryGroup;
  age?: AgeBand;
  flag?: Flag;
  /** In the archive today (the default), no longer, or both. */
  state?: "active" | "left" | "any";
  /** `due`: not looked through within twelve months. `incomplete`: something is missing. */
  archive?: "due" | "incomplete" | "complete";
  /** Only what a figure of the monthly report counts; `state` is not asked then. */
  counted?: { figure: PeopleFigure; period: Period };
}

/** Where a page of the list begins or ends: behind this line, or before it. */
export interface Cursor {
  pinyin: string;
  id: string;
}

/** A line of the list. */
export interface PersonLine extends PersonRow {
  stationName: string;
  /** Codes of the categories that hold today. */
  categories: string[];
  pinyin: string;
}

/** More are not counted: "more than 2,000" says enough, and counting 200,000 takes longer than listing 50. */
const MOST_COUNTED = 2_000;
/** Of a search that finds more one types more. */
const MOST_FOUND = 500;
/** Behind a figure the list says the same number as the figure. */
const MOST_BEHIND = 10_000;
/** Of more people no page says how old they are. */
const MOST_SUMMED = 10_000;

/** How far a list with this filter counts. */
export function countedUpTo({ counted, q }: PeopleFilter): number {
  return counted ? MOST_BEHIND : q ? MOST_FOUND : MOST_COUNTED;
}

/** Whether a filter looks through the archives of a whole city. */
function wholeCity(tx: ScopedTx, { path, stationId }: PeopleFilter): boolean {
  return tx.scope.path === "/" && stationId === undefined && (path === undefined || path === "/");
}

/** Category `c` holds today and is one that the filter asks for. */
function heldBy(tx: ScopedTx, filter: PeopleFilter) {
  const day = today(tx);
  return tx.sql`
    c.city_id = ${tx.scope.cityId} and c.valid_from <= ${day} and (c.valid_to is null or c.valid_to > ${day})
    and ${ofCategory(tx, filter)}`;
}

/** The category, or those of the group, that a filter asks for. */
function ofCategory(tx: ScopedTx, { category, group }: PeopleFilter) {
  if (category) return tx.sql`c.code = ${category}`;
  return tx.sql`c.code = any(array(
    select b.code from beneficiary_category b
    where b.city_id = ${tx.scope.cityId} and b.category_group = ${group ?? ""}))`;
}

/** Of so many holders a page is found by reading all of them; of more sooner by asking person by person. */
const FEW_TO_SORT = 4_000;
/** So many are read to be counted, since counting ends at countedUpTo. */
const FEW_TO_COUNT = 30_000;

/** How the category that is asked for is best looked up: for a page, and for counting. */
interface Lookup {
  page: "holders" | "people";
  count: "holders" | "people" | "people one by one";
}

/** Measured with 200,000 people: the wrong one of these takes ten times as long. */
async function lookupFor(tx: ScopedTx, filter: PeopleFilter): Promise<Lookup> {
  // Below a city the holders of the place are few in any case.
  if ((!filter.category && !filter.group) || !wholeCity(tx, filter))
    return { page: "holders", count: "holders" };
  // A name leaves few to ask.
  if (filter.q) return { page: "people", count: "people one by one" };
  // What else narrows the list is left to PostgreSQL.
  const alone = !filter.age && !filter.flag && !filter.archive && !filter.counted;
  const most = alone ? FEW_TO_COUNT : FEW_TO_SORT;
  const [row] = await tx.sql<{ holders: number }[]>`
    select count(*)::int as holders from (
      select from person_category c where c.city_id = ${tx.scope.cityId} and ${ofCategory(tx, filter)}
      limit ${most + 1}) f`;
  const holders = row?.holders ?? 0;
  return {
    page: holders <= FEW_TO_SORT ? "holders" : "people",
    count: holders <= most ? "holders" : "people",
  };
}

/** Whether record `p` holds the category that a filter asks for. */
function holds(tx: ScopedTx, filter: PeopleFilter, lookup: Lookup["count"]) {
  if (!filter.category && !filter.group) return tx.sql`true`;
  const held = heldBy(tx, filter);
  return lookup === "holders"
    ? tx.sql`p.id = any(array(
        select c.record_id from person_category c where ${held} and ${inPlace(tx, "c.path", filter.path)}))`
    : // What has an offset is not turned into a join.
      tx.sql`exists (select from person_category c where c.record_id = p.id and ${held}
        ${lookup === "people one by one" ? tx.sql`offset 0` : tx.sql``})`;
}

/** Whom a filter finds, whatever their category, as a condition on record `p`. */
function conditionsOf(tx: ScopedTx, keys: Keyring, filter: PeopleFilter) {
  const { cityId } = tx.scope;
  const day = today(tx);
  const all = [tx.sql`p.city_id = ${cityId}`];
  const { stationId, q, age, flag, state = "active", archive, counted } = filter;
  all.push(inPlace(tx, "p.path", filter.path));
  if (stationId) all.push(tx.sql`p.station_id = ${stationId}`);
  if (counted) all.push(conditionOf(tx, PEOPLE_CONDITIONS[counted.figure], counted.period));
  else if (state === "active") all.push(activeOn(tx, day));
  else if (state === "left") all.push(tx.sql`p.left_on <= ${day}`);
  if (q) all.push(named(tx, keys, q));
  if (age) {
    const { after, upTo } = birthsOf(age, day);
    all.push(tx.sql`p.born_on <= ${upTo} ${after ? tx.sql`and p.born_on > ${after}` : tx.sql``}`);
  }
  if (flag === "living_alone") all.push(tx.sql`p.living_alone`);
  if (flag === "empty_nest") all.push(tx.sql`p.empty_nest`);
  if (flag === "plaque") all.push(tx.sql`p.plaque`);
  if (flag === "card") all.push(tx.sql`p.card_since <= ${day}`);
  if (archive === "due")
    all.push(tx.sql`(p.confirmed_on is null or p.confirmed_on <= ${day}::date - interval '1 year')`);
  if (archive === "incomplete") all.push(tx.sql`p.completeness < 100`);
  if (archive === "complete") all.push(tx.sql`p.completeness = 100`);
  return all.reduce((both, one) => tx.sql`${both} and ${one}`);
}

const tidied = (q: string) => q.normalize("NFKC").trim().toLowerCase();

/** As a range, which finds its index whether PostgreSQL plans for these very letters or for any. */
function beginsWith(tx: ScopedTx, column: "p.name" | "p.pinyin" | "p.initials", text: string) {
  return tx.sql`(${tx.sql(column)} >= ${text} and ${tx.sql(column)} < ${`${text}\u{10FFFF}`})`;
}

/** People whose name, pinyin or initials begin so, or whose ID number ends so. */
function named(tx: ScopedTx, keys: Keyring, q: string) {
  const text = tidied(q);
  const tail = text.toUpperCase();
  if (/^\d{3}[\dX]$/.test(tail))
    return tx.sql`p.tail_index = ${keys.blind(tx.scope.cityId, "person.tail", tail)}`;
  if (isSpelling(text)) {
    const typed = text.replaceAll("ü", "v");
    // The first letter of both is the same, and half a city may begin with it: one index answers in its order.
    if (typed.length === 1) return beginsWith(tx, "p.pinyin", typed);
    return tx.sql`(${beginsWith(tx, "p.initials", typed)} or ${beginsWith(tx, "p.pinyin", typed)})`;
  }
  // Within a town the few rows can be looked through for a given name alone; in a city the index needs the surname.
  return tx.scope.path === "/" ? beginsWith(tx, "p.name", text) : tx.sql`position(${text} in p.name) > 0`;
}

const isSpelling = (text: string) => /^[a-zü]+$/.test(text);

/** One page of people in the order of their names, and how many there are, up to one more than countedUpTo. */
export async function listPeople(
  tx: ScopedTx,
  keys: Keyring,
  { filter, limit, after, before }: { filter: PeopleFilter; limit: number; after?: Cursor; before?: Cursor },
): Promise<{ lines: PersonLine[]; total: number; more: boolean }> {
  const { cityId } = tx.scope;
  const lookup = await lookupFor(tx, filter);
  const edge = after
    ? tx.sql`and (p.pinyin, p.id) > (${after.pinyin}, ${after.id}::uuid)`
    : before
      ? tx.sql`and (p.pinyin, p.id) < (${before.pinyin}, ${before.id}::uuid)`
      : tx.sql``;
  const conditions = conditionsOf(tx, keys, filter);
  const most = countedUpTo(filter);
  const [up, down] = [tx.sql`, p.id`, tx.sql` desc, p.id desc`];
  const way = before && !after ? down : up;
  // Those of one name are found by the index of names and put in order before anything else is asked of them: as an
  // expression the pinyin offers no index to walk, which for a surname from the end of the alphabet would lead past
  // the whole city.
  const found =
    filter.q && !isSpelling(tidied(filter.q))
      ? tx.sql`
        select * from (
          select p.*, p.pinyin || '' as key from person p where ${conditions} ${edge}
          order by key ${way} offset 0) p
        where ${holds(tx, filter, lookup.page)} order by p.key ${way} limit ${limit + 1}`
      : tx.sql`
        select p.* from person p where ${conditions} and ${holds(tx, filter, lookup.page)} ${edge}
        order by p.pinyin ${way} limit ${limit + 1}`;
  const lines = await tx.sql<PersonLine[]>`
    with found as (${found})
    select ${personColumns(tx)}, p.pinyin, s.name as "stationName", array(
        select c.code from person_category c
        where c.city_id = ${cityId} and c.record_id = p.id and c.valid_from <= ${today(tx)}
          and (c.valid_to is null or c.valid_to > ${today(tx)})
        order by c.code) as categories
    from found p join station s on s.city_id = ${cityId} and s.id = p.station_id
    order by p.pinyin, p.id`;
  const more = lines.length > limit;
  const backwards = before !== undefined && after === undefined;
  const shown = more ? (backwards ? lines.slice(1) : lines.slice(0, limit)) : [...lines];
  // A list that fits its first page has been counted.
  if (!more && !after && !before) return { lines: shown, total: shown.length, more };
  const [count] = await tx.sql<{ total: number }[]>`
    select count(*)::int as total from (
      select from person p where ${conditions} and ${holds(tx, filter, lookup.count)} limit ${most + 1}) f`;
  return { lines: shown, total: count?.total ?? 0, more };
}

/** The record of exactly this ID number or telephone, if the caller sees one; the active one first. */
export async function findByNumber(tx: ScopedTx, keys: Keyring, typed: string): Promise<string | null> {
  const { cityId } = tx.scope;
  const number = typed.normalize("NFKC").replace(/\s/g, "").toUpperCase();
  const [row] = await tx.sql<{ id: string }[]>`
    select p.id from person p
    where p.city_id = ${cityId} and (p.id_index = ${idIndexOf(keys, cityId, number)}
      or p.phone_index = ${keys.blind(cityId, "person.phone", phoneDigits(typed))})
    order by p.left_on is not null, p.active_from desc limit 1`;
  return row?.id ?? null;
}

/** How old the people of an archive are. Averages come from days of birth, not from whole years. */
export interface PeopleSummary {
  people: number;
  bands: Record<AgeBand, number>;
  averageAge: number | null;
  oldest: LocalDate | null;
  youngest: LocalDate | null;
  /** Whose archive is incomplete, and whose was not looked through for a year. */
  incomplete: number;
  due: number;
}

/**
 * Ages and states of everybody who is in the archives of a subtree today; null for more than MOST_SUMMED people,
 * whom no page of a list should wait for.
 */
export async function summaryOf(tx: ScopedTx, path: StationPath): Promise<PeopleSummary | null> {
  const day = today(tx);
  const [found] = await tx.sql<{ people: number }[]>`
    select count(*)::int as people from (
      select from person p
      where p.city_id = ${tx.scope.cityId} and p.path >= ${path} and p.path < ${subtreeEnd(path)}
      limit ${MOST_SUMMED + 1}) f`;
  if ((found?.people ?? 0) > MOST_SUMMED) return null;
  const bands = AGE_BAND_NAMES.reduce((all, band) => {
    const { after, upTo } = birthsOf(band, day);
    return tx.sql`${all}, (count(*) filter (where p.born_on <= ${upTo}
      ${after ? tx.sql`and p.born_on > ${after}` : tx.sql``}))::int as ${tx.sql(band)}`;
  }, tx.sql`count(*)::int as people`);
  const [row] = await tx.sql<(Record<AgeBand, number> & Omit<PeopleSummary, "bands">)[]>`
    select ${bands}, avg((${day}::date - p.born_on) / 365.2425)::float8 as "averageAge",
      min(p.born_on) as oldest, max(p.born_on) as youngest,
      (count(*) filter (where p.completeness < 100))::int as incomplete,
      (count(*) filter (where p.confirmed_on is null or p.confirmed_on <= ${day}::date - interval '1 year'))::int as due
    from person p
    where p.city_id = ${tx.scope.cityId} and p.path >= ${path} and p.path < ${subtreeEnd(path)}
      and ${activeOn(tx, day)}`;
  if (!row) throw new Error("an aggregate without a row");
  const { people, averageAge, oldest, youngest, incomplete, due } = row;
  const of = (band: AgeBand) => [band, row[band]] as const;
  return {
    people,
    averageAge,
    oldest,
    youngest,
    incomplete,
    due,
    bands: Object.fromEntries(AGE_BAND_NAMES.map(of)) as Record<AgeBand, number>,
  };
}

/** Other active records of the same name at the same station: what a second record is merged into. */
export async function namesakesOf(
  tx: ScopedTx,
  { id, stationId, name }: Pick<PersonRow, "id" | "stationId" | "name">,
): Promise<Pick<PersonRow, "id" | "name" | "bornOn">[]> {
  const rows = await tx.sql<Pick<PersonRow, "id" | "name" | "bornOn">[]>`
    select p.id, p.name, p.born_on as "bornOn" from person p
    where p.city_id = ${tx.scope.cityId} and p.station_id = ${stationId} and p.name = ${name} and p.id <> ${id}
      and p.left_on is null
    order by p.born_on, p.id`;
  return [...rows];
}
