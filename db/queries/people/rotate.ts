import type { Keyring } from "@muster/secrets/keyring";
import type { ScopedTx } from "../../scope";
import { countersSealedOtherwise, resealCounters, tryCounterKeys } from "../reception/sealed";
import { openBasics, openSection, type PersonRow, type SectionRow, sealBasics, sealSection } from "./row";

/** The first three bytes of what a key version sealed. */
export function headOf(version: number): Uint8Array {
  return Uint8Array.from([1, version >> 8, version & 0xff]);
}

/** How many sealed values of the city were not sealed with a key version. Needs the city's scope. */
export async function sealedOtherwise(tx: ScopedTx, version: number): Promise<number> {
  const head = headOf(version);
  const [row] = await tx.sql<{ rows: number }[]>`
    select ((select count(*) from person where city_id = ${tx.scope.cityId}
        and (substr(id_number, 1, 3) <> ${head} or substr(phone, 1, 3) <> ${head}))
      + (select count(*) from person_section where city_id = ${tx.scope.cityId}
        and substr(content, 1, 3) <> ${head}))::int as rows`;
  return (row?.rows ?? 0) + (await countersSealedOtherwise(tx, head));
}

/**
 * Seals a batch of the city's values anew with the key that seals now, and answers how many rows it took: 0 when
 * nothing is left. Each batch is a transaction of its own, so that it can be ended at any time.
 */
export async function resealBatch(tx: ScopedTx, keys: Keyring, most: number): Promise<number> {
  const { cityId } = tx.scope;
  const head = headOf(keys.current);
  const people = await tx.sql<Pick<PersonRow, "id" | "idNumber" | "phone">[]>`
    select id, id_number as "idNumber", phone from person
    where city_id = ${cityId} and (substr(id_number, 1, 3) <> ${head} or substr(phone, 1, 3) <> ${head})
    order by id limit ${most} for no key update`;
  for (const row of people) {
    const basics = openBasics(keys, cityId, row);
    const sealed = sealBasics(keys, cityId, row.id, { ...basics, idNumber: basics.idNumber || null });
    await tx.sql`
      update person set id_number = ${sealed.idNumber}, phone = ${sealed.phone}
      where city_id = ${cityId} and id = ${row.id}`;
  }
  const sections = await tx.sql<Pick<SectionRow, "recordId" | "section" | "content">[]>`
    select record_id as "recordId", section, content from person_section
    where city_id = ${cityId} and substr(content, 1, 3) <> ${head}
    order by record_id, section limit ${most} for no key update`;
  for (const row of sections) {
    const content = openSection(keys, cityId, row);
    await tx.sql`
      update person_section set content = ${sealSection(keys, cityId, row.recordId, row.section, content)}
      where city_id = ${cityId} and record_id = ${row.recordId} and section = ${row.section}`;
  }
  return people.length + sections.length + (await resealCounters(tx, keys, head, most));
}

/**
 * Whether the keys at hand open what the city has sealed: one value of each version is tried. Throws Unreadable when
 * they do not, as with another installation's key file.
 */
export async function tryKeys(tx: ScopedTx, keys: Keyring): Promise<void> {
  const { cityId } = tx.scope;
  const people = await tx.sql<Pick<PersonRow, "id" | "idNumber" | "phone">[]>`
    select distinct on (substr(id_number, 1, 3)) id, id_number as "idNumber", null::bytea as phone from person
    where city_id = ${cityId} and id_number is not null order by substr(id_number, 1, 3), id`;
  for (const row of people) openBasics(keys, cityId, row);
  const sections = await tx.sql<Pick<SectionRow, "recordId" | "section" | "content">[]>`
    select distinct on (substr(content, 1, 3)) record_id as "recordId", section, content from person_section
    where city_id = ${cityId} order by substr(content, 1, 3), record_id, section`;
  for (const row of sections) openSection(keys, cityId, row);
  await tryCounterKeys(tx, keys);
}
