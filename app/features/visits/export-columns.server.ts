import type { VisitLine } from "@muster/db/queries/visits/list";
import { formatMoney } from "~/i18n/format";
import type { Translate } from "~/i18n/locales";
import { columnMaker, type ExportColumn } from "../registers/exported-list.server";

/** The columns of an exported list of visits: whom, when and how, never what was found. */
export function exportColumns(t: Translate): ExportColumn<VisitLine>[] {
  const column = columnMaker<
    "heldOn" | "people" | "occasion" | "channel" | "gift" | "worker" | "station" | "follow" | "entered",
    VisitLine
  >((words, name) => words(`visits:column.${name}`));
  return [
    column("heldOn", ({ heldOn }) => heldOn),
    column("people", ({ names, people }) => {
      const listed = names.join(t("visits:join"));
      return people > names.length ? `${listed} ${t("visits:andMore", { count: people })}` : listed;
    }),
    column("occasion", ({ occasion }) => t(`visits:occasion.${occasion}`)),
    column("channel", ({ channel }) => t(`visits:channel.${channel}`), "usual"),
    column("gift", ({ gift, people }) => formatMoney(gift * people), "usual"),
    column("worker", ({ worker }) => worker, "usual"),
    column("station", ({ stationName }) => stationName, "usual"),
    column("follow", ({ followOn }) => followOn ?? "", "rare"),
    column("entered", ({ enteredBy }) => enteredBy, "usual"),
  ];
}
