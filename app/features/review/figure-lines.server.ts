import type { ReportPage } from "@muster/db/queries/report-page";
import { formatFigure, formatRatio } from "@muster/domain/figures-input";
import { type FiguresByCode, type Indicator, ratioOf, toCodes } from "@muster/domain/indicator";
import { localized, placeOf, reasonFor } from "~/features/figures/model";
import { formatChange, formatMoney, MISSING } from "~/i18n/format";
import type { Reader } from "./access.server";
import type { FigureGroups, FigureLine } from "./model";

/** Below this, a share of last month's figure says less than the difference itself. */
const SHARE_FROM = 10;

interface Grouped {
  groups: FigureGroups;
  hints: number;
  secondRound: boolean;
  changed: number;
}

/**
 * The figures in the order of looking. In the first round what carries a hint comes first, then what moved since
 * last month, and the rest is folded; in later rounds only what changed since the round before, and what was sent
 * back and did not change, stands open.
 */
export function figureGroups(page: ReportPage, reader: Reader): Grouped {
  const { report, catalogue, events } = page;
  const decided = report.status === "accepted" || report.status === "locked";
  const secondRound = report.round > 1 && !decided && report.status === "submitted";
  const earlier = secondRound ? roundBefore(page) : null;
  const sentBack = report.status === "returned" || secondRound ? lastReturn(events) : {};
  const lines = catalogue.indicators
    .filter((i) => !i.hidden && asked(i, page))
    .map((i) => lineOf(i, page, earlier, sentBack[i.code] ?? "", reader));
  const groups: FigureGroups = { first: [], moved: [], rest: [] };
  for (const line of lines) {
    const telling = secondRound
      ? line.before !== null || line.returned !== ""
      : line.hints.length > 0 || line.returned !== "" || (line.register?.gap ?? "") !== "";
    if (telling) groups.first.push(line);
    else if (!secondRound && line.change !== "" && line.tickable) groups.moved.push(line);
    else groups.rest.push(line);
  }
  return {
    groups,
    hints: lines.reduce((sum, line) => sum + line.hints.length, 0),
    secondRound,
    changed: lines.filter((line) => line.before !== null && line.tickable).length,
  };
}

/** Figures of the submission before the one under review; null when there was none. */
function roundBefore({ report, events, catalogue }: ReportPage): FiguresByCode | null {
  const before = events.find((event) => event.action === "submit" && event.round === report.round - 1);
  return before?.figures ? toCodes(catalogue.indicators, before.figures) : null;
}

function lastReturn(events: ReportPage["events"]): Record<string, string> {
  return events.filter((event) => event.action === "return").pop()?.returned ?? {};
}

/** Figures that only other kinds of station are asked for show where this one gave them all the same. */
function asked(indicator: Indicator, { station, figures }: ReportPage): boolean {
  const here = indicator.kinds === null || indicator.kinds.includes(station.kind);
  return here || (figures[indicator.code] ?? null) !== null;
}

function lineOf(
  indicator: Indicator,
  page: ReportPage,
  earlier: FiguresByCode | null,
  returned: string,
  { locale, t }: Reader,
): FigureLine {
  const { code, kind, unit } = indicator;
  const now = amountOf(indicator, page.figures, page);
  const last = page.previous ? amountOf(indicator, page.previous, page) : null;
  const before = earlier ? amountOf(indicator, earlier, page) : null;
  const show = (value: number | null) => shown(indicator, value);
  const difference = now !== null && last !== null && now !== last ? now - last : null;
  const register = page.register[code];
  const gap = register && now !== null ? now - register.value : 0;
  const remark = page.report.remarks[code];
  return {
    code,
    name: localized(indicator.name, locale),
    unit: t(`review:unit.${unit}`),
    value: show(now),
    previous: show(last),
    change: difference === null ? "" : kind === "ratio" ? points(difference) : signed(indicator, difference),
    share:
      difference !== null && last !== null && kind !== "ratio" && Math.abs(last) >= SHARE_FROM
        ? sharedChange(difference / last)
        : "",
    register: register ? { text: show(register.value), gap: gap === 0 ? "" : signed(indicator, gap) } : null,
    hints: page.violations
      .filter((violation) => placeOf(violation, page.catalogue.indicators) === code)
      .map((violation) => ({
        id: violation.check,
        text: localized(violation.message, locale),
        reason: reasonFor(violation, page.report.reasons),
      })),
    note: remark?.note ?? "",
    returned,
    before: earlier && before !== now ? show(before) : null,
    tickable: kind === "figure",
  };
}

function amountOf(indicator: Indicator, figures: FiguresByCode, { station }: ReportPage): number | null {
  if (indicator.kind !== "ratio") return figures[indicator.code] ?? null;
  return indicator.ratio ? ratioOf(indicator.ratio, figures, station.level) : null;
}

function shown({ kind, unit }: Indicator, value: number | null): string {
  if (value === null) return MISSING;
  if (kind === "ratio") return formatRatio(value);
  return unit === "yuan" ? formatMoney(value) : formatFigure(value, unit);
}

function signed({ unit }: Indicator, change: number): string {
  if (unit !== "yuan") return formatChange(change);
  return `${change > 0 ? "+" : ""}${formatMoney(change)}`;
}

function points(change: number): string {
  const text = formatRatio(Math.abs(change));
  return Number(text) === 0 ? "" : `${change > 0 ? "+" : "-"}${text}`;
}

function sharedChange(share: number): string {
  return `${share > 0 ? "+" : "-"}${Math.round(Math.abs(share) * 100)}%`;
}
