import type { i18n as Instance } from "i18next";
import { INLINED_ID, type Inlined } from "./inlined";
import { DEFAULT_LOCALE } from "./locales";
import { Translator } from "./translator";

// Each catalogue is a file of its own, fetched only when a page reached by a link needs one that did not come inlined.
const files = import.meta.glob<{ default: Record<string, unknown> }>("./*/*.json");

function readInlined(): Inlined {
  const text = document.getElementById(INLINED_ID)?.textContent;
  return text ? (JSON.parse(text) as Inlined) : { locale: DEFAULT_LOCALE, catalogues: {} };
}

/** The browser's translator: the page's language, with the catalogues that came with the page. */
export function browserTranslator(): Instance {
  const { locale, catalogues } = readInlined();
  const translator = new Translator(locale, catalogues, async (namespace) => {
    const load = files[`./${locale}/${namespace}.json`];
    return load ? (await load()).default : {};
  });
  // It offers the part of the interface that react-i18next and our pages use.
  return translator as unknown as Instance;
}
