import { createInstance, type i18n as Instance, type ReadCallback } from "i18next";
import { INLINED_ID, type Inlined } from "./inlined";
import { DEFAULT_LOCALE, FRAME_NAMESPACES, I18N_OPTIONS } from "./locales";

// Each catalogue is a file of its own, fetched only when a page reached by a link needs one that did not come inlined.
const files = import.meta.glob<{ default: Record<string, unknown> }>("./*/*.json");

const backend = {
  type: "backend" as const,
  init() {},
  read(locale: string, namespace: string, done: ReadCallback) {
    const load = files[`./${locale}/${namespace}.json`];
    if (!load) return done(new Error(`no catalogue ${locale}/${namespace}`), null);
    load().then(
      (module) => done(null, module.default),
      (error: Error) => done(error, null),
    );
  },
};

function readInlined(): Inlined {
  const text = document.getElementById(INLINED_ID)?.textContent;
  return text ? (JSON.parse(text) as Inlined) : { locale: DEFAULT_LOCALE, catalogues: {} };
}

/** The browser's translator: the page's language, with the catalogues that came with the page. */
export async function browserTranslator(): Promise<Instance> {
  const { locale, catalogues } = readInlined();
  const instance = createInstance();
  await instance.use(backend).init({
    ...I18N_OPTIONS,
    lng: locale,
    // A missing key shows Chinese on the server only; here it would fetch the other language's catalogue.
    fallbackLng: false,
    ns: [...FRAME_NAMESPACES],
    resources: { [locale]: catalogues },
    partialBundledLanguages: true,
  });
  return instance;
}
