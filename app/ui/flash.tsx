import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Check, X } from "~/ui/icons";

const SHOWN_MS = 8_000;

/** The message of the action just done. Without JavaScript it stays; with it, it leaves by itself or on a click. */
export function Flash({ message }: { message: string | null }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(message);
  useEffect(() => {
    // The next page's data no longer holds the message; what is on screen stays its time.
    if (message) setShown(message);
  }, [message]);
  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => setShown(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-20 z-pop flex justify-center px-3 lg:bottom-6 print:hidden"
    >
      {shown && (
        <div className="pointer-events-auto flex items-center gap-2 rounded-lg bg-accent-strong py-2 pl-4 pr-2 text-on-accent shadow-pop on-dark">
          <Check aria-hidden className="size-icon flex-none" />
          <span>{shown}</span>
          <button
            type="button"
            onClick={() => setShown(null)}
            aria-label={t("close")}
            className="grid min-h-target min-w-target place-items-center rounded"
          >
            <X aria-hidden className="size-icon" />
          </button>
        </div>
      )}
    </div>
  );
}
