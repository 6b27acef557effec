import type { NamedStation } from "@muster/db/queries/dashboards/place";
import { localDate } from "@muster/domain/period";
import { formatDate } from "~/i18n/format";
import type { Ground } from "./ground.server";

/** What records say of a station below, or of the place's own station. */
export interface Below<G> {
  id: number;
  name: string;
  own: boolean;
  groups: G[];
}

/** Groups by the child they belong to, in the order of a form, the place's own station first. */
export function below<G extends { child: number }>(ground: Ground, groups: readonly G[]): Below<G>[] {
  const byChild = new Map<number, G[]>();
  for (const group of groups) byChild.set(group.child, [...(byChild.get(group.child) ?? []), group]);
  const named = (id: number, name: string, own: boolean): Below<G>[] => {
    const found = byChild.get(id);
    return found ? [{ id, name, own, groups: found }] : [];
  };
  const { id, name } = ground.place;
  const stations: NamedStation[] = [...ground.children.values()];
  return [
    ...named(id, ground.reader.t("dashboards:ownStation", { name }), true),
    ...stations.flatMap((station) => named(station.id, station.name, false)),
  ];
}

/** Sums of some counts. */
export function total<K extends string>(
  rows: readonly Record<K, number | null>[],
  keys: readonly K[],
): Record<K, number> {
  const sums = Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
  for (const row of rows) for (const key of keys) sums[key] += row[key] ?? 0;
  return sums;
}

/** Per cent that a part is of a whole; of nothing there is none: neither 0 nor 100. */
export function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : (100 * part) / whole;
}

/** Said beside what comes from records: as they stand today, by today's boundaries. */
export function fromRecords(ground: Ground): string {
  const { t, locale, now } = ground.reader;
  return t("dashboards:source.records", { date: formatDate(localDate(now), locale) });
}

/** Said beside what comes from monthly reports. */
export function fromReports(ground: Ground): string {
  return ground.reader.t("dashboards:source.reports");
}
