import type { Indicator } from "@muster/domain/indicator";
import type { PeriodRange } from "@muster/domain/timespan";
import type { CityCatalogue } from "../catalogue";

const found = new WeakMap<CityCatalogue, Map<string, Indicator[]>>();

/** Every indicator that holds in some month of the range, as last defined within it, in the order of the form. */
export function indicatorsOver(catalogue: CityCatalogue, range: PeriodRange): readonly Indicator[] {
  // A page asks half a dozen times for the same months of the same catalogue.
  const known = found.get(catalogue) ?? new Map<string, Indicator[]>();
  found.set(catalogue, known);
  const key = `${range.from} ${range.to}`;
  const indicators = known.get(key) ?? readOver(catalogue, range);
  known.set(key, indicators);
  return indicators;
}

function readOver(catalogue: CityCatalogue, { from, to }: PeriodRange): Indicator[] {
  const byCode = new Map<string, Indicator>();
  for (const indicator of catalogue.indicators) {
    if (indicator.validFrom > to || (indicator.validTo !== null && indicator.validTo < from)) continue;
    const known = byCode.get(indicator.code);
    if (!known || known.validFrom < indicator.validFrom) byCode.set(indicator.code, indicator);
  }
  return [...byCode.values()].sort((a, b) => a.sort - b.sort);
}

/** These indicators with the parts their ratios and sums are recomputed from. */
export function withParts(indicators: readonly Indicator[], codes: readonly string[]): Indicator[] {
  const byCode = new Map(indicators.map((indicator) => [indicator.code, indicator]));
  const wanted = new Set<string>();
  const add = (code: string) => {
    const indicator = byCode.get(code);
    if (!indicator || wanted.has(code)) return;
    wanted.add(code);
    for (const part of partsOf(indicator)) add(part);
  };
  for (const code of codes) add(code);
  return indicators.filter(({ code }) => wanted.has(code));
}

function partsOf({ ratio, formula }: Indicator): string[] {
  if (ratio) return [ratio.numerator, ratio.denominator, ratio.denominatorAbove ?? ratio.denominator];
  return formula?.kind === "sum" ? [...formula.of] : [];
}

/** The indicators to read from the figures for these codes: those with a slot. */
export function slotsOf(
  catalogue: CityCatalogue,
  query: PeriodRange & { codes: readonly string[] },
): (Indicator & { slot: number })[] {
  const wanted = withParts(indicatorsOver(catalogue, query), query.codes);
  return wanted.flatMap((indicator) =>
    indicator.slot === null ? [] : [{ ...indicator, slot: indicator.slot }],
  );
}
