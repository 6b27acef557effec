import { useTranslation } from "react-i18next";
import { Tag } from "~/ui/tag";

/** Whether a station meets the Five Haves by a verdict; a dash while there is none. */
export function FiveTag({ fiveHaves }: { fiveHaves: boolean | null }) {
  const { t } = useTranslation(["standards"]);
  if (fiveHaves === null) return <>—</>;
  return <Tag tone={fiveHaves ? "good" : "bad"}>{t(fiveHaves ? "five.yes" : "five.no")}</Tag>;
}
