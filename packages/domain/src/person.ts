import { type LocalDate, parseDay } from "./period";

export const SEXES = ["male", "female"] as const;
export type Sex = (typeof SEXES)[number];

/** Codes of the provinces that a citizen's ID number may begin with (GB/T 2260, Hong Kong to Taiwan included). */
const PROVINCES = new Set(
  "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split(
    " ",
  ),
);
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_SIGNS = "10X98765432";

/** What is wrong with an ID number. */
export type IdNumberProblem = "length" | "province" | "birth" | "checksum";

/** An ID number that is one, and what it says of its holder. */
export interface IdNumber {
  number: string;
  bornOn: LocalDate;
  sex: Sex;
}

/** An ID number as people write it: full-width digits, blanks and a small x are put right. */
export function tidyIdNumber(text: string): string {
  return text.normalize("NFKC").replace(/\s/g, "").toUpperCase();
}

/** The last sign of an ID number, from the 17 before it (GB 11643-1999, ISO 7064 MOD 11-2). */
export function checkSignOf(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return CHECK_SIGNS[sum % 11] ?? "";
}

/** Reads an 18-digit citizen's ID number (GB 11643-1999), tidied. Nobody was born after `today` or before 1900. */
export function readIdNumber(
  text: string,
  today: LocalDate,
): { ok: true; value: IdNumber } | { ok: false; problem: IdNumberProblem } {
  const number = tidyIdNumber(text);
  if (!/^\d{17}[\dX]$/.test(number)) return { ok: false, problem: "length" };
  if (!PROVINCES.has(number.slice(0, 2))) return { ok: false, problem: "province" };
  const bornOn = parseDay(`${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`);
  if (!bornOn || bornOn > today || bornOn < EARLIEST_BIRTH) return { ok: false, problem: "birth" };
  if (checkSignOf(number.slice(0, 17)) !== number[17]) return { ok: false, problem: "checksum" };
  return { ok: true, value: { number, bornOn, sex: Number(number[16]) % 2 === 1 ? "male" : "female" } };
}

export const EARLIEST_BIRTH: LocalDate = "1900-01-01";

/** Completed years of life on a day; somebody born on 29 February is a year older on 1 March. */
export function ageOn(bornOn: LocalDate, day: LocalDate): number {
  const years = Number(day.slice(0, 4)) - Number(bornOn.slice(0, 4));
  return day.slice(5) < bornOn.slice(5) ? years - 1 : years;
}

/** Bands of age that lists and figures tell apart, with their first year of life. */
export const AGE_BANDS = { under_60: 0, from_60: 60, from_70: 70, from_80: 80, from_90: 90 } as const;
export type AgeBand = keyof typeof AGE_BANDS;
export const AGE_BAND_NAMES = Object.keys(AGE_BANDS) as AgeBand[];

/** What a list may be asked for: a band, or everybody of eighty and over, as care and visits count them. */
export const AGE_CHOICES = [...AGE_BAND_NAMES, "over_80"] as const;
export type AgeChoice = (typeof AGE_CHOICES)[number];

/** The days of birth of a band on a day: from (exclusive, null for none) and to (inclusive). */
export function birthsOf(band: AgeChoice, day: LocalDate): { after: LocalDate | null; upTo: LocalDate } {
  if (band === "over_80") return { after: null, upTo: yearsBefore(day, AGE_BANDS.from_80) };
  const at = AGE_BAND_NAMES.indexOf(band);
  const next = AGE_BAND_NAMES[at + 1];
  return {
    after: next ? yearsBefore(day, AGE_BANDS[next]) : null,
    upTo: yearsBefore(day, AGE_BANDS[band]),
  };
}

/** The latest day of birth of somebody who is `years` old on a day. */
function yearsBefore(day: LocalDate, years: number): LocalDate {
  const earlier = `${String(Number(day.slice(0, 4)) - years).padStart(4, "0")}${day.slice(4)}`;
  // There is no 29 February in the other year: who was born on the 28th has completed it.
  return parseDay(earlier) ?? `${earlier.slice(0, 8)}28`;
}

/** The last four signs, by which people are asked for. */
export function lastFour(idNumber: string): string {
  return idNumber.slice(-4);
}

/** `320***********0022`: region of three signs and the last four. */
export function maskIdNumber(number: string): string {
  return mask(number, 3, 4);
}

/** `139****1111`; a short number shows its last two signs. */
export function maskPhone(phone: string): string {
  return phone.length >= 11 ? mask(phone, 3, 4) : mask(phone, 0, 2);
}

function mask(text: string, first: number, last: number): string {
  const hidden = Math.max(0, text.length - first - last);
  return text.slice(0, first) + "*".repeat(hidden) + text.slice(text.length - Math.min(last, text.length));
}

/** A telephone number by its digits, as it is stored and searched for; empty when there are none. */
export function phoneDigits(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/^\+?86(?=1\d{10}$)/, "")
    .replace(/\D/g, "");
}

/** A mobile number, or a landline with its area code. */
export function isPhone(digits: string): boolean {
  return /^1[3-9]\d{9}$|^0\d{9,11}$|^\d{7,8}$/.test(digits);
}

/** How somebody came to be in the archive of a station. */
export const WAYS_IN = ["new", "moved_in"] as const;
/** Why somebody is no longer in it. `transferred`: to another station of the city. */
export const WAYS_OUT = ["died", "moved_out", "merged", "transferred"] as const;
export type WayIn = (typeof WAYS_IN)[number];
export type WayOut = (typeof WAYS_OUT)[number];

/** Why masked data is looked at. Written to the log with each reveal. */
export const PURPOSES = ["verify", "edit", "contact", "apply", "emergency", "inspect"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Groups of categories, as lists and figures sum them up. */
export const CATEGORY_GROUPS = [
  "retired_cadre",
  "veteran",
  "bereaved",
  "entitled",
  "family",
  "other",
] as const;
export type CategoryGroup = (typeof CATEGORY_GROUPS)[number];

/**
 * Categories that the report's figures count, as ranges of codes, both ends included (definitions of A02 to A06).
 * A city's own categories take codes outside of them, or inside to be counted with their like.
 */
export const COUNTED_CATEGORIES = {
  veterans: [
    ["10", "13"],
    ["20", "34"],
  ],
  entitled: [["40", "58"]],
  bereaved: [["40", "42"]],
  disabled: [["50", "50"]],
  cadres: [["10", "15"]],
} as const satisfies Record<string, readonly (readonly [string, string])[]>;
export type CountedCategory = keyof typeof COUNTED_CATEGORIES;

/** What is wrong with what was said of somebody's identity, and of which field. */
export type IdentityProblem =
  | { field: "idNumber"; problem: IdNumberProblem }
  | { field: "sex" | "bornOn"; problem: "missing" | "differs" | "impossible" };

/** Who somebody is: from the ID number, which sex and birth must agree with, or from those two alone. */
export function readIdentity(
  said: { idNumber: string; sex: Sex | null; bornOn: LocalDate | null },
  today: LocalDate,
): { ok: true; idNumber: string | null; sex: Sex; bornOn: LocalDate } | ({ ok: false } & IdentityProblem) {
  if (said.idNumber.trim() !== "") {
    const read = readIdNumber(said.idNumber, today);
    if (!read.ok) return { ok: false, field: "idNumber", problem: read.problem };
    const { number, sex, bornOn } = read.value;
    if (said.sex && said.sex !== sex) return { ok: false, field: "sex", problem: "differs" };
    if (said.bornOn && said.bornOn !== bornOn) return { ok: false, field: "bornOn", problem: "differs" };
    return { ok: true, idNumber: number, sex, bornOn };
  }
  if (!said.sex) return { ok: false, field: "sex", problem: "missing" };
  if (!said.bornOn) return { ok: false, field: "bornOn", problem: "missing" };
  if (said.bornOn > today || said.bornOn < EARLIEST_BIRTH)
    return { ok: false, field: "bornOn", problem: "impossible" };
  return { ok: true, idNumber: null, sex: said.sex, bornOn: said.bornOn };
}
