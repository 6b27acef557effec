import { mayStepPetition } from "@muster/access/decide";
import { limitsOf } from "@muster/db/queries/petitions/limits";
import {
  findPetition,
  leadersOf,
  petitionEvents,
  petitionersOf,
  reviewing,
} from "@muster/db/queries/petitions/read";
import { findReception } from "@muster/db/queries/reception/log";
import { localDate } from "@muster/domain/period";
import { maskPhone } from "@muster/domain/person";
import {
  clockOf,
  limitsOn,
  NOTICE_KINDS,
  NOTICES,
  PETITION_ACTIONS,
  reviewOpenUntil,
} from "@muster/domain/petition";
import type { Locale } from "~/i18n/locales";
import type { Tx } from "~/server/database.server";
import { notFound } from "~/server/errors.server";
import { keyring } from "~/server/keys.server";
import type { MemberContext } from "~/server/prepare.server";
import { shownPetition } from "./ledger.server";

type Reader = Pick<MemberContext<unknown, unknown>, "actor" | "ability" | "may" | "now"> & { locale: Locale };

/** Everything the page of a petition shows: contacts masked, and the steps that are the reader's to take. */
export async function petitionModel(tx: Tx, id: string, { actor, ability, may, now, locale }: Reader) {
  const row = await findPetition(tx, id);
  if (!row) throw notFound();
  const reviewers = reviewing(row);
  const [events, petitioners, limits, leaders, entry] = await Promise.all([
    petitionEvents(tx, id),
    petitionersOf(tx, keyring(), id),
    limitsOf(tx),
    leadersOf(tx, row.stationId),
    row.receptionId ? findReception(tx, row.receptionId) : null,
  ]);
  const nameOf = (id: number) => row.ancestors.find((above) => above.id === id)?.name ?? row.stationName;
  const { stationId, path } = row;
  const today = localDate(now);
  const told = new Set(events.map(({ action }) => action));
  return {
    petition: { ...shownPetition(row, petitioners[0]?.name ?? "", locale), body: row.body },
    steps: PETITION_ACTIONS.filter((action) =>
      mayStepPetition(ability, actor, action, { ...row, ...reviewers }),
    ),
    clock: clockOf(row, limits),
    reviewUntil: reviewOpenUntil(row, limits),
    mostDays: limitsOn(limits, row.acceptedOn ?? today).extend,
    reviewer: nameOf(reviewers.reviewerId),
    final: nameOf(reviewers.finalId),
    petitioners: petitioners.map(({ name, phone, address, ...one }) => ({
      ...one,
      name,
      phone: phone && maskPhone(phone),
      address: address && `${address.slice(0, 2)}***`,
    })),
    events,
    leaders: leaders.map(({ userId, name }) => ({ value: userId, label: name })),
    notices: NOTICE_KINDS.filter((kind) => told.has(NOTICES[kind])),
    // Entries of the log that came from another station are not the reader's to open.
    entry: entry ? entry.id : null,
    rights: { reveal: may("reveal", "Petition", { stationId, path }) },
    today,
  };
}
