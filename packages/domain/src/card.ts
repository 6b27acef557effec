import type { LocalDate } from "./period";

/**
 * Cards that a station makes from the archive: the number to call in an emergency, what others must know of an elderly
 * person, who looks after them, and what the station does. (Source documents of the cadre homes: three cards, and the
 * service contact card.)
 */
export const CARD_KINDS = ["emergency", "contact", "pairing", "service"] as const;
export type CardKind = (typeof CARD_KINDS)[number];

/** Cards that say whom to turn to: what the standards ask about as contact cards (联系卡). */
export const CONTACT_CARDS = ["contact", "service"] as const satisfies readonly CardKind[];

/** What became of a card; `expired` follows from its last day. */
export const CARD_STATES = ["issued", "replaced", "withdrawn"] as const;
export type CardState = (typeof CARD_STATES)[number];
export const CARD_STANDINGS = ["valid", "expired", "replaced", "withdrawn"] as const;
export type CardStanding = (typeof CARD_STANDINGS)[number];

/** How a card stands on a day: its last day still counts. */
export function standingOf(
  { state, validUntil }: { state: CardState; validUntil: LocalDate },
  day: LocalDate,
): CardStanding {
  if (state !== "issued") return state;
  return validUntil < day ? "expired" : "valid";
}

/** `2026-00042`: the year of issue and the number within the city and year. */
export function serialOf({ year, number }: { year: number; number: number }): string {
  return `${year}-${String(number).padStart(5, "0")}`;
}

/** Years for which a card is made out, unless the station says otherwise. */
const YEARS_VALID = 3;

/** The last day of a card that is issued on a day. */
export function usualEnd(issuedOn: LocalDate): LocalDate {
  return `${Number(issuedOn.slice(0, 4)) + YEARS_VALID}-12-31`;
}

/** The longest that a card may be made out for: addresses and numbers do not hold for ever. */
export function latestEnd(issuedOn: LocalDate): LocalDate {
  return `${Number(issuedOn.slice(0, 4)) + 10}-12-31`;
}

/** Telephone lines of a station's cards, each with the number that holds where the station gives none. */
export const CARD_LINES = {
  duty: "",
  hospital: "",
  police: "110",
  ambulance: "120",
  gas: "",
  utilities: "",
  committee: "",
} as const;
export type CardLine = keyof typeof CARD_LINES;
export const CARD_LINE_NAMES = Object.keys(CARD_LINES) as CardLine[];

/** What a station's cards say besides the archive: numbers to call, what it is responsible for, what it offers. */
export interface CardSettings {
  lines: Record<CardLine, string>;
  duties: string;
  services: string;
  /** What goes on there for everybody: courses, gatherings, teams. */
  activities: string;
}
export const CARD_TEXTS = ["duties", "services", "activities"] as const;

/** So many workers are named on a card with their telephones; more would make it too small to read. */
export const MOST_ON_CARD = 3;

/** A card of credit-card size (ISO/IEC 7810 ID-1) in tenths of a millimetre, and the sheet it is printed on. */
export const CARD_SIZE = { width: 856, height: 540 } as const;
const SHEET = { width: 2100, height: 2970 } as const;
const ACROSS = 2;
const DOWN = 5;

/** Where the cards of an A4 sheet stand: ten of them in the middle, in tenths of a millimetre. */
export const CARD_PLACES: readonly { x: number; y: number }[] = Array.from(
  { length: ACROSS * DOWN },
  (_, i) => ({
    x: (SHEET.width - ACROSS * CARD_SIZE.width) / 2 + (i % ACROSS) * CARD_SIZE.width,
    y: (SHEET.height - DOWN * CARD_SIZE.height) / 2 + Math.floor(i / ACROSS) * CARD_SIZE.height,
  }),
);

/** Cards dealt out to sheets. */
export function sheetsOf<T>(cards: readonly T[]): T[][] {
  const size = CARD_PLACES.length;
  return Array.from({ length: Math.ceil(cards.length / size) }, (_, i) =>
    cards.slice(i * size, (i + 1) * size),
  );
}
