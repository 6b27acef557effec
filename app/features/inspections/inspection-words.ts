import type { Translate } from "~/i18n/locales";

/** 柳河镇〔2026〕第3号. */
export function numberOf(
  { station, year, number }: { station: string; year: number; number: number },
  t: Translate,
): string {
  return t("inspections:number", { station, year, number });
}
