/**
 * PostgreSQL's arrays for `postgres`. The library would ask the server for the array types on every new connection,
 * and when that connection dies meanwhile, nobody can catch the rejection: the process ends. So they are told to it
 * here, and no question is asked.
 */

type Parse = (text: string) => unknown;
const asIs: Parse = (text) => text;

/** Array types by name: their own number and how an element is read. Numbers of the catalogue, fixed for ever. */
const ARRAYS: Record<string, { oid: number; element: Parse }> = {
  boolArray: { oid: 1000, element: (text) => text === "t" },
  nameArray: { oid: 1003, element: asIs },
  int2Array: { oid: 1005, element: Number },
  int4Array: { oid: 1007, element: Number },
  textArray: { oid: 1009, element: asIs },
  varcharArray: { oid: 1015, element: asIs },
  int8Array: { oid: 1016, element: Number },
  float8Array: { oid: 1022, element: Number },
  oidArray: { oid: 1028, element: Number },
  uuidArray: { oid: 2951, element: asIs },
};

/** The `types` of a client, for every array type that a statement of ours has as a parameter or in its answer. */
export const ARRAY_TYPES = Object.fromEntries(
  Object.entries(ARRAYS).map(([name, { oid, element }]) => [
    name,
    { to: oid, from: [oid], serialize: writeArray, parse: (text: string) => readArray(text, element) },
  ]),
);

/** An array as PostgreSQL reads it: `{"a","b",NULL}`. Every element is quoted, so that none needs a closer look. */
export function writeArray(values: unknown): string {
  if (!Array.isArray(values)) return String(values);
  const written = values.map((value) =>
    value === null ? "NULL" : `"${String(value).replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`,
  );
  return `{${written.join(",")}}`;
}

const ELEMENT = /"((?:[^"\\]|\\.)*)"|([^,{}"]+)/gs;

/** A one-dimensional array as PostgreSQL writes it. */
export function readArray(text: string, element: Parse): unknown[] {
  if (text === "{}") return [];
  // Figures need no quotes, and a dashboard reads some ten thousand of them.
  if (!text.includes('"')) {
    return text
      .slice(1, -1)
      .split(",")
      .map((item) => (item === "NULL" ? null : element(item)));
  }
  return [...text.matchAll(ELEMENT)].map(([, quoted, bare]) => {
    if (quoted !== undefined) return element(quoted.replace(/\\(.)/gs, "$1"));
    return bare === "NULL" || bare === undefined ? null : element(bare);
  });
}
