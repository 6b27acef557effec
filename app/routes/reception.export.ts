import { listReceptions } from "@muster/db/queries/reception/list";
import { noteExport } from "@muster/db/queries/registers/exported";
import { downloadOf } from "@muster/reports/download";
import { filterOf, ReceptionSearch, shownEntry } from "~/features/reception/list-view.server";
import { placeAsked } from "~/features/registers/place.server";
import { sheetTable } from "~/features/registers/sheet.server";
import { keyring } from "~/server/keys.server";
import { download } from "~/server/route.server";

const MOST_EXPORTED = 20_000;
const COLUMNS = [
  "day",
  "visitor",
  "topic",
  "question",
  "answer",
  "channel",
  "purpose",
  "state",
  "station",
  "by",
  "answeredOn",
] as const;

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
    const table = sheetTable(
      COLUMNS.map((name) => ({ name, label: (words) => words(`reception:column.${name}`) })),
      lines.map((line) => [
        line.day,
        line.visitor || t("reception:anonymous"),
        line.topicName,
        line.question,
        line.answer,
        t(`reception:channel.${line.channel}`),
        t(`reception:purpose.${line.purpose}`),
        t(`reception:state.${line.shownState}`),
        line.stationName,
        line.byName,
        line.answeredOn ?? "",
      ]),
      {
        t,
        reader: actor.name,
        now,
        title: t("reception:sheet.title", { station: actor.stationName }),
        notes: lines.length === MOST_EXPORTED ? [t("reception:sheet.cut", { count: MOST_EXPORTED })] : [],
      },
    );
    const { body, headers } = await downloadOf([table], "xlsx", table.title);
    return new Response(body as BodyInit, { headers });
  },
);
