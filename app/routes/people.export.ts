import { listPeople } from "@muster/db/queries/people/list";
import { cityCategories, maskedBasics } from "@muster/db/queries/people/row";
import { noteExport } from "@muster/db/queries/registers/exported";
import { findStation } from "@muster/db/queries/stations/row";
import { localDate } from "@muster/domain/period";
import { downloadOf } from "@muster/reports/download";
import { z } from "zod";
import { exportColumns } from "~/features/people/export-columns.server";
import { filterOf, namedCategories, PeopleSearch } from "~/features/people/list-view.server";
import { choiceNotes, PEOPLE_SHEET } from "~/features/people/sheet.server";
import { exportedList, MOST_EXPORTED } from "~/features/registers/exported-list.server";
import { sheetTable } from "~/features/registers/sheet.server";
import { notFound } from "~/server/errors.server";
import { keyring } from "~/server/keys.server";
import { download } from "~/server/route.server";

/** What the list shows as an Excel file, masked as on screen; with `template` the empty one to fill in. */
export const loader = download(
  {
    authorization: { action: "export", subject: "Person" },
    search: PeopleSearch.extend({ template: z.literal("1").optional().catch(undefined) }),
  },
  async ({ search, scoped, actor, t, locale, now }) => {
    const said = { t, reader: actor.name, now };
    const { lines, categories } = await scoped.write(async (tx) => {
      const named = namedCategories(await cityCategories(tx), locale);
      if (search.template) return { lines: [], categories: named };
      const station = search.station ? await findStation(tx, search.station) : null;
      if (search.station && !station) throw notFound();
      const filter = filterOf(search, station);
      const { lines } = await listPeople(tx, keyring(), { filter, limit: MOST_EXPORTED });
      await noteExport(tx, { register: "person", search, rows: lines.length });
      const masked = lines.map((line) => ({ ...line, ...maskedBasics(keyring(), tx.scope.cityId, line) }));
      return { lines: masked, categories: named };
    });
    const join = t("people:join");
    const nameOf = new Map(categories.map(({ code, name }) => [code, name]));
    if (!search.template) {
      return exportedList(exportColumns({ t, nameOf, today: localDate(now) }), lines, {
        ...{ ...said, cols: search.cols, title: t("people:sheet.title", { station: actor.stationName }) },
        ...{ notes: [t("people:sheet.masked")], cut: t("people:sheet.cut", { count: MOST_EXPORTED }) },
      });
    }
    const table = sheetTable(PEOPLE_SHEET.columns, [], {
      ...said,
      title: t("people:sheet.template", { station: actor.stationName }),
      notes: [
        t("people:sheet.categories", {
          list: categories.map(({ code, name }) => `${code} ${name}`).join(join),
        }),
        ...choiceNotes(t),
      ],
    });
    const { body, headers } = await downloadOf([table], "xlsx", table.title);
    return new Response(body as BodyInit, { headers });
  },
);
