import { rollupRows } from "@muster/db/queries/dashboards";
import { RollupSearch, rangeOf } from "~/features/api/ranges.server";
import { api } from "~/server/api.server";
import { notFound } from "~/server/errors.server";

/** Figures of a station with its subtree, in total, by month, by child or both; the caller's station by default. */
export const loader = api(
  { authorization: { action: "read", subject: "Dashboard" }, search: RollupSearch },
  async ({ scoped, search, actor, now }) => {
    const { by, basis, boundaries } = search;
    const query = {
      stationId: search.station ?? actor.stationId,
      ...rangeOf(search, now),
      by,
      basis,
      boundaries,
    };
    const answer = await scoped((tx) => rollupRows(tx, query));
    if (!answer) throw notFound();
    return { ...answer, rows: answer.rows.map(({ coverage: _, ...row }) => row) };
  },
);
