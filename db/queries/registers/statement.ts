import { countedDays, type LocalDate, lastDay, type Period } from "@muster/domain/period";
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

/** In the order in which a statement takes them. */
const NAMES = ["city", "stations", "first", "last", "until"] as const satisfies readonly (keyof Asked)[];
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
  const asked = askedOf(tx, [], period);
  const parts = text.split(NAME);
  const strings = parts.filter((_, i) => i % 2 === 0);
  const values = parts.filter((_, i) => i % 2 === 1).map((name) => askedFor(asked, name));
  return tx.sql(Object.assign(strings, { raw: strings }), ...values);
}

function askedFor(asked: Asked, name: string): string | number {
  if (name === "stations") throw new RangeError("a condition is asked of one record, not of stations");
  return asked[name as Exclude<keyof Asked, "stations">];
}

/** One text for several registers' statements: each answers rows of its own number, station, values and counts. */
export function together(statements: readonly string[]): string {
  const named = statements.map(
    (text, i) => `select ${i} as source, a.* from (${text}) a(id, "values", counts)`,
  );
  const numbered = named
    .join("\nunion all\n")
    .replace(new RegExp(NAME, "g"), (_, name) => `$${NAMES.indexOf(name) + 1}`);
  // Every parameter is told its type, also one that no statement asks for.
  return `${numbered}\nunion all
    select null, $1::bigint, $2::bigint[], null where false and ($3::date, $4::date, $5::date) is null`;
}

/** What registers answered, by the place of each in the list and by station. */
export interface Answer {
  source: number;
  id: number;
  values: (number | null)[];
  /** How many records each value comes from; null where that is the value itself. */
  counts: (number | null)[] | null;
}

/** Asks a text that `together` made. The text is a constant: PostgreSQL plans it once for a connection. */
export async function ask(
  tx: ScopedTx,
  text: string,
  stationIds: readonly number[],
  period: Period,
): Promise<Answer[]> {
  const asked = askedOf(tx, stationIds, period);
  const parameters = [asked.city, stationIds as number[], asked.first, asked.last, asked.until];
  return [...(await tx.sql.unsafe<Answer[]>(text, parameters, { prepare: true }))];
}
