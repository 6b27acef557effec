import type { DashboardState, PageName } from "./model";

/** Where a dashboard lives. */
export function pathOf(page: PageName): string {
  return page === "overview" ? "/dashboard" : `/dashboard/${page}`;
}

/** The address of a dashboard in a state; `changes` replace parts of it. */
export function addressOf(
  page: PageName,
  state: DashboardState,
  changes: Partial<DashboardState> = {},
): string {
  return `${pathOf(page)}?${queryOf({ ...state, ...changes })}`;
}

/** Addresses of the same dashboard at other stations. A table has hundreds of them: what they share is written once. */
export function stationAddresses(page: PageName, state: DashboardState): (station: number) => string {
  const [before = "", after = ""] = addressOf(page, { ...state, show: undefined }).split(
    `station=${state.station}`,
  );
  return (station) => `${before}station=${station}${after}`;
}

/** The query of a state: every part is named, so that the address means the same tomorrow. */
export function queryOf({
  station,
  from,
  to,
  basis,
  boundaries,
  indicator,
  item,
  show,
  screen,
}: DashboardState): string {
  const query = new URLSearchParams({ station: String(station), from, to, basis, boundaries });
  if (indicator) query.set("indicator", indicator);
  if (item) query.set("item", item);
  if (show) query.set("show", show);
  if (screen) query.set("screen", "1");
  return query.toString();
}

/** Where a page's tables come as a file: one of them, or all. */
export function exportAddress(
  page: PageName,
  state: DashboardState,
  format: "csv" | "xlsx",
  table?: string,
): string {
  const query = new URLSearchParams(queryOf({ ...state, screen: false }));
  query.set("page", page);
  query.set("format", format);
  if (table) query.set("table", table);
  return `/dashboard/export?${query}`;
}
