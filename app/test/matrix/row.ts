import type { Person, SmallCity } from "@muster/db/testing/small-city";

/**
 * Who asks: the people of a small city (two towns A and B, a cadre home), the platform's operator, the
 * administrator of another city, and nobody.
 */
export type Who = Person | "operator" | "stranger" | "anonymous";

const CITY = ["admin", "overseer", "auditor"] as const;
const TOWN_A = ["headA", "clerkA"] as const;
const A1 = ["headA1", "liaisonA1"] as const;

/** Everyone who is asked about every row. */
export const ALL = [
  ...CITY,
  ...TOWN_A,
  ...A1,
  "headB",
  "headA2",
  "homeHead",
  "pointHead",
  "operator",
  "stranger",
  "anonymous",
] as const satisfies readonly Who[];

export const SIGNED_IN = ALL.filter((who) => who !== "anonymous");
/** Everyone with a station, in this city or another: whoever may act in some city. */
export const MEMBERS = SIGNED_IN.filter((who) => who !== "operator");
/** Members who work with figures: the auditor reads none. */
export const FIGURES = MEMBERS.filter((who) => who !== "auditor");
/** Who sees village a1 of town A, and its figures. */
export const AROUND_A1 = ["admin", "overseer", ...TOWN_A, ...A1] as const satisfies readonly Who[];
/** Who sees town A, and its figures. */
export const AROUND_A = ["admin", "overseer", ...TOWN_A] as const satisfies readonly Who[];

type Given<T> = T | ((city: SmallCity, extra: Extra) => T);

/** What the small city does not have by itself. */
export interface Extra {
  /** The current month, `YYYY-MM`. */
  period: string;
  /** An entry of the audit log about town A. */
  entry: string;
  /** A one-time link of town A that is still open: what follows `/invite/`. */
  link: string;
  /** A photo of village a1. */
  evidence: string;
  /** Somebody in the archive of village a1. */
  person: string;
  /** A visit to them, and a plan of their village for a festival. */
  visit: string;
  plan: string;
  /** A case of assistance of that person. */
  assistance: string;
  /** The id of that invitation. */
  invitation: string;
  /** An inspection that town A runs at village a1, called off. */
  inspection: string;
  /** Another one, concluded. */
  concluded: string;
  /** A finding of town A at village a1, still open. */
  finding: string;
  /** A question of village a1 that waits for town A. */
  reception: string;
  /** A petition of village a1, accepted. */
  petition: string;
}

/**
 * One line: a route, how it is asked, and who may. Everyone else in ALL must be refused: 401, 403, 404 or the way
 * to the login. Whoever may gets anything else, also a 4xx about the content: give content that changes nothing,
 * unless the row itself decides.
 */
export interface Row {
  /** As in the built manifest: `routes/_app.users._index`. */
  route: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Of a page with several forms: which. Of the API: the method again. Of a page with one form: left out. */
  intent?: string;
  path: Given<string>;
  form?: Given<Record<string, string>>;
  json?: Given<unknown>;
  headers?: Record<string, string>;
  may: readonly Who[];
}
