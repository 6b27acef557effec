import { useNavigation } from "@remix-run/react";
import { useTranslation } from "react-i18next";

/** A thin bar at the top while the next page is on its way. */
export function NavigationProgress() {
  const busy = useNavigation().state !== "idle";
  const { t } = useTranslation();
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 top-0 z-pop print:hidden"
    >
      {busy && (
        <>
          <span className="sr-only">{t("loading")}</span>
          <span className="block h-0.5 origin-left animate-progress bg-gilt" />
        </>
      )}
    </div>
  );
}
