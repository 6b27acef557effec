import type { Indicator } from "@muster/domain/indicator";
import { addMonths } from "@muster/domain/period";
import type { CellFormat } from "@muster/reports/table";
import { formatMonth } from "~/i18n/format";
import type { Translate } from "~/i18n/locales";
import type { Ground } from "./ground.server";
import { latestMonth, type Months, valueAt, valueOver, whole, yearBefore } from "./measure";
import type { KeyFigure } from "./model";
import { shown } from "./values";

/** Whether more of it is good news, bad news, or neither. */
export type Better = "high" | "low" | "none";

export type Against = "sameMonth" | "sameRange" | "lastMonth";

/** A change in words, with its direction and whether it is good: two things. Null when one side is missing. */
export function changeOf(
  t: Translate,
  now: number | null,
  before: number | null,
  { against, format, better }: { against: Against; format: CellFormat; better: Better },
): KeyFigure["change"] | undefined {
  if (now === null || before === null) return undefined;
  const amount = shown(Math.abs(now - before), format === "percent" ? "decimal" : format);
  const difference = amount === "0" ? 0 : now - before;
  const points = format === "percent" ? t("dashboards:points", { amount }) : amount;
  if (difference === 0)
    return { direction: "same", tone: "mute", text: t(`dashboards:change.${against}.same`) };
  const more = difference > 0;
  const good = better === "none" ? null : (better === "high") === more;
  return {
    direction: more ? "up" : "down",
    tone: good === null ? "mute" : good ? "good" : "bad",
    text: more
      ? t(`dashboards:change.${against}.more`, { amount: points })
      : t(`dashboards:change.${against}.less`, { amount: points }),
  };
}

export interface KeyOptions
  extends Partial<Pick<KeyFigure, "label" | "unit" | "note" | "page" | "indicator">> {
  better: Better;
  /** Where it is written otherwise than the indicator says. */
  format?: CellFormat;
  /** Its value over the range, where it was counted again instead of put together from months. */
  value?: number | null;
}

/**
 * An indicator as a key number: its value over the range, against the same months a year before where all of them
 * were filed for, else against the month before; and its months as a sparkline.
 */
export function indicatorKey(
  ground: Ground,
  own: Months,
  indicators: readonly Indicator[],
  code: string,
  options: KeyOptions,
): KeyFigure {
  const { t, locale } = ground.reader;
  const indicator = indicators.find((one) => one.code === code);
  const format = options.format ?? (indicator ? formatOf(indicator) : "count");
  const { level } = ground.place;
  const at = (period: typeof ground.range.to) =>
    indicator ? valueAt(own.get(period), indicator, level) : null;
  const over = (range: typeof ground.range) => valueOver(own, range, indicators, code, level);
  const flow = indicator ? isFlow(indicator) : false;
  const value = options.value ?? over(ground.range);
  const last = latestMonth(own, ground.range) ?? ground.range.to;
  const before = yearBefore(ground.range);
  const { better } = options;
  // A range that was counted again has no like to be compared with.
  const alone = options.value !== undefined && ground.periods.length > 1;
  const year = alone
    ? undefined
    : flow
      ? changeOf(t, value, whole(own, before) ? over(before) : null, { against: "sameRange", format, better })
      : changeOf(t, value, at(addMonths(last, -12)), { against: "sameMonth", format, better });
  const month = changeOf(t, at(last), at(addMonths(last, -1)), { against: "lastMonth", format, better });
  const lastValue = at(last);
  // Beside a range's total, a comparison of its last month has to say that it speaks of that month.
  const monthNote =
    flow && lastValue !== null && ground.periods.length > 1
      ? t("dashboards:monthValue", { month: formatMonth(last, locale), value: shown(lastValue, format) })
      : undefined;
  const monthChange =
    month && monthNote
      ? { ...month, text: t("dashboards:both", { value: monthNote, change: month.text }) }
      : month;
  return {
    id: code,
    label: options.label ?? (indicator ? nameOf(indicator, locale) : code),
    value: shown(value, format),
    unit:
      options.unit ??
      (indicator && format !== "percent" ? t(`dashboards:unit.${indicator.unit}`) : undefined),
    change: year ?? monthChange,
    note: options.note ?? (year ? monthChange?.text : monthChange ? undefined : monthNote),
    spark: ground.periods.map(at),
    page: options.page,
    indicator: options.indicator,
  };
}

/** Added up over months, or a ratio of such figures: compared range with range, not month with month. */
export function isFlow(indicator: Indicator): boolean {
  return indicator.acrossTime === "sum";
}

/** How an indicator's value is written. */
export function formatOf(indicator: Pick<Indicator, "unit" | "kind" | "ratio">): CellFormat {
  if (indicator.unit === "percent") return "percent";
  if (indicator.unit === "yuan") return "money";
  return indicator.ratio ? "decimal" : "count";
}

/** An indicator's name in the reader's language. */
export function nameOf(indicator: Pick<Indicator, "name">, locale: string): string {
  return locale === "zh-CN" ? indicator.name.zh : indicator.name.en;
}
