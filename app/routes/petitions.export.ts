import { firstPetitioners, listPetitions } from "@muster/db/queries/petitions/read";
import { noteExport } from "@muster/db/queries/registers/exported";
import { daysFrom, localDate } from "@muster/domain/period";
import { downloadOf } from "@muster/reports/download";
import { filterOf, PetitionSearch, shownPetition } from "~/features/petitions/ledger.server";
import { numberOf, petitionersIn } from "~/features/petitions/petition-words";
import { placeAsked } from "~/features/registers/place.server";
import { sheetTable } from "~/features/registers/sheet.server";
import { keyring } from "~/server/keys.server";
import { download } from "~/server/route.server";

const MOST_EXPORTED = 20_000;
const COLUMNS = [
  "number",
  "receivedOn",
  "subject",
  "petitioner",
  "topic",
  "channel",
  "state",
  "dueOn",
  "clock",
  "leader",
  "backlog",
  "closedOn",
  "station",
] as const;

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
    const left = (dueOn: string | null) => {
      if (dueOn === null) return "";
      const days = daysFrom(localDate(now), dueOn);
      if (days === 0) return t("petitions:clock.today");
      return days > 0
        ? t("petitions:clock.left", { count: days })
        : t("petitions:clock.over", { count: -days });
    };
    const table = sheetTable(
      COLUMNS.map((name) => ({ name, label: (words) => words(`petitions:column.${name}`) })),
      lines.map((line) => [
        numberOf(line, t),
        line.receivedOn,
        line.subject,
        petitionersIn(line.petitioner, line.people, t),
        line.topicName,
        t(`reception:channel.${line.channel}`),
        t(`petitions:state.${line.state}`),
        line.dueOn ?? "",
        left(line.dueOn),
        line.leaderName ?? "",
        t(line.backlog ? "petitions:yes" : "petitions:no"),
        line.closedOn ?? "",
        line.stationName,
      ]),
      {
        t,
        reader: actor.name,
        now,
        title: t("petitions:sheet.title", { station: actor.stationName }),
        notes: lines.length === MOST_EXPORTED ? [t("petitions:sheet.cut", { count: MOST_EXPORTED })] : [],
      },
    );
    const { body, headers } = await downloadOf([table], "xlsx", table.title);
    return new Response(body as BodyInit, { headers });
  },
);
