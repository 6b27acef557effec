import type { Subject } from "@muster/domain/evidence";
import { Link } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { evidenceAddress, type PieceLine } from "~/features/evidence/model";
import { PickFiles } from "~/features/evidence/pick-files";
import { PieceStrip } from "~/features/evidence/piece-strip";
import { UploadList } from "~/features/evidence/upload-list";
import {
  type Line,
  problemOfFiles,
  sameSubject,
  type UploadQueue,
  waitingOf,
} from "~/features/evidence/upload-queue";
import type { ItemsEvidence } from "./model";

/** The uploads of the page, which its items share. */
export interface Uploads {
  queue: UploadQueue | null;
  lines: readonly Line[];
}

interface Props {
  subject: Subject;
  /** What the item is called: the name of what is photographed for it. */
  name: string;
  pieces: readonly PieceLine[];
  evidence: ItemsEvidence;
  uploads: Uploads;
}

/** What shows an item, and the way to add to it: one tap to the camera; without scripts the page of its evidence. */
export function ItemEvidence({ subject, name, pieces, evidence, uploads: { queue, lines } }: Props) {
  const { t } = useTranslation(["evidence"]);
  const [problem, setProblem] = useState<string | null>(null);
  const takes = evidence.adds && evidence.open;
  if (pieces.length === 0 && !takes) return null;
  const own = lines.filter((line) => sameSubject(line.subject, subject));
  const picks = takes && queue !== null && pieces.length < evidence.most;
  const send = (files: File[]) => {
    if (files.length === 0) return;
    const found = problemOfFiles(files);
    setProblem(found ? t(found) : null);
    if (!found) void queue?.add(subject, waitingOf(files, name.slice(0, 56), ""));
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      {pieces.length > 0 && <PieceStrip pieces={pieces} label={t("item.pieces", { name })} />}
      {takes && (
        <UploadList
          lines={own}
          kept={queue?.kept ?? true}
          onRetry={(id) => void queue?.retry(id)}
          onDrop={(id) => void queue?.drop(id)}
        />
      )}
      {problem && (
        <p className="m-0 text-bad" role="alert">
          {problem}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 print:hidden">
        {picks && (
          <>
            <PickFiles
              camera
              className="lg:hidden"
              label={<Named what={t("form.camera")} name={name} />}
              onFiles={send}
            />
            <PickFiles label={<Named what={t("item.choose")} name={name} />} onFiles={send} />
          </>
        )}
        {(pieces.length > 0 || !picks) && (
          <Link to={evidenceAddress(subject)} className="inline-flex min-h-target items-center text-sm">
            <Named what={t(pieces.length > 0 ? "item.manage" : "item.upload")} name={name} />
          </Link>
        )}
      </div>
    </div>
  );
}

/** Says the item to whoever hears the page instead of seeing it. */
function Named({ what, name }: { what: string; name: string }) {
  return (
    <>
      {what}
      <span className="sr-only">：{name}</span>
    </>
  );
}
