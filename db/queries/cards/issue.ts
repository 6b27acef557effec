import { randomBytes } from "node:crypto";
import { type CardKind, type CardSettings, latestEnd } from "@muster/domain/card";
import type { LocalDate } from "@muster/domain/period";
import { newId, type ScopedTx } from "../../scope";
import { audit, json } from "../audit";
import { holdPerson, type PersonRow } from "../people/row";
import { holdStation } from "../staff/row";
import { today } from "../stations/row";
import { type CardOutcome, done, refused } from "./outcome";
import { type CardRow, findCard, workersOf } from "./read";

/** The subject of an audit entry on a card. Whose it is, the log does not say. */
const aboutCard = (row: { id: string; stationId: number; path: string }) => ({
  subject: "Card",
  subjectId: row.id,
  stationId: row.stationId,
  path: row.path,
});

/** The first of the numbers that the city's cards of a year do not have yet; who asks next waits for this transaction. */
async function freeNumber(tx: ScopedTx, year: number): Promise<number> {
  const [row] = await tx.sql<{ first: number }[]>`select card_numbers(${year}) as first`;
  if (!row) throw new Error("card_numbers answered nothing");
  return row.first;
}

interface Made {
  kind: CardKind;
  validUntil: LocalDate;
  /** Of the roster, for a pairing card. */
  workerId: string | null;
}

/** A last day that is to come and within reach. */
const soundEnd = (day: LocalDate, validUntil: LocalDate) => validUntil >= day && validUntil <= latestEnd(day);

async function serves(tx: ScopedTx, stationId: number, workerId: string): Promise<boolean> {
  return (await workersOf(tx, stationId)).some(({ staffId }) => staffId === workerId);
}

/**
 * Makes out cards of one kind for several people. Whoever has one in force keeps it, so that a form sent twice makes
 * none twice; one that has expired is replaced. Answers the cards in force of everybody asked for, and how many are new.
 */
export async function issueCards(
  tx: ScopedTx,
  { recordIds, ...made }: Made & { recordIds: readonly string[] },
): Promise<CardOutcome<{ ids: string[]; issued: number }>> {
  const day = today(tx);
  if (!soundEnd(day, made.validUntil)) return refused("bad_end");
  const people: PersonRow[] = [];
  for (const id of [...new Set(recordIds)].sort()) {
    const row = await holdPerson(tx, id);
    if (!row) return refused("not_found");
    if (row.leftOn) return refused("left");
    people.push(row);
  }
  if (made.kind === "pairing") {
    for (const stationId of new Set(people.map((row) => row.stationId))) {
      if (!made.workerId || !(await serves(tx, stationId, made.workerId))) return refused("no_worker");
    }
  }
  const ids: string[] = [];
  const fresh: { row: PersonRow; version: number }[] = [];
  for (const row of people) {
    const [current] = await tx.sql<{ id: string; version: number; validUntil: LocalDate }[]>`
      select id, version, valid_until as "validUntil" from card
      where city_id = ${tx.scope.cityId} and record_id = ${row.id} and kind = ${made.kind} and state = 'issued'`;
    if (current && current.validUntil >= day) ids.push(current.id);
    else {
      if (current) await end(tx, current.id, "replaced");
      fresh.push({ row, version: (current?.version ?? 0) + 1 });
    }
  }
  ids.push(...(await insertCards(tx, fresh, made)));
  return done({ ids, issued: fresh.length });
}

async function insertCards(
  tx: ScopedTx,
  fresh: readonly { row: PersonRow; version: number }[],
  { kind, validUntil, workerId }: Made,
): Promise<string[]> {
  if (fresh.length === 0) return [];
  const { cityId } = tx.scope;
  const issuedOn = today(tx);
  const year = Number(issuedOn.slice(0, 4));
  const first = await freeNumber(tx, year);
  const ids: string[] = [];
  for (const [i, { row, version }] of fresh.entries()) {
    const id = newId();
    await tx.sql`
      insert into card (city_id, path, id, station_id, record_id, kind, year, number, version, token, issued_on,
        issued_by, valid_until, worker_id)
      values (${cityId}, ${row.path}, ${id}, ${row.stationId}, ${row.id}, ${kind}, ${year}, ${first + i}, ${version},
        ${randomBytes(16).toString("base64url")}, ${issuedOn}, ${tx.caller.actor.name}, ${validUntil},
        ${kind === "pairing" ? workerId : null})`;
    await audit(tx, {
      action: "card.issue",
      ...aboutCard({ ...row, id }),
      after: { cardKind: kind, version, expiresOn: validUntil },
    });
    ids.push(id);
  }
  return ids;
}

/** The old card is void from today on. */
async function end(tx: ScopedTx, id: string, state: "replaced" | "withdrawn"): Promise<void> {
  await tx.sql`
    update card set state = ${state}, ended_on = ${today(tx)} where city_id = ${tx.scope.cityId} and id = ${id}`;
}

/** Another card in the place of one that is lost or no longer right: the old one is void. */
export async function replaceCard(
  tx: ScopedTx,
  { id, validUntil, workerId }: { id: string; validUntil: LocalDate; workerId: string | null },
): Promise<CardOutcome<{ id: string }>> {
  if (!soundEnd(today(tx), validUntil)) return refused("bad_end");
  const held = await heldCard(tx, id);
  if (!held.ok) return held;
  const { card, row } = held.value;
  if (row.leftOn) return refused("left");
  const worker = workerId ?? card.workerId;
  if (card.kind === "pairing" && !(worker && (await serves(tx, row.stationId, worker))))
    return refused("no_worker");
  await end(tx, id, "replaced");
  const [next] = await insertCards(tx, [{ row, version: card.version + 1 }], {
    kind: card.kind,
    validUntil,
    workerId: worker,
  });
  if (!next) throw new Error("no card was made");
  await audit(tx, { action: "card.replace", ...aboutCard(card), after: { cardKind: card.kind } });
  return done({ id: next });
}

/** A card is taken back: it is void, and nothing takes its place. */
export async function withdrawCard(
  tx: ScopedTx,
  { id }: { id: string },
): Promise<CardOutcome<{ id: string }>> {
  const held = await heldCard(tx, id);
  if (!held.ok) return held;
  await end(tx, id, "withdrawn");
  await audit(tx, {
    action: "card.withdraw",
    ...aboutCard(held.value.card),
    after: { cardKind: held.value.card.kind },
  });
  return done({ id });
}

/** Whoever leaves the archive has no card of its station any more: all of theirs are void. */
export async function voidCardsOf(tx: ScopedTx, recordId: string): Promise<void> {
  const rows = await tx.sql<{ id: string; stationId: number; path: string; kind: CardKind }[]>`
    select id, station_id as "stationId", path, kind from card
    where city_id = ${tx.scope.cityId} and record_id = ${recordId} and state = 'issued' order by id`;
  for (const row of rows) {
    await end(tx, row.id, "withdrawn");
    await audit(tx, { action: "card.withdraw", ...aboutCard(row), after: { cardKind: row.kind } });
  }
}

/** A card that is still in force, with its person held: steps on one person's cards go one by one. */
async function heldCard(tx: ScopedTx, id: string): Promise<CardOutcome<{ card: CardRow; row: PersonRow }>> {
  const known = await findCard(tx, id);
  const row = known && (await holdPerson(tx, known.recordId));
  const card = row && (await findCard(tx, id));
  if (!card || !row) return refused("not_found");
  return card.state === "issued" ? done({ card, row }) : refused("ended");
}

/**
 * What the cards of a station say besides the archive. `version` is what the form showed, 0 when there was none;
 * null when somebody else was faster.
 */
export async function saveCardSettings(
  tx: ScopedTx,
  {
    stationId,
    version,
    lines,
    duties,
    services,
    activities,
  }: CardSettings & { stationId: number; version: number },
): Promise<{ version: number } | null> {
  const station = await holdStation(tx, stationId);
  if (!station) return null;
  const written = await tx.sql`
    insert into card_settings (city_id, path, station_id, lines, duties, services, activities, updated_at, updated_by,
      version)
    select ${tx.scope.cityId}, ${station.path}, ${stationId}, ${json(lines)}::jsonb, ${duties}, ${services}, ${activities},
      ${tx.caller.now.toISOString()}, ${tx.caller.actor.name}, ${version + 1}
    where ${version} = 0 or exists (
      select from card_settings where city_id = ${tx.scope.cityId} and station_id = ${stationId})
    on conflict (city_id, station_id) do update set lines = excluded.lines, duties = excluded.duties,
      services = excluded.services, activities = excluded.activities, updated_at = excluded.updated_at, updated_by = excluded.updated_by,
      version = excluded.version
    where card_settings.version = ${version}`;
  if (written.count === 0) return null;
  await audit(tx, {
    action: "card.settings",
    subject: "Card",
    subjectId: String(stationId),
    stationId,
    path: station.path,
    after: { version: version + 1 },
  });
  return { version: version + 1 };
}
