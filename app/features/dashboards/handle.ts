import type { Translate } from "~/i18n/locales";
import { type Packed, unpack } from "~/ui/packed";
import { type Crumb, page } from "~/ui/page-handle";
import { addressOf } from "./address";
import type { Frame, PageName } from "./model";

/** Title and breadcrumb of a dashboard: the dashboards, this one, and the way down to its station. */
export function handleOf(name: PageName) {
  return page<() => Promise<Packed<{ frame: Frame }>>>({
    i18n: ["dashboards"],
    title: (t, data) => `${t(`dashboards:title.${name}`)} · ${frameIn(data).place.name}`,
    crumbs: (t, data) => crumbsOf(t, name, frameIn(data)),
  });
}

function frameIn(data: Pick<Packed<never>, "packed">): Frame {
  return unpack(data as Packed<{ frame: Frame }>).frame;
}

function crumbsOf(t: Translate, name: PageName, { state, ancestors, place }: Frame): Crumb[] {
  return [
    { label: t("dashboards:crumb"), to: addressOf("overview", state) },
    ...(name === "overview" ? [] : [{ label: t(`dashboards:title.${name}`), to: addressOf(name, state) }]),
    ...ancestors.map((station) => ({
      label: station.name,
      to: addressOf(name, state, { station: station.id, show: undefined }),
    })),
    { label: place.name },
  ];
}
