import { type StationPath, subtreeEnd } from "@muster/domain/station";
import type { Ancestor } from "../../schema/station";
import type { ScopedTx } from "../../scope";
import { json } from "../audit";

/**
 * Every table whose rows carry a station's path, from the catalogue: a table that somebody adds later cannot be
 * forgotten. What a city publishes to everyone lies at its root and never moves, unless a station is named. Reports come first and roll-ups
 * last, the order in which the steps of a report take them.
 */
export async function pathTables(tx: ScopedTx): Promise<string[]> {
  const rows = await tx.sql<{ name: string }[]>`
    select c.relname::text as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and (select count(*) from pg_attribute a
           where a.attrelid = c.oid and a.attname in ('city_id', 'path') and not a.attisdropped) = 2
      and (not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = c.relname || '_published')
        or exists (select from pg_attribute a
          where a.attrelid = c.oid and a.attname = 'station_id' and not a.attisdropped))
    order by case c.relname when 'monthly_report' then 0 when 'rollup' then 2 else 1 end, c.relname`;
  return rows.map((row) => row.name);
}

/**
 * Holds the reports of a subtree until the end of the transaction, so that no step on one of them is on its way
 * while its path and the sums above it change.
 */
export async function holdReports(tx: ScopedTx, path: StationPath): Promise<void> {
  await tx.sql`
    select from monthly_report where city_id = ${tx.scope.cityId} and path >= ${path} and path < ${subtreeEnd(path)}
    order by station_id, period for update`;
}

/** Gives every row of a subtree its new path. */
export async function rewritePaths(tx: ScopedTx, from: StationPath, to: StationPath): Promise<void> {
  for (const table of await pathTables(tx)) {
    await tx.sql`
      update ${tx.sql(table)} set path = ${to} || substr(path, ${from.length + 1}::int)
      where city_id = ${tx.scope.cityId} and path >= ${from} and path < ${subtreeEnd(from)}`;
  }
}

/**
 * Replaces the beginning of the ancestry of a subtree, the station at its root included.
 * @param path where the subtree stands now
 * @param depth how many ancestors the root had before
 */
export async function rewriteAncestors(
  tx: ScopedTx,
  path: StationPath,
  depth: number,
  ancestors: readonly Ancestor[],
): Promise<void> {
  await tx.sql`
    update station set ancestors = ${json(ancestors)}::jsonb || coalesce(
      (select jsonb_agg(a.line order by a.place)
       from jsonb_array_elements(ancestors) with ordinality as a(line, place) where a.place > ${depth}), '[]'::jsonb)
    where city_id = ${tx.scope.cityId} and path >= ${path} and path < ${subtreeEnd(path)}`;
}

/** Gives a station its new name in the ancestry of everything below it. */
export async function renameInAncestors(
  tx: ScopedTx,
  station: { id: number; path: StationPath },
  name: string,
): Promise<void> {
  await tx.sql`
    update station set ancestors = (
      select jsonb_agg(case when (a.line->>'id')::bigint = ${station.id}
          then a.line || jsonb_build_object('name', ${name}::text) else a.line end order by a.place)
      from jsonb_array_elements(ancestors) with ordinality as a(line, place))
    where city_id = ${tx.scope.cityId} and path > ${station.path} and path < ${subtreeEnd(station.path)}`;
}

/** Rows of a station that do not stand where the station does: the doctor's question. Needs the city's scope. */
export async function misplacedRows(tx: ScopedTx): Promise<{ table: string; rows: number }[]> {
  const faults: { table: string; rows: number }[] = [];
  for (const table of await pathTables(tx)) {
    const [keyed] = await tx.sql<{ yes: boolean }[]>`
      select exists (select from pg_attribute
        where attrelid = to_regclass(${table}::text) and attname = 'station_id' and not attisdropped) as yes`;
    // An audit entry may speak of another station than the one that wrote it.
    if (!keyed?.yes || table === "audit_log") continue;
    const [row] = await tx.sql<{ rows: number }[]>`
      select count(*)::int as rows from ${tx.sql(table)} t
      left join station s on s.city_id = t.city_id and s.id = t.station_id
      where t.city_id = ${tx.scope.cityId} and t.path is distinct from s.path`;
    if (row && row.rows > 0) faults.push({ table, rows: row.rows });
  }
  return faults;
}
