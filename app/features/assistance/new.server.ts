import { repeatSince } from "@muster/db/queries/assistance/apply";
import { casesOfPerson } from "@muster/db/queries/assistance/row";
import { allTypes, typesIn } from "@muster/db/queries/assistance/types";
import { listPeople } from "@muster/db/queries/people/list";
import { findPerson } from "@muster/db/queries/people/row";
import { findStation } from "@muster/db/queries/stations/row";
import { localDate, periodOf } from "@muster/domain/period";
import type { Locale } from "~/i18n/locales";
import type { Tx } from "~/server/database.server";
import { notFound } from "~/server/errors.server";
import { keyring } from "~/server/keys.server";
import type { MemberContext } from "~/server/prepare.server";
import { namedTypes } from "./list-view.server";
import type { Choice } from "./person-choice";

/** More are found by name instead of being listed. */
const MOST_LISTED = 300;
const MOST_FOUND = 20;

type Reader = Pick<MemberContext<unknown, unknown>, "actor" | "may" | "now"> & { locale: Locale };

/** What the page of a new application shows, as far as its address has come: the kinds, the papers, the person. */
export async function newCaseModel(
  tx: Tx,
  search: { type?: string | undefined; person?: string | undefined },
  { actor, may, now, locale }: Reader,
) {
  const today = localDate(now);
  const [all, station] = await Promise.all([allTypes(tx), findStation(tx, actor.stationId)]);
  const types = typesIn(all, periodOf(today));
  const type = search.type ? types.find(({ code }) => code === search.type) : undefined;
  if (search.type && !type) throw notFound();
  const row = search.person ? await findPerson(tx, search.person) : null;
  // A case is filed for somebody of one's own archive or one below, as long as they are in it.
  const mine =
    row !== null &&
    row.leftOn === null &&
    may("create", "Assistance", { stationId: row.stationId, path: row.path });
  if (search.person && !mine) throw notFound();
  const earlier = row ? await casesOfPerson(tx, row.personId) : [];
  const since = type ? repeatSince(type.repeatMonths, today) : today;
  return {
    types,
    named: namedTypes(all, locale),
    type: type ?? null,
    counter: { name: actor.stationName, address: station?.address ?? "", phone: station?.phone ?? "" },
    person: row && { id: row.id, name: row.name, bornOn: row.bornOn },
    people: type && !row ? await peopleHere(tx, actor.stationId) : [],
    earlier,
    repeated: earlier.some(
      ({ typeCode, appliedOn, state }) =>
        typeCode === type?.code &&
        appliedOn >= since &&
        state !== "withdrawn" &&
        state !== "refused" &&
        state !== "upheld",
    ),
    today,
  };
}

/** Everybody in the archive of a station; nobody where they are too many for a list. */
async function peopleHere(tx: Tx, stationId: number): Promise<Choice[]> {
  const { lines, more } = await listPeople(tx, keyring(), { filter: { stationId }, limit: MOST_LISTED });
  return more ? [] : lines.map(choiceOf);
}

/** Active people of the reader's sight whose name begins so. */
export async function findPeople(tx: Tx, q: string): Promise<Choice[]> {
  const { lines } = await listPeople(tx, keyring(), { filter: { q }, limit: MOST_FOUND });
  return lines.map(choiceOf);
}

function choiceOf({ id, name, bornOn, stationName }: Choice): Choice {
  return { id, name, bornOn, stationName };
}
