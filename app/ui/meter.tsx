import { cx } from "./cx";

export type Shade = "s1" | "s2" | "s3" | "s4" | "s5" | "mute";
const SHADES: Record<Shade, string> = {
  s1: "bg-s1",
  s2: "bg-s2",
  s3: "bg-s3",
  s4: "bg-s4",
  s5: "bg-s5",
  mute: "bg-mute-soft",
};

export interface MeterProps {
  /** The whole in words: "64 villages: accepted 55, waiting 5, returned 1, missing 3". */
  label: string;
  segments: readonly { id: string; value: number; shade: Shade; label?: string }[];
  total: number;
  /** Names of the segments under the bar. */
  legend?: boolean;
  thin?: boolean;
}

/** Shares of a whole in one bar. The words say the same, so nothing rests on colour. */
export function Meter({ label, segments, total, legend = false, thin = false }: MeterProps) {
  return (
    <div>
      <div
        role="img"
        aria-label={label}
        className={cx("flex overflow-hidden rounded-full bg-mute-soft", thin ? "h-1.5" : "h-2.5")}
      >
        {segments.map(({ id, value, shade }) =>
          value > 0 && total > 0 ? (
            <span
              key={id}
              className={cx("h-full", SHADES[shade])}
              style={{ width: `${(100 * value) / total}%` }}
            />
          ) : null,
        )}
      </div>
      {legend && (
        <ul className="m-0 mt-1.5 flex list-none flex-wrap gap-x-4 gap-y-1 p-0 text-sm text-ink-2">
          {segments.map(({ id, label: name, value, shade }) => (
            <li key={id} className="flex items-center gap-1.5">
              <span aria-hidden className={cx("size-2.5 rounded-sm", SHADES[shade])} />
              {name} <b className="text-ink">{value}</b>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** How far something is, 0 to 1. */
export function ProgressBar({
  label,
  share,
  onDark = false,
}: {
  label: string;
  share: number;
  onDark?: boolean;
}) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className={cx("h-1.5 overflow-hidden rounded-full", onDark ? "bg-side-line" : "bg-mute-soft")}
    >
      <span
        className={cx("block h-full rounded-full", onDark ? "bg-gilt" : "bg-accent")}
        style={{ width: `${percent}%` }}
      />
    </div>
  );
}
