import type { LocalDate } from "@muster/domain/period";
import type { Translate } from "~/i18n/locales";

/** What actions are about: the first part of their names. */
export const ACTION_GROUPS = [
  "report",
  "month",
  "station",
  "membership",
  "invitation",
  "account",
  "session",
  "token",
  "catalogue",
  "city",
] as const;

/** An action in the reader's language; one that no catalogue knows yet is shown by its name. */
export function actionLabel(action: string, t: Translate): string {
  const key = `audit:action.${action}`;
  const text: unknown = t(key as "audit:action.report.submit", { defaultValue: action });
  return typeof text === "string" ? text : action;
}

/** The name of a value an entry speaks of, e.g. `figures.A01`; unknown ones as they are. */
export function valueLabel(name: string, t: Translate): string {
  const [head = "", ...rest] = name.split(".");
  const label: unknown = t(`audit:value.${head}` as "audit:value.name", { defaultValue: head });
  return [typeof label === "string" ? label : head, ...rest].join(" · ");
}

/** The first instant of a day where the stations are. */
export function shanghaiMidnight(day: LocalDate): Date {
  return new Date(`${day}T00:00:00+08:00`);
}
