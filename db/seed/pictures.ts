import type { LocalDate } from "@muster/domain/period";
import { drawPhoto } from "@muster/files/drawing";
import { type FileStore, newKey, thumbnailKey } from "@muster/files/store";
import type { Pool } from "../client";
import { evidence } from "../schema/evidence";
import { type Caller, newId, type ScopedTx, withScope } from "../scope";
import { type Assessed, type PlannedPiece, plannedPieces } from "./demo/evidence";
import { drawingOf } from "./demo/pictures";
import type { StationPlan } from "./demo/plan";

/** So many are drawn at a time: the drawing itself runs beside this thread. */
const AT_ONCE = 8;

/**
 * Draws the photos of a demo city and lays them and their rows, after the city itself: files first, like an upload.
 * A kill in between leaves a city with fewer photos, and files that the doctor's sweep takes away.
 */
export async function layPictures(
  app: Pool,
  caller: Caller,
  files: FileStore,
  stations: readonly StationPlan[],
  today: LocalDate,
): Promise<void> {
  const assessments = await withScope(app, caller, { readOnly: true }, submitted);
  const planned = plannedPieces(stations, assessments, today);
  const rows: (typeof evidence.$inferInsert)[] = [];
  for (let from = 0; from < planned.length; from += AT_ONCE) {
    const some = planned.slice(from, from + AT_ONCE);
    rows.push(...(await Promise.all(some.map((piece) => layFile(caller.actor.cityId, files, piece)))));
  }
  if (rows.length === 0) return;
  await withScope(app, caller, { readOnly: false }, (tx) => tx.orm.insert(evidence).values(rows));
}

/** Assessments that were sent, with the items of which the station said yes or gave a number. */
async function submitted(tx: ScopedTx): Promise<Assessed[]> {
  const rows = await tx.sql<(Omit<Assessed, "said" | "submittedAt"> & { at: string; codes: string[] })[]>`
    select a.station_id as "stationId", a.year, a.round, a.submitted_at as at, array_agg(v.code) as codes
    from assessment a join assessment_value v on v.city_id = ${tx.scope.cityId} and v.station_id = a.station_id
      and v.year = a.year and v.round = a.round and v.stage = 'self' and v.value > 0
    where a.city_id = ${tx.scope.cityId} and a.status <> 'draft' and a.year = (
      select max(l.year) from assessment l where l.city_id = ${tx.scope.cityId} and l.station_id = a.station_id)
    group by a.station_id, a.year, a.round, a.submitted_at`;
  return rows.map(({ at, codes, ...key }) => ({ ...key, submittedAt: new Date(at), said: new Set(codes) }));
}

async function layFile(
  cityId: number,
  files: FileStore,
  { station, subject, title, picture, expiresOn, takenById, takenAt }: PlannedPiece,
): Promise<typeof evidence.$inferInsert> {
  const { bytes, thumbnail, width, height, sha256 } = await drawPhoto(drawingOf(picture));
  const fileKey = newKey(cityId, station.id, takenAt);
  await files.put(fileKey, bytes);
  await files.put(thumbnailKey(fileKey), thumbnail);
  return {
    cityId,
    path: station.path,
    id: newId(),
    stationId: station.id,
    subjectKind: subject.kind,
    subjectId: subject.id,
    kind: "image",
    title,
    fileKey,
    size: bytes.byteLength,
    sha256,
    width,
    height,
    takenBy: station.head.name,
    takenById,
    createdAt: takenAt,
    expiresOn,
  };
}
