import { addDays, countedDays, type LocalDate, type Period, periodOf } from "@muster/domain/period";
import { type StationPath, subtreeEnd } from "@muster/domain/station";
import { type ContactEvent, DUE_SOON_DAYS, type Every } from "@muster/domain/visit";
import type { ScopedTx } from "../../scope";
import { conditionOf } from "../registers/statement";
import { today } from "../stations/row";
import { DUE_TABLES } from "./due-sql";

/** Nobody looks through more of them on one page; towns and villages have their own. */
export const MOST_DUE = 500;
/** A list of what is due goes through everybody: above so many people it is asked town by town. */
export const MOST_ASKED = 20_000;

/** Somebody to whom something is due. */
export interface DueLine {
  recordId: string;
  stationId: number;
  stationName: string;
  path: StationPath;
  name: string;
  bornOn: LocalDate;
  /** The rule's code; null for a notice. */
  rule: string | null;
  every: Every;
  ruleZh: string | null;
  ruleEn: string | null;
  /** The last contact of the kind that is asked for. */
  lastOn: LocalDate | null;
  dueOn: LocalDate;
  noticeId: string | null;
  workerId: string | null;
  worker: string | null;
}

/** What a list of what is due asks for. */
export interface DueFilter {
  path: StationPath;
  workerId?: string;
  /** Only what should have been done before today. */
  overdue?: boolean;
  /** Instead of today: the people behind the figure of a month (C05), each once, of this station alone with `own`. */
  figure?: { period: Period; own: boolean };
}

function dueTables(tx: ScopedTx, path: StationPath, period: Period, own = false) {
  const { cityId } = tx.scope;
  return tx.sql`with place as (
    select s.id from station s where s.city_id = ${cityId}
      and ${own ? tx.sql`s.path = ${path}` : tx.sql`s.path >= ${path} and s.path < ${subtreeEnd(path)}`}),
    ${conditionOf(tx, DUE_TABLES, period)}`;
}

/** How many people the archives of a subtree have today, up to a limit. */
export async function peopleBelow(tx: ScopedTx, path: StationPath): Promise<number> {
  const [row] = await tx.sql<{ people: number }[]>`
    select count(*)::int as people from (
      select from person p where p.city_id = ${tx.scope.cityId} and p.path >= ${path} and p.path < ${subtreeEnd(path)}
        and p.left_on is null
      limit ${MOST_ASKED + 1}) f`;
  return row?.people ?? 0;
}

/**
 * What is due in the subtree of a path, today or within a week, the longest overdue first; at most MOST_DUE lines.
 * Null where more people live than one list should go through.
 */
export async function dueList(
  tx: ScopedTx,
  { path, workerId, overdue = false, figure }: DueFilter,
): Promise<{ lines: DueLine[]; total: number; overdue: number } | null> {
  if ((await peopleBelow(tx, path)) > MOST_ASKED) return null;
  const { cityId } = tx.scope;
  const period = figure?.period ?? periodOf(today(tx));
  const day = figure ? countedDays(period, today(tx)).to : today(tx);
  const until = figure ? day : overdue ? addDays(day, -1) : addDays(day, DUE_SOON_DAYS);
  const rows = await tx.sql<(DueLine & { total: number; overdue: number })[]>`
    ${dueTables(tx, path, period, figure?.own)}
    select due.id as "recordId", due.station_id as "stationId", s.name as "stationName", s.path, p.name,
      p.born_on as "bornOn", due.code as rule, due.every, r.name_zh as "ruleZh", r.name_en as "ruleEn",
      due.last_on as "lastOn", due.due_on as "dueOn", due.notice_id as "noticeId",
      d.worker_id as "workerId", d.worker,
      (count(*) over ())::int as total, (count(*) filter (where due.due_on < ${day}) over ())::int as overdue
    from ${figure ? tx.sql`(select distinct on (station_id, person_id) * from due where due_on <= ${until} order by station_id, person_id, due_on, code) due` : tx.sql`due`}
    join person p on p.city_id = ${cityId} and p.id = due.id
    join station s on s.city_id = ${cityId} and s.id = due.station_id
    left join visit_duty d on d.city_id = ${cityId} and d.record_id = due.id
    left join lateral (
      select r.name_zh, r.name_en from contact_rule r
      where r.city_id = ${cityId} and r.code = due.code and r.valid_from <= ${period}
      order by r.valid_from desc limit 1) r on true
    where due.due_on <= ${until}
      ${workerId ? tx.sql`and d.worker_id = ${workerId}` : tx.sql``}
    order by due.due_on, p.pinyin, due.id, due.code
    limit ${MOST_DUE}`;
  const [first] = rows;
  return {
    lines: rows.map(({ total: _, overdue: __, ...line }) => line),
    total: first?.total ?? 0,
    overdue: first?.overdue ?? 0,
  };
}

/** How many people of one station are due within a week, and how many of them since before today. */
export async function dueAt(tx: ScopedTx, stationId: number): Promise<{ people: number; overdue: number }> {
  const day = today(tx);
  const [row] = await tx.sql<{ people: number; overdue: number }[]>`
    with place as (select ${stationId}::bigint as id), ${conditionOf(tx, DUE_TABLES, periodOf(day))}
    select count(distinct due.person_id)::int as people,
      (count(distinct due.person_id) filter (where due.due_on < ${day}))::int as overdue
    from due where due.due_on <= ${addDays(day, DUE_SOON_DAYS)}`;
  return row ?? { people: 0, overdue: 0 };
}

/** What is due to one person, whatever their day. */
export async function dueOf(
  tx: ScopedTx,
  { stationId, recordId }: { stationId: number; recordId: string },
): Promise<
  {
    code: string | null;
    every: Every;
    event: ContactEvent | null;
    dueOn: LocalDate;
    lastOn: LocalDate | null;
    ruleZh: string | null;
    ruleEn: string | null;
  }[]
> {
  const { cityId } = tx.scope;
  const day = today(tx);
  const rows = await tx.sql<
    {
      code: string | null;
      every: Every;
      dueOn: LocalDate;
      lastOn: LocalDate | null;
      ruleZh: string | null;
      ruleEn: string | null;
    }[]
  >`
    with place as (select ${stationId}::bigint as id), ${conditionOf(tx, DUE_TABLES, periodOf(day))}
    select due.code, due.every, due.due_on as "dueOn", due.last_on as "lastOn", r.name_zh as "ruleZh",
      r.name_en as "ruleEn"
    from due left join lateral (
      select r.name_zh, r.name_en from contact_rule r
      where r.city_id = ${cityId} and r.code = due.code and r.valid_from <= ${periodOf(day)}
      order by r.valid_from desc limit 1) r on true
    where due.id = ${recordId} order by due.due_on, due.code`;
  return rows.map((row) => ({
    ...row,
    event: row.every.startsWith("event_") ? (row.every.slice(6) as ContactEvent) : null,
  }));
}

/** Stations of a subtree with how many people are due there, the most overdue first. */
export async function dueByStation(
  tx: ScopedTx,
  path: StationPath,
): Promise<{ stationId: number; name: string; people: number; overdue: number }[] | null> {
  if ((await peopleBelow(tx, path)) > MOST_ASKED) return null;
  const { cityId } = tx.scope;
  const day = today(tx);
  const rows = await tx.sql<{ stationId: number; name: string; people: number; overdue: number }[]>`
    ${dueTables(tx, path, periodOf(day))}
    select s.id as "stationId", s.name, count(distinct due.person_id)::int as people,
      (count(distinct due.person_id) filter (where due.due_on < ${day}))::int as overdue
    from due join station s on s.city_id = ${cityId} and s.id = due.station_id
    where due.due_on <= ${addDays(day, DUE_SOON_DAYS)}
    group by s.id, s.name, s.sort order by overdue desc, people desc, s.sort, s.id limit 200`;
  return [...rows];
}
