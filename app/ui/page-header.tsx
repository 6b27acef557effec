import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "./link";
import type { Crumb } from "./page-handle";

export interface PageHeaderProps {
  title: ReactNode;
  /** One line under the title: the rule, who and when. */
  note?: ReactNode;
  /** State beside the title. */
  tag?: ReactNode;
  /** Filters and buttons at the right. */
  children?: ReactNode;
}

/** The head of a page: its only h1. */
export function PageHeader({ title, note, tag, children }: PageHeaderProps) {
  return (
    <div className="mb-3 flex flex-wrap items-end gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-64">
        <div className="flex flex-wrap items-center gap-2">
          <h1 className="m-0 text-xl">{title}</h1>
          {tag}
        </div>
        {note && <p className="m-0 text-ink-3">{note}</p>}
      </div>
      {children && <div className="flex flex-wrap items-center gap-2 print:hidden">{children}</div>}
    </div>
  );
}

/** The way from the top to this page. */
export function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  const { t } = useTranslation(["nav"]);
  if (crumbs.length === 0) return null;
  return (
    <nav aria-label={t("crumbs")} className="min-w-0">
      <ol className="m-0 flex list-none flex-wrap items-center gap-x-1.5 p-0 text-ink-3">
        {crumbs.map(({ label, to }, index) => {
          const last = index === crumbs.length - 1;
          return (
            <li key={`${to ?? ""}${label}`} className="flex items-center gap-1.5">
              {index > 0 && <span aria-hidden>/</span>}
              {to && !last ? (
                <Link to={to} className="text-ink-2 no-underline hover:text-accent hover:underline">
                  {label}
                </Link>
              ) : (
                <span
                  aria-current={last ? "page" : undefined}
                  className={last ? "font-semibold text-ink" : undefined}
                >
                  {label}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
