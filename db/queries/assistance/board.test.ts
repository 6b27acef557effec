import { type CaseState, isOpenState } from "@muster/domain/assistance";
import { type LocalDate, localDate, type Period, period } from "@muster/domain/period";
import { AGE_BAND_NAMES, AGE_BANDS } from "@muster/domain/person";
import type { StationPath } from "@muster/domain/station";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Pool } from "../../client";
import { type ScopedTx, systemCaller, withScope } from "../../scope";
import { demoDatabase, type TestDatabase } from "../../testing/database";
import { cityCatalogue } from "../catalogue";
import { markChanges } from "../change-marks";
import { keptRecords } from "../dashboards/kept";
import type { Place } from "../dashboards/place";
import { type CaseBoard, caseBoard, inOrderOfAge } from "./board";

const NOW = new Date("2026-11-21T04:00:00Z");
const TODAY = localDate(NOW);
const RANGES = [
  { from: period("2025-11"), to: period("2026-10") },
  { from: period("2026-03"), to: period("2026-03") },
];

interface Case {
  id: string;
  path: StationPath;
  type_code: string;
  category: string | null;
  age: number;
  paid: number | null;
  paid_on: LocalDate | null;
  applied_on: LocalDate;
  state: CaseState;
  state_since: LocalDate;
  due_on: LocalDate | null;
  refusal: string | null;
}
interface Event {
  case_id: string;
  path: StationPath;
  action: string;
  from_state: string | null;
  on_day: LocalDate;
  waited: number;
}

let database: TestDatabase;
let superuser: Sql;
let app: Pool;
let cityId: number;
let cases: Case[];
let events: Event[];
let places: { id: number; path: StationPath; name: string; level: string }[];

beforeAll(async () => {
  database = await demoDatabase(NOW);
  superuser = postgres(database.superUrl, { max: 1, onnotice: () => {} });
  app = new Pool({ url: database.appUrl, size: 2 });
  const [city] = await superuser`select city_id from city where name = '云岭市'`;
  cityId = Number(city?.city_id);
  cases = await superuser`
    select id, path, type_code, category, age, paid::float8 as paid, paid_on::text, applied_on::text, state,
      state_since::text, due_on::text, refusal from assistance_case where city_id = ${cityId}`;
  events = await superuser`
    select case_id, path, action, from_state, on_day::text, waited from assistance_event where city_id = ${cityId}`;
  // The city, each town, and the first village of each: whoever may open a dashboard.
  places = await superuser`
    select id::int as id, path, name, level from station
    where city_id = ${cityId} and (level <> 'village'
      or id in (select min(id) from station where city_id = ${cityId} and level = 'village' group by parent_id))`;
});
afterAll(async () => {
  await Promise.all([superuser.end(), app.end()]);
  await database.drop();
});

/** The same board by going through every case. */
function recounted(place: { id: number; path: StationPath }, range: { from: Period; to: Period }) {
  const inRange = (day: LocalDate | null) =>
    day !== null && day.slice(0, 7) >= range.from && day.slice(0, 7) <= range.to;
  const own = cases.filter(({ path }) => path.startsWith(place.path));
  const paid = own.filter(({ paid_on }) => inRange(paid_on));
  const story = events.filter(
    ({ path, on_day, from_state }) => path.startsWith(place.path) && inRange(on_day) && from_state !== null,
  );
  const byId = new Map(cases.map((one) => [one.id, one]));
  const childOf = ({ path }: Case) =>
    path === place.path ? place.id : Number(path.slice(place.path.length).split("/")[0]);
  const daysBetween = (from: LocalDate, to: LocalDate) => (Date.parse(to) - Date.parse(from)) / 86_400_000;
  const money = (key: (one: Case) => string) =>
    [...grouped(paid, key)].map(([name, group]) => ({
      key: name,
      cases: group.length,
      paid: group.reduce((sum, one) => sum + (one.paid ?? 0), 0),
    }));
  return {
    types: money(({ type_code }) => type_code),
    categories: money(({ category }) => category ?? ""),
    ages: money(({ age }) => [...AGE_BAND_NAMES].reverse().find((band) => age >= AGE_BANDS[band]) ?? ""),
    children: [...grouped(paid, (one) => String(childOf(one)))].map(([child, group]) => ({
      child: Number(child),
      cases: group.length,
      paid: group.reduce((sum, one) => sum + (one.paid ?? 0), 0),
      days: quantile(
        group.map((one) => daysBetween(one.applied_on, one.paid_on ?? "")),
        0.5,
      ),
    })),
    waits: [...grouped(story, ({ from_state }) => from_state ?? "")].map(([state, group]) => ({
      state,
      left: group.length,
      median: quantile(
        group.map(({ waited }) => waited),
        0.5,
      ),
      ninety: quantile(
        group.map(({ waited }) => waited),
        0.9,
      ),
    })),
    refusals: [
      ...grouped(
        story.filter(({ action }) => action === "refuse"),
        ({ case_id }) => byId.get(case_id)?.refusal ?? "other",
      ),
    ].map(([key, group]) => ({ key, cases: group.length })),
    open: [
      ...grouped(
        own.filter(({ state }) => isOpenState(state)),
        ({ state }) => state,
      ),
    ].map(([state, group]) => ({
      state,
      count: group.length,
      overdue: group.filter(({ due_on }) => due_on !== null && due_on < TODAY).length,
      oldest: group.map(({ state_since }) => state_since).sort()[0],
    })),
  };
}

function grouped<T>(all: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
}

/** Between the two nearest, as percentile_cont. */
function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN];
  return Number((low + (high - low) * (at - Math.floor(at))).toFixed(9));
}

/** Without an order, and with rounded halves. */
function plain({ types, categories, ages, children, waits, refusals, open }: Partial<CaseBoard>) {
  const sorted = (all: readonly object[] = []) =>
    all
      .map((one) =>
        JSON.stringify(one, (_, value) => (typeof value === "number" ? Number(value.toFixed(6)) : value)),
      )
      .sort();
  return [types, categories, ages, children, waits, refusals, open].map(sorted);
}

const boardOf = (
  path: StationPath,
  place: { id: number; path: StationPath },
  range: (typeof RANGES)[number],
) => {
  const caller = systemCaller(cityId, NOW);
  const scoped = { ...caller, actor: { ...caller.actor, path } };
  return withScope(app, scoped, { readOnly: true }, (tx) => caseBoard(tx, place, range));
};

describe("the board of cases", () => {
  it("says what anybody counts who goes through every case, at every level and over each range", async () => {
    expect(new Set(places.map(({ level }) => level))).toContain("village");
    expect(cases.some(({ state }) => isOpenState(state))).toBe(true);
    for (const place of places) {
      for (const range of RANGES) {
        const board = await boardOf("/", place, range);
        expect(plain(board), `${place.name} ${range.from}`).toEqual(
          plain(recounted(place, range) as unknown as CaseBoard),
        );
      }
    }
  });

  it("is kept until something is marked to have changed, and says what stands then", async () => {
    const place = places.find(({ level }) => level === "city") as unknown as Place;
    const range = RANGES[0] as (typeof RANGES)[number];
    const both = () =>
      withScope(app, systemCaller(cityId, NOW), { readOnly: true }, async (tx) => {
        const standing = { place: { ...place, leaf: false, ancestors: [] }, timeline: [], children: [] };
        const catalogue = await cityCatalogue(tx);
        const kept = await keptRecords(tx, { ...standing, catalogue }).cases(range);
        expect(kept).toEqual(await caseBoard(tx, place, range));
        return kept;
      });
    const first = await both();
    expect(await both()).toBe(first);
    const [paid] = cases.filter(({ paid_on }) => paid_on?.startsWith("2026-03"));
    const change = (write: (tx: ScopedTx) => Promise<unknown>) =>
      withScope(app, systemCaller(cityId, NOW), { readOnly: false }, async (tx) => {
        await write(tx);
        await markChanges(tx, "cases", [place.id]);
      });
    await change((tx) => tx.sql`update assistance_case set paid = paid + 100 where id = ${paid?.id ?? ""}`);
    const second = await both();
    expect(second).not.toEqual(first);
    await change((tx) => tx.sql`update assistance_budget set amount = amount + 1 where city_id = ${cityId}`);
    expect((await both()).budgets).not.toEqual(second.budgets);
  });

  it("puts age bands in their order and leaves out those without a case", () => {
    const ages = [
      { key: "from_80", cases: 1, paid: 5 },
      { key: "under_60", cases: 2, paid: 7 },
    ];
    expect(inOrderOfAge(ages).map(({ key }) => key)).toEqual(["under_60", "from_80"]);
  });

  it("counts nothing of a sibling, whoever's place is asked for", async () => {
    const [first, second] = places.filter(
      ({ level, path }) => level === "town" && cases.some((one) => one.path.startsWith(path)),
    );
    if (!first || !second) throw new Error("two towns have cases");
    const range = RANGES[0] as (typeof RANGES)[number];
    expect((await boardOf(first.path, first, range)).used).toBe(true);
    const foreign = await boardOf(first.path, second, range);
    expect(foreign).toMatchObject({ used: false, types: [], open: [], budgets: [] });
  });
});
