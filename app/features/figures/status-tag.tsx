import type { Standing } from "@muster/domain/standing";
import { useTranslation } from "react-i18next";
import { Tag, type Tone } from "~/ui/tag";

const TONES: Record<Standing, Tone> = {
  draft: "mute",
  submitted: "info",
  returned: "bad",
  accepted: "good",
  locked: "good",
  amending: "warn",
  missing: "warn",
  excused: "mute",
};

/** A report's state in a word. */
export function StatusTag({ status }: { status: Standing }) {
  const { t } = useTranslation(["figures"]);
  return <Tag tone={TONES[status]}>{t(`status.${status}`)}</Tag>;
}
