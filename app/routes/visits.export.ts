import { findPerson } from "@muster/db/queries/people/row";
import { noteExport } from "@muster/db/queries/registers/exported";
import { findStation } from "@muster/db/queries/stations/row";
import { listVisits } from "@muster/db/queries/visits/list";
import { exportedList, MOST_EXPORTED } from "~/features/registers/exported-list.server";
import { exportColumns } from "~/features/visits/export-columns.server";
import { filterOf, VisitSearch } from "~/features/visits/list-view.server";
import { notFound } from "~/server/errors.server";
import { download } from "~/server/route.server";

/** What the list shows as an Excel file: whom, when and how, never what was found. */
export const loader = download(
  { authorization: { action: "export", subject: "Visit" }, search: VisitSearch },
  async ({ search, scoped, actor, t, now }) => {
    const lines = await scoped.write(async (tx) => {
      const station = search.station ? await findStation(tx, search.station) : null;
      const person = search.person ? await findPerson(tx, search.person) : null;
      if ((search.station && !station) || (search.person && !person)) throw notFound();
      const filter = filterOf(search, station, person?.personId ?? null);
      const { lines } = await listVisits(tx, { filter, limit: MOST_EXPORTED });
      await noteExport(tx, { register: "visit", search, rows: lines.length });
      return lines;
    });
    return exportedList(exportColumns(t), lines, {
      ...{ t, reader: actor.name, now, cols: search.cols },
      ...{ title: t("visits:sheet.title", { station: actor.stationName }) },
      cut: t("visits:sheet.cut", { count: MOST_EXPORTED }),
    });
  },
);
