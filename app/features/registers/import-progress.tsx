import { useNavigation } from "@remix-run/react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { ProgressBar } from "~/ui/meter";
import type { Progress } from "./import-progress.server";

const EVERY_MS = 500;

/** How far the confirmed file is, while it is on its way; nothing otherwise. `total` is how many rows it has. */
export function ImportProgress({ address, run, total }: { address: string; run: string; total: number }) {
  const { t } = useTranslation(["registers"]);
  const f = useFormat();
  const navigation = useNavigation();
  const waiting = navigation.state !== "idle" && navigation.formData?.get("intent") === "confirm";
  const progress = useProgress(waiting ? `${address}?run=${encodeURIComponent(run)}` : null);
  if (!waiting) return null;
  const done = progress?.done ?? 0;
  return (
    <div className="mt-3 grid gap-2" role="status" aria-live="polite">
      <ProgressBar label={t("import.progress")} share={total === 0 ? 0 : done / total} />
      <p className="m-0 text-ink-2">
        {done > 0
          ? t("import.written", { done: f.integer(done), total: f.integer(total) })
          : t("import.checking", { total: f.integer(total) })}
      </p>
    </div>
  );
}

/** Asks again and again while there is an address to ask. */
function useProgress(address: string | null): Progress | null {
  const [progress, setProgress] = useState<Progress | null>(null);
  useEffect(() => {
    if (address === null) return;
    let over = false;
    const ask = async () => {
      // Whoever waits goes on waiting when one answer is lost.
      const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
      const heard = answer?.ok ? ((await answer.json().catch(() => null)) as Progress | null) : null;
      if (!over && heard) setProgress(heard);
    };
    const timer = setInterval(ask, EVERY_MS);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [address]);
  return progress;
}
