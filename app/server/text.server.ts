/** Longest value of one form field or JSON string, in UTF-16 units: a long report text fits many times. */
export const LONGEST_TEXT = 20_000;
export const LONGEST_NAME = 200;

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
const FORBIDDEN_NAMES = new Set(["__proto__", "prototype", "constructor"]);

/** Postgres cannot store a NUL, UTF-8 cannot hold half a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes("\u0000") && !LONE_SURROGATE.test(text);
}

/** A name that cannot reach into an object's prototype. */
export function isSafeName(name: string): boolean {
  return name.length <= LONGEST_NAME && !FORBIDDEN_NAMES.has(name) && isStorable(name);
}
