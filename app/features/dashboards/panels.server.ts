import { type NamedStation, stationsById } from "@muster/db/queries/dashboards/place";
import type { MonthSum } from "@muster/db/queries/dashboards/sums";
import type { Indicator } from "@muster/domain/indicator";
import type { Period } from "@muster/domain/period";
import type { Level } from "@muster/domain/station";
import type { CellContent, CellFormat } from "@muster/reports/table";
import { formatMonth, formatPeriod } from "~/i18n/format";
import type { Ground } from "./ground.server";
import { byMonth, byStation, type Months } from "./measure";
import type { Column, Panel, Picture, Row } from "./model";

/** A station of a breakdown with its months. */
export interface Child {
  id: number;
  name: string;
  level: Level;
  months: Months;
  /** The managing station's own report. */
  own: boolean;
  sort: number;
}

/** The station's own months and those below it, in the order of a form, the own report first. */
export interface Breakdown {
  own: Months;
  children: Child[];
}

/** Reads the station and what is below it in one go; of those below perhaps fewer indicators. */
export async function readBreakdown(
  ground: Ground,
  codes: readonly string[],
  codesBelow: readonly string[] = codes,
): Promise<Breakdown> {
  const [own, below] = await Promise.all([ground.own(codes), ground.below(codesBelow)]);
  ground.frame.movedAway = movedAway(ground, own, below);
  return { own: byMonth(own), children: await childrenIn(ground, below) };
}

/** A breakdown's stations by name; those out of scope are left out. */
export async function childrenIn(ground: Ground, sums: readonly MonthSum[]): Promise<Child[]> {
  const stations = byStation(sums);
  const named = await namesOf(ground, stations.keys());
  const children = [...stations].flatMap(([id, months]): Child[] => {
    const own = id === ground.place.id;
    const station = named.get(id);
    if (own) {
      const name = ground.reader.t("dashboards:own", { name: ground.place.name });
      return [{ id, name, level: ground.place.level, months, own: true, sort: -1 }];
    }
    return station ? [{ id, name: station.name, level: station.level, months, own, sort: station.sort }] : [];
  });
  return children.sort((a, b) => a.sort - b.sort || a.id - b.id);
}

/** Names of stations; the database is asked only for those that no longer stand below the place. */
export async function namesOf(
  ground: Ground,
  ids: Iterable<number>,
): Promise<ReadonlyMap<number, NamedStation>> {
  const others = [...ids].filter((id) => !ground.children.has(id) && id !== ground.place.id);
  const found = await stationsById(ground.tx, others);
  return new Map([...ground.children, ...found]);
}

/** Reports that count in the sums of the range while their station is no longer in the reader's sight. */
function movedAway(ground: Ground, own: readonly MonthSum[], below: readonly MonthSum[]): number {
  if (ground.state.boundaries === "today" || ground.place.leaf) return 0;
  const expected = (sums: readonly MonthSum[]) =>
    sums.reduce(
      (total, { period, coverage }) => (period >= ground.range.from ? total + coverage.expected : total),
      0,
    );
  return Math.max(0, expected(own) - expected(below));
}

/** A link only where there is another page to open: never to the station on screen itself. */
export function stationLink(child: Pick<Child, "id" | "own">): Pick<Row, "station"> {
  return child.own ? {} : { station: child.id };
}

/** The first of these indicators with a code; pages ask for codes of the first content, which a city may retire. */
export function indicatorOf(indicators: readonly Indicator[], code: string): Indicator | null {
  return indicators.find((indicator) => indicator.code === code) ?? null;
}

/** A series of a trend: a column of its table. */
export interface Series {
  label: string;
  format: CellFormat;
  at: (period: Period) => number | null;
}

/** The range month by month. Months never opened for the station are gaps like those in which nothing is in force. */
export function trendPanel(
  ground: Ground,
  panel: Pick<Panel, "id" | "title" | "note" | "side">,
  series: readonly Series[],
  picture: Omit<Extract<Picture, { kind: "trend" }>, "kind">,
): Panel {
  const { t, locale } = ground.reader;
  const rows = ground.periods.map(
    (period): Row => ({
      period,
      name: formatPeriod(period, locale),
      cells: series.map(({ at }) => at(period)),
    }),
  );
  const some = rows.some(({ cells }) => cells.some((cell) => cell !== null));
  return {
    ...panel,
    head: t("dashboards:head.month"),
    columns: series.map(({ label, format }) => ({ label, format })),
    rows: some ? rows : [],
    picture: { kind: "trend", ...picture },
    empty: t("dashboards:empty.figures"),
  };
}

/** Children by month, each cell on a ground by its value. */
export function heatPanel(
  ground: Ground,
  panel: Pick<Panel, "id" | "title" | "note" | "side">,
  children: readonly Child[],
  format: CellFormat,
  cellOf: (child: Child, period: Period) => number | null,
  thresholds: { good: number; warn: number } | null = null,
): Panel {
  const { t } = ground.reader;
  const rows = children.map(
    (child): Row => ({
      ...stationLink(child),
      name: child.name,
      cells: ground.periods.map((period) => cellOf(child, period)),
    }),
  );
  const shown = rows.filter(({ cells }) => cells.some((cell) => cell !== null));
  return {
    ...panel,
    head: t("dashboards:head.station"),
    columns: monthColumns(ground, format),
    rows: shown,
    picture: { kind: "heat", ...(thresholds ?? {}), top: topOf(shown.flatMap(({ cells }) => cells)) },
    empty: t("dashboards:empty.figures"),
  };
}

/** A column per month of the range; the year stands where it is not clear by itself. */
export function monthColumns(ground: Ground, format: CellFormat): Column[] {
  const { locale } = ground.reader;
  return ground.periods.map((period) => {
    const label = ground.periods.length > 12 ? period.slice(2) : formatMonth(period, locale);
    return { label, format, period };
  });
}

/** The largest number among cells; 0 when there is none. */
export function topOf(cells: readonly CellContent[]): number {
  return cells.reduce<number>((top, cell) => (typeof cell === "number" && cell > top ? cell : top), 0);
}
