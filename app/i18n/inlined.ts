import type { Locale } from "./locales";

/** Id of the script element that carries the page's catalogues to the browser. */
export const INLINED_ID = "muster-catalogues";

/** What the server writes into the page and the browser's translator starts from. */
export interface Inlined {
  locale: Locale;
  catalogues: Record<string, Record<string, unknown>>;
}
