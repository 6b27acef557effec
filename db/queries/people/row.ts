import type { LocalDate } from "@muster/domain/period";
import { lastFour, maskIdNumber, maskPhone, type Sex, type WayIn, type WayOut } from "@muster/domain/person";
import type { SectionContent, SectionName } from "@muster/domain/person-sections";
import type { StationPath } from "@muster/domain/station";
import type { Keyring } from "@muster/secrets/keyring";
import type { ScopedTx } from "../../scope";

/** A record of the archive as it is stored; `idNumber` and `phone` are sealed. */
export interface PersonRow {
  id: string;
  personId: string;
  stationId: number;
  path: StationPath;
  name: string;
  sex: Sex;
  bornOn: LocalDate;
  idNumber: Uint8Array | null;
  phone: Uint8Array | null;
  livingAlone: boolean;
  emptyNest: boolean;
  plaque: boolean;
  cardSince: LocalDate | null;
  /** Whole per cent. */
  completeness: number;
  completeSince: LocalDate | null;
  confirmedOn: LocalDate | null;
  activeFrom: LocalDate;
  wayIn: WayIn;
  /** First day on which they are no longer in this archive; null while they are. */
  leftOn: LocalDate | null;
  wayOut: WayOut | null;
  leftNote: string;
  mergedInto: string | null;
  registeredOn: LocalDate;
  version: number;
}

/** The columns of PersonRow; `p` is the person. */
export function personColumns(tx: ScopedTx) {
  return tx.sql`
    p.id, p.person_id as "personId", p.station_id as "stationId", p.path, p.name, p.sex, p.born_on as "bornOn",
    p.id_number as "idNumber", p.phone, p.living_alone as "livingAlone", p.empty_nest as "emptyNest", p.plaque,
    p.card_since as "cardSince", p.completeness, p.complete_since as "completeSince",
    p.confirmed_on as "confirmedOn", p.active_from as "activeFrom", p.way_in as "wayIn", p.left_on as "leftOn",
    p.way_out as "wayOut", p.left_note as "leftNote", p.merged_into as "mergedInto",
    p.registered_on as "registeredOn", p.version`;
}

/** A record in scope, or null: not there and not yours are the same. */
export async function findPerson(tx: ScopedTx, id: string): Promise<PersonRow | null> {
  const [row] = await tx.sql<PersonRow[]>`
    select ${personColumns(tx)} from person p where p.city_id = ${tx.scope.cityId} and p.id = ${id}`;
  return row ?? null;
}

/** The same, held until the end of the transaction, so that what follows from its parts is computed one by one. */
export async function holdPerson(tx: ScopedTx, id: string): Promise<PersonRow | null> {
  const [row] = await tx.sql<PersonRow[]>`
    select ${personColumns(tx)} from person p where p.city_id = ${tx.scope.cityId} and p.id = ${id}
    for no key update`;
  return row ?? null;
}

type Sealed = "id_number" | "phone";
const placeOf = (cityId: number, row: string, column: Sealed) => ({ cityId, table: "person", row, column });

/** ID number and telephone in the clear. Only for who stated a purpose, and for work that shows neither. */
export function openBasics(
  keys: Keyring,
  cityId: number,
  { id, idNumber, phone }: Pick<PersonRow, "id" | "idNumber" | "phone">,
): { idNumber: string; phone: string } {
  return {
    idNumber: idNumber ? keys.open(idNumber, placeOf(cityId, id, "id_number")) : "",
    phone: phone ? keys.open(phone, placeOf(cityId, id, "phone")) : "",
  };
}

/** The same as lists and pages show it. */
export function maskedBasics(
  keys: Keyring,
  cityId: number,
  row: Pick<PersonRow, "id" | "idNumber" | "phone">,
): { idNumber: string; phone: string } {
  const { idNumber, phone } = openBasics(keys, cityId, row);
  return { idNumber: idNumber && maskIdNumber(idNumber), phone: phone && maskPhone(phone) };
}

/** ID number and telephone as columns: sealed, with the indexes by which they are found. */
export function sealBasics(
  keys: Keyring,
  cityId: number,
  id: string,
  { idNumber, phone }: { idNumber: string | null; phone: string },
) {
  return {
    idNumber: idNumber ? keys.seal(idNumber, placeOf(cityId, id, "id_number")) : null,
    idIndex: idNumber ? idIndexOf(keys, cityId, idNumber) : null,
    tailIndex: idNumber ? keys.blind(cityId, "person.tail", lastFour(idNumber)) : null,
    phone: phone ? keys.seal(phone, placeOf(cityId, id, "phone")) : null,
    phoneIndex: phone ? keys.blind(cityId, "person.phone", phone) : null,
  };
}

/** Those of some blind indexes that belong to somebody in an archive of the city, wherever that is; as hex. */
export async function knownIndexes(tx: ScopedTx, indexes: readonly Uint8Array[]): Promise<Set<string>> {
  const rows = await tx.sql<{ index: string }[]>`
    select encode(k, 'hex') as index from people_known(${byteaArray(tx, indexes)}) k`;
  return new Set(rows.map(({ index }) => index));
}

/** The driver writes no arrays of bytes: they travel as hex. */
export function byteaArray(tx: ScopedTx, values: readonly Uint8Array[]) {
  return tx.sql`array(select decode(h, 'hex') from unnest(${values.map(hexOf)}::text[]) h)`;
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** By what a whole ID number is found. */
export function idIndexOf(keys: Keyring, cityId: number, idNumber: string): Uint8Array {
  return keys.blind(cityId, "person.id_number", idNumber);
}

/** A section as it is stored. */
export interface SectionRow {
  recordId: string;
  section: SectionName;
  content: Uint8Array;
  filled: number;
  /** An instant, ISO 8601. */
  updatedAt: string;
  updatedBy: string;
  version: number;
}

/** Every section of a record that was ever filled in. */
export async function sectionsOf(tx: ScopedTx, recordId: string): Promise<SectionRow[]> {
  const rows = await tx.sql<SectionRow[]>`
    select record_id as "recordId", section, content, filled, updated_at as "updatedAt", updated_by as "updatedBy",
      version
    from person_section where city_id = ${tx.scope.cityId} and record_id = ${recordId}`;
  return [...rows];
}

const sectionPlace = (cityId: number, recordId: string, section: SectionName) => ({
  cityId,
  table: "person_section",
  row: `${recordId}/${section}`,
  column: "content",
});

/** What a section says, in the clear. */
export function openSection(
  keys: Keyring,
  cityId: number,
  { recordId, section, content }: Pick<SectionRow, "recordId" | "section" | "content">,
): SectionContent {
  return JSON.parse(keys.open(content, sectionPlace(cityId, recordId, section))) as SectionContent;
}

/** A section as it is stored. */
export function sealSection(
  keys: Keyring,
  cityId: number,
  recordId: string,
  section: SectionName,
  content: SectionContent,
): Uint8Array {
  return keys.seal(JSON.stringify(content), sectionPlace(cityId, recordId, section));
}

/** A category that somebody holds or held. */
export interface HeldCategory {
  id: string;
  code: string;
  nameZh: string;
  nameEn: string;
  validFrom: LocalDate;
  /** First day on which it no longer holds; null while it does. */
  validTo: LocalDate | null;
  document: string;
}

/** All categories of a record, those that hold first. */
export async function categoriesOf(tx: ScopedTx, recordId: string): Promise<HeldCategory[]> {
  const { cityId } = tx.scope;
  const rows = await tx.sql<HeldCategory[]>`
    select c.id, c.code, b.name_zh as "nameZh", b.name_en as "nameEn", c.valid_from as "validFrom",
      c.valid_to as "validTo", c.document
    from person_category c join beneficiary_category b on b.city_id = ${cityId} and b.code = c.code
    where c.city_id = ${cityId} and c.record_id = ${recordId}
    order by c.valid_to is not null, c.code, c.valid_from`;
  return [...rows];
}

/** A category of the city. */
export interface Category {
  code: string;
  nameZh: string;
  nameEn: string;
  group: string;
}

/** The city's categories in its order. */
export async function cityCategories(tx: ScopedTx): Promise<Category[]> {
  const rows = await tx.sql<Category[]>`
    select code, name_zh as "nameZh", name_en as "nameEn", category_group as "group"
    from beneficiary_category where city_id = ${tx.scope.cityId} order by sort, code`;
  return [...rows];
}

/** A record of the same human being at some station in scope: the stretches of their life in the city. */
export interface Stay {
  id: string;
  stationId: number;
  stationName: string;
  activeFrom: LocalDate;
  leftOn: LocalDate | null;
  wayIn: WayIn;
  wayOut: WayOut | null;
  leftNote: string;
  /** Last taken back after a leaving, and why. */
  reinstatedOn: LocalDate | null;
  reinstateNote: string;
}

/** Where somebody was and is, as far as the caller sees, the latest first. */
export async function staysOf(tx: ScopedTx, personId: string): Promise<Stay[]> {
  const rows = await tx.sql<Stay[]>`
    select p.id, p.station_id as "stationId", s.name as "stationName", p.active_from as "activeFrom",
      p.left_on as "leftOn", p.way_in as "wayIn", p.way_out as "wayOut", p.left_note as "leftNote",
      p.reinstated_on as "reinstatedOn", p.reinstate_note as "reinstateNote"
    from person p join station s on s.city_id = p.city_id and s.id = p.station_id
    where p.city_id = ${tx.scope.cityId} and p.person_id = ${personId}
    order by p.active_from desc, p.registered_on desc`;
  return [...rows];
}

/** Who looked through a record, and when. */
export interface Confirmation {
  confirmedOn: LocalDate;
  complete: boolean;
  byName: string;
}

export async function confirmationsOf(tx: ScopedTx, recordId: string): Promise<Confirmation[]> {
  const rows = await tx.sql<Confirmation[]>`
    select confirmed_on as "confirmedOn", complete, by_name as "byName" from person_confirmation
    where city_id = ${tx.scope.cityId} and record_id = ${recordId} order by confirmed_on desc`;
  return [...rows];
}
