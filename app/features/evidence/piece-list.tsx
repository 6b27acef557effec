import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { FileText } from "~/ui/icons";
import { Tag } from "~/ui/tag";
import { EXPIRY_TONES, type PieceLine } from "./model";

/** A piece's thumbnail, or a sheet of paper; leads to the file itself. */
export function PieceFigure({ piece }: { piece: Pick<PieceLine, "id" | "kind" | "title"> }) {
  const { t } = useTranslation(["evidence"]);
  const image = piece.kind === "image";
  return (
    <a
      href={`/evidence/${piece.id}`}
      aria-label={t(image ? "piece.open" : "piece.download", { title: piece.title })}
      className="flex size-24 flex-none items-center justify-center overflow-hidden rounded border border-line bg-sunken text-ink-3 hover:border-accent"
    >
      {image ? (
        <img
          src={`/evidence/${piece.id}/thumbnail`}
          alt={t("piece.alt", { title: piece.title })}
          loading="lazy"
          className="size-full object-cover"
        />
      ) : (
        <FileText aria-hidden className="size-sign" />
      )}
    </a>
  );
}

/** The pieces of a subject, the latest first. */
export function PieceList({ pieces }: { pieces: readonly PieceLine[] }) {
  const { t } = useTranslation(["evidence"]);
  const f = useFormat();
  return (
    <ul className="m-0 grid list-none gap-3 p-0">
      {pieces.map((piece) => (
        <li key={piece.id} className="flex gap-3 border-b border-line pb-3 last:border-0 last:pb-0">
          <PieceFigure piece={piece} />
          <div className="min-w-0 flex-1">
            <b lang="zh-CN" className="block [overflow-wrap:anywhere] font-semibold">
              {piece.title}
            </b>
            <span className="block text-sm text-ink-3">
              {t(`kind.${piece.kind}`)} ·{" "}
              {t("piece.by", { name: piece.takenBy, at: f.dateTime(piece.createdAt) })}
            </span>
            {piece.expiresOn && piece.expiry !== "none" && (
              <span className="mt-0.5 flex flex-wrap items-center gap-x-2 text-sm text-ink-2">
                {t("piece.expires", { day: f.date(piece.expiresOn) })}
                <Tag tone={EXPIRY_TONES[piece.expiry]}>{t(`expiry.${piece.expiry}`)}</Tag>
              </span>
            )}
            <span className="flex flex-wrap gap-x-4 print:hidden">
              {piece.edits && (
                <Link
                  to={`/evidence/${piece.id}/edit`}
                  aria-label={t("piece.editOne", { title: piece.title })}
                  className="inline-flex min-h-target items-center text-sm"
                >
                  {t("piece.edit")}
                </Link>
              )}
              {piece.removes && (
                <Link
                  to={`/evidence/${piece.id}/remove`}
                  aria-label={t("piece.removeOne", { title: piece.title })}
                  className="inline-flex min-h-target items-center text-sm"
                >
                  {t("piece.remove")}
                </Link>
              )}
            </span>
          </div>
        </li>
      ))}
    </ul>
  );
}
