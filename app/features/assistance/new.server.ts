import { repeatSince } from "@muster/db/queries/assistance/apply";
import { casesOfPerson } from "@muster/db/queries/assistance/row";
import { allTypes, typesIn } from "@muster/db/queries/assistance/types";
import { listPeople } from "@muster/db/queries/people/list";
import { findPerson } from "@muster/db/queries/people/row";
import { findReception } from "@muster/db/queries/reception/log";
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
  search: { type?: string | undefined; person?: string | undefined; reception?: string | undefined },
  { actor, may, now, locale }: Reader,
) {
  const today = localDate(now);
  const [all, station] = await Promise.all([allTypes(tx), findStation(tx, actor.stationId)]);
  const types = typesIn(all, periodOf(today));
  const type = search.type ? types.find(({ code }) => code === search.type) : undefined;
  if (search.type && !type) throw notFound();
  const entry = search.reception ? await findReception(tx, search.reception) : null;
  if (search.reception && !entry) throw notFound();
  // Whoever came to the counter is the one it is for, until somebody else is chosen.
  const asked = search.person ?? entry?.recordId;
  const row = asked ? await findPerson(tx, asked) : null;
  // A case is filed for somebody of one's own archive or one below, as long as they are in it.
  const mine =
    row !== null &&
    row.leftOn === null &&
    may("create", "Assistance", { stationId: row.stationId, path: row.path });
  if (search.person && !mine) throw notFound();
  const person = mine ? row : null;
  const earlier = person ? await casesOfPerson(tx, person.personId) : [];
  const since = type ? repeatSince(type.repeatMonths, today) : today;
  return {
    types,
    named: namedTypes(all, locale),
    type: type ?? null,
    counter: { name: actor.stationName, address: station?.address ?? "", phone: station?.phone ?? "" },
    person: person && { id: person.id, name: person.name, bornOn: person.bornOn },
    from: entry && { id: entry.id, question: entry.question },
    people: type && !person ? await peopleHere(tx, actor.stationId) : [],
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
