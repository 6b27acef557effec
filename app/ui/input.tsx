import { cva } from "class-variance-authority";
import {
  forwardRef,
  type InputHTMLAttributes,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from "react";
import { cx } from "./cx";

/** The look of everything that is filled in; an error shows in the edge, in the ground and in the message. */
export const inputStyle = cva(
  "min-h-control w-full rounded border border-field-line bg-surface px-2.5 text-ink hover:border-accent disabled:bg-mute-soft disabled:text-ink-2 read-only:bg-sunken aria-[invalid]:border-bad aria-[invalid]:bg-bad-soft",
);

/** Text. Give `name`, `autoComplete` and `inputMode` as the content asks. */
export const TextInput = forwardRef<HTMLInputElement, InputHTMLAttributes<HTMLInputElement>>(
  function TextInput({ className, type = "text", ...rest }, ref) {
    return <input ref={ref} type={type} className={cx(inputStyle(), className)} {...rest} />;
  },
);

/** A whole number: a text field with the number keys, because number fields drop what they cannot read. */
export const NumberInput = forwardRef<HTMLInputElement, InputHTMLAttributes<HTMLInputElement>>(
  function NumberInput({ className, ...rest }, ref) {
    const style = cx(inputStyle(), "text-right font-semibold", className);
    return <input ref={ref} type="text" inputMode="numeric" autoComplete="off" className={style} {...rest} />;
  },
);

/** A day, as the browser asks for it. Values are `YYYY-MM-DD`; `month` asks for `YYYY-MM`. */
export const DateInput = forwardRef<
  HTMLInputElement,
  InputHTMLAttributes<HTMLInputElement> & { month?: boolean }
>(function DateInput({ className, month = false, ...rest }, ref) {
  // Browsers without a month picker show a text field: the pattern then tells the form.
  const kind = month
    ? { type: "month", pattern: "20[0-9]{2}-(0[1-9]|1[0-2])", placeholder: "2026-10" }
    : { type: "date" };
  return <input ref={ref} {...kind} className={cx(inputStyle(), className)} {...rest} />;
});

export const Textarea = forwardRef<HTMLTextAreaElement, TextareaHTMLAttributes<HTMLTextAreaElement>>(
  function Textarea({ className, rows = 3, ...rest }, ref) {
    return <textarea ref={ref} rows={rows} className={cx(inputStyle(), "block py-2", className)} {...rest} />;
  },
);

export interface Option {
  value: string;
  label: string;
  disabled?: boolean;
  /** Of a label that is in another language than the page. */
  lang?: string;
}

export interface SelectProps extends SelectHTMLAttributes<HTMLSelectElement> {
  options: readonly Option[];
  /** First line with an empty value. */
  placeholder?: string;
}

/** The browser's own list: it works on every phone, with every reader, without a script. */
export const Select = forwardRef<HTMLSelectElement, SelectProps>(function Select(
  { options, placeholder, className, ...rest },
  ref,
) {
  return (
    <select ref={ref} className={cx(inputStyle(), "pr-8", className)} {...rest}>
      {placeholder !== undefined && <option value="">{placeholder}</option>}
      {options.map(({ value, label, disabled, lang }) => (
        <option key={value} value={value} disabled={disabled} lang={lang}>
          {label}
        </option>
      ))}
    </select>
  );
});
