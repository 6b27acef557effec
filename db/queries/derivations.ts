import type { Indicator } from "@muster/domain/indicator";
import { FINDING_FIGURES } from "@muster/domain/inspection";
import type { ScopedTx } from "../scope";
import { ASSISTANCE_FIGURES, ASSISTANCE_STATEMENT } from "./assistance/figures";
import { CARD_FIGURES, CARD_STATEMENT } from "./cards/figures";
import type { PeriodCatalogue } from "./catalogue";
import { FINDING_STATEMENT } from "./findings/figures";
import { PEOPLE_FIGURES, PEOPLE_STATEMENT } from "./people/figures";
import { COUNTER_FIGURES, COUNTER_STATEMENT } from "./reception/figures";
import { ask, recordsAt, together, whetherRecords } from "./registers/statement";
import { STATION_FIGURES, STATION_STATEMENT } from "./stations/figures";
import { VISIT_FIGURES, VISIT_STATEMENT } from "./visits/figures";

/** What the records say of one figure: its value, and how many records it comes from. */
export interface Derived {
  value: number;
  count: number;
}

/** Derived figures of one station by indicator code. */
export type Register = Record<string, Derived>;

/**
 * Where figures come from. A register adds one source: the names it answers (as the catalogue's `derivation`
 * column has them), and one statement that answers all of them for some stations and a month.
 */
interface Source {
  names: readonly string[];
  /**
   * Constant SQL over the names of registers/statement.ts. Its rows: the station, a bigint[] with a value for each of
   * `names` in their order (null: the records do not say), and a bigint[] of how many records each value comes from,
   * or null where the value says that itself. A station whose register was not in use by then has no row: before the
   * first record nothing is known, which is not 0.
   */
  statement: string;
  /**
   * Tables of records at a station: where none of them has a row the statement would answer nothing and is not sent.
   * Null for facts that every station has.
   */
  records: readonly string[] | null;
}

const SOURCES: readonly Source[] = [
  { names: STATION_FIGURES, statement: STATION_STATEMENT, records: null },
  {
    names: FINDING_FIGURES.map((figure) => `findings.${figure}`),
    statement: FINDING_STATEMENT,
    records: ["finding", "inspection_station"],
  },
  { names: PEOPLE_FIGURES, statement: PEOPLE_STATEMENT, records: ["person"] },
  { names: CARD_FIGURES, statement: CARD_STATEMENT, records: ["card"] },
  { names: VISIT_FIGURES, statement: VISIT_STATEMENT, records: ["visit", "visit_notice"] },
  { names: ASSISTANCE_FIGURES, statement: ASSISTANCE_STATEMENT, records: ["assistance_case"] },
  { names: COUNTER_FIGURES, statement: COUNTER_STATEMENT, records: ["reception", "petition"] },
];

/** What is to be asked for a catalogue's indicators: worked out once for each, since every submission asks it. */
interface Question {
  sources: readonly Source[];
  /** Asks which of the sources have records at all. */
  inUse: string;
  /** The statements of those that have, as one text, by which they are. */
  texts: Map<string, string>;
  /** Of each source, in the order of its values: the codes that take one. */
  codes: readonly (readonly (readonly string[])[])[];
}

const questions = new WeakMap<readonly Indicator[], Question>();

function questionFor(indicators: readonly Indicator[]): Question {
  const known = questions.get(indicators);
  if (known) return known;
  const wanted = indicators.filter(({ derivation }) => derivation !== null);
  const sources = SOURCES.filter(({ names }) => wanted.some((i) => names.includes(i.derivation ?? "")));
  const question = {
    sources,
    inUse: whetherRecords(sources.map(({ records }) => records)),
    texts: new Map<string, string>(),
    codes: sources.map(({ names }) =>
      names.map((name) => wanted.filter((i) => i.derivation === name).map(({ code }) => code)),
    ),
  };
  questions.set(indicators, question);
  return question;
}

/**
 * What the records give for each station and indicator that has a derivation, all registers in one statement.
 * Stations outside the scope and indicators without records are absent.
 */
export async function registersOf(
  tx: ScopedTx,
  stationIds: readonly number[],
  catalogue: PeriodCatalogue,
): Promise<Map<number, Register>> {
  const registers = new Map<number, Register>(stationIds.map((id) => [id, {}]));
  const { sources, inUse, texts, codes } = questionFor(catalogue.indicators);
  if (sources.length === 0) return registers;
  const used = await recordsAt(tx, inUse, stationIds);
  const key = used.join();
  const text = texts.get(key) ?? together(sources.map(({ statement }, i) => (used[i] ? statement : null)));
  texts.set(key, text);
  for (const { source, id, values, counts } of await ask(tx, text, stationIds, catalogue.period)) {
    const register = registers.get(id);
    for (const [i, value] of register ? values.entries() : []) {
      if (value === null || !register) continue;
      for (const code of codes[source]?.[i] ?? []) register[code] = { value, count: counts?.[i] ?? value };
    }
  }
  return registers;
}

/** Every name a catalogue row may give as its derivation. */
export function knownDerivations(): string[] {
  return SOURCES.flatMap((s) => s.names);
}
