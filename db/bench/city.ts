import { dueOn } from "@muster/domain/deadline";
import { type FiguresByCode, toSlots, withComputed } from "@muster/domain/indicator";
import { addDays, addMonths, firstDay, type Period, periodsBetween } from "@muster/domain/period";
import { childPath, type Level } from "@muster/domain/station";
import type { Pool } from "../client";
import { type CityCatalogue, cityCatalogue } from "../queries/catalogue";
import { openMonth } from "../queries/months";
import { recomputeRollups } from "../queries/rollups";
import { monthlyReport, rollup } from "../schema/report";
import { station, stationFacts } from "../schema/station";
import { type ScopedTx, systemCaller, withScope } from "../scope";
import { insertAll, rowsOf } from "../seed/bulk";
import { createCity, nextCityId } from "../seed/city";
import { layRegisters, layStandings } from "./registers";

/** A station of a benchmark city. */
export interface Node {
  /** Place in the list, from which its figures follow. */
  index: number;
  id: number;
  path: string;
  name: string;
  level: Level;
  parent: Node | null;
}

export interface BenchCity {
  cityId: number;
  /** 12-digit statistical code. */
  code: string;
  root: Node;
  towns: Node[];
  villages: Node[];
  /** Closed months. */
  closed: Period[];
  /** Months in which nobody has filed yet, the last of them the current one. */
  open: Period[];
}

export interface CityShape {
  code: string;
  name: string;
  districts: number;
  towns: number;
  villages: number;
  /** Closed months with every report accepted. */
  months: number;
  /** Open months after them. */
  openMonths: number;
  /** The last open month. */
  current: Period;
}

/** Lays a city with everything reported, one transaction a month. Needs `analyse` before its roll-ups are summed. */
export async function layCity(
  pool: Pool,
  shape: CityShape,
  analyse: () => Promise<void>,
): Promise<BenchCity> {
  const cityId = await nextCityId(pool);
  const inCity = <T>(fn: (tx: ScopedTx) => Promise<T>) =>
    withScope(pool, systemCaller(cityId, new Date(), "bench"), { readOnly: false }, fn);
  const first = addMonths(shape.current, 1 - shape.months - shape.openMonths);
  const months = periodsBetween(first, shape.current);
  const closed = months.slice(0, shape.months);
  const open = months.slice(shape.months);

  const { nodes, catalogue } = await inCity(async (tx) => {
    const { code, name } = shape;
    const validFrom = first;
    const deadlines = { submitFromDay: 1 };
    const made = await createCity(tx, { code, name, openedOn: "2019-01-01", validFrom, deadlines });
    const all = await nodesOf(tx, shape, made.rootStationId);
    await insertAll(
      tx,
      rowsOf(
        station,
        all.slice(1).map((node) => stationRow(cityId, node, shape)),
      ),
    );
    await insertAll(
      tx,
      rowsOf(
        stationFacts,
        all.map((node) => factsRow(cityId, node)),
      ),
    );
    return { nodes: all, catalogue: await cityCatalogue(tx) };
  });
  for (const month of closed) {
    await inCity((tx) => layMonth(tx, nodes, catalogue, month));
  }
  await inCity((tx) => layRegisters(tx, nodes));
  await analyse();
  await inCity(layStandings);
  for (const month of closed) await inCity((tx) => recomputeRollups(tx, [month]));
  for (const month of open) await inCity((tx) => openMonth(tx, month));
  const [root] = nodes;
  if (!root) throw new Error("a city has a root");
  return {
    cityId,
    code: shape.code,
    root,
    towns: nodes.filter((n) => n.level === "town"),
    villages: nodes.filter((n) => n.level === "village"),
    closed,
    open,
  };
}

/** Root, districts, towns and villages; a town's villages are spread as evenly as numbers allow. */
async function nodesOf(tx: ScopedTx, shape: CityShape, rootId: number): Promise<Node[]> {
  const { districts, towns, villages } = shape;
  const numbers = await tx.sql<{ id: number }[]>`
    select nextval('station_number') as id from generate_series(1, ${districts + towns + villages})`;
  const nodes: Node[] = [];
  const add = (parent: Node | null, level: Level, name: string, id: number): Node => {
    const path = parent ? childPath(parent.path, id) : "/";
    const node = { index: nodes.length, id, path, name, level, parent };
    nodes.push(node);
    return node;
  };
  let next = 0;
  const number = () => numbers[next++]?.id ?? Number.NaN;
  const root = add(null, "city", shape.name, rootId);
  const above = Array.from({ length: districts }, (_, i) => add(root, "district", `第${i + 1}区`, number()));
  const middle = Array.from({ length: towns }, (_, i) =>
    add(above[i % districts] ?? root, "town", `第${i + 1}镇`, number()),
  );
  for (let i = 0; i < villages; i++) add(middle[i % towns] ?? root, "village", `第${i + 1}村`, number());
  return nodes;
}

/** The statistical code of a station of a benchmark city. */
export function stationCode({ code }: { code: string }, { index }: Node): string {
  return code.slice(0, 4) + String(index).padStart(8, "0");
}

/** A place of each level that dashboards and lists are asked for. */
export function scopesOf(city: BenchCity): [string, Node][] {
  const [town] = city.towns;
  const village = city.villages.find(({ parent }) => parent === town);
  return [
    ["city", city.root],
    ...(town ? [["town", town] as [string, Node]] : []),
    ...(village ? [["village", village] as [string, Node]] : []),
  ];
}

function stationRow(cityId: number, node: Node, shape: CityShape): typeof station.$inferInsert {
  const above: Node[] = [];
  for (let at = node.parent; at; at = at.parent) above.unshift(at);
  const code = stationCode(shape, node);
  return {
    cityId,
    path: node.path,
    id: node.id,
    code,
    name: node.name,
    level: node.level,
    parentId: node.parent?.id ?? null,
    ancestors: above.map(({ id, name, level }) => ({ id, name, level })),
    openedOn: "2019-01-01",
    search: `${node.name} ${code}`,
    sort: node.index,
  };
}

function factsRow(cityId: number, node: Node): typeof stationFacts.$inferInsert {
  const figures = figuresOf(node, 0);
  return {
    cityId,
    path: node.path,
    stationId: node.id,
    validFrom: "2019-01-01",
    fullTime: figures.B05 ?? 0,
    veteranSecretary: figures.B07 === 1,
    fiveHaves: figures.B03 === 1,
  };
}

/**
 * What a station files in a month: stocks stand still and flows change a little, so that every check holds and none
 * asks for a reason. `month` counts from the first.
 */
export function figuresOf({ index, level }: Node, month: number): FiguresByCode {
  const a = (index * 7 + month * 3) % 4;
  const b = (index * 5 + month) % 3;
  const people = 20 + (index % 31);
  const aid = (index + month) % 5 === 0 ? 1 : 0;
  return {
    A01: people,
    A02: people - 6,
    A03: 8,
    A04: 2,
    A05: 3,
    A06: index % 2,
    A07: 0,
    A08: 0,
    A09: people - 1,
    A11: people - 4,
    B01: 1,
    B02: 1,
    B03: index % 7 === 0 ? 0 : 1,
    B05: level === "village" ? 1 : 3,
    B07: index % 3 === 0 ? 1 : 0,
    C01: 5 + a,
    C02: 2 + b,
    C03: b,
    C04: 30_000 + a * 10_000,
    C05: b,
    D01: a,
    D02: 2 + b,
    D03: 1,
    D04: 1,
    D04A: 1,
    D05: 2,
    D06: 0,
    D07: 0,
    E01: aid,
    E02: aid,
    E03: 0,
    E04: aid * 200_000,
    E05: b,
    F01: 6,
    F02: 1,
    F03: 12 + a,
    F04: a,
    F05: b,
    G01: 1,
    G02: 1,
    G03: 0,
  };
}

/** A closed month: every report accepted and locked, and the roll-ups' rows, still empty. */
async function layMonth(
  tx: ScopedTx,
  nodes: readonly Node[],
  catalogue: CityCatalogue,
  month: Period,
): Promise<void> {
  const { cityId } = tx.scope;
  const { indicators, deadlines } = catalogue.at(month);
  const at = monthNumber(month);
  const filedAt = `${addDays(firstDay(addMonths(month, 1)), 1)}T10:00:00+08:00`;
  const place = (node: Node) => ({
    cityId,
    path: node.path,
    stationId: node.id,
    period: month,
    reportedPath: node.path,
    level: node.level,
    kind: "station",
  });
  const reports = nodes.slice(1).map((node) => {
    const station = { level: node.level, kind: "station" } as const;
    return {
      ...place(node),
      reportsTo: node.parent?.id ?? 0,
      status: "locked" as const,
      version: 3,
      round: 1,
      figures: [...toSlots(indicators, withComputed(indicators, figuresOf(node, at), station))],
      dueOn: dueOn(deadlines, month, node.level),
      firstFiledAt: filedAt,
      onTime: node.index % 20 !== 0,
      submittedAt: filedAt,
      submittedBy: `${node.name}站长`,
      signedOff: true,
    };
  });
  const managing = nodes.filter((node) => node.level !== "village");
  await insertAll(tx, {
    table: rollup,
    rows: managing.map((n) => ({ ...place(n), reportsTo: n.parent?.id ?? null })),
  });
  await insertAll(tx, { table: monthlyReport, rows: reports });
  await tx.sql`
    insert into month_lock (city_id, path, period, locked_at, locked_by)
    values (${cityId}, '/', ${month}, ${filedAt}, '市局')`;
}

/** A count of months that rises with time. */
export function monthNumber(month: Period): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
}
