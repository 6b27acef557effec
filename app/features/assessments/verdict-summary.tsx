import type { Verdict } from "@muster/domain/assessment";
import type { StandardSet } from "@muster/domain/standard";
import { useTranslation } from "react-i18next";
import { localized } from "~/features/figures/model";
import { useFormat, useLocale } from "~/i18n/use-format";
import { Tag } from "~/ui/tag";

/** The page is long: a link leads to the item it speaks of. */
const JUMP = "inline-flex min-h-target items-center";

/** Points, grade, the Five Haves one by one, and what stands in their way. */
export function VerdictSummary({ verdict, set }: { verdict: Verdict; set: StandardSet }) {
  const { t } = useTranslation(["standards"]);
  const locale = useLocale();
  const f = useFormat();
  const grade = set.grades.find(({ code }) => code === verdict.grade);
  const failing = verdict.dimensions.flatMap((each) => (each.dimension === "bonus" ? [] : each.failing));
  const names = new Map(set.items.map(({ code, name }) => [code, localized(name, locale)]));
  return (
    <div className="grid grid-cols-1 gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <b className="text-lg">{t("score", { points: f.decimal(verdict.points), outOf: verdict.outOf })}</b>
        <Tag tone={verdict.fiveHaves ? "good" : "bad"} className="!whitespace-normal">
          {t(verdict.fiveHaves ? "fiveMet" : "fiveNot")}
        </Tag>
        <Tag tone="info" plain className="!whitespace-normal">
          {grade ? t("grade", { grade: localized(grade.name, locale) }) : t("noGrade")}
        </Tag>
      </div>
      <ul className="m-0 flex list-none flex-wrap gap-1.5 p-0">
        {verdict.dimensions.map(({ dimension, passed, points, weight }) => (
          <li key={dimension}>
            <Tag
              tone={dimension === "bonus" ? "mute" : passed ? "good" : "bad"}
              plain={dimension === "bonus"}
            >
              {t(`dimension.${dimension}`)} {f.decimal(points)}/{weight}
            </Tag>
          </li>
        ))}
      </ul>
      {failing.length > 0 && (
        <p className="m-0 flex flex-wrap items-center gap-x-3 text-sm text-bad">
          {t("failing")}
          {failing.map((code) => (
            <a key={code} href={`#item-${code}`} className={`${JUMP} text-bad`}>
              {code} {names.get(code)}
            </a>
          ))}
        </p>
      )}
      {verdict.missing.length > 0 && (
        <p className="m-0 flex flex-wrap items-center gap-x-3 text-sm text-ink-3">
          {t("missing", { count: verdict.missing.length })}
          <a href={`#item-${verdict.missing[0]}`} className={JUMP}>
            {t("toMissing")}
          </a>
        </p>
      )}
    </div>
  );
}
