import { createHash } from "node:crypto";
import type { LocalDate } from "@muster/domain/period";
import { type IdentityProblem, readIdentity, type Sex } from "@muster/domain/person";
import {
  completenessOf,
  factsOf,
  filledIn,
  type SectionContent,
  type SectionName,
} from "@muster/domain/person-sections";
import type { StationPath } from "@muster/domain/station";
import type { Keyring } from "@muster/secrets/keyring";
import { newId, type ScopedTx } from "../../scope";
import { audit } from "../audit";
import { today } from "../stations/row";
import { spellingOf } from "./names";
import { done, type PersonOutcome, type PersonRefusal, refused } from "./outcome";
import { byteaArray, hexOf, idIndexOf, knownIndexes, sealBasics, sealSection } from "./row";

/** A sound row of a file. */
export interface PersonImportRow {
  /** Row of the sheet; the first is 1. */
  line: number;
  /** Name or code of a station; empty for the importing one. */
  station: string;
  name: string;
  idNumber: string;
  sex: Sex | null;
  bornOn: LocalDate | null;
  /** Digits, or empty. */
  phone: string;
  categories: string[];
  /** Null: today. */
  activeFrom: LocalDate | null;
  sections: Partial<Record<SectionName, SectionContent>>;
}

/** Why a row is not taken. */
export type PersonImportProblem =
  | `${IdentityProblem["field"]}_${IdentityProblem["problem"]}`
  | Extract<
      PersonRefusal,
      "date_in_future" | "date_before_opening" | "station_closed" | "known_elsewhere" | "unknown_category"
    >
  | "unknown_station"
  | "several_stations"
  | "not_yours"
  | "twice";

interface Planned {
  row: PersonImportRow;
  stationId: number;
  path: StationPath;
  idNumber: string | null;
  sex: Sex;
  bornOn: LocalDate;
  activeFrom: LocalDate;
}

/** Why one row is not taken, and the column that says so. */
export interface PersonImportError {
  line: number;
  name: string;
  problem: PersonImportProblem;
  column: "idNumber" | "sex" | "bornOn" | "category" | "station" | "activeFrom";
  params?: { openedOn: LocalDate };
}

/** What a file would do to the archives. */
export interface PersonImportPlan {
  add: Planned[];
  /** Rows of people who are in an archive the caller sees. They are left as they are. */
  unchanged: number;
  errors: PersonImportError[];
  /** Stands for exactly this plan. */
  digest: string;
}

/** A station that may take people in, and whether the caller may import there. */
export type MayImport = (station: { stationId: number; path: StationPath }) => boolean;

/** Compares sound rows with the archives as they stand. `own` is the station of rows that name none. */
export async function planPeopleImport(
  tx: ScopedTx,
  keys: Keyring,
  rows: readonly PersonImportRow[],
  { own, may }: { own: number; may: MayImport },
): Promise<PersonImportPlan> {
  const day = today(tx);
  const { cityId } = tx.scope;
  const stations = await stationsBy(tx, own);
  const codes = new Set(
    (await tx.sql<{ code: string }[]>`select code from beneficiary_category where city_id = ${cityId}`).map(
      ({ code }) => code,
    ),
  );
  const add: Planned[] = [];
  const errors: PersonImportPlan["errors"] = [];
  const seen = new Set<string>();
  for (const row of rows) {
    const refuse = (
      column: PersonImportError["column"],
      problem: PersonImportProblem,
      params?: PersonImportError["params"],
    ) => errors.push({ line: row.line, name: row.name, problem, column, ...(params ? { params } : {}) });
    const found = stations(row.station);
    const identity = readIdentity(row, day);
    const activeFrom = row.activeFrom ?? day;
    if (found.length === 0) refuse("station", "unknown_station");
    else if (found.length > 1) refuse("station", "several_stations");
    else if (!identity.ok) refuse(identity.field, `${identity.field}_${identity.problem}`);
    else if (identity.idNumber && seen.has(identity.idNumber)) refuse("idNumber", "twice");
    else if (row.categories.some((code) => !codes.has(code))) refuse("category", "unknown_category");
    else if (activeFrom > day) refuse("activeFrom", "date_in_future");
    else {
      const [station] = found;
      if (!station || !may({ stationId: station.id, path: station.path })) refuse("station", "not_yours");
      else if (station.closed) refuse("station", "station_closed");
      else if (activeFrom < station.openedOn)
        refuse("activeFrom", "date_before_opening", { openedOn: station.openedOn });
      else {
        if (identity.idNumber) seen.add(identity.idNumber);
        add.push({
          row,
          stationId: station.id,
          path: station.path,
          idNumber: identity.idNumber,
          sex: identity.sex,
          bornOn: identity.bornOn,
          activeFrom,
        });
      }
    }
  }
  const { fresh, unchanged, elsewhere } = await withoutKnown(tx, keys, add);
  errors.push(
    ...elsewhere.map(({ row: { line, name } }) => ({
      ...{ line, name, problem: "known_elsewhere" as const, column: "idNumber" as const },
    })),
  );
  const digest = createHash("sha256")
    .update(JSON.stringify([cityId, fresh, unchanged]))
    .digest("hex")
    .slice(0, 32);
  return { add: fresh, unchanged, errors: errors.sort((a, b) => a.line - b.line), digest };
}

/** Stations of the scope by their name or code; an empty text is the importing station. */
async function stationsBy(tx: ScopedTx, own: number) {
  const rows = await tx.sql<
    { id: number; code: string; name: string; path: StationPath; openedOn: LocalDate; closed: boolean }[]
  >`
    select id, code, name, path, opened_on as "openedOn", closed_on is not null as closed from station
    where city_id = ${tx.scope.cityId}`;
  const by = new Map<string, (typeof rows)[number][]>();
  const put = (key: string, row: (typeof rows)[number]) => by.set(key, [...(by.get(key) ?? []), row]);
  for (const row of rows) {
    put(row.code, row);
    // A closed station keeps its name, and another may have it today.
    if (!row.closed) put(row.name, row);
    if (row.id === own) put("", row);
  }
  return (text: string) => by.get(text) ?? [];
}

/**
 * Parts rows by whether their ID number is in an archive of the city already. Who has none is known by station, name,
 * sex and day of birth: a file that is sent again adds nobody.
 */
async function withoutKnown(tx: ScopedTx, keys: Keyring, planned: readonly Planned[]) {
  const { cityId } = tx.scope;
  const indexes = new Map(
    planned.flatMap((one) => (one.idNumber ? [[one, idIndexOf(keys, cityId, one.idNumber)] as const] : [])),
  );
  const asked = [...indexes.values()];
  const known = await knownIndexes(tx, asked);
  const seen = await tx.sql<{ index: string }[]>`
    select encode(id_index, 'hex') as index from person
    where city_id = ${cityId} and left_on is null and id_index = any(${byteaArray(tx, asked)})`;
  const here = new Set(seen.map(({ index }) => index));
  const unnumbered = await knownByBirth(
    tx,
    planned.filter(({ idNumber }) => idNumber === null),
  );
  const fresh: Planned[] = [];
  const elsewhere: Planned[] = [];
  let unchanged = 0;
  for (const one of planned) {
    const blind = indexes.get(one);
    const index = blind && hexOf(blind);
    if (unnumbered.has(birthKey(one))) unchanged += 1;
    else if (!index || !known.has(index)) fresh.push(one);
    else if (here.has(index)) unchanged += 1;
    else elsewhere.push(one);
  }
  return { fresh, unchanged, elsewhere };
}

const birthKey = ({ stationId, row, sex, bornOn }: Planned) => [stationId, row.name, sex, bornOn].join(" ");

/** Those of some rows without a number that stand in the archive of their station already. */
async function knownByBirth(tx: ScopedTx, rows: readonly Planned[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const there = await tx.sql<{ stationId: number; name: string; sex: Sex; bornOn: LocalDate }[]>`
    select station_id as "stationId", name, sex, born_on as "bornOn" from person
    where city_id = ${tx.scope.cityId} and left_on is null
      and station_id = any(${[...new Set(rows.map(({ stationId }) => stationId))]}::bigint[])
      and name = any(${rows.map(({ row }) => row.name)}::text[])`;
  const keys = new Set(
    there.map(({ stationId, name, sex, bornOn }) => [stationId, name, sex, bornOn].join(" ")),
  );
  return new Set(rows.map(birthKey).filter((key) => keys.has(key)));
}

/** Rows of one statement; a file of 5,000 people is twenty of them. */
const BATCH = 250;

/**
 * Takes the people of a file in, all or none; only exactly the plan that was shown. Whoever confirms a second time adds
 * nobody. `onTaken` hears how many are written so far; nothing of it stays unless the transaction commits.
 */
export async function importPeople(
  tx: ScopedTx,
  keys: Keyring,
  rows: readonly PersonImportRow[],
  {
    own,
    may,
    digest,
    onTaken = () => {},
  }: { own: number; may: MayImport; digest: string; onTaken?: (people: number) => void },
): Promise<PersonOutcome<{ added: number; unchanged: number }>> {
  const { cityId } = tx.scope;
  // A station must not move while its people are laid with its path.
  await tx.sql`
    select from station where city_id = ${cityId} and closed_on is null order by id for no key update`;
  const plan = await planPeopleImport(tx, keys, rows, { own, may });
  if (plan.errors.length === 0 && plan.add.length === 0) return done({ added: 0, unchanged: plan.unchanged });
  if (plan.errors.length > 0 || plan.digest !== digest) return refused("other_plan");
  for (let at = 0; at < plan.add.length; at += BATCH) {
    const batch = plan.add.slice(at, at + BATCH);
    if (!(await insertBatch(tx, keys, batch))) throw new PeopleImportRefused();
    onTaken(at + batch.length);
  }
  const perStation = new Map<number, { path: StationPath; people: number }>();
  for (const { stationId, path } of plan.add) {
    perStation.set(stationId, { path, people: (perStation.get(stationId)?.people ?? 0) + 1 });
  }
  for (const [stationId, { path, people }] of perStation) {
    await audit(tx, {
      action: "person.import",
      subject: "Person",
      subjectId: String(stationId),
      stationId,
      path,
      after: { created: people },
    });
  }
  return done({ added: plan.add.length, unchanged: plan.unchanged });
}

/** Somebody was registered elsewhere between the plan and the writing: nothing of the file stays. */
export class PeopleImportRefused extends Error {
  override name = "PeopleImportRefused";
}

async function insertBatch(tx: ScopedTx, keys: Keyring, batch: readonly Planned[]): Promise<boolean> {
  const { cityId } = tx.scope;
  const now = tx.caller.now.toISOString();
  const day = today(tx);
  const people = batch.map((one) => personRow(keys, cityId, one, day, now));
  const inserted = await tx.sql`insert into person ${tx.sql(people)} on conflict do nothing`;
  if (inserted.count !== batch.length) return false;
  const about = (i: number) => ({
    city_id: cityId,
    path: batch[i]?.path ?? "",
    station_id: batch[i]?.stationId ?? 0,
    record_id: people[i]?.id ?? "",
  });
  const categories = batch.flatMap(({ activeFrom }, i) =>
    (people[i]?.categories ?? []).map((code) => ({ ...about(i), id: newId(), code, valid_from: activeFrom })),
  );
  if (categories.length > 0) await tx.sql`insert into person_category ${tx.sql(categories)}`;
  const sections = batch.flatMap(({ row }, i) =>
    Object.entries(row.sections).map(([section, content]) => ({
      ...about(i),
      section,
      content: sealSection(keys, cityId, people[i]?.id ?? "", section as SectionName, content),
      filled: filledIn(section as SectionName, content),
      updated_at: now,
      updated_by: tx.caller.actor.name,
    })),
  );
  if (sections.length > 0) await tx.sql`insert into person_section ${tx.sql(sections)}`;
  return true;
}

function personRow(keys: Keyring, cityId: number, one: Planned, day: LocalDate, now: string) {
  const { row, stationId, path, idNumber, sex, bornOn, activeFrom } = one;
  const id = newId();
  const sealed = sealBasics(keys, cityId, id, { idNumber, phone: row.phone });
  const categories = [...new Set(row.categories)].sort();
  const basics = Number(idNumber !== null) + Number(row.phone !== "") + Number(categories.length > 0);
  const filled: Partial<Record<SectionName, number>> = {};
  let facts: ReturnType<typeof factsOf> = {};
  for (const [section, content] of Object.entries(row.sections) as [SectionName, SectionContent][]) {
    filled[section] = filledIn(section, content);
    facts = { ...facts, ...factsOf(section, content) };
  }
  const completeness = completenessOf(basics, filled);
  return {
    city_id: cityId,
    path,
    id,
    station_id: stationId,
    person_id: newId(),
    name: row.name,
    ...spellingOf(row.name),
    sex,
    born_on: bornOn,
    id_number: sealed.idNumber,
    id_index: sealed.idIndex,
    tail_index: sealed.tailIndex,
    phone: sealed.phone,
    phone_index: sealed.phoneIndex,
    living_alone: facts.livingAlone ?? false,
    empty_nest: facts.emptyNest ?? false,
    care_need: facts.careNeed ?? false,
    hardship: facts.hardship ?? false,
    categories,
    plaque: facts.plaque ?? false,
    card_since: facts.cardSince === "today" ? day : (facts.cardSince ?? null),
    completeness,
    complete_since: completeness === 100 ? day : null,
    active_from: activeFrom,
    way_in: "new",
    registered_on: day,
    updated_at: now,
  };
}
