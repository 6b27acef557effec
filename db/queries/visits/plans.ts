import type { Festival } from "@muster/domain/festival";
import { type LocalDate, periodOf } from "@muster/domain/period";
import { type StationPath, subtreeEnd } from "@muster/domain/station";
import { newId, type ScopedTx } from "../../scope";
import { audit } from "../audit";
import { conditionOf } from "../registers/statement";
import { concernedBy } from "./due-sql";
import { done, refused, type VisitOutcome } from "./outcome";
import { workersAt } from "./workers";

/** A festival's visits as a station plans them. */
export interface VisitPlan {
  id: string;
  stationId: number;
  stationName: string;
  path: StationPath;
  festival: Festival;
  festivalOn: LocalDate;
  /** For each person, in fen. */
  gift: number;
  madeBy: string;
  people: number;
  visited: number;
}

/** Somebody on a plan. */
export interface PlannedPerson {
  recordId: string;
  name: string;
  bornOn: LocalDate;
  workerId: string | null;
  worker: string | null;
  visitId: string | null;
  visitedOn: LocalDate | null;
}

function planColumns(tx: ScopedTx) {
  return tx.sql`
    l.id, l.station_id as "stationId", s.name as "stationName", l.path, l.festival, l.festival_on as "festivalOn",
    l.gift, l.made_by as "madeBy", n.people, n.visited`;
}

function countsOf(tx: ScopedTx) {
  return tx.sql`join station s on s.city_id = l.city_id and s.id = l.station_id
    cross join lateral (
      select count(*)::int as people, count(visit_id)::int as visited from visit_plan_person pp
      where pp.city_id = l.city_id and pp.plan_id = l.id and not pp.dropped) n`;
}

/** The plans of a subtree, the latest festivals first. */
export async function plansBelow(tx: ScopedTx, path: StationPath): Promise<VisitPlan[]> {
  const rows = await tx.sql<VisitPlan[]>`
    select ${planColumns(tx)} from visit_plan l ${countsOf(tx)}
    where l.city_id = ${tx.scope.cityId} and l.path >= ${path} and l.path < ${subtreeEnd(path)}
    order by l.festival_on desc, s.sort, s.id limit 200`;
  return [...rows];
}

/** A plan in scope, or null. */
export async function findPlan(tx: ScopedTx, id: string): Promise<VisitPlan | null> {
  const [row] = await tx.sql<VisitPlan[]>`
    select ${planColumns(tx)} from visit_plan l ${countsOf(tx)}
    where l.city_id = ${tx.scope.cityId} and l.id = ${id}`;
  return row ?? null;
}

/** Who is on a plan: those still to be visited first. */
export async function peopleOnPlan(tx: ScopedTx, planId: string): Promise<PlannedPerson[]> {
  const { cityId } = tx.scope;
  const rows = await tx.sql<PlannedPerson[]>`
    select pp.record_id as "recordId", p.name, p.born_on as "bornOn", pp.worker_id as "workerId", pp.worker,
      pp.visit_id as "visitId", v.held_on as "visitedOn"
    from visit_plan_person pp
    join person p on p.city_id = ${cityId} and p.id = pp.record_id
    left join visit v on v.city_id = ${cityId} and v.id = pp.visit_id
    where pp.city_id = ${cityId} and pp.plan_id = ${planId} and not pp.dropped
    order by pp.visit_id is not null, pp.worker nulls first, p.pinyin, p.id`;
  return [...rows];
}

/** Whom the rules of a festival concern at a station: by the rules of its month, among those who are there now. */
export async function proposedFor(
  tx: ScopedTx,
  { stationId, festival, on }: { stationId: number; festival: Festival; on: LocalDate },
): Promise<{ recordId: string; name: string; bornOn: LocalDate }[]> {
  const { cityId } = tx.scope;
  const rows = await tx.sql<{ recordId: string; name: string; bornOn: LocalDate }[]>`
    select p.id as "recordId", p.name, p.born_on as "bornOn" from person p
    where p.city_id = ${cityId} and p.station_id = ${stationId} and p.left_on is null
      and exists (select from contact_rule r
        where r.city_id = ${cityId} and r.every = ${`festival_${festival}`} and r.valid_from <= ${periodOf(on)}
          and (r.valid_to is null or r.valid_to >= ${periodOf(on)})
          and ${conditionOf(tx, concernedBy(":last"), periodOf(on))})
    order by p.pinyin, p.id`;
  return [...rows];
}

/** Makes a station's plan for a festival with everyone whom the rules concern. */
export async function makePlan(
  tx: ScopedTx,
  { stationId, festival, on, gift }: { stationId: number; festival: Festival; on: LocalDate; gift: number },
): Promise<VisitOutcome<{ id: string }>> {
  const { cityId } = tx.scope;
  const [station] = await tx.sql<{ path: StationPath; closed: boolean }[]>`
    select path, closed_on is not null as closed from station
    where city_id = ${cityId} and id = ${stationId} for share`;
  if (!station) return refused("not_found");
  if (station.closed) return refused("station_closed");
  const id = newId();
  const { now, actor } = tx.caller;
  const made = await tx.sql`
    insert into visit_plan (city_id, path, station_id, id, festival, festival_on, gift, made_at, made_by)
    values (${cityId}, ${station.path}, ${stationId}, ${id}, ${festival}, ${on}, ${gift}, ${now.toISOString()},
      ${actor.name})
    on conflict do nothing`;
  if (made.count === 0) return refused("planned_already");
  const people = (await proposedFor(tx, { stationId, festival, on })).map(({ recordId }) => recordId);
  await addRows(tx, { planId: id, stationId, path: station.path, records: people });
  await audit(tx, {
    action: "visit.plan",
    ...aboutPlan({ id, stationId, path: station.path }),
    after: { festival, on, persons: people.length, giftYuan: gift / 100 },
  });
  return done({ id });
}

const aboutPlan = ({ id, stationId, path }: Pick<VisitPlan, "id" | "stationId" | "path">) => ({
  subject: "VisitPlan",
  subjectId: id,
  stationId,
  path,
});

/** Puts people on a plan with whoever looks after them; who was taken off comes back. */
async function addRows(
  tx: ScopedTx,
  {
    planId,
    stationId,
    path,
    records,
  }: { planId: string; stationId: number; path: string; records: readonly string[] },
): Promise<number> {
  const { cityId } = tx.scope;
  const added = await tx.sql`
    insert into visit_plan_person (city_id, path, station_id, plan_id, record_id, worker_id, worker)
    select p.city_id, ${path}, ${stationId}::bigint, ${planId}::uuid, p.id, d.worker_id, d.worker
    from person p left join visit_duty d on d.city_id = ${cityId} and d.record_id = p.id
    where p.city_id = ${cityId} and p.station_id = ${stationId} and p.id = any(${records as string[]}::text[]::uuid[])
      and p.left_on is null
    on conflict (city_id, plan_id, record_id) do update set dropped = false
      where visit_plan_person.dropped`;
  return added.count;
}

/** A change of a plan's people: who is put on it, taken off it, or given to a worker. */
export type PlanChange = "add" | "drop" | "assign";

/**
 * Changes who is on a plan. Who was visited already is not taken off. Answers how many it concerned.
 */
export async function changePlan(
  tx: ScopedTx,
  said: { planId: string; change: PlanChange; records: readonly string[]; workerId?: string | null },
): Promise<VisitOutcome<{ count: number }>> {
  const { cityId } = tx.scope;
  const { planId, change, workerId } = said;
  await tx.sql`select from visit_plan where city_id = ${cityId} and id = ${planId} for no key update`;
  const plan = await findPlan(tx, planId);
  if (!plan) return refused("not_found");
  const records = [...new Set(said.records)];
  if (records.length === 0) return refused("nobody");
  const here = tx.sql`city_id = ${cityId} and plan_id = ${planId} and record_id = any(${records}::text[]::uuid[])`;
  let count = 0;
  if (change === "add") {
    count = await addRows(tx, { planId, stationId: plan.stationId, path: plan.path, records });
  } else if (change === "drop") {
    count = (
      await tx.sql`update visit_plan_person set dropped = true where ${here} and visit_id is null and not dropped`
    ).count;
  } else {
    const worker = (await workersAt(tx, plan.stationId)).find(({ id }) => id === workerId);
    if (!worker) return refused("worker");
    count = (
      await tx.sql`
        update visit_plan_person set worker_id = ${worker.id}, worker = ${worker.name} where ${here} and not dropped`
    ).count;
  }
  if (count === 0) return refused("nobody");
  await audit(tx, {
    action: `visit.plan_${change}`,
    ...aboutPlan(plan),
    after: { persons: count },
  });
  return done({ count });
}

/** Plans of a station for festivals that are not long over, with how far they are. */
export async function runningPlans(tx: ScopedTx, stationId: number, since: LocalDate): Promise<VisitPlan[]> {
  const rows = await tx.sql<VisitPlan[]>`
    select ${planColumns(tx)} from visit_plan l ${countsOf(tx)}
    where l.city_id = ${tx.scope.cityId} and l.station_id = ${stationId} and l.festival_on >= ${since}
    order by l.festival_on`;
  return [...rows];
}
