import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

/**
 * While the network is away a form or link would lead to an error page and lose what was typed: they are held back,
 * and a line says why. Pages that keep their own drafts still hear of the attempt.
 */
export function OfflineGuard() {
  const { t } = useTranslation(["errors"]);
  const [offline, setOffline] = useState(false);
  useEffect(() => {
    const look = () => setOffline(!navigator.onLine);
    const hold = (event: Event) => {
      if (navigator.onLine) return;
      const link = event.target instanceof Element && event.target.closest("a[href]:not([href^='#'])");
      if (event.type === "submit" || link) event.preventDefault();
    };
    look();
    window.addEventListener("online", look);
    window.addEventListener("offline", look);
    document.addEventListener("submit", hold, true);
    document.addEventListener("click", hold, true);
    return () => {
      window.removeEventListener("online", look);
      window.removeEventListener("offline", look);
      document.removeEventListener("submit", hold, true);
      document.removeEventListener("click", hold, true);
    };
  }, []);
  return (
    <div role="status" className="sticky top-0 z-pop print:hidden">
      {offline && (
        <p className="m-0 border-b border-warn-line bg-warn-soft px-4 py-2 text-center text-warn-ink">
          <b>! {t("offline.message")}</b> {t("offline.next")}
        </p>
      )}
    </div>
  );
}
