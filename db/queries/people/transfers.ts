import { readIdNumber } from "@muster/domain/person";
import type { Keyring } from "@muster/secrets/keyring";
import { newId, type ScopedTx } from "../../scope";
import { audit } from "../audit";
import { voidCardsOf } from "../cards/issue";
import { holdStation } from "../staff/row";
import { today } from "../stations/row";
import { aboutPerson } from "./archive";
import { done, type PersonOutcome, refused } from "./outcome";
import { holdPerson, idIndexOf, openBasics, openSection, sealBasics, sealSection, sectionsOf } from "./row";

/** A request that waits at the caller's station or below it. */
export interface Transfer {
  id: string;
  recordId: string;
  name: string;
  fromStationId: number;
  fromName: string;
  toStationId: number;
  toName: string;
  stationId: number;
  path: string;
  reason: string;
  /** An instant, ISO 8601. */
  askedAt: string;
  askedBy: string;
}

/**
 * A station asks for somebody who is in another one's archive. Whether there was anybody, and where, is not answered:
 * the station above both decides.
 */
export async function askTransfer(
  tx: ScopedTx,
  keys: Keyring,
  { stationId, idNumber, reason }: { stationId: number; idNumber: string; reason: string },
): Promise<PersonOutcome<{ stationId: number }>> {
  const read = readIdNumber(idNumber, today(tx));
  if (!read.ok) return refused(`idNumber_${read.problem}`);
  const station = await holdStation(tx, stationId);
  if (!station) return refused("not_found");
  if (station.closedOn) return refused("station_closed");
  const index = idIndexOf(keys, tx.scope.cityId, read.value.number);
  await tx.sql`
    select person_transfer_ask(${newId()}, ${index}, ${stationId}, ${reason}, ${tx.caller.actor.name},
      ${tx.caller.now.toISOString()})`;
  await audit(tx, {
    action: "person.transfer_ask",
    subject: "Person",
    subjectId: String(stationId),
    stationId,
    path: station.path,
  });
  return done({ stationId });
}

/** How many requests a station itself has to decide. */
export async function waitingTransfers(tx: ScopedTx, stationId: number): Promise<number> {
  const [row] = await tx.sql<{ waiting: number }[]>`
    select count(*)::int as waiting from person_transfer
    where city_id = ${tx.scope.cityId} and station_id = ${stationId} and status = 'open'`;
  return row?.waiting ?? 0;
}

/** The requests that the caller's station, or one below it, has to decide; the oldest first. */
export async function openTransfers(tx: ScopedTx): Promise<Transfer[]> {
  const { cityId } = tx.scope;
  const rows = await tx.sql<Transfer[]>`
    select t.id, t.record_id as "recordId", p.name, t.from_station_id as "fromStationId", f.name as "fromName",
      t.to_station_id as "toStationId", g.name as "toName", t.station_id as "stationId", t.path, t.reason,
      t.asked_at as "askedAt", t.asked_by as "askedBy"
    from person_transfer t
    join person p on p.city_id = ${cityId} and p.id = t.record_id
    join station f on f.city_id = ${cityId} and f.id = t.from_station_id
    join station g on g.city_id = ${cityId} and g.id = t.to_station_id
    where t.city_id = ${cityId} and t.status = 'open' order by t.asked_at, t.id`;
  return [...rows];
}

/**
 * Decides on a request. Accepted, the record of the old station ends today and one of the same human being begins at
 * the asking station, with everything in it sealed anew for its place.
 */
export async function decideTransfer(
  tx: ScopedTx,
  keys: Keyring,
  { id, accept, reason }: { id: string; accept: boolean; reason: string },
): Promise<PersonOutcome<{ name: string }>> {
  const transfer = (await openTransfers(tx)).find((each) => each.id === id);
  if (!transfer) return refused("decided");
  const row = await holdPerson(tx, transfer.recordId);
  if (!row) return refused("not_found");
  const { cityId } = tx.scope;
  const decided = await tx.sql`
    update person_transfer set status = ${accept ? "accepted" : "refused"}, decision = ${reason},
      decided_at = ${tx.caller.now.toISOString()}, decided_by = ${tx.caller.actor.name}
    where city_id = ${cityId} and id = ${id} and status = 'open'`;
  if (decided.count === 0) return refused("decided");
  if (!accept) {
    await audit(tx, { action: "person.transfer_refuse", ...aboutPerson(row) });
    return done({ name: transfer.name });
  }
  if (row.leftOn) return refused("left");
  const target = await holdStation(tx, transfer.toStationId);
  if (!target || target.closedOn) return refused("station_closed");
  const day = today(tx);
  const fresh = newId();
  await tx.sql`
    update person set left_on = greatest(active_from, ${day}::date), way_out = 'transferred', version = version + 1,
      updated_at = ${tx.caller.now.toISOString()}
    where city_id = ${cityId} and id = ${row.id}`;
  await voidCardsOf(tx, row.id);
  const basics = openBasics(keys, cityId, row);
  const sealed = sealBasics(keys, cityId, fresh, { ...basics, idNumber: basics.idNumber || null });
  await tx.sql`
    insert into person (city_id, path, id, station_id, person_id, name, pinyin, initials, sex, born_on, id_number,
      id_index, tail_index, phone, phone_index, living_alone, empty_nest, care_need, hardship, categories,
      plaque, card_since, completeness, complete_since, active_from, way_in, registered_on, updated_at)
    select city_id, ${target.path}, ${fresh}, ${target.id}, person_id, name, pinyin, initials, sex, born_on,
      ${sealed.idNumber}, ${sealed.idIndex}, ${sealed.tailIndex}, ${sealed.phone}, ${sealed.phoneIndex}, living_alone,
      empty_nest, care_need, hardship, categories, plaque, card_since, completeness, complete_since, left_on, 'moved_in', ${day},
      ${tx.caller.now.toISOString()}
    from person where city_id = ${cityId} and id = ${row.id}`;
  for (const section of await sectionsOf(tx, row.id)) {
    const content = openSection(keys, cityId, section);
    await tx.sql`
      insert into person_section (city_id, path, station_id, record_id, section, content, filled, updated_at, updated_by)
      values (${cityId}, ${target.path}, ${target.id}, ${fresh}, ${section.section},
        ${sealSection(keys, cityId, fresh, section.section, content)}, ${section.filled},
        ${section.updatedAt}, ${section.updatedBy})`;
  }
  const held = await tx.sql<{ code: string; validFrom: string; document: string }[]>`
    select code, valid_from as "validFrom", document from person_category
    where city_id = ${cityId} and record_id = ${row.id} and valid_to is null`;
  for (const { code, validFrom, document } of held) {
    await tx.sql`
      insert into person_category (city_id, path, station_id, record_id, id, code, valid_from, document)
      values (${cityId}, ${target.path}, ${target.id}, ${fresh}, ${newId()}, ${code}, ${validFrom}, ${document})`;
  }
  await audit(tx, { action: "person.leave", ...aboutPerson(row), after: { wayOut: "transferred", on: day } });
  await audit(tx, {
    action: "person.transfer_accept",
    ...aboutPerson({ id: fresh, stationId: target.id, path: target.path }),
    after: { validFrom: day, wayIn: "moved_in" },
  });
  return done({ name: transfer.name });
}
