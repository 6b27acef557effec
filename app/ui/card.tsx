import type { ReactNode } from "react";
import { cx } from "./cx";

export interface CardProps {
  title?: ReactNode;
  /** Beside the title: a tag, a switch between figure and table. */
  aside?: ReactNode;
  /** Level of the title in the page; 1 where the card is the page. */
  level?: 1 | 2 | 3;
  /** Content to the edge: tables and lists. */
  flush?: boolean;
  footer?: ReactNode;
  id?: string;
  className?: string;
  children?: ReactNode;
}

/** A surface with a title. */
export function Card({ title, aside, level = 2, flush = false, footer, id, className, children }: CardProps) {
  const Heading = `h${level}` as const;
  return (
    <section
      id={id}
      className={cx("min-w-0 rounded-lg border border-line bg-surface print:border-ink", className)}
    >
      {(title || aside) && (
        <header className={cx("flex flex-wrap items-center gap-2 px-4", flush ? "py-3" : "pb-2.5 pt-3.5")}>
          {title && <Heading className="m-0 flex-1 text-md leading-snug">{title}</Heading>}
          {aside}
        </header>
      )}
      <div className={flush ? undefined : cx("px-4 pb-4", !title && !aside && "pt-4")}>{children}</div>
      {footer && (
        <footer className="flex flex-wrap items-center gap-2.5 border-t border-line px-4 py-3">
          {footer}
        </footer>
      )}
    </section>
  );
}
