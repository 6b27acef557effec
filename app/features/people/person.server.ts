import { casesOfPerson } from "@muster/db/queries/assistance/row";
import { allTypes } from "@muster/db/queries/assistance/types";
import { cardsOf } from "@muster/db/queries/cards/read";
import { namesakesOf } from "@muster/db/queries/people/list";
import {
  categoriesOf,
  cityCategories,
  confirmationsOf,
  maskedBasics,
  openSection,
  sectionsOf,
  staysOf,
} from "@muster/db/queries/people/row";
import { listPetitions } from "@muster/db/queries/petitions/read";
import { listReceptions } from "@muster/db/queries/reception/list";
import { listVisits } from "@muster/db/queries/visits/list";
import { localDate } from "@muster/domain/period";
import { SECTION_NAMES, SECTIONS } from "@muster/domain/person-sections";
import type { Locale } from "~/i18n/locales";
import type { Tx } from "~/server/database.server";
import { keyring } from "~/server/keys.server";
import type { MemberContext } from "~/server/prepare.server";
import { namedTypes } from "../assistance/list-view.server";
import { shownStateOf } from "../reception/list-view.server";
import { personOf, placeOf } from "./access.server";
import { namedCategories } from "./list-view.server";

type Reader = Pick<MemberContext<unknown, unknown>, "may" | "now"> & { locale: Locale };

/** Everything the page of somebody's archive shows: sealed parts masked, the registers' last entries beside it. */
export async function personModel(tx: Tx, id: string, { may, now, locale }: Reader) {
  const keys = keyring();
  const { cityId } = tx.scope;
  const row = await personOf(tx, id);
  const rows = new Map((await sectionsOf(tx, row.id)).map((section) => [section.section, section]));
  const stays = await staysOf(tx, row.personId);
  const active = row.leftOn === null;
  const update = may("update", "Person", placeOf(row));
  return {
    person: { ...row, ...maskedBasics(keys, cityId, row) },
    station: stays.find(({ id }) => id === row.id)?.stationName ?? "",
    sections: SECTION_NAMES.map((section) => {
      const stored = rows.get(section);
      const { masked } = SECTIONS[section];
      return {
        section,
        masked,
        filled: stored?.filled ?? 0,
        content: masked ? null : stored ? openSection(keys, cityId, stored) : {},
        updated: stored ? { who: stored.updatedBy, when: stored.updatedAt } : null,
      };
    }),
    cards: await cardsOf(tx, row.id),
    held: await categoriesOf(tx, row.id),
    categories: namedCategories(await cityCategories(tx), locale),
    stays,
    confirmations: await confirmationsOf(tx, row.id),
    visits: (await listVisits(tx, { filter: { personId: row.personId }, limit: 3 })).lines.map(
      ({ id, heldOn, channel, occasion, worker, followOn, followedOn, voidOn }) => ({
        ...{ id, heldOn, channel, occasion, worker, followOn, followedOn, voidOn },
      }),
    ),
    receptions: (await listReceptions(tx, { filter: { recordId: row.id }, limit: 3 })).lines.map((row) => ({
      id: row.id,
      day: row.day,
      question: row.question,
      shownState: shownStateOf(row),
    })),
    petitions: may("read", "Petition", placeOf(row))
      ? (await listPetitions(tx, { filter: { recordId: row.id }, limit: 3 })).lines.map(
          ({ id, receivedOn, subject, state }) => ({ id, receivedOn, subject, state }),
        )
      : null,
    logs: active && may("create", "Reception", placeOf(row)),
    others: active && update ? await namesakesOf(tx, row) : [],
    assistance: may("read", "Assistance", placeOf(row))
      ? {
          cases: await casesOfPerson(tx, row.personId),
          types: namedTypes(await allTypes(tx), locale),
          creates: active && may("create", "Assistance", placeOf(row)),
        }
      : null,
    rights: {
      update: update && active,
      reinstate: update && !active && row.wayOut !== "transferred",
      reveal: may("reveal", "Person", placeOf(row)),
    },
    today: localDate(now),
  };
}
