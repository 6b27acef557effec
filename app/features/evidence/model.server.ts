import { type Piece, piecesOf } from "@muster/db/queries/evidence/read";
import { pieceStays, type SubjectPlace } from "@muster/db/queries/evidence/subjects";
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
  place: Pick<SubjectPlace, "stationId" | "path" | "open" | "decided" | "answeredAt">,
  { actor, may, now }: Reader,
): Promise<EvidenceModel> {
  const rights = { stationId: place.stationId, path: place.path };
  const pieces = await piecesOf(tx, subject);
  const today = localDate(now);
  const allowed = pieceRights(rights, place.decided ?? false, may);
  return {
    subject,
    pieces: pieces.flatMap((piece) =>
      pieceLines([piece], today, pieceStays(place, piece, actor.userId) ? NOTHING : allowed),
    ),
    adds: may("create", "Evidence", rights),
    open: place.open,
    most: MOST_PER_SUBJECT,
    remindDays: REMIND_DAYS,
    today,
    owner: actor.membershipId,
  };
}

const NOTHING = { removes: false, edits: false };

/** Pieces as a list shows them. */
export function pieceLines(
  pieces: readonly Piece[],
  today: string,
  allowed: Pick<PieceLine, "removes" | "edits">,
): PieceLine[] {
  return pieces.map((piece) => ({ ...lineOf(piece, today), ...allowed }));
}

/** What the reader may do to the pieces of a subject; of one that somebody decides by, nothing. */
export function pieceRights(
  place: Pick<SubjectPlace, "stationId" | "path">,
  decided: boolean,
  may: Reader["may"],
): Pick<PieceLine, "removes" | "edits"> {
  return {
    removes: !decided && may("remove", "Evidence", place),
    edits: !decided && may("create", "Evidence", place),
  };
}

function lineOf(piece: Piece, today: string): Omit<PieceLine, "removes" | "edits"> {
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
  };
}
