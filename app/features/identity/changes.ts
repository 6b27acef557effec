/** One thing an audit entry says: its name and what it was before and after; null where it says nothing. */
export interface Change {
  name: string;
  before: string | null;
  after: string | null;
}

const DEEPEST = 4;

/** What an entry says, one line per value, nested ones as `figures.A01`; unchanged values stay, for they identify. */
export function changesOf(
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null,
): Change[] {
  const was = new Map(before ? leaves(before, "", 0) : []);
  const is = new Map(after ? leaves(after, "", 0) : []);
  return [...new Set([...was.keys(), ...is.keys()])].map((name) => ({
    name,
    before: was.get(name) ?? null,
    after: is.get(name) ?? null,
  }));
}

function leaves(value: object, prefix: string, depth: number): [string, string][] {
  return Object.entries(value).flatMap(([key, item]): [string, string][] => {
    const name = prefix ? `${prefix}.${key}` : key;
    if (item === null || item === undefined || item === "") return [];
    if (typeof item === "object" && depth < DEEPEST) return leaves(item, name, depth + 1);
    return [[name, typeof item === "object" ? JSON.stringify(item) : String(item)]];
  });
}
