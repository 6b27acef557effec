import { cardShare } from "@muster/db/queries/cards/read";
import { listPeople, peopleCountedUpTo, summaryOf } from "@muster/db/queries/people/list";
import { cityCategories, maskedBasics } from "@muster/db/queries/people/row";
import { viewsOf } from "@muster/db/queries/registers/views";
import { findStation } from "@muster/db/queries/stations/row";
import { localDate } from "@muster/domain/period";
import type { z } from "zod";
import type { Locale } from "~/i18n/locales";
import type { Tx } from "~/server/database.server";
import { notFound } from "~/server/errors.server";
import { keyring } from "~/server/keys.server";
import type { MemberContext } from "~/server/prepare.server";
import { pageBy } from "../registers/list-page.server";
import { placeOf } from "./access.server";
import { filterOf, namedCategories, type PeopleSearch } from "./list-view.server";

type Reader = Pick<MemberContext<unknown, unknown>, "url" | "actor" | "may" | "now"> & { locale: Locale };

/** Everything the list of people shows: a page of lines with their numbers masked, and how the archive stands. */
export async function peopleModel(
  tx: Tx,
  search: z.output<typeof PeopleSearch>,
  { url, actor, may, now, locale }: Reader,
) {
  const keys = keyring();
  const station = search.station ? await findStation(tx, search.station) : null;
  if (search.station && !station) throw notFound();
  const filter = filterOf(search, station);
  const list = await pageBy(
    { url, search, most: peopleCountedUpTo(filter), by: { pinyin: "text", id: "id" } },
    (page) => listPeople(tx, keys, { filter, ...page }),
  );
  const summary = await summaryOf(tx, station?.path ?? tx.scope.path, { asked: search.ages === "1" });
  return {
    page: {
      ...list,
      lines: list.lines.map((line) => ({
        ...line,
        ...maskedBasics(keys, tx.scope.cityId, line),
        mine: may("update", "Person", placeOf(line)) && line.leftOn === null,
      })),
    },
    q: search.q ?? "",
    counted: filter.counted ?? null,
    categories: namedCategories(await cityCategories(tx), locale),
    views: await viewsOf(tx, "people"),
    summary,
    // Where there are too many to be summed up unasked, nobody waits for these either.
    cards: summary && (await cardShare(tx, station?.path ?? tx.scope.path)),
    station: station?.name ?? actor.stationName,
    today: localDate(now),
    rights: {
      create: may("create", "Person", { stationId: actor.stationId, path: actor.path }),
      import: may("import", "Person", { stationId: actor.stationId, path: actor.path }),
      export: may("export", "Person", { stationId: actor.stationId, path: actor.path }),
      transfers: may("accept", "Transfer", { stationId: actor.stationId, path: actor.path }),
    },
  };
}
