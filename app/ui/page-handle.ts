import type { SerializeFrom } from "@remix-run/node";
import type { Namespace, Translate } from "~/i18n/locales";

/** A step of the breadcrumb; the last one has no address. */
export interface Crumb {
  label: string;
  to?: string;
}

/** What a page says of itself to the frame around it. */
export interface PageHandle<D = unknown> {
  /** Catalogues of this page. The frame's own (`common`, `errors`, `nav`) are always there. */
  i18n?: readonly Namespace[];
  /** Address of the menu entry it belongs to, where its own address does not say so. */
  menu?: string;
  title?: (t: Translate, data: D) => string;
  crumbs?: (t: Translate, data: D) => Crumb[];
}

/**
 * The `handle` export of a page:
 *
 *     export const handle = page<typeof loader>({
 *       i18n: ["months"],
 *       title: (t, data) => t("months:title", { period: data.period }),
 *       crumbs: (t) => [{ label: t("nav:months"), to: "/months" }, { label: ... }],
 *     });
 *
 * `data` is the loader's; it is undefined on the error page, where title and crumbs are not asked.
 */
export function page<L = unknown>(handle: PageHandle<SerializeFrom<L>>): PageHandle<SerializeFrom<L>> {
  return handle;
}
