import { firstDay, type Period } from "@muster/domain/period";
import type { ScopedTx } from "../scope";

/** What the registers of each village hold. */
const PEOPLE = 25;
const VISITS_A_MONTH = 4;
const ENTRIES_A_MONTH = 4;
/** Months before the first open one in which something was logged. */
const MONTHS = 6;

/**
 * Archives, visits, the counter log, petitions and cases of assistance of all villages of a city, as if each had been
 * entered by hand: every submission then asks registers that are in use. Sealed columns hold a placeholder: no figure
 * opens them.
 */
export async function layArchives(tx: ScopedTx, firstOpen: Period): Promise<void> {
  const { sql, scope } = tx;
  const { cityId } = scope;
  const first = firstDay(firstOpen);
  const village = sql`station s where s.city_id = ${cityId} and s.level = 'village'`;
  await sql`
    insert into person (city_id, path, id, station_id, person_id, name, pinyin, initials, sex, born_on, categories,
      living_alone, empty_nest, completeness, complete_since, confirmed_on, card_since, active_from, way_in, registered_on, updated_at)
    select s.city_id, s.path, i.id, s.id, i.id, '老兵' || n, 'laobing' || n, 'lb' || n, 'male',
      b.born_on, array[(array['31', '41', '50', '14', '33'])[1 + extract(day from b.born_on)::int % 5]], n % 9 = 0, n % 7 = 0, 100, '2024-01-01',
      ${first}::date - 40, '2024-01-01', '2020-01-01', 'new', '2020-01-01', now()
    from (select * from ${village}) s cross join generate_series(1, ${PEOPLE}) n
    cross join lateral (select gen_random_uuid() as id where s.id is not null and n > 0) i
    cross join lateral (select '1938-01-01'::date + (s.sort * 31 + n * 797) % 20000 as born_on) b`;
  await sql`
    insert into person_category (city_id, path, station_id, record_id, id, code, valid_from)
    select city_id, path, station_id, id, gen_random_uuid(), categories[1], '2020-01-01'
    from person where city_id = ${cityId}`;
  await sql`
    insert into person_confirmation (city_id, path, station_id, record_id, id, confirmed_on, complete, by_name)
    select city_id, path, station_id, id, gen_random_uuid(), ${first}::date - 40, true, '站长' from person where city_id = ${cityId}`;
  await sql`
    with chosen as (
      select p.*, row_number() over (partition by p.station_id order by p.born_on, p.id) as n from person p where p.city_id = ${cityId}
    ), made as (
      select c.city_id, c.path, c.station_id, c.id as record_id, gen_random_uuid() as id,
        (${first}::date - 1 - (c.n * 5 + m * 30)::int) as held_on,
        case when c.n % 3 = 0 then 'phone' else 'visit' end as channel
      from chosen c cross join generate_series(0, ${MONTHS - 1}) m where (c.n + m) % ${PEOPLE} < ${VISITS_A_MONTH}
    ), logged as (
      insert into visit (city_id, path, station_id, id, held_on, channel, occasion, worker_id, worker, people, entered_at, entered_by)
      select city_id, path, station_id, id, held_on, channel, 'routine', gen_random_uuid(), '站长', 1, now(), '站长' from made)
    insert into visit_person (city_id, path, station_id, record_id, visit_id, held_on, channel, occasion, gift)
    select city_id, path, station_id, record_id, id, held_on, channel, 'routine', 0 from made`;
  await sql`
    insert into reception (city_id, path, id, station_id, day, channel, purpose, topic, question, answer, state,
      answered_on, answered_by, request_key, by_id, by_name, created_at)
    select s.city_id, s.path, gen_random_uuid(), s.id, d.day, 'walk_in', 'question', t.code, '优待证怎么办', '带身份证到站办理',
      'answered', d.day, '站长', gen_random_uuid(), gen_random_uuid(), '站长', now()
    from (select * from ${village}) s cross join generate_series(1, ${MONTHS * ENTRIES_A_MONTH}) n
    cross join lateral (select ${first}::date - n * 7 as day) d
    cross join (select code from consultation_topic where city_id = ${cityId} order by sort limit 1) t`;
  await sql`
    insert into petition (city_id, path, id, station_id, year, number, channel, topic, subject, body, people, backlog,
      state, received_on, registered_on, accepted_on, closed_on, request_key, by_name)
    select s.city_id, s.path, gen_random_uuid(), s.id, 2026, (row_number() over ())::int, 'walk_in', t.code, '安置待遇', '请求核实', 1, false,
      case when n = 1 then 'accepted' else 'replied' end, ${first}::date - n * 30, ${first}::date - n * 30,
      ${first}::date - n * 30 + 3, case when n > 1 then ${first}::date - n * 30 + 20 end, gen_random_uuid(), '站长'
    from (select * from ${village}) s cross join generate_series(1, 3) n
    cross join (select code from consultation_topic where city_id = ${cityId} order by sort limit 1) t`;
  await sql`
    insert into assistance_case (city_id, path, id, station_id, year, number, record_id, person_id, age, type_code,
      type_from, counts_in, applied_on, applied_by, details, asked, approved, paid, paid_on, state, state_since, request_key)
    select p.city_id, p.path, gen_random_uuid(), p.station_id, 2026, (row_number() over ())::int, p.id, p.id, 70, 'one_off',
      t.valid_from, 'E02', ${first}::date - 50, 'person', '\\x00', 200000, 200000, 200000, ${first}::date - 20, 'closed',
      ${first}::date - 20, gen_random_uuid()
    from (select distinct on (station_id) * from person where city_id = ${cityId} order by station_id, born_on, id) p
    cross join (select valid_from from assistance_type where city_id = ${cityId} and code = 'one_off' order by valid_from limit 1) t`;
}
