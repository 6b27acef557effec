import { listCases } from "@muster/db/queries/assistance/list";
import { allTypes } from "@muster/db/queries/assistance/types";
import { findPerson } from "@muster/db/queries/people/row";
import { noteExport } from "@muster/db/queries/registers/exported";
import { findStation } from "@muster/db/queries/stations/row";
import { exportColumns } from "~/features/assistance/export-columns.server";
import { LedgerSearch } from "~/features/assistance/forms";
import { filterOf, namedTypes } from "~/features/assistance/list-view.server";
import { exportedList, MOST_EXPORTED } from "~/features/registers/exported-list.server";
import { notFound } from "~/server/errors.server";
import { download } from "~/server/route.server";

/** The ledger as it is filtered, as an Excel file. */
export const loader = download(
  { authorization: { action: "export", subject: "Assistance" }, search: LedgerSearch },
  async ({ search, scoped, actor, t, locale, now }) => {
    const { lines, types } = await scoped.write(async (tx) => {
      const station = search.station ? await findStation(tx, search.station) : null;
      const person = search.person ? await findPerson(tx, search.person) : null;
      if ((search.station && !station) || (search.person && !person)) throw notFound();
      const filter = filterOf(search, { station, ...(person ? { personId: person.personId } : {}) });
      const found = await listCases(tx, { filter, limit: MOST_EXPORTED });
      await noteExport(tx, { register: "assistance", search, rows: found.lines.length });
      return { lines: found.lines, types: namedTypes(await allTypes(tx), locale) };
    });
    const nameOf = new Map(types.map(({ code, name }) => [code, name]));
    return exportedList(exportColumns(t, nameOf), lines, {
      ...{ t, reader: actor.name, now, cols: search.cols },
      ...{ title: t("assistance:sheet.title", { station: actor.stationName }) },
      cut: t("assistance:sheet.cut", { count: MOST_EXPORTED }),
    });
  },
);
