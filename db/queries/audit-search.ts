import { subtreeEnd } from "@muster/domain/station";
import type { ScopedTx } from "../scope";

/** An entry of the audit log as the search lists it. */
export interface AuditLine {
  id: string;
  at: Date;
  userName: string;
  role: string;
  stationId: number;
  stationName: string | null;
  action: string;
  subject: string;
  subjectId: string;
  ip: string;
  reference: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

export interface AuditFilter {
  from?: Date | undefined;
  /** Exclusive. */
  to?: Date | undefined;
  /** This station and all below it. */
  stationId?: number | undefined;
  /** Part of the person's name. */
  person?: string | undefined;
  /** A whole action (`report.submit`) or a group of them (`report`). */
  action?: string | undefined;
  subject?: string | undefined;
  /** A reference or a subject's id as a whole, or part of what was before or after. */
  q?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

interface AuditRow extends Omit<AuditLine, "at"> {
  at: string;
}

const toLine = ({ at, ...row }: AuditRow): AuditLine => ({ ...row, at: new Date(at) });

/**
 * Entries of the scope, newest first, page by page. A cursor that is none of ours, or a station out of scope, gives
 * an empty page.
 */
export async function searchAudit(
  tx: ScopedTx,
  filter: AuditFilter,
): Promise<{ items: AuditLine[]; next: string | null }> {
  const root = filter.stationId === undefined ? tx.scope.path : await pathOf(tx, filter.stationId);
  const before = filter.cursor === undefined ? null : parseCursor(filter.cursor);
  if (root === null || (filter.cursor !== undefined && before === null)) return { items: [], next: null };
  const { from, to, person, action, subject, q } = filter;
  const none = tx.sql``;
  const rows = await tx.sql<(AuditRow & { exact: string })[]>`
    select ${columns(tx)}, to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as exact
    from audit_log a
    left join station s on s.city_id = a.city_id and s.id = a.station_id
    where a.city_id = ${tx.scope.cityId}
      and a.path >= ${root} and a.path < ${subtreeEnd(root)}
      ${from ? tx.sql`and a.at >= ${from.toISOString()}` : none}
      ${to ? tx.sql`and a.at < ${to.toISOString()}` : none}
      ${person ? tx.sql`and position(lower(${person}) in lower(a.user_name)) > 0` : none}
      ${action ? tx.sql`and (a.action = ${action} or a.action ^@ ${`${action}.`})` : none}
      ${subject ? tx.sql`and a.subject = ${subject}` : none}
      ${
        q
          ? tx.sql`and (a.reference = ${q} or a.subject_id = ${q}
              or position(lower(${q}) in lower(coalesce(a.before::text, '') || coalesce(a.after::text, ''))) > 0)`
          : none
      }
      ${before ? tx.sql`and (a.at, a.id) < (${before.at}::timestamptz, ${before.id}::uuid)` : none}
    order by a.at desc, a.id desc
    limit ${filter.limit + 1}`;
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return {
    items: page.map(({ exact: _, ...row }) => toLine(row)),
    next: rows.length > filter.limit && last ? `${last.exact}~${last.id}` : null,
  };
}

/** One entry of the scope; null when it is not there or not in scope. */
export async function findAuditEntry(tx: ScopedTx, id: string): Promise<AuditLine | null> {
  const [row] = await tx.sql<AuditRow[]>`
    select ${columns(tx)}
    from audit_log a
    left join station s on s.city_id = a.city_id and s.id = a.station_id
    where a.city_id = ${tx.scope.cityId} and a.id = ${id}`;
  return row ? toLine(row) : null;
}

function columns(tx: ScopedTx) {
  return tx.sql`a.id, a.at, a.user_name as "userName", a.role, a.station_id as "stationId", s.name as "stationName",
    a.action, a.subject, a.subject_id as "subjectId", a.ip, a.reference, a.before, a.after`;
}

function parseCursor(text: string): { at: string; id: string } | null {
  const found =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)~([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/.exec(
      text,
    );
  return found?.[1] && found[2] && !Number.isNaN(Date.parse(found[1]))
    ? { at: found[1], id: found[2] }
    : null;
}

async function pathOf(tx: ScopedTx, stationId: number): Promise<string | null> {
  const [row] = await tx.sql<{ path: string }[]>`
    select path from station where city_id = ${tx.scope.cityId} and id = ${stationId}`;
  return row?.path ?? null;
}

/** Names of what entries speak of, by number or id; what is out of scope is not in them. */
export interface AuditNames {
  stations: ReadonlyMap<number, string>;
  /** By the account's id and by those of the person's roles. */
  people: ReadonlyMap<string, string>;
}

/** Looks up the names of stations and people in the scope. Ids that are none are looked for in vain. */
export async function auditNames(
  tx: ScopedTx,
  asked: { stations: readonly number[]; people: readonly string[] },
): Promise<AuditNames> {
  const stationIds = [...new Set(asked.stations)];
  const ids = [...new Set(asked.people)];
  const stations = stationIds.length
    ? await tx.sql<{ id: number; name: string }[]>`
        select id, name from station
        where city_id = ${tx.scope.cityId} and id = any(${stationIds}::bigint[])`
    : [];
  const people = ids.length
    ? await tx.sql<{ id: string; userId: string; name: string }[]>`
        select id, user_id as "userId", name from membership
        where city_id = ${tx.scope.cityId} and (id = any(${ids}::uuid[]) or user_id = any(${ids}::uuid[]))`
    : [];
  return {
    stations: new Map(stations.map(({ id, name }) => [Number(id), name])),
    people: new Map(people.flatMap(({ id, userId, name }) => [[id, name] as const, [userId, name] as const])),
  };
}
