import type { LocalDate, Period } from "@muster/domain/period";
import {
  AGE_BAND_NAMES,
  type AgeBand,
  type AgeChoice,
  birthsOf,
  type CategoryGroup,
  phoneDigits,
} from "@muster/domain/person";
import { type StationPath, subtreeEnd } from "@muster/domain/station";
import type { Keyring } from "@muster/secrets/keyring";
import type { ScopedTx } from "../../scope";
import { countedUpTo } from "../registers/counted";
import { inPlace } from "../registers/place";
import { conditionOf } from "../registers/statement";
import { today } from "../stations/row";
import { activeOn, PEOPLE_CONDITIONS, type PeopleFigure } from "./figures";
import { typedName } from "./names";
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
  age?: AgeChoice;
  flag?: Flag;
  /** In the archive today (the default), no longer, or both. */
  state?: "active" | "left" | "any";
  /** `due`: not looked through within twelve months. `incomplete`: something is missing. */
  archive?: "due" | "incomplete" | "complete" | "open";
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

/** Of a search that finds more one types more. */
const MOST_FOUND = 500;
/** Of more people a page says only when asked how old they are: 200,000 take a fifth of a second. */
const MOST_SUMMED = 20_000;

/** How far a list with this filter counts. */
export function peopleCountedUpTo({ counted, q }: PeopleFilter): number {
  return q && !counted ? MOST_FOUND : countedUpTo({ counted });
}

/** Whether a filter looks through the archives of a whole city. */
function wholeCity(tx: ScopedTx, { path, stationId }: PeopleFilter): boolean {
  return tx.scope.path === "/" && stationId === undefined && (path === undefined || path === "/");
}

/** Of so many holders all are read, and put in order; more of them are met soon by walking the list itself. */
const FEW = 4_000;

/** The category or the group that is asked for, as codes. */
interface Held {
  codes: string[];
  /** So few hold one in a whole city that walking its list would find them late: they are looked up first. */
  few: boolean;
}

/** Null where a filter asks for no category. */
async function heldBy(tx: ScopedTx, filter: PeopleFilter): Promise<Held | null> {
  const codes = await codesOf(tx, filter);
  // Below a city all are few, and a name leaves few to ask.
  if (codes === null || !wholeCity(tx, filter) || filter.q) return codes && { codes, few: false };
  const [row] = await tx.sql<{ holders: number }[]>`
    select count(*)::int as holders from (${holdersOf(tx, codes)} limit ${FEW + 1}) f`;
  return { codes, few: (row?.holders ?? 0) <= FEW };
}

async function codesOf(tx: ScopedTx, { category, group }: PeopleFilter): Promise<string[] | null> {
  if (category) return [category];
  if (!group) return null;
  const rows = await tx.sql<{ code: string }[]>`
    select code from beneficiary_category where city_id = ${tx.scope.cityId} and category_group = ${group}`;
  return rows.map(({ code }) => code);
}

function holdersOf(tx: ScopedTx, codes: string[]) {
  return tx.sql`
    select c.record_id from person_category c
    where c.city_id = ${tx.scope.cityId} and c.code = any(${codes}) and c.valid_to is null`;
}

/** Whether record `p` holds what is asked for. */
function holds(tx: ScopedTx, held: Held | null) {
  if (held === null) return tx.sql`true`;
  return held.few
    ? tx.sql`p.id = any(array(${holdersOf(tx, held.codes)}))`
    : tx.sql`p.categories && ${held.codes}::text[]`;
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
  // What figure A09 leaves out: not complete, or not looked through for a year.
  if (archive === "open")
    all.push(
      tx.sql`(p.complete_since is null or p.confirmed_on is null or p.confirmed_on <= ${day}::date - interval '1 year')`,
    );
  if (archive === "incomplete") all.push(tx.sql`p.completeness < 100`);
  if (archive === "complete") all.push(tx.sql`p.completeness = 100`);
  return all.reduce((both, one) => tx.sql`${both} and ${one}`);
}

/** As a range, which finds its index whether PostgreSQL plans for these very letters or for any. */
function beginsWith(tx: ScopedTx, column: "p.name" | "p.pinyin" | "p.initials", text: string) {
  return tx.sql`(${tx.sql(column)} >= ${text} and ${tx.sql(column)} < ${`${text}\u{10FFFF}`})`;
}

/** People whose name, pinyin or initials begin so, or whose ID number ends so. */
function named(tx: ScopedTx, keys: Keyring, q: string) {
  const text = typedName(q);
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

/**
 * One page of people in the order of their names, and how many there are, up to one more than peopleCountedUpTo. The keys of
 * the page and of all that are counted come from one look at an index, whole rows only for the page.
 */
export async function listPeople(
  tx: ScopedTx,
  keys: Keyring,
  { filter, limit, after, before }: { filter: PeopleFilter; limit: number; after?: Cursor; before?: Cursor },
): Promise<{ lines: PersonLine[]; total: number; more: boolean }> {
  const { cityId } = tx.scope;
  const held = await heldBy(tx, filter);
  const conditions = tx.sql`${conditionsOf(tx, keys, filter)} and ${holds(tx, held)}`;
  const most = peopleCountedUpTo(filter);
  const edge = after
    ? tx.sql`(p.pinyin, p.id) > (${after.pinyin}, ${after.id}::uuid)`
    : before
      ? tx.sql`(p.pinyin, p.id) < (${before.pinyin}, ${before.id}::uuid)`
      : null;
  const backwards = before !== undefined && after === undefined;
  const way = backwards ? tx.sql` desc, p.id desc` : tx.sql`, p.id`;
  // As an expression the pinyin offers no index to walk, which for a surname from the end of the alphabet would lead
  // past the whole city: those of one name are found by its own index and put in order.
  const order = filter.q && !isSpelling(typedName(filter.q)) ? tx.sql`p.pinyin || '' ` : tx.sql`p.pinyin`;
  const counted = tx.sql`
    select p.id, p.pinyin from person p where ${conditions} order by ${order}${way}
    limit ${Math.max(most, limit) + 1}`;
  const page = edge
    ? tx.sql`
      select p.id, p.pinyin from person p where ${conditions} and ${edge} order by ${order}${way} limit ${limit + 1}`
    : tx.sql`select p.id, p.pinyin from counted p order by p.pinyin${way} limit ${limit + 1}`;
  // A prepared statement soon gets one plan for all filters, which suits none of them: planning costs a millisecond.
  const mode = tx.sql.unsafe(wholeCity(tx, filter) ? "force_custom_plan" : "auto");
  const [, rows] = await Promise.all([
    tx.sql`set local plan_cache_mode = ${mode}`,
    tx.sql<(PersonLine & { total: number })[]>`
      with counted as materialized (${counted}), page as (${page})
      select ${personColumns(tx)}, p.pinyin, p.categories, s.name as "stationName",
        (select count(*)::int from counted) as total
      from person p join station s on s.city_id = ${cityId} and s.id = p.station_id
      where p.city_id = ${cityId} and p.id = any(array(select id from page))
      order by p.pinyin, p.id`,
    tx.sql`set local plan_cache_mode = auto`,
  ]);
  const [first] = rows;
  if (!first && edge) {
    // Behind the last line there may be none while the list has some.
    const { total } = await listPeople(tx, keys, { filter, limit: 1 });
    return { lines: [], total, more: false };
  }
  const more = rows.length > limit;
  const shown = more ? (backwards ? rows.slice(1) : rows.slice(0, limit)) : rows;
  return {
    lines: shown.map(({ total: _, ...line }) => line),
    total: Math.min(first?.total ?? 0, most + 1),
    more,
  };
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
 * Ages and states of everybody who is in the archives of a subtree today; null for more than MOST_SUMMED people, whom no
 * page of a list should wait for unless its reader asks for them.
 */
export async function summaryOf(
  tx: ScopedTx,
  path: StationPath,
  { asked = false }: { asked?: boolean } = {},
): Promise<PeopleSummary | null> {
  const day = today(tx);
  const [found] = await tx.sql<{ many: boolean }[]>`
    select not ${asked} and count(*) > ${MOST_SUMMED} as many from (
      select from person p
      where p.city_id = ${tx.scope.cityId} and p.path >= ${path} and p.path < ${subtreeEnd(path)}
      limit ${asked ? 0 : MOST_SUMMED + 1}) f`;
  if (found?.many) return null;
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
