import { forwardRef, type ReactNode } from "react";
import { cx } from "./cx";

export type NoticeTone = "info" | "warn" | "bad" | "good";

const STYLES: Record<NoticeTone, { box: string; sign: string }> = {
  info: { box: "border-info-line bg-info-soft text-info-ink", sign: "●" },
  warn: { box: "border-warn-line bg-warn-soft text-warn-ink", sign: "!" },
  bad: { box: "border-bad bg-bad-soft text-bad", sign: "▲" },
  good: { box: "border-good bg-good-soft text-good", sign: "✓" },
};

export interface NoticeProps {
  tone?: NoticeTone;
  title?: ReactNode;
  children?: ReactNode;
  /** One line: title and text beside each other, as for "what these figures rest on". */
  inline?: boolean;
  className?: string;
}

/** A message in the page. An error is announced at once. */
export const Notice = forwardRef<HTMLDivElement, NoticeProps>(function Notice(
  { tone = "info", title, children, inline, className },
  ref,
) {
  const { box, sign } = STYLES[tone];
  return (
    <div
      ref={ref}
      tabIndex={-1}
      role={tone === "bad" ? "alert" : undefined}
      className={cx("flex gap-2 rounded-lg border px-3.5 py-2.5", box, className)}
    >
      <b aria-hidden className="w-[1.1em] flex-none text-center text-sm leading-normal">
        {sign}
      </b>
      <div className={cx("min-w-0 flex-1", inline && "flex flex-wrap items-center gap-x-4 gap-y-1")}>
        {title && <b className={inline ? undefined : "block"}>{title}</b>}
        {children}
      </div>
    </div>
  );
});
