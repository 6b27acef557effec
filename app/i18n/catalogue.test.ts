import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { LOCALES, NAMESPACES } from "./locales";

const app = fileURLToPath(new URL("..", import.meta.url));

function keysOf(value: unknown, prefix = ""): [string, unknown][] {
  if (typeof value !== "object" || value === null) return [[prefix, value]];
  return Object.entries(value).flatMap(([name, inner]) => keysOf(inner, prefix ? `${prefix}.${name}` : name));
}

function catalogue(locale: string, namespace: string): Map<string, unknown> {
  return new Map(keysOf(JSON.parse(readFileSync(join(app, "i18n", locale, `${namespace}.json`), "utf8"))));
}

/** Examples in comments are no code; an address in a string holds no space before its slashes. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
}

/** Source files of the application, tests and the gallery's samples left out. */
function sources(): { path: string; text: string }[] {
  return readdirSync(app, { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$|\.d\.ts$/.test(entry.name),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes("node_modules"))
    .map((path) => ({ path: relative(app, path), text: withoutComments(readFileSync(path, "utf8")) }));
}

const PLURALS = /_(zero|one|two|few|many|other)$/;
const singular = (key: string) => key.replace(PLURALS, "");

/** Key literals handed to a translator: `t("a.b")`, `t("ns:a.b")`; templates are checked up to their first hole. */
function usedKeys(text: string): string[] {
  return [...text.matchAll(/\bt\(\s*(["'`])((?:(?!\1).)+)\1/g)].map((match) => match[2] ?? "");
}

/** The namespaces a file names in useTranslation; the first is the default of its keys. */
function namespacesOf(text: string): string[] {
  const named = [...text.matchAll(/useTranslation\(\s*(\[[^\]]*\]|["'][^"']+["'])?/g)];
  return named.flatMap((match) =>
    [...(match[1] ?? '"common"').matchAll(/["']([a-z]+)["']/g)].map((ns) => ns[1] ?? ""),
  );
}

/** Holes that hold a name, or a measure with decimals. */
const NO_COUNTS = new Set(["name", "station", "reviewer", "amount"]);
/** A bound that is never one: the rows a file may have, the people one worker may have. */
const BOUND = /\b(at most|more than|up to|per|started|the first|the latest|^the) $/i;

/**
 * English texts that would say "1 cards". The catalogue itself teaches the words: what `_other` says and its `_one` does
 * not is a plural, and may follow a number only in a text that has both.
 */
function pluralFaults(english: ReadonlyMap<string, string>): string[] {
  const wordsOf = (text: string): string[] => text.replace(/\{\{.*?\}\}/g, " ").match(/[a-z]+/g) ?? [];
  const faults: string[] = [];
  const plurals = new Set<string>();
  for (const [key, text] of english) {
    if (!key.endsWith("_other")) continue;
    const one = english.get(key.replace(PLURALS, "_one"));
    if (one === undefined) faults.push(`${key}: no singular`);
    else for (const word of wordsOf(text)) if (!wordsOf(one).includes(word)) plurals.add(word);
  }
  for (const [key, text] of english) {
    if (PLURALS.test(key)) continue;
    for (const match of text.matchAll(/\{\{\s*(\w+)\s*\}\}((?:[ -][a-z]+){1,3})/g)) {
      const [, hole = "", behind = ""] = match;
      if (NO_COUNTS.has(hole) || BOUND.test(text.slice(0, match.index))) continue;
      if (wordsOf(behind).some((word) => plurals.has(word))) faults.push(`${key}: ${text}`);
    }
  }
  return faults;
}

describe("catalogues", () => {
  const all = new Map(
    NAMESPACES.map(
      (namespace) => [namespace as string, LOCALES.map((locale) => catalogue(locale, namespace))] as const,
    ),
  );

  it.each(NAMESPACES)("%s has the same keys in both languages", (namespace) => {
    const [chinese, english] = all.get(namespace) ?? [];
    const names = (keys?: Map<string, unknown>) =>
      [...new Set([...(keys?.keys() ?? [])].filter(Boolean).map(singular))].sort();
    expect(names(english)).toEqual(names(chinese));
  });

  it.each(NAMESPACES)("%s has no empty text and the same values to fill in", (namespace) => {
    const [chinese, english] = all.get(namespace) ?? [];
    for (const [key, text] of chinese ?? []) {
      if (key === "") continue;
      expect(typeof text === "string" && text.trim() !== "", `zh-CN ${namespace}:${key}`).toBe(true);
    }
    const holes = (text: unknown) => [...new Set(String(text).match(/\{\{\s*\w+/g) ?? [])].sort();
    for (const [key, text] of english ?? []) {
      if (key === "") continue;
      expect(typeof text === "string" && text.trim() !== "", `en ${namespace}:${key}`).toBe(true);
      const other =
        chinese?.get(key) ?? chinese?.get(`${singular(key)}_other`) ?? chinese?.get(singular(key));
      // A singular may name the one thing without its number.
      if (!key.endsWith("_one")) expect(holes(text), `en ${namespace}:${key}`).toEqual(holes(other));
    }
  });

  it("says one of a thing otherwise than several, in English", () => {
    const english = new Map(
      [...all].flatMap(([namespace, [, texts]]) =>
        [...(texts ?? [])].map(([key, text]) => [`${namespace}:${key}`, String(text)] as const),
      ),
    );
    expect(pluralFaults(english)).toEqual([]);
    // The rule finds what it is for.
    const wrong = new Map([
      ...english,
      ["x:cards", "{{number}} new cards"],
      ["x:only_other", "{{count}} cards"],
    ]);
    expect(pluralFaults(wrong)).toHaveLength(2);
  });

  it("has every key that the code asks for", () => {
    const missing: string[] = [];
    for (const { path, text } of sources()) {
      const own = namespacesOf(text);
      for (const used of usedKeys(text)) {
        const [first = "", rest] = used.split(/:(.+)/);
        const candidates = rest === undefined ? (own.length > 0 ? own : ["common"]) : [first];
        const key = (rest ?? first).split("${")[0] ?? "";
        const exact = !(rest ?? first).includes("${");
        const found = candidates.some((namespace) =>
          [...(all.get(namespace)?.[0]?.keys() ?? [])].some((known) =>
            exact ? singular(known) === key : known.startsWith(key),
          ),
        );
        if (!found) missing.push(`${path}: ${used}`);
      }
    }
    expect(missing).toEqual([]);
  });

  it("has a sentence for every refusal", () => {
    const makers =
      /\b(?:notFound|forbidden|conflict|badRequest|unprocessable)\(\s*"([^"]+)"|new Refusal\(\s*\d+,\s*"([^"]+)"/g;
    const missing: string[] = [];
    for (const { path, text } of sources()) {
      for (const match of text.matchAll(makers)) {
        const code = match[1] ?? match[2] ?? "";
        const [namespace = "", key = ""] = code.includes(":") ? code.split(":") : ["errors", code];
        const known = all.get(namespace)?.[0];
        if (!known?.has(key) && !known?.has(`${key}.message`)) missing.push(`${path}: ${code}`);
      }
    }
    expect(missing).toEqual([]);
  });

  it("holds every Chinese word of the screens", () => {
    const offenders = sources()
      .filter(({ path }) => path.endsWith(".tsx"))
      .filter(({ text }) => /\p{Script=Han}/u.test(text))
      .map(({ path }) => path);
    expect(offenders).toEqual([]);
  });
});
