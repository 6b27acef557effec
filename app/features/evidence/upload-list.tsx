import { useTranslation } from "react-i18next";
import { Button } from "~/ui/button";
import { ProgressBar } from "~/ui/meter";
import { Tag, type Tone } from "~/ui/tag";
import type { ItemState, Line } from "./upload-queue";

const TONES: Record<ItemState["kind"], Tone> = {
  waiting: "mute",
  sending: "info",
  retrying: "warn",
  signed_out: "warn",
  refused: "bad",
};

export interface UploadListProps {
  lines: readonly Line[];
  /** They survive a closed page. */
  kept: boolean;
  onRetry(id: string): void;
  onDrop(id: string): void;
}

/** What waits in this browser, how far each has come, and what may be done about it. */
export function UploadList({ lines, kept, onRetry, onDrop }: UploadListProps) {
  const { t } = useTranslation(["evidence"]);
  const waiting = lines.filter(({ state }) => state.kind !== "refused").length;
  return (
    <div role="status" className="print:hidden">
      {lines.length > 0 && (
        <section className="rounded border border-line bg-sunken p-3">
          <h3 className="m-0 text-base">
            {waiting > 0 ? t("queue.title", { count: waiting }) : t("queue.refusedTitle")}
          </h3>
          <ul className="m-0 list-none p-0">
            {lines.map(({ id, title, state }) => (
              <li key={id} className="border-b border-line py-2 last:border-0">
                <div className="flex flex-wrap items-center gap-x-2">
                  <b className="min-w-0 flex-1 [overflow-wrap:anywhere] font-semibold">{title}</b>
                  <Tag tone={TONES[state.kind]}>{t(wordOf(state), percentOf(state))}</Tag>
                </div>
                {state.kind === "sending" && <ProgressBar label={title} share={state.share} />}
                {state.kind === "refused" && <p className="m-0 text-bad">{state.message}</p>}
                {state.kind !== "sending" && (
                  <div className="flex flex-wrap gap-2">
                    {state.kind !== "waiting" && state.kind !== "refused" && (
                      <Button
                        size="small"
                        tone="quiet"
                        aria-label={t("queue.retryOne", { title })}
                        onClick={() => onRetry(id)}
                      >
                        {t("queue.retry")}
                      </Button>
                    )}
                    <Button
                      size="small"
                      tone="quiet"
                      aria-label={t("queue.dropOne", { title })}
                      onClick={() => onDrop(id)}
                    >
                      {t("queue.drop")}
                    </Button>
                  </div>
                )}
              </li>
            ))}
          </ul>
          {waiting > 0 && (
            <p className="m-0 mt-1 text-sm text-ink-3">{t(kept ? "queue.kept" : "queue.unkept")}</p>
          )}
        </section>
      )}
    </div>
  );
}

function wordOf(state: ItemState) {
  if (state.kind === "sending" && state.share >= 1) return "queue.checking" as const;
  return `queue.${state.kind}` as const;
}

function percentOf(state: ItemState): { percent: number } {
  return { percent: state.kind === "sending" ? Math.round(state.share * 100) : 0 };
}
