import type { Period } from "@muster/domain/period";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { Tag } from "~/ui/tag";

export interface Stretch {
  validFrom: Period;
  validTo: Period | null;
}

/** From when to when something holds, in words. */
export function Validity({ stretch, current }: { stretch: Stretch; current: Period }) {
  const { t } = useTranslation(["settings"]);
  const f = useFormat();
  const text =
    stretch.validTo === null
      ? t("catalogue.validFrom", { from: f.period(stretch.validFrom) })
      : t("catalogue.validBetween", { from: f.period(stretch.validFrom), to: f.period(stretch.validTo) });
  const planned = stretch.validFrom > current;
  const past = stretch.validTo !== null && stretch.validTo < current;
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      {text}
      {planned && <Tag tone="info">{t("catalogue.planned")}</Tag>}
      {past && <Tag>{t("catalogue.ended")}</Tag>}
      {!past && !planned && stretch.validTo !== null && <Tag tone="warn">{t("catalogue.ending")}</Tag>}
    </span>
  );
}
