import { CARD_LINE_NAMES } from "@muster/domain/card";
import { holdsPrivateNumber } from "@muster/domain/private-number";

/**
 * Fields whose business such numbers are; their routes seal what they keep. Also what a visit found, which is sealed as
 * a whole, and what is no text at all: secrets, and a file on its way from the preview to the confirmation.
 */
const OWN_FIELDS =
  /^(idNumber|phone\d?|emergencyPhone|bankAccount|cardNumber|q|found|followUp|place|parts|username)$/i;
/** What a station prints on its cards: whom to call. */
const CARD_LINES: readonly string[] = CARD_LINE_NAMES;
const SECRET = /password|passcode|secret|token/i;

/** Whether a field holds an ID number, a telephone or a bank account and is not one of those that take them. */
export function isMisplaced(field: string, text: string): boolean {
  if (OWN_FIELDS.test(field) || SECRET.test(field) || CARD_LINES.includes(field)) return false;
  return holdsPrivateNumber(text);
}

/** An address without the numbers of somebody that were put into its query; null when there are none. */
export function withoutPrivateNumbers(url: URL): string | null {
  const all = [...url.searchParams];
  const kept = all.filter(([name, value]) => !holdsPrivateNumber(name) && !holdsPrivateNumber(value));
  if (kept.length === all.length) return null;
  const search = new URLSearchParams(kept).toString();
  return search === "" ? url.pathname : `${url.pathname}?${search}`;
}
