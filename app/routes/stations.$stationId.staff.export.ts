import { noteExport } from "@muster/db/queries/registers/exported";
import { rosterOn, rostersBelow } from "@muster/db/queries/staff/row";
import { localDate } from "@muster/domain/period";
import { downloadOf } from "@muster/reports/download";
import { z } from "zod";
import { stationOf } from "~/features/staff/access.server";
import { RosterSearch } from "~/features/staff/forms";
import { rosterTable, templateTable } from "~/features/staff/sheet.server";
import { StationParams } from "~/features/stations/forms";
import { download } from "~/server/route.server";

const MOST_EXPORTED = 20_000;

/** A roster as an Excel file, or with `template` the empty one to fill in. */
export const loader = download(
  {
    authorization: { action: "export", subject: "Staff" },
    params: StationParams,
    search: RosterSearch.pick({ on: true, below: true }).extend({
      template: z.literal("1").optional().catch(undefined),
    }),
  },
  async ({ params, search, scoped, actor, t, locale, now }) => {
    const today = localDate(now);
    const on = search.on && search.on < today ? search.on : today;
    const below = search.below === "1";
    const { station, lines } = await scoped.write(async (tx) => {
      const station = await stationOf(tx, params.stationId);
      if (search.template) return { station, lines: [] };
      const lines = below
        ? await rostersBelow(tx, station.path, on, MOST_EXPORTED)
        : await rosterOn(tx, station.id, on);
      await noteExport(tx, {
        register: "staff",
        search: { ...search, station: station.id },
        rows: lines.length,
      });
      return { station, lines };
    });
    const said = { t, locale, reader: actor.name, now, station: station.name };
    const table = search.template ? templateTable(said) : rosterTable(lines, { ...said, on, below });
    const { body, headers } = await downloadOf([table], "xlsx", table.title);
    return new Response(body as BodyInit, { headers });
  },
);
