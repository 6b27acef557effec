import { env } from "./env.server";

/**
 * The only clock of the application. Rules take `now` as an argument; tests fix it with MUSTER_NOW.
 */
export function now(): Date {
  const fixed = env().fixedNow;
  return fixed ? new Date(fixed) : new Date();
}
