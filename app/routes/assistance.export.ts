import { listCases } from "@muster/db/queries/assistance/list";
import { allTypes } from "@muster/db/queries/assistance/types";
import { findPerson } from "@muster/db/queries/people/row";
import { noteExport } from "@muster/db/queries/registers/exported";
import { findStation } from "@muster/db/queries/stations/row";
import { downloadOf } from "@muster/reports/download";
import { LedgerSearch } from "~/features/assistance/forms";
import { filterOf, namedTypes } from "~/features/assistance/list-view.server";
import { sheetTable } from "~/features/registers/sheet.server";
import { formatMoney } from "~/i18n/format";
import { notFound } from "~/server/errors.server";
import { download } from "~/server/route.server";

const MOST_EXPORTED = 20_000;
const COLUMNS = [
  "number",
  "person",
  "age",
  "type",
  "state",
  "appliedOn",
  "asked",
  "approved",
  "paid",
  "paidOn",
] as const;

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
    const money = (fen: number | null) => (fen === null ? "" : formatMoney(fen));
    const table = sheetTable(
      COLUMNS.map((name) => ({ name, label: () => t(`assistance:column.${name}`) })),
      lines.map((line) => [
        t("assistance:number", { station: line.stationName, year: line.year, number: line.number }),
        line.personName,
        String(line.age),
        nameOf.get(line.typeCode) ?? line.typeCode,
        t(`assistance:state.${line.state}`),
        line.appliedOn,
        money(line.asked),
        money(line.approved),
        money(line.paid),
        line.paidOn ?? "",
      ]),
      {
        t,
        reader: actor.name,
        now,
        title: t("assistance:sheet.title", { station: actor.stationName }),
        notes: lines.length === MOST_EXPORTED ? [t("assistance:sheet.cut", { count: MOST_EXPORTED })] : [],
      },
    );
    const { body, headers } = await downloadOf([table], "xlsx", table.title);
    return new Response(body as BodyInit, { headers });
  },
);
