import type {
  Applicant,
  CaseAction,
  CaseState,
  CountedIn,
  Household,
  RefusalReason,
} from "@muster/domain/assistance";
import type { LocalDate } from "@muster/domain/period";
import type { Sex } from "@muster/domain/person";
import type { StationPath } from "@muster/domain/station";
import type { Keyring } from "@muster/secrets/keyring";
import type { ScopedTx } from "../../scope";

/** A case as its row has it, with its station and the person it is for. */
export interface CaseRow {
  id: string;
  stationId: number;
  stationName: string;
  /** The station above of today, which reviews; null at the city itself. */
  reviewerId: number | null;
  path: StationPath;
  year: number;
  number: number;
  recordId: string;
  personId: string;
  personName: string;
  sex: Sex;
  age: number;
  category: string | null;
  typeCode: string;
  typeFrom: string;
  countsIn: CountedIn;
  appliedOn: LocalDate;
  appliedBy: Applicant;
  details: Uint8Array;
  asked: number;
  approved: number | null;
  paid: number | null;
  paidOn: LocalDate | null;
  publicFrom: LocalDate | null;
  publicUntil: LocalDate | null;
  state: CaseState;
  stateSince: LocalDate;
  dueOn: LocalDate | null;
  refusal: RefusalReason | null;
  /** The entry of the counter log it came out of, where the caller sees it. */
  receptionId: string | null;
  version: number;
}

/** The columns of CaseRow; `c` is the case, `s` its station, `p` the person's record. */
export function caseColumns(tx: ScopedTx) {
  return tx.sql`
    c.id, c.station_id as "stationId", s.name as "stationName", s.parent_id as "reviewerId", c.path, c.year, c.number,
    c.record_id as "recordId", c.person_id as "personId", p.name as "personName", p.sex, c.age, c.category,
    c.type_code as "typeCode", c.type_from as "typeFrom", c.counts_in as "countsIn", c.applied_on as "appliedOn",
    c.applied_by as "appliedBy", c.details, c.asked, c.approved, c.paid, c.paid_on as "paidOn",
    c.public_from as "publicFrom", c.public_until as "publicUntil", c.state, c.state_since as "stateSince",
    c.due_on as "dueOn", c.refusal,
    (select r.id from reception r where r.city_id = ${tx.scope.cityId} and r.id = c.reception_id) as "receptionId",
    c.version`;
}

/** A case in scope, or null: not there and not yours are the same. */
export async function findCase(tx: ScopedTx, id: string): Promise<CaseRow | null> {
  const { cityId } = tx.scope;
  const [row] = await tx.sql<CaseRow[]>`
    select ${caseColumns(tx)} from assistance_case c
    join station s on s.city_id = ${cityId} and s.id = c.station_id
    join person p on p.city_id = ${cityId} and p.id = c.record_id
    where c.city_id = ${cityId} and c.id = ${id}`;
  return row ?? null;
}

/** Why somebody applies, and what their household lives on. */
export interface CaseDetails {
  reason: string;
  household: Household;
}

const detailsPlace = (cityId: number, row: string) => ({
  cityId,
  table: "assistance_case",
  row,
  column: "details",
});

/** The details as they are stored. */
export function sealDetails(keys: Keyring, cityId: number, id: string, details: CaseDetails): Uint8Array {
  return keys.seal(JSON.stringify(details), detailsPlace(cityId, id));
}

/** The details in the clear. */
export function openDetails(
  keys: Keyring,
  cityId: number,
  { id, details }: Pick<CaseRow, "id" | "details">,
): CaseDetails {
  return JSON.parse(keys.open(details, detailsPlace(cityId, id))) as CaseDetails;
}

const remarkPlace = (cityId: number, caseId: string, id: string) => ({
  cityId,
  table: "assistance_event",
  row: `${caseId}/${id}`,
  column: "remark",
});

/** Words of a step as they are stored; null for none. */
export function sealRemark(
  keys: Keyring,
  cityId: number,
  { caseId, id, remark }: { caseId: string; id: string; remark: string },
): Uint8Array | null {
  return remark === "" ? null : keys.seal(remark, remarkPlace(cityId, caseId, id));
}

/** Words of a step in the clear. */
export function openRemark(
  keys: Keyring,
  cityId: number,
  { caseId, id, remark }: { caseId: string; id: string; remark: Uint8Array | null },
): string {
  return remark === null ? "" : keys.open(remark, remarkPlace(cityId, caseId, id));
}

/** One step of a case's story, its words sealed. */
export interface CaseEvent {
  id: string;
  action: "apply" | CaseAction;
  toState: CaseState;
  at: string;
  waited: number;
  byId: string;
  byName: string;
  byStationName: string;
  amount: number | null;
  remark: Uint8Array | null;
}

/** What happened to a case, from its beginning. */
export async function eventsOf(tx: ScopedTx, caseId: string): Promise<CaseEvent[]> {
  const rows = await tx.sql<CaseEvent[]>`
    select id, action, to_state as "toState", at, waited, by_id as "byId", by_name as "byName",
      by_station_name as "byStationName", amount, remark
    from assistance_event where city_id = ${tx.scope.cityId} and case_id = ${caseId} order by id`;
  return [...rows];
}

/** A paper of a case. */
export interface MaterialRow {
  code: string;
  receivedOn: LocalDate | null;
  dueOn: LocalDate | null;
}

/** The papers of a case in the order of its kind. */
export async function materialsOf(tx: ScopedTx, caseId: string): Promise<MaterialRow[]> {
  const rows = await tx.sql<MaterialRow[]>`
    select code, received_on as "receivedOn", due_on as "dueOn" from assistance_material
    where city_id = ${tx.scope.cityId} and case_id = ${caseId} order by sort, code`;
  return [...rows];
}

/** Another case of the same human being, as far as the caller sees. */
export interface OtherCase {
  id: string;
  stationName: string;
  year: number;
  number: number;
  typeCode: string;
  appliedOn: LocalDate;
  state: CaseState;
  approved: number | null;
  paid: number | null;
  paidOn: LocalDate | null;
}

/** Everything a human being ever applied for, the latest first, but for one case. */
export async function casesOfPerson(
  tx: ScopedTx,
  personId: string,
  { except = null }: { except?: string | null } = {},
): Promise<OtherCase[]> {
  const { cityId } = tx.scope;
  const rows = await tx.sql<OtherCase[]>`
    select c.id, s.name as "stationName", c.year, c.number, c.type_code as "typeCode", c.applied_on as "appliedOn",
      c.state, c.approved, c.paid, c.paid_on as "paidOn"
    from assistance_case c join station s on s.city_id = ${cityId} and s.id = c.station_id
    where c.city_id = ${cityId} and c.person_id = ${personId} and c.id is distinct from ${except}::uuid
    order by c.applied_on desc, c.id desc limit 100`;
  return [...rows];
}

/** What was granted to somebody for a kind in a calendar year, in fen, one case left out. */
export async function grantedIn(
  tx: ScopedTx,
  { personId, typeCode, year, except }: { personId: string; typeCode: string; year: number; except: string },
): Promise<number> {
  const [row] = await tx.sql<{ granted: number }[]>`
    select coalesce(sum(coalesce(paid, approved)), 0)::bigint as granted from assistance_case
    where city_id = ${tx.scope.cityId} and person_id = ${personId} and type_code = ${typeCode} and id <> ${except}
      and approved is not null and extract(year from coalesce(paid_on, state_since)) = ${year}`;
  return Number(row?.granted ?? 0);
}

/** What the access rules ask of a case. */
export function placeOfCase({ stationId, path }: Pick<CaseRow, "stationId" | "path">) {
  return { stationId, path };
}
