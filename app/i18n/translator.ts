type Values = Readonly<Record<string, unknown>>;

/** Fetches one catalogue of the page's language. */
export type Load = (namespace: string) => Promise<Record<string, unknown>>;

type Translate = (key: string, given?: Values | string) => string;

/**
 * Our half of i18next: it reads the same catalogues in the same way, in the one language of a page, and offers what
 * react-i18next asks of an instance. In the browser i18next's 13 KB would be a tenth of all the script that a phone on
 * a weak network may be sent; on the server its resolving of languages, anew for each of some hundred words, was a
 * fourteenth of a dashboard's time. A test holds both to the same answers on every key.
 *
 * Reads nested keys, `namespace:key`, `{{values}}`, and plurals by `count`; no nesting, contexts or formats.
 */
export class Translator {
  readonly languages: readonly string[];
  readonly isInitialized = true;
  readonly options = {
    defaultNS: "common",
    react: { bindI18n: "", bindI18nStore: "", useSuspense: true },
    ns: [],
  };
  /** Of each namespace its texts by their whole path. */
  readonly #catalogues = new Map<string, ReadonlyMap<string, string>>();
  readonly #pending = new Map<string, Promise<void>>();
  readonly #fixed = new Map<string, Translate>();
  readonly #plurals: Intl.PluralRules;

  constructor(
    readonly language: string,
    catalogues: Record<string, Record<string, unknown>>,
    private readonly load: Load,
  ) {
    this.languages = [language];
    for (const [namespace, texts] of Object.entries(catalogues)) this.#keep(namespace, texts);
    this.#plurals = new Intl.PluralRules(language);
  }

  #keep(namespace: string, texts: Record<string, unknown>): void {
    const flat = new Map<string, string>();
    flatten(texts, "", flat);
    this.#catalogues.set(namespace, flat);
  }

  hasLoadedNamespace(namespace: string): boolean {
    return this.#catalogues.has(namespace);
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
    const keep = (texts: Record<string, unknown>) => this.#keep(namespace, texts);
    const fetching = this.load(namespace).then(keep, () => keep({}));
    this.#pending.set(namespace, fetching);
    return fetching;
  }

  /**
   * A translator whose keys stand in the first of the namespaces unless they name their own. Asked for the same once
   * more it is the same function, so that nothing that depends on it is made anew.
   */
  getFixedT(
    _language: string | null,
    namespaces?: string | readonly string[] | null,
    prefix?: string,
  ): Translate {
    const first = typeof namespaces === "string" ? namespaces : namespaces?.[0];
    const own = first ?? this.options.defaultNS;
    const name = prefix ? `${own}:${prefix}` : own;
    const known = this.#fixed.get(name);
    if (known) return known;
    const translate: Translate = (key, given) => this.#translate(key, own, prefix, given);
    this.#fixed.set(name, translate);
    return translate;
  }

  #translate(
    key: string,
    own: string,
    prefix: string | undefined,
    given: Values | string | undefined,
  ): string {
    const [namespace, path] = placeOf(key, own, prefix);
    if (given === undefined) return this.#find(namespace, path, undefined) ?? path;
    const values = typeof given === "object" ? given : {};
    const otherwise = typeof given === "string" ? given : values.defaultValue;
    const text =
      this.#find(namespace, path, values.count) ?? (typeof otherwise === "string" ? otherwise : path);
    return fill(text, values);
  }

  exists(key: string, { count }: Readonly<Record<string, unknown>> = {}): boolean {
    const [namespace, path] = placeOf(key, this.options.defaultNS, undefined);
    return this.#find(namespace, path, count) !== null;
  }

  #find(namespace: string, path: string, count: unknown): string | null {
    const texts = this.#catalogues.get(namespace);
    if (!texts) return null;
    const zero = count === 0 ? texts.get(`${path}_zero`) : undefined;
    const plural =
      typeof count === "number" ? (zero ?? texts.get(`${path}_${this.#plurals.select(count)}`)) : undefined;
    return plural ?? texts.get(path) ?? null;
  }

  // The language never changes without a new page, so there is nothing to announce.
  on(): void {}
  off(): void {}
  readonly store = { on() {}, off() {} };
}

function placeOf(key: string, own: string, prefix: string | undefined): [namespace: string, path: string] {
  const colon = key.indexOf(":");
  if (colon < 0) return [own, prefix ? `${prefix}.${key}` : key];
  return [key.slice(0, colon), key.slice(colon + 1)];
}

function flatten(texts: Record<string, unknown>, before: string, into: Map<string, string>): void {
  for (const [name, value] of Object.entries(texts)) {
    if (typeof value === "string") into.set(before + name, value);
    else if (typeof value === "object" && value !== null) {
      flatten(value as Record<string, unknown>, `${before}${name}.`, into);
    }
  }
}

function fill(text: string, values: Values): string {
  if (!text.includes("{{")) return text;
  return text.replace(/\{\{(.+?)\}\}/g, (_, name: string) => {
    const value = values[name.trim()];
    return value === undefined || value === null ? "" : String(value);
  });
}
