import type { Violation } from "@muster/domain/check";
import type { Indicator } from "@muster/domain/indicator";
import { useTranslation } from "react-i18next";
import { useLocale } from "~/i18n/use-format";
import { Tag } from "~/ui/tag";
import { ComputedRow, FigureRow, ROW } from "./figure-row";
import { type FilingModel, localized, placeOf, type SectionView } from "./model";
import type { Filing } from "./use-filing";

export interface SectionCardProps {
  view: SectionView;
  model: FilingModel;
  filing: Filing;
  readOnly: boolean;
}

/** The figures of one section. */
export function SectionCard({ view, model, filing, readOnly }: SectionCardProps) {
  const { t } = useTranslation(["figures"]);
  const name = t(`section.${view.section}`);
  const rows = (
    <>
      <div aria-hidden className={`${ROW} hidden bg-sunken text-sm text-ink-3 lg:grid lg:!py-1 print:hidden`}>
        <span>{t("column.indicator")}</span>
        <span className="text-right">{t("column.value")}</span>
        <span>{t("column.unit")}</span>
        <span>{t("column.source")}</span>
        <span className="text-right">{t("field.last")}</span>
        <span className="text-right">{t("field.yearAgo")}</span>
      </div>
      {view.rows.map((indicator) => (
        <Row key={indicator.code} indicator={indicator} model={model} filing={filing} readOnly={readOnly} />
      ))}
    </>
  );
  if (view.aside) {
    return (
      <details className="mt-3 rounded-lg border border-line bg-surface" id={`s-${view.section}-aside`}>
        <summary className="flex min-h-target items-center gap-2 px-3.5 py-2.5 text-ink-2">
          <span aria-hidden>▸</span>
          {t("section.aside", { name })}
        </summary>
        {rows}
      </details>
    );
  }
  return (
    <section
      id={`s-${view.section}`}
      aria-labelledby={`h-${view.section}`}
      className="mt-3 scroll-mt-3 rounded-lg border border-line bg-surface"
    >
      <header className="flex flex-wrap items-center gap-2 rounded-t-lg border-b border-line bg-sunken px-3.5 py-2.5">
        <h2 id={`h-${view.section}`} className="m-0 flex-1 text-md">
          {name}
        </h2>
        <SectionState view={view} model={model} filing={filing} />
      </header>
      {rows}
    </section>
  );
}

/** How far a section is, in a word. */
function SectionState({ view, model, filing }: Omit<SectionCardProps, "readOnly">) {
  const { t } = useTranslation(["figures"]);
  const fields = view.rows.filter((row) => row.kind === "figure");
  const blank = fields.filter((row) => (filing.reading.figures[row.code] ?? null) === null).length;
  const derived = fields.filter(
    (row) => !filing.touched.has(row.code) && model.proposals[row.code]?.origin === "register",
  ).length;
  if (blank > 0) return <Tag>{t("section.blank", { count: blank })}</Tag>;
  if (derived > 0 && model.may.save) return <Tag tone="good">{t("section.derived", { count: derived })}</Tag>;
  return <Tag tone="good">{t("section.complete")}</Tag>;
}

function Row({
  indicator,
  model,
  filing,
  readOnly,
}: Omit<SectionCardProps, "view"> & { indicator: Indicator }) {
  const locale = useLocale();
  const { code, kind } = indicator;
  if (kind !== "figure") {
    return (
      <ComputedRow
        indicator={indicator}
        definition={model.definitions[code] ?? ""}
        text={filing.reading.computed[code] ?? ""}
      />
    );
  }
  const proposal = model.proposals[code];
  const problem = filing.reading.problems[code];
  const proposed = model.may.save && !filing.touched.has(code) ? proposal?.origin : null;
  const here = filing.reading.violations.filter((v) => placeOf(v, model.indicators) === code);
  const elsewhere = filing.reading.violations.find(
    (v) => v.indicators.includes(code) && placeOf(v, model.indicators) !== code,
  );
  return (
    <FigureRow
      indicator={indicator}
      definition={model.definitions[code] ?? ""}
      text={filing.texts[code] ?? ""}
      readOnly={readOnly}
      origin={proposed === "register" || proposed === "carried" ? proposed : null}
      register={model.register[code] ?? null}
      last={model.previous?.[code] ?? null}
      yearAgo={model.yearAgo?.[code] ?? null}
      problem={problem ? localized(problem, locale) : null}
      violations={here.length > 0 ? here : NONE}
      seeAlso={elsewhere ? placeName(elsewhere, model, locale) : null}
      reasons={here.some((violation) => violation.severity === "soft") ? filing.reasons : NO_REASONS}
      returned={model.returned[code] ?? null}
      remarks={remarksAt(model, code)}
      onType={filing.type}
      onReason={filing.giveReason}
    />
  );
}

// The same empty values for every row: a row is drawn again only when something of its own changed.
const NONE: readonly Violation[] = [];
const NO_REASONS = {};
const NO_REMARKS: readonly string[] = [];

function remarksAt(model: FilingModel, code: string): readonly string[] {
  const found = model.remarks.filter((remark) => remark.indicator === code);
  return found.length > 0 ? found.map((remark) => remark.body) : NO_REMARKS;
}

function placeName(violation: Violation, model: FilingModel, locale: "zh-CN" | "en") {
  const code = placeOf(violation, model.indicators);
  const indicator = model.indicators.find((each) => each.code === code);
  return indicator ? { code: indicator.code, name: localized(indicator.name, locale) } : null;
}
