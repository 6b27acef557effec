import type { LocalDate, Period } from "@muster/domain/period";
import type { Level } from "@muster/domain/station";
import type { ScopedTx } from "../../scope";

/** Where a measure can be looked up. */
export type Origin =
  /** Figures of reports; `register` is the one with the single records behind them, where it is in use. */
  | { kind: "report"; period: Period; register?: "people" | "petitions" }
  | { kind: "facts" | "people" | "stations" | "staff" | "evidence" }
  /** Regular contacts of the station, contacts that were due in its subtree, contact cards of its subtree. */
  | { kind: "contacts" | "due" | "cards" };

/** What the records say of one item of the standards. */
export interface Measure {
  value: number;
  /** How many records it rests on. */
  count: number;
  origin: Origin;
}

/** A station as far as measures go. */
export interface Measured {
  id: number;
  path: string;
  level: Level;
}

/**
 * Where items of the standards get their value from. A register adds one source: the names it answers (as the
 * items' `source` has them) and one query that answers them for some stations on a day.
 */
export interface Source {
  names: readonly string[];
  load(
    tx: ScopedTx,
    stations: readonly Measured[],
    day: LocalDate,
  ): Promise<Map<number, Record<string, Measure>>>;
}
