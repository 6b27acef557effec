import type { Period } from "./period";
import type { Kind, Level } from "./station";

/** A text in both languages of the service. */
export interface Localized {
  zh: string;
  en: string;
}

export const SECTIONS = [
  "people",
  "stations",
  "visits",
  "reception",
  "assistance",
  "premises",
  "activities",
  "inspection",
  "retired_cadres",
] as const;
export type Section = (typeof SECTIONS)[number];

export const UNITS = [
  "person",
  "percent",
  "station",
  "person-time",
  "yuan",
  "item",
  "case",
  "board",
  "event",
  "order",
] as const;
export type Unit = (typeof UNITS)[number];

/** How a figure of several months becomes one figure of the range. */
export type AcrossTime = "sum" | "last" | "ratio" | "distinct";

/**
 * How a computed figure follows from others of the same report.
 * `ceil`: ceil(of / per), e.g. required staff. `sum`: the figures `of` added up. `at`: the figure `of`, but only
 * at stations of these levels and kinds; null elsewhere. Such parts let a ratio be recomputed from one roll-up
 * row at every level.
 */
export type Formula =
  | { kind: "ceil"; of: string; per: number }
  | { kind: "sum"; of: readonly string[] }
  | { kind: "at"; of: string; levels: readonly Level[]; kinds?: readonly Kind[] };

/** A ratio is never stored: it is recomputed from its parts at every level and range. */
export interface RatioParts {
  numerator: string;
  denominator: string;
  /** Above the village the denominator may be another part: only managing stations' staff serve a town's people. */
  denominatorAbove?: string;
  /** 100 for per cent, 1 for a plain quotient. */
  times: number;
}

/** One indicator of the monthly report, as valid in one stretch of periods. */
export interface Indicator {
  /** `A01`; unique in a city at any one period. */
  code: string;
  /** Place of the figure in `monthly_report.figures`, from 0; never changed, never reused; null for ratios. */
  slot: number | null;
  section: Section;
  name: Localized;
  definition: Localized;
  unit: Unit;
  /** `figure` is filed, `computed` follows from figures of the same report, `ratio` from roll-up parts. */
  kind: "figure" | "computed" | "ratio";
  source: "derived" | "manual" | "computed";
  acrossTime: AcrossTime;
  formula: Formula | null;
  ratio: RatioParts | null;
  /** Name of the derivation that proposes the figure from records; null when none exists yet. */
  derivation: string | null;
  /** Kinds of station that are asked for it; null for every kind. Others may still file it. */
  kinds: readonly Kind[] | null;
  /** Parts that only serve a ratio: computed, stored and summed, shown nowhere. */
  hidden: boolean;
  /** Made by the city itself, not part of the service's first content. */
  own: boolean;
  sort: number;
  validFrom: Period;
  /** Last period of validity; null while in force. */
  validTo: Period | null;
}

/** Figures of one report by slot; null is missing, 0 is zero; money is in fen. */
export type Figures = readonly (number | null)[];

/** The same by indicator code, as forms and the API carry them. */
export type FiguresByCode = Record<string, number | null>;

/** Largest figure accepted: 12 digits. Sums of a province stay far below 2^53. */
export const MAX_FIGURE = 999_999_999_999;

/** True for a yuan amount, which is stored in fen. */
export function isMoney(indicator: Pick<Indicator, "unit">): boolean {
  return indicator.unit === "yuan";
}

/** Reads slots into codes; slots that the catalogue does not know are left out. */
export function toCodes(indicators: readonly Indicator[], figures: Figures): FiguresByCode {
  const byCode: FiguresByCode = {};
  for (const { code, slot } of indicators) {
    if (slot !== null) byCode[code] = figures[slot] ?? null;
  }
  return byCode;
}

/**
 * Writes codes into slots. Codes absent from `byCode` keep their value in `base`;
 * slots of retired indicators are kept as they are. Throws RangeError on a code without a slot.
 */
export function toSlots(
  indicators: readonly Indicator[],
  byCode: FiguresByCode,
  base: Figures = [],
): Figures {
  const slotOf = new Map(indicators.map((i) => [i.code, i.slot]));
  const figures: (number | null)[] = [...base];
  for (const [code, value] of Object.entries(byCode)) {
    const slot = slotOf.get(code);
    if (slot === undefined || slot === null) throw new RangeError(`indicator without a slot: ${code}`);
    while (figures.length <= slot) figures.push(null);
    figures[slot] = value;
  }
  return figures;
}

/**
 * Fills every computed figure from the filed ones. A missing operand makes it missing; a `sum` is missing only
 * when all of its operands are, so that no numerator can count what its denominator leaves out.
 */
export function withComputed(
  indicators: readonly Indicator[],
  byCode: FiguresByCode,
  station: { level: Level; kind: Kind },
): FiguresByCode {
  const all: FiguresByCode = { ...byCode };
  for (const { code, kind, formula } of indicators) {
    if (kind === "computed" && formula) all[code] = compute(formula, all, station);
  }
  return all;
}

function compute(
  formula: Formula,
  byCode: FiguresByCode,
  station: { level: Level; kind: Kind },
): number | null {
  if (formula.kind === "sum") return sumOfFigures(formula.of, byCode);
  const value = byCode[formula.of] ?? null;
  if (value === null) return null;
  if (formula.kind === "ceil") return Math.ceil(value / formula.per);
  const here = formula.levels.includes(station.level) && (formula.kinds?.includes(station.kind) ?? true);
  return here ? value : null;
}

/** The figures of these codes added up; a missing one counts nothing, and all missing is missing. */
export function sumOfFigures(codes: readonly string[], byCode: FiguresByCode): number | null {
  let sum: number | null = null;
  for (const code of codes) {
    const value = byCode[code] ?? null;
    if (value !== null) sum = (sum ?? 0) + value;
  }
  return sum;
}

/**
 * A ratio from its parts: `times * numerator / denominator`, unrounded.
 * Null when a part is missing or the denominator is 0: never 0 or 100 by default.
 */
export function ratioOf(ratio: RatioParts, byCode: FiguresByCode, level: Level): number | null {
  const below = level === "village" ? ratio.denominator : (ratio.denominatorAbove ?? ratio.denominator);
  const numerator = byCode[ratio.numerator] ?? null;
  const denominator = byCode[below] ?? null;
  if (numerator === null || denominator === null || denominator === 0) return null;
  return (ratio.times * numerator) / denominator;
}

/** A stretch of validity covers a period. */
export function inForce(item: { validFrom: Period; validTo: Period | null }, at: Period): boolean {
  return item.validFrom <= at && (item.validTo === null || item.validTo >= at);
}
