import type { LocalDate } from "@muster/domain/period";
import type { Employment } from "@muster/domain/staff";
import { type StationPath, subtreeEnd } from "@muster/domain/station";
import type { ScopedTx } from "../../scope";
import { holdsOn, type RosterLine, staffColumns } from "./row";

export const STAFF_MARKS = ["head", "secretary", "veteran"] as const;
export type StaffMark = (typeof STAFF_MARKS)[number];

/** What a list of staff asks for; what is left out does not matter. */
export interface StaffFilter {
  /** A station with everything below it. */
  path: StationPath;
  /** Who serves on this day. */
  on: LocalDate;
  /** Part of a name or a post. */
  q?: string;
  employment?: Employment;
  mark?: StaffMark;
}

/** Where a page of the list begins or ends: behind this line, or before it. */
export interface StaffEdge {
  path: string;
  name: string;
  id: string;
}

/** Further lines are not counted: "more than 10,000" says enough. */
export const MOST_STAFF_COUNTED = 10_000;

/** Who serves in a subtree, as a condition on `staff f`. */
function servingIn(tx: ScopedTx, { path, on }: Pick<StaffFilter, "path" | "on">) {
  return tx.sql`f.city_id = ${tx.scope.cityId} and f.path >= ${path} and f.path < ${subtreeEnd(path)}
    and ${holdsOn(tx, "f", on)}`;
}

function conditionsOf(tx: ScopedTx, { q, employment, mark, ...place }: StaffFilter) {
  const all = [servingIn(tx, place)];
  if (employment) all.push(tx.sql`f.employment = ${employment}`);
  if (mark) all.push(tx.sql`f.${tx.sql(mark)}`);
  if (q) all.push(tx.sql`(position(${q} in f.name) > 0 or position(${q} in f.post) > 0)`);
  return all.reduce((both, one) => tx.sql`${both} and ${one}`);
}

/** One page of the staff of a subtree, station by station, and how many there are, up to MOST_STAFF_COUNTED + 1. */
export async function listStaff(
  tx: ScopedTx,
  {
    filter,
    limit,
    after,
    before,
  }: { filter: StaffFilter; limit: number; after?: StaffEdge; before?: StaffEdge },
): Promise<{ lines: RosterLine[]; total: number; more: boolean }> {
  const where = conditionsOf(tx, filter);
  const backwards = before !== undefined && after === undefined;
  const edge = after ?? before;
  const behind = edge
    ? tx.sql`and (f.path, f.name, f.id) ${tx.sql.unsafe(backwards ? "<" : ">")}
        (${edge.path}, ${edge.name}, ${edge.id}::uuid)`
    : tx.sql``;
  const order = backwards ? tx.sql`f.path desc, f.name desc, f.id desc` : tx.sql`f.path, f.name, f.id`;
  const found = await tx.sql<RosterLine[]>`
    with f as (select f.* from staff f where ${where} ${behind} order by ${order} limit ${limit + 1})
    select ${staffColumns(tx)}, s.name as "stationName" from f
    join station s on s.city_id = ${tx.scope.cityId} and s.id = f.station_id
    order by f.path, f.name, f.id`;
  const [count] = await tx.sql<{ total: number }[]>`
    select count(*)::int as total from (select from staff f where ${where} limit ${MOST_STAFF_COUNTED + 1}) f`;
  const more = found.length > limit;
  const lines = more ? (backwards ? found.slice(1) : found.slice(0, limit)) : [...found];
  return { lines, total: count?.total ?? 0, more };
}

/** How many serve in a subtree on a day, and as what. */
export type StaffNumbers = Record<Employment | StaffMark | "all", number>;

/** The staff of a subtree in numbers. */
export async function staffNumbers(
  tx: ScopedTx,
  place: Pick<StaffFilter, "path" | "on">,
): Promise<StaffNumbers> {
  const [row] = await tx.sql<StaffNumbers[]>`
    select count(*)::int as "all",
      (count(*) filter (where f.employment = 'full_time'))::int as full_time,
      (count(*) filter (where f.employment = 'part_time'))::int as part_time,
      (count(*) filter (where f.employment = 'concurrent'))::int as concurrent,
      (count(*) filter (where f.head))::int as head,
      (count(*) filter (where f.secretary))::int as secretary,
      (count(*) filter (where f.veteran))::int as veteran
    from staff f where ${servingIn(tx, place)}`;
  if (!row) throw new Error("an aggregate without a row");
  return row;
}
