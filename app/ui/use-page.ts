import { useMatches } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { NAMESPACES, type Translate } from "~/i18n/locales";
import type { Crumb, PageHandle } from "./page-handle";

/** Translates keys of any catalogue that the page has loaded; asks for none. */
export function usePageTranslate(): Translate {
  const { i18n } = useTranslation();
  return i18n.getFixedT(i18n.language, NAMESPACES) as Translate;
}

/** Title and breadcrumb of the page on screen, from the innermost route that names them. */
export function usePage(): { title: string | null; crumbs: Crumb[] } {
  const t = usePageTranslate();
  const matches = useMatches().filter(
    (match) => match.data !== undefined || (match.handle as PageHandle)?.title,
  );
  let title: string | null = null;
  let crumbs: Crumb[] = [];
  for (const { handle, data } of matches) {
    const { title: titleOf, crumbs: crumbsOf } = (handle ?? {}) as PageHandle;
    // A route that failed has no data, and its title may need it.
    try {
      if (titleOf) title = titleOf(t, data);
      if (crumbsOf) crumbs = crumbsOf(t, data);
    } catch {
      title = null;
    }
  }
  return { title, crumbs };
}

/** Address of the menu entry that the page says it belongs to; undefined where its own address tells. */
export function useMenuEntry(): string | undefined {
  const named = useMatches().map(({ handle }) => (handle as PageHandle | undefined)?.menu);
  return named.filter(Boolean).pop();
}
