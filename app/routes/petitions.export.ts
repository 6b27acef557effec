import { firstPetitioners, listPetitions } from "@muster/db/queries/petitions/read";
import { noteExport } from "@muster/db/queries/registers/exported";
import { localDate } from "@muster/domain/period";
import { exportColumns } from "~/features/petitions/export-columns.server";
import { filterOf, PetitionSearch, shownPetition } from "~/features/petitions/ledger.server";
import { exportedList, MOST_EXPORTED } from "~/features/registers/exported-list.server";
import { placeAsked } from "~/features/registers/place.server";
import { keyring } from "~/server/keys.server";
import { download } from "~/server/route.server";

/** What the ledger shows as an Excel file, without telephones and addresses. */
export const loader = download(
  { authorization: { action: "export", subject: "Petition" }, search: PetitionSearch },
  async ({ search, scoped, actor, t, locale, now }) => {
    const lines = await scoped.write(async (tx) => {
      const place = await placeAsked(tx, search.station, actor);
      const filter = filterOf(search, place, actor.stationId);
      const { lines } = await listPetitions(tx, { filter, limit: MOST_EXPORTED });
      await noteExport(tx, { register: "petition", search, rows: lines.length });
      const names = await firstPetitioners(
        tx,
        keyring(),
        lines.map(({ id }) => id),
      );
      return lines.map((row) => shownPetition(row, names.get(row.id) ?? "", locale));
    });
    return exportedList(exportColumns(t, localDate(now)), lines, {
      ...{ t, reader: actor.name, now, cols: search.cols },
      ...{ title: t("petitions:sheet.title", { station: actor.stationName }) },
      cut: t("petitions:sheet.cut", { count: MOST_EXPORTED }),
    });
  },
);
