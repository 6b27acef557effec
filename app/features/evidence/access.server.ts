import { findSubject, type SubjectPlace } from "@muster/db/queries/evidence/subjects";
import type { Subject } from "@muster/domain/evidence";
import type { Permissions } from "~/server/authorization.server";
import type { Tx } from "~/server/database.server";
import { notFound } from "~/server/errors.server";

/** What evidence belongs to, in the reader's scope; 404 when it is not there or not theirs. */
export async function subjectInScope(tx: Tx, subject: Subject): Promise<SubjectPlace> {
  const place = await findSubject(tx, subject);
  if (!place) throw notFound();
  return place;
}

/** The same for somebody who brings evidence; 403 when this right is not theirs here. */
export async function subjectFor(
  tx: Tx,
  subject: Subject,
  { demand }: Pick<Permissions, "demand">,
): Promise<SubjectPlace> {
  const place = await subjectInScope(tx, subject);
  demand("create", "Evidence", { stationId: place.stationId, path: place.path });
  return place;
}
