import { type InputHTMLAttributes, type ReactNode, useId } from "react";
import { cx } from "./cx";

export interface CheckboxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "type"> {
  label: ReactNode;
  hint?: ReactNode;
  /** Only for readers of the screen, e.g. in a table's row. */
  hideLabel?: boolean;
}

/** A box to tick; the whole line is the target. */
export function Checkbox({ label, hint, hideLabel, hidden = false, className, ...rest }: CheckboxProps) {
  return (
    <label
      hidden={hidden}
      className={cx(
        hidden ? "hidden" : "flex",
        "min-h-target cursor-pointer items-center gap-2",
        hideLabel && "min-w-target justify-center",
        className,
      )}
    >
      <input type="checkbox" className="size-box flex-none accent-accent" {...rest} />
      <span className={hideLabel ? "sr-only" : undefined}>
        {label}
        {hint && <span className="block text-sm text-ink-3">{hint}</span>}
      </span>
    </label>
  );
}

export interface RadioGroupProps {
  name: string;
  legend: ReactNode;
  options: readonly { value: string; label: ReactNode; hint?: ReactNode }[];
  defaultValue?: string;
  error?: string | string[] | null;
  hint?: ReactNode;
  required?: boolean;
  className?: string;
}

/** One of a few, all of them visible. */
export function RadioGroup({
  name,
  legend,
  options,
  defaultValue,
  error,
  hint,
  required,
  className,
}: RadioGroupProps) {
  const id = useId();
  const errors = [error ?? []].flat();
  return (
    <fieldset
      className={cx("m-0 min-w-0 border-0 p-0", className)}
      aria-describedby={errors.length > 0 ? `${id}-error` : undefined}
    >
      <legend className="mb-1 p-0 font-semibold">{legend}</legend>
      {hint && <p className="m-0 mb-1 text-sm text-ink-3">{hint}</p>}
      <div className="flex flex-wrap gap-2">
        {options.map((option) => (
          <label
            key={option.value}
            className="flex min-h-control cursor-pointer items-center gap-2 rounded border border-field-line bg-surface py-1.5 pl-3 pr-4 hover:border-accent"
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              defaultChecked={option.value === defaultValue}
              required={required}
              className="size-box flex-none accent-accent"
            />
            <span>
              {option.label}
              {option.hint && <span className="block text-sm text-ink-3">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      {errors.length > 0 && (
        <p id={`${id}-error`} className="m-0 mt-1 text-sm font-semibold text-bad">
          <span aria-hidden>▲ </span>
          {errors.join(" ")}
        </p>
      )}
    </fieldset>
  );
}
