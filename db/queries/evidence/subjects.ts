import { parseCaseSubject, parseItemSubject, type Subject } from "@muster/domain/evidence";
import type { Localized } from "@muster/domain/indicator";
import type { StationPath } from "@muster/domain/station";
import type { ScopedTx } from "../../scope";
import { findItemSubject } from "../assessments/item-subject";
import { findCaseSubject } from "../assistance/evidence-subject";

/** A subject as evidence needs it: where it stands, what it is called, whether something may still be added. */
export interface SubjectPlace {
  stationId: number;
  path: StationPath;
  name: string;
  /** What of it, in the city's own words. */
  what?: Localized;
  /** The page that shows the subject. */
  page: string;
  /** Nothing is added to what is over, such as a closed station. */
  open: boolean;
  /** Somebody may have decided on what was shown: nothing is taken away again. */
  decided?: boolean;
  /**
   * Two sides show something here, and neither touches what the other brought: a piece is its bringer's alone, and
   * nobody's any more once it has been answered upon. The instant of the last answer; null before the first.
   */
  answeredAt?: string | null;
  /** Only who reads cases of assistance sees it, and its title stands in no log. */
  confidential?: boolean;
}

/** Whether a piece stays as it is, whoever asks with the right over its station. */
export function pieceStays(
  { decided, answeredAt }: Pick<SubjectPlace, "decided" | "answeredAt">,
  { takenById, createdAt }: { takenById: string; createdAt: string },
  userId: string,
): boolean {
  if (decided) return true;
  if (answeredAt === undefined) return false;
  return takenById !== userId || (answeredAt !== null && Date.parse(createdAt) <= Date.parse(answeredAt));
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Finds what evidence belongs to, and holds its station where it stands until the end of the transaction when
 * `hold` is set; null when it is not there or not the caller's. A further kind of subject is a further case here.
 */
export async function findSubject(
  tx: ScopedTx,
  { kind, id }: Subject,
  hold = false,
): Promise<SubjectPlace | null> {
  switch (kind) {
    case "station":
      return /^[1-9]\d{0,14}$/.test(id) ? findStationSubject(tx, Number(id), hold) : null;
    case "assessment_item": {
      const item = parseItemSubject(id);
      // Its station is held as well, where it stands: the assessment moves with it.
      const place = item && (await findStationSubject(tx, item.stationId, hold));
      return place && (await findItemSubject(tx, item, place));
    }
    case "assistance": {
      const part = parseCaseSubject(id);
      const found = part && (await findCaseSubject(tx, part));
      const place = found && (await findStationSubject(tx, found.stationId, hold));
      // Read again behind the hold: a step that came first has perhaps closed the case to evidence.
      const held = place && (await findCaseSubject(tx, part));
      return held ? { ...place, ...held, open: place.open && held.open } : null;
    }
    case "finding":
      return UUID.test(id) ? findFindingSubject(tx, id, hold) : null;
    case "visit":
      return UUID.test(id) ? findVisitSubject(tx, id, hold) : null;
  }
}

async function findStationSubject(tx: ScopedTx, id: number, hold: boolean): Promise<SubjectPlace | null> {
  // A move that comes first is waited for, and the row's new place is read; one that comes later waits for us.
  const [row] = await tx.sql<{ id: number; path: StationPath; name: string; open: boolean }[]>`
    select id, path, name, closed_on is null as open from station
    where city_id = ${tx.scope.cityId} and id = ${id} ${hold ? tx.sql`for no key update` : tx.sql``}`;
  return row
    ? { stationId: row.id, path: row.path, name: row.name, page: `/stations/${row.id}`, open: row.open }
    : null;
}

/** A finding takes evidence from either side until it is settled; neither takes the other's away. */
async function findFindingSubject(tx: ScopedTx, id: string, hold: boolean): Promise<SubjectPlace | null> {
  const { cityId } = tx.scope;
  const [found] = await tx.sql<{ stationId: number }[]>`
    select station_id as "stationId" from finding where city_id = ${cityId} and id = ${id}`;
  const place = found && (await findStationSubject(tx, found.stationId, hold));
  if (!place) return null;
  const [row] = await tx.sql<{ body: string; settled: boolean; answeredAt: string | null }[]>`
    select body, ended_on is not null as settled, answered_at as "answeredAt" from finding where city_id = ${cityId} and id = ${id}`;
  if (!row) return null;
  return {
    ...place,
    name: `${place.name} · ${row.body.slice(0, 20)}`,
    page: `/findings/${id}`,
    open: place.open && !row.settled,
    decided: row.settled,
    answeredAt: row.answeredAt,
  };
}

/** A visit takes photos until it is void. */
async function findVisitSubject(tx: ScopedTx, id: string, hold: boolean): Promise<SubjectPlace | null> {
  const [found] = await tx.sql<{ stationId: number; heldOn: string; void: boolean }[]>`
    select station_id as "stationId", held_on as "heldOn", void_on is not null as void from visit
    where city_id = ${tx.scope.cityId} and id = ${id}`;
  const place = found && (await findStationSubject(tx, found.stationId, hold));
  if (!place) return null;
  return {
    ...place,
    name: `${place.name} · ${found.heldOn}`,
    page: `/visits/${id}`,
    open: place.open && !found.void,
  };
}
