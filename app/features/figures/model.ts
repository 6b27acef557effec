import type { CheckRule, Violation } from "@muster/domain/check";
import { runChecks } from "@muster/domain/checks";
import { FIGURE_PROBLEMS, formatFigure, formatRatio, readFigure } from "@muster/domain/figures-input";
import {
  type Figures,
  type FiguresByCode,
  type Indicator,
  type Localized,
  ratioOf,
  type Section,
  toCodes,
  withComputed,
} from "@muster/domain/indicator";
import type { LateEntry } from "@muster/domain/late";
import { findOutliers } from "@muster/domain/outlier";
import type { LocalDate, Period } from "@muster/domain/period";
import type { Origin } from "@muster/domain/proposal";
import type { Standing } from "@muster/domain/standing";
import type { Kind, Level } from "@muster/domain/station";
import type { Status } from "@muster/domain/workflow";
import type { Locale } from "~/i18n/locales";

/** Where the register value of a figure can be looked at. */
export interface RegisterFact {
  value: number;
  count: number;
  /** First part of the derivation's name: `station`, later `visit`, ... */
  source: string;
  href: string | null;
}

/** One report as a screen gets it. Names are already in the reader's language, in both halves of each pair. */
export interface FilingModel {
  stationId: number;
  stationName: string;
  parentName: string | null;
  reviewerName: string | null;
  level: Level;
  kind: Kind;
  period: Period;
  status: Status;
  version: number;
  round: number;
  nil: boolean;
  dueOn: LocalDate;
  daysLeft: number;
  savedAt: string | null;
  savedBy: string | null;
  /** The last save was made on this very day. */
  savedToday: boolean;
  submittedAt: string | null;
  submittedBy: string | null;
  decidedAt: string | null;
  decidedBy: string | null;
  indicators: Indicator[];
  definitions: Record<string, string>;
  rules: CheckRule[];
  /** What stands on the server. */
  saved: FiguresByCode;
  reasons: Record<string, string>;
  proposals: Record<string, { value: number | null; origin: Origin }>;
  register: Record<string, RegisterFact>;
  /** What the records say otherwise since the report was handed in: a proposed amendment. */
  late: readonly LateEntry[];
  previous: FiguresByCode | null;
  yearAgo: FiguresByCode | null;
  history: { period: Period; figures: Figures }[];
  /** The reviewer's reasons by code, while the report is returned. */
  returned: Record<string, string>;
  notes: Record<string, string>;
  remarks: {
    id: string;
    indicator: string | null;
    body: string;
    at: string;
    byName: string;
    byRole: string;
  }[];
  may: {
    save: boolean;
    submit: boolean;
    amend: boolean;
    cancel: boolean;
    remark: boolean;
    review: boolean;
    /** This role may submit as far as the locks allow. */
    submitAtAll: boolean;
  };
  /** The level above or the city has closed the month, and it is not open for this station. */
  closed: boolean;
  standing: Standing;
  /** Why no report is asked of the station this month; null while one is. */
  excused: string | null;
  /** Why it cannot be changed now, who can open it, until when; null while it can. */
  lock: { message: string; next: string } | null;
  /** Why it cannot be submitted yet although it can be filled in. */
  submitLock: { message: string; next: string } | null;
  /** An unlocking that is running. */
  unlocked: { until: LocalDate; reason: string } | null;
  userId: string;
}

/** The page of a report. */
export function addressOf({ stationId, period }: { stationId: number; period: string }): string {
  return `/stations/${stationId}/months/${period}`;
}

export function localized(text: Localized, locale: Locale): string {
  return locale === "en" ? text.en : text.zh;
}

export interface SectionView {
  section: Section;
  /** Figures, computed ones and ratios in the order of the form. */
  rows: Indicator[];
  /** Asked of other kinds of station: shown folded. */
  aside: boolean;
}

/** The form's sections. Those asked of other kinds of station come last, folded, unless something is filled in. */
export function sectionsOf(model: Pick<FilingModel, "indicators" | "kind" | "saved">): SectionView[] {
  const sections: SectionView[] = [];
  for (const indicator of model.indicators) {
    if (indicator.hidden) continue;
    const asked = indicator.kinds === null || indicator.kinds.includes(model.kind);
    const aside = !asked && (model.saved[indicator.code] ?? null) === null;
    let view = sections.find((each) => each.section === indicator.section && each.aside === aside);
    if (!view) {
      view = { section: indicator.section, rows: [], aside };
      sections.push(view);
    }
    view.rows.push(indicator);
  }
  return [...sections.filter((view) => !view.aside), ...sections.filter((view) => view.aside)];
}

/** What is wrong with a form as it stands. */
export interface Reading {
  figures: FiguresByCode;
  /** Filed and computed figures and ratios as people read them. */
  computed: Record<string, string>;
  /** Texts that are no figures, by code. */
  problems: Record<string, Localized>;
  violations: Violation[];
}

/** Reads what is typed in every field and runs every check on it: the same code as on the server. */
export function readingOf(model: FilingModel, texts: Readonly<Record<string, string>>): Reading {
  const figures: FiguresByCode = {};
  const problems: Record<string, Localized> = {};
  for (const { code, kind, unit } of model.indicators) {
    if (kind !== "figure") continue;
    const read = readFigure(texts[code] ?? "", unit);
    if (read.ok) figures[code] = read.value;
    else problems[code] = FIGURE_PROBLEMS[read.problem];
  }
  const all = withComputed(model.indicators, figures, model);
  const violations = runChecks({
    indicators: model.indicators,
    rules: model.rules,
    figures,
    previous: model.previous,
    register: model.register,
    station: model,
  });
  const history = model.history.map((past) => ({
    period: past.period,
    figures: toCodes(model.indicators, past.figures),
  }));
  const outliers = findOutliers({
    indicators: model.indicators,
    at: model.period,
    figures,
    history,
    violations,
  });
  return { figures, computed: computedOf(model, all), problems, violations: [...violations, ...outliers] };
}

/** Ratios and computed figures as text, by code; a missing one is the empty text. */
export function computedOf(
  model: Pick<FilingModel, "indicators" | "level">,
  figures: FiguresByCode,
): Record<string, string> {
  const computed: Record<string, string> = {};
  for (const { code, kind, unit, ratio } of model.indicators) {
    if (kind === "ratio") computed[code] = ratio ? formatRatio(ratioOf(ratio, figures, model.level)) : "";
    else if (kind === "computed") computed[code] = formatFigure(figures[code] ?? null, unit);
  }
  return computed;
}

/** The text each field begins with. */
export function textsOf(model: Pick<FilingModel, "indicators" | "proposals" | "saved" | "may">) {
  const texts: Record<string, string> = {};
  for (const { code, kind, unit } of model.indicators) {
    if (kind !== "figure") continue;
    const proposed = model.may.save ? (model.proposals[code]?.value ?? null) : (model.saved[code] ?? null);
    texts[code] = fieldText(proposed, unit);
  }
  return texts;
}

/** A figure as it stands in a field: amounts without empty decimals. */
export function fieldText(value: number | null, unit: Indicator["unit"]): string {
  return formatFigure(value, unit).replace(/\.00$/, "");
}

/** The field a violation is shown at: the first one that can be filled in. */
export function placeOf(violation: Violation, indicators: readonly Indicator[]): string | null {
  const filed = violation.indicators.find((code) =>
    indicators.some((indicator) => indicator.code === code && indicator.kind === "figure"),
  );
  return filed ?? violation.indicators[0] ?? null;
}

/** Under which key the reason for a soft violation is kept: per figure where it speaks of one only. */
export function reasonKey({ check, indicators }: Pick<Violation, "check" | "indicators">): string {
  return indicators.length === 1 ? `${check}:${indicators[0]}` : check;
}

/** The reason given for a violation, under either of its keys. */
export function reasonFor(violation: Violation, reasons: Readonly<Record<string, string>>): string {
  return reasons[reasonKey(violation)] ?? reasons[violation.check] ?? "";
}

/** Codes of the fields of the form, in order; those asked of other kinds come last. */
export function fieldOrder(sections: readonly SectionView[]): string[] {
  return sections.flatMap(({ rows }) => rows.filter((row) => row.kind === "figure").map((row) => row.code));
}

/** Figures asked of this kind of station, and how many of them have a value. */
export function progressOf(sections: readonly SectionView[], figures: FiguresByCode) {
  const asked = sections
    .filter((view) => !view.aside)
    .flatMap((view) => view.rows.filter((row) => row.kind === "figure"));
  const given = asked.filter((row) => (figures[row.code] ?? null) !== null).length;
  return { asked: asked.length, given };
}
