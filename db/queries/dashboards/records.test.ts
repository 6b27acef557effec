import { addMonths, period } from "@muster/domain/period";
import { staffing, staffingBasis } from "@muster/domain/staffing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Pool } from "../../client";
import { newId, type ScopedTx, systemCaller, withScope } from "../../scope";
import { demoDatabase, type TestDatabase, testDatabase } from "../../testing/database";
import { cityCatalogue } from "../catalogue";
import { ratioGround } from "../staff/ratio";
import { findStation } from "../stations/row";
import { complianceOf, failingStations, rectifications } from "./compliance";
import { type Place, placeOf } from "./place";
import { layRandomCity, type RandomCity, shapes } from "./random-city.fixture";
import { staffGroups, staffUnits } from "./staff";

const DEMO_DAY = new Date("2026-11-21T04:00:00Z");
const LAST = period("2026-10");

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ url: database.appUrl, size: 4 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** What is kept of one station; null where there is no such record. */
interface Kept {
  closed: boolean;
  required: boolean;
  verdict: { met: boolean; lacking: string[]; missed: string[]; exempt: string[]; since: string } | null;
  roster: {
    serving: number;
    fullTime: number;
    trained: number;
    lastYear: boolean;
    secretary: boolean;
  } | null;
  posts: number | null;
}

const kept = fc.record<Kept>({
  closed: fc.boolean(),
  required: fc.integer({ min: 0, max: 5 }).map((n) => n > 0),
  verdict: fc.option(
    fc
      .record({
        lacking: fc.subarray(["organization", "staff", "support"]),
        missed: fc.subarray(["O1", "S2", "G7", "X8"]),
        exempt: fc.subarray(["E1", "S1"]),
        since: fc.constantFrom("2026-01-05", "2026-03-09", "2026-08-30"),
      })
      // A station meets the Five Haves when it lacks none of them.
      .map((verdict) => ({ ...verdict, met: verdict.lacking.length === 0 })),
    { freq: 3 },
  ),
  roster: fc.option(
    fc.record({
      serving: fc.integer({ min: 2, max: 6 }),
      fullTime: fc.integer({ min: 0, max: 2 }),
      trained: fc.integer({ min: 0, max: 2 }),
      lastYear: fc.boolean(),
      secretary: fc.boolean(),
    }),
    { freq: 3 },
  ),
  posts: fc.option(fc.integer({ min: 0, max: 3 })),
});
const registers = fc.array(kept, { minLength: 14, maxLength: 14 });

type Laid = RandomCity & { kept: Map<number, Kept> };

async function lay(shape: Parameters<typeof layRandomCity>[1], all: readonly Kept[]): Promise<Laid> {
  const city = await layRandomCity(pool, shape);
  const byId = new Map<number, Kept>();
  await city.inCity(async (tx) => {
    for (const [n, station] of city.stations.entries()) {
      const one = all[n % all.length] as Kept;
      // Only villages close here: what stands below a closed town would have to go elsewhere first.
      const own = { ...one, closed: one.closed && station.level === "village" };
      byId.set(station.id, own);
      await write(tx, station, own);
    }
  });
  return { ...city, kept: byId };
}

async function write(tx: ScopedTx, { id, path, level }: RandomCity["stations"][number], own: Kept) {
  const { cityId } = tx.scope;
  const { verdict: v, roster: r, posts } = own;
  await tx.sql`
    update station set closed_on = ${own.closed ? "2026-09-01" : null}, required = ${own.required}
    where city_id = ${cityId} and id = ${id}`;
  if (!v && !r && posts === null) return;
  await tx.sql`
    insert into station_standing (city_id, path, station_id, year, round, set_number, level, verified_on, five_haves,
      failing_since, lacking, failing, missed, exempt, serving, full_time, part_time, concurrent, veterans, secretary,
      trained, trained_year, posts)
    values (${cityId}, ${path}, ${id}, ${v ? 2026 : null}, ${v ? 1 : null}, ${v ? 1 : null}, ${v ? level : null},
      ${v ? "2026-08-30" : null}, ${v?.met ?? null}, ${v && !v.met ? v.since : null}, ${v?.lacking ?? null}::text[],
      ${v ? (v.met ? [] : ["O1"]) : null}::text[], ${v?.missed ?? null}::text[], ${v?.exempt ?? null}::text[], ${r?.serving ?? null},
      ${r?.fullTime ?? null}, ${r ? 0 : null}, ${r ? r.serving - r.fullTime : null}, ${r ? 0 : null},
      ${r?.secretary ?? null}, ${r?.trained ?? null}, ${r ? (r.lastYear ? 2025 : 2026) : null}, ${posts})`;
  if (v && !v.met) {
    const finding = (state: string, dueOn: string, endedOn: string | null, item = "O1") => tx.sql`
      insert into finding (city_id, path, id, station_id, by_station_id, by_station_name, item_code, body, severity,
        state, opened_on, opened_by, opened_by_id, due_on, answered_by_id, ended_on)
      values (${cityId}, ${path}, ${newId()}, ${id}, ${id}, '市', ${item}, '未挂牌', 'minor', ${state}, '2026-05-01',
        '甲', ${newId()}, ${dueOn}, ${newId()}, ${endedOn})`;
    await finding("open", "2026-06-01", null);
    await finding("answered", "2026-12-01", null);
    await finding("closed", "2026-06-01", "2026-06-20");
    // Of something else: it is not what the station fails.
    await finding("returned", "2026-12-01", null, "G5");
  }
}

/** The child of a place that a path belongs to. */
function childOf(place: Place, path: string): number {
  return Number(path.slice(place.path.length).split("/")[0] || place.id);
}

function tally<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}

const within = (place: Place, path: string) => path.startsWith(place.path);

describe("the dashboards' records", () => {
  it("are what anybody counts who looks at every station, at every level", () =>
    fc.assert(
      fc.asyncProperty(shapes, registers, async (shape, all) => {
        const city = await lay(shape, all);
        const open = city.stations
          .map((station) => ({ ...station, ...(city.kept.get(station.id) as Kept) }))
          .filter(({ closed }) => !closed);
        for (const id of [city.rootId, ...city.stations.map((station) => station.id)]) {
          await city.inCity(async (tx) => {
            const place = (await placeOf(tx, id)) as Place;
            const below = open.filter(({ path }) => within(place, path));
            const asked = below.filter(({ required }) => required);
            const verdicts = asked.flatMap(({ verdict }) => verdict ?? []);

            const { groups, items } = await complianceOf(tx, place);
            for (const child of new Set(asked.map(({ path }) => childOf(place, path)))) {
              const own = asked.filter(({ path }) => childOf(place, path) === child);
              const got = groups.filter((group) => group.child === child);
              expect(tally(got, (g) => g.required)).toBe(own.length);
              expect(tally(got, (g) => g.verified)).toBe(own.filter(({ verdict }) => verdict).length);
              expect(tally(got, (g) => g.meeting)).toBe(own.filter(({ verdict }) => verdict?.met).length);
              for (const have of ["organization", "establishment", "staff", "funding", "support"] as const) {
                expect(tally(got, (g) => g.lacking[have])).toBe(
                  own.filter(({ verdict }) => verdict?.lacking.includes(have)).length,
                );
              }
            }
            for (const { item, missed, judged } of items) {
              const judges = asked.filter(
                ({ verdict, level }) =>
                  verdict && item.thresholds[level] !== null && !verdict.exempt.includes(item.code),
              );
              expect(judged).toBe(judges.length);
              expect(missed).toBe(verdicts.filter((v) => v.missed.includes(item.code)).length);
            }
            const failing = asked.filter(({ verdict }) => verdict && !verdict.met);
            const listed = await failingStations(tx, place);
            expect(listed.map((row) => row.id).sort()).toEqual(failing.map((station) => station.id).sort());
            expect(listed.map((row) => row.failingSince)).toEqual(
              failing.map(({ verdict }) => verdict?.since).sort(),
            );
            for (const row of listed) {
              expect(row).toMatchObject({
                findings: 2,
                answered: 1,
                overdue: 1,
                dueOn: "2026-06-01",
                head: null,
              });
            }

            const all = await rectifications(tx, place, { from: period("2026-06"), to: period("2026-06") });
            const found = city.stations.filter(({ id: at, path }) => {
              const verdict = city.kept.get(at)?.verdict;
              return within(place, path) && verdict && !verdict.met;
            });
            for (const part of ["open", "answered", "overdue", "closed"] as const) {
              expect(tally(all, (row) => row[part])).toBe(found.length * (part === "open" ? 2 : 1));
            }
            const later = await rectifications(tx, place, { from: period("2026-07"), to: period("2026-09") });
            expect(tally(later, (row) => row.closed)).toBe(0);

            const staff = await staffGroups(tx, place);
            const rosters = below.flatMap(({ roster, ...station }) =>
              roster ? [{ ...roster, ...station }] : [],
            );
            const villages = rosters.filter(({ level, kind }) => level === "village" && kind === "station");
            const atRoot = place.level === "city" ? 1 : 0;
            expect(tally(staff, (g) => g.stations)).toBe(below.length + atRoot);
            expect(tally(staff, (g) => g.rosters)).toBe(rosters.length);
            expect(tally(staff, (g) => g.fullTime)).toBe(tally(rosters, (r) => r.fullTime));
            expect(tally(staff, (g) => g.trained)).toBe(tally(rosters, (r) => (r.lastYear ? 0 : r.trained)));
            expect(tally(staff, (g) => g.posts ?? 0)).toBe(tally(below, ({ posts }) => posts ?? 0));
            expect(tally(staff, (g) => g.filled)).toBe(
              tally(rosters, ({ posts, fullTime }) => Math.min(posts ?? 0, fullTime)),
            );
            expect(tally(staff, (g) => g.comparable)).toBe(tally(rosters, ({ posts }) => posts ?? 0));
            expect(tally(staff, (g) => g.villages)).toBe(villages.length);
            expect(tally(staff, (g) => g.manned)).toBe(villages.filter((v) => v.fullTime > 0).length);
            expect(tally(staff, (g) => g.secretaries)).toBe(villages.filter((v) => v.secretary).length);
          });
        }
      }),
      { numRuns: 12 },
    ));

  it("show nobody what stands beside or above them", async () => {
    const [shape] = fc.sample(shapes, { numRuns: 1, seed: 11 });
    const [all] = fc.sample(registers, { numRuns: 1, seed: 5 });
    const city = await lay({ ...(shape as NonNullable<typeof shape>), towns: [2, 2] }, all as Kept[]);
    const towns = city.stations.filter(({ level, kind }) => level === "town" && kind === "station");
    const [mine, theirs] = towns;
    if (!mine || !theirs) throw new Error("the city has two towns");
    const other = await city.inCity((tx) => placeOf(tx, theirs.id));
    await city.inScopeOf(mine.id, async (tx) => {
      const place = other as Place;
      const catalogue = await cityCatalogue(tx);
      const rule = catalogue.at(LAST).staffing;
      expect((await complianceOf(tx, place)).groups).toEqual([]);
      expect(await failingStations(tx, place)).toEqual([]);
      expect(await rectifications(tx, place, { from: LAST, to: LAST })).toEqual([]);
      expect(await staffGroups(tx, place)).toEqual([]);
      for (const boundaries of ["reported", "today"] as const) {
        const query = { period: LAST, rule, basis: "accepted", boundaries } as const;
        expect(await staffUnits(tx, catalogue, place, query)).toEqual([]);
      }
    });
  });
});

describe("the demo's records", () => {
  let demo: TestDatabase;
  let app: Pool;
  let cityId = 0;
  let ids: Record<string, number>;
  beforeAll(async () => {
    demo = await demoDatabase(DEMO_DAY);
    app = new Pool({ url: demo.appUrl, size: 2 });
    const auth = new Pool({ url: demo.authUrl, size: 1 });
    const rows = await auth.statement(
      ({ sql }) => sql<{ city_id: number; id: number; name: string }[]>`
        select city_id, id, name from station where name in ('柳河镇', '云岭市')`,
    );
    await auth.end();
    cityId = rows[0]?.city_id ?? 0;
    ids = Object.fromEntries(rows.map(({ id, name }) => [name, id]));
  });
  afterAll(async () => {
    await app.end();
    await demo.drop();
  });
  const at = <T>(name: string, fn: (tx: ScopedTx, place: Place) => Promise<T>) =>
    withScope(app, systemCaller(cityId, DEMO_DAY), { readOnly: true }, async (tx) =>
      fn(tx, (await placeOf(tx, ids[name] ?? 0)) as Place),
    );

  it("show Liuhe's 64 villages with premises and a full-time worker each, and 18 veteran secretaries: 28 %", async () => {
    const { groups, items } = await at("柳河镇", complianceOf);
    const villages = groups.filter(({ level }) => level === "village");
    expect([tally(villages, (g) => g.required), tally(villages, (g) => g.verified)]).toEqual([64, 64]);
    const premises = items.find(({ item }) => item.code === "G1");
    expect([premises?.judged, premises?.missed]).toEqual([65, 0]);
    const staff = await at("柳河镇", staffGroups);
    expect([tally(staff, (g) => g.villages), tally(staff, (g) => g.manned)]).toEqual([64, 64]);
    expect(tally(staff, (g) => g.secretaries)).toBe(18);
    expect((100 * 18) / 64).toBe(28.125);
    const own = staff.find(({ child }) => child === ids.柳河镇);
    expect(own).toMatchObject({ fullTime: 3, rosters: 1 });
  });

  it("measure every town as its own page does", async () => {
    await at("云岭市", async (tx, place) => {
      const catalogue = await cityCatalogue(tx);
      const rule = catalogue.at(addMonths(LAST, 1)).staffing;
      for (const boundaries of ["reported", "today"] as const) {
        const units = await staffUnits(tx, catalogue, place, {
          ...{ period: LAST, rule, basis: "provisional", boundaries },
        });
        expect(units).toHaveLength(13);
        for (const unit of units) {
          const station = await findStation(tx, unit.id);
          if (!station) throw new Error("the town is there");
          const { own } = await ratioGround(tx, station);
          expect([unit.beneficiaries, unit.fullTime]).toEqual([own.beneficiaries, own.fullTime]);
        }
        const short = units.filter(({ beneficiaries, fullTime, level }) => {
          const judged = staffingBasis(rule, level) === "report" ? null : rule;
          return (staffing(beneficiaries, fullTime, judged).shortfall ?? 0) > 0;
        });
        expect(short.map(({ name }) => name).sort()).toEqual(["东渡镇", "红旗街道", "青峰镇"].sort());
      }
    });
  });
});
