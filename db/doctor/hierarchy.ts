import type { ScopedTx } from "../scope";

/** Tables whose rows stand where their station stands today. */
const AT_STATION = [
  "station_event",
  "station_facts",
  "station_premises",
  "membership",
  "invitation",
  "monthly_report",
  "report_event",
  "rollup",
  "month_sign_off",
  "report_remark",
  "message",
  "staff",
  "staff_posts",
  "leading_group",
  "liaison_cover",
  "training",
  "training_attendance",
  "evidence",
  "station_standing",
] as const;

/** What is wrong with the tree of a city's stations and with where its rows stand, in sentences. */
export async function faultsOfHierarchy(tx: ScopedTx): Promise<string[]> {
  return [
    ...(await faultsOfRoot(tx)),
    ...(await faultsOfStations(tx)),
    ...(await faultsOfPlaces(tx)),
    ...(await faultsOfReports(tx)),
  ];
}

async function faultsOfRoot({ sql, scope }: ScopedTx): Promise<string[]> {
  const roots = await sql<{ id: number; root: boolean }[]>`
    select s.id, s.id = c.root_station_id as root from station s join city c on c.city_id = s.city_id
    where s.city_id = ${scope.cityId} and s.path = '/'`;
  if (roots.length === 1 && roots[0]?.root) return [];
  return [`The city has ${roots.length} stations at its root, and its own station should be the only one.`];
}

async function faultsOfStations({ sql, scope }: ScopedTx): Promise<string[]> {
  const rows = await sql<
    {
      id: number;
      name: string;
      path: string;
      parent: string | null;
      due: string | null;
      ancestors: boolean;
    }[]
  >`
    select s.id, s.name, s.path, p.path as parent, p.path || s.id || '/' as due,
      s.ancestors = p.ancestors || jsonb_build_object('id', p.id, 'name', p.name, 'level', p.level) as ancestors
    from station s left join station p on p.city_id = s.city_id and p.id = s.parent_id
    where s.city_id = ${scope.cityId} and s.path <> '/'
      and (p.id is null or s.path is distinct from p.path || s.id || '/' or s.ancestors is distinct from
        p.ancestors || jsonb_build_object('id', p.id, 'name', p.name, 'level', p.level))
    order by s.path`;
  return rows.flatMap(({ id, name, path, parent, due, ancestors }) => {
    const station = `Station ${id} (${name})`;
    if (parent === null) return [`${station} has no parent.`];
    const faults: string[] = [];
    if (path !== due) faults.push(`${station} has the path ${path} where ${due} follows from its parent.`);
    if (!ancestors) faults.push(`${station} keeps another ancestry than its parent's.`);
    return faults;
  });
}

async function faultsOfPlaces({ sql, scope }: ScopedTx): Promise<string[]> {
  const faults: string[] = [];
  for (const table of AT_STATION) {
    const rows = await sql<{ station_id: number; name: string | null; rows: number }[]>`
      select t.station_id, s.name, count(*)::int as rows
      from ${sql(table)} t left join station s on s.city_id = t.city_id and s.id = t.station_id
      where t.city_id = ${scope.cityId} and t.path is distinct from s.path
      group by t.station_id, s.name order by t.station_id`;
    for (const { station_id, name, rows: count } of rows) {
      faults.push(
        name === null
          ? `${count} rows of ${table} belong to station ${station_id}, which does not exist.`
          : `${count} rows of ${table} do not stand at the path of station ${station_id} (${name}).`,
      );
    }
  }
  const [stray] = await sql<{ rows: number }[]>`
    select count(*)::int as rows from audit_log a
    where a.city_id = ${scope.cityId}
      and not exists (select from station s where s.city_id = a.city_id and s.id = a.station_id)`;
  if (stray && stray.rows > 0)
    faults.push(`${stray.rows} rows of audit_log speak of stations that do not exist.`);
  return faults;
}

/** A report's place in its month, and the roll-ups above it. */
async function faultsOfReports({ sql, scope }: ScopedTx): Promise<string[]> {
  const misplaced = await sql<{ station_id: number; period: string; reported_path: string }[]>`
    select station_id, period, reported_path from monthly_report
    where city_id = ${scope.cityId} and reported_path !~ ('/' || station_id || '/$') order by period, station_id`;
  // Every station that manages others has a roll-up of its own, which counts its own report too.
  const orphans = await sql<{ period: string; above: string; reports: number }[]>`
    select r.period, a.above, count(*)::int as reports
    from (
      select city_id, period, level, string_to_array(trim(both '/' from reported_path), '/') as ids
      from monthly_report where city_id = ${scope.cityId} and expected
    ) r
    cross join lateral (
      select case n when 0 then '/' else '/' || array_to_string(r.ids[1:n], '/') || '/' end as above
      from generate_series(0, array_length(r.ids, 1) - (r.level = 'village')::int) n
    ) a
    left join rollup u on u.city_id = r.city_id and u.period = r.period and u.reported_path = a.above
    where u.city_id is null
    group by r.period, a.above order by r.period, a.above`;
  return [
    ...misplaced.map(
      ({ station_id, period, reported_path }) =>
        `The report of station ${station_id} for ${period} stood at ${reported_path}, which is not its own place.`,
    ),
    ...orphans.map(
      ({ period, above, reports }) =>
        `${reports} reports of ${period} have no roll-up at ${above} to be counted in.`,
    ),
  ];
}
