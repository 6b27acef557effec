import { createHash } from "node:crypto";
import { dueOn } from "@muster/domain/deadline";
import { type LocalDate, type Period, periodOf } from "@muster/domain/period";
import {
  allowedBelow,
  childPath,
  type Kind,
  LEVELS,
  type Level,
  type StationPath,
} from "@muster/domain/station";
import type { Ancestor } from "../../schema/station";
import { newId, type ScopedTx } from "../../scope";
import { searchText } from "../../seed/search-text";
import { audit, json } from "../audit";
import { catalogueAt } from "../catalogue";
import { recomputeRollups } from "../rollups";
import { about } from "./edit";
import type { ImportError, ImportFile, ImportProblem, ImportRow } from "./import-file";
import { lockHierarchy, openSince, today } from "./row";

/** What an import would do. Nothing of it is done while there are errors. */
export interface ImportPlan {
  create: ImportRow[];
  rename: { id: number; line: number; code: string; from: string; to: string }[];
  unchanged: number;
  /** Faulty rows in the order of the file. */
  errors: ImportError[];
  /** Changes with what is planned: a confirmation of another plan than the one shown is refused. */
  digest: string;
}

/** A station the city has already. */
interface Known {
  id: number;
  code: string;
  name: string;
  level: Level;
  kind: Kind;
  path: StationPath;
  parentId: number | null;
  ancestors: Ancestor[];
  openSince: LocalDate;
  closedOn: LocalDate | null;
}

async function knownStations(tx: ScopedTx): Promise<Known[]> {
  return tx.sql<Known[]>`
    select id, code, name, level, kind, path, parent_id as "parentId", ancestors, ${openSince(tx)} as "openSince", closed_on as "closedOn"
    from station s where s.city_id = ${tx.scope.cityId}`;
}

/** Compares a file with the stations there are. Needs the city's scope: a code may be taken anywhere in it. */
export async function planImport(tx: ScopedTx, file: ImportFile): Promise<ImportPlan> {
  return planAgainst(file, await knownStations(tx));
}

function planAgainst(file: ImportFile, known: readonly Known[]): ImportPlan {
  const byCode = new Map(known.map((station) => [station.code, station]));
  const byId = new Map(known.map((station) => [station.id, station]));
  const inFile = new Map<string, ImportRow>();
  const errors = [...file.errors];
  const faulty = new Set(file.errors.map((error) => error.code));
  const fail = (row: ImportRow, problem: ImportProblem, params?: ImportError["params"]) => {
    errors.push({ line: row.line, code: row.code, problem, ...(params ? { params } : {}) });
    faulty.add(row.code);
  };

  for (const row of file.rows) {
    const first = inFile.get(row.code);
    if (first) fail(row, "duplicate_code", { line: first.line });
    else inFile.set(row.code, row);
  }
  const cyclic = codesInCycles(inFile);

  const create: ImportRow[] = [];
  const rename: ImportPlan["rename"] = [];
  let unchanged = 0;
  for (const row of inFile.values()) {
    const there = byCode.get(row.code);
    const problem = cyclic.has(row.code)
      ? { problem: "cycle" as const }
      : row.level === "city"
        ? cityProblem(there)
        : placeProblem(row, { inFile, byCode, byId, faulty });
    if (problem) fail(row, problem.problem, problem.params);
    else if (!there) create.push(row);
    else if (there.name === row.name) unchanged += 1;
    else rename.push({ id: there.id, line: row.line, code: row.code, from: there.name, to: row.name });
  }
  errors.sort((a, b) => a.line - b.line);
  return { create, rename, unchanged, errors, digest: digestOf(create, rename) };
}

type Problem = Pick<ImportError, "problem" | "params">;

function cityProblem(there: Known | undefined): Problem | null {
  return there?.level === "city" ? null : { problem: "not_this_city" };
}

function placeProblem(
  row: ImportRow,
  context: {
    inFile: ReadonlyMap<string, ImportRow>;
    byCode: ReadonlyMap<string, Known>;
    byId: ReadonlyMap<number, Known>;
    faulty: ReadonlySet<string>;
  },
): Problem | null {
  const { inFile, byCode, byId, faulty } = context;
  const there = byCode.get(row.code);
  const parent = byCode.get(row.parentCode);
  const above = inFile.get(row.parentCode);
  if (!parent && !above) {
    // A parent whose own row is faulty is named there already.
    return faulty.has(row.parentCode)
      ? null
      : { problem: "unknown_parent", params: { parent: row.parentCode } };
  }
  if (there && there.level !== row.level)
    return { problem: "level_conflict", params: { level: there.level } };
  if (there) {
    const standsBelow = there.parentId === null ? undefined : byId.get(there.parentId);
    if (standsBelow?.code === row.parentCode) return null;
    return { problem: "parent_conflict", params: { parent: standsBelow?.name ?? "" } };
  }
  if (parent?.closedOn) return { problem: "parent_closed", params: { parent: parent.name } };
  const level = parent?.level ?? above?.level ?? "village";
  const fits = allowedBelow(level, parent?.kind ?? "station").some(
    (child) => child.level === row.level && child.kind === "station",
  );
  return fits ? null : { problem: "wrong_level", params: { level: row.level, parentLevel: level } };
}

/** Codes whose line of parents within the file leads back to themselves. */
function codesInCycles(rows: ReadonlyMap<string, ImportRow>): Set<string> {
  const cyclic = new Set<string>();
  const done = new Set<string>();
  for (const start of rows.keys()) {
    const line: string[] = [];
    let code = start;
    while (rows.has(code) && !done.has(code) && !line.includes(code)) {
      line.push(code);
      code = rows.get(code)?.parentCode ?? "";
    }
    if (line.includes(code)) for (const member of line.slice(line.indexOf(code))) cyclic.add(member);
    for (const member of line) done.add(member);
  }
  return cyclic;
}

function digestOf(create: readonly ImportRow[], rename: ImportPlan["rename"]): string {
  return createHash("sha256")
    .update(JSON.stringify([create, rename]))
    .digest("hex")
    .slice(0, 32);
}

export interface ImportResult {
  created: number;
  renamed: number;
  unchanged: number;
  /** Months that are open and now expect reports of the new stations. */
  months: Period[];
}

export type ImportOutcome =
  | { ok: true; value: ImportResult }
  /** The file is faulty, or the stations changed since the preview. */
  | { ok: false; refusal: "errors" | "other_plan"; plan: ImportPlan };

/**
 * Imports a hierarchy, all or nothing: new stations stand from `openedOn` on, changed names are renames from today on.
 * The same file again changes nothing. With `digest`, only exactly the plan that was shown is carried out.
 */
export async function importStations(
  tx: ScopedTx,
  file: ImportFile,
  { openedOn, digest }: { openedOn: LocalDate; digest?: string },
): Promise<ImportOutcome> {
  if (tx.scope.path !== "/") throw new RangeError("a hierarchy is imported in the city's scope");
  await lockHierarchy(tx);
  const known = await knownStations(tx);
  const plan = planAgainst(file, known);
  if (plan.errors.length > 0) return { ok: false, refusal: "errors", plan };
  if (digest !== undefined && digest !== plan.digest) return { ok: false, refusal: "other_plan", plan };
  await applyRenames(tx, plan.rename, known);
  const created = await applyCreates(tx, plan, known, openedOn);
  const months = await expectReports(tx, created, periodOf(openedOn));
  const result = { created: created.length, renamed: plan.rename.length, unchanged: plan.unchanged, months };
  const root = known.find((station) => station.path === "/");
  if (root && (result.created > 0 || result.renamed > 0)) {
    await audit(tx, { action: "station.import", ...about(root), after: { ...result, openedOn } });
  }
  return { ok: true, value: result };
}

async function applyRenames(
  tx: ScopedTx,
  renames: ImportPlan["rename"],
  known: readonly Known[],
): Promise<void> {
  if (renames.length === 0) return;
  const { cityId } = tx.scope;
  const byId = new Map(known.map((station) => [station.id, station]));
  const names = new Map(renames.map(({ id, to }) => [id, to]));
  const named = (line: Ancestor): Ancestor => ({ ...line, name: names.get(line.id) ?? line.name });
  for (const part of chunks(renames)) {
    await tx.sql`
      update station s set name = n.name, search = n.search, version = version + 1
      from jsonb_to_recordset(${json(part.map(({ id, code, to }) => ({ id, name: to, search: searchText(to, code) })))}::jsonb)
        as n(id bigint, name text, search text)
      where s.city_id = ${cityId} and s.id = n.id`;
    await tx.sql`
      update invitation i set station_name = n.name
      from jsonb_to_recordset(${json(part.map(({ id, to }) => ({ id, name: to })))}::jsonb) as n(id bigint, name text)
      where i.city_id = ${cityId} and i.station_id = n.id and i.accepted_at is null and i.revoked_at is null`;
    await recordEvents(
      tx,
      "rename",
      part.flatMap(({ id, from, to }) => {
        const station = byId.get(id);
        return station ? [{ id, path: station.path, on: today(tx), details: { from, to } }] : [];
      }),
    );
    for (const { id, from, to } of part) {
      const station = byId.get(id);
      if (!station) continue;
      await audit(tx, {
        action: "station.rename",
        ...about(station),
        before: { name: from },
        after: { name: to },
      });
    }
  }
  for (const station of known) {
    station.name = names.get(station.id) ?? station.name;
  }
  const below = known.filter((station) => station.ancestors.some((line) => names.has(line.id)));
  for (const station of below) station.ancestors = station.ancestors.map(named);
  for (const part of chunks(below)) {
    await tx.sql`
      update station s set ancestors = n.ancestors
      from jsonb_to_recordset(${json(part.map(({ id, ancestors }) => ({ id, ancestors })))}::jsonb)
        as n(id bigint, ancestors jsonb)
      where s.city_id = ${cityId} and s.id = n.id`;
  }
}

interface Created {
  id: number;
  code: string;
  name: string;
  level: Level;
  parentId: number;
  path: StationPath;
  ancestors: Ancestor[];
  openedOn: LocalDate;
}

async function applyCreates(
  tx: ScopedTx,
  plan: ImportPlan,
  known: readonly Known[],
  openedOn: LocalDate,
): Promise<Created[]> {
  if (plan.create.length === 0) return [];
  const { cityId } = tx.scope;
  const numbers = await tx.sql<{ id: number }[]>`
    select nextval('station_number') as id from generate_series(1, ${plan.create.length}::int)`;
  const placed = new Map<string, Pick<Created, "id" | "name" | "level" | "path" | "ancestors" | "openedOn">>(
    known.map((station) => [station.code, { ...station, openedOn: station.openSince }]),
  );
  // Parents before children; within a level the order of the file.
  const rows = LEVELS.flatMap((level) => plan.create.filter((row) => row.level === level));
  const created = rows.map((row, index): Created => {
    const parent = placed.get(row.parentCode);
    const id = numbers[index]?.id;
    if (!parent || id === undefined) throw new Error(`no place for ${row.code}`);
    const { code, name, level } = row;
    const ancestors = [...parent.ancestors, { id: parent.id, name: parent.name, level: parent.level }];
    const station = {
      // Nothing stands before what it stands below.
      openedOn: openedOn > parent.openedOn ? openedOn : parent.openedOn,
      id,
      code,
      name,
      level,
      parentId: parent.id,
      path: childPath(parent.path, id),
      ancestors,
    };
    placed.set(code, station);
    return station;
  });
  for (const part of chunks(created)) {
    await tx.sql`
      insert into station (city_id, path, id, code, name, level, parent_id, ancestors, opened_on, search)
      select ${cityId}, n.path, n.id, n.code, n.name, n.level, n."parentId", n.ancestors, n."openedOn", n.search
      from jsonb_to_recordset(${json(part.map((s) => ({ ...s, search: searchText(s.name, s.code) })))}::jsonb)
        as n(id bigint, code text, name text, level text, "parentId" bigint, path text, ancestors jsonb,
          "openedOn" date, search text)`;
    await recordEvents(
      tx,
      "open",
      part.map(({ id, path, name, code, ancestors, openedOn: on }) => {
        const parent = ancestors.at(-1);
        return {
          id,
          path,
          on,
          details: { name, code, parent: parent ? { id: parent.id, name: parent.name } : null },
        };
      }),
    );
  }
  return created;
}

async function recordEvents(
  tx: ScopedTx,
  kind: "open" | "rename",
  events: readonly { id: number; path: StationPath; on: LocalDate; details: Record<string, unknown> }[],
): Promise<void> {
  const { caller, scope } = tx;
  await tx.sql`
    insert into station_event (city_id, path, id, station_id, kind, effective_on, details, at, by_name)
    select ${scope.cityId}, n.path, n.event, n.id, ${kind}, n."on", n.details, ${caller.now.toISOString()}, ${caller.actor.name}
    from jsonb_to_recordset(${json(events.map((event) => ({ ...event, event: newId() })))}::jsonb)
      as n(id bigint, path text, event uuid, "on" date, details jsonb)`;
}

/** Expects the new stations' reports in every month that is open and not signed off by their parent. */
async function expectReports(tx: ScopedTx, created: readonly Created[], from: Period): Promise<Period[]> {
  if (created.length === 0) return [];
  const { cityId } = tx.scope;
  const months = await tx.sql<{ period: Period }[]>`
    select u.period from rollup u
    left join month_lock l on l.city_id = u.city_id and l.period = u.period
    where u.city_id = ${cityId} and u.reported_path = '/' and u.period >= ${from} and l.period is null
    order by u.period`;
  const periods = months.map((month) => month.period);
  for (const period of periods) {
    const { deadlines } = await catalogueAt(tx, period);
    for (const level of LEVELS) {
      const ids = created.filter((station) => station.level === level).map((station) => station.id);
      if (ids.length === 0) continue;
      if (level !== "village") {
        await tx.sql`
          insert into rollup (city_id, path, station_id, period, reported_path, reports_to, level, kind)
          select s.city_id, s.path, s.id, u.period, u.reported_path || s.id || '/', s.parent_id, s.level, s.kind
          from station s join rollup u on u.city_id = s.city_id and u.station_id = s.parent_id and u.period = ${period}
          where s.city_id = ${cityId} and s.id = any(${ids}::bigint[])`;
      }
      await tx.sql`
        insert into monthly_report (city_id, path, station_id, period, reported_path, reports_to, level, kind, due_on)
        select s.city_id, s.path, s.id, u.period, u.reported_path || s.id || '/', s.parent_id, s.level, s.kind,
          ${dueOn(deadlines, period, level)}::date
        from station s join rollup u on u.city_id = s.city_id and u.station_id = s.parent_id and u.period = ${period}
        where s.city_id = ${cityId} and s.id = any(${ids}::bigint[]) and not exists (
          select from month_sign_off o
          where o.city_id = ${cityId} and o.station_id = s.parent_id and o.period = ${period})`;
    }
  }
  await recomputeRollups(tx, periods);
  return periods;
}

/** Parts small enough for one statement's parameter. */
function chunks<T>(items: readonly T[], size = 5_000): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
