import { type LocalDate, localDate, type Period, partsOf } from "@muster/domain/period";
import type { Locale } from "./locales";

// No Intl here beyond what Chromium 90 has, and none at all where a fixed form is asked for: server and browser
// must write the same text, whatever language data they carry.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** What stands where there is no value. Never 0: missing and zero differ. */
export const MISSING = "—";

/** `2026年10月` or `Oct 2026`. */
export function formatPeriod(period: Period, locale: Locale): string {
  const { year, month } = partsOf(period);
  return locale === "zh-CN" ? `${year}年${month}月` : `${MONTHS[month - 1]} ${year}`;
}

/** The month alone, for axes and columns: `10月` or `Oct`. */
export function formatMonth(period: Period, locale: Locale): string {
  const { month } = partsOf(period);
  return locale === "zh-CN" ? `${month}月` : (MONTHS[month - 1] ?? "");
}

/** `2026年10月3日` or `3 Oct 2026`. */
export function formatDate(day: LocalDate, locale: Locale): string {
  const [year = "", month = "", date = ""] = day.split("-");
  if (locale === "zh-CN") return `${year}年${Number(month)}月${Number(date)}日`;
  return `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`;
}

/** A day of this year where the year goes without saying: `10月3日` or `3 Oct`. */
export function formatDay(day: LocalDate, locale: Locale): string {
  const [, month = "", date = ""] = day.split("-");
  if (locale === "zh-CN") return `${Number(month)}月${Number(date)}日`;
  return `${Number(date)} ${MONTHS[Number(month) - 1]}`;
}

const HOURS_8 = 8 * 3_600_000;

/** An instant on the clock of Shanghai: `2026-10-03 20:16`, the same in both languages. */
export function formatDateTime(instant: Date | string): string {
  const time = typeof instant === "string" ? Date.parse(instant) : instant.getTime();
  return new Date(time + HOURS_8).toISOString().slice(0, 16).replace("T", " ");
}

/** The day of an instant in Shanghai, written out. */
export function formatInstantDate(instant: Date | string, locale: Locale): string {
  return formatDate(localDate(typeof instant === "string" ? new Date(instant) : instant), locale);
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A whole number with thousands separators; null is missing. Also exact for bigint. */
export function formatInteger(value: number | bigint | null): string {
  if (value === null) return MISSING;
  const text = String(value);
  return text.startsWith("-") ? `-${grouped(text.slice(1))}` : grouped(text);
}

/** A change with its sign: `+3`, `-2`, `0`. */
export function formatChange(value: number | null): string {
  return value !== null && value > 0 ? `+${formatInteger(value)}` : formatInteger(value);
}

/** Fen to yuan: `3,000` where no fen are left over, else `3,000.50`. */
export function formatMoney(fen: number | bigint | null): string {
  if (fen === null) return MISSING;
  const amount = BigInt(fen);
  const size = amount < 0n ? -amount : amount;
  const rest = size % 100n;
  const yuan = grouped(String(size / 100n));
  return `${amount < 0n ? "-" : ""}${yuan}${rest === 0n ? "" : `.${String(rest).padStart(2, "0")}`}`;
}

/** A share of one as a percentage with one decimal: 0.2812 is `28.1%`; null is missing ("nothing expected"). */
export function formatPercent(share: number | null): string {
  return share === null || !Number.isFinite(share) ? MISSING : `${(share * 100).toFixed(1)}%`;
}

/** A number with at most `places` decimals, separators included. */
export function formatDecimal(value: number | null, places = 1): string {
  if (value === null || !Number.isFinite(value)) return MISSING;
  const [whole = "0", rest] = Math.abs(value).toFixed(places).split(".");
  const sign = value < 0 && Number(value.toFixed(places)) !== 0 ? "-" : "";
  return `${sign}${grouped(whole)}${rest && Number(rest) > 0 ? `.${rest}` : ""}`;
}

/** Which sentence says how long is left, for `t(...)`: `common:format.daysLeft` with its count. */
export function daysLeft(days: number): {
  key: "format.daysLeft" | "format.today" | "format.daysOver";
  count: number;
} {
  if (days === 0) return { key: "format.today", count: 0 };
  return days > 0 ? { key: "format.daysLeft", count: days } : { key: "format.daysOver", count: -days };
}
