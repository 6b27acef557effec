import { listStations } from "@muster/db/queries/stations/tree";
import { LEVELS } from "@muster/domain/station";
import { z } from "zod";
import { cursorAfter, offsetOf, PageOfList, StationId } from "~/features/api/addresses.server";
import { api } from "~/server/api.server";

const Query = PageOfList.extend({
  parent: StationId.optional(),
  level: z.enum(LEVELS).optional(),
  q: z.string().max(100).optional(),
});

/** Stations in the caller's scope. */
export const loader = api(
  { authorization: { action: "read", subject: "Station" }, search: Query },
  async ({ scoped, search: { parent, level, q, limit, cursor } }) => {
    const offset = offsetOf(cursor);
    const { lines, total } = await scoped((tx) =>
      listStations(tx, { parentId: parent, level, q, limit, offset }),
    );
    return {
      items: lines.map(({ id, code, name, level, kind, parentId, status }) => ({
        id,
        code,
        name,
        level,
        kind,
        parentId,
        status,
      })),
      next: cursorAfter(offset, lines.length, total),
    };
  },
);
