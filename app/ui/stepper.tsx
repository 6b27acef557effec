import { useTranslation } from "react-i18next";
import { cx } from "./cx";

export interface StepperProps {
  label: string;
  steps: readonly { id: string; label: string; note?: string }[];
  /** Id of the step under way; those before it are done. */
  current: string;
}

/** Where a thing stands on its way. */
export function Stepper({ label, steps, current }: StepperProps) {
  const { t } = useTranslation();
  const at = steps.findIndex((step) => step.id === current);
  return (
    <ol aria-label={label} className="m-0 flex list-none flex-wrap gap-x-1 gap-y-2 p-0">
      {steps.map((step, index) => {
        const state = index < at ? "done" : index === at ? "current" : "ahead";
        return (
          <li
            key={step.id}
            aria-current={state === "current" ? "step" : undefined}
            className="flex items-center gap-2 pr-2"
          >
            <span
              aria-hidden
              className={cx(
                "grid size-dot flex-none place-items-center rounded-full border text-sm",
                state === "done" && "border-accent bg-accent text-on-accent",
                state === "current" && "border-accent bg-accent-soft font-bold text-accent-strong",
                state === "ahead" && "border-line-strong text-ink-3",
              )}
            >
              {state === "done" ? "✓" : index + 1}
            </span>
            <span className={cx(state === "current" && "font-semibold", state === "ahead" && "text-ink-3")}>
              {step.label}
              {state === "done" && <span className="sr-only">{t("done")}</span>}
              {step.note && <span className="block text-sm text-ink-3">{step.note}</span>}
            </span>
            {index < steps.length - 1 && <span aria-hidden className="h-px w-6 bg-line-strong" />}
          </li>
        );
      })}
    </ol>
  );
}
