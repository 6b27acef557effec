import type { Subject } from "@muster/domain/evidence";
import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { EvidenceModel } from "./model";
import { sendFile } from "./send-file";
import { type Line, UploadQueue } from "./upload-queue";
import { waitingStore } from "./waiting-store";

const NONE: readonly Line[] = [];
const none = () => NONE;
const nothing = () => () => {};

interface Uploading extends Pick<EvidenceModel, "owner" | "adds"> {
  subjects: readonly Subject[];
}

/** The files of these subjects that wait in this browser; the queue is null until scripts run. */
export function useUploads({ subjects, owner, adds }: Uploading) {
  const [queue, setQueue] = useState<UploadQueue | null>(null);
  const { revalidate } = useRevalidator();
  const refresh = useRef(revalidate);
  refresh.current = revalidate;
  const names = JSON.stringify(subjects.map(({ kind, id }) => ({ kind, id })));
  useEffect(() => {
    if (!adds) return;
    const made = new UploadQueue({
      owner,
      subjects: JSON.parse(names) as Subject[],
      store: waitingStore,
      send: sendFile,
      later: (run, milliseconds) => {
        const timer = setTimeout(run, milliseconds);
        return () => clearTimeout(timer);
      },
      onStored: () => refresh.current(),
    });
    setQueue(made);
    void made.restore();
    const again = () => void made.retry();
    window.addEventListener("online", again);
    return () => {
      window.removeEventListener("online", again);
      made.stop();
    };
  }, [names, owner, adds]);
  const lines = useSyncExternalStore(queue?.subscribe ?? nothing, queue?.current ?? none, none);
  return { queue, lines };
}
