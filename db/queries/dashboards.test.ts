import type { FiguresByCode, Indicator } from "@muster/domain/indicator";
import type { Period } from "@muster/domain/period";
import type { Coverage } from "@muster/domain/rollup";
import { DEFAULT_STAFFING_RULE, type StaffingRule } from "@muster/domain/staffing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Pool } from "../client";
import { type TestDatabase, testDatabase } from "../testing/database";
import { cityCatalogue } from "./catalogue";
import { completenessRows, type RollupRow, rollupRows } from "./dashboards";
import { naiveMonths, naiveRange } from "./dashboards/naive.fixture";
import { openReports } from "./dashboards/open-reports";
import { placeOf } from "./dashboards/place";
import { layRandomCity, type PlainReport, type RandomCity, shapes } from "./dashboards/random-city.fixture";
import type { Grounds } from "./dashboards/sums";
import { staffingOf } from "./dashboards/units";

const RUNS = { numRuns: 12 };
const CODES = [
  "A01",
  "A09",
  "A10",
  "B03",
  "B04",
  "B05",
  "B06",
  "C01",
  "C02",
  "E02",
  "E04",
  "G02",
  "G03",
  "G04",
];
const GROUNDS: Grounds[] = (["accepted", "provisional"] as const).flatMap((basis) =>
  (["reported", "today"] as const).map((boundaries) => ({ basis, boundaries })),
);

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

/** Missing and 0 agree in a sum: a stored roll-up knows only sums. Ratios of nothing are told apart all the same. */
function plain(figures: FiguresByCode): Record<string, number> {
  return Object.fromEntries(CODES.map((code) => [code, figures[code] ?? 0]));
}

/** Reports in a station's subtree, as the hierarchy stood or as it stands. */
function below(city: RandomCity, path: string, { boundaries }: Pick<Grounds, "boundaries">): PlainReport[] {
  const of = (r: PlainReport) => (boundaries === "today" ? r.path : r.reportedPath);
  return city.reports.filter((report) => of(report).startsWith(path));
}

function places(city: RandomCity) {
  return [{ id: city.rootId, level: "city", path: "/" } as const, ...city.stations];
}

async function indicatorsOf(city: RandomCity): Promise<readonly Indicator[]> {
  return city.inCity(async (tx) => (await cityCatalogue(tx)).indicators);
}

const range = (city: RandomCity) => ({ from: city.periods[0] as Period, to: city.periods.at(-1) as Period });

describe("roll-ups on dashboards", () => {
  it("equal a recomputation from every report: total and by month, on every basis and by either boundaries", () =>
    fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const city = await layRandomCity(pool, shape);
        const indicators = await indicatorsOf(city);
        for (const { id, level, path } of places(city)) {
          for (const grounds of GROUNDS) {
            // A village is its own subtree wherever it reported: its page shows its whole history.
            const under = level === "village" ? { boundaries: "today" as const } : grounds;
            const reports = below(city, path, under);
            const span = range(city);
            const ask = (by: "total" | "month") =>
              city.inCity((tx) => rollupRows(tx, { stationId: id, ...span, ...grounds, by }));
            const total = await ask("total");
            const expected = naiveRange(indicators, reports, city.periods, span, { ...grounds, level });
            expect(plain(total?.rows[0]?.figures ?? {})).toEqual(plain(expected));
            const months = naiveMonths(indicators, reports, city.periods, grounds.basis);
            const byMonth = new Map((await ask("month"))?.rows.map((row) => [row.period, row]));
            for (const month of months) {
              const row = byMonth.get(month.period);
              expect(row?.coverage ?? NOTHING).toEqual(month.coverage);
              const single = { from: month.period, to: month.period };
              const figures = naiveRange(indicators, reports, [month.period], single, { ...grounds, level });
              expect(plain(row?.figures ?? {})).toEqual(plain(figures));
              if (!month.figures)
                expect(Object.values(row?.figures ?? {}).every((v) => v === null)).toBe(true);
            }
          }
        }
      }),
      RUNS,
    ));

  it("break down by child: with the own report the children add up to the total, and each is a subtree's", () =>
    fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const city = await layRandomCity(pool, shape);
        const indicators = await indicatorsOf(city);
        const span = range(city);
        for (const place of places(city).filter(({ level }) => level !== "village")) {
          for (const grounds of GROUNDS) {
            const answer = await city.inCity((tx) =>
              rollupRows(tx, { stationId: place.id, ...span, ...grounds, by: "child" }),
            );
            expect(sumCoverage(answer?.rows ?? [])).toEqual(answer?.coverage);
            for (const row of answer?.rows ?? []) {
              const station = city.stations.find(({ id }) => id === row.station);
              const of = (r: PlainReport) => (grounds.boundaries === "today" ? r.path : r.reportedPath);
              const prefix = place.path;
              const mine =
                row.station === place.id
                  ? city.reports.filter((r) => r.stationId === place.id)
                  : below(city, prefix, grounds).filter((r) => of(r).startsWith(`${prefix}${row.station}/`));
              const level = station?.level ?? place.level;
              const expected = naiveRange(indicators, mine, city.periods, span, { ...grounds, level });
              expect(plain(row.figures)).toEqual(plain(expected));
            }
          }
        }
      }),
      RUNS,
    ));

  it("by child and month hold the same months as the children alone", () =>
    fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const city = await layRandomCity(pool, shape);
        const query = {
          stationId: city.rootId,
          ...range(city),
          basis: "accepted",
          boundaries: "reported",
        } as const;
        const cells = await city.inCity((tx) => rollupRows(tx, { ...query, by: "child-month" }));
        for (const at of city.periods) {
          const month = await city.inCity((tx) =>
            rollupRows(tx, { ...query, from: at, to: at, by: "child" }),
          );
          const column = cells?.rows.filter(({ period }) => period === at) ?? [];
          expect(column.map(({ period: _, ...row }) => row)).toEqual(month?.rows);
        }
      }),
      RUNS,
    ));

  it("show a town its own stations only, and its sum as it was reported", () =>
    fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const city = await layRandomCity(pool, shape);
        const span = range(city);
        for (const town of city.stations.filter(({ level }) => level === "town")) {
          const other = city.stations.find(({ path }) => !path.startsWith(town.path));
          await city.inScopeOf(town.id, async (tx) => {
            for (const grounds of GROUNDS) {
              const ask = (stationId: number) =>
                rollupRows(tx, { stationId, ...span, ...grounds, by: "child" });
              expect(await ask(city.rootId)).toBeNull();
              if (other) expect(await ask(other.id)).toBeNull();
              const answer = await ask(town.id);
              for (const row of answer?.rows ?? []) {
                expect(city.stations.find(({ id }) => id === row.station)?.path).toSatisfy((path: string) =>
                  path.startsWith(town.path),
                );
              }
              const wide = await city.inCity((all) =>
                rollupRows(all, { stationId: town.id, ...span, ...grounds, by: "total" }),
              );
              expect(answer?.coverage).toEqual(wide?.coverage);
            }
          });
        }
      }),
      RUNS,
    ));
});

describe("staffing", () => {
  it("sets a town's own staff against its subtree's people, and adds towns up for a city", () =>
    fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const city = await layRandomCity(pool, shape);
        const span = range(city);
        // From the second month on the city has another rule, and from the last one yet another.
        const [second, last] = [city.periods[1], city.periods.at(-1)] as [Period, Period];
        const rules: StaffingRule[] = [
          { ...DEFAULT_STAFFING_RULE, validFrom: city.periods[0] as Period },
          {
            ...DEFAULT_STAFFING_RULE,
            validFrom: second,
            perWorker: 10 + (shape.seed[0] ?? 0),
            town: (["subtree", "own"] as const)[(shape.seed[1] ?? 0) % 2] ?? "subtree",
          },
          { ...DEFAULT_STAFFING_RULE, validFrom: last, town: "report" },
        ];
        await city.inCity(async (tx) => {
          for (const { validFrom, perWorker, village, town, district } of rules.slice(1)) {
            await tx.sql`
              insert into staffing_rule (city_id, path, valid_from, per_worker, village_basis, town_basis,
                district_basis)
              values (${city.cityId}, '/', ${validFrom}, ${perWorker}, ${village}, ${town}, ${district})`;
          }
          await tx.sql`update city set catalogue_version = catalogue_version + 1 where city_id = ${city.cityId}`;
        });
        for (const grounds of GROUNDS) {
          const units = city.stations.filter(({ level }) => level === "town");
          const expected = city.periods.map((at) => {
            const rule = rules.filter(({ validFrom }) => validFrom <= at).at(-1) ?? DEFAULT_STAFFING_RULE;
            const required = (people: number) =>
              rule.town === "report" ? 0 : Math.ceil(people / rule.perWorker);
            const judged = units.flatMap((unit) => {
              const months = naiveMonths(INDICATORS, below(city, unit.path, grounds), [at], grounds.basis);
              const own = city.reports.filter((r) => r.stationId === unit.id);
              const [mine] = naiveMonths(INDICATORS, own, [at], grounds.basis);
              const people = (rule.town === "own" ? mine : months[0])?.figures?.A01 ?? null;
              return people === null ? [] : [{ people, staff: mine?.figures?.B05 ?? null }];
            });
            const known = judged.filter(({ staff }) => staff !== null);
            return {
              period: at,
              beneficiaries: judged.reduce((sum, { people }) => sum + people, 0),
              required: judged.reduce((sum, { people }) => sum + required(people), 0),
              shortfall: known.reduce((s, u) => s + Math.max(0, required(u.people) - (u.staff ?? 0)), 0),
            };
          });
          const answer = await city.inCity(async (tx) => {
            const place = await placeOf(tx, city.rootId);
            return place && staffingOf(tx, await cityCatalogue(tx), place, { ...span, ...grounds });
          });
          for (const month of expected) {
            const found = answer?.place.find(({ period }) => period === month.period);
            expect(found?.beneficiaries ?? 0).toBe(month.beneficiaries);
            expect(found?.required ?? 0).toBe(month.required);
            expect(found?.shortfall ?? 0).toBe(month.shortfall);
            const children = answer?.children.filter(({ period }) => period === month.period) ?? [];
            expect(children.reduce((sum, child) => sum + (child.required ?? 0), 0)).toBe(month.required);
          }
        }
      }),
      RUNS,
    ));
});

describe("completeness", () => {
  it("counts what was expected, filed and on time, and lists exactly what is missing or returned", () =>
    fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const city = await layRandomCity(pool, shape);
        const span = range(city);
        for (const { id, path } of places(city)) {
          const months = await city.inCity((tx) =>
            completenessRows(tx, { stationId: id, ...span, by: "month" }),
          );
          for (const row of months?.rows ?? []) {
            const reports = city.reports.filter(
              (r) =>
                r.period === row.period &&
                r.expected &&
                (r.stationId === id || r.reportedPath.startsWith(path)),
            );
            expect(row.expected).toBe(reports.length);
            expect(row.onTime).toBe(reports.filter(({ onTime }) => onTime).length);
            expect(row.filed + row.returned + row.missing).toBe(row.expected);
            const listed = await city.inCity(async (tx) => {
              const place = await placeOf(tx, id);
              return place && openReports(tx, place, row.period as Period);
            });
            expect(listed?.map(({ stationId }) => stationId).sort()).toEqual(
              reports
                .filter(({ status }) => status === "draft" || status === "returned")
                .map(({ stationId }) => stationId)
                .sort(),
            );
          }
        }
      }),
      RUNS,
    ));
});

const NOTHING: Coverage = { expected: 0, filed: 0, accepted: 0, returned: 0, missing: 0, onTime: 0 };
const INDICATORS = [
  { code: "A01", slot: 0 },
  { code: "B05", slot: 14 },
] as unknown as Indicator[];

function sumCoverage(rows: readonly RollupRow[]): Coverage {
  return rows.reduce((sum, { coverage }) => {
    const keys = Object.keys(sum) as (keyof Coverage)[];
    return Object.fromEntries(keys.map((key) => [key, sum[key] + coverage[key]])) as unknown as Coverage;
  }, NOTHING);
}
