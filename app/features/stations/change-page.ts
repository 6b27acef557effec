import type { PageHandle } from "~/ui/page-handle";
import { StationParams } from "./forms";

type Kind = "rename" | "close" | "reopen" | "move" | "merge";

/** What the routes of all reorganisations say of themselves. */
export const changeRoute = {
  authorization: { action: "manage_structure", subject: "Station" },
  params: StationParams,
} as const;

/** Title and breadcrumb of a reorganisation's page. */
export function changeHandle(kind: Kind): PageHandle<{ station: { id: number; name: string } }> {
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
