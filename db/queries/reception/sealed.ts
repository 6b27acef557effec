import type { Keyring } from "@muster/secrets/keyring";
import type { ScopedTx } from "../../scope";

type VisitorColumn = "visitor" | "visitor_phone";
type PetitionerColumn = "name" | "phone" | "address";

const visitorPlace = (cityId: number, row: string, column: VisitorColumn) => ({
  cityId,
  table: "reception",
  row,
  column,
});
const petitionerPlace = (cityId: number, petitionId: string, place: number, column: PetitionerColumn) => ({
  cityId,
  table: "petition_petitioner",
  row: `${petitionId}/${place}`,
  column,
});

/** A visitor as the columns have it; empty is nobody's. */
export function sealVisitor(
  keys: Keyring,
  cityId: number,
  id: string,
  { name, phone }: { name: string; phone: string },
) {
  return {
    visitor: name ? keys.seal(name, visitorPlace(cityId, id, "visitor")) : null,
    visitorPhone: phone ? keys.seal(phone, visitorPlace(cityId, id, "visitor_phone")) : null,
  };
}

/** A visitor in the clear. */
export function openVisitor(
  keys: Keyring,
  cityId: number,
  { id, visitor, visitorPhone }: { id: string; visitor: Uint8Array | null; visitorPhone: Uint8Array | null },
): { name: string; phone: string } {
  return {
    name: visitor ? keys.open(visitor, visitorPlace(cityId, id, "visitor")) : "",
    phone: visitorPhone ? keys.open(visitorPhone, visitorPlace(cityId, id, "visitor_phone")) : "",
  };
}

/** Somebody who petitions, in the clear. */
export interface Petitioner {
  place: number;
  recordId: string | null;
  name: string;
  phone: string;
  address: string;
}

/** The same as it is stored. */
export interface SealedPetitioner {
  petitionId: string;
  place: number;
  recordId: string | null;
  name: Uint8Array;
  phone: Uint8Array | null;
  address: Uint8Array | null;
}

/** Somebody who petitions as the columns have it. */
export function sealPetitioner(
  keys: Keyring,
  cityId: number,
  petitionId: string,
  { place, recordId, name, phone, address }: Petitioner,
): SealedPetitioner {
  const at = (column: PetitionerColumn) => petitionerPlace(cityId, petitionId, place, column);
  return {
    petitionId,
    place,
    recordId,
    name: keys.seal(name, at("name")),
    phone: phone ? keys.seal(phone, at("phone")) : null,
    address: address ? keys.seal(address, at("address")) : null,
  };
}

/** Somebody who petitions, opened. */
export function openPetitioner(keys: Keyring, cityId: number, row: SealedPetitioner): Petitioner {
  const at = (column: PetitionerColumn) => petitionerPlace(cityId, row.petitionId, row.place, column);
  return {
    place: row.place,
    recordId: row.recordId,
    name: keys.open(row.name, at("name")),
    phone: row.phone ? keys.open(row.phone, at("phone")) : "",
    address: row.address ? keys.open(row.address, at("address")) : "",
  };
}

/** How many rows of the counter log and of petitions a key version did not seal; `head` begins what it seals. */
export async function countersSealedOtherwise(tx: ScopedTx, head: Uint8Array): Promise<number> {
  const [row] = await tx.sql<{ rows: number }[]>`
    select ((select count(*) from reception where city_id = ${tx.scope.cityId}
        and (substr(visitor, 1, 3) <> ${head} or substr(visitor_phone, 1, 3) <> ${head}))
      + (select count(*) from petition_petitioner where city_id = ${tx.scope.cityId}
        and (substr(name, 1, 3) <> ${head} or substr(phone, 1, 3) <> ${head}
          or substr(address, 1, 3) <> ${head})))::int as rows`;
  return row?.rows ?? 0;
}

/** Seals a batch of visitors and petitioners anew, and answers how many rows it took. */
export async function resealCounters(
  tx: ScopedTx,
  keys: Keyring,
  head: Uint8Array,
  most: number,
): Promise<number> {
  const { cityId } = tx.scope;
  const visitors = await tx.sql<
    { id: string; visitor: Uint8Array | null; visitorPhone: Uint8Array | null }[]
  >`
    select id, visitor, visitor_phone as "visitorPhone" from reception
    where city_id = ${cityId} and (substr(visitor, 1, 3) <> ${head} or substr(visitor_phone, 1, 3) <> ${head})
    order by id limit ${most} for no key update`;
  for (const row of visitors) {
    const sealed = sealVisitor(keys, cityId, row.id, openVisitor(keys, cityId, row));
    await tx.sql`
      update reception set visitor = ${sealed.visitor}, visitor_phone = ${sealed.visitorPhone}
      where city_id = ${cityId} and id = ${row.id}`;
  }
  const petitioners = await tx.sql<SealedPetitioner[]>`
    select petition_id as "petitionId", place, record_id as "recordId", name, phone, address
    from petition_petitioner
    where city_id = ${cityId} and (substr(name, 1, 3) <> ${head} or substr(phone, 1, 3) <> ${head}
      or substr(address, 1, 3) <> ${head})
    order by petition_id, place limit ${most} for no key update`;
  for (const row of petitioners) {
    const { petitionId, place } = row;
    const sealed = sealPetitioner(keys, cityId, petitionId, openPetitioner(keys, cityId, row));
    await tx.sql`
      update petition_petitioner set name = ${sealed.name}, phone = ${sealed.phone}, address = ${sealed.address}
      where city_id = ${cityId} and petition_id = ${petitionId} and place = ${place}`;
  }
  return visitors.length + petitioners.length;
}

/** Opens one value of each version, as tryKeys does with the archive's. Throws Unreadable. */
export async function tryCounterKeys(tx: ScopedTx, keys: Keyring): Promise<void> {
  const { cityId } = tx.scope;
  const rows = await tx.sql<SealedPetitioner[]>`
    select distinct on (substr(name, 1, 3)) petition_id as "petitionId", place, record_id as "recordId", name,
      null::bytea as phone, null::bytea as address
    from petition_petitioner where city_id = ${cityId} order by substr(name, 1, 3), petition_id, place`;
  for (const row of rows) openPetitioner(keys, cityId, row);
  const visitors = await tx.sql<{ id: string; visitor: Uint8Array }[]>`
    select distinct on (substr(visitor, 1, 3)) id, visitor from reception
    where city_id = ${cityId} and visitor is not null order by substr(visitor, 1, 3), id`;
  for (const row of visitors) openVisitor(keys, cityId, { ...row, visitorPhone: null });
}
