import type { LocalDate } from "@muster/domain/period";
import { periodOf } from "@muster/domain/period";
import { answeredBy, type ContactEvent } from "@muster/domain/visit";
import { newId, type ScopedTx } from "../../scope";
import { audit } from "../audit";
import { findPerson } from "../people/row";
import { today } from "../stations/row";
import { done, refused, type VisitOutcome } from "./outcome";

/** Within how many days an event is answered where a city has no rule for it. */
const DEFAULT_DAYS = 7;

/** That somebody is to be visited because of an event. */
export interface Notice {
  id: string;
  recordId: string;
  stationId: number;
  path: string;
  event: ContactEvent;
  happenedOn: LocalDate;
  dueOn: LocalDate;
  notedBy: string;
  metOn: LocalDate | null;
  /** The visit, where the caller sees it: somebody from above may have gone. */
  metBy: string | null;
  endedOn: LocalDate | null;
  endedReason: string | null;
}

function noticeColumns(tx: ScopedTx) {
  return tx.sql`
    n.id, n.record_id as "recordId", n.station_id as "stationId", n.path, n.event, n.happened_on as "happenedOn",
    n.due_on as "dueOn", n.noted_by as "notedBy", n.met_on as "metOn", (select v.id from visit v where v.city_id = n.city_id and v.id = n.met_by) as "metBy", n.ended_on as "endedOn",
    n.ended_reason as "endedReason"`;
}

/** The subject of an audit entry on a notice: whose it is stands in the register, not in the log. */
const about = ({ id, stationId, path }: Pick<Notice, "id" | "stationId" | "path">) => ({
  subject: "VisitNotice",
  subjectId: id,
  stationId,
  path,
});

/** Notes that something happened to somebody; the rule of that month says by when they are to be visited. */
export async function noteEvent(
  tx: ScopedTx,
  { recordId, event, on }: { recordId: string; event: ContactEvent; on: LocalDate },
): Promise<VisitOutcome<{ id: string; dueOn: LocalDate }>> {
  const { cityId } = tx.scope;
  const row = await findPerson(tx, recordId);
  if (!row) return refused("not_found");
  if (on > today(tx)) return refused("date_in_future");
  if (on < row.activeFrom || (row.leftOn !== null && row.wayOut !== "died")) return refused("not_here");
  const [rule] = await tx.sql<{ days: number }[]>`
    select days from contact_rule
    where city_id = ${cityId} and every = ${`event_${event}`} and valid_from <= ${periodOf(on)}
      and (valid_to is null or valid_to >= ${periodOf(on)})
    order by days limit 1`;
  const id = newId();
  const dueOn = answeredBy(on, rule?.days ?? DEFAULT_DAYS);
  const { now, actor } = tx.caller;
  const noted = await tx.sql`
    insert into visit_notice (city_id, path, station_id, record_id, id, event, happened_on, due_on, noted_at, noted_by)
    values (${cityId}, ${row.path}, ${row.stationId}, ${recordId}, ${id}, ${event}, ${on}, ${dueOn},
      ${now.toISOString()}, ${actor.name})
    on conflict do nothing`;
  if (noted.count === 0) return refused("noted_already");
  await audit(tx, {
    action: "visit.notice",
    ...about({ id, stationId: row.stationId, path: row.path }),
    after: { event, on, dueOn },
  });
  return done({ id, dueOn });
}

/** A notice in scope, or null. */
export async function findNotice(tx: ScopedTx, id: string): Promise<Notice | null> {
  const [row] = await tx.sql<Notice[]>`
    select ${noticeColumns(tx)} from visit_notice n where n.city_id = ${tx.scope.cityId} and n.id = ${id}`;
  return row ?? null;
}

/** What happened to somebody, the latest first. */
export async function noticesOf(tx: ScopedTx, recordId: string): Promise<Notice[]> {
  const rows = await tx.sql<Notice[]>`
    select ${noticeColumns(tx)} from visit_notice n
    where n.city_id = ${tx.scope.cityId} and n.record_id = ${recordId}
    order by n.happened_on desc, n.id desc limit 50`;
  return [...rows];
}

/** A visit is no longer asked for, though none was made: noted wrongly, away, visited by others. */
export async function endNotice(
  tx: ScopedTx,
  { id, reason }: { id: string; reason: string },
): Promise<VisitOutcome<Notice>> {
  const row = await findNotice(tx, id);
  if (!row) return refused("not_found");
  const ended = await tx.sql`
    update visit_notice set ended_on = ${today(tx)}, ended_by = ${tx.caller.actor.name}, ended_reason = ${reason}
    where city_id = ${tx.scope.cityId} and id = ${id} and met_on is null and ended_on is null`;
  if (ended.count === 0) return refused("done");
  await audit(tx, {
    action: "visit.notice_end",
    ...about(row),
    before: { event: row.event, on: row.happenedOn },
  });
  return done(row);
}
