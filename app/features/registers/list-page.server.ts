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
