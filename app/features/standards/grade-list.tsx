import type { Grade } from "@muster/domain/standard";
import { useTranslation } from "react-i18next";
import { localized } from "~/features/figures/model";
import { useLocale } from "~/i18n/use-format";

/** The grades of a version and what each asks, to read. */
export function GradeList({ grades }: { grades: readonly Grade[] }) {
  const { t } = useTranslation(["standards"]);
  const locale = useLocale();
  return (
    <ul className="m-0 list-none p-0">
      {grades.map((grade) => (
        <li key={grade.code} className="flex flex-wrap gap-x-3 border-b border-line py-2 last:border-0">
          <b className="font-semibold">{localized(grade.name, locale)}</b>
          <span>
            {t("ask.least", { value: t("points", { count: grade.minPoints, points: grade.minPoints }) })}
          </span>
          {grade.needsFiveHaves && <span className="text-ink-3">{t("gradeForm.needs")}</span>}
        </li>
      ))}
    </ul>
  );
}
