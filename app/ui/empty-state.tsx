import type { ReactNode } from "react";

export interface EmptyStateProps {
  title: ReactNode;
  /** Why there is nothing, and what would put something here. */
  children?: ReactNode;
  action?: ReactNode;
}

/** Nothing to show, said in words. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-2 px-4 py-10 text-center">
      <svg aria-hidden="true" viewBox="0 0 64 48" className="h-12 w-16 text-line-strong">
        <path
          d="M8 20h12l4 8h16l4-8h12v22H8zM8 20L18 6h28l10 14"
          fill="none"
          stroke="currentColor"
          strokeWidth="3"
          strokeLinejoin="round"
        />
      </svg>
      <p className="m-0 font-semibold">{title}</p>
      {children && <div className="max-w-md text-ink-3">{children}</div>}
      {action}
    </div>
  );
}
