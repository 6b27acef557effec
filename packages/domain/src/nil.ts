import type { FiguresByCode, Indicator } from "./indicator";
import type { Kind } from "./station";

type Filed = Pick<Indicator, "code" | "kind" | "acrossTime" | "kinds">;

/** What is known without the filer. */
interface Known {
  register: Readonly<Record<string, { value: number }>>;
  /** The month before; null when nothing was filed then. */
  previous: FiguresByCode | null;
}

/** Figures of events that are not zero: with one of them, something did happen in the month. */
export function happenings(indicators: readonly Filed[], figures: FiguresByCode): string[] {
  return indicators
    .filter(({ kind, acrossTime }) => kind === "figure" && acrossTime === "sum")
    .map(({ code }) => code)
    .filter((code) => (figures[code] ?? 0) !== 0);
}

/**
 * A nil report: nothing happened, so every blank figure of events is 0, and what stands at the end of the month is
 * what the records give, else as last month. Figures asked of other kinds of station stay blank. Null when a figure
 * says that something did happen.
 */
export function nilFigures(
  indicators: readonly Filed[],
  figures: FiguresByCode,
  station: { kind: Kind },
  { register, previous }: Known,
): FiguresByCode | null {
  if (happenings(indicators, figures).length > 0) return null;
  const all: FiguresByCode = { ...figures };
  for (const { code, kind, acrossTime, kinds } of indicators) {
    if (kind !== "figure" || (all[code] ?? null) !== null) continue;
    if (kinds !== null && !kinds.includes(station.kind)) continue;
    all[code] = acrossTime === "last" ? (register[code]?.value ?? previous?.[code] ?? null) : 0;
  }
  return all;
}
