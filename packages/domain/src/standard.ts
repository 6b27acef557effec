import type { Localized } from "./indicator";
import type { Level } from "./station";

/** The Five Haves (五有), in their order. */
export const FIVE_HAVES = ["organization", "establishment", "staff", "funding", "support"] as const;
/** The parts of a standard set: the Five Haves and what a model station earns beyond them. */
export const DIMENSIONS = [...FIVE_HAVES, "bonus"] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** How an item is answered: yes or no, a number, a percentage, or yes with something to show for it. */
export const ITEM_KINDS = ["boolean", "number", "percent", "evidence"] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** What an item asks for. `yes` asks that it is there. */
export type Threshold = { comparison: "yes" } | { comparison: ">=" | "<="; value: number };

/** Thresholds as a city writes them, `>=30`, `<=500`, `yes`; null where a level is not asked. */
export type Thresholds = Record<Level, string | null>;

/** One item of a standard set. */
export interface StandardItem {
  code: string;
  dimension: Dimension;
  name: Localized;
  kind: ItemKind;
  thresholds: Thresholds;
  points: number;
  /** Its dimension does not pass without it. */
  mandatory: boolean;
  /** The record that answers it, a name of db/queries/standards/sources; null where a person answers. */
  source: string | null;
  sort: number;
}

/** A grade by points; the highest one reached counts. */
export interface Grade {
  code: string;
  name: Localized;
  minPoints: number;
  /** Only for a station that meets the Five Haves. */
  needsFiveHaves: boolean;
}

/** What an assessment is judged by: one version of a city's standards. */
export interface StandardSet {
  items: readonly StandardItem[];
  grades: readonly Grade[];
}

/** Values have at most two decimals: nobody measures a floor more finely, and 97.999 must not read as 98. */
export const MAX_VALUE = 999_999_999;
export const MAX_POINTS = 100;

const THRESHOLD = /^(>=|<=)\s*(\d{1,9}(?:\.\d{1,2})?)$/;

/** Reads `yes` (or 是), `>=98` and `<=500`; anything else is null. */
export function parseThreshold(text: string): Threshold | null {
  const trimmed = text.trim().replace("≥", ">=").replace("≤", "<=");
  if (trimmed === "yes" || trimmed === "是") return { comparison: "yes" };
  const [, comparison, value] = THRESHOLD.exec(trimmed) ?? [];
  return comparison ? { comparison: comparison as ">=" | "<=", value: Number(value) } : null;
}

/** Whether a threshold can be asked of an item of this kind. */
export function fitsKind(threshold: Threshold, kind: ItemKind): boolean {
  const yesOrNo = kind === "boolean" || kind === "evidence";
  return yesOrNo === (threshold.comparison === "yes");
}

/** What an item asks of a station of this level; null where it does not ask. Throws RangeError on a text that is none. */
export function thresholdAt(item: Pick<StandardItem, "code" | "thresholds">, level: Level): Threshold | null {
  const text = item.thresholds[level];
  if (text === null) return null;
  const threshold = parseThreshold(text);
  if (!threshold) throw new RangeError(`item ${item.code} asks "${text}" of a ${level}`);
  return threshold;
}

/** The items that are asked of a level, in their order. */
export function itemsFor(set: Pick<StandardSet, "items">, level: Level): StandardItem[] {
  return set.items.filter((item) => item.thresholds[level] !== null);
}

/** Whether a value meets what is asked; yes is 1, no is 0. */
export function meets(threshold: Threshold, value: number): boolean {
  switch (threshold.comparison) {
    case "yes":
      return value === 1;
    case ">=":
      return value >= threshold.value;
    case "<=":
      return value <= threshold.value;
  }
}

const NUMBER = /^\d{1,9}(\.\d{1,2})?$/;

/** Reads what a person wrote as a value of an item: null when it is none. Empty text is not a value either. */
export function parseValue(kind: ItemKind, text: string): number | null {
  const trimmed = text.trim().replace(/[%％]$/, "");
  if (kind === "boolean" || kind === "evidence") return trimmed === "1" ? 1 : trimmed === "0" ? 0 : null;
  return NUMBER.test(trimmed) ? Number(trimmed) : null;
}

/** A measure cut to the precision of a value. */
export function asValue(measure: number): number {
  return Math.floor(measure * 100 + 1e-6) / 100;
}

/** How one item differs between two versions. */
export interface ItemDifference {
  code: string;
  before: StandardItem | null;
  after: StandardItem | null;
  /** What differs; empty for an item that was added or taken out. */
  fields: ("dimension" | "name" | "kind" | "thresholds" | "points" | "mandatory" | "source")[];
}

/** What changed from one version to another, in the order of the later one, what was taken out last. */
export function differences(before: StandardSet, after: StandardSet): ItemDifference[] {
  const old = new Map(before.items.map((item) => [item.code, item]));
  const changed = after.items.flatMap((item): ItemDifference[] => {
    const was = old.get(item.code) ?? null;
    old.delete(item.code);
    if (!was) return [{ code: item.code, before: null, after: item, fields: [] }];
    const fields = FIELDS.filter((field) => !same(was[field], item[field]));
    return fields.length > 0 ? [{ code: item.code, before: was, after: item, fields: [...fields] }] : [];
  });
  return [...changed, ...[...old.values()].map((item) => gone(item))];
}

const FIELDS = ["dimension", "name", "kind", "thresholds", "points", "mandatory", "source"] as const;

function gone(item: StandardItem): ItemDifference {
  return { code: item.code, before: item, after: null, fields: [] };
}

/** Equal in content: the order of an object's fields says nothing. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return a === b;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) =>
    same(left[key], right[key]),
  );
}

/** Why a version cannot be published yet. */
export type SetProblem =
  | { kind: "no_items"; dimension: Dimension }
  | { kind: "threshold"; code: string; level: Level }
  | { kind: "no_grades" };

/** What is missing before a set can judge anybody. */
export function problemsOfSet(set: StandardSet): SetProblem[] {
  const empty = FIVE_HAVES.filter((dimension) => !set.items.some((item) => item.dimension === dimension));
  const unread = set.items.flatMap((item) =>
    (Object.keys(item.thresholds) as Level[]).flatMap((level): SetProblem[] => {
      const text = item.thresholds[level];
      if (text === null) return [];
      const threshold = parseThreshold(text);
      return threshold && fitsKind(threshold, item.kind)
        ? []
        : [{ kind: "threshold", code: item.code, level }];
    }),
  );
  return [
    ...empty.map((dimension): SetProblem => ({ kind: "no_items", dimension })),
    ...unread,
    ...(set.grades.length === 0 ? [{ kind: "no_grades" } as const] : []),
  ];
}
