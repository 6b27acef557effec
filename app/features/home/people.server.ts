import type { Translate } from "~/i18n/locales";
import type { TodoLine } from "./model";

/** Requests for people of other archives that this station has to decide. */
export function transferLines(waiting: number, { t }: { t: Translate }): TodoLine[] {
  if (waiting === 0) return [];
  return [
    {
      id: "transfers",
      tone: "info",
      word: t("home:word.review"),
      title: t("home:people.transfers", { count: waiting }),
      note: t("home:people.transfersNote"),
      to: "/people/transfers",
    },
  ];
}
