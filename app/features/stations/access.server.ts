import { findStation, type StationRow } from "@muster/db/queries/stations/row";
import { allowedBelow, childPath } from "@muster/domain/station";
import type { Permissions } from "~/server/authorization.server";
import type { Tx } from "~/server/database.server";
import { notFound } from "~/server/errors.server";

/** What this person may do with a station; for what the page offers. */
export interface StationRights {
  edit: boolean;
  facts: boolean;
  create: boolean;
  rename: boolean;
  close: boolean;
  reopen: boolean;
  move: boolean;
  merge: boolean;
}

/** Rights on a station as it stands: what its state forbids is not offered either. */
export function rightsOn(
  station: StationRow,
  { may }: Pick<Permissions, "may">,
  scopePath: string,
): StationRights {
  const open = station.closedOn === null;
  const subject = { id: station.id, path: station.path };
  const edit = may("update", "Station", subject) && open;
  const structure = may("manage_structure", "Station", subject);
  const below = structure && station.path !== "/" && station.path !== scopePath;
  // A new station stands below this one: the rules ask for its path, which lies deeper than this.
  const create =
    open &&
    allowedBelow(station.level, station.kind).length > 0 &&
    may("create", "Station", { id: 0, path: childPath(station.path, 0) });
  return {
    edit,
    facts: edit && station.level !== "city",
    create,
    rename: structure && open,
    close: below && open,
    reopen: below && !open && station.mergedInto === null,
    move: below && open,
    merge: below && open,
  };
}

/** A station in scope; 404 when it is not there or not the caller's, 403 when this right is not theirs at all. */
export async function admitted(
  tx: Tx,
  id: number,
  { demand }: Pick<Permissions, "demand">,
  action: "update" | "manage_structure",
): Promise<StationRow> {
  const station = await findStation(tx, id);
  if (!station) throw notFound();
  demand(action, "Station", { id: station.id, path: station.path });
  return station;
}

/** The station below which a new one is to stand. */
export async function admittedParent(
  tx: Tx,
  id: number,
  { demand }: Pick<Permissions, "demand">,
): Promise<StationRow> {
  const parent = await findStation(tx, id);
  if (!parent) throw notFound();
  demand("create", "Station", { id: 0, path: childPath(parent.path, 0) });
  return parent;
}
