import {
  type EvidenceKind,
  MOST_PER_SUBJECT,
  REMIND_DAYS,
  type Subject,
  type SubjectKind,
} from "@muster/domain/evidence";
import { addDays, type LocalDate, localDate } from "@muster/domain/period";
import { newId, type ScopedTx } from "../../scope";
import { audit } from "../audit";
import { type Piece, pieceColumns } from "./read";
import { findSubject, pieceStays, type SubjectPlace } from "./subjects";

/** A piece with the way to its file, for the route that serves it. */
export interface StoredPiece extends Piece {
  fileKey: string;
  sha256: Uint8Array;
}

/** Why evidence was not taken or removed; nothing was written. */
export type EvidenceRefusal =
  /** Not there, removed already, or not in the caller's scope: the same answer. */
  | "not_found"
  /** The subject has all the pieces it may have. */
  | "too_many"
  /** The station is closed. */
  | "subject_closed"
  | "expired_already"
  /** It was shown to somebody who decides by it. */
  | "decided"
  /** The other side of a finding brought it, or it has been answered upon. */
  | "kept"
  | "changed_meanwhile";

export type EvidenceOutcome<T> = { ok: true; value: T } | { ok: false; refusal: EvidenceRefusal };

const refused = (refusal: EvidenceRefusal) => ({ ok: false as const, refusal });

/** A piece that is not removed, or null when it is not there or not the caller's. */
export async function findPiece(tx: ScopedTx, id: string): Promise<StoredPiece | null> {
  const [row] = await tx.sql<StoredPiece[]>`
    select ${pieceColumns(tx)}, e.file_key as "fileKey", e.sha256 from evidence e
    where e.city_id = ${tx.scope.cityId} and e.id = ${id} and e.removed_at is null`;
  return row ?? null;
}

export interface NewPiece {
  subject: Subject;
  title: string;
  expiresOn: LocalDate | null;
  kind: EvidenceKind;
  fileKey: string;
  size: number;
  sha256: Uint8Array;
  width: number | null;
  height: number | null;
}

/**
 * Writes the row of a file that lies in its place already. `repeated` when the subject has this very file: the first
 * answer was lost and the upload came again; the file that was brought now is not needed then. Two uploads to one
 * subject wait for each other, so that the limit holds.
 */
export async function addPiece(
  tx: ScopedTx,
  piece: NewPiece,
): Promise<EvidenceOutcome<{ id: string; repeated: boolean }>> {
  const { subject, title, kind, size, expiresOn } = piece;
  const place = await findSubject(tx, subject, true);
  if (!place) return refused("not_found");
  if (!place.open) return refused("subject_closed");
  if (expiresOn !== null && expiresOn < localDate(tx.caller.now)) return refused("expired_already");
  const { cityId } = tx.scope;
  const [known] = await tx.sql<{ id: string }[]>`
    select id from evidence where city_id = ${cityId} and subject_kind = ${subject.kind}
      and subject_id = ${subject.id} and sha256 = ${piece.sha256} and removed_at is null`;
  if (known) return { ok: true, value: { id: known.id, repeated: true } };
  const [counted] = await tx.sql<{ pieces: number }[]>`
    select count(*)::int as pieces from evidence where city_id = ${cityId} and subject_kind = ${subject.kind}
      and subject_id = ${subject.id} and removed_at is null`;
  if ((counted?.pieces ?? 0) >= MOST_PER_SUBJECT) return refused("too_many");
  const id = newId();
  const { actor, now } = tx.caller;
  await tx.sql`
    insert into evidence (city_id, path, id, station_id, subject_kind, subject_id, kind, title, file_key, size, sha256,
      width, height, taken_by, taken_by_id, created_at, expires_on)
    values (${cityId}, ${place.path}, ${id}, ${place.stationId}, ${subject.kind}, ${subject.id}, ${kind}, ${title},
      ${piece.fileKey}, ${size}, ${piece.sha256}, ${piece.width}, ${piece.height}, ${actor.name}, ${actor.userId},
      ${now.toISOString()}, ${expiresOn})`;
  await audit(tx, {
    action: "evidence.add",
    ...about({ id, ...place }),
    after: { ...named(place, title), fileKind: kind, size, expiresOn },
  });
  return { ok: true, value: { id, repeated: false } };
}

/** Gives a piece another title or last day; a day that is over is only kept, never newly given. */
export async function editPiece(
  tx: ScopedTx,
  {
    id,
    version,
    title,
    expiresOn,
  }: { id: string; version: number; title: string; expiresOn: LocalDate | null },
): Promise<EvidenceOutcome<StoredPiece>> {
  const piece = await findPiece(tx, id);
  if (!piece) return refused("not_found");
  const place = await findSubject(tx, { kind: piece.subjectKind, id: piece.subjectId }, true);
  if (place?.decided) return refused("decided");
  if (place && pieceStays(place, piece, tx.caller.actor.userId)) return refused("kept");
  const over = expiresOn !== null && expiresOn < localDate(tx.caller.now);
  if (over && expiresOn !== piece.expiresOn) return refused("expired_already");
  const edited = await tx.sql`
    update evidence set title = ${title}, expires_on = ${expiresOn}, version = version + 1
    where city_id = ${tx.scope.cityId} and id = ${id} and version = ${version} and removed_at is null`;
  if (edited.count === 0) return refused("changed_meanwhile");
  await audit(tx, {
    action: "evidence.edit",
    ...about(piece),
    before: { ...named(place, piece.title), expiresOn: piece.expiresOn },
    after: { ...named(place, title), expiresOn },
  });
  return { ok: true, value: piece };
}

/** Takes a piece out of sight, for a reason; row and file are kept. */
export async function removePiece(
  tx: ScopedTx,
  { id, version, reason }: { id: string; version: number; reason: string },
): Promise<EvidenceOutcome<StoredPiece>> {
  const piece = await findPiece(tx, id);
  if (!piece) return refused("not_found");
  const place = await findSubject(tx, { kind: piece.subjectKind, id: piece.subjectId }, true);
  if (place?.decided) return refused("decided");
  if (place && pieceStays(place, piece, tx.caller.actor.userId)) return refused("kept");
  const removed = await tx.sql`
    update evidence set removed_at = ${tx.caller.now.toISOString()}, removed_by = ${tx.caller.actor.name},
      removed_reason = ${reason}, version = version + 1
    where city_id = ${tx.scope.cityId} and id = ${id} and version = ${version} and removed_at is null`;
  if (removed.count === 0) return refused("changed_meanwhile");
  await audit(tx, {
    action: "evidence.remove",
    ...about(piece),
    before: { ...named(place, piece.title), expiresOn: piece.expiresOn },
    after: place?.confidential ? null : { reason },
  });
  return { ok: true, value: piece };
}

/** A piece whose last day is near or past, with the station it belongs to. */
export interface ExpiringPiece {
  id: string;
  title: string;
  stationId: number;
  stationName: string;
  subjectKind: SubjectKind;
  subjectId: string;
  expiresOn: LocalDate;
}

const MOST_EXPIRING = 200;

/**
 * What expires within the days of reminder, or has expired, at a station and at those directly below it; what a
 * closed station leaves behind reminds nobody, and so does what an earlier assessment showed. The first to expire
 * comes first.
 */
export async function expiringPieces(tx: ScopedTx, stationId: number): Promise<ExpiringPiece[]> {
  const { cityId } = tx.scope;
  const until = addDays(localDate(tx.caller.now), REMIND_DAYS);
  const rows = await tx.sql<ExpiringPiece[]>`
    select e.id, e.title, e.station_id as "stationId", s.name as "stationName", e.subject_kind as "subjectKind",
      e.subject_id as "subjectId", e.expires_on as "expiresOn"
    from station s join evidence e on e.city_id = ${cityId} and e.station_id = s.id
    where s.city_id = ${cityId} and (s.id = ${stationId} or s.parent_id = ${stationId}) and s.closed_on is null
      and e.removed_at is null and e.expires_on is not null and e.expires_on <= ${until}
      and e.subject_kind <> 'assistance'
      and (e.subject_kind <> 'assessment_item' or not exists (
        select from assessment a where a.city_id = ${cityId} and a.station_id = s.id
          and (a.year, a.round) > (split_part(e.subject_id, '-', 2)::int, split_part(e.subject_id, '-', 3)::int)))
    order by e.expires_on, e.id limit ${MOST_EXPIRING}`;
  return [...rows];
}

/** The files of all rows in scope, removed ones included: what the place of files must hold. */
export async function filesOfRows(
  tx: ScopedTx,
): Promise<{ key: string; thumbnail: boolean; name: string }[]> {
  const rows = await tx.sql<{ key: string; thumbnail: boolean; name: string }[]>`
    select e.file_key as key, e.kind = 'image' as thumbnail, e.id::text as name from evidence e
    where e.city_id = ${tx.scope.cityId}`;
  return [...rows];
}

/** The title in the log, where titles do not speak of people. */
function named(place: SubjectPlace | null, title: string) {
  return place?.confidential ? {} : { name: title };
}

function about({ id, stationId, path }: { id: string; stationId: number; path: string }) {
  return { subject: "Evidence", subjectId: id, stationId, path };
}
