/**
 * The registers: what stations log day by day and figures come from. A register is a folder in each of four places
 * (db/schema, db/queries, app/features, app/routes) and an entry here; the shared pieces take it from there.
 */
export const REGISTERS = {
  people: {
    address: "/people",
    /** What its records answer for a station and a month; the catalogue's `derivation` names them. */
    figures: [
      "people.active",
      "people.veterans",
      "people.entitled",
      "people.bereaved",
      "people.disabled",
      "people.cadres",
      "people.added",
      "people.removed",
      "people.archived",
      "people.card_holders",
    ],
  },
  /** Who serves: the figures it feeds are answered from the standings. */
  staff: { address: "/staff", figures: [] },
} as const satisfies Record<string, { address: string; figures: readonly string[] }>;

export type RegisterName = keyof typeof REGISTERS;
export const REGISTER_NAMES = Object.keys(REGISTERS) as RegisterName[];
/** A figure that the records of a register answer. */
export type FigureOf<R extends RegisterName> = (typeof REGISTERS)[R]["figures"][number];
