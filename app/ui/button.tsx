import { useNavigation } from "@remix-run/react";
import { cva, type VariantProps } from "class-variance-authority";
import type { ButtonHTMLAttributes, ReactNode } from "react";
import { LoaderCircle } from "~/ui/icons";
import { cx } from "./cx";
import { Link, type LinkProps } from "./link";

export const buttonStyle = cva(
  "inline-flex items-center justify-center gap-1.5 rounded border text-center no-underline transition-colors disabled:cursor-not-allowed disabled:opacity-60 print:hidden",
  {
    variants: {
      tone: {
        plain: "border-line-strong bg-surface text-ink hover:border-accent hover:bg-sunken",
        primary: "border-accent bg-accent font-semibold text-on-accent hover:bg-accent-strong",
        danger: "border-bad bg-surface font-semibold text-bad hover:bg-bad-soft",
        quiet: "border-transparent bg-transparent text-accent hover:bg-accent-soft",
      },
      size: {
        normal: "min-h-control px-3.5",
        small: "min-h-target px-2.5 text-sm",
        large: "min-h-12 px-5 text-md font-semibold",
      },
      wide: { true: "w-full", false: "" },
    },
    defaultVariants: { tone: "plain", size: "normal", wide: false },
  },
);

type Style = VariantProps<typeof buttonStyle>;

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement>, Style {
  icon?: ReactNode;
}

/** A button; `type="button"` unless said otherwise. */
export function Button({
  tone,
  size,
  wide,
  icon,
  className,
  children,
  type = "button",
  ...rest
}: ButtonProps) {
  return (
    <button type={type} className={cx(buttonStyle({ tone, size, wide }), className)} {...rest}>
      {icon}
      {children}
    </button>
  );
}

export interface SubmitButtonProps extends Omit<ButtonProps, "type" | "name" | "value"> {
  /** Which of the page's forms this is: sent as the field `intent`. */
  intent?: string;
}

/** Sends its form. While the answer is on its way it says so; it stays focusable, and nothing is lost on a retry. */
export function SubmitButton({ intent, tone = "primary", icon, children, ...rest }: SubmitButtonProps) {
  const navigation = useNavigation();
  const busy =
    navigation.state !== "idle" &&
    !!navigation.formData &&
    (navigation.formData.get("intent") ?? undefined) === intent;
  return (
    <Button
      {...rest}
      type="submit"
      tone={tone}
      name={intent === undefined ? undefined : "intent"}
      value={intent}
      aria-busy={busy || undefined}
      icon={busy ? <LoaderCircle aria-hidden className="size-icon animate-spin" /> : icon}
    >
      {children}
    </Button>
  );
}

export interface LinkButtonProps extends LinkProps, Style {
  icon?: ReactNode;
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function LinkButton({ tone, size, wide, icon, className, children, ...rest }: LinkButtonProps) {
  return (
    <Link className={cx(buttonStyle({ tone, size, wide }), className)} {...rest}>
      {icon}
      {children}
    </Link>
  );
}
