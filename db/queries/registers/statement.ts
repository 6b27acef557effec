import { countedDays, type LocalDate, lastDay, type Period, periodOf } from "@muster/domain/period";
import type { StationPath } from "@muster/domain/station";
import type { ScopedTx } from "../../scope";
import { today } from "../stations/row";

/**
 * What a register is asked about a month, by the names its SQL has for it: `:city`, `:stations` (bigint[]), the first
 * and the last day of the month, and `:until`, the last of its days that has come.
 */
interface Asked {
  city: number;
  stations: readonly number[];
  first: LocalDate;
  last: LocalDate;
  until: LocalDate;
}

/** Their types, in the order in which a statement takes them. */
const TYPES = {
  city: "bigint",
  stations: "bigint[]",
  first: "date",
  last: "date",
  until: "date",
} as const satisfies Record<keyof Asked, string>;
const NAMES = Object.keys(TYPES) as (keyof Asked)[];
const NAME = new RegExp(`(?<![:\\w]):(${NAMES.join("|")})\\b`);

function askedOf(tx: ScopedTx, stations: readonly number[], period: Period): Asked {
  const { from: first, to: until } = countedDays(period, today(tx));
  return { city: tx.scope.cityId, stations, first, last: lastDay(period), until };
}

/**
 * A condition of a register as a part of a query: the same text that its figures are counted by. `text` is a constant
 * of the source; what varies goes in as parameters. Knows no `:stations`.
 */
export function conditionOf(tx: ScopedTx, text: string, period: Period) {
  return conditionFor(tx, text, askedOf(tx, [], period));
}

/** The same for a month of which only what was known on one of its days counts. */
export function conditionOn(tx: ScopedTx, text: string, day: LocalDate) {
  return conditionFor(tx, text, { ...askedOf(tx, [], periodOf(day)), until: day });
}

function conditionFor(tx: ScopedTx, text: string, asked: Asked) {
  const parts = text.split(NAME);
  const strings = parts.filter((_, i) => i % 2 === 0);
  const values = parts.filter((_, i) => i % 2 === 1).map((name) => askedFor(asked, name));
  return tx.sql(Object.assign(strings, { raw: strings }), ...values);
}

function askedFor(asked: Asked, name: string): string | number {
  if (name === "stations") throw new RangeError("a condition is asked of one record, not of stations");
  return asked[name as Exclude<keyof Asked, "stations">];
}

/**
 * One text for several registers' statements: each answers rows of its own place in the list, station, values and
 * counts. Those that are null are left out.
 */
export function together(statements: readonly (string | null)[]): string {
  const named = statements.flatMap((text, i) =>
    text === null ? [] : [`select ${i} as source, a.* from (${text}) a(id, "values", counts)`],
  );
  // Every parameter is named once, also one that no register asks for: PostgreSQL must know its type.
  const all = NAMES.map((name) => `:${name}`).join(", ");
  return [...named, `select null, null, null, null where false and (${all}) is null`]
    .join("\nunion all\n")
    .replace(new RegExp(NAME, "g"), (_, name: keyof Asked) => `$${NAMES.indexOf(name) + 1}::${TYPES[name]}`);
}

/** A text that asks, table by table, whether stations have records; what has no tables always has. */
export function whetherRecords(tables: readonly (readonly string[] | null)[]): string {
  const asked = tables.map((names) =>
    names
      ? names
          .map(
            (name) =>
              `exists (select from ${name} where city_id = $1::bigint and station_id = any($2::bigint[]))`,
          )
          .join(" or ")
      : "$1::bigint is not null and $2::bigint[] is not null",
  );
  return `select array[${asked.join(", ")}] as used`;
}

/** Asks a text that `whetherRecords` made. */
export async function recordsAt(
  tx: ScopedTx,
  text: string,
  stationIds: readonly number[],
): Promise<readonly boolean[]> {
  const [row] = await tx.sql.unsafe<{ used: boolean[] }[]>(text, [tx.scope.cityId, stationIds as number[]], {
    prepare: true,
  });
  return row?.used ?? [];
}

/** What registers answered, by the place of each in the list and by station. */
export interface Answer {
  source: number;
  id: number;
  values: (number | null)[];
  /** How many records each value comes from; null where that is the value itself. */
  counts: (number | null)[] | null;
}

/**
 * Asks a text that `together` made. The text is a constant: PostgreSQL plans it once for a connection, and is told to
 * keep to that plan. By itself it would plan anew each time, since a plan for one station looks cheaper to it than one
 * for any; but planning a statement of so many parts takes several times as long as running it. How wide the scope
 * is does decide how a row is best found, so each level has a plan of its own.
 */
export async function ask(
  tx: ScopedTx,
  text: string,
  stationIds: readonly number[],
  period: Period,
): Promise<Answer[]> {
  const asked = askedOf(tx, stationIds, period);
  const parameters = [asked.city, stationIds as number[], asked.first, asked.last, asked.until];
  // On their way together, in this order.
  const [, rows] = await Promise.all([
    tx.sql`set local plan_cache_mode = force_generic_plan`,
    tx.sql.unsafe<Answer[]>(forScope(text, tx.scope.path), parameters, { prepare: true }),
    tx.sql`set local plan_cache_mode = auto`,
  ]);
  return [...rows];
}

const byDepth = new Map<string, string[]>();

/** The same text under another name for each depth of the scope: prepared statements are told apart by their text. */
function forScope(text: string, path: StationPath): string {
  const depth = path.split("/").length - 2;
  const known = byDepth.get(text) ?? [];
  if (known.length === 0) byDepth.set(text, known);
  known[depth] ??= `${text} /* depth ${depth} */`;
  return known[depth];
}
