import { useTranslation } from "react-i18next";
import { cx } from "~/ui/cx";
import { type FilingModel, placeOf, type SectionView } from "./model";
import type { Filing } from "./use-filing";

/** The sections to jump to, with what is missing in each: a strip on a phone, a list beside the form on a PC. */
export function SectionNav({
  sections,
  filing,
  model,
}: {
  sections: readonly SectionView[];
  filing: Filing;
  model: FilingModel;
}) {
  const { t } = useTranslation(["figures"]);
  const noted = new Set([
    ...Object.keys(filing.reading.problems),
    ...filing.reading.violations.map((violation) => placeOf(violation, model.indicators)),
    ...Object.keys(model.returned),
  ]);
  return (
    <nav
      aria-label={t("section.nav")}
      className="-mx-3 mt-3 overflow-x-auto px-3 lg:mx-0 lg:rounded-lg lg:border lg:border-line lg:bg-surface lg:px-1.5 lg:py-1.5 print:hidden"
    >
      <ul className="m-0 flex list-none gap-1.5 p-0 lg:block">
        {sections
          .filter((view) => !view.aside)
          .map(({ section, rows }) => {
            const fields = rows.filter((row) => row.kind === "figure");
            const given = fields.filter((row) => (filing.reading.figures[row.code] ?? null) !== null).length;
            const look = rows.some((row) => noted.has(row.code));
            const full = given === fields.length;
            return (
              <li key={section} className="flex-none">
                <a
                  href={`#s-${section}`}
                  className="flex min-h-target items-center gap-2 whitespace-nowrap rounded-full border border-line bg-surface px-3 text-sm text-ink-2 no-underline hover:bg-accent-soft lg:rounded lg:border-0"
                >
                  <span className="flex-1">{t(`section.${section}`)}</span>
                  <span className={cx(look ? "text-warn" : full ? "text-good" : "text-ink-3")}>
                    <span aria-hidden>{look ? "! " : full ? "✓ " : ""}</span>
                    {t("section.count", { given, asked: fields.length })}
                  </span>
                </a>
              </li>
            );
          })}
      </ul>
    </nav>
  );
}
