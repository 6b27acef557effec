import { randomInt } from "node:crypto";
import { normalisedPassword } from "@muster/domain/password";
import { hash, type Options, verify } from "@node-rs/argon2";

/** argon2id (2): 19 MiB, two passes, one lane, as OWASP's password storage sheet has it. */
const ARGON: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Hashes a password with argon2id. Takes 19 MiB and 20 to 40 ms of a core: a server lets few run at once, and none
 * inside a transaction.
 */
export function argonHash(password: string): Promise<string> {
  return hash(normalisedPassword(password), ARGON);
}

/** Whether a password is the one behind a hash of argonHash. */
export function argonVerify(stored: string, password: string): Promise<boolean> {
  return verify(stored, normalisedPassword(password), ARGON);
}

// Without 0, 1, i, l, o: it is read from a screen and typed.
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

/** A random password of 79 bits in four groups. */
export function generatedPassword(): string {
  const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  return [group(), group(), group(), group()].join("-");
}
