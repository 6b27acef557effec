import { parseDay } from "@muster/domain/period";
import { type Edge, edgeText } from "./search";

/** A page of a register's list, ready to be shown. */
export interface ListPage<Line> {
  lines: Line[];
  /** How many there are, up to a limit. */
  total: number;
  /** There are more than were counted. */
  capped: boolean;
  previous: string | null;
  next: string | null;
}

/** What a register's query answers for one page. `more`: there are further lines in the direction asked for. */
interface Loaded<Line> {
  lines: Line[];
  total: number;
  more: boolean;
}

/** Lines of one page of a list. */
export const PAGE = 50;

/**
 * Loads one page by its edge, never by a number of pages: a page far back costs what the first one does.
 * @param most how far the query counts
 */
export async function listPage<Line>(
  { url, after, before, most }: { url: URL; after?: Edge; before?: Edge; most: number },
  load: (edge: { after?: Edge; before?: Edge }) => Promise<Loaded<Line>>,
  edgeOf: (line: Line) => Edge,
): Promise<ListPage<Line>> {
  const backwards = before !== undefined && after === undefined;
  const { lines, total, more } = await load(backwards ? { before } : after ? { after } : {});
  const at = (name: "after" | "before", line: Line | undefined) => {
    if (!line) return null;
    const search = new URLSearchParams(url.searchParams);
    for (const other of ["after", "before", "index"]) search.delete(other);
    search.set(name, edgeText(edgeOf(line)));
    return `?${search}`;
  };
  return {
    lines,
    total: Math.min(total, most),
    capped: total > most,
    previous: (backwards ? more : after !== undefined) ? at("before", lines[0]) : null,
    next: (backwards ? true : more) ? at("after", lines.at(-1)) : null,
  };
}

/** What a column that a list is ordered by holds. */
const SOUND = {
  day: (text: string) => parseDay(text) !== null,
  id: (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text),
  text: (text: string) => !/\p{Cc}/u.test(text),
} as const;

/**
 * One page of a list in the order of some columns, the edges by the names of these; an edge in the address that holds
 * something else counts as none, and the list begins at its beginning.
 */
export function pageBy<K extends string, Line extends Record<K, string>>(
  {
    url,
    search,
    most,
    by,
  }: {
    url: URL;
    search: { after?: Edge | undefined; before?: Edge | undefined };
    most: number;
    by: Readonly<Record<K, keyof typeof SOUND>>;
  },
  load: (page: {
    limit: number;
    after?: Record<K, string>;
    before?: Record<K, string>;
  }) => Promise<Loaded<Line>>,
): Promise<ListPage<Line>> {
  const columns = Object.entries(by) as [K, keyof typeof SOUND][];
  const sound = (edge: Edge | undefined) =>
    edge?.length === columns.length && columns.every(([, kind], i) => SOUND[kind](edge[i] ?? ""))
      ? edge
      : undefined;
  const named = (edge: Edge) =>
    Object.fromEntries(columns.map(([name], i) => [name, edge[i] ?? ""])) as Record<K, string>;
  const [after, before] = [sound(search.after), sound(search.before)];
  return listPage(
    { url, most, ...(after ? { after } : {}), ...(before ? { before } : {}) },
    (edge) =>
      load({
        limit: PAGE,
        ...(edge.after ? { after: named(edge.after) } : {}),
        ...(edge.before ? { before: named(edge.before) } : {}),
      }),
    (line) => columns.map(([name]) => line[name]),
  );
}
