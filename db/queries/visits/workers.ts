import { newId, type ScopedTx } from "../../scope";
import { audit } from "../audit";
import { rosterOn } from "../staff/row";
import { today } from "../stations/row";
import { done, refused, type VisitOutcome } from "./outcome";

/** Somebody who goes and sees people: of the roster, or an account of the station. */
export interface Worker {
  id: string;
  name: string;
}

/** Who may be named at a station: the caller first, then its roster; a name twice is once. */
export async function workersAt(tx: ScopedTx, stationId: number): Promise<Worker[]> {
  const { actor } = tx.caller;
  const roster = (await rosterOn(tx, stationId, today(tx))).map(({ staffId, name }) => ({
    id: staffId,
    name,
  }));
  // The caller who is on the roster appears as who they are there: their people and visits stay together.
  const self = roster.find(({ name }) => name === actor.name) ?? { id: actor.userId, name: actor.name };
  return [self, ...roster.filter(({ id, name }) => id !== self.id && name !== self.name)];
}

/** Those who look after people in the station's register, whether they still serve or not. */
export async function dutyWorkers(tx: ScopedTx, path: string, end: string): Promise<Worker[]> {
  const rows = await tx.sql<Worker[]>`
    select worker_id as id, max(worker) as name from visit_duty
    where city_id = ${tx.scope.cityId} and path >= ${path} and path < ${end}
    group by worker_id order by max(worker) limit 100`;
  return [...rows];
}

/** Who looks after somebody; null for nobody in particular. */
export async function dutyOf(tx: ScopedTx, recordId: string): Promise<Worker | null> {
  const [row] = await tx.sql<Worker[]>`
    select worker_id as id, worker as name from visit_duty
    where city_id = ${tx.scope.cityId} and record_id = ${recordId}`;
  return row ?? null;
}

/** Gives people of one station to a worker of it, who looks after them from today on. */
export async function assignDuty(
  tx: ScopedTx,
  { stationId, records, workerId }: { stationId: number; records: readonly string[]; workerId: string },
): Promise<VisitOutcome<{ count: number }>> {
  const { cityId } = tx.scope;
  const worker = (await workersAt(tx, stationId)).find(({ id }) => id === workerId);
  if (!worker) return refused("worker");
  const [station] = await tx.sql<{ path: string }[]>`
    select path from station where city_id = ${cityId} and id = ${stationId} for share`;
  if (!station) return refused("not_found");
  const wanted = [...new Set(records)];
  const given = await tx.sql`
    insert into visit_duty (city_id, path, station_id, record_id, worker_id, worker, since)
    select p.city_id, p.path, p.station_id, p.id, ${worker.id}, ${worker.name}, ${today(tx)}
    from person p
    where p.city_id = ${cityId} and p.station_id = ${stationId} and p.id = any(${wanted}::text[]::uuid[])
      and p.left_on is null
    on conflict (city_id, record_id) do update set worker_id = excluded.worker_id, worker = excluded.worker,
      since = excluded.since`;
  if (given.count === 0) return refused("nobody");
  await audit(tx, {
    action: "visit.assign",
    subject: "VisitDuty",
    subjectId: newId(),
    stationId,
    path: station.path,
    after: { persons: given.count },
  });
  return done({ count: given.count });
}
