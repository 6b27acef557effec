import { findSubject, type SubjectPlace } from "@muster/db/queries/evidence/subjects";
import type { Subject, SubjectKind } from "@muster/domain/evidence";
import type { Permissions } from "~/server/authorization.server";
import type { Tx } from "~/server/database.server";
import { notFound } from "~/server/errors.server";

/** What evidence belongs to, in the reader's scope; 404 when it is not there or not theirs, 403 by demandSubject. */
export async function subjectInScope(
  tx: Tx,
  subject: Subject,
  permissions: Pick<Permissions, "demand">,
): Promise<SubjectPlace> {
  const place = await findSubject(tx, subject);
  if (!place) throw notFound();
  demandSubject(subject.kind, place, permissions);
  return place;
}

/** Papers and photos of a case are for those alone who read cases: 403 for a liaison of the same station. */
export function demandSubject(
  kind: SubjectKind,
  { stationId, path }: Pick<SubjectPlace, "stationId" | "path">,
  { demand }: Pick<Permissions, "demand">,
): void {
  if (kind === "assistance") demand("read", "Assistance", { stationId, path });
}

/** The same for somebody who brings evidence; 403 when this right is not theirs here. */
export async function subjectFor(
  tx: Tx,
  subject: Subject,
  { demand }: Pick<Permissions, "demand">,
): Promise<SubjectPlace> {
  const place = await subjectInScope(tx, subject, { demand });
  demand("create", "Evidence", { stationId: place.stationId, path: place.path });
  return place;
}
