import type { i18n as Instance } from "i18next";
import { RemixI18Next } from "remix-i18next/server";
import { readCookie } from "~/server/cookies.server";
import {
  DEFAULT_LOCALE,
  FRAME_NAMESPACES,
  isLocale,
  LOCALES,
  type Locale,
  NAMESPACES,
  type Namespace,
  type Translate,
} from "./locales";
import { Translator } from "./translator";

type Catalogue = Record<string, unknown>;

const files = import.meta.glob<Catalogue>("./*/*.json", { eager: true, import: "default" });

/** The catalogue of one language and namespace. */
export function catalogue(locale: Locale, namespace: Namespace): Catalogue {
  return files[`./${locale}/${namespace}.json`] ?? {};
}

export const LOCALE_COOKIE = "locale";

const detector = new RemixI18Next({
  detection: {
    supportedLanguages: [...LOCALES],
    fallbackLanguage: DEFAULT_LOCALE,
    order: ["custom", "header"],
    findLocale: async (request) => {
      const chosen = readCookie(request.headers.get("Cookie"), LOCALE_COOKIE);
      return isLocale(chosen) ? chosen : null;
    },
  },
});

/** The reader's language: what they chose, else what the browser asks for, else Chinese. */
export async function localeOf(request: Request): Promise<Locale> {
  try {
    const found = await detector.getLocale(request);
    return isLocale(found) ? found : DEFAULT_LOCALE;
  } catch {
    // Accept-Language can hold anything.
    return DEFAULT_LOCALE;
  }
}

const instances = new Map<Locale, Instance>();

async function nothingMore(namespace: string): Promise<never> {
  throw new Error(`there is no catalogue "${namespace}"`);
}

/** The translator of one language, with every catalogue; shared by all requests, for its language never changes. */
export function translator(locale: Locale): Instance {
  const known = instances.get(locale);
  if (known) return known;
  const catalogues = Object.fromEntries(
    NAMESPACES.map((namespace) => [namespace, catalogue(locale, namespace)]),
  );
  // It offers the part of the interface that react-i18next and our pages use.
  const instance = new Translator(locale, catalogues, nothingMore) as unknown as Instance;
  instances.set(locale, instance);
  return instance;
}

/** Translates in a language; keys of other namespaces than `common` are written `figures:title`. */
export function translate(locale: Locale): Translate {
  return translator(locale).getFixedT(locale, NAMESPACES);
}

/** A sentence by a key known only at run time, e.g. a Refusal's; null when no catalogue has it. */
export function sentence(locale: Locale, key: string, params: Record<string, unknown> = {}): string | null {
  const instance = translator(locale);
  // With its values: a key that exists only in forms of number is found by its count.
  if (!instance.exists(key, params)) return null;
  // The key is checked above; its type is not known here.
  const text: unknown = instance.getFixedT(locale)(key as "product", params as object as { count: number });
  return typeof text === "string" ? text : null;
}

/** What the page takes along: the frame's catalogues and those of its routes, in its language only. */
export function pageCatalogues(locale: Locale, handles: readonly unknown[]): Record<string, Catalogue> {
  const wanted = new Set<Namespace>(FRAME_NAMESPACES);
  for (const handle of handles) {
    const named = (handle as { i18n?: readonly Namespace[] } | undefined)?.i18n ?? [];
    for (const namespace of named) wanted.add(namespace);
  }
  return Object.fromEntries([...wanted].map((namespace) => [namespace, catalogue(locale, namespace)]));
}
