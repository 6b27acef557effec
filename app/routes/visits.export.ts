import { findPerson } from "@muster/db/queries/people/row";
import { noteExport } from "@muster/db/queries/registers/exported";
import { findStation } from "@muster/db/queries/stations/row";
import { listVisits } from "@muster/db/queries/visits/list";
import { downloadOf } from "@muster/reports/download";
import { sheetTable } from "~/features/registers/sheet.server";
import { filterOf, VisitSearch } from "~/features/visits/list-view.server";
import { formatMoney } from "~/i18n/format";
import { notFound } from "~/server/errors.server";
import { download } from "~/server/route.server";

const MOST_EXPORTED = 20_000;

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
    const columns = [
      "heldOn",
      "people",
      "occasion",
      "channel",
      "gift",
      "worker",
      "station",
      "entered",
    ] as const;
    const table = sheetTable(
      columns.map((name) => ({ name, label: () => t(`visits:column.${name}`) })),
      lines.map(({ heldOn, names, people, occasion, channel, gift, worker, stationName, enteredBy }) => [
        heldOn,
        people > names.length
          ? `${names.join(t("visits:join"))} ${t("visits:andMore", { count: people })}`
          : names.join(t("visits:join")),
        t(`visits:occasion.${occasion}`),
        t(`visits:channel.${channel}`),
        formatMoney(gift * people),
        worker,
        stationName,
        enteredBy,
      ]),
      {
        t,
        reader: actor.name,
        now,
        title: t("visits:sheet.title", { station: actor.stationName }),
        notes: lines.length === MOST_EXPORTED ? [t("visits:sheet.cut", { count: MOST_EXPORTED })] : [],
      },
    );
    const { body, headers } = await downloadOf([table], "xlsx", table.title);
    return new Response(body as BodyInit, { headers });
  },
);
