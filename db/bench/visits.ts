import { addDays, localDate } from "@muster/domain/period";
import type { Pool } from "../client";
import { listVisits, type VisitFilter } from "../queries/visits/list";
import { logVisit } from "../queries/visits/log";
import { newId, systemCaller, withScope } from "../scope";
import { type BenchCity, type Node, scopesOf } from "./city";
import { benchKeys } from "./keys";
import { closedLoop, type Rate } from "./measure";
import { type ListRate, type Loop, readerAt } from "./people";
import { callerAt } from "./steps";

/** Visits that are logged. */
const LOGGED = 3_000;

/** So many visits to the people of a city's archives, as years of work leave behind. Needs those of layPeople. */
export async function layVisits(pool: Pool, city: BenchCity, visits: number): Promise<void> {
  const now = new Date();
  await withScope(pool, systemCaller(city.cityId, now, "bench"), { readOnly: false }, async ({ sql }) => {
    await sql`
      with one as materialized (
        select p.*, row_number() over (order by p.id) - 1 as place, count(*) over () as people from person p
        where p.city_id = ${city.cityId} and p.left_on is null),
      chosen as materialized (
        select g, (g * 7919) % (select people from one limit 1) as place from generate_series(1, ${visits}::bigint) g),
      made as (
        insert into visit (city_id, path, station_id, id, held_on, channel, occasion, worker_id, worker, gift, people,
          entered_at, entered_by)
        select o.city_id, o.path, o.station_id, gen_random_uuid(), ${localDate(now)}::date - 30 - (g % 700)::int, 'visit',
          case when g % 5 = 0 then 'festival' else 'routine' end, o.id, '站长', 0, 1, now(), '站长'
        from chosen join one o using (place)
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
      select station_id as "stationId", id from person where city_id = ${city.cityId} and left_on is null`;
    for (const { stationId, id } of rows) {
      const known = records.get(stationId);
      if (known) known.push(id);
      else records.set(stationId, [id]);
    }
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
          logVisit(tx, benchKeys, {
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
export async function readVisits(pool: Pool, city: BenchCity, ask: Loop, times: number): Promise<ListRate[]> {
  const far = { heldOn: addDays(localDate(new Date()), -500), id: "ffffffff-ffff-ffff-ffff-ffffffffffff" };
  const filters: Record<string, VisitFilter> = {
    all: {},
    festival: { occasion: "festival" },
    visits: { channel: "visit" },
  };
  const rates: ListRate[] = [];
  for (const [scope, node] of scopesOf(city)) {
    for (const [list, filter] of Object.entries(filters)) {
      const rate = await ask(
        Array.from({ length: times }, (_, i) => async () => {
          await withScope(pool, readerAt(city, node), { readOnly: true }, (tx) =>
            listVisits(tx, { filter, limit: 50, ...(i % 3 === 2 ? { after: far } : {}) }),
          );
        }),
      );
      rates.push({ list, scope, ...rate });
    }
  }
  return rates;
}
