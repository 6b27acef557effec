import type { CaseLine } from "@muster/db/queries/assistance/list";
import { formatMoney } from "~/i18n/format";
import type { Translate } from "~/i18n/locales";
import { columnMaker, type ExportColumn } from "../registers/exported-list.server";

/**
 * The columns of an exported ledger of cases.
 * @param nameOf names of kinds of assistance by their codes
 */
export function exportColumns(t: Translate, nameOf: ReadonlyMap<string, string>): ExportColumn<CaseLine>[] {
  const money = (fen: number | null) => (fen === null ? "" : formatMoney(fen));
  const column = columnMaker<
    | ("number" | "person" | "age" | "type" | "state" | "dueOn" | "appliedOn" | "asked" | "approved" | "paid")
    | ("paidOn" | "station"),
    CaseLine
  >((words, name) => words(`assistance:column.${name}`));
  return [
    column(
      "number",
      ({ stationName, year, number }) => t("assistance:number", { station: stationName, year, number }),
      "usual",
    ),
    column("person", ({ personName }) => personName),
    column("age", ({ age }) => String(age)),
    column("type", ({ typeCode }) => nameOf.get(typeCode) ?? typeCode),
    column("state", ({ state }) => t(`assistance:state.${state}`)),
    column("dueOn", ({ dueOn }) => dueOn ?? "", "rare"),
    column("appliedOn", ({ appliedOn }) => appliedOn, "usual"),
    column("asked", ({ asked }) => money(asked), "usual"),
    column("approved", ({ approved }) => money(approved), "usual"),
    column("paid", ({ paid }) => money(paid), "usual"),
    column("paidOn", ({ paidOn }) => paidOn ?? "", "usual"),
    column("station", ({ stationName }) => stationName, "rare"),
  ];
}
