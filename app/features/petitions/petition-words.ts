import type { Translate } from "~/i18n/locales";

/** `柳河镇〔2026〕第3号`. */
export function numberOf(
  { stationName, year, number }: { stationName: string; year: number; number: number },
  t: Translate,
): string {
  return t("petitions:number", { station: stationName, year, number });
}

/** The first petitioner, and how many there are together. */
export function petitionersIn(first: string, people: number, t: Translate): string {
  return people > 1 ? t("petitions:many", { name: first, count: people }) : first;
}
