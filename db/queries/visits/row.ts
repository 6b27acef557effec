import type { LocalDate } from "@muster/domain/period";
import type { StationPath } from "@muster/domain/station";
import type { Channel, Occasion } from "@muster/domain/visit";
import type { Keyring } from "@muster/secrets/keyring";
import type { ScopedTx } from "../../scope";

/** A visit as it is stored; `content` is sealed. */
export interface VisitRow {
  id: string;
  stationId: number;
  path: StationPath;
  heldOn: LocalDate;
  channel: Channel;
  occasion: Occasion;
  workerId: string;
  worker: string;
  /** For each person, in fen. */
  gift: number;
  people: number;
  content: Uint8Array | null;
  followOn: LocalDate | null;
  followedOn: LocalDate | null;
  followedBy: string | null;
  planId: string | null;
  enteredAt: string;
  enteredBy: string;
  voidOn: LocalDate | null;
  voidBy: string | null;
  voidReason: string | null;
  version: number;
}

/** What was said of a visit: where it was, what was found, what is to follow. Speaks of people, so it is sealed. */
export interface VisitWords {
  place: string;
  found: string;
  followUp: string;
}

/** The columns of VisitRow; `v` is the visit. */
export function visitColumns(tx: ScopedTx) {
  return tx.sql`
    v.id, v.station_id as "stationId", v.path, v.held_on as "heldOn", v.channel, v.occasion,
    v.worker_id as "workerId", v.worker, v.gift, v.people, v.content, v.follow_on as "followOn",
    v.followed_on as "followedOn", v.followed_by as "followedBy", v.plan_id as "planId", v.entered_at as "enteredAt",
    v.entered_by as "enteredBy", v.void_on as "voidOn", v.void_by as "voidBy", v.void_reason as "voidReason",
    v.version`;
}

/** A visit in scope, or null: not there and not yours are the same. */
export async function findVisit(
  tx: ScopedTx,
  id: string,
): Promise<(VisitRow & { stationName: string }) | null> {
  const [row] = await tx.sql<(VisitRow & { stationName: string })[]>`
    select ${visitColumns(tx)}, s.name as "stationName" from visit v
    join station s on s.city_id = ${tx.scope.cityId} and s.id = v.station_id
    where v.city_id = ${tx.scope.cityId} and v.id = ${id}`;
  return row ?? null;
}

/** Somebody who was visited. */
export interface Visited {
  recordId: string;
  name: string;
}

/** Who was visited, by name. */
export async function visitedBy(tx: ScopedTx, visitId: string): Promise<Visited[]> {
  const { cityId } = tx.scope;
  const rows = await tx.sql<Visited[]>`
    select p.id as "recordId", p.name from visit_person vp
    join person p on p.city_id = ${cityId} and p.id = vp.record_id
    where vp.city_id = ${cityId} and vp.visit_id = ${visitId} order by p.pinyin, p.id`;
  return [...rows];
}

const placeOf = (cityId: number, id: string) => ({ cityId, table: "visit", row: id, column: "content" });

/** The words of a visit as they are stored; null when nothing was said. */
export function sealWords(
  keys: Keyring,
  cityId: number,
  id: string,
  { place, found, followUp }: VisitWords,
): Uint8Array | null {
  if (place === "" && found === "" && followUp === "") return null;
  return keys.seal(JSON.stringify({ place, found, followUp }), placeOf(cityId, id));
}

/** The words of a visit in the clear: for who keeps the people's archives. */
export function openWords(
  keys: Keyring,
  cityId: number,
  { id, content }: Pick<VisitRow, "id" | "content">,
): VisitWords {
  if (!content) return { place: "", found: "", followUp: "" };
  return JSON.parse(keys.open(content, placeOf(cityId, id))) as VisitWords;
}
