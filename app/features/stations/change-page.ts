import type { PageHandle } from "~/ui/page-handle";

/** The reorganisations; each has its page below the station's. */
export type ChangeKind = "rename" | "close" | "reopen" | "move" | "merge";

/** Title and breadcrumb of a reorganisation's page. */
export function changeHandle(kind: ChangeKind): PageHandle<{ station: { id: number; name: string } }> {
  return {
    i18n: ["stations"],
    title: (t) => t(`stations:change.title.${kind}`),
    crumbs: (t, { station }) => [
      { label: t("nav:stations"), to: "/stations" },
      { label: station.name, to: `/stations/${station.id}` },
      { label: t(`stations:change.title.${kind}`) },
    ],
  };
}

/** After a refusal the page reads the station anew, with the version that stands now. */
export const shouldRevalidate = () => true;
