type Texts = { readonly [name: string]: string | Texts };
type Values = Readonly<Record<string, unknown>>;

/** Fetches one catalogue of the page's language. */
export type Load = (namespace: string) => Promise<Record<string, unknown>>;

/**
 * The browser's half of i18next: it reads the same catalogues in the same way, in the one language of the page, and
 * offers what react-i18next asks of an instance. i18next itself stays on the server: its 13 KB would be a tenth of
 * all the script that a phone on a weak network may be sent. A test holds both to the same answers on every key.
 *
 * Reads nested keys, `namespace:key`, `{{values}}`, and plurals by `count`; no nesting, contexts or formats.
 */
export class BrowserTranslator {
  readonly languages: readonly string[];
  readonly isInitialized = true;
  readonly options = {
    defaultNS: "common",
    react: { bindI18n: "", bindI18nStore: "", useSuspense: true },
    ns: [],
  };
  readonly #catalogues: Record<string, Texts>;
  readonly #pending = new Map<string, Promise<void>>();
  readonly #plurals: Intl.PluralRules;

  constructor(
    readonly language: string,
    catalogues: Record<string, Record<string, unknown>>,
    private readonly load: Load,
  ) {
    this.languages = [language];
    this.#catalogues = { ...(catalogues as Record<string, Texts>) };
    this.#plurals = new Intl.PluralRules(language);
  }

  hasLoadedNamespace(namespace: string): boolean {
    return Object.hasOwn(this.#catalogues, namespace);
  }

  /** Fetches what is missing, each once. A catalogue that cannot be had is taken for empty: keys show instead. */
  async loadNamespaces(namespaces: string | readonly string[], done?: () => void): Promise<void> {
    await Promise.all([namespaces].flat().map((namespace) => this.#fetch(namespace)));
    done?.();
  }

  #fetch(namespace: string): Promise<void> | undefined {
    if (this.hasLoadedNamespace(namespace)) return undefined;
    const known = this.#pending.get(namespace);
    if (known) return known;
    const keep = (texts: Record<string, unknown>) => {
      this.#catalogues[namespace] = texts as Texts;
    };
    const fetching = this.load(namespace).then(keep, () => keep({}));
    this.#pending.set(namespace, fetching);
    return fetching;
  }

  /** A translator whose keys stand in the first of the namespaces unless they name their own. */
  getFixedT(_language: string | null, namespaces?: string | readonly string[] | null, prefix?: string) {
    const own = [namespaces ?? this.options.defaultNS].flat()[0] ?? this.options.defaultNS;
    return (key: string, given?: Values | string): string => {
      const values = typeof given === "object" ? given : {};
      const [namespace, path] = key.includes(":")
        ? key.split(/:(.*)/s)
        : [own, prefix ? `${prefix}.${key}` : key];
      const otherwise = typeof given === "string" ? given : values.defaultValue;
      const text =
        this.#find(namespace ?? own, path ?? key, values.count) ??
        (typeof otherwise === "string" ? otherwise : path);
      return fill(text ?? key, values);
    };
  }

  exists(key: string): boolean {
    const [namespace = "", path = ""] = key.includes(":")
      ? key.split(/:(.*)/s)
      : [this.options.defaultNS, key];
    return this.#find(namespace, path, undefined) !== null;
  }

  #find(namespace: string, path: string, count: unknown): string | null {
    const texts = this.#catalogues[namespace];
    if (typeof count !== "number") return read(texts, path);
    const zero = count === 0 ? read(texts, `${path}_zero`) : null;
    return zero ?? read(texts, `${path}_${this.#plurals.select(count)}`) ?? read(texts, path);
  }

  // The language never changes without a new page, so there is nothing to announce.
  on(): void {}
  off(): void {}
  readonly store = { on() {}, off() {} };
}

function read(texts: Texts | undefined, path: string): string | null {
  let found: string | Texts | undefined = texts;
  for (const name of path.split(".")) {
    if (typeof found !== "object" || !Object.hasOwn(found, name)) return null;
    found = found[name];
  }
  return typeof found === "string" ? found : null;
}

function fill(text: string, values: Values): string {
  return text.replace(/\{\{(.+?)\}\}/g, (_, name: string) => {
    const value = values[name.trim()];
    return value === undefined || value === null ? "" : String(value);
  });
}
