import { findStation, type StationRow } from "@muster/db/queries/stations/row";
import type { Permissions } from "~/server/authorization.server";
import type { Tx } from "~/server/database.server";
import { notFound } from "~/server/errors.server";

/** What the access rules ask of a record of the register. */
export function placeOf({ stationId, path }: { stationId: number; path: string }) {
  return { stationId, path };
}

/** The station at which something is entered; 404 out of sight, 403 for who may only read there. */
export async function stationToLog(
  tx: Tx,
  id: number,
  { demand }: Pick<Permissions, "demand">,
): Promise<StationRow> {
  const station = await findStation(tx, id);
  if (!station) throw notFound();
  demand("create", "Visit", { stationId: station.id, path: station.path });
  return station;
}
