import { addDays, localDate } from "@muster/domain/period";
import type { Pool } from "../client";
import { type CaseFilter, listCases } from "../queries/assistance/list";
import { markChanges } from "../queries/change-marks";
import { listPetitions, type PetitionFilter, petitionSums } from "../queries/petitions/read";
import { listReceptions, type ReceptionFilter } from "../queries/reception/list";
import { type ScopedTx, systemCaller, withScope } from "../scope";
import { type BenchCity, scopesOf } from "./city";
import { type ListRate, type Loop, readerAt } from "./people";

/** Days over which a city has gathered them. */
const DAYS = 730;
/** Numbers beyond those that other parts of the benchmark give. */
const FROM = 100_000;

/**
 * The counter log, petitions and cases of assistance that two years have left at a city's villages, at every step:
 * one in twenty of the latter two still stands open. A petition for seventeen entries, a case for thirty: of a hundred
 * people one applies and two petition in a year, as in the demo. Needs the archives of layPeople.
 */
export async function layCases(pool: Pool, city: BenchCity, entries: number): Promise<void> {
  const { cityId } = city;
  const now = new Date();
  const day = localDate(now);
  await withScope(pool, systemCaller(cityId, now, "bench"), { readOnly: false }, async (tx) => {
    const { sql } = tx;
    const villages = sql`v as materialized (
      select path, id, row_number() over (order by id) - 1 as place, count(*) over () as of
      from station where city_id = ${cityId} and level = 'village'),
      t as materialized (
      select code, row_number() over (order by sort) - 1 as place, count(*) over () as of
      from consultation_topic where city_id = ${cityId}),
      g as materialized (
      select n, (n * 7919) % (select of from v limit 1) as village, (n * 31) % (select of from t limit 1) as topic,
        (${day}::date - ((n * 37) % ${DAYS})::int)::date as day, n % 20 = 0 as open
      from generate_series(1, ${entries}::bigint) n)`;
    await sql`
      with ${villages}
      insert into reception (city_id, path, id, station_id, day, channel, purpose, topic, question, answer, state,
        answered_on, answered_by, request_key, by_id, by_name, created_at)
      select ${cityId}::bigint, v.path, gen_random_uuid(), v.id, g.day,
        case when n % 3 = 0 then 'phone' else 'walk_in' end, 'question', t.code, '优待证怎么办', '带身份证到站办理',
        'answered', g.day, '站长', gen_random_uuid(), gen_random_uuid(), '站长', now()
      from g join v on v.place = g.village join t on t.place = g.topic`;
    await sql`
      with ${villages}
      insert into petition (city_id, path, id, station_id, year, number, channel, topic, subject, body, people, backlog,
        state, received_on, registered_on, accepted_on, closed_on, request_key, by_name)
      select ${cityId}::bigint, v.path, gen_random_uuid(), v.id, extract(year from g.day)::int, ${FROM} + n::int,
        'walk_in', t.code, '安置待遇', '请求核实', 1 + (n % 9 = 0)::int * 3, n % 50 = 0,
        case when open then 'accepted' else 'replied' end, g.day, g.day, g.day + 3,
        case when not open then g.day + 20 end, gen_random_uuid(), '站长'
      from g join v on v.place = g.village join t on t.place = g.topic where n % 17 = 0`;
    await sql`
      with p as materialized (
        select *, row_number() over (order by id) - 1 as place, count(*) over () as of
        from person where city_id = ${cityId} and left_on is null),
      k as materialized (
        select code, valid_from, counts_in, row_number() over (order by sort) - 1 as place, count(*) over () as of
        from assistance_type where city_id = ${cityId}),
      g as materialized (
        select n, (n * 7919) % (select of from p limit 1) as someone, n % (select of from k limit 1) as kind,
          (${day}::date - ((n * 37) % ${DAYS})::int)::date as day, n % 20 = 0 as open, n % 11 = 0 as refused
        from generate_series(1, ${Math.floor(entries / 30)}::bigint) n)
      insert into assistance_case (city_id, path, id, station_id, year, number, record_id, person_id, age, category,
        type_code, type_from, counts_in, applied_on, applied_by, details, asked, approved, paid, paid_on, state,
        state_since, due_on, refusal, request_key)
      select ${cityId}::bigint, p.path, gen_random_uuid(), p.station_id, extract(year from g.day)::int, ${FROM} + n::int,
        p.id, p.person_id, 50 + (n % 45)::int, (array['31', '55', '50', '33'])[1 + n % 4], k.code, k.valid_from,
        k.counts_in, g.day, 'person', '\\x00', 200000,
        case when not open and not refused then 200000 end, case when not open and not refused then 180000 end,
        case when not open and not refused then g.day + 25 end,
        case when open then 'review' when refused then 'refused' else 'closed' end, g.day + 5,
        case when open then g.day + 12 end, case when refused and not open then 'other' end, gen_random_uuid()
      from g join p on p.place = g.someone join k on k.place = g.kind`;
    await sql`
      insert into assistance_event (city_id, path, station_id, case_id, id, action, from_state, to_state, on_day,
        waited, at, by_id, by_name, by_station_name)
      select c.city_id, c.path, c.station_id, c.id, gen_random_uuid(), e.action, e.state, e.next,
        c.applied_on + e.after, e.waited, now(), gen_random_uuid(), '站长', '站'
      from assistance_case c
      cross join (values ('apply', null, 'verify', 0, 0), ('verify', 'verify', 'review', 3, 3),
        ('pass', 'review', 'publicity', 8, 5), ('approve', 'approval', 'payment', 17, 9),
        ('pay', 'payment', 'follow_up', 25, 8)) e(action, state, next, after, waited)
      where c.city_id = ${cityId} and c.number > ${FROM} and (e.after < 8 or c.paid_on is not null)`;
    await markChanges(tx, "cases", null);
  });
}

const CASES: Record<string, CaseFilter> = {
  all: {},
  open: { stage: "open" },
  overdue: { stage: "overdue" },
  "of a state": { state: "review" },
  "of a kind": { type: "one_off" },
  "80 to 90": { age: "from_80" },
};
const PETITIONS: Record<string, PetitionFilter> = {
  all: {},
  running: { state: "running" },
  overdue: { overdue: true },
  backlog: { backlog: true },
  joint: { joint: true },
};
const RECEPTIONS: Record<string, ReceptionFilter> = {
  all: {},
  "walk-ins": { channel: "walk_in" },
  open: { state: "open" },
};
const PAGE = 50;

type Ask = (tx: ScopedTx, far: boolean) => Promise<unknown>;

/** Pages of the ledgers as their lists ask for them, in the scope of each level. */
export async function readCases(pool: Pool, city: BenchCity, ask: Loop, times: number): Promise<ListRate[]> {
  const day = addDays(localDate(new Date()), -400);
  const id = "00000000-0000-0000-0000-000000000000";
  const asks: [string, Ask][] = [
    ...Object.entries(CASES).map(([name, filter]): [string, Ask] => [
      `assistance, ${name}`,
      (tx, far) => listCases(tx, { filter, limit: PAGE, ...(far ? { after: { appliedOn: day, id } } : {}) }),
    ]),
    ...Object.entries(PETITIONS).map(([name, filter]): [string, Ask] => [
      `petitions, ${name}`,
      // The page shows its sums above the ledger.
      (tx, far) =>
        Promise.all([
          listPetitions(tx, { filter, limit: PAGE, ...(far ? { after: { receivedOn: day, id } } : {}) }),
          petitionSums(tx, { path: tx.scope.path, near: 7 }),
        ]),
    ]),
    ...Object.entries(RECEPTIONS).map(([name, filter]): [string, Ask] => [
      `reception, ${name}`,
      (tx, far) => listReceptions(tx, { filter, limit: PAGE, ...(far ? { after: { day, id } } : {}) }),
    ]),
  ];
  const rates: ListRate[] = [];
  for (const [scope, node] of scopesOf(city)) {
    for (const [name, list] of asks) {
      const rate = await ask(
        Array.from({ length: times }, (_, i) => async () => {
          await withScope(pool, readerAt(city, node), { readOnly: true }, (tx) => list(tx, i % 3 === 2));
        }),
      );
      rates.push({ list: name, scope, ...rate });
    }
  }
  return rates;
}
