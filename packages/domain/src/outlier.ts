import type { Violation } from "./check";
import { formatFigure } from "./figures-input";
import { type FiguresByCode, type Indicator, isMoney } from "./indicator";
import { addMonths, type Period } from "./period";

/** Code under which an outlier's violation stands and its reason is given. */
export const OUTLIER = "OUTLIER";

/** How far back a station is compared with itself. */
export const OUTLIER_MONTHS = 12;

/** Fewer values than these say nothing about what is usual here. */
export const OUTLIER_MIN_VALUES = 6;

/** A figure is an outlier beyond this many spreads from the median; 3 would ask for a reason every few months. */
export const OUTLIER_SPREADS = 4;

/** Turns a median absolute deviation into the standard deviation of normally spread values. */
const MAD_TO_SPREAD = 1.4826;

/**
 * The spread is never below these, because a median absolute deviation is 0 as soon as half of the months are
 * alike, and then the first visit of a quiet village would be an outlier:
 * - 1.5 units: a village that always files 0 is asked from 7 on, not at 1 or 2;
 * - the square root of the median: chance alone moves a count of independent events that much;
 * - a tenth of the median: stocks and large counts drift;
 * - money: 2,500 yuan, because a single ordinary aid payment (up to 10,000 yuan) is no outlier in a village
 *   that rarely pays one.
 */
const MIN_SPREAD = 1.5;
const MIN_SPREAD_RELATIVE = 0.1;
const MIN_SPREAD_FEN = 250_000;

/** One earlier month of the same station. */
export interface EarlierMonth {
  period: Period;
  figures: FiguresByCode;
}

export interface OutlierInput {
  /** The catalogue in force in the report's month. */
  indicators: readonly Indicator[];
  /** The month of the report. */
  at: Period;
  figures: FiguresByCode;
  /** Earlier months in any order; only the 12 before `at` count, so the month itself is always left out. */
  history: readonly EarlierMonth[];
  /** What the cross-checks found: a figure already asked about its change is not asked about twice. */
  violations?: readonly Violation[];
}

/** What is usual for one figure at one station. */
export interface Usual {
  median: number;
  /** Robust spread with its floor. */
  spread: number;
}

/**
 * Figures far from what is usual at this very station, as soft violations `OUTLIER`, one per figure.
 * Compared with the median of the last up to 12 months without the month itself; at least 6 values are needed.
 * A figure that lies near that of the same month a year before is a season and no outlier.
 */
export function findOutliers({ indicators, at, figures, history, violations }: OutlierInput): Violation[] {
  const earliest = addMonths(at, -OUTLIER_MONTHS);
  const months = history.filter(({ period }) => period >= earliest && period < at);
  const yearAgo = months.find(({ period }) => period === earliest)?.figures;
  // Only a change check gives what it compared with.
  const asked = new Set(
    (violations ?? []).filter((v) => v.expected !== undefined).flatMap((v) => v.indicators),
  );

  return indicators.flatMap((indicator) => {
    const { code } = indicator;
    const value = figures[code] ?? null;
    if (indicator.kind !== "figure" || value === null || asked.has(code)) return [];
    const values = months.map((month) => month.figures[code] ?? null).filter((v) => v !== null);
    const usual = usualOf(values, isMoney(indicator));
    if (!usual || !farFrom(usual.median, value, usual)) return [];
    const lastYear = yearAgo?.[code] ?? null;
    return lastYear !== null && !farFrom(lastYear, value, usual)
      ? []
      : [violationOf(indicator, value, usual)];
  });
}

/** Median and spread of earlier values (units, or fen for money); null when there are too few of them. */
export function usualOf(values: readonly number[], money: boolean): Usual | null {
  if (values.length < OUTLIER_MIN_VALUES) return null;
  const median = medianOf(values);
  const deviation = medianOf(values.map((value) => Math.abs(value - median)));
  const floor = money ? MIN_SPREAD_FEN : Math.max(MIN_SPREAD, Math.sqrt(median));
  const spread = Math.max(MAD_TO_SPREAD * deviation, MIN_SPREAD_RELATIVE * median, floor);
  return { median, spread };
}

function farFrom(centre: number, value: number, { spread }: Usual): boolean {
  return Math.abs(value - centre) > OUTLIER_SPREADS * spread;
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

function violationOf(indicator: Indicator, value: number, { median }: Usual): Violation {
  const usual = Math.round(median);
  const [now, then] = [formatFigure(value, indicator.unit), formatFigure(usual, indicator.unit)];
  const [zhUnit, enUnit] = isMoney(indicator) ? [" 元", " yuan"] : ["", ""];
  const above = value > median;
  return {
    check: OUTLIER,
    severity: "soft",
    indicators: [indicator.code],
    message: {
      zh: `${indicator.name.zh} ${now}${zhUnit}，明显${above ? "高" : "低"}于本站近一年的通常水平（${then}${zhUnit}）`,
      en: `${indicator.name.en} ${now}${enUnit} is far ${above ? "above" : "below"} what is usual at this station over the past year (${then}${enUnit})`,
    },
    expected: usual,
  };
}
