import type { LocalDate } from "@muster/domain/period";
import { type Purpose, phoneDigits, readIdentity, type Sex, type WayIn } from "@muster/domain/person";
import {
  completenessOf,
  factsOf,
  filledIn,
  type SectionContent,
  type SectionName,
} from "@muster/domain/person-sections";
import type { Keyring } from "@muster/secrets/keyring";
import { newId, type ScopedTx } from "../../scope";
import { audit } from "../audit";
import { voidCardsOf } from "../cards/issue";
import { holdStation } from "../staff/row";
import type { StationRow } from "../stations/row";
import { today } from "../stations/row";
import { spellingOf } from "./names";
import { done, type PersonOutcome, refused } from "./outcome";
import {
  findPerson,
  holdPerson,
  idIndexOf,
  knownIndexes,
  openBasics,
  openSection,
  type PersonRow,
  sealBasics,
  sealSection,
  sectionsOf,
} from "./row";

/** Who somebody is. `sex` and `bornOn` may be left to the ID number. */
export interface Identity {
  name: string;
  idNumber: string;
  sex: Sex | null;
  bornOn: LocalDate | null;
  phone: string;
}

export interface NewPerson extends Identity {
  stationId: number;
  categories: readonly string[];
  activeFrom: LocalDate;
  wayIn: WayIn;
}

/** The subject of an audit entry on a record. No name, no number: the log is read by people who see no archive. */
export function aboutPerson(row: { id: string; stationId: number; path: string }) {
  return { subject: "Person", subjectId: row.id, stationId: row.stationId, path: row.path };
}

/**
 * Takes somebody into the archive of a station. Refused when they are in an archive of the city already: in one the
 * caller sees with the record, in another one without any word about it.
 */
export async function registerPerson(
  tx: ScopedTx,
  keys: Keyring,
  { stationId, categories, activeFrom, wayIn, ...said }: NewPerson,
): Promise<PersonOutcome<{ id: string }>> {
  const { cityId } = tx.scope;
  const station = await stationFor(tx, stationId, activeFrom);
  if (!station.ok) return station;
  const identity = readIdentity(said, today(tx));
  if (!identity.ok) return refused(`${identity.field}_${identity.problem}`);
  if (!(await allKnown(tx, categories))) return refused("unknown_category");
  const id = newId();
  const sealed = sealBasics(keys, cityId, id, {
    idNumber: identity.idNumber,
    phone: phoneDigits(said.phone),
  });
  const { pinyin, initials } = spellingOf(said.name);
  // Not read before it is written: the index decides, also between two who enter the same person at once.
  const inserted = await tx.sql`
    insert into person (city_id, path, id, station_id, person_id, name, pinyin, initials, sex, born_on,
      id_number, id_index, tail_index, phone, phone_index, active_from, way_in, registered_on, updated_at)
    values (${cityId}, ${station.value.path}, ${id}, ${stationId}, ${newId()}, ${said.name}, ${pinyin}, ${initials},
      ${identity.sex}, ${identity.bornOn}, ${sealed.idNumber}, ${sealed.idIndex}, ${sealed.tailIndex},
      ${sealed.phone}, ${sealed.phoneIndex}, ${activeFrom}, ${wayIn}, ${today(tx)}, ${tx.caller.now.toISOString()})
    on conflict do nothing`;
  if (inserted.count === 0) return knownAlready(tx, keys, station.value, identity.idNumber ?? "");
  for (const code of categories) {
    await tx.sql`
      insert into person_category (city_id, path, station_id, record_id, id, code, valid_from)
      values (${cityId}, ${station.value.path}, ${stationId}, ${id}, ${newId()}, ${code}, ${activeFrom})`;
  }
  await refreshDerived(tx, id);
  await audit(tx, {
    action: "person.register",
    ...aboutPerson({ id, stationId, path: station.value.path }),
    after: { categories: [...categories], validFrom: activeFrom, wayIn },
  });
  return done({ id });
}

/** What to say of somebody whose ID number is taken. That it was found elsewhere is written down: numbers can be tried. */
async function knownAlready(
  tx: ScopedTx,
  keys: Keyring,
  station: Pick<StationRow, "id" | "path">,
  idNumber: string,
): Promise<Extract<PersonOutcome<never>, { ok: false }>> {
  const [here] = await tx.sql<{ id: string }[]>`
    select id from person
    where city_id = ${tx.scope.cityId} and id_index = ${idIndexOf(keys, tx.scope.cityId, idNumber)}
      and left_on is null`;
  if (here) return refused("known_here", { id: here.id });
  await audit(tx, {
    action: "person.known_elsewhere",
    subject: "Person",
    subjectId: String(station.id),
    stationId: station.id,
    path: station.path,
  });
  return refused("known_elsewhere");
}

/** Puts right who somebody is. An empty ID number or telephone keeps the one that is there. */
export async function editBasics(
  tx: ScopedTx,
  keys: Keyring,
  { id, version, ...said }: Identity & { id: string; version: number },
): Promise<PersonOutcome<PersonRow>> {
  const { cityId } = tx.scope;
  const row = await holdPerson(tx, id);
  if (!row) return refused("not_found");
  if (row.leftOn) return refused("left");
  if (row.version !== version) return refused("changed_meanwhile");
  const kept = openBasics(keys, cityId, row);
  const identity = readIdentity({ ...said, idNumber: said.idNumber || kept.idNumber }, today(tx));
  if (!identity.ok) return refused(`${identity.field}_${identity.problem}`);
  const phone = phoneDigits(said.phone) || kept.phone;
  if (identity.idNumber !== null && identity.idNumber !== kept.idNumber) {
    const index = idIndexOf(keys, cityId, identity.idNumber);
    if ((await knownIndexes(tx, [index])).size > 0)
      return knownAlready(tx, keys, { id: row.stationId, path: row.path }, identity.idNumber);
  }
  const sealed = sealBasics(keys, cityId, id, { idNumber: identity.idNumber, phone });
  const { pinyin, initials } = spellingOf(said.name);
  await tx.sql`
    update person set name = ${said.name}, pinyin = ${pinyin}, initials = ${initials}, sex = ${identity.sex},
      born_on = ${identity.bornOn}, id_number = ${sealed.idNumber}, id_index = ${sealed.idIndex},
      tail_index = ${sealed.tailIndex}, phone = ${sealed.phone}, phone_index = ${sealed.phoneIndex},
      updated_at = ${tx.caller.now.toISOString()}, version = version + 1
    where city_id = ${cityId} and id = ${id}`;
  await refreshDerived(tx, id);
  await audit(tx, {
    action: "person.edit",
    ...aboutPerson(row),
    after: {
      entries: [
        ...(row.name === said.name ? [] : ["name"]),
        ...(kept.idNumber === (identity.idNumber ?? "") ? [] : ["idNumber"]),
        ...(kept.phone === phone ? [] : ["phone"]),
        ...(row.sex === identity.sex ? [] : ["sex"]),
        ...(row.bornOn === identity.bornOn ? [] : ["bornOn"]),
      ],
    },
  });
  return done({ ...row, version: version + 1 });
}

/**
 * Writes one section of a record. `version` is that of the section the form showed, 0 when there was none.
 * The log names the section and the entries that changed, never what they say.
 */
export async function saveSection(
  tx: ScopedTx,
  keys: Keyring,
  {
    id,
    section,
    version,
    content,
  }: { id: string; section: SectionName; version: number; content: SectionContent },
): Promise<PersonOutcome<{ version: number }>> {
  const { cityId } = tx.scope;
  const row = await holdPerson(tx, id);
  if (!row) return refused("not_found");
  if (row.leftOn) return refused("left");
  const before = (await sectionsOf(tx, id)).find((each) => each.section === section);
  if ((before?.version ?? 0) !== version) return refused("changed_meanwhile");
  const said = before ? openSection(keys, cityId, before) : {};
  const names = [...new Set([...Object.keys(said), ...Object.keys(content)])];
  const changed = names.filter((name) => said[name] !== content[name]);
  const filled = filledIn(section, content);
  await tx.sql`
    insert into person_section (city_id, path, station_id, record_id, section, content, filled, updated_at, updated_by,
      version)
    values (${cityId}, ${row.path}, ${row.stationId}, ${id}, ${section},
      ${sealSection(keys, cityId, id, section, content)}, ${filled}, ${tx.caller.now.toISOString()},
      ${tx.caller.actor.name}, ${version + 1})
    on conflict (city_id, record_id, section) do update set content = excluded.content, filled = excluded.filled,
      updated_at = excluded.updated_at, updated_by = excluded.updated_by, version = excluded.version`;
  await saveFacts(tx, id, section, content);
  await refreshDerived(tx, id);
  await audit(tx, {
    action: "person.section",
    ...aboutPerson(row),
    after: { archivePart: section, entries: changed },
  });
  return done({ version: version + 1 });
}

/** Repeats in the clear what lists and figures ask for. */
async function saveFacts(
  tx: ScopedTx,
  id: string,
  section: SectionName,
  content: SectionContent,
): Promise<void> {
  const { livingAlone, emptyNest, careNeed, hardship, plaque, cardSince } = factsOf(section, content);
  if (careNeed !== undefined || hardship !== undefined) {
    await tx.sql`
      update person set care_need = coalesce(${careNeed ?? null}::boolean, care_need),
        hardship = coalesce(${hardship ?? null}::boolean, hardship)
      where city_id = ${tx.scope.cityId} and id = ${id}`;
  }
  if (livingAlone !== undefined && emptyNest !== undefined) {
    await tx.sql`
      update person set living_alone = ${livingAlone}, empty_nest = ${emptyNest}
      where city_id = ${tx.scope.cityId} and id = ${id}`;
  }
  if (plaque !== undefined && cardSince !== undefined) {
    const since =
      cardSince === "today" ? tx.sql`coalesce(card_since, ${today(tx)}::date)` : tx.sql`${cardSince}::date`;
    await tx.sql`
      update person set plaque = ${plaque}, card_since = ${since}
      where city_id = ${tx.scope.cityId} and id = ${id}`;
  }
}

/** Computes again how complete a record is, and which categories it holds. The record must be held, or new. */
async function refreshDerived(tx: ScopedTx, id: string): Promise<void> {
  const { cityId } = tx.scope;
  const [found] = await tx.sql<
    { basics: number; categories: string[]; filled: Partial<Record<SectionName, number>> | null }[]
  >`
    select (p.id_number is not null)::int + (p.phone is not null)::int as basics, array(
        select c.code from person_category c
        where c.city_id = ${cityId} and c.record_id = p.id and c.valid_to is null order by c.code) as categories,
      (select jsonb_object_agg(s.section, s.filled) from person_section s
       where s.city_id = ${cityId} and s.record_id = p.id) as filled
    from person p where p.city_id = ${cityId} and p.id = ${id}`;
  const { basics = 0, categories = [], filled } = found ?? {};
  const completeness = completenessOf(basics + Number(categories.length > 0), filled ?? {});
  await tx.sql`
    update person set completeness = ${completeness}, categories = ${categories},
      complete_since = case when ${completeness}::int = 100 then coalesce(complete_since, ${today(tx)}::date) end
    where city_id = ${cityId} and id = ${id}`;
}

/** Somebody holds a category from a day on. */
export async function addCategory(
  tx: ScopedTx,
  { id, code, from, document }: { id: string; code: string; from: LocalDate; document: string },
): Promise<PersonOutcome<{ code: string }>> {
  const row = await holdPerson(tx, id);
  if (!row) return refused("not_found");
  if (row.leftOn) return refused("left");
  if (from > today(tx)) return refused("date_in_future");
  if (!(await allKnown(tx, [code]))) return refused("unknown_category");
  const added = await tx.sql`
    insert into person_category (city_id, path, station_id, record_id, id, code, valid_from, document)
    values (${tx.scope.cityId}, ${row.path}, ${row.stationId}, ${id}, ${newId()}, ${code}, ${from}, ${document})
    on conflict do nothing`;
  if (added.count === 0) return refused("category_held");
  await refreshDerived(tx, id);
  await audit(tx, {
    action: "person.category_add",
    ...aboutPerson(row),
    after: { category: code, validFrom: from },
  });
  return done({ code });
}

/** A category ends: `on` is the first day on which it no longer holds. */
export async function endCategory(
  tx: ScopedTx,
  { id, categoryId, on }: { id: string; categoryId: string; on: LocalDate },
): Promise<PersonOutcome<{ code: string }>> {
  const row = await holdPerson(tx, id);
  if (!row) return refused("not_found");
  if (row.leftOn) return refused("left");
  if (on > today(tx)) return refused("date_in_future");
  const [held] = await tx.sql<{ code: string; validFrom: LocalDate }[]>`
    select code, valid_from as "validFrom" from person_category
    where city_id = ${tx.scope.cityId} and record_id = ${id} and id = ${categoryId} and valid_to is null`;
  if (!held) return refused("not_found");
  if (on < held.validFrom) return refused("date_before_beginning");
  await tx.sql`
    update person_category set valid_to = ${on} where city_id = ${tx.scope.cityId} and id = ${categoryId}`;
  await refreshDerived(tx, id);
  await audit(tx, {
    action: "person.category_end",
    ...aboutPerson(row),
    before: { category: held.code, validFrom: held.validFrom },
    after: { category: held.code, validTo: on },
  });
  return done({ code: held.code });
}

/** Says that records were looked through today and are right. Answers how many; those that left are passed over. */
export async function confirmPeople(tx: ScopedTx, ids: readonly string[]): Promise<number> {
  let confirmed = 0;
  for (const id of [...new Set(ids)].sort()) {
    const row = await holdPerson(tx, id);
    if (!row || row.leftOn) continue;
    const { cityId } = tx.scope;
    const complete = row.completeness === 100;
    await tx.sql`
      insert into person_confirmation (city_id, path, station_id, record_id, id, confirmed_on, complete, by_name)
      values (${cityId}, ${row.path}, ${row.stationId}, ${id}, ${newId()}, ${today(tx)}, ${complete},
        ${tx.caller.actor.name})
      on conflict (city_id, record_id, confirmed_on)
        do update set complete = excluded.complete, by_name = excluded.by_name`;
    await tx.sql`update person set confirmed_on = ${today(tx)} where city_id = ${cityId} and id = ${id}`;
    await audit(tx, { action: "person.confirm", ...aboutPerson(row), after: { on: today(tx), complete } });
    confirmed += 1;
  }
  return confirmed;
}

/** Somebody died or moved away: `on` is the day of death, or the first day elsewhere. */
export async function endPerson(
  tx: ScopedTx,
  said: { id: string; version: number; on: LocalDate; wayOut: "died" | "moved_out"; note: string },
): Promise<PersonOutcome<PersonRow>> {
  return leave(tx, { ...said, mergedInto: null });
}

/** A second record of somebody: the other one goes on, with the categories that only this one had. */
export async function mergePerson(
  tx: ScopedTx,
  { id, version, into }: { id: string; version: number; into: string },
): Promise<PersonOutcome<PersonRow>> {
  const other = await findPerson(tx, into);
  if (!other || other.leftOn || into === id) return refused("not_mergeable");
  const left = await leave(tx, { id, version, on: today(tx), wayOut: "merged", note: "", mergedInto: into });
  if (!left.ok) return left;
  const { cityId } = tx.scope;
  const held = await tx.sql<{ code: string; validFrom: LocalDate; document: string }[]>`
    select code, valid_from as "validFrom", document from person_category
    where city_id = ${cityId} and record_id = ${id} and valid_to is null`;
  for (const { code, validFrom, document } of held) {
    await tx.sql`
      insert into person_category (city_id, path, station_id, record_id, id, code, valid_from, document)
      values (${cityId}, ${other.path}, ${other.stationId}, ${into}, ${newId()}, ${code}, ${validFrom}, ${document})
      on conflict do nothing`;
  }
  await holdPerson(tx, into);
  await refreshDerived(tx, into);
  return left;
}

async function leave(
  tx: ScopedTx,
  said: {
    id: string;
    version: number;
    on: LocalDate;
    wayOut: "died" | "moved_out" | "merged";
    note: string;
    mergedInto: string | null;
  },
): Promise<PersonOutcome<PersonRow>> {
  const { id, version, on, wayOut, note, mergedInto } = said;
  const row = await holdPerson(tx, id);
  if (!row) return refused("not_found");
  if (row.leftOn) return refused("left");
  if (on > today(tx)) return refused("date_in_future");
  if (on < row.activeFrom) return refused("date_before_beginning");
  const ended = await tx.sql`
    update person set left_on = ${on}, way_out = ${wayOut}, left_note = ${note}, merged_into = ${mergedInto},
      updated_at = ${tx.caller.now.toISOString()}, version = version + 1
    where city_id = ${tx.scope.cityId} and id = ${id} and version = ${version}`;
  if (ended.count === 0) return refused("changed_meanwhile");
  await voidCardsOf(tx, id);
  await audit(tx, {
    action: "person.leave",
    ...aboutPerson(row),
    // Its note is words about somebody: it stays with the record.
    after: { wayOut, on },
  });
  return done({ ...row, leftOn: on, wayOut, version: version + 1 });
}

/** Takes back an end that was entered by mistake. Refused when they are in another archive meanwhile. */
export async function reinstatePerson(
  tx: ScopedTx,
  keys: Keyring,
  { id, version, reason }: { id: string; version: number; reason: string },
): Promise<PersonOutcome<PersonRow>> {
  const row = await holdPerson(tx, id);
  if (!row) return refused("not_found");
  if (!row.leftOn || row.wayOut === "transferred") return refused("not_left");
  if (row.version !== version) return refused("changed_meanwhile");
  const { idNumber } = openBasics(keys, tx.scope.cityId, row);
  if (idNumber) {
    const known = await knownIndexes(tx, [idIndexOf(keys, tx.scope.cityId, idNumber)]);
    if (known.size > 0) return knownAlready(tx, keys, { id: row.stationId, path: row.path }, idNumber);
  }
  await tx.sql`
    update person set left_on = null, way_out = null, left_note = '', merged_into = null,
      reinstated_on = ${today(tx)}, reinstate_note = ${reason}, updated_at = ${tx.caller.now.toISOString()}, version = version + 1
    where city_id = ${tx.scope.cityId} and id = ${id}`;
  await audit(tx, {
    action: "person.reinstate",
    ...aboutPerson(row),
    before: { wayOut: row.wayOut, on: row.leftOn },
  });
  return done({ ...row, leftOn: null, wayOut: null, version: version + 1 });
}

/** What of a record was looked at unmasked. */
export type RevealedPart = "basics" | SectionName;

/** Writes down that somebody looks at masked data, and why. Only then is it opened, in the same transaction. */
export async function revealPart(
  tx: ScopedTx,
  keys: Keyring,
  { id, part, purpose }: { id: string; part: RevealedPart; purpose: Purpose },
): Promise<PersonOutcome<{ content: SectionContent; version: number }>> {
  const row = await findPerson(tx, id);
  if (!row) return refused("not_found");
  await audit(tx, { action: "person.reveal", ...aboutPerson(row), after: { archivePart: part, purpose } });
  if (part === "basics")
    return done({ content: openBasics(keys, tx.scope.cityId, row), version: row.version });
  const section = (await sectionsOf(tx, id)).find((each) => each.section === part);
  return done({
    content: section ? openSection(keys, tx.scope.cityId, section) : {},
    version: section?.version ?? 0,
  });
}

async function allKnown(tx: ScopedTx, codes: readonly string[]): Promise<boolean> {
  const distinct = [...new Set(codes)];
  const found = await tx.sql`
    select from beneficiary_category where city_id = ${tx.scope.cityId} and code = any(${distinct})`;
  return found.count === distinct.length;
}

/** A station that takes people in on a day. */
async function stationFor(
  tx: ScopedTx,
  stationId: number,
  on: LocalDate,
): Promise<PersonOutcome<StationRow>> {
  const station = await holdStation(tx, stationId);
  if (!station) return refused("not_found");
  if (on > today(tx)) return refused("date_in_future");
  if (station.closedOn) return refused("station_closed");
  if (on < station.openedOn) return refused("date_before_opening", { openedOn: station.openedOn });
  return done(station);
}
