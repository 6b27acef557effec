import { findPerson, type PersonRow } from "@muster/db/queries/people/row";
import type { Permissions } from "~/server/authorization.server";
import type { Tx } from "~/server/database.server";
import { notFound } from "~/server/errors.server";

/** A record in the reader's scope; 404 when it is not there or not theirs. */
export async function personOf(tx: Tx, id: string): Promise<PersonRow> {
  const row = await findPerson(tx, id);
  if (!row) throw notFound();
  return row;
}

/** The same for somebody who keeps it or looks behind its masks; 403 for who may only read. */
export async function personFor(
  tx: Tx,
  id: string,
  action: "update" | "reveal",
  { demand }: Pick<Permissions, "demand">,
): Promise<PersonRow> {
  const row = await personOf(tx, id);
  demand(action, "Person", placeOf(row));
  return row;
}

/** What the access rules ask of a record. */
export function placeOf({ stationId, path }: Pick<PersonRow, "stationId" | "path">) {
  return { stationId, path };
}
