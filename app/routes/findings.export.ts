import { listFindings } from "@muster/db/queries/findings/read";
import { noteExport } from "@muster/db/queries/registers/exported";
import { localDate } from "@muster/domain/period";
import { downloadOf } from "@muster/reports/download";
import { LedgerSearch } from "~/features/inspections/forms";
import { filterOf } from "~/features/inspections/ledger.server";
import { ledgerTable } from "~/features/inspections/sheet.server";
import { download } from "~/server/route.server";

const MOST_EXPORTED = 10_000;

/** The ledger as it is filtered, as an Excel file. */
export const loader = download(
  { authorization: { action: "export", subject: "Finding" }, search: LedgerSearch },
  async ({ search, scoped, actor, t, locale, now }) => {
    const { rows, total } = await scoped.write(async (tx) => {
      const filter = await filterOf(tx, search, actor.stationId);
      const found = await listFindings(tx, { ...filter, limit: MOST_EXPORTED });
      await noteExport(tx, { register: "finding", search, rows: found.rows.length });
      return found;
    });
    const table = ledgerTable(rows, {
      ...{ t, locale, now, today: localDate(now), reader: actor.name, station: actor.stationName },
      cut: total > rows.length,
    });
    const { body, headers } = await downloadOf([table], "xlsx", table.title);
    return new Response(body as BodyInit, { headers });
  },
);
