import type { ExpiringPiece } from "@muster/db/queries/evidence/pieces";
import { daysFrom } from "@muster/domain/period";
import { formatDay } from "~/i18n/format";
import type { Locale, Translate } from "~/i18n/locales";
import type { TodoLine } from "./model";

/** Up to here each piece of the own station has a line of its own. */
const MOST_LINES = 3;

/** Evidence that expires: the own pieces by name, those of the stations below in one line. */
export function evidenceLines(
  pieces: readonly ExpiringPiece[],
  stationId: number,
  { t, locale, today }: { t: Translate; locale: Locale; today: string },
): TodoLine[] {
  const expired = (piece: ExpiringPiece) => daysFrom(today, piece.expiresOn) < 0;
  const own = pieces.filter((piece) => piece.stationId === stationId).slice(0, MOST_LINES);
  const below = pieces.filter((piece) => piece.stationId !== stationId);
  const lines = own.map((piece): TodoLine => {
    const late = expired(piece);
    return {
      id: `evidence-${piece.id}`,
      tone: late ? "bad" : "warn",
      word: t(late ? "home:word.late" : "home:word.soon"),
      title: t(late ? "home:evidence.ownExpired" : "home:evidence.ownSoon", { title: piece.title }),
      note: t("home:evidence.ownNote", { day: formatDay(piece.expiresOn, locale) }),
      to: `/evidence?kind=${piece.subjectKind}&id=${piece.subjectId}`,
    };
  });
  const [first] = below;
  if (!first) return lines;
  const late = expired(first);
  const day = formatDay(first.expiresOn, locale);
  lines.push({
    id: "evidence-below",
    tone: late ? "warn" : "info",
    word: t(late ? "home:word.late" : "home:word.soon"),
    title: t("home:evidence.below", { count: below.length }),
    note: t("home:evidence.belowNote", { name: first.stationName, day }),
    to: "/evidence",
  });
  return lines;
}
