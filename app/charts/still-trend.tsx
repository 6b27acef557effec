import { extentOf, scaleOf, stretches, type TrendProps } from "./scale";

const COLOURS = ["var(--s1)", "var(--s2)", "var(--s3)", "var(--s4)", "var(--s5)"];
/** Units of the drawing; it is stretched to its place, so that only shapes live in it and texts stand beside. */
const WIDTH = 1000;
const HEIGHT = 200;

/** A trend without a script: on the server, in print, and until the live one has come. */
export function StillTrend({ labels, series, marks, standard, format }: TrendProps) {
  const { low, high, ticks } = scaleOf(extentOf({ series, standard }), marks === "bar");
  const y = (value: number) => HEIGHT - ((value - low) / (high - low)) * HEIGHT;
  const slot = WIDTH / Math.max(1, labels.length);
  const x = (i: number) => slot * (i + 0.5);
  const every = Math.ceil(labels.length / 12);
  return (
    <div aria-hidden="true" className="flex h-full gap-1.5 text-xs text-ink-3">
      <ul className="relative m-0 mb-5 mt-2 w-10 list-none p-0">
        {ticks.map((tick) => (
          <li
            key={tick}
            className="absolute right-0 -translate-y-1/2 leading-none"
            style={{ top: `${(100 * y(tick)) / HEIGHT}%` }}
          >
            {format(tick)}
          </li>
        ))}
      </ul>
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="relative mt-2 min-h-0 flex-1">
          <svg
            aria-hidden="true"
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            preserveAspectRatio="none"
            className="absolute inset-0 h-full w-full overflow-visible [print-color-adjust:exact]"
          >
            {ticks.map((tick) => (
              <path
                key={tick}
                d={`M0 ${y(tick)}H${WIDTH}`}
                stroke="var(--line)"
                vectorEffect="non-scaling-stroke"
              />
            ))}
            {standard && (
              <path
                d={`M0 ${y(standard.value)}H${WIDTH}`}
                stroke="var(--gold)"
                strokeDasharray="5 4"
                vectorEffect="non-scaling-stroke"
              />
            )}
            {series.map(({ label, values }, n) =>
              marks === "line" ? (
                <path
                  key={label}
                  d={stretches(values)
                    .map((run) => run.map(([i, v], at) => `${at ? "L" : "M"}${x(i)} ${y(v)}`).join(""))
                    .join("")}
                  fill="none"
                  stroke={COLOURS[n % COLOURS.length]}
                  strokeWidth="2.5"
                  strokeLinecap="round"
                  strokeDasharray={n > 0 ? "6 4" : undefined}
                  vectorEffect="non-scaling-stroke"
                />
              ) : (
                <path
                  key={label}
                  d={values
                    .map((value, i) => (value ? barPath(x(i), slot, n, series.length, y(value)) : ""))
                    .join("")}
                  fill={COLOURS[n % COLOURS.length]}
                />
              ),
            )}
          </svg>
          {standard && (
            <span
              className="absolute right-0 -translate-y-full pb-0.5 leading-none text-gold"
              style={{ top: `${(100 * y(standard.value)) / HEIGHT}%` }}
            >
              {standard.label}
            </span>
          )}
        </div>
        <ol className="m-0 flex h-5 flex-none list-none p-0 pt-1 leading-none">
          {labels.map((label, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a month's name comes twice in two years
            <li key={i} className="flex-1 whitespace-nowrap text-center">
              {i % every === 0 ? label : ""}
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}

function barPath(middle: number, slot: number, n: number, count: number, top: number): string {
  const width = (slot * 0.7) / count;
  const left = middle - (width * count) / 2 + width * n;
  return `M${left} ${HEIGHT}V${top}h${width * 0.92}V${HEIGHT}Z`;
}

/** Names of the lines, where there are several. */
export function Legend({ series }: Pick<TrendProps, "series">) {
  if (series.length < 2) return null;
  return (
    <ul className="m-0 mt-2 flex list-none flex-wrap justify-center gap-x-4 gap-y-1 p-0 text-sm text-ink-2">
      {series.map(({ label }, n) => (
        <li key={label} className="flex items-center gap-1.5">
          <span
            aria-hidden
            className="h-2.5 w-2.5 rounded-sm [print-color-adjust:exact]"
            style={{ background: COLOURS[n % COLOURS.length] }}
          />
          {label}
        </li>
      ))}
    </ul>
  );
}
