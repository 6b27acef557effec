/** What an entry holds at one place; nesting beyond the deepest level comes as text. */
export type Held = string | number | boolean;

/** One thing an audit entry says: its name and what it was before and after; null where it says nothing. */
export interface Change {
  name: string;
  before: Held | null;
  after: Held | null;
}

const DEEPEST = 4;
/** Where a step keeps the figures it changed, each as a pair of before and after. */
const PAIRS = "changes";
/** Places and numbers of our own making, which say nothing to a reader. */
const INTERNAL = new Set(["path", "membershipId", "slot", "stationId"]);

type Said = Record<string, unknown> | null;

/** What an entry says, one line per value, nested ones as `figures.A01`; unchanged values stay, for they identify. */
export function changesOf(before: Said, after: Said): Change[] {
  const { [PAIRS]: pairs, ...rest } = after ?? {};
  const was = new Map(leaves(before ?? {}, "", 0));
  const is = new Map(leaves(rest, "", 0));
  const lines = [...new Set([...was.keys(), ...is.keys()])].map((name) => ({
    name,
    before: was.get(name) ?? null,
    after: is.get(name) ?? null,
  }));
  return [...lines, ...pairsIn(pairs)];
}

function pairsIn(pairs: unknown): Change[] {
  if (typeof pairs !== "object" || pairs === null) return [];
  return Object.entries(pairs).flatMap(([code, pair]) =>
    Array.isArray(pair) ? [{ name: `figures.${code}`, before: held(pair[0]), after: held(pair[1]) }] : [],
  );
}

function leaves(value: object, prefix: string, depth: number): [string, Held][] {
  return Object.entries(value).flatMap(([key, item]): [string, Held][] => {
    if (depth === 0 && INTERNAL.has(key)) return [];
    const name = prefix ? `${prefix}.${key}` : key;
    if (typeof item === "object" && item !== null && depth < DEEPEST) return leaves(item, name, depth + 1);
    const said = held(item);
    return said === null ? [] : [[name, said]];
  });
}

function held(item: unknown): Held | null {
  if (item === null || item === undefined || item === "") return null;
  if (typeof item === "number" || typeof item === "boolean") return item;
  return typeof item === "string" ? item : JSON.stringify(item);
}
