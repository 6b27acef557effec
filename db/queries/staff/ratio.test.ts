import { period } from "@muster/domain/period";
import { staffing, staffingBasis, staffingOfCity } from "@muster/domain/staffing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Pool } from "../../client";
import { type TestDatabase, testDatabase } from "../../testing/database";
import { layRandomCity, type RandomCity, shapes } from "../dashboards/random-city.fixture";
import { saveFacts } from "../stations/edit";
import { ratioGround } from "./ratio";

const AUGUST = period("2026-08");
const A01 = 0;

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

const rules = fc.record({
  perWorker: fc.integer({ min: 10, max: 900 }),
  village: fc.constantFrom("own", "report"),
  town: fc.constantFrom("own", "subtree", "report"),
  district: fc.constantFrom("own", "subtree", "report"),
  staff: fc.array(fc.option(fc.integer({ min: 0, max: 5 })), { minLength: 5, maxLength: 5 }),
});
type Rules = typeof rules extends fc.Arbitrary<infer R> ? R : never;

/** The number of staff that station `n` has said it has; null where it never said. */
const staffAt = ({ staff }: Rules, n: number) => staff[n % staff.length] ?? null;

async function lay(shape: Parameters<typeof layRandomCity>[1], rule: Rules): Promise<RandomCity> {
  const city = await layRandomCity(pool, shape);
  await city.inCity(async (tx) => {
    // Whatever is no draft has been filed once.
    await tx.sql`update monthly_report set round = 1 where city_id = ${city.cityId} and status <> 'draft'`;
    await tx.sql`
      insert into staffing_rule (city_id, path, valid_from, per_worker, village_basis, town_basis, district_basis)
      values (${city.cityId}, '/', '2026-09', ${rule.perWorker}, ${rule.village}, ${rule.town}, ${rule.district})`;
    await tx.sql`update city set catalogue_version = catalogue_version + 1 where city_id = ${city.cityId}`;
    for (const [n, { id }] of city.stations.entries()) {
      const fullTime = staffAt(rule, n);
      if (fullTime === null) continue;
      const said = await saveFacts(tx, {
        stationId: id,
        validFrom: "2026-08-01",
        fullTime,
        partTime: 0,
        approvedPosts: 0,
        veteranSecretary: false,
        fiveHaves: false,
      });
      if (!said.ok) throw new Error(said.refusal);
    }
  });
  return city;
}

/** A01 of one report as it was filed last; nothing of a draft, a month nobody expects or a hole. */
function ownPeople({ reports }: RandomCity, id: number): number | null {
  const report = reports.find((r) => r.stationId === id && r.period === AUGUST);
  return report && report.status !== "draft" ? (report.figures[A01] ?? null) : null;
}

/** Everyone in the subtree as the month's reports stand: what was filed, what an amendment or return has left standing. */
function peopleBelow({ reports }: RandomCity, path: string): number {
  return reports
    .filter((r) => r.period === AUGUST && r.expected && r.reportedPath.startsWith(path))
    .reduce((sum, r) => {
      const filed = r.status === "submitted" || r.status === "accepted" || r.status === "locked";
      return sum + ((filed ? r.figures : (r.acceptedFigures ?? []))[A01] ?? 0);
    }, 0);
}

/** One worker after the other until everyone is served. */
function countedUp(people: number, perWorker: number): number {
  let workers = 0;
  while (workers * perWorker < people) workers += 1;
  return workers;
}

describe("a station's staffing", () => {
  it("is what counting its people and staff one by one gives, by today's rule, and adds up for the city", () =>
    fc.assert(
      fc.asyncProperty(shapes, rules, async (shape, rule) => {
        const city = await lay(shape, rule);
        const grounds = new Map<number, Awaited<ReturnType<typeof ratioGround>>>();
        for (const [n, station] of city.stations.entries()) {
          const basis = rule[station.level as "village" | "town" | "district"];
          const ground = await city.inScopeOf(station.id, async (tx) =>
            ratioGround(tx, await city.station(station.id)),
          );
          grounds.set(station.id, ground);
          expect([ground.period, ground.rule.perWorker]).toEqual([AUGUST, rule.perWorker]);
          const byOwn = basis === "own" || station.level === "village";
          const people = byOwn ? ownPeople(city, station.id) : peopleBelow(city, station.path);
          expect(ground.own.beneficiaries ?? 0).toBe(people ?? 0);
          expect(ground.own.fullTime).toBe(staffAt(rule, n));
          // Who stands below the city sees the city's total nowhere.
          expect(ground.units).toEqual([]);
          const judged = staffingBasis(ground.rule, station.level) === "report" ? null : ground.rule;
          const { required, shortfall } = staffing(people, staffAt(rule, n), judged);
          const needed = basis === "report" || people === null ? null : countedUp(people, rule.perWorker);
          expect(required).toBe(needed);
          const workers = staffAt(rule, n);
          expect(shortfall).toBe(
            needed === null || workers === null ? null : needed > workers ? needed - workers : 0,
          );
        }
        const whole = await city.inCity(async (tx) => ratioGround(tx, await city.station(city.rootId)));
        const towns = city.stations.filter(({ level }) => level === "town");
        expect(whole.units.map(({ id }) => id).sort()).toEqual(towns.map(({ id }) => id).sort());
        for (const unit of whole.units) expect(unit).toEqual(grounds.get(unit.id)?.own);
        const total = staffingOfCity(
          whole.units.map((unit) => staffing(unit.beneficiaries, unit.fullTime, whole.rule)),
        );
        const short = whole.units.reduce((sum, { beneficiaries, fullTime }) => {
          if (beneficiaries === null || fullTime === null) return sum;
          return sum + Math.max(0, countedUp(beneficiaries, rule.perWorker) - fullTime);
        }, 0);
        expect(total.shortfall ?? 0).toBe(short);
      }),
      { numRuns: 10 },
    ));
});
