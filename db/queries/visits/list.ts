import { firstDay, type LocalDate, lastDay, type Period } from "@muster/domain/period";
import type { StationPath } from "@muster/domain/station";
import type { Channel, Occasion } from "@muster/domain/visit";
import type { ScopedTx } from "../../scope";
import { countedUpTo } from "../registers/counted";
import { inPlace } from "../registers/place";
import { conditionOf } from "../registers/statement";
import { today } from "../stations/row";
import { type CountedVisits, VISIT_CONDITIONS } from "./figures";
import { type VisitRow, visitColumns } from "./row";

/** What a list of visits asks for; what is left out does not matter. */
export interface VisitFilter {
  /** A station with everything below it. */
  path?: StationPath;
  stationId?: number;
  /** Of this human being, whatever their records. */
  personId?: string;
  channel?: Channel;
  occasion?: Occasion;
  month?: Period;
  /** Something is still to follow; `late`: it should have by today. */
  follow?: "open" | "late";
  /** Void visits too; they are left out otherwise. */
  void?: boolean;
  /** Only what a figure of the monthly report counts. */
  counted?: { figure: CountedVisits; period: Period };
}

/** Where a page of the list begins or ends. */
export interface VisitCursor {
  heldOn: LocalDate;
  id: string;
}

/** A line of the list. */
export interface VisitLine extends Omit<VisitRow, "content"> {
  stationName: string;
  /** The first of those visited, by name; `people` says how many there are. */
  names: string[];
}

function conditionsOf(tx: ScopedTx, filter: VisitFilter) {
  const { cityId } = tx.scope;
  const all = [tx.sql`v.city_id = ${cityId}`];
  const { path, stationId, personId, channel, occasion, month, follow, counted } = filter;
  if (stationId) all.push(tx.sql`v.station_id = ${stationId}`);
  else all.push(inPlace(tx, "v.path", path));
  if (personId) {
    all.push(tx.sql`v.id in (select vp.visit_id from visit_person vp
      join person p on p.city_id = ${cityId} and p.id = vp.record_id
      where vp.city_id = ${cityId} and p.person_id = ${personId})`);
  }
  if (counted) {
    all.push(tx.sql`v.id in (select vp.visit_id from visit_person vp where vp.city_id = ${cityId}
      and ${conditionOf(tx, VISIT_CONDITIONS[counted.figure], counted.period)})`);
    all.push(tx.sql`v.held_on between ${firstDay(counted.period)} and ${lastDay(counted.period)}`);
  } else if (!filter.void) all.push(tx.sql`v.void_on is null`);
  if (channel) all.push(tx.sql`v.channel = ${channel}`);
  if (occasion) all.push(tx.sql`v.occasion = ${occasion}`);
  if (month) all.push(tx.sql`v.held_on between ${firstDay(month)} and ${lastDay(month)}`);
  if (follow) {
    all.push(tx.sql`v.follow_on is not null and v.followed_on is null and v.void_on is null`);
    if (follow === "late") all.push(tx.sql`v.follow_on <= ${today(tx)}`);
  }
  return all.reduce((both, one) => tx.sql`${both} and ${one}`);
}

/** One page of visits, the latest first, and how many there are, up to one more than countedUpTo. */
export async function listVisits(
  tx: ScopedTx,
  {
    filter,
    limit,
    after,
    before,
  }: { filter: VisitFilter; limit: number; after?: VisitCursor; before?: VisitCursor },
): Promise<{ lines: VisitLine[]; total: number; more: boolean }> {
  const { cityId } = tx.scope;
  const where = conditionsOf(tx, filter);
  const edge = after
    ? tx.sql`and (v.held_on, v.id) < (${after.heldOn}::date, ${after.id}::uuid)`
    : before
      ? tx.sql`and (v.held_on, v.id) > (${before.heldOn}::date, ${before.id}::uuid)`
      : tx.sql``;
  const backwards = before !== undefined && after === undefined;
  const order = backwards ? tx.sql`v.held_on, v.id` : tx.sql`v.held_on desc, v.id desc`;
  const [lines, [count]] = await Promise.all([
    tx.sql<VisitLine[]>`
      with found as (select v.* from visit v where ${where} ${edge} order by ${order} limit ${limit + 1})
      select ${visitColumns(tx)}, s.name as "stationName", array(
          select p.name from visit_person vp join person p on p.city_id = ${cityId} and p.id = vp.record_id
          where vp.city_id = ${cityId} and vp.visit_id = v.id order by p.pinyin, p.id limit 3) as names
      from found v join station s on s.city_id = ${cityId} and s.id = v.station_id
      order by v.held_on desc, v.id desc`,
    tx.sql<{ total: number }[]>`
      select count(*)::int as total from (select from visit v where ${where} limit ${countedUpTo(filter) + 1}) f`,
  ]);
  const more = lines.length > limit;
  const shown = more ? (backwards ? lines.slice(1) : lines.slice(0, limit)) : [...lines];
  return { lines: shown, total: count?.total ?? 0, more };
}

/** Visits at a station whose follow-up is still to be done, and how many of them should be by today. */
export async function openFollowUps(
  tx: ScopedTx,
  stationId: number,
): Promise<{ count: number; late: number; first: LocalDate | null }> {
  const [row] = await tx.sql<{ count: number; late: number; first: LocalDate | null }[]>`
    select count(*)::int as count, (count(*) filter (where follow_on <= ${today(tx)}))::int as late,
      min(follow_on) as first
    from visit where city_id = ${tx.scope.cityId} and station_id = ${stationId}
      and follow_on is not null and followed_on is null and void_on is null`;
  return row ?? { count: 0, late: 0, first: null };
}
