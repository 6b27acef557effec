import { findStation, type StationRow } from "@muster/db/queries/stations/row";
import type { Permissions } from "~/server/authorization.server";
import type { Tx } from "~/server/database.server";
import { notFound } from "~/server/errors.server";

/** The station whose register is read; 404 when it is not there or not the caller's. */
export async function stationOf(tx: Tx, id: number): Promise<StationRow> {
  const station = await findStation(tx, id);
  if (!station) throw notFound();
  return station;
}

/** The station whose register is changed; 403 for who may only read it. */
export async function stationToWrite(
  tx: Tx,
  id: number,
  { demand }: Pick<Permissions, "demand">,
): Promise<StationRow> {
  const station = await stationOf(tx, id);
  demand("update", "Staff", { stationId: station.id });
  return station;
}

/** What pages need of the station. */
export function headOf({ id, name, level, path }: StationRow) {
  return { id, name, level, path };
}
