import { useTranslation } from "react-i18next";
import { LinkButton } from "~/ui/button";
import type { StationRights } from "./access.server";

const STRUCTURE = ["rename", "move", "merge", "close", "reopen"] as const;

/** What may be done with this station; the rarer steps behind one fold that opens without a script. */
export function StationActions({ rights, staff }: { rights: StationRights; staff: boolean }) {
  const { t } = useTranslation(["stations"]);
  const steps = STRUCTURE.filter((step) => rights[step]);
  return (
    <>
      {steps.length > 0 && (
        <details className="relative">
          <summary className="flex min-h-control cursor-pointer list-none items-center gap-1.5 rounded border border-line-strong bg-surface px-3.5 hover:border-accent hover:bg-sunken">
            {t("action.more")}
            <span aria-hidden>▾</span>
          </summary>
          <div className="absolute right-0 z-pop mt-1 grid min-w-40 rounded border border-line bg-surface p-1 shadow-pop max-lg:left-0 max-lg:right-auto">
            {steps.map((step) => (
              <LinkButton key={step} to={step} tone="quiet" className="justify-start">
                {t(`action.${step}`)}
              </LinkButton>
            ))}
          </div>
        </details>
      )}
      {staff && <LinkButton to="staff">{t("action.staff")}</LinkButton>}
      {rights.create && (
        <LinkButton to="new" tone="primary">
          {t("action.create")}
        </LinkButton>
      )}
    </>
  );
}
