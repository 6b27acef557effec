import { completenessRows } from "@muster/db/queries/dashboards";
import { CompletenessSearch, rangeOf } from "~/features/api/ranges.server";
import { api } from "~/server/api.server";
import { notFound } from "~/server/errors.server";

/** Reports expected, filed and filed on time: of the station by month, or of each child. */
export const loader = api(
  { authorization: { action: "read", subject: "Dashboard" }, search: CompletenessSearch },
  async ({ scoped, search, actor, now }) => {
    const query = { stationId: search.station ?? actor.stationId, ...rangeOf(search, now), by: search.by };
    const answer = await scoped((tx) => completenessRows(tx, query));
    if (!answer) throw notFound();
    return answer;
  },
);
