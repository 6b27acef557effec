import { useTranslation } from "react-i18next";
import { LinkButton } from "./button";

export interface PaginationProps {
  /** Addresses; without one that way is closed. */
  previous?: string | null;
  next?: string | null;
  /** E.g. "1–50 of 359". */
  summary?: string;
}

/** Earlier and later parts of a list. */
export function Pagination({ previous, next, summary }: PaginationProps) {
  const { t } = useTranslation();
  if (!previous && !next && !summary) return null;
  return (
    <nav aria-label={t("table.pages")} className="flex flex-wrap items-center gap-2 px-4 py-2.5 print:hidden">
      <span className="flex-1 text-sm text-ink-3">{summary}</span>
      {previous && (
        <LinkButton to={previous} size="small" rel="prev">
          ‹ {t("table.previous")}
        </LinkButton>
      )}
      {next && (
        <LinkButton to={next} size="small" rel="next">
          {t("table.next")} ›
        </LinkButton>
      )}
    </nav>
  );
}
