import { createInstance } from "i18next";
import { describe, expect, it } from "vitest";
import { catalogue } from "./i18n.server";
import { LOCALES, type Locale, NAMESPACES } from "./locales";
import { Translator } from "./translator";

const never = async () => {
  throw new Error("nothing to fetch");
};
const all = (locale: Locale) =>
  Object.fromEntries(NAMESPACES.map((namespace) => [namespace, catalogue(locale, namespace)]));

/** The library whose reading of a catalogue ours must share. */
function i18next(locale: Locale, resources: ReturnType<typeof all> = all(locale)) {
  const instance = createInstance();
  instance.init({
    lng: locale,
    supportedLngs: [...LOCALES],
    ns: [...NAMESPACES],
    defaultNS: "common",
    load: "currentOnly",
    returnNull: false,
    interpolation: { escapeValue: false },
    initImmediate: false,
    resources: { [locale]: resources },
  });
  return instance;
}

function leaves(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, path ? `${path}.${name}` : name));
}

describe.each(LOCALES)("our translator in %s", (locale) => {
  const ours = new Translator(locale, all(locale), never);
  const theirs = i18next(locale);

  it("knows a key that exists only in forms of number by its count", () => {
    for (const each of [ours, theirs]) {
      expect(each.exists("visits:flash.logged", { count: 2 })).toBe(true);
      expect(each.exists("visits:flash.nothing", { count: 2 })).toBe(false);
    }
  });

  it("answers every key as i18next does, with and without values and counts", () => {
    for (const namespace of NAMESPACES) {
      for (const leaf of leaves(catalogue(locale, namespace)).filter(Boolean)) {
        const bare = leaf.replace(/_(zero|one|two|few|many|other)$/, "");
        const names = [...JSON.stringify(catalogue(locale, namespace)).matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(
          (match) => match[1] ?? "",
        );
        const values = Object.fromEntries(names.map((name) => [name, `<${name}> {{x}} $t(y)`]));
        const a = ours.getFixedT(null, namespace);
        const b = theirs.getFixedT(locale, namespace) as unknown as typeof a;
        for (const key of new Set([leaf, bare])) {
          for (const count of [0, 1, 2, 5, 1000]) {
            expect(a(key, { ...values, count }), `${namespace}:${key} ${count}`).toBe(
              b(key, { ...values, count }),
            );
          }
          if (key === leaf && leaf === bare)
            expect(a(`${namespace}:${key}`, values)).toBe(b(`${namespace}:${key}`, values));
        }
      }
    }
  });

  it("takes the plural that i18next takes, also one of its own for none", () => {
    const texts = {
      common: {
        all: { item_zero: "none", item_one: "one", item_other: "{{count}} items", item: "items" },
        some: { item_other: "{{count}} items" },
        bare: { item: "{{count}}" },
      },
    };
    const a = new Translator(locale, texts, never).getFixedT(null, "common");
    const b = i18next(locale, texts).getFixedT(locale, "common") as unknown as typeof a;
    for (const key of ["all.item", "some.item", "bare.item"]) {
      for (const count of [0, 1, 2, 11]) expect(a(key, { count }), `${key} ${count}`).toBe(b(key, { count }));
      expect(a(key), key).toBe(b(key));
    }
  });

  it("shows the key where there is no text", () => {
    const t = ours.getFixedT(null, ["errors", "common"]);
    const same = theirs.getFixedT(locale, "errors") as unknown as typeof t;
    for (const key of ["no.such.key", "common:no.such", "page.home.deeper"]) expect(t(key)).toBe(same(key));
    expect(t("no.such", "instead")).toBe(same("no.such", "instead"));
    expect(t("no.such", { defaultValue: "for {{x}}", x: 1 })).toBe(
      same("no.such", { defaultValue: "for {{x}}", x: 1 }),
    );
  });
});

describe("a catalogue that did not come with the page", () => {
  it("is fetched once, and taken for empty when it cannot be had", async () => {
    let fetched = 0;
    const load = async (namespace: string) => {
      fetched += 1;
      if (namespace === "review") throw new Error("offline");
      return { title: "Months" };
    };
    const translate = new Translator("en", {}, load);
    expect(translate.hasLoadedNamespace("months")).toBe(false);
    await Promise.all([translate.loadNamespaces("months"), translate.loadNamespaces(["months", "review"])]);
    expect(fetched).toBe(2);
    expect(translate.getFixedT(null, "months")("title")).toBe("Months");
    expect(translate.getFixedT(null, "review")("title")).toBe("title");
    expect(translate.hasLoadedNamespace("review")).toBe(true);
  });
});
