import {
  Bar,
  BarChart,
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { extentOf, scaleOf, type TrendProps } from "./scale";

const COLOURS = ["var(--s1)", "var(--s2)", "var(--s3)", "var(--s4)", "var(--s5)"];
const TEXT = { fill: "var(--ink-3)", fontSize: "var(--text-xs)" };

/** The trend under the reader's pointer: the values of a month on hover or touch. */
export default function LiveTrend({ labels, series, marks, standard, format }: TrendProps) {
  const { low, high, ticks } = scaleOf(extentOf({ series, standard }), marks === "bar");
  const rows = labels.map((label, i) => ({
    label,
    ...Object.fromEntries(series.map(({ values }, n) => [`s${n}`, values[i] ?? null])),
  }));
  const Chart = marks === "line" ? LineChart : BarChart;
  return (
    <ResponsiveContainer width="100%" height="100%" debounce={50}>
      {/* The table beside it is what a reader of the screen gets. */}
      <Chart data={rows} accessibilityLayer={false} margin={{ top: 12, right: 12, bottom: 0, left: 0 }}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="label"
          tickMargin={6}
          tick={TEXT}
          tickLine={false}
          axisLine={{ stroke: "var(--line-strong)" }}
        />
        <YAxis
          domain={[low, high]}
          ticks={ticks}
          tick={TEXT}
          tickLine={false}
          axisLine={false}
          width={46}
          tickFormatter={format}
        />
        <Tooltip
          isAnimationActive={false}
          formatter={(value) => (typeof value === "number" ? format(value) : String(value ?? ""))}
          contentStyle={{
            background: "var(--surface)",
            border: "1px solid var(--line-strong)",
            borderRadius: "var(--r-s)",
            color: "var(--ink)",
            padding: "6px 10px",
          }}
          cursor={marks === "line" ? { stroke: "var(--line-strong)" } : { fill: "var(--sunken)" }}
        />
        {standard && (
          <ReferenceLine
            y={standard.value}
            stroke="var(--gold)"
            strokeDasharray="5 4"
            label={{ value: standard.label, position: "insideTopRight", ...TEXT, fill: "var(--gold)" }}
          />
        )}
        {series.map(({ label }, n) =>
          marks === "line" ? (
            <Line
              key={label}
              dataKey={`s${n}`}
              name={label}
              type="linear"
              stroke={COLOURS[n % COLOURS.length]}
              strokeWidth={2.5}
              strokeDasharray={n > 0 ? "6 4" : undefined}
              dot={{ r: 3, fill: COLOURS[n % COLOURS.length], strokeWidth: 0 }}
              isAnimationActive={false}
            />
          ) : (
            <Bar
              key={label}
              dataKey={`s${n}`}
              name={label}
              fill={COLOURS[n % COLOURS.length]}
              isAnimationActive={false}
              maxBarSize={28}
            />
          ),
        )}
      </Chart>
    </ResponsiveContainer>
  );
}
