import { useTranslation } from "react-i18next";
import { formatInstantDate } from "~/i18n/format";
import { useFormat, useLocale } from "~/i18n/use-format";
import { PrintSheet } from "~/ui/print-sheet";
import { computedOf, type FilingModel, fieldText, localized, type SectionView, sectionsOf } from "./model";

export interface OfficialFormProps {
  model: FilingModel;
  /** Who filled it in, who reviewed it, who heads the station and sent it. */
  people: { preparer: string | null; reviewer: string | null; head: string | null };
}

/** The month's report as the form that an office prints, signs and seals. */
export function OfficialForm({ model, people }: OfficialFormProps) {
  const { t } = useTranslation(["figures"]);
  const locale = useLocale();
  const f = useFormat();
  const date = model.submittedAt ? formatInstantDate(model.submittedAt, locale) : t("print.noDate");
  const sections = sectionsOf(model).filter((view) => !view.aside);
  const lines = sections.reduce((sum, { rows }) => sum + rows.length + 1, 0);
  // Two columns of about the same length; a section is never torn apart.
  const left: SectionView[] = [];
  let used = 0;
  for (const view of sections) {
    if (left.length > 0 && used + (view.rows.length + 1) / 2 > lines / 2) break;
    left.push(view);
    used += view.rows.length + 1;
  }
  const right = sections.slice(left.length);
  return (
    <PrintSheet
      title={t("print.title")}
      facts={[
        { label: t("print.station"), value: [model.parentName, model.stationName].filter(Boolean).join(" ") },
        { label: t("print.period"), value: f.period(model.period) },
        {
          label: t("print.status"),
          value: [t(`status.${model.status}`), model.nil && t("print.nil")].filter(Boolean).join(t("join")),
        },
      ]}
      signatures={[
        { label: t("print.head"), name: people.head },
        { label: t("print.reviewer"), name: people.reviewer },
        { label: t("print.preparer"), name: people.preparer },
      ]}
      seal={{ label: t("print.seal"), date: t("print.date", { date }) }}
    >
      <div className="grid gap-3 text-sm sm:grid-cols-2 print:grid-cols-2 print:gap-2 print:text-xs">
        {[left, right].map((half, index) => (
          <Half key={index === 0 ? "left" : "right"} sections={half} model={model} />
        ))}
      </div>
      <p className="m-0 mt-2 text-sm text-ink-2">{t("print.note")}</p>
    </PrintSheet>
  );
}

/** One column of the form. */
function Half({ sections, model }: { sections: readonly SectionView[]; model: FilingModel }) {
  const { t } = useTranslation(["figures"]);
  const locale = useLocale();
  const computed = computedOf(model, model.saved);
  return (
    <table>
      <thead>
        <tr>
          <th>{t("print.code")}</th>
          <th>{t("column.indicator")}</th>
          <th>{t("column.unit")}</th>
          <th>{t("print.value")}</th>
          <th>{t("field.last")}</th>
        </tr>
      </thead>
      {sections.map(({ section, rows }) => (
        <tbody key={section}>
          <tr>
            <th colSpan={5} className="bg-sunken text-left">
              {t(`section.${section}`)}
            </th>
          </tr>
          {rows.map(({ code, name, unit, kind }) => {
            const value = model.saved[code] ?? null;
            const last = model.previous?.[code] ?? null;
            return (
              <tr key={code}>
                <td>{code}</td>
                <th scope="row" className="text-left font-normal">
                  {localized(name, locale)}
                </th>
                <td className="whitespace-nowrap text-center">{t(`unit.${unit}`)}</td>
                <td className="whitespace-nowrap text-right font-semibold">
                  {kind === "figure" ? fieldText(value, unit) : computed[code] || "—"}
                </td>
                <td className="whitespace-nowrap text-right">
                  {kind === "ratio" ? "" : fieldText(last, unit)}
                </td>
              </tr>
            );
          })}
        </tbody>
      ))}
    </table>
  );
}
