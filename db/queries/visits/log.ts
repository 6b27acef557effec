import { addDays, type LocalDate } from "@muster/domain/period";
import type { StationPath } from "@muster/domain/station";
import {
  type Channel,
  ENTERED_WITHIN,
  EVENTS,
  MOST_VISITED,
  MOURNING_DAYS,
  type Occasion,
} from "@muster/domain/visit";
import type { Keyring } from "@muster/secrets/keyring";
import type { ScopedTx } from "../../scope";
import { audit, auditStatement } from "../audit";
import { today } from "../stations/row";
import { done, refused, type VisitOutcome } from "./outcome";
import { findVisit, sealWords, type VisitRow, type VisitWords } from "./row";

/** A visit as the form sends it. */
export interface NewVisit extends VisitWords {
  /** Made by the form: sent twice, it is entered once. */
  id: string;
  stationId: number;
  heldOn: LocalDate;
  channel: Channel;
  occasion: Occasion;
  /** Records of the people visited. */
  records: readonly string[];
  worker: { id: string; name: string };
  /** For each person, in fen. */
  gift: number;
  followOn: LocalDate | null;
  planId: string | null;
}

/** The subject of an audit entry on a visit: no name, no word of what was found. */
export function aboutVisit(row: { id: string; stationId: number; path: string }) {
  return { subject: "Visit", subjectId: row.id, stationId: row.stationId, path: row.path };
}

/**
 * Enters a visit, answers the notices it answers, and ticks its people off the plan it was made for. `repeated` when
 * the form's first sending arrived: nothing was written this time.
 */
export async function logVisit(
  tx: ScopedTx,
  keys: Keyring,
  said: NewVisit,
): Promise<VisitOutcome<{ id: string; repeated: boolean }>> {
  const { cityId } = tx.scope;
  const { id, stationId, heldOn, channel, occasion, worker, gift, followOn, planId } = said;
  const records = [...new Set(said.records)];
  if (records.length === 0) return refused("nobody");
  if (records.length > MOST_VISITED) return refused("too_many", { most: MOST_VISITED });
  const day = today(tx);
  if (heldOn > day) return refused("date_in_future");
  if (heldOn < addDays(day, -ENTERED_WITHIN)) return refused("date_too_early", { days: ENTERED_WITHIN });
  if (followOn !== null && followOn < heldOn) return refused("follow_before");
  if (followOn !== null && said.followUp === "") return refused("follow_words");
  // On their way together. The station is held against a move, beside others who enter visits there.
  const [[station], found] = await Promise.all([
    tx.sql<{ path: StationPath; openedOn: LocalDate; closedOn: LocalDate | null }[]>`
      select path, opened_on as "openedOn", closed_on as "closedOn" from station
      where city_id = ${cityId} and id = ${stationId} for share`,
    tx.sql`
      select from person p join station s on s.city_id = ${cityId} and s.id = ${stationId}
      where p.city_id = ${cityId} and p.path >= s.path and p.path < s.path || chr(1114111) and p.id = any(${records}::text[]::uuid[])
        and p.active_from <= ${heldOn}
        and (p.left_on is null or p.left_on > ${heldOn}
          or (p.way_out = 'died' and p.left_on > ${addDays(heldOn, -MOURNING_DAYS)}))`,
  ]);
  if (!station) return refused("not_found");
  if (station.closedOn && heldOn >= station.closedOn) return refused("station_closed");
  if (heldOn < station.openedOn) return refused("date_before_opening", { openedOn: station.openedOn });
  if (found.count !== records.length) return refused("not_here");
  const { path } = station;
  const content = sealWords(keys, cityId, id, said);
  const { now, actor } = tx.caller;
  const inserted = await tx.sql`
    with entered as (
      insert into visit (city_id, path, station_id, id, held_on, channel, occasion, worker_id, worker, gift, people,
        content, follow_on, plan_id, entered_at, entered_by)
      values (${cityId}, ${path}, ${stationId}, ${id}, ${heldOn}, ${channel}, ${occasion}, ${worker.id},
        ${worker.name}, ${gift}, ${records.length}, ${content}, ${followOn}, ${planId}, ${now.toISOString()},
        ${actor.name})
      on conflict do nothing returning id)
    insert into visit_person (city_id, path, station_id, visit_id, record_id, held_on, channel, occasion, gift)
    select ${cityId}::bigint, ${path}, ${stationId}::bigint, entered.id, r.id, ${heldOn}::date, ${channel}, ${occasion}, ${gift}::int
    from entered, unnest(${records}::text[]::uuid[]) r(id)`;
  if (inserted.count === 0) {
    const there = await findVisit(tx, id);
    return there && there.stationId === stationId
      ? done({ id, repeated: true })
      : refused("changed_meanwhile");
  }
  const last: PromiseLike<unknown>[] = [];
  if (channel === "visit" && (EVENTS as readonly string[]).includes(occasion)) {
    last.push(tx.sql`
      update visit_notice set met_on = ${heldOn}, met_by = ${id}
      where city_id = ${cityId} and record_id = any(${records}::text[]::uuid[]) and event = ${occasion}
        and met_on is null and ended_on is null and happened_on <= ${heldOn}`);
  }
  if (planId !== null) {
    last.push(tx.sql`
      update visit_plan_person set visit_id = ${id}
      where city_id = ${cityId} and plan_id = ${planId} and record_id = any(${records}::text[]::uuid[])
        and visit_id is null and not dropped`);
  }
  last.push(
    auditStatement(tx, {
      action: "visit.log",
      ...aboutVisit({ id, stationId, path }),
      after: { on: heldOn, channel, occasion, persons: records.length, giftYuan: gift / 100 },
    }),
  );
  await Promise.all(last);
  return done({ id, repeated: false });
}

/** A visit that is to be changed, held; or why it is not. */
async function holdVisit(tx: ScopedTx, id: string, version: number): Promise<VisitOutcome<VisitRow>> {
  await tx.sql`select from visit where city_id = ${tx.scope.cityId} and id = ${id} for no key update`;
  const row = await findVisit(tx, id);
  if (!row) return refused("not_found");
  if (row.voidOn) return refused("void");
  return row.version === version ? done(row) : refused("changed_meanwhile");
}

/** What was to follow has been done. */
export async function closeFollowUp(
  tx: ScopedTx,
  { id, version }: { id: string; version: number },
): Promise<VisitOutcome<VisitRow>> {
  const held = await holdVisit(tx, id, version);
  if (!held.ok) return held;
  const row = held.value;
  if (row.followOn === null || row.followedOn !== null) return refused("done");
  await tx.sql`
    update visit set followed_on = ${today(tx)}, followed_by = ${tx.caller.actor.name}, version = version + 1
    where city_id = ${tx.scope.cityId} and id = ${id}`;
  await audit(tx, { action: "visit.follow", ...aboutVisit(row), after: { on: today(tx) } });
  return done(row);
}

/**
 * Takes a visit that was entered wrongly out of every count. It stays to be read; the notices it answered stand open
 * again, and its people are on their plan again.
 */
export async function voidVisit(
  tx: ScopedTx,
  { id, version, reason }: { id: string; version: number; reason: string },
): Promise<VisitOutcome<VisitRow>> {
  const held = await holdVisit(tx, id, version);
  if (!held.ok) return held;
  const row = held.value;
  const { cityId } = tx.scope;
  await tx.sql`
    update visit set void_on = ${today(tx)}, void_by = ${tx.caller.actor.name}, void_reason = ${reason},
      version = version + 1
    where city_id = ${cityId} and id = ${id}`;
  await tx.sql`update visit_person set counts = false where city_id = ${cityId} and visit_id = ${id}`;
  // Where the same was noted again meanwhile, that notice stands, and this one is over.
  await tx.sql`
    update visit_notice n set met_on = null, met_by = null,
      ended_on = case when o.again then n.met_on end, ended_by = case when o.again then ${tx.caller.actor.name} end,
      ended_reason = case when o.again then '' end
    from (select m.id, exists (select from visit_notice k where k.city_id = m.city_id and k.record_id = m.record_id
        and k.event = m.event and k.met_on is null and k.ended_on is null) as again
      from visit_notice m where m.city_id = ${cityId} and m.station_id = ${row.stationId} and m.met_by = ${id}) o
    where n.city_id = ${cityId} and n.id = o.id`;
  if (row.planId) {
    await tx.sql`
      update visit_plan_person set visit_id = null
      where city_id = ${cityId} and plan_id = ${row.planId} and visit_id = ${id}`;
  }
  await audit(tx, {
    action: "visit.void",
    ...aboutVisit(row),
    before: { on: row.heldOn, channel: row.channel, occasion: row.occasion, persons: row.people },
  });
  return done(row);
}
