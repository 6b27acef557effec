import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { EvidenceModel } from "./model";
import { sendFile } from "./send-file";
import { type Line, UploadQueue } from "./upload-queue";
import { waitingStore } from "./waiting-store";

const NONE: readonly Line[] = [];
const none = () => NONE;
const nothing = () => () => {};

/** The files of this subject that wait in this browser; null until scripts run. */
export function useUploads({ subject, owner, adds }: Pick<EvidenceModel, "subject" | "owner" | "adds">) {
  const [queue, setQueue] = useState<UploadQueue | null>(null);
  const { revalidate } = useRevalidator();
  const refresh = useRef(revalidate);
  refresh.current = revalidate;
  const { kind, id } = subject;
  useEffect(() => {
    if (!adds) return;
    const made = new UploadQueue({
      owner,
      subject: { kind, id },
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
  }, [kind, id, owner, adds]);
  const lines = useSyncExternalStore(queue?.subscribe ?? nothing, queue?.current ?? none, none);
  return { queue, lines };
}
