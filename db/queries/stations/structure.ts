import { type LocalDate, type Period, periodOf } from "@muster/domain/period";
import { allowedBelow, childPath, type StationPath, within } from "@muster/domain/station";
import type { ScopedTx } from "../../scope";
import { audit } from "../audit";
import { about, ancestryBelow, lineOf } from "./edit";
import {
  applyBegin,
  applyEnd,
  applyFollow,
  closeLeftBehind,
  hangingMonth,
  lockedSince,
  type MonthChange,
  planBegin,
  planEnd,
  planFollow,
} from "./months";
import { done, refused, type StationOutcome } from "./outcome";
import { holdReports, rewriteAncestors, rewritePaths } from "./paths";
import { findStation, lockHierarchy, recordEvent, refuseDay, type StationRow, stationColumns } from "./row";

/** What closing, reopening, moving or merging a station changes. The command applies exactly this. */
export interface StructurePlan {
  station: StationRow;
  /** The new parent, or the station merged into; null when the place does not change. */
  target: StationRow | null;
  /** Stations whose place changes, the station itself included; 0 when none does. */
  stations: number;
  /** Open children that come under the target: only a merge has any. */
  children: { id: number; name: string }[];
  /** Roles that come along, and roles that end. */
  people: { moving: number; ending: { name: string; role: string }[] };
  /** Open invitations that are withdrawn. */
  invitations: number;
  /** Reports that other people see from now on: those above the old place no longer, those above the new one. */
  reports: number;
  months: MonthChange[];
}

export interface Closing {
  stationId: number;
  version: number;
  /** First day on which it no longer stands. */
  on: LocalDate;
}

type Planned = Promise<StationOutcome<StructurePlan>>;

/** What closing a station changes, or why it cannot be closed. */
export async function previewClose(
  tx: ScopedTx,
  { stationId, on }: Pick<Closing, "stationId" | "on">,
): Planned {
  const station = await findStation(tx, stationId);
  if (!station) return refused("not_found");
  const wrong = (await refuseEnd(tx, station, on)) ?? (await refuseChildren(tx, station));
  if (wrong) return wrong;
  return done({
    ...planOf(station),
    invitations: await invitationsOf(tx, station.id),
    months: await planEnd(tx, station, periodOf(on)),
  });
}

/** Closes a station. What it filed stays; an open month it never filed is no longer expected of it. */
export async function closeStation(tx: ScopedTx, input: Closing): Planned {
  await lockHierarchy(tx);
  const plan = await previewClose(tx, input);
  if (!plan.ok) return plan;
  const { station } = plan.value;
  const changed = await tx.sql`
    update station set closed_on = ${input.on}, version = version + 1
    where city_id = ${tx.scope.cityId} and id = ${station.id} and version = ${input.version}`;
  if (changed.count === 0) return refused("changed_meanwhile");
  await holdReports(tx, station.path);
  await withdrawInvitations(tx, station.id);
  await recordEvent(tx, station, "close", input.on, {});
  await audit(tx, { action: "station.close", ...about(station), after: { on: input.on } });
  await applyEnd(tx, station, periodOf(input.on));
  return plan;
}

/** What reopening a closed station changes, or why it cannot be reopened. */
export async function previewReopen(
  tx: ScopedTx,
  { stationId, on }: Pick<Closing, "stationId" | "on">,
): Planned {
  const station = await findStation(tx, stationId);
  if (!station) return refused("not_found");
  if (!station.closedOn) return refused("not_closed");
  if (station.mergedInto) return refused("merged");
  const own = refuseOwn(tx, station);
  if (own) return own;
  const wrongDay = refuseDay(tx, on, station.openSince);
  if (wrongDay) return wrongDay;
  if (on < station.closedOn) return refused("date_before_opening", { openedOn: station.closedOn });
  const parent = station.parentId ? await findStation(tx, station.parentId) : null;
  if (!parent) return refused("not_found");
  if (parent.closedOn) return refused("parent_closed");
  return done({
    ...planOf(station),
    months: await planBegin(tx, station, parent.id, periodOf(on)),
  });
}

/**
 * Reopens a closed station: from that day's month on it files again, as far as months are still open. The days in
 * between stay closed: no month that ended in them is ever expected.
 */
export async function reopenStation(tx: ScopedTx, input: Closing): Planned {
  await lockHierarchy(tx);
  const plan = await previewReopen(tx, input);
  if (!plan.ok) return plan;
  const { station } = plan.value;
  const changed = await tx.sql`
    update station set closed_on = null, version = version + 1,
      closed_spans = closed_spans + datemultirange(daterange(closed_on, ${input.on}::date))
    where city_id = ${tx.scope.cityId} and id = ${station.id} and version = ${input.version}`;
  if (changed.count === 0) return refused("changed_meanwhile");
  await recordEvent(tx, station, "reopen", input.on, { closedOn: station.closedOn });
  await audit(tx, {
    action: "station.reopen",
    ...about(station),
    before: { closedOn: station.closedOn },
    after: { on: input.on },
  });
  if (station.parentId) await applyBegin(tx, station, station.parentId, periodOf(input.on));
  return plan;
}

export interface Move {
  stationId: number;
  version: number;
  parentId: number;
  on: LocalDate;
}

/** What moving a station below another parent changes, or why it cannot stand there. */
export async function previewMove(tx: ScopedTx, { stationId, parentId, on }: Omit<Move, "version">): Planned {
  const [station, target] = await Promise.all([findStation(tx, stationId), findStation(tx, parentId)]);
  if (!station || !target) return refused("not_found");
  const own = refuseOwn(tx, station);
  if (own) return own;
  if (station.closedOn) return refused("already_closed");
  if (target.closedOn) return refused("target_closed");
  if (target.id === station.parentId) return refused("same_parent");
  if (within(station.path, target.path)) return refused("below_itself");
  const fits = allowedBelow(target.level, target.kind).some(
    (c) => c.level === station.level && c.kind === station.kind,
  );
  if (!fits) return refused("not_allowed_below");
  const from = periodOf(on);
  const wrong =
    refuseDay(tx, on, station.openSince) ??
    refuseDay(tx, on, target.openSince) ??
    (await refuseHanging(tx, station, target.id, from));
  if (wrong) return wrong;
  return done({
    ...planOf(station),
    ...(await subtreeCounts(tx, station.path)),
    target,
    months: await planFollow(tx, station, target.id, from),
  });
}

/**
 * Moves a station and everything below it. Who sees its rows follows at once; months that the city has locked keep
 * the parent they were reported to, open ones follow as the preview says. Whatever stays counts where it was reported;
 * should the city open it again, the new parent decides. Needs a scope that holds both parents.
 */
export async function moveStation(tx: ScopedTx, input: Move): Planned {
  await lockHierarchy(tx);
  const plan = await previewMove(tx, input);
  if (!plan.ok) return plan;
  const { station, target } = plan.value;
  if (!target) return refused("not_found");
  const changed = await tx.sql`
    update station set version = version + 1
    where city_id = ${tx.scope.cityId} and id = ${station.id} and version = ${input.version}`;
  if (changed.count === 0) return refused("changed_meanwhile");
  await holdReports(tx, station.path);
  await relocate(tx, station, target, periodOf(input.on));
  await recordMove(tx, station, target, input.on);
  return plan;
}

/** Puts a subtree below another parent, and its open months from a period on (null: no month). */
async function relocate(
  tx: ScopedTx,
  station: StationRow,
  target: StationRow,
  from: Period | null,
): Promise<StationPath> {
  const path = childPath(target.path, station.id);
  if (from) await applyFollow(tx, station.id, target.id, from);
  await rewritePaths(tx, station.path, path);
  await tx.sql`
    update station set parent_id = ${target.id} where city_id = ${tx.scope.cityId} and id = ${station.id}`;
  await rewriteAncestors(tx, path, station.ancestors.length, ancestryBelow(target));
  await closeLeftBehind(tx, station.id);
  return path;
}

async function recordMove(
  tx: ScopedTx,
  station: StationRow,
  target: StationRow,
  on: LocalDate,
): Promise<void> {
  const moved = { id: station.id, path: childPath(target.path, station.id) };
  const parent = station.ancestors.at(-1);
  await recordEvent(tx, moved, "move", on, {
    from: parent ? lineOf(parent) : null,
    to: lineOf(target),
  });
  await audit(tx, {
    action: "station.move",
    ...about(moved),
    before: { parentId: station.parentId, path: station.path },
    after: { parentId: target.id, path: moved.path, on },
  });
}

export interface Merge {
  stationId: number;
  version: number;
  /** The station that goes on. */
  intoId: number;
  on: LocalDate;
}

/** What merging a station into another changes, or why it cannot be merged. */
export async function previewMerge(tx: ScopedTx, { stationId, intoId, on }: Omit<Merge, "version">): Planned {
  const [station, target] = await Promise.all([findStation(tx, stationId), findStation(tx, intoId)]);
  if (!station || !target) return refused("not_found");
  if (station.id === target.id) return refused("same_station");
  if (within(station.path, target.path)) return refused("below_itself");
  if (station.level !== target.level || station.kind !== target.kind) return refused("other_level");
  if (target.closedOn) return refused("target_closed");
  const wrong = (await refuseEnd(tx, station, on)) ?? refuseDay(tx, on, target.openSince);
  if (wrong) return wrong;
  const from = periodOf(on);
  const above = target.parentId ?? 0;
  const ownHangs = await refuseHanging(tx, station, above, from, { ending: true });
  if (ownHangs) return ownHangs;
  const children = await openChildren(tx, station.id);
  const followed: MonthChange[] = [];
  for (const child of children) {
    const hangs = await refuseHanging(tx, child, target.id, from);
    if (hangs) return hangs;
    followed.push(...(await planFollow(tx, child, target.id, from)));
  }
  const own = await planOwnMerge(tx, station, target, from);
  return done({
    ...planOf(station),
    ...(await subtreeCounts(tx, station.path)),
    target,
    children: children.map(lineOf),
    people: await peopleAtMerge(tx, station),
    invitations: await invitationsOf(tx, station.id),
    months: [...own, ...followed],
  });
}

/** A filed report of the merged station goes to where the continuing station reports; an unfiled one is dropped. */
async function planOwnMerge(
  tx: ScopedTx,
  station: StationRow,
  target: StationRow,
  from: Period,
): Promise<MonthChange[]> {
  const ended = await planEnd(tx, station, from);
  const follows = target.parentId ? await planFollow(tx, station, target.parentId, from) : [];
  return ended.map((end) => {
    const follow = follows.find((f) => f.period === end.period);
    return end.change === "stays" && follow ? follow : end;
  });
}

/**
 * Merges a station into another of its level: its open children come under the other one, its roles end, and with
 * all its history it stands closed below the other, which now sees it. What was reported stays as reported.
 */
export async function mergeStation(tx: ScopedTx, input: Merge): Planned {
  await lockHierarchy(tx);
  const plan = await previewMerge(tx, input);
  if (!plan.ok) return plan;
  const { station, target } = plan.value;
  if (!target) return refused("not_found");
  const changed = await tx.sql`
    update station set closed_on = ${input.on}, merged_into = ${target.id}, version = version + 1
    where city_id = ${tx.scope.cityId} and id = ${station.id} and version = ${input.version}`;
  if (changed.count === 0) return refused("changed_meanwhile");
  const from = periodOf(input.on);
  await holdReports(tx, station.path);
  await applyEnd(tx, station, from);
  if (target.parentId) await applyFollow(tx, station.id, target.parentId, from);
  for (const child of await openChildren(tx, station.id)) {
    await relocate(tx, child, target, from);
    await recordMove(tx, child, target, input.on);
  }
  await endRoles(tx, station.id);
  await withdrawInvitations(tx, station.id);
  const path = await relocate(tx, station, target, null);
  await recordEvent(tx, { id: station.id, path }, "merge", input.on, { into: lineOf(target) });
  await recordEvent(tx, target, "merge", input.on, { from: lineOf(station) });
  await audit(tx, {
    action: "station.merge",
    ...about({ id: station.id, path }),
    before: { parentId: station.parentId, path: station.path },
    after: { mergedInto: target.id, path, on: input.on },
  });
  return plan;
}

async function refuseEnd(
  tx: ScopedTx,
  station: StationRow,
  on: LocalDate,
): Promise<Extract<StationOutcome<never>, { ok: false }> | null> {
  const wrong = refuseOwn(tx, station) ?? (station.closedOn ? refused("already_closed") : null);
  if (wrong) return wrong;
  const wrongDay = refuseDay(tx, on, station.openSince);
  if (wrongDay) return wrongDay;
  const locked = await lockedSince(tx, periodOf(on));
  return locked ? refused("month_locked", { period: locked }) : null;
}

async function refuseHanging(
  tx: ScopedTx,
  station: StationRow,
  parentId: number,
  from: Period,
  { ending } = { ending: false },
): Promise<Extract<StationOutcome<never>, { ok: false }> | null> {
  const hanging = await hangingMonth(tx, station.id, parentId, from, { ending });
  return hanging && refused(hanging.reason, { period: hanging.period, name: station.name });
}

function refuseOwn(tx: ScopedTx, station: StationRow): Extract<StationOutcome<never>, { ok: false }> | null {
  if (station.path === "/") return refused("is_city");
  return station.path === tx.scope.path ? refused("own_station") : null;
}

async function refuseChildren(
  tx: ScopedTx,
  station: StationRow,
): Promise<Extract<StationOutcome<never>, { ok: false }> | null> {
  const children = await openChildren(tx, station.id);
  return children.length > 0 ? refused("has_open_children", { count: children.length }) : null;
}

async function openChildren(tx: ScopedTx, id: number): Promise<StationRow[]> {
  return tx.sql<StationRow[]>`
    select ${stationColumns(tx)} from station s
    where s.city_id = ${tx.scope.cityId} and s.parent_id = ${id} and s.closed_on is null order by s.sort, s.code`;
}

function planOf(station: StationRow): StructurePlan {
  return {
    station,
    target: null,
    stations: 0,
    children: [],
    people: { moving: 0, ending: [] },
    invitations: 0,
    reports: 0,
    months: [],
  };
}

async function subtreeCounts(
  tx: ScopedTx,
  path: StationPath,
): Promise<Pick<StructurePlan, "stations" | "people" | "reports">> {
  const { cityId } = tx.scope;
  const [row] = await tx.sql<{ stations: number; people: number; reports: number }[]>`
    select (select count(*) from station where city_id = ${cityId} and path ^@ ${path})::int as stations,
      (select count(*) from membership where city_id = ${cityId} and path ^@ ${path} and ended_at is null)::int as people,
      (select count(*) from monthly_report where city_id = ${cityId} and path ^@ ${path})::int as reports`;
  return {
    stations: row?.stations ?? 0,
    people: { moving: row?.people ?? 0, ending: [] },
    reports: row?.reports ?? 0,
  };
}

async function peopleAtMerge(tx: ScopedTx, station: StationRow): Promise<StructurePlan["people"]> {
  const { cityId } = tx.scope;
  const ending = await tx.sql<{ name: string; role: string }[]>`
    select name, role from membership
    where city_id = ${cityId} and station_id = ${station.id} and ended_at is null order by role, name`;
  const { people } = await subtreeCounts(tx, station.path);
  return { moving: people.moving - ending.length, ending: [...ending] };
}

async function invitationsOf(tx: ScopedTx, stationId: number): Promise<number> {
  const [row] = await tx.sql<{ count: number }[]>`
    select count(*)::int as count from invitation where city_id = ${tx.scope.cityId} and station_id = ${stationId}
      and accepted_at is null and revoked_at is null and expires_at > ${tx.caller.now.toISOString()}`;
  return row?.count ?? 0;
}

async function withdrawInvitations(tx: ScopedTx, stationId: number): Promise<void> {
  await tx.sql`
    update invitation set revoked_at = ${tx.caller.now.toISOString()} where city_id = ${tx.scope.cityId}
      and station_id = ${stationId} and accepted_at is null and revoked_at is null`;
}

async function endRoles(tx: ScopedTx, stationId: number): Promise<void> {
  await tx.sql`
    update membership set ended_at = ${tx.caller.now.toISOString()}, ended_by = ${tx.caller.actor.name}
    where city_id = ${tx.scope.cityId} and station_id = ${stationId} and ended_at is null`;
}
