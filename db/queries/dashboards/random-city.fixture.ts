import { addMonths, type Period, period } from "@muster/domain/period";
import type { ReportState } from "@muster/domain/rollup";
import type { Kind, Level } from "@muster/domain/station";
import fc from "fast-check";
import type { Pool } from "../../client";
import type { ScopedTx } from "../../scope";
import { layCity, type TestCity } from "../../testing/hierarchy";
import { recomputeRollups } from "../rollups";

/** A report as the naive recomputation sees it. */
export interface PlainReport extends ReportState {
  stationId: number;
  period: Period;
  level: Level;
  kind: Kind;
  reportedPath: string;
  /** Where the station stands today. */
  path: string;
}

export interface RandomCity extends TestCity {
  stations: { id: number; level: Level; kind: Kind; path: string; districtId: number | null }[];
  reports: PlainReport[];
  periods: Period[];
}

export const FIRST = period("2026-05");
export const MONTHS = 4;

/** Slots that the random reports fill: people, archived, full-time staff, of managing stations, visits, visited, E02, E04. */
const A01 = 0;
const A09 = 8;
const [B01, B03, B05, B05M] = [11, 13, 14, 15];
const [C01, C02, E02, E04, G02, G03, G04D] = [18, 19, 32, 34, 42, 43, 44];

export const shapes = fc.record({
  districts: fc.integer({ min: 0, max: 2 }),
  towns: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 3 }),
  home: fc.boolean(),
  /** Village `n` opens in this month of the range. */
  openings: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 9, maxLength: 9 }),
  /** In this month village `n` moved to the next town, so that later months are reported there. */
  moves: fc.array(fc.option(fc.integer({ min: 1, max: 3 }), { freq: 3 }), { minLength: 9, maxLength: 9 }),
  seed: fc.array(fc.integer({ min: 0, max: 999 }), { minLength: 60, maxLength: 60 }),
});
export type Shape = typeof shapes extends fc.Arbitrary<infer S> ? S : never;

const STATES: readonly Partial<ReportState>[] = [
  { status: "draft" },
  { status: "submitted" },
  { status: "returned" },
  { status: "accepted" },
  { status: "locked" },
  { status: "locked" },
  { status: "amending" },
  { status: "accepted", expected: false },
];

/** Lays a random city with months already reported on, and answers its reports as plain values. */
export async function layRandomCity(pool: Pool, shape: Shape): Promise<RandomCity> {
  const city = await layCity(pool, new Date("2026-09-05T02:00:00Z"), period("2026-01"));
  const periods = Array.from({ length: MONTHS }, (_, i) => addMonths(FIRST, i));
  const stations: RandomCity["stations"] = [];
  const tops: { id: number; path: string }[] = [];
  const add = async (parent: { id: number; path: string }, level: Level, name: string, kind?: Kind) => {
    const id = await city.add(parent.id, level, name, kind);
    const path = `${parent.path}${id}/`;
    const districtId =
      level === "district" ? id : (tops.find((top) => path.startsWith(top.path))?.id ?? null);
    const made = { id, level, kind: kind ?? "station", path, districtId } as const;
    stations.push(made);
    return made;
  };
  const root = { id: city.rootId, path: "/" };
  for (let i = 0; i < shape.districts; i++) tops.push(await add(root, "district", `区${i}`));
  const towns: { id: number; path: string }[] = [];
  const villages: { id: number; home: number; level: Level; kind: Kind }[] = [];
  for (const [i, count] of shape.towns.entries()) {
    const town = await add(tops[i % Math.max(1, tops.length)] ?? root, "town", `镇${i}`);
    towns.push(town);
    for (let v = 0; v < count; v++) {
      const village = await add(town, "village", `村${i}-${v}`);
      villages.push({ ...village, home: towns.length - 1 });
    }
  }
  if (shape.home)
    await add(await add(root, "town", "军休所", "cadre_home"), "village", "服务点", "service_point");

  let turn = 0;
  const next = () => shape.seed[turn++ % shape.seed.length] ?? 0;
  const reports: PlainReport[] = [];
  for (const station of stations) {
    const n = villages.findIndex(({ id }) => id === station.id);
    const village = villages[n];
    const moved = village && shape.moves[n] !== null && towns.length > 1 ? shape.moves[n] : undefined;
    const target = village && towns[(village.home + 1) % towns.length];
    if (moved !== undefined && target) {
      const path = `${target.path}${station.id}/`;
      await city.inCity((tx) => relocate(tx, station.id, target.id, path));
      station.path = path;
    }
    const origin = village && towns[village.home];
    for (const [m, at] of periods.entries()) {
      if (village && m < (shape.openings[n] ?? 0)) continue;
      const before = moved !== undefined && moved !== null && m < moved && origin;
      reports.push({
        stationId: station.id,
        period: at,
        level: station.level,
        kind: station.kind,
        path: station.path,
        reportedPath: before ? `${origin.path}${station.id}/` : station.path,
        ...stateOf(station.level, next),
      });
    }
  }
  await city.inCity((tx) => write(tx, city, reports, periods));
  return { ...city, stations, reports, periods };
}

function stateOf(level: Level, next: () => number): ReportState {
  const state = STATES[next() % STATES.length];
  const status = state?.status ?? "draft";
  const withdrawn = status === "submitted" || status === "returned";
  const figures = figuresOf(level, next);
  return {
    status,
    expected: state?.expected ?? true,
    figures: status === "draft" && next() % 2 ? [] : figures,
    acceptedFigures: status === "amending" || (withdrawn && next() % 3 === 0) ? figuresOf(level, next) : null,
    onTime: status === "draft" ? null : next() % 3 > 0,
  };
}

function figuresOf(level: Level, next: () => number): (number | null)[] {
  const figures: (number | null)[] = Array.from({ length: 45 }, () => null);
  const maybe = (value: number) => (next() % 5 === 0 ? null : value);
  figures[A01] = next() + 1;
  figures[A09] = next() % ((figures[A01] ?? 1) + 1);
  figures[B01] = 1;
  figures[B03] = next() % 2;
  figures[B05] = next() % 4;
  figures[B05M] = level === "village" ? null : figures[B05];
  for (const slot of [C01, C02, E02, E04]) figures[slot] = maybe(next());
  figures[G02] = next() % 5;
  figures[G03] = next() % 5;
  figures[G04D] = (figures[G02] ?? 0) + (figures[G03] ?? 0);
  return figures;
}

async function relocate(tx: ScopedTx, id: number, parentId: number, path: string): Promise<void> {
  await tx.sql`
    update station set parent_id = ${parentId}, path = ${path} where city_id = ${tx.scope.cityId} and id = ${id}`;
}

async function write(
  tx: ScopedTx,
  city: TestCity,
  reports: readonly PlainReport[],
  periods: readonly Period[],
): Promise<void> {
  const { cityId } = tx.scope;
  for (const at of periods) {
    await tx.sql`
      insert into rollup (city_id, path, station_id, period, reported_path, reports_to, level, kind)
      select city_id, path, id, ${at}, path, parent_id, level, kind from station
      where city_id = ${cityId} and level <> 'village'`;
  }
  for (const r of reports) {
    const ids = r.reportedPath.split("/").filter(Boolean).map(Number);
    await tx.sql`
      insert into monthly_report (city_id, path, station_id, period, reported_path, reports_to, level, kind,
        expected, status, figures, accepted_figures, on_time, due_on)
      values (${cityId}, ${r.path}, ${r.stationId}, ${r.period}, ${r.reportedPath}, ${ids.at(-2) ?? city.rootId},
        ${r.level}, ${r.kind}, ${r.expected}, ${r.status}, ${r.figures as number[]}::bigint[],
        ${r.acceptedFigures as number[] | null}::bigint[], ${r.onTime}, ${`${r.period}-28`})`;
  }
  await recomputeRollups(tx, periods);
}
