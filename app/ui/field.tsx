import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";

/** What a control inside a Field needs to be tied to its label, hint and error. */
export interface ControlProps {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
  required?: boolean;
}

export interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  /** Sentences; the first one stands beside the control in full. */
  error?: string | string[] | null;
  required?: boolean;
  /** Keeps the label for readers of the screen only, e.g. in a table's cell. */
  hideLabel?: boolean;
  id?: string;
  className?: string;
  children: (control: ControlProps) => ReactNode;
}

/** A labelled control with its hint and error: `<Field label="..." error={...}>{(c) => <TextInput {...c} name="x" />}</Field>`. */
export function Field({ label, hint, error, required, hideLabel, id, className, children }: FieldProps) {
  const { t } = useTranslation();
  const made = useId();
  const control = id ?? made;
  const errors = [error ?? []].flat();
  const described = [hint ? `${control}-hint` : "", errors.length > 0 ? `${control}-error` : ""]
    .filter(Boolean)
    .join(" ");
  return (
    <div className={className}>
      <label htmlFor={control} className={hideLabel ? "sr-only" : "mb-1 block font-semibold"}>
        {label}
        {required && !hideLabel && (
          <span className="ml-1.5 text-sm font-normal text-ink-3">{t("required")}</span>
        )}
      </label>
      {children({
        id: control,
        "aria-describedby": described || undefined,
        "aria-invalid": errors.length > 0 || undefined,
        required,
      })}
      {hint && (
        <p id={`${control}-hint`} className="m-0 mt-1 text-sm text-ink-3">
          {hint}
        </p>
      )}
      {errors.length > 0 && (
        <p id={`${control}-error`} className="m-0 mt-1 flex gap-1.5 text-sm font-semibold text-bad">
          <span aria-hidden>▲</span>
          <span>{errors.join(" ")}</span>
        </p>
      )}
    </div>
  );
}
