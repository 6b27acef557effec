import { type Piece, piecesOf } from "@muster/db/queries/evidence/read";
import type { SubjectPlace } from "@muster/db/queries/evidence/subjects";
import { expiryOn, MOST_PER_SUBJECT, REMIND_DAYS, type Subject } from "@muster/domain/evidence";
import { localDate } from "@muster/domain/period";
import type { Tx } from "~/server/database.server";
import type { MemberContext } from "~/server/prepare.server";
import type { EvidenceModel, PieceLine } from "./model";

type Reader = Pick<MemberContext<unknown, unknown>, "actor" | "may" | "now">;

/** The evidence of a subject as its card shows it. */
export async function evidenceModel(
  tx: Tx,
  subject: Subject,
  place: Pick<SubjectPlace, "stationId" | "path" | "open" | "decided">,
  { actor, may, now }: Reader,
): Promise<EvidenceModel> {
  const rights = { stationId: place.stationId, path: place.path };
  const pieces = await piecesOf(tx, subject);
  const today = localDate(now);
  const removes = !place.decided && may("remove", "Evidence", rights);
  return {
    subject,
    pieces: pieces.map((piece) => lineOf(piece, today, removes)),
    adds: may("create", "Evidence", rights),
    open: place.open,
    most: MOST_PER_SUBJECT,
    remindDays: REMIND_DAYS,
    today,
    owner: actor.membershipId,
  };
}

function lineOf(piece: Piece, today: string, removes: boolean): PieceLine {
  const { id, kind, title, takenBy, createdAt, expiresOn, width, height } = piece;
  return {
    id,
    kind,
    title,
    takenBy,
    createdAt,
    expiresOn,
    width,
    height,
    expiry: expiryOn(expiresOn, today),
    removes,
  };
}
