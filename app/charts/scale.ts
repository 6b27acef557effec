/** Values of one line or set of bars, in the order of the labels; null is a gap. */
export interface ChartSeries {
  label: string;
  values: readonly (number | null)[];
}

export interface TrendProps {
  /** Says what the chart shows; the table beside it holds the same. */
  title: string;
  labels: readonly string[];
  series: readonly ChartSeries[];
  marks: "line" | "bar";
  standard?: { value: number; label: string };
  format: (value: number) => string;
}

export interface Scale {
  low: number;
  high: number;
  ticks: number[];
}

const STEPS = [1, 2, 2.5, 5, 10];

/** Round ticks around the values. Bars start at 0, because their length is the value; lines start near the least. */
export function scaleOf(values: readonly (number | null)[], fromZero: boolean, count = 4): Scale {
  const known = values.filter((value): value is number => value !== null);
  const least = fromZero ? 0 : Math.min(...known);
  const most = Math.max(...known);
  if (known.length === 0) return { low: 0, high: 1, ticks: [0, 1] };
  const spread = most - least || Math.abs(most) || 1;
  const rough = spread / count;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const fine = (STEPS.find((s) => s * magnitude >= rough) ?? 10) * magnitude;
  // Nothing is between two whole things.
  const step = known.every(Number.isInteger) ? Math.max(1, fine) : fine;
  const high = Math.ceil(most / step) * step || step;
  const floor = least < step && least >= 0 ? 0 : Math.floor(least / step) * step;
  // A value that never changes and falls on a tick still needs room.
  const low = floor < high ? floor : high - step;
  const ticks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, i) => tidy(low + i * step));
  return { low: tidy(low), high: tidy(ticks.at(-1) ?? high), ticks };
}

/** Without the dust of binary fractions. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

/** The values a trend has to make room for. */
export function extentOf({ series, standard }: Pick<TrendProps, "series" | "standard">): (number | null)[] {
  return [...series.flatMap(({ values }) => values), ...(standard ? [standard.value] : [])];
}

/** Stretches of a line without gaps, as points of index and value. */
export function stretches(values: readonly (number | null)[]): [number, number][][] {
  const all: [number, number][][] = [];
  let open: [number, number][] = [];
  for (const [i, value] of values.entries()) {
    if (value !== null) open.push([i, value]);
    else if (open.length > 0) {
      all.push(open);
      open = [];
    }
  }
  return open.length > 0 ? [...all, open] : all;
}
