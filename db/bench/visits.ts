import { addDays, localDate } from "@muster/domain/period";
import { Keyring } from "@muster/secrets/keyring";
import type { Pool } from "../client";
import { listVisits, type VisitFilter } from "../queries/visits/list";
import { logVisit } from "../queries/visits/log";
import { newId, systemCaller, withScope } from "../scope";
import type { BenchCity, Node } from "./city";
import { closedLoop, percentiles, type Rate } from "./measure";
import { callerAt } from "./steps";

/** Visits that a city has gathered over the years. */
const GATHERED = 200_000;
const PEOPLE = 10;
const LOGGED = 3_000;
/** Lists are read this often, at the beginning and far back. */
const READS = 60;

/** Keys of a benchmark: no secret, and as much work as any. */
const keys = new Keyring({
  encryption: new Map([[1, new Uint8Array(32).fill(1)]]),
  current: 1,
  index: new Uint8Array(32).fill(2),
});

/** Ten people in every village and 200,000 visits to them, as years of work leave behind. */
export async function layVisits(pool: Pool, city: BenchCity): Promise<void> {
  const now = new Date();
  await withScope(pool, systemCaller(city.cityId, now, "bench"), { readOnly: false }, async ({ sql }) => {
    await sql`
      insert into person (city_id, path, id, station_id, person_id, name, pinyin, initials, sex, born_on, active_from,
        way_in, registered_on, updated_at)
      select s.city_id, s.path, gen_random_uuid(), s.id, gen_random_uuid(), '老兵' || n, 'laobing' || n, 'lb', 'male',
        date '1940-01-01' + (n * 900), '2019-01-01', 'new', '2019-01-01', now()
      from station s cross join generate_series(1, ${PEOPLE}) n
      where s.city_id = ${city.cityId} and s.level = 'village'`;
    await sql`
      with one as (
        select p.*, row_number() over (order by p.id) as place, count(*) over () as people from person p
        where p.city_id = ${city.cityId}),
      made as (
        insert into visit (city_id, path, station_id, id, held_on, channel, occasion, worker_id, worker, gift, people,
          entered_at, entered_by)
        select o.city_id, o.path, o.station_id, gen_random_uuid(), ${localDate(now)}::date - (g % 700)::int, 'visit',
          case when g % 5 = 0 then 'festival' else 'routine' end, o.id, '站长', 0, 1, now(), '站长'
        from generate_series(1, ${GATHERED}) g join one o on o.place = g % o.people + 1
        returning *)
      insert into visit_person (city_id, path, station_id, visit_id, record_id, held_on, channel, occasion, gift)
      select city_id, path, station_id, id, worker_id, held_on, channel, occasion, gift from made`;
  });
}

/** Villages log visits to three people each, with something that was found: station held, people checked, audited. */
export async function logVisits(pool: Pool, city: BenchCity, connections: number): Promise<Rate> {
  const now = new Date();
  const records = new Map<number, string[]>();
  await withScope(pool, systemCaller(city.cityId, now, "bench"), { readOnly: true }, async ({ sql }) => {
    const rows = await sql<{ stationId: number; id: string }[]>`
      select station_id as "stationId", id from person where city_id = ${city.cityId}`;
    for (const { stationId, id } of rows) records.set(stationId, [...(records.get(stationId) ?? []), id]);
  });
  const [month] = city.open.slice(-1);
  if (!month) throw new Error("the city has an open month");
  return closedLoop(
    connections,
    Array.from({ length: LOGGED }, (_, i) => {
      const village = city.villages[i % city.villages.length] as Node;
      const caller = { ...callerAt(city, village, month), now };
      return async () => {
        const outcome = await withScope(pool, caller, { readOnly: false }, (tx) =>
          logVisit(tx, keys, {
            ...{ id: newId(), stationId: village.id, heldOn: addDays(localDate(now), -(i % 20)) },
            ...{ channel: "visit", occasion: "routine", gift: 20_000, followOn: null, planId: null },
            records: (records.get(village.id) ?? []).slice(0, 3),
            worker: { id: caller.actor.userId, name: caller.actor.name },
            ...{ place: "家中", found: "身体尚好，生活安定。", followUp: "" },
          }),
        );
        if (!outcome.ok) throw new Error(`a visit was refused: ${outcome.refusal}`);
      };
    }),
  );
}

/** Pages of the list, the first and one far back, of the city and of a town, filtered and not. */
export async function readLists(pool: Pool, city: BenchCity): Promise<Rate> {
  const [town] = city.towns;
  if (!town) throw new Error("the city has towns");
  const far = addDays(localDate(new Date()), -500);
  const filters: VisitFilter[] = [{}, { path: town.path }, { occasion: "festival" }, { channel: "visit" }];
  const times: number[] = [];
  for (let i = 0; i < READS; i++) {
    for (const filter of filters) {
      const after = i % 2 === 0 ? {} : { after: { heldOn: far, id: "ffffffff-ffff-ffff-ffff-ffffffffffff" } };
      const began = performance.now();
      await withScope(pool, systemCaller(city.cityId, new Date(), "bench"), { readOnly: true }, (tx) =>
        listVisits(tx, { filter, limit: 50, ...after }),
      );
      times.push(performance.now() - began);
    }
  }
  const seconds = times.reduce((sum, time) => sum + time, 0) / 1000;
  return { operations: times.length, perSecond: Math.round(times.length / seconds), ...percentiles(times) };
}
