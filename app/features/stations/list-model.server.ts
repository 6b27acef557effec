import { listStations, type StationLine, stationCounts, stationTree } from "@muster/db/queries/stations/tree";
import { idsOf, type Kind, type Level } from "@muster/domain/station";
import type { z } from "zod";
import type { Tx } from "~/server/database.server";
import type { ListSearch } from "./forms";
import { type levelKey, TYPES } from "./labels";
import type { TreeLine } from "./tree-table";

const PAGE = 50;
/** Branches that can be unfolded at once; an address holds no more. */
const MOST_UNFOLDED = 100;

type Asked = z.output<typeof ListSearch>;

/** How many stations stand at one level, and the address of their list. */
export interface LevelCount {
  key: ReturnType<typeof levelKey> | "closed";
  count: number;
  to: string;
}

export interface ListModel {
  lines: TreeLine[];
  /** A search or filter gives a flat list; without one the tree is shown. */
  flat: boolean;
  total: number;
  range: { from: number; to: number } | null;
  previous: string | null;
  next: string | null;
  counts: LevelCount[];
}

/** The list of stations as asked for: the tree, or what a search found. */
export async function listModel(tx: Tx, asked: Asked): Promise<ListModel> {
  const counts = countsOf(await stationCounts(tx));
  const flat = asked.q !== "" || asked.level !== undefined || asked.status === "closed";
  return flat ? { ...(await found(tx, asked)), counts } : { ...(await tree(tx, asked)), counts };
}

async function found(tx: Tx, asked: Asked): Promise<Omit<ListModel, "counts">> {
  const { q, status, page } = asked;
  const offset = (page - 1) * PAGE;
  const filter = {
    q,
    ...typeOf(asked.level),
    status: status === "any" ? undefined : status,
    limit: PAGE,
    offset,
  };
  const { lines, total } = await listStations(tx, filter);
  const to = offset + lines.length;
  return {
    lines: lines.map((line) => ({ ...line, depth: 0, toggle: null, unfolded: false })),
    flat: true,
    total,
    range: lines.length > 0 ? { from: offset + 1, to } : null,
    previous: page > 1 ? addressOf({ ...asked, page: page - 1 }) : null,
    next: to < total ? addressOf({ ...asked, page: page + 1 }) : null,
  };
}

async function tree(tx: Tx, asked: Asked): Promise<Omit<ListModel, "counts">> {
  const closed = asked.status === "any";
  const root = await stationTree(tx, [], { closed });
  // The root is always unfolded; a folded one would leave the page empty.
  const unfolded = [...new Set([...root.map((line) => line.id), ...asked.unfolded])].slice(0, MOST_UNFOLDED);
  const lines = await stationTree(tx, unfolded, { closed });
  const top = idsOf(tx.scope.path).length;
  return {
    lines: lines.map((line) => ({
      ...line,
      depth: idsOf(line.path).length - top,
      unfolded: unfolded.includes(line.id),
      toggle: toggleOf(line, asked, unfolded, closed, line.path === tx.scope.path),
    })),
    flat: false,
    total: lines.length,
    range: null,
    previous: null,
    next: null,
  };
}

function toggleOf(
  line: StationLine,
  asked: Asked,
  unfolded: readonly number[],
  closed: boolean,
  root: boolean,
): string | null {
  const below = line.children + (closed ? line.closedChildren : 0);
  if (root || below === 0) return null;
  const others = asked.unfolded.filter((id) => id !== line.id);
  return addressOf({ ...asked, unfolded: unfolded.includes(line.id) ? others : [...others, line.id] });
}

function addressOf({ q, level, status, unfolded, page }: Asked): string {
  const search = new URLSearchParams();
  if (q) search.set("q", q);
  if (level) search.set("level", level);
  if (status !== "open") search.set("status", status);
  if (unfolded.length > 0) search.set("unfolded", unfolded.join("."));
  if (page > 1) search.set("page", String(page));
  return search.size > 0 ? `/stations?${search}` : "/stations";
}

/** Level and kind of what a list is asked for. */
function typeOf(type: Asked["level"]): { level?: Level; kind?: Kind } {
  if (type === undefined) return {};
  return type === "cadre_home" || type === "service_point"
    ? { kind: type }
    : { level: type, kind: "station" };
}

/** How many stations stand open at each level, homes and service points apart from it, and how many are closed. */
export function countsOf(
  rows: readonly { level: Level; kind: Kind; open: number; closed: number }[],
): LevelCount[] {
  const types = TYPES.filter((type) => type !== "city").map((type) => {
    const { level, kind } = typeOf(type);
    const counted = rows.filter((row) => row.kind === kind && (level === undefined || row.level === level));
    return {
      key: `level.${type}` as const,
      count: counted.reduce((sum, row) => sum + row.open, 0),
      to: `/stations?level=${type}`,
    };
  });
  const closed = rows.reduce((sum, row) => sum + row.closed, 0);
  return [...types, { key: "closed" as const, count: closed, to: "/stations?status=closed" }].filter(
    (line) => line.count > 0,
  );
}
