import type { ReactNode } from "react";
import { cx } from "./cx";
import { SIGNS, type Tone } from "./tag";

export interface TimelineEvent {
  id: string | number;
  tone?: Tone;
  title: ReactNode;
  /** Already written out in the reader's language and time zone. */
  when: string;
  who?: ReactNode;
  detail?: ReactNode;
}

const GROUNDS: Record<Tone, string> = {
  good: "bg-good-soft text-good",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  info: "bg-info-soft text-info",
  mute: "bg-mute-soft text-ink-2",
};

/** What happened, latest first. */
export function Timeline({ events }: { events: readonly TimelineEvent[] }) {
  return (
    <ol className="m-0 list-none p-0">
      {events.map(({ id, tone = "mute", title, when, who, detail }, index) => (
        <li key={id} className="relative flex gap-3 pb-4">
          {index < events.length - 1 && (
            <span aria-hidden className="absolute bottom-0 left-[0.7rem] top-7 w-px bg-line-strong" />
          )}
          <span
            aria-hidden
            className={cx("grid size-dot flex-none place-items-center rounded-full text-xs", GROUNDS[tone])}
          >
            {SIGNS[tone]}
          </span>
          <div className="min-w-0 flex-1">
            <div className="flex flex-wrap gap-x-3">
              <b className="flex-1">{title}</b>
              <span className="text-sm text-ink-3">{when}</span>
            </div>
            {who && <div className="text-sm text-ink-2">{who}</div>}
            {detail && <div className="mt-1">{detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
