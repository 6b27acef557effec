import { argonHash, argonVerify } from "@muster/db/password";
import { LONGEST_PASSWORD, weaknessOf } from "@muster/domain/password";
import { z } from "zod";
import { semaphore } from "./semaphore.server";
import { isStorable } from "./text.server";

// Three keep two cores busy at 19 MiB each; forty in line wait about a second.
const inTurn = semaphore(3, 40);

/** Hashes a new password. Throws Overloaded when too many wait. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => argonHash(password));
}

let nobody: Promise<string> | undefined;

/**
 * Whether the password is the one behind the hash. Without a hash (no such person) it works as long as with one and
 * answers false, so that time does not tell which usernames exist. Throws Overloaded when too many wait.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  nobody ??= argonHash("nobody has this password");
  const known = stored ?? (await nobody);
  // An impossible one cannot be right; an empty one in its place keeps the time the same.
  const possible = password.length <= 2 * LONGEST_PASSWORD && isStorable(password);
  const same = await inTurn(() => argonVerify(known, possible ? password : ""));
  return same && possible && stored !== null;
}

/** Why a new password is refused, as a key of the catalogue; null when it is good. */
export function weaknessKey(password: string, username: string): `login:password.${string}` | null {
  const weakness = weaknessOf(password, username);
  return weakness && `login:password.${weakness}`;
}

/** A password in a form, before it is judged. */
export const PasswordField = z.string().min(1, "login:password.required");
