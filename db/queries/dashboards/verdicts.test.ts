import {
  addMonths,
  type LocalDate,
  lastDay,
  type Period,
  period,
  periodsBetween,
} from "@muster/domain/period";
import { FIVE_HAVES } from "@muster/domain/standard";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Pool } from "../../client";
import type { ScopedTx } from "../../scope";
import { type TestDatabase, testDatabase } from "../../testing/database";
import { contentOf } from "../standards/read";
import { type Place, placeOf } from "./place";
import { layRandomCity, shapes } from "./random-city.fixture";
import { verdictHistory } from "./verdicts";

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

const FIRST = period("2025-11");
const RANGE = { from: FIRST, to: period("2026-06") };

interface Told {
  on: LocalDate;
  lacking: string[];
  missed: string[];
  exempt: string[];
}

const day = fc
  .tuple(fc.integer({ min: -2, max: 10 }), fc.integer({ min: 1, max: 28 }))
  .map(([month, n]): LocalDate => `${addMonths(FIRST, month)}-${String(n).padStart(2, "0")}`);
const told = fc.record<Told>({
  on: fc.oneof(day, fc.constantFrom("2025-12-31", "2026-01-01", "2026-06-30")),
  lacking: fc.subarray(["organization", "staff", "support"]),
  missed: fc.subarray(["O1", "S2", "G7", "X8"]),
  exempt: fc.subarray(["E1", "S1"]),
});
const station = fc.record({
  required: fc.integer({ min: 0, max: 5 }).map((n) => n > 0),
  closedOn: fc.option(day, { freq: 2 }),
  verdicts: fc
    .array(told, { maxLength: 4 })
    .map((all) => all.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))),
});
type Station = { required: boolean; closedOn: LocalDate | null; verdicts: Told[] };

async function write(
  tx: ScopedTx,
  at: { id: number; path: string; level: string },
  own: Station,
): Promise<void> {
  const { cityId } = tx.scope;
  await tx.sql`
    update station set closed_on = ${own.closedOn}, required = ${own.required}
    where city_id = ${cityId} and id = ${at.id}`;
  for (const [n, { on, lacking, missed, exempt }] of own.verdicts.entries()) {
    await tx.sql`
      insert into station_verdict (city_id, path, station_id, year, round, stage, set_number, level, verified_on,
        replaced_on, five_haves, lacking, missed, exempt)
      values (${cityId}, ${at.path}, ${at.id}, 2026, ${n + 1}, 'check', 1, ${at.level}, ${on},
        ${own.verdicts[n + 1]?.on ?? null}, ${lacking.length === 0}, ${lacking}, ${missed}, ${exempt})`;
  }
}

/** The verdict in force at a station at the end of a month: what anybody would say who reads them one by one. */
function inForce({ closedOn, verdicts }: Station, month: Period): Told | null {
  const end = lastDay(month);
  if (closedOn !== null && closedOn <= end) return null;
  return verdicts.filter(({ on }) => on <= end).at(-1) ?? null;
}

describe("how stations stood month by month", () => {
  it("is what anybody counts who looks at every station's verdicts at the end of each month", () =>
    fc.assert(
      fc.asyncProperty(shapes, fc.array(station, { minLength: 14, maxLength: 14 }), async (shape, all) => {
        const city = await layRandomCity(pool, shape);
        const kept = city.stations.map((each, n) => {
          const own = all[n % all.length] as Station;
          // Only villages close here: what stands below a closed town would have to go elsewhere first.
          return { ...each, own: { ...own, closedOn: each.level === "village" ? own.closedOn : null } };
        });
        await city.inCity(async (tx) => {
          for (const each of kept) await write(tx, each, each.own);
        });
        await city.inCity(async (tx) => {
          const set = await contentOf(tx, 1);
          for (const id of [city.rootId, ...city.stations.map((each) => each.id)]) {
            const place = (await placeOf(tx, id)) as Place;
            const asked = kept.filter(({ path, own }) => path.startsWith(place.path) && own.required);
            const history = await verdictHistory(tx, place, RANGE);
            const expected = periodsBetween(RANGE.from, RANGE.to).map((month) => {
              const standing = asked.flatMap(({ level, own }) => {
                const verdict = inForce(own, month);
                return verdict ? [{ level, ...verdict }] : [];
              });
              const items = set.items.map(({ code, thresholds }) => ({
                missed: standing.filter(({ missed }) => missed.includes(code)).length,
                judged: standing.filter(
                  ({ level, exempt }) => thresholds[level] !== null && !exempt.includes(code),
                ).length,
              }));
              return {
                month: {
                  period: month,
                  verified: standing.length,
                  meeting: standing.filter(({ lacking }) => lacking.length === 0).length,
                  lacking: Object.fromEntries(
                    FIVE_HAVES.map((have) => [
                      have,
                      standing.filter(({ lacking }) => lacking.includes(have)).length,
                    ]),
                  ),
                },
                items,
              };
            });
            expect(history.months).toEqual(expected.map(({ month }) => month));
            const failed = set.items.flatMap(({ code }, n) => {
              const months = expected.map(({ items }) => items[n]);
              return months.some((each) => (each?.missed ?? 0) > 0) ? [{ code, months }] : [];
            });
            expect(history.items.map(({ item: { code }, months }) => ({ code, months }))).toEqual(failed);
          }
        });
      }),
      { numRuns: 12 },
    ));
});
