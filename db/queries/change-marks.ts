import { type StationPath, subtreeEnd } from "@muster/domain/station";
import type { Marked } from "../schema/standing";
import type { ScopedTx } from "../scope";

/**
 * Counts that something of some stations, or of all in scope, has changed, in the transaction of the change: what a
 * dashboard keeps of them holds no longer. Rows are taken in the order of stations, so that two who do so never wait for
 * each other in a circle.
 */
export async function markChanges(
  tx: ScopedTx,
  register: Marked,
  stationIds: readonly number[] | null,
): Promise<void> {
  const among = stationIds === null ? tx.sql`` : tx.sql`and s.id = any(${stationIds as number[]}::bigint[])`;
  await tx.sql`
    insert into change_mark as m (city_id, path, station_id, register, changes)
    select s.city_id, s.path, s.id, ${register}, 1 from station s
    where s.city_id = ${tx.scope.cityId} ${among} order by s.id
    on conflict (city_id, station_id, register) do update set changes = m.changes + 1`;
}

/**
 * The changes of all stations of a subtree in one word: it is another one after any of them, and while it is the same
 * nothing has changed. A few thousand numbers are read for a city, however many cases it has.
 */
export async function changesBelow(tx: ScopedTx, path: StationPath, register: Marked): Promise<string> {
  const [row] = await tx.sql<{ mark: string }[]>`
    select count(*) || '/' || coalesce(bit_xor(hashint8extended(station_id, changes)), 0) as mark from change_mark
    where city_id = ${tx.scope.cityId} and register = ${register} and path >= ${path} and path < ${subtreeEnd(path)}`;
  return row?.mark ?? "";
}

/** The same of the stations themselves: which there are, and how often each was changed. */
export async function stationsBelow(tx: ScopedTx, path: StationPath): Promise<string> {
  const [row] = await tx.sql<{ mark: string }[]>`
    select count(*) || '/' || coalesce(bit_xor(hashint8extended(id, version)), 0) as mark from station
    where city_id = ${tx.scope.cityId} and path >= ${path} and path < ${subtreeEnd(path)}`;
  return row?.mark ?? "";
}
