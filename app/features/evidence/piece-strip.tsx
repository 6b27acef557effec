import { useTranslation } from "react-i18next";
import { Tag } from "~/ui/tag";
import { EXPIRY_TONES, type PieceLine } from "./model";
import { PieceFigure } from "./piece-list";

/** Pieces side by side where their subject is one of many on a page; what expires says so. */
export function PieceStrip({ pieces, label }: { pieces: readonly PieceLine[]; label: string }) {
  const { t } = useTranslation(["evidence"]);
  return (
    <ul aria-label={label} className="m-0 flex list-none flex-wrap gap-2 p-0">
      {pieces.map((piece) => (
        <li key={piece.id} className="grid w-24 content-start justify-items-start gap-1">
          <PieceFigure piece={piece} />
          <span lang="zh-CN" className="w-full truncate text-sm text-ink-2" title={piece.title}>
            {piece.title}
          </span>
          {(piece.expiry === "soon" || piece.expiry === "expired") && (
            <Tag tone={EXPIRY_TONES[piece.expiry]}>{t(`expiry.${piece.expiry}`)}</Tag>
          )}
        </li>
      ))}
    </ul>
  );
}
