import { scaleOf, stretches } from "./scale";

const WIDTH = 120;
const HEIGHT = 28;

/** The months of a key number at a glance; the numbers themselves stand in the page's tables. */
export function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return null;
  const { low, high } = scaleOf(values, false);
  const x = (i: number) => Number(((i / (values.length - 1)) * (WIDTH - 4) + 2).toFixed(1));
  const y = (value: number) =>
    Number((HEIGHT - 3 - ((value - low) / (high - low)) * (HEIGHT - 6)).toFixed(1));
  const runs = stretches(values);
  const path = runs.map((run) => run.map(([i, v], n) => `${n ? "L" : "M"}${x(i)} ${y(v)}`).join("")).join("");
  const [lastIndex, lastValue] = runs.at(-1)?.at(-1) ?? [0, 0];
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="xMinYMid meet"
      className="block h-full w-full max-w-40"
    >
      <path d={path} fill="none" stroke="var(--s5)" strokeWidth="1.5" strokeLinejoin="round" />
      <circle cx={x(lastIndex)} cy={y(lastValue)} r="2.2" fill="var(--s1)" />
    </svg>
  );
}
