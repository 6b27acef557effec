import { COMMON_PASSWORDS } from "./common-passwords";

export const SHORTEST_PASSWORD = 8;
/** In code points; longer ones would only cost time. */
export const LONGEST_PASSWORD = 128;

/** Why a new password is refused. */
export type Weakness = "tooShort" | "tooLong" | "common" | "likeName";

/**
 * A password as it is hashed and judged: compatibility forms folded, because the same key gives full-width or
 * half-width characters depending on the input method.
 */
export function normalisedPassword(password: string): string {
  return password.normalize("NFKC");
}

/** Why a new password of the person with this username (stored form) is refused; null when it is good. */
export function weaknessOf(password: string, username: string): Weakness | null {
  const text = normalisedPassword(password);
  const length = [...text].length;
  if (length < SHORTEST_PASSWORD) return "tooShort";
  if (length > LONGEST_PASSWORD) return "tooLong";
  const plain = text.toLowerCase();
  if (COMMON_PASSWORDS.has(plain) || new Set(plain).size < 3) return "common";
  if (username && (plain === username || plain === [...username].reverse().join(""))) return "likeName";
  return null;
}
