import type { Kind, Level, StationPath } from "@muster/domain/station";
import type { Ancestor } from "../../schema/station";
import type { ScopedTx } from "../../scope";
import { type StationRow, stationColumns } from "./row";

/** A station in a list. */
export interface StationLine {
  id: number;
  code: string;
  name: string;
  level: Level;
  kind: Kind;
  path: StationPath;
  parentId: number | null;
  ancestors: Ancestor[];
  required: boolean;
  status: "open" | "closed";
  mergedInto: number | null;
  /** Open stations directly below. */
  children: number;
  /** Closed ones directly below, merged ones included. */
  closedChildren: number;
  /** People with a role here whose account can sign in. */
  people: number;
}

export interface StationFilter {
  /** Words of name, code, pinyin or initials; every word must occur. */
  q?: string;
  level?: Level;
  kind?: Kind;
  status?: "open" | "closed";
  /** Only the direct children of this station. */
  parentId?: number;
  limit: number;
  offset?: number;
}

function lineColumns(tx: ScopedTx) {
  const { cityId } = tx.scope;
  return tx.sql`
    s.id, s.code, s.name, s.level, s.kind, s.path, s.parent_id as "parentId", s.ancestors, s.required,
    case when s.closed_on is null then 'open' else 'closed' end as status, s.merged_into as "mergedInto",
    (select count(*) from station c where c.city_id = ${cityId} and c.parent_id = s.id and c.closed_on is null)::int as children,
    (select count(*) from station c where c.city_id = ${cityId} and c.parent_id = s.id and c.closed_on is not null)::int
      as "closedChildren",
    (select count(*) from membership m where m.city_id = ${cityId} and m.path = s.path and m.station_id = s.id
      and m.ended_at is null and not m.suspended)::int as people`;
}

/** Longest search text that is looked at; a code has 12 digits, a name rarely more than 20 characters. */
const LONGEST_SEARCH = 60;

/** Search words as they are stored: lower case, full-width forms as half-width ones. */
export function searchWords(q: string): string[] {
  return q.normalize("NFKC").toLowerCase().slice(0, LONGEST_SEARCH).split(/\s+/).filter(Boolean).slice(0, 6);
}

/** ü is typed as v. */
function spellings(word: string): string[] {
  const umlaut = word.replace(/([nl])v/g, "$1ü");
  return umlaut === word ? [word] : [word, umlaut];
}

/**
 * Stations in scope that fit a filter, the best matches of a search first, with the number of all that fit.
 * A few thousand rows of one city are looked through: the search text needs no index.
 */
export async function listStations(
  tx: ScopedTx,
  { q = "", level, kind, status, parentId, limit, offset = 0 }: StationFilter,
): Promise<{ lines: StationLine[]; total: number }> {
  const words = searchWords(q);
  const [first = ""] = words;
  const conditions = tx.sql`
    s.city_id = ${tx.scope.cityId}
    ${level ? tx.sql`and s.level = ${level}` : tx.sql``}
    ${kind ? tx.sql`and s.kind = ${kind}` : tx.sql``}
    ${status ? tx.sql`and s.closed_on is ${status === "open" ? tx.sql`null` : tx.sql`not null`}` : tx.sql``}
    ${parentId ? tx.sql`and s.parent_id = ${parentId}` : tx.sql``}
    ${words.reduce(
      (all, word) =>
        tx.sql`${all} and exists (select from unnest(${spellings(word)}::text[]) w where position(w in s.search) > 0)`,
      tx.sql``,
    )}`;
  const lines = await tx.sql<StationLine[]>`
    with found as (
      select s.* from station s where ${conditions}
      order by case
          when ${first} = '' then 0
          when s.code = ${first} or lower(s.name) = ${first} then 0
          when lower(s.name) ^@ ${first} or s.code ^@ ${first} then 1
          when position(${` ${first}`} in s.search) > 0 then 2
          else 3 end,
        case s.level when 'city' then 0 when 'district' then 1 when 'town' then 2 else 3 end, s.sort, s.code, s.id
      limit ${limit} offset ${offset})
    select ${lineColumns(tx)} from found s
    order by case
        when ${first} = '' then 0
        when s.code = ${first} or lower(s.name) = ${first} then 0
        when lower(s.name) ^@ ${first} or s.code ^@ ${first} then 1
        when position(${` ${first}`} in s.search) > 0 then 2
        else 3 end,
      case s.level when 'city' then 0 when 'district' then 1 when 'town' then 2 else 3 end, s.sort, s.code, s.id`;
  const [count] = await tx.sql<{ total: number }[]>`
    select count(*)::int as total from station s where ${conditions}`;
  return { lines: [...lines], total: count?.total ?? 0 };
}

/** The station the scope begins with: the root of the tree its people see. */
export async function rootStation(tx: ScopedTx): Promise<StationRow | null> {
  const [row] = await tx.sql<StationRow[]>`
    select ${stationColumns(tx)} from station s where s.city_id = ${tx.scope.cityId} and s.path = ${tx.scope.path}`;
  return row ?? null;
}

/** The root of the scope and, level by level, the children of each station that is unfolded. */
export async function stationTree(
  tx: ScopedTx,
  unfolded: readonly number[],
  { closed }: { closed: boolean },
): Promise<StationLine[]> {
  const { cityId, path } = tx.scope;
  const lines = await tx.sql<StationLine[]>`
    select ${lineColumns(tx)} from station s
    where s.city_id = ${cityId}
      and (s.path = ${path} or s.parent_id = any(${[...unfolded]}::bigint[])
        ${closed ? tx.sql`` : tx.sql`and s.closed_on is null`})
    order by s.sort, s.code, s.id`;
  return inTreeOrder(lines, path);
}

/** Depth first: each station is followed by what hangs below it. Branches whose stem is folded are left out. */
function inTreeOrder(lines: readonly StationLine[], root: StationPath): StationLine[] {
  const below = new Map<number, StationLine[]>();
  for (const line of lines) {
    if (line.path === root || line.parentId === null) continue;
    below.set(line.parentId, [...(below.get(line.parentId) ?? []), line]);
  }
  const ordered: StationLine[] = [];
  const stack = lines.filter((line) => line.path === root);
  for (let line = stack.pop(); line; line = stack.pop()) {
    ordered.push(line);
    stack.push(...(below.get(line.id) ?? []).toReversed());
  }
  return ordered;
}

/** How many stations of each level are open in scope, and how many are closed. */
export async function stationCounts(
  tx: ScopedTx,
): Promise<{ level: Level; kind: Kind; open: number; closed: number }[]> {
  const rows = await tx.sql<{ level: Level; kind: Kind; open: number; closed: number }[]>`
    select level, kind, (count(*) filter (where closed_on is null))::int as open,
      (count(*) filter (where closed_on is not null))::int as closed
    from station where city_id = ${tx.scope.cityId} group by level, kind`;
  return [...rows];
}

/**
 * Open stations below which a station of this level and kind may stand, for choosing a parent. Leaves out what
 * hangs below `except`.
 */
export async function possibleParents(
  tx: ScopedTx,
  { level, kind, except }: { level: Level; kind: Kind; except: StationPath | null },
): Promise<{ id: number; name: string; level: Level; ancestors: Ancestor[] }[]> {
  const rows = await tx.sql<{ id: number; name: string; level: Level; ancestors: Ancestor[] }[]>`
    select s.id, s.name, s.level, s.ancestors from station s
    where s.city_id = ${tx.scope.cityId} and s.closed_on is null
      and ${parentRule(tx, level, kind)}
      ${except ? tx.sql`and not s.path ^@ ${except}` : tx.sql``}
    order by s.path, s.sort, s.code`;
  return [...rows];
}

/** domain's allowedBelow, seen from the child. */
function parentRule(tx: ScopedTx, level: Level, kind: Kind) {
  if (kind === "service_point") return tx.sql`s.kind = 'cadre_home'`;
  if (level === "village") return tx.sql`s.kind = 'station' and s.level = 'town'`;
  if (level === "town") return tx.sql`s.kind = 'station' and s.level in ('city', 'district')`;
  if (level === "district") return tx.sql`s.level = 'city'`;
  return tx.sql`false`;
}

/** Open stations of the same level and kind, for choosing what a station is merged into; its siblings first. */
export async function possibleTargets(
  tx: ScopedTx,
  station: StationRow,
): Promise<{ id: number; name: string; level: Level; ancestors: Ancestor[] }[]> {
  const rows = await tx.sql<{ id: number; name: string; level: Level; ancestors: Ancestor[] }[]>`
    select s.id, s.name, s.level, s.ancestors from station s
    where s.city_id = ${tx.scope.cityId} and s.closed_on is null and s.level = ${station.level}
      and s.kind = ${station.kind} and s.id <> ${station.id}
    order by s.parent_id is distinct from ${station.parentId}, s.path, s.sort, s.code`;
  return [...rows];
}
