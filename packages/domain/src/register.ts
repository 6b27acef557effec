import type { Period } from "./period";

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
  findings: { address: "/findings", figures: ["findings.opened", "findings.closed", "findings.overdue"] },
  visits: {
    address: "/visits",
    figures: ["visits.made", "visits.people", "visits.festival", "visits.gifts", "visits.overdue"],
  },
  assistance: {
    address: "/assistance",
    figures: ["assistance.applied", "assistance.one_off", "assistance.major", "assistance.paid"],
  },
  /** The counter log; the questions it answers and the petitions that come of it. */
  reception: { address: "/reception", figures: ["reception.walk_ins", "reception.answered"] },
  petitions: {
    address: "/petitions",
    figures: [
      "petitions.accepted",
      "petitions.closed",
      "petitions.on_time",
      "petitions.open",
      "petitions.overdue",
      "petitions.backlog",
    ],
  },
  cards: { address: "/cards", figures: ["cards.paired"] },
  /** Who serves: the figures it feeds are answered from the standings. */
  staff: { address: "/staff", figures: [] },
} as const satisfies Record<string, { address: string; figures: readonly string[] }>;

export type RegisterName = keyof typeof REGISTERS;
export const REGISTER_NAMES = Object.keys(REGISTERS) as RegisterName[];
/** A figure that the records of a register answer. */
export type FigureOf<R extends RegisterName> = (typeof REGISTERS)[R]["figures"][number];

/** The register that answers a derivation; null for the station's own facts and for names that nobody knows. */
export function registerOf(derivation: string): RegisterName | null {
  return (
    REGISTER_NAMES.find((name) => (REGISTERS[name].figures as readonly string[]).includes(derivation)) ?? null
  );
}

/**
 * The address of the list behind a figure that a register answers: for a station's own report, or for everything in
 * its subtree. Null where no register has such a list.
 */
export function listBehind(
  derivation: string,
  { stationId, period, own }: { stationId: number; period: Period; own: boolean },
): string | null {
  const register = registerOf(derivation);
  if (!register) return null;
  // Names of figures and months need no escaping.
  return `${REGISTERS[register].address}?figure=${derivation}&period=${period}&station=${stationId}${own ? "&own=1" : ""}`;
}
