import { Children, type ReactNode } from "react";
import { cx } from "./cx";
import { Link } from "./link";

export interface KeyNumberProps {
  label: ReactNode;
  value: ReactNode;
  /** After the number, smaller: a unit, or "／ 12". */
  unit?: ReactNode;
  /** Against when: direction and whether that is good are two things. */
  change?: { direction: "up" | "down" | "same"; tone: "good" | "bad" | "mute"; text: ReactNode };
  note?: ReactNode;
  /** A sparkline. */
  spark?: ReactNode;
  to?: string;
}

const ARROWS = { up: "▲", down: "▼", same: "＝" };
const TONES = { good: "text-good", bad: "text-bad", mute: "text-ink-3" };

/** One number that matters, with its change. */
export function KeyNumber({ label, value, unit, change, note, spark, to }: KeyNumberProps) {
  const content = (
    <>
      <span className="text-ink-2">{label}</span>
      <span className="block text-key font-bold">
        {value}
        {unit && <small className="ml-1 text-base font-medium text-ink-3">{unit}</small>}
      </span>
      {change && (
        <span className={cx("block text-sm", TONES[change.tone])}>
          <span aria-hidden>{ARROWS[change.direction]} </span>
          {change.text}
        </span>
      )}
      {note && <span className="block text-sm text-ink-3">{note}</span>}
      {spark && <span className="mt-1.5 block h-8 print:hidden">{spark}</span>}
    </>
  );
  const style = "block min-w-0 rounded-lg border border-line bg-surface px-4 py-3 text-ink print:border-ink";
  return to ? (
    <Link to={to} className={cx(style, "no-underline hover:border-accent")}>
      {content}
    </Link>
  ) : (
    <div className={style}>{content}</div>
  );
}

/** Key numbers side by side; as many as fit. */
export function KeyNumbers({ children }: { children: ReactNode }) {
  // Five stand in one line rather than the last alone.
  const five = Children.toArray(children).length === 5;
  return (
    <div
      className={cx(
        "mb-4 grid grid-cols-2 gap-3 in-elder:grid-cols-1 lg:in-elder:grid-cols-2",
        five ? "lg:grid-cols-5 print:grid-cols-5" : "lg:grid-cols-4 print:grid-cols-4",
      )}
    >
      {children}
    </div>
  );
}
