import { type ReactNode, useEffect, useRef } from "react";
import { buttonStyle } from "./button";
import { cx } from "./cx";

export interface MenuProps {
  label: ReactNode;
  icon?: ReactNode;
  /** Which edge of the button the panel follows. */
  align?: "start" | "end";
  /** Look of the button; by default a plain button with an arrow. */
  summaryClass?: string;
  /** Name for readers of the screen where the label is only a picture. */
  name?: string;
  className?: string;
  children: ReactNode;
}

/** A panel under a button. `<details>` opens it without a script; with one, Escape and a click elsewhere close it. */
export function Menu({ label, icon, align = "start", summaryClass, name, className, children }: MenuProps) {
  const box = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const details = box.current;
    if (!details) return;
    const close = (event: Event) => {
      const inside = event.target instanceof Node && details.contains(event.target);
      const escaped = event instanceof KeyboardEvent && event.key === "Escape";
      if (!details.open || (event instanceof KeyboardEvent ? !escaped : inside)) return;
      details.open = false;
      if (escaped) details.querySelector("summary")?.focus();
    };
    // Following a link inside leads to another page, where the panel should not still be open.
    const follow = (event: Event) => {
      if (event.target instanceof Element && event.target.closest("a")) details.open = false;
    };
    document.addEventListener("pointerdown", close);
    document.addEventListener("keydown", close);
    details.addEventListener("click", follow);
    return () => {
      document.removeEventListener("pointerdown", close);
      document.removeEventListener("keydown", close);
      details.removeEventListener("click", follow);
    };
  }, []);
  return (
    <details ref={box} className={cx("relative print:hidden", className)}>
      <summary className={summaryClass ?? buttonStyle()} aria-label={name}>
        {icon}
        {label}
        {!summaryClass && (
          <span aria-hidden className="text-xs text-ink-3">
            ▾
          </span>
        )}
      </summary>
      <div
        className={cx(
          "absolute top-full z-pop mt-1 max-h-menu min-w-48 max-w-menu overflow-auto rounded-lg border border-line-strong bg-surface text-ink shadow-pop",
          align === "end" ? "right-0" : "left-0",
        )}
      >
        {children}
      </div>
    </details>
  );
}

/** The look of a line in a menu, for links and buttons alike. */
export const menuItemStyle =
  "flex w-full min-h-target items-center gap-2 px-3.5 py-1.5 text-left text-ink no-underline hover:bg-accent-soft";
