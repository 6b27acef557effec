import { cva } from "class-variance-authority";
import type { ReactNode } from "react";
import { cx } from "./cx";

export type Tone = "good" | "warn" | "bad" | "info" | "mute";

/** Each tone has its sign: colour is never the only difference. */
export const SIGNS: Record<Tone, string> = { good: "✓", warn: "!", bad: "▲", info: "●", mute: "○" };

const style = cva("inline-flex items-center gap-1 whitespace-nowrap rounded-full px-2 py-px text-sm", {
  variants: {
    tone: {
      good: "bg-good-soft text-good",
      warn: "bg-warn-soft text-warn",
      bad: "bg-bad-soft text-bad",
      info: "bg-info-soft text-info",
      mute: "bg-mute-soft text-ink-2",
    },
  },
});

export interface TagProps {
  tone?: Tone;
  /** Leaves the sign out, where the tag is no status. */
  plain?: boolean;
  /** Says more than a word or two: may break on a narrow screen. */
  long?: boolean;
  className?: string;
  children: ReactNode;
}

/** A state in a word, with the sign of its tone. */
export function Tag({ tone = "mute", plain = false, long = false, className, children }: TagProps) {
  return (
    <span
      className={cx(
        style({ tone }),
        long ? "max-sm:rounded-lg max-sm:whitespace-normal" : undefined,
        className,
      )}
    >
      {!plain && (
        <span aria-hidden className="text-xs leading-none">
          {SIGNS[tone]}
        </span>
      )}
      {children}
    </span>
  );
}
