import { listReceptions } from "@muster/db/queries/reception/list";
import { noteExport } from "@muster/db/queries/registers/exported";
import { exportColumns } from "~/features/reception/export-columns.server";
import { filterOf, ReceptionSearch, shownEntry } from "~/features/reception/list-view.server";
import { exportedList, MOST_EXPORTED } from "~/features/registers/exported-list.server";
import { placeAsked } from "~/features/registers/place.server";
import { keyring } from "~/server/keys.server";
import { download } from "~/server/route.server";

/** What the list shows as an Excel file, without telephones. */
export const loader = download(
  { authorization: { action: "export", subject: "Reception" }, search: ReceptionSearch },
  async ({ search, scoped, actor, t, locale, now }) => {
    const lines = await scoped.write(async (tx) => {
      const place = await placeAsked(tx, search.station, actor);
      const filter = filterOf(search, place, actor.stationId);
      const { lines } = await listReceptions(tx, { filter, limit: MOST_EXPORTED });
      await noteExport(tx, { register: "reception", search, rows: lines.length });
      return lines.map((row) => shownEntry(row, keyring(), tx.scope.cityId, locale));
    });
    return exportedList(exportColumns(t), lines, {
      ...{ t, reader: actor.name, now, cols: search.cols },
      ...{ title: t("reception:sheet.title", { station: actor.stationName }) },
      cut: t("reception:sheet.cut", { count: MOST_EXPORTED }),
    });
  },
);
