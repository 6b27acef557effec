import type { EvidenceKind, Subject, SubjectKind } from "@muster/domain/evidence";
import type { LocalDate } from "@muster/domain/period";
import type { StationPath } from "@muster/domain/station";
import type { ScopedTx } from "../../scope";

/** A piece of evidence as it is shown. */
export interface Piece {
  id: string;
  stationId: number;
  path: StationPath;
  subjectKind: SubjectKind;
  subjectId: string;
  kind: EvidenceKind;
  title: string;
  size: number;
  width: number | null;
  height: number | null;
  takenBy: string;
  takenById: string;
  createdAt: string;
  expiresOn: LocalDate | null;
  version: number;
}

/** The columns of Piece; `e` is evidence. */
export function pieceColumns(tx: ScopedTx) {
  return tx.sql`
    e.id, e.station_id as "stationId", e.path, e.subject_kind as "subjectKind", e.subject_id as "subjectId", e.kind,
    e.title, e.size, e.width, e.height, e.taken_by as "takenBy",
    e.taken_by_id as "takenById", e.created_at as "createdAt",
    e.expires_on as "expiresOn", e.version`;
}

/** The pieces of a subject that are not removed, the latest first. */
export async function piecesOf(tx: ScopedTx, { kind, id }: Subject): Promise<Piece[]> {
  const rows = await tx.sql<Piece[]>`
    select ${pieceColumns(tx)} from evidence e
    where e.city_id = ${tx.scope.cityId} and e.subject_kind = ${kind} and e.subject_id = ${id}
      and e.removed_at is null
    order by e.id desc`;
  return [...rows];
}

/** The pieces of several subjects of one kind at one station, by subject id, the latest first. */
export async function piecesBySubject(
  tx: ScopedTx,
  stationId: number,
  kind: SubjectKind,
  ids: readonly string[],
): Promise<Map<string, Piece[]>> {
  const rows = await tx.sql<Piece[]>`
    select ${pieceColumns(tx)} from evidence e
    where e.city_id = ${tx.scope.cityId} and e.station_id = ${stationId} and e.subject_kind = ${kind}
      and e.subject_id = any(${ids as string[]}) and e.removed_at is null
    order by e.id desc`;
  const found = new Map<string, Piece[]>();
  for (const row of rows) found.set(row.subjectId, [...(found.get(row.subjectId) ?? []), row]);
  return found;
}
