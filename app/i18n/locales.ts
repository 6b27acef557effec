import type { TFunction } from "i18next";

/** Languages of the screens; the first is the default. */
export const LOCALES = ["zh-CN", "en"] as const;
export type Locale = (typeof LOCALES)[number];
export const DEFAULT_LOCALE: Locale = "zh-CN";

/** One namespace per feature: `app/i18n/<locale>/<namespace>.json`. */
export const NAMESPACES = [
  "common",
  "errors",
  "nav",
  "login",
  "stations",
  "users",
  "audit",
  "settings",
  "figures",
  "review",
  "dashboards",
  "home",
  "api",
  "months",
  "staff",
  "standards",
  "evidence",
  "inspections",
  "registers",
  "people",
  "assistance",
  "visits",
  "reception",
  "petitions",
  "cards",
] as const;
export type Namespace = (typeof NAMESPACES)[number];

/** Translates on the server: keys of `common` as they are, others as `figures:title`. */
export type Translate = TFunction<typeof NAMESPACES>;

/** Namespaces that the frame of every page needs. */
export const FRAME_NAMESPACES: readonly Namespace[] = ["common", "errors", "nav"];

export function isLocale(text: unknown): text is Locale {
  return LOCALES.some((locale) => locale === text);
}
