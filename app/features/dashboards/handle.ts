import { page } from "~/ui/page-handle";
import { addressOf } from "./address";
import type { Frame, PageName } from "./model";

/** Title and breadcrumb of a dashboard: the dashboards, this one, and the way down to its station. */
export function handleOf(name: PageName) {
  return page<() => Promise<{ frame: Frame }>>({
    i18n: ["dashboards"],
    title: (t, { frame }) => `${t(`dashboards:title.${name}`)} · ${frame.place.name}`,
    crumbs: (t, { frame }) => [
      { label: t("dashboards:crumb"), to: addressOf("overview", frame.state) },
      ...(name === "overview"
        ? []
        : [{ label: t(`dashboards:title.${name}`), to: addressOf(name, frame.state) }]),
      ...frame.ancestors.map((station) => ({
        label: station.name,
        to: addressOf(name, frame.state, { station: station.id, show: undefined }),
      })),
      { label: frame.place.name },
    ],
  });
}
