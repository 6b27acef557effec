import type { Status } from "@muster/domain/workflow";
import { useTranslation } from "react-i18next";
import { Tag, type Tone } from "~/ui/tag";

const TONES: Record<Status, Tone> = {
  draft: "mute",
  submitted: "info",
  returned: "bad",
  accepted: "good",
  locked: "good",
  amending: "warn",
};

/** A report's state in a word. */
export function StatusTag({ status }: { status: Status }) {
  const { t } = useTranslation(["figures"]);
  return <Tag tone={TONES[status]}>{t(`status.${status}`)}</Tag>;
}
