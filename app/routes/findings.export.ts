import { listFindings } from "@muster/db/queries/findings/read";
import { localDate } from "@muster/domain/period";
import { downloadOf } from "@muster/reports/download";
import { LedgerSearch } from "~/features/inspections/forms";
import { filterOf } from "~/features/inspections/ledger.server";
import { ledgerTable } from "~/features/inspections/sheet.server";
import { read } from "~/server/route.server";

const MOST_EXPORTED = 10_000;

/** The ledger as it is filtered, as an Excel file. */
export const loader = read(
  { authorization: { action: "export", subject: "Finding" }, search: LedgerSearch },
  async ({ search, scoped, actor, t, locale, now }) => {
    const { rows, total } = await scoped(async (tx) =>
      listFindings(tx, { ...(await filterOf(tx, search, actor.stationId)), limit: MOST_EXPORTED }),
    );
    const table = ledgerTable(rows, {
      ...{ t, locale, now, today: localDate(now), reader: actor.name, station: actor.stationName },
      cut: total > rows.length,
    });
    const { body, headers } = await downloadOf([table], "xlsx", table.title);
    return new Response(body as BodyInit, { headers });
  },
);
