import { findStation } from "@muster/db/queries/stations/row";
import type { Actor } from "@muster/domain/actor";
import type { Tx } from "~/server/database.server";
import { notFound } from "~/server/errors.server";

/** A station, with everything below it, that a list is asked about. */
export interface Place {
  id: number;
  path: string;
  name: string;
}

/** The station that an address asks for, or the reader's own; 404 when it is not in the reader's scope. */
export async function placeAsked(tx: Tx, station: number | undefined, actor: Actor): Promise<Place> {
  if (!station) return { id: actor.stationId, path: actor.path, name: actor.stationName };
  const row = await findStation(tx, station);
  if (!row) throw notFound();
  return { id: row.id, path: row.path, name: row.name };
}
