import type { ScopedTx } from "../scope";

/** What is wrong with the staff registers of a city, in sentences. */
export async function faultsOfStaff({ sql, scope }: ScopedTx): Promise<string[]> {
  const { cityId } = scope;
  const twice = await sql<{ station: number; name: string }[]>`
    select distinct a.station_id as station, a.name from staff a
    join staff b on b.city_id = a.city_id and b.station_id = a.station_id and b.staff_id = a.staff_id and b.id > a.id
      and daterange(a.valid_from, a.valid_to) && daterange(b.valid_from, b.valid_to)
    where a.city_id = ${cityId} order by 1, 2`;
  const heads = await sql<{ station: number }[]>`
    select distinct a.station_id as station from staff a
    join staff b on b.city_id = a.city_id and b.station_id = a.station_id and b.staff_id <> a.staff_id and b.head
      and daterange(a.valid_from, a.valid_to) && daterange(b.valid_from, b.valid_to)
    where a.city_id = ${cityId} and a.head order by 1`;
  const strangers = await sql<{ station: number; rows: number }[]>`
    select a.station_id as station, count(*)::int as rows from training_attendance a
    where a.city_id = ${cityId} and not exists (
      select from staff f where f.city_id = ${cityId} and f.station_id = a.station_id and f.staff_id = a.staff_id)
    group by 1 order by 1`;
  const stale = await sql<{ subject: string; rows: number }[]>`
    select t.subject, count(*)::int as rows from training t
    join training_attendance a on a.city_id = t.city_id and a.training_id = t.id
    where t.city_id = ${cityId} and (a.held_on, a.hours) is distinct from (t.held_on, t.hours)
    group by t.id, t.subject order by 1`;
  return [
    ...twice.map(({ station, name }) => `${name} serves twice at once at station ${station}.`),
    ...heads.map(({ station }) => `Station ${station} has two heads at once.`),
    ...strangers.map(
      ({ station, rows }) =>
        `${rows} attendances of trainings at station ${station} name nobody of its staff.`,
    ),
    ...stale.map(
      ({ subject, rows }) => `${rows} attendances of the training ${subject} differ from it in day or hours.`,
    ),
  ];
}
