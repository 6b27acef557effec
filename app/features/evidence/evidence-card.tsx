import type { SubjectKind } from "@muster/domain/evidence";
import { useTranslation } from "react-i18next";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import type { Refused } from "~/ui/form";
import { Notice } from "~/ui/notice";
import type { EvidenceModel } from "./model";
import { PieceList } from "./piece-list";
import { UploadForm } from "./upload-form";
import { UploadList } from "./upload-list";
import { useUploads } from "./use-uploads";

/** What is asked for where it is not a station's papers. */
const HINTS: Partial<Record<SubjectKind, "hintFinding" | "hintVisit">> = {
  finding: "hintFinding",
  visit: "hintVisit",
};

/** The evidence of a subject: what is there, what still waits in this browser, and the way to add more. */
export function EvidenceCard({ model, refused = null }: { model: EvidenceModel; refused?: Refused | null }) {
  const { t } = useTranslation(["evidence"]);
  const { pieces, most, adds, open, subject } = model;
  const { queue, lines } = useUploads({ ...model, subjects: [subject] });
  const full = pieces.length >= most;
  return (
    <Card
      id="evidence"
      title={t(subject.kind === "visit" ? "titleVisit" : "title")}
      aside={<span className="text-sm text-ink-3">{t("count", { count: pieces.length, most })}</span>}
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {adds && open && (
          <p className="m-0 text-sm text-ink-3">{t(HINTS[subject.kind] ?? "hint", { most })}</p>
        )}
        {pieces.length === 0 ? (
          <EmptyState title={t(subject.kind === "visit" ? "emptyVisit" : "empty")}>
            {adds && open ? t("emptyHint") : null}
          </EmptyState>
        ) : (
          <PieceList pieces={pieces} />
        )}
        {adds && (
          <UploadList
            lines={lines}
            kept={queue?.kept ?? true}
            onRetry={(id) => void queue?.retry(id)}
            onDrop={(id) => void queue?.drop(id)}
          />
        )}
        {adds && !open && <Notice>{t("closed")}</Notice>}
        {adds && open && full && <Notice title={t("full.title", { most })}>{t("full.text")}</Notice>}
        {adds && open && !full && <UploadForm model={model} refused={refused} queue={queue} />}
      </div>
    </Card>
  );
}
